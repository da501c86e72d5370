"""What one was told, in all one's organisations: mentions, answers, returned values, reminders, digests."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.vocabulary import NoticeKind, SubjectKind
from tracker.labels import text
from tracker.services import notices
from tracker.services.notices import Told
from tracker.store.models import Account
from tracker.web.platform.database import session
from tracker.web.platform.guards import signed_in
from tracker.web.platform.sign_in import account

area = Blueprint("notices", __name__)
SHOWN = 50


@area.get("/notifications")
@signed_in
def show() -> str:
    """Show the latest notices, each with the way to what it is about."""
    found = [(one, _address(one)) for one in notices.of_account(session(), _account(), SHOWN)]
    waiting = notices.unread(session(), _account())
    return render_template("screens/notices/notices.html", notices=found, waiting=waiting, limit=SHOWN)


@area.post("/notifications/lues")
@signed_in
def read() -> Response:
    """Mark everything as read."""
    notices.read(session(), _account())
    flash(text("Tout est marqué comme lu."))
    return redirect(url_for("notices.show"))


def _account() -> Account:
    known = account()
    assert known is not None  # noqa: S101 - the guard let somebody in
    return known


def _address(told: Told) -> str:
    one, slug = told.notice, told.organisation.slug
    if one.kind is NoticeKind.DIGEST:
        return url_for("followings.show", slug=slug)
    if one.kind is NoticeKind.REMIT:
        return url_for("departments.show", slug=slug, code=one.subject_code)
    if one.kind in {NoticeKind.ASKED, NoticeKind.REPLIED}:
        return url_for("commitments.show", slug=slug, code=one.subject_code, _anchor="questions")
    if one.kind is NoticeKind.APPROVAL_ENDING:
        return url_for("commission.list_", slug=slug)
    if one.subject_kind is SubjectKind.VALUE:
        return url_for("histories.value", slug=slug, code=one.subject_code, year=one.subject_year)
    if one.subject_kind is SubjectKind.COMMITMENT:
        return url_for("histories.commitment", slug=slug, code=one.subject_code)
    if one.subject_kind is SubjectKind.ACTION:
        return url_for("histories.action", slug=slug, year=one.subject_year, code=one.subject_code)
    return url_for("measurements.grid", slug=slug, year=one.subject_year)
