"""The forms of ecodesign: the frame of a self-assessment, the answers of a theme, a page that was measured."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, StringField, TextAreaField

from tracker.domain.dates import typed_day
from tracker.domain.ecodesign import Assessment
from tracker.domain.numbers import whole_number
from tracker.domain.rgesn import EcodesignTheme
from tracker.labels import current
from tracker.services.ecodesign import referential
from tracker.services.ecodesign_changes import FrameDraft, ThemeDraft
from tracker.services.page_measures import PageDraft

MOST_DIGITS = 9


class FrameForm(Form):
    """When, by whom and on what a self-assessment is made; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    assessed_on = StringField()
    assessor = StringField()
    scope = TextAreaField()
    improvements = TextAreaField()

    def draft(self) -> FrameDraft:
        """Give what was typed."""
        return FrameDraft(
            self.assessed_on.data or "",
            self.assessor.data or "",
            self.scope.data or "",
            self.improvements.data or "",
            version_seen(self.seen.data),
        )


class PageForm(Form):
    """A page that was measured."""

    address = StringField()
    on = StringField()
    elements = StringField()
    requests = StringField()
    kilobytes = StringField()
    tool = StringField()
    version = StringField()

    def draft(self) -> PageDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self}
        return PageDraft(**told, has_comma_groups=current() == "en")


class PublishForm(Form):
    """On which day, at which address, a statement was put."""

    published_on = StringField()
    url = StringField()


class ImportForm(Form):
    """A file of EcoIndex CLI, and the version of the tool where the file does not say it."""

    file_version = StringField()


def frame_of(known: Assessment) -> dict[str, str]:
    """Give the fields that show the frame of a self-assessment."""
    return {
        "seen": str(known.version),
        "assessed_on": typed_day(known.assessed_on),
        "assessor": known.assessor,
        "scope": known.scope,
        "improvements": known.improvements,
    }


def theme_draft(theme: EcodesignTheme, sent: MultiDict[str, str]) -> ThemeDraft:
    """Give what was typed of a theme."""
    numbers = [one.number for one in referential().of_theme(theme)]
    return ThemeDraft(_named("answer", numbers, sent), _named("note", numbers, sent), version_seen(sent.get("seen")))


def version_seen(written: str | None) -> int:
    """Read the version that was on the screen; what is none is no version that is stored."""
    seen = whole_number(written or "", MOST_DIGITS)
    return -1 if seen is None else seen


def _named(name: str, numbers: list[str], sent: MultiDict[str, str]) -> Mapping[str, str]:
    return {number: sent[f"{name}-{number}"] for number in numbers if f"{name}-{number}" in sent}
