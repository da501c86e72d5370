"""The forms of a scheme, of the plan of a year and of an action of it."""

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.access_schemes import AccessAction, AccessPlan, AccessScheme, SchemeItem
from tracker.domain.actions import ActionRecord
from tracker.domain.dates import typed_day
from tracker.domain.digital_services import ServiceRecord
from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import ActionStatus
from tracker.labels import text, typeset, word
from tracker.services.access_scheme_changes import ActionDraft, PlanDraft, SchemeDraft

MOST_DIGITS = 9


class SchemeForm(Form):
    """The days and the publication of a scheme; its texts stand beside, one a subject."""

    seen = HiddenField()
    starts_on = StringField()
    ends_on = StringField()
    published_on = StringField()
    url = StringField()

    def __init__(self, formdata: MultiDict[str, str] | None = None, data: Mapping[str, str] | None = None) -> None:
        super().__init__(formdata, data=data)
        given: Mapping[str, str] = formdata if formdata is not None else data or {}
        self.told = {item: given.get(item.value, "") for item in SchemeItem}

    def draft(self) -> SchemeDraft:
        """Give what was typed."""
        return SchemeDraft(
            starts_on=self.starts_on.data or "",
            ends_on=self.ends_on.data or "",
            published_on=self.published_on.data or "",
            url=self.url.data or "",
            told=self.told,
            seen=_seen(self.seen.data),
        )


class PlanForm(Form):
    """The plan of a year."""

    seen = HiddenField()
    review = TextAreaField()
    published_on = StringField()
    url = StringField()

    def draft(self) -> PlanDraft:
        """Give what was typed."""
        told = (self.review.data or "", self.published_on.data or "", self.url.data or "")
        return PlanDraft(*told, seen=_seen(self.seen.data))


class ActionForm(Form):
    """An action of a plan."""

    seen = HiddenField()
    title = StringField()
    service = SelectField(validate_choice=False)
    action = SelectField(validate_choice=False)
    due_on = StringField()
    status = SelectField(validate_choice=False)
    outcome = TextAreaField()

    def offer(self, services: Iterable[ServiceRecord], linked: Mapping[str, ActionRecord]) -> None:
        """Fill the choices."""
        named = ((str(one.number), typeset(one.name)) for one in services)
        self.service.choices = [("", text("tous les services")), *named]
        titles = ((code, text("{code}. {title}", code=code, title=typeset(one.title))) for code, one in linked.items())
        self.action.choices = [("", text("aucune")), *titles]
        self.status.choices = [(one.value, word(one)) for one in ActionStatus]

    def draft(self) -> ActionDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        return ActionDraft(**told, seen=_seen(self.seen.data))


def scheme_stored(one: AccessScheme) -> dict[str, str]:
    """Give the fields that show what is known of a scheme."""
    return {
        "seen": str(one.version),
        "starts_on": typed_day(one.starts_on),
        "ends_on": typed_day(one.ends_on),
        "published_on": typed_day(one.published_on),
        "url": one.url,
        **{item.value: told for item, told in one.told.items()},
    }


def plan_stored(one: AccessPlan) -> dict[str, str]:
    """Give the fields that show what is known of a plan."""
    return {
        "seen": str(one.version),
        "review": one.review,
        "published_on": typed_day(one.published_on),
        "url": one.url,
    }


def action_stored(one: AccessAction) -> dict[str, str]:
    """Give the fields that show what is known of an action."""
    return {
        "seen": str(one.version),
        "title": one.title,
        "service": str(one.service) if one.service is not None else "",
        "action": one.action,
        "due_on": typed_day(one.due_on),
        "status": one.status,
        "outcome": one.outcome,
    }


def _seen(typed: str | None) -> int:
    found = whole_number(typed or "0", MOST_DIGITS)
    return -1 if found is None else found
