"""Open data: the files that members take away, those that strangers do, and the catalogues that portals read."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from tracker.config.settings import Settings
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Permission
from tracker.exports.dcat import JSON_LD
from tracker.exports.packages import DESCRIPTOR, LICENCE
from tracker.labels import number
from tracker.services import catalogues, data_files, datasets, published
from tracker.services.data_files import ARCHIVE, SCDL, DataFiles
from tracker.services.published import Published
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import everyone, requires
from tracker.web.platform.language import to
from tracker.web.platform.shared import kept, shared

area = Blueprint("open_data", __name__)
ZIP, CSV, JSON = "application/zip", "text/csv", "application/json"


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates addresses that keep their language, and the licence."""
    names = {"archive": ARCHIVE, "descriptor": DESCRIPTOR, "scdl": SCDL}
    return {"to": to, "LICENCE": LICENCE, "names": names, "count": _count}


# What members take


@area.get("/<slug>/donnees")
@requires(Permission.READ)
def show(visitor: Visitor) -> str:
    """Show the files of all that a member reads, and what the AGEC declaration lacks."""
    return render_template("screens/open_data/member.html", made=_whole(visitor), address=_address())


@area.get("/<slug>/donnees/<any('paquet.zip', 'datapackage.json', 'deliberations-scdl.csv'):which>")
@requires(Permission.READ)
def file(visitor: Visitor, which: str) -> Response:
    """Give the archive, the description of the tables, or the deliberations in the SCDL."""
    return _file(_whole(visitor), which)


@area.get("/<slug>/donnees/<table>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, table: str) -> Response:
    """Give one table."""
    return _file(_whole(visitor), f"{table}.csv")


# What anyone takes


@area.get("/<slug>/public/donnees")
@everyone
@shared
def public(slug: str) -> Answer:
    """Show the files of what is published."""

    def made(found: Published) -> Response:
        told = {"found": found, "made": _public(found), "canonical": to(str(request.endpoint), slug=slug)}
        return make_response(render_template("screens/open_data/public.html", **told))

    return _kept(slug, made)


@area.get("/<slug>/public/donnees/<any('paquet.zip', 'datapackage.json', 'deliberations-scdl.csv'):which>")
@everyone
@shared
def public_file(slug: str, which: str) -> Answer:
    """Give the archive, the description of the tables, or the deliberations in the SCDL."""
    return _kept(slug, lambda found: _file(_public(found), which), is_open=True)


@area.get("/<slug>/public/donnees/<table>.csv")
@everyone
@shared
def public_table(slug: str, table: str) -> Answer:
    """Give one table of what is published."""
    return _kept(slug, lambda found: _file(_public(found), f"{table}.csv"), is_open=True)


@area.get("/<slug>/public/catalogue.jsonld")
@everyone
@shared
def catalogue(slug: str) -> Answer:
    """Give the catalogue of an organisation."""

    def made(found: Published) -> Response:
        _, changed_at = datasets.mark(session(), found)
        return _catalogue(catalogues.of_organisation(found, changed_at, _address()))

    return _kept(slug, made, is_open=True)


@area.get("/catalogue.jsonld")
@everyone
@shared
def whole_catalogue() -> Answer:
    """Give the catalogue of every organisation that publishes something."""
    listed = published.listed(session(), today())
    if not listed:
        answer = _catalogue(catalogues.of_instance((), _address()))
        answer.headers["Cache-Control"] = "no-store"
        return answer
    marks = [datasets.mark(session(), found) for found in listed]
    mark = hashlib.sha256("\n".join(one for one, _ in marks).encode()).hexdigest()
    keeping = kept(mark, max(at for _, at in marks), is_open=True)
    told = [(found, at) for found, (_, at) in zip(listed, marks, strict=True)]
    return keeping.same() or keeping.on(_catalogue(catalogues.of_instance(told, _address())))


def _kept(slug: str, make: Callable[[Published], Response], **how: bool) -> Answer:
    """Answer that nothing changed to a cache that has the file already, before anything is computed."""
    found = published.find(session(), slug, today())
    mark, changed_at = datasets.mark(session(), found)
    keeping = kept(mark, changed_at, **how)
    return keeping.same() or keeping.on(make_response(make(found)))


def _file(made: DataFiles, name: str) -> Response:
    slug = made.organisation.slug
    if name == ARCHIVE:
        return attached(made.archive, ZIP, f"{slug}-{ARCHIVE}")
    if name == SCDL:
        return attached(made.scdl, CSV, f"{slug}-{SCDL}")
    if name not in made.package:
        raise NotFound(name)
    if name == DESCRIPTOR:
        return make_response(made.package[name], {"Content-Type": JSON})
    return attached(made.package[name], CSV, f"{slug}-{name}")


def _count(rows: int) -> str:
    return number(Decimal(rows))


def _catalogue(content: bytes) -> Response:
    return make_response(content, {"Content-Type": JSON_LD})


def _whole(visitor: Visitor) -> DataFiles:
    return data_files.whole(session(), visitor, today(), _address())


def _public(found: Published) -> DataFiles:
    return data_files.public(session(), found, _address())


def _address() -> str:
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings.public_url
