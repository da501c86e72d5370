"""Digital services in words: their legal state and why, how many there are, what is not known of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.domain.digital_services import ServiceKind, ServiceRecord, ServiceState
from tracker.domain.rgaa import Conformity, Standing
from tracker.labels.formats import day, number, percent
from tracker.labels.language import plural, semicolon, text
from tracker.labels.words import word

DECIMALS = 1


def conformity_phrase(record: ServiceRecord, standing: Standing, on: date) -> str:
    """Say the legal state of a service on a day in a few words: « non conforme, faute d'audit »."""
    if record.state is ServiceState.PROJECT:
        return text("pas encore ouvert")
    if not record.is_online(on):
        return text("fermé") if record.state is ServiceState.CLOSED else text("pas encore ouvert")
    return text("{state}, {reason}", state=word(standing.conformity), reason=word(standing.reason))


def standing_sentences(record: ServiceRecord, standing: Standing, on: date) -> list[str]:
    """Say the legal state, then the rate that is known and until when its audit counts."""
    phrase = conformity_phrase(record, standing, on)
    told = [text("État au {on} : {phrase}.", on=day(on), phrase=phrase)]
    value = standing.rate.value if standing.rate else None
    if standing.audit is not None and value is not None:
        kind, ended = word(standing.audit.kind), day(standing.audit.audited_on)
        rate = percent(value, DECIMALS)
        told.append(text("Dernier taux connu : {rate} ({kind} du {ended}).", rate=rate, kind=kind, ended=ended))
    if standing.validity is not None:
        until, ending = day(standing.validity.until), word(standing.validity.ending)
        if standing.validity.until < on:
            told.append(text("L'audit ne compte plus depuis le {until}, {ending}.", until=until, ending=ending))
        else:
            told.append(text("L'audit compte jusqu'au {until} inclus, {ending}.", until=until, ending=ending))
    return told


def services_sentence(total: int) -> str:
    """Say how many services answer what was asked."""
    return plural("{n} service répond.", "{n} services répondent.", total, n=number(Decimal(total)))


def register_sentence(records: Sequence[ServiceRecord], on: date) -> str:
    """Say how many services there are, and how many are online."""
    online = sum(one.is_online(on) for one in records)
    total = plural(
        "{n} service numérique est au registre.",
        "{n} services numériques sont au registre.",
        len(records),
        n=number(Decimal(len(records))),
    )
    told = plural("{n} est en ligne.", "{n} sont en ligne.", online, n=number(Decimal(online)))
    return f"{total} {told}"


def share_sentence(conforming: int, online: int) -> str:
    """Say how many of the services online are at least partially compliant."""
    return plural(
        "{n} service en ligne sur {whole} est au moins partiellement conforme au RGAA.",
        "{n} services en ligne sur {whole} sont au moins partiellement conformes au RGAA.",
        conforming,
        n=number(Decimal(conforming)),
        whole=number(Decimal(online)),
    )


def kinds_sentence(counts: Mapping[ServiceKind, int]) -> str:
    """Say how many services there are of each kind."""
    told = [text("{what} : {n}", what=word(kind), n=number(Decimal(count))) for kind, count in counts.items()]
    return text("Par type ; {told}.", told=semicolon().join(told))


def conformities_sentence(counts: Mapping[Conformity, int], on: date) -> str:
    """Say how many services online are in each legal state on a day."""
    told = [text("{what} : {n}", what=word(state), n=number(Decimal(count))) for state, count in counts.items()]
    return text("État au {on} des services en ligne ; {told}.", on=day(on), told=semicolon().join(told))


def registers_line(online: int, systems: int, coming: date | None, held: date | None) -> str:
    """Say in a few words how many services are online, how many AI systems there are, when the commission sits or sat.

    ``coming`` and ``held`` are its next session and its last. What no register holds is left out: "" without anything.
    """
    told = []
    if online:
        told.append(
            plural(
                "{n} service numérique en ligne", "{n} services numériques en ligne", online, n=number(Decimal(online))
            )
        )
    if systems:
        told.append(plural("{n} système d'IA", "{n} systèmes d'IA", systems, n=number(Decimal(systems))))
    if coming is not None:
        told.append(text("prochaine commission d'homologation le {day}", day=day(coming)))
    elif held is not None:
        told.append(text("dernière commission d'homologation le {day}", day=day(held)))
    return semicolon().join(told)
