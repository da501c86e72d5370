"""A campaign in words: how far it has come, what is left of its time, and the letters that remind of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.domain.bilingual import Bilingual
from tracker.domain.campaigns import Progress, waiting
from tracker.domain.workflow import CampaignRecord
from tracker.labels.formats import day
from tracker.labels.language import N_, plural, say, semicolon, text

LISTED = 20
"""Indicators that a letter names one by one."""

COUNTS: Mapping[Progress, tuple[str, str]] = {
    Progress.VALIDATED: (N_("{n} validé"), N_("{n} validés")),
    Progress.SUBMITTED: (N_("{n} soumis"), N_("{n} soumis")),
    Progress.PUBLISHED: (N_("{n} publié avant l'ouverture"), N_("{n} publiés avant l'ouverture")),
    Progress.RETURNED: (N_("{n} renvoyé"), N_("{n} renvoyés")),
    Progress.DRAFT: (N_("{n} brouillon"), N_("{n} brouillons")),
    Progress.MISSING: (N_("{n} manque"), N_("{n} manquent")),
}
WORDS: Mapping[Progress, str] = {
    Progress.VALIDATED: N_("validé"),
    Progress.SUBMITTED: N_("soumis, à valider"),
    Progress.PUBLISHED: N_("publié avant l'ouverture, à confirmer"),
    Progress.RETURNED: N_("renvoyé, à revoir"),
    Progress.DRAFT: N_("brouillon, à soumettre"),
    Progress.MISSING: N_("rien de saisi"),
}


def progress_word(progress: Progress) -> str:
    """Say how far a value has come."""
    return text(WORDS[progress])


def counts_phrase(counts: Mapping[Progress, int]) -> str:
    """Say how far values have come: « 41 validés, 3 soumis, 9 manquent »."""
    return ", ".join(plural(*COUNTS[one], count, n=count) for one, count in counts.items())


def late_phrase(counts: Mapping[Progress, int], campaign: CampaignRecord, today: date) -> str:
    """Say how many values are late: those that their officers still have to do after the due date; empty for none."""
    late = waiting(counts) if campaign.is_late(today) else 0
    return plural("{n} en retard", "{n} en retard", late, n=late) if late else ""


def campaign_reading(campaign: CampaignRecord, counts: Mapping[Progress, int], today: date) -> str:
    """Read a campaign in one line: « 41 relevés sur 58 sont validés ; 9 manquent ; il reste 12 jours. »."""
    total, done = sum(counts.values()), counts.get(Progress.VALIDATED, 0)
    if not total:
        return text("Aucun relevé n'est à saisir pour {year}.", year=campaign.year)
    clauses = [
        plural("{n} relevé sur {total} est validé", "{n} relevés sur {total} sont validés", done, n=done, total=total),
        _clause(counts.get(Progress.SUBMITTED, 0), N_("{n} attend d'être validé"), N_("{n} attendent d'être validés")),
        _kept_clause(counts.get(Progress.PUBLISHED, 0), campaign),
        _clause(counts.get(Progress.RETURNED, 0), N_("{n} est renvoyé"), N_("{n} sont renvoyés")),
        _clause(counts.get(Progress.DRAFT, 0), N_("{n} est en brouillon"), N_("{n} sont en brouillon")),
        _clause(counts.get(Progress.MISSING, 0), N_("{n} manque"), N_("{n} manquent")),
        time_left(campaign, today) if campaign.is_open else "",
    ]
    return f"{semicolon().join(filter(None, clauses))}."


def time_left(campaign: CampaignRecord, today: date) -> str:
    """Say how many days are left before the due date, or have passed since."""
    days = (campaign.due_on - today).days
    if days == 0:
        return text("c'est le dernier jour")
    if days > 0:
        return plural("il reste {n} jour", "il reste {n} jours", days, n=days)
    return plural("la date limite est passée de {n} jour", "la date limite est passée de {n} jours", -days, n=-days)


def campaign_state(campaign: CampaignRecord, today: date) -> str:
    """Say whether a campaign runs, is late or closed."""
    if campaign.closed_at is not None:
        return text("close")
    return text("en retard") if campaign.is_late(today) else text("ouverte")


def reminder_sentence(count: int, year: int, due_on: date, today: date) -> str:
    """Say in one sentence what somebody still owes."""
    if today > due_on:
        return plural(
            "{n} relevé de {year} est en retard : il était attendu le {day}.",
            "{n} relevés de {year} sont en retard : ils étaient attendus le {day}.",
            count,
            n=count,
            year=year,
            day=day(due_on),
        )
    return plural(
        "{n} relevé de {year} est à soumettre au plus tard le {day}.",
        "{n} relevés de {year} sont à soumettre au plus tard le {day}.",
        count,
        n=count,
        year=year,
        day=day(due_on),
    )


def reminder_letter(
    name: str, organisation: str, year: int, due_on: date, today: date, owed: Sequence[Bilingual], page: str
) -> tuple[str, str]:
    """Write the letter that reminds ``name`` of what is owed: its subject, and its text with the page to go to."""
    count = len(owed)
    subject = plural(
        "Campagne {year} : il vous reste {n} relevé à soumettre",
        "Campagne {year} : il vous reste {n} relevés à soumettre",
        count,
        n=count,
        year=year,
    )
    lines = [f"- {say(one)}" for one in owed[:LISTED]]
    if count > LISTED:
        rest = count - LISTED
        lines.append("- " + plural("et {n} autre", "et {n} autres", rest, n=rest))
    paragraphs = [
        text("Bonjour {name},", name=name),
        text("{organisation} suit ses engagements numérique responsable.", organisation=organisation)
        + " "
        + reminder_sentence(count, year, due_on, today),
        "\n".join(lines),
        text("Pour les saisir ou les soumettre :") + "\n" + page,
        text("Si un relevé n'existe pas cette année, choisissez un motif d'absence : cela suffit."),
        text("Ce message est automatique : inutile d'y répondre."),
    ]
    return subject, "\n\n".join(paragraphs) + "\n"


def _kept_clause(count: int, campaign: CampaignRecord) -> str:
    """Say how many values from before the campaign nobody touched since: they count whether confirmed or not."""
    if campaign.is_open:
        return _clause(
            count,
            N_("{n} publié avant l'ouverture est à confirmer"),
            N_("{n} publiés avant l'ouverture sont à confirmer"),
        )
    return _clause(
        count, N_("{n} publié avant l'ouverture compte toujours"), N_("{n} publiés avant l'ouverture comptent toujours")
    )


def _clause(count: int, one: str, many: str) -> str:
    return plural(one, many, count, n=count) if count else ""
