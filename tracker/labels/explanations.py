"""« Pourquoi ce chiffre ? »: how a value was obtained, line by line, with the numbers that give it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.formula import Formula, Reference, Value
from tracker.domain.methods import FIRST, Method
from tracker.domain.records import Aim, IndicatorRecord, Reading
from tracker.domain.targets import Baseline
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import Quality
from tracker.labels.arithmetic import by_name, is_exact, operand, ratio_sum, spelled
from tracker.labels.formats import day, found_quantity, moment, number, quantity, round_to
from tracker.labels.language import N_, colon, plural, say, semicolon, text
from tracker.labels.qualities import method_text, quality_text
from tracker.labels.values import value_decimals, value_phrase
from tracker.labels.words import word

Inputs = Mapping[str, Aim]
"""What a formula draws on, by code; the baselines of each are those that ``référence(…)`` means."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: a term, what is said of it, and how that comes about.

    ``quote`` is what somebody wrote, in French; ``code`` and ``name`` are the indicator that the line leads to.
    A line without a term goes on with the one before.
    """

    term: str
    text: str
    detail: str = ""
    quote: str = ""
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one figure, or behind its judgement in one commitment."""

    title: str
    lines: tuple[Line, ...]


def why_title(aim: Aim, year: int) -> str:
    """Ask the question that the page answers: « Pourquoi 5,4 ans en 2025 ? »."""
    value = aim.value(year)
    if value is None:
        return text("Pourquoi aucune valeur en {year} ?", year=year)
    is_word = aim.indicator.unit == "yes_no" and value in {0, 1}
    return text(
        N_("Pourquoi « {value} » en {year} ?") if is_word else N_("Pourquoi {value} en {year} ?"),
        value=value_phrase(value, aim, year),
        year=year,
    )


def explain_value(aim: Aim, year: int, drawn: Inputs) -> Explanation:
    """Say how the value of ``year`` was obtained, or why there is none; ``drawn`` is what its formula draws on."""
    reading = aim.readings.get(year)
    method = next((one for one in aim.methods if one.version == aim.method(year)), None)
    lines = [_value(aim, reading), *_obtained(aim, reading, method, year, drawn)]
    lines += _parts(aim.indicator, reading) if reading else []
    if reading and reading.value is not None:
        lines.append(_quality(reading, is_computed=_is_computed(method)))
    lines += _method(aim, method)
    lines += _origin(reading, is_computed=_is_computed(method)) if reading else []
    return Explanation(_lead(aim, reading, year), tuple(lines))


def _is_computed(method: Method | None) -> bool:
    return method is not None and method.formula is not None


def _lead(aim: Aim, reading: Reading | None, year: int) -> str:
    if reading is None:
        return text("Aucun relevé pour {year}.", year=year)
    if reading.value is None:
        absence = word(reading.absence) if reading.absence else ""
        return text("Pas de valeur pour {year} : {absence}.", year=year, absence=absence)
    decimals = value_decimals(reading.value, aim, year)
    shown = found_quantity(reading.value, aim.indicator.unit, decimals, year, reading.quality)
    return f"{shown[0].upper()}{shown[1:]}."


def _value(aim: Aim, reading: Reading | None) -> Line:
    if reading is None or reading.value is None:
        absence = word(reading.absence) if reading and reading.absence else text("aucun relevé")
        return Line(text("Valeur"), absence, text("Une valeur absente n'est jamais comptée pour zéro."))
    value, decimals = reading.value, value_decimals(reading.value, aim, reading.year)
    shown = quantity(value, aim.indicator.unit, decimals)
    if round_to(value, decimals) == value:
        return Line(text("Valeur"), shown, text("telle qu'elle est enregistrée, sans arrondi"))
    full = number(value)
    if decimals == 0:
        return Line(
            text("Valeur"),
            shown,
            text("arrondi à l'unité (au plus proche, pair en cas d'égalité) de {full}", full=full),
        )
    rounded = plural(
        "arrondi à {n} décimale (au plus proche, pair en cas d'égalité) de {full}",
        "arrondi à {n} décimales (au plus proche, pair en cas d'égalité) de {full}",
        decimals,
        n=decimals,
        full=full,
    )
    return Line(text("Valeur"), shown, rounded)


def _obtained(aim: Aim, reading: Reading | None, method: Method | None, year: int, drawn: Inputs) -> Iterator[Line]:
    if method is not None and method.formula is not None:
        yield from _computed(method.formula, reading, year, drawn)
    elif reading and reading.numerator is not None and reading.denominator is not None:
        names = " ÷ ".join(filter(None, (aim.indicator.numerator, aim.indicator.denominator)))
        yield Line(text("Calcul"), ratio_sum(reading, is_percent=aim.indicator.unit == "percent"), quote=names)


def _parts(indicator: IndicatorRecord, reading: Reading) -> Iterator[Line]:
    """Say what each department gave: an amount, or the two terms of a ratio."""
    term = text("Par service")
    for part in reading.parts:
        if part.numerator is not None and part.denominator is not None:
            given = f"{operand(part.numerator)} ÷ {operand(part.denominator)}"
        else:
            given = "" if part.value is None else quantity(part.value, indicator.unit)
        yield Line(term, f"{part.name}{colon()}{given}")
        term = ""


