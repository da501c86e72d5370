"""The search index: one entry a thing that can be found, with the stems of its words."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import SearchKind
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class SearchEntry(Base):
    """Something of an organisation that a search can find, written again whenever it changes.

    ``stems`` are its words without accents or case, as they are and without their endings. On SQLite the table
    ``search_index`` (FTS5) has the same words under the same numbers, written with them by ``queries.search``.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[SearchKind] = mapped_column(Coded(SearchKind))
    code: Mapped[str] = mapped_column(String(60))
    title_fr: Mapped[LongText]
    title_en: Mapped[LongText]
    text_fr: Mapped[LongText]
    text_en: Mapped[LongText]
    stems: Mapped[LongText]
