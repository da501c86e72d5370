"""Numbers, dates and quantities as the language being spoken writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from babel.dates import format_date, format_datetime, get_timezone
from babel.numbers import format_decimal

from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.vocabulary import DuePrecision, Quality
from tracker.labels.language import N_, current, text
from tracker.labels.units import found, with_unit

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
PARIS = get_timezone("Europe/Paris")


def number(value: Decimal, decimals: int | None = None) -> str:
    """Write ``value`` with at most ``decimals`` decimals, all of its own when None."""
    kept = MAX_DECIMALS if decimals is None else decimals
    rounded = round_to(value, kept)
    written = format_decimal(rounded, format="#,##0." + "#" * kept if kept else "#,##0", locale=_LOCALES[current()])
    return written.replace("-", "−")


def round_to(value: Decimal, decimals: int) -> Decimal:
    """Round half to even, as everywhere in the product."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def quantity(value: Decimal, unit: str, decimals: int | None = None) -> str:
    """Write ``value`` with its unit: « 5,4 ans »; a yes-or-no value is said in words."""
    if unit == "yes_no" and value in {0, 1}:
        return text("oui") if value == 1 else text("non")
    shown = cents(value) if unit == "eur" and decimals is None else number(value, decimals)
    return with_unit(shown, value if decimals is None else round_to(value, decimals), unit)


def cents(value: Decimal) -> str:
    """Write euros as accounts do: whole, or with both figures of the cents; more are shown where more were stored."""
    if value == value.to_integral_value():
        return number(value, 0)
    return format_decimal(value, format="#,##0.00####", locale=_LOCALES[current()]).replace("-", "−")


_FOUND_OTHERWISE = {
    Quality.CALCULATED: N_("{value} en {year} (calcul)"),
    Quality.ESTIMATED: N_("{value} en {year} (estimation)"),
    Quality.DECLARED: N_("{value} en {year} (déclaration)"),
}


def found_quantity(value: Decimal, unit: str, decimals: int, year: int, quality: Quality | None) -> str:
    """Say what was found for a year, and how: « 5,4 ans mesurés en 2025 », « 1 240 MWh en 2025 (estimation) »."""
    shown = quantity(value, unit, decimals)
    if quality in _FOUND_OTHERWISE:
        return text(_FOUND_OTHERWISE[quality], value=shown, year=year)
    return found(shown, round_to(value, decimals), unit, year)


def percent(value: Decimal, decimals: int = 1) -> str:
    """Write a number that is already in per cent: « 12,5 % »."""
    return quantity(value, "percent", decimals)


def day(value: date) -> str:
    """Write a date in full: « 27 février 2025 », « 1er juillet 2023 »."""
    written = format_date(value, format="long", locale=_LOCALES[current()])
    return "1er" + written[1:] if current() == "fr" and value.day == 1 else written


def due_phrase(value: date, precision: DuePrecision | None) -> str:
    """Write a deadline no more precisely than the text that sets it: « 2e semestre 2024 », « 2027 »."""
    match precision:
        case DuePrecision.MONTH:
            return format_date(value, format="MMMM y", locale=_LOCALES[current()])
        case DuePrecision.HALF_YEAR:
            message = N_("1er semestre {year}") if value.month <= 6 else N_("2e semestre {year}")
            return text(message, year=value.year)
        case DuePrecision.YEAR:
            return str(value.year)
        case DuePrecision.DERIVED:
            return text("vers {month}", month=format_date(value, format="MMMM y", locale=_LOCALES[current()]))
        case _:
            return day(value)


def short_day(value: date) -> str:
    """Write a date shortly: « 27 févr. 2025 », « 1er déc. 2026 »."""
    written = format_date(value, format="medium", locale=_LOCALES[current()])
    return "1er" + written[1:] if current() == "fr" and value.day == 1 else written


def moment(value: datetime) -> str:
    """Write an instant in Paris time: « 27 févr. 2025 à 14:32 »."""
    written = short_day(value.astimezone(PARIS).date())
    clock = format_datetime(value, format="HH:mm", tzinfo=PARIS, locale=_LOCALES[current()])
    return text("{day} à {time}", day=written, time=clock)


def short_month(value: date) -> str:
    """Write the month of a date shortly, without its year: « mars », « sept. »."""
    return format_date(value, format="MMM", locale=_LOCALES[current()])


def month_initial(value: date) -> str:
    """Write the first letter of the month of a date."""
    return short_month(value)[:1].upper()