def _computed(formula: Formula, reading: Reading | None, year: int, drawn: Inputs) -> Iterator[Line]:
    yield Line(text("Formule"), spelled(formula, by_name))
    if reading and reading.value is not None:
        values = {code: value for code, aim in drawn.items() if (value := aim.value(year)) is not None}
        bases = {code: base for code, aim in drawn.items() if (base := _reference(aim, year)) is not None}
        sign = "=" if is_exact(formula, values, bases, reading.value) else "≈"
        filled = spelled(formula, lambda leaf: _filled(leaf, year, drawn))
        yield Line(text("Avec les nombres"), f"{filled} {sign}\u00a0{number(reading.value)}")
    elif reading and reading.missing:
        yield Line(text("Il manque"), ", ".join(reading.missing))
    elif reading:
        yield Line(text("Il manque"), text("rien, mais la formule ne donne pas de résultat possible"))
    term = text("Données")
    for leaf in _leaves(formula):
        yield _input(leaf, year, drawn, term)
        term = ""


def _leaves(formula: Formula) -> list[Value | Reference]:
    """List the inputs as they are written, each once: spelling the formula goes through them all."""
    found: dict[Value | Reference, None] = {}

    def note(leaf: Value | Reference) -> str:
        found[leaf] = None
        return ""

    spelled(formula, note)
    return list(found)


def _filled(leaf: Value | Reference, year: int, drawn: Inputs) -> str:
    aim = drawn.get(leaf.code)
    if aim is None:
        return by_name(leaf)
    value = _reference(aim, year) if isinstance(leaf, Reference) else aim.value(year)
    return by_name(leaf) if value is None else operand(value)


def _reference(aim: Aim, year: int) -> Decimal | None:
    base = in_force(aim.baselines, year)
    return base.value if base and base.is_known else None


def _input(leaf: Value | Reference, year: int, drawn: Inputs, term: str) -> Line:
    aim = drawn.get(leaf.code)
    if aim is None:
        return Line(term, text("inconnu ici"), name=leaf.code)
    name = f"{leaf.code}, {say(aim.indicator.name)}"
    if isinstance(leaf, Reference):
        base = in_force(aim.baselines, year)
        told = baseline_text(base, aim.indicator) if base else text("valeur de référence à établir")
        return Line(term, text("{base} (référence)", base=told), code=leaf.code, name=name)
    reading = aim.readings.get(year)
    if reading is None or reading.value is None:
        absence = word(reading.absence) if reading and reading.absence else text("aucun relevé")
        return Line(term, text("{absence} pour {year}", absence=absence, year=year), code=leaf.code, name=name)
    value = text("{value} en {year}", value=quantity(reading.value, aim.indicator.unit), year=year)
    return Line(term, value, detail=quality_text(reading), code=leaf.code, name=name)


def _quality(reading: Reading, *, is_computed: bool) -> Line:
    detail = ""
    if is_computed and (reading.quality is not Quality.CALCULATED or reading.coverage is not None):
        detail = text("jamais mieux que la moins sûre de ses données")
    elif reading.coverage is None:
        detail = text("part couverte non précisée")
    return Line(text("Qualité"), quality_text(reading) or text("non précisée"), detail)


def _method(aim: Aim, method: Method | None) -> Iterator[Line]:
    if method is None:
        return
    later = min((one.in_force_from for one in aim.methods if one.version > method.version), default=None)
    details = []
    if method.version > FIRST:
        older = any(point.year < method.in_force_from for point in aim.restated.get(method.version, ()))
        message = (
            N_("Les années d'avant {year} suivent une autre méthode ; pour comparer, celle-ci les recalcule.")
            if older
            else N_("Les années d'avant {year} suivent une autre méthode : on ne les compare pas.")
        )
        details.append(text(message, year=method.in_force_from))
        if method.decided_on and method.author:
            details.append(text("Décidée le {on} par {author}.", on=day(method.decided_on), author=method.author))
    if later is not None:
        details.append(text("Une autre méthode vaut depuis {year}.", year=later))
    quote = " ".join(filter(None, (method.description, method.reason)))
    yield Line(text("Méthode"), method_text(method), " ".join(details), quote)


def _origin(reading: Reading, *, is_computed: bool) -> Iterator[Line]:
    if is_computed:
        told = text("calcul de Parole tenue à partir de ces données")
        last = reading.recorded_at
        yield Line(text("Auteur"), told, text("dernière donnée saisie le {when}", when=moment(last)) if last else "")
        return
    if reading.value is not None or reading.source:
        yield Line(text("Source"), "" if reading.source else text("non précisée"), quote=reading.source)
    if reading.comment:
        yield Line(text("Commentaire"), "", quote=reading.comment)
    if reading.author:
        when = text("saisie le {when}", when=moment(reading.recorded_at)) if reading.recorded_at else ""
        revision = text("révision {n}", n=reading.revision) if reading.revision > 1 else ""
        yield Line(text("Auteur"), reading.author, semicolon().join(filter(None, (when, revision))))


def baseline_text(base: Baseline, indicator: IndicatorRecord) -> str:
    """Say a value of departure, its year and how settled it is: « 5 ans en 2020, validée »."""
    if base.value is None:
        return text("valeur de référence à établir")
    value = quantity(base.value, indicator.unit, shown_decimals(base.value, indicator))
    if base.year is None:
        return text("{value}, {state}", value=value, state=word(base.state))
    return text("{value} en {year}, {state}", value=value, year=base.year, state=word(base.state))


def shown_decimals(value: Decimal, indicator: IndicatorRecord) -> int | None:
    """Give the indicator's own decimals when they say ``value`` whole, else None: all of them."""
    return indicator.decimals if round_to(value, indicator.decimals) == value else None
