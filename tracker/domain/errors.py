"""What the product refuses, named: each refusal carries a code that ``labels`` puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why one field cannot be stored as it is."""

    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NUMBER_TOO_LONG = "number_too_long"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    NOT_WHOLE = "not_whole"
    VALUE_AND_ABSENCE = "value_and_absence"
    VALUE_REMOVED = "value_removed"
    VALUE_OR_REASON = "value_or_reason"
    DENOMINATOR_MISSING = "denominator_missing"
    DENOMINATOR_ZERO = "denominator_zero"
    PART_NEGATIVE = "part_negative"
    RATIO_DIFFERS = "ratio_differs"
    PARTS_DIFFER = "parts_differ"
    COVERAGE_RANGE = "coverage_range"
    TOO_LONG = "too_long"
    UNKNOWN_CHOICE = "unknown_choice"
    YEAR_CLOSED = "year_closed"
    STALE = "stale"
    DATE_UNREADABLE = "date_unreadable"
    DATE_MISSING = "date_missing"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_OLD = "date_too_old"
    EVIDENCE_MISSING = "evidence_missing"
    VALIDITY_TOO_SHORT = "validity_too_short"
    PASSWORD_SHORT = "password_short"
    ADDRESS_UNREADABLE = "address_unreadable"
    ADDRESS_TAKEN = "address_taken"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_ORGANISATION = "unknown_organisation"
    FORMULA_EMPTY = "formula_empty"
    FORMULA_CONSTANT = "formula_constant"
    FORMULA_TOO_LONG = "formula_too_long"
    FORMULA_TOO_DEEP = "formula_too_deep"
    FORMULA_UNREADABLE = "formula_unreadable"
    FORMULA_UNFINISHED = "formula_unfinished"
    FORMULA_UNKNOWN_UNIT = "formula_unknown_unit"
    FORMULA_UNKNOWN_INDICATOR = "formula_unknown_indicator"
    FORMULA_CYCLE = "formula_cycle"
    FORMULA_MIXED_UNITS = "formula_mixed_units"
    FORMULA_WRONG_UNIT = "formula_wrong_unit"
    REASON_MISSING = "reason_missing"
    VALUE_MISSING = "value_missing"
    YEAR_MISSING = "year_missing"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    FIELD_UNWANTED = "field_unwanted"
    BASELINE_FROZEN = "baseline_frozen"
    BASELINE_SOURCE_MISSING = "baseline_source_missing"
    BASELINE_TOO_EARLY = "baseline_too_early"
    BASELINE_AFTER_FIRST = "baseline_after_first"
    TARGET_UNJUDGED_KIND = "target_unjudged_kind"
    TARGET_OF_FACTS = "target_of_facts"
    TARGET_WRONG_COMPARATOR = "target_wrong_comparator"
    TARGET_WRONG_SIDE = "target_wrong_side"
    TARGET_EMPTY_BAND = "target_empty_band"
    UPPER_MISSING = "upper_missing"
    START_MISSING = "start_missing"
    POINTS_MISSING = "points_missing"
    POINT_UNREADABLE = "point_unreadable"
    POINTS_OUT_OF_ORDER = "points_out_of_order"
    POINT_OUTSIDE = "point_outside"
    POINT_OUT_OF_BOUNDS = "point_out_of_bounds"
    POINT_BEYOND_TARGET = "point_beyond_target"
    POINT_BEHIND_START = "point_behind_start"
    POINT_GOES_BACK = "point_goes_back"
    DECISION_MISSING = "decision_missing"
    DECISION_DATE_MISSING = "decision_date_missing"
    DECISION_IN_FUTURE = "decision_in_future"
    IN_FORCE_TOO_EARLY = "in_force_too_early"
    HORIZON_TOO_EARLY = "horizon_too_early"
    TOLERANCE_RANGE = "tolerance_range"
    COMPANION_ITSELF = "companion_itself"
    COMPANION_NOT_AMOUNT = "companion_not_amount"
    METHOD_OF_FACTS = "method_of_facts"
    METHOD_TOO_EARLY = "method_too_early"
    MONTHS_RANGE = "months_range"
    SETTING_STALE = "setting_stale"
    CAMPAIGN_CLOSED = "campaign_closed"
    CORRECTION_REASON_MISSING = "correction_reason_missing"
    NOTHING_TO_UNDO = "nothing_to_undo"
    CHANGED_SINCE = "changed_since"
    ALREADY_SETTLED = "already_settled"
    OWN_VALUE = "own_value"
    RETURN_REASON_MISSING = "return_reason_missing"
    COMMENT_NEEDED = "comment_needed"
    FILE_EMPTY = "file_empty"
    FILE_TOO_HEAVY = "file_too_heavy"
    FILE_TYPE_REFUSED = "file_type_refused"
    FILE_EXTENSION_DIFFERS = "file_extension_differs"
    FILE_DAMAGED = "file_damaged"
    FILE_MIXED = "file_mixed"
    FILE_ENCRYPTED = "file_encrypted"
    FILE_MACROS = "file_macros"
    FILE_UNPACKS_TOO_LARGE = "file_unpacks_too_large"
    FILE_TOO_BIG = "file_too_big"
    FILE_UNREADABLE = "file_unreadable"
    FILE_OLD_WORKBOOK = "file_old_workbook"
    FILE_NOT_A_TABLE = "file_not_a_table"
    FILE_NOT_TEXT = "file_not_text"
    FILE_TOO_MANY_MEMBERS = "file_too_many_members"
    FILE_UNPACKS_BEYOND = "file_unpacks_beyond"
    FILE_ABNORMAL = "file_abnormal"
    FILE_DECLARES_ENTITIES = "file_declares_entities"
    FILE_TOO_MANY_SHEETS = "file_too_many_sheets"
    FILE_TOO_MANY_ROWS = "file_too_many_rows"
    FILE_TOO_MANY_COLUMNS = "file_too_many_columns"
    FILE_TOO_MUCH_TEXT = "file_too_much_text"
    HEADING_MISSING = "heading_missing"
    HEADING_TWICE = "heading_twice"
    CODE_MISSING = "code_missing"
    CELL_TOO_LONG = "cell_too_long"
    CELL_IS_DATE = "cell_is_date"
    CELL_IS_ERROR = "cell_is_error"
    CELL_IS_BOOLEAN = "cell_is_boolean"
    CELL_NOT_COMPUTED = "cell_not_computed"
    QUOTE_UNCLOSED = "quote_unclosed"
    UNKNOWN_WORD = "unknown_word"
    ROW_TWICE = "row_twice"
    ROW_TWICE_ELSEWHERE = "row_twice_elsewhere"


@dataclass(frozen=True)
class Problem:
    """One thing wrong, at the field ``where``, with the values that its sentence quotes."""

    where: str
    code: ProblemCode
    values: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """A request that the rules of the product do not allow; nothing was written."""


class NotFound(Refusal):
    """There is no such thing, or not for this account: the two look the same from outside."""


class Forbidden(Refusal):
    """The account reads this organisation but has not the right asked for."""


class Computed(Forbidden):
    """The value comes from a formula: nobody types it, whatever their role."""


class Invalid(Refusal):
    """The input has problems; all of them are listed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


class Conflict(Invalid):
    """Somebody else stored another value meanwhile; each problem quotes theirs beside ours."""
