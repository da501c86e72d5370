"""What is typed of an audit, of one of its pages, and what an import hands over to be confirmed."""

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.audit_drafts import MOST_PAGES
from tracker.domain.dates import typed_day
from tracker.domain.numbers import typed_text, whole_number
from tracker.domain.rgaa import AuditKind
from tracker.labels import text, word
from tracker.services.audit_rows import AuditView
from tracker.services.audit_typed import AuditTyped, PageTyped
from tracker.services.service_rows import rgaa_versions

MOST_DIGITS = 9
META = ("audited_on", "published_on", "auditor", "environments", "tools", "told_rate", "note")


class AuditForm(Form):
    """What an audit says of itself; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    kind = SelectField(validate_choice=False)
    rgaa = SelectField(validate_choice=False)
    audited_on = StringField()
    published_on = StringField()
    auditor = StringField()
    environments = TextAreaField()
    tools = TextAreaField()
    told_rate = StringField()
    note = TextAreaField()
    pages = TextAreaField()
    source = HiddenField()

    def offer(self) -> None:
        """Fill the choices."""
        self.kind.choices = [("", text("à choisir")), *((one.value, word(one)) for one in reversed(AuditKind))]
        known = [one for one in reversed(rgaa_versions()) if one.topics]
        self.rgaa.choices = [(one.code, text("RGAA {version}", version=one.code)) for one in known]

    def typed(self, pages: tuple[PageTyped, ...]) -> AuditTyped:
        """Give what was typed, with the ``pages`` that were told beside it."""
        told = {name: getattr(self, name).data or "" for name in ("kind", "rgaa", *META, "source")}
        return AuditTyped(**told, pages=pages, seen=seen(self.seen.data))

    def listed_pages(self) -> tuple[PageTyped, ...]:
        """Read the pages of a new audit: one a line, its address after a bar; a blank line is none."""
        lines = [line for line in (self.pages.data or "").splitlines() if line.strip()][: MOST_PAGES + 1]
        found = []
        for line in lines:
            name, _, address = line.partition("|")
            found.append(PageTyped(name.strip(), address.strip()))
        return tuple(found)


class PageForm(Form):
    """A page of an audit: what it is, and its results pasted all at once."""

    page = StringField(id="page-name")
    url = StringField()
    is_shared = StringField()
    pasted = TextAreaField()

    def typed(self, chosen: dict[str, str], version: int) -> PageTyped:
        """Give what was typed, with the results that were chosen one by one."""
        return PageTyped(
            self.page.data or "",
            self.url.data or "",
            bool(self.is_shared.data),
            self.pasted.data or "",
            chosen,
            version,
        )


def seen(written: str | None) -> int:
    """Read the version that was on the screen; what is none never is one that is stored."""
    found = whole_number(written or "0", MOST_DIGITS)
    return -1 if found is None else found


def stored(audit: AuditView) -> dict[str, str]:
    """Give the fields that show what is known of an audit."""
    record = audit.record
    return {
        "seen": str(audit.version),
        "kind": record.kind.value,
        "rgaa": record.version,
        "audited_on": typed_day(record.audited_on),
        "published_on": typed_day(record.published_on),
        "auditor": audit.auditor,
        "environments": audit.environments,
        "tools": audit.tools,
        "told_rate": "" if audit.told_rate is None else typed_text(audit.told_rate),
        "note": audit.note,
    }


def handed_pages(typed: MultiDict[str, str]) -> tuple[PageTyped, ...]:
    """Read the pages that the preview of an import hands over, in their order."""
    fields = ("page-name", "page-address", "page-shared", "page-results")
    told = zip(*(typed.getlist(name)[: MOST_PAGES + 1] for name in fields), strict=False)
    return tuple(PageTyped(name, address, shared == "1", results) for name, address, shared, results in told)
