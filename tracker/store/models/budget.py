"""Budget lines: where a sum stands in the accounts, in the codes that a text or the officers give."""

from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import TaxRegime
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class BudgetLine(Base):
    """One imputation, of a deliberation when ``deliberation_id`` says so. Append-only; a code not stated is empty.

    A deliberation whose lines are corrected gets them all again with the next ``version``; whatever stands on a line of
    the version before stays where it is.
    """

    __tablename__ = "budget_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberation.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    year: Mapped[int | None]
    budget: Mapped[str] = mapped_column(String(120), default="")
    section: Mapped[str] = mapped_column(String(60), default="")
    chapter: Mapped[str] = mapped_column(String(20), default="")
    function: Mapped[str] = mapped_column(String(20), default="")
    nature: Mapped[str] = mapped_column(String(20), default="")
    policy: Mapped[LongText]
    programme: Mapped[str] = mapped_column(String(120), default="")
    manager: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[Decimal | None]
    tax: Mapped[TaxRegime] = mapped_column(Coded(TaxRegime), default=TaxRegime.UNSTATED)
