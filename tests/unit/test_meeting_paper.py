"""The pack of a department's annual meeting: its actions, its indicators, its deadlines, or that there are none."""

from datetime import date

from tests import pdf
from tests.dossiers import COMMITMENTS, badly_typeset, says, table
from tests.factories import make_organisation
from tests.plans import AS_OF, make_full_action
from tracker.labels import typeset
from tracker.reports.meeting import MeetingDeadline, MeetingDossier, MeetingIndicator, meeting_paper
from tracker.reports.paper_pdf import pdf_file


def meeting(**told: object) -> MeetingDossier:
    given: dict[str, object] = {
        "actions": (make_full_action(), make_full_action("A-02", "Acheter durable", lead="ACHATS")),
        "indicators": (MeetingIndicator("Durée d'usage", "5,4 ans en 2024"),),
        "deadlines": (MeetingDeadline(date(2025, 9, 1), "Bilan"), MeetingDeadline(date(2025, 7, 1), "Saisie")),
    }
    departments = {"DSI": "Direction du numérique", "ACHATS": "Commande publique"}
    titles = {code: one.title for code, one in COMMITMENTS.items()}
    return MeetingDossier(make_organisation(), "DSI", 2025, AS_OF, departments, titles, **(given | told))


def test_a_department_brings_its_actions_its_indicators_and_its_deadlines_next_first():
    paper = meeting_paper(meeting())
    assert paper.title == "Réunion annuelle 2025\u00a0: Direction du numérique"
    told = says(paper)
    assert typeset("Actions que le service pilote : 1") in told
    assert typeset("Actions auxquelles il est associé : 1") in told
    assert typeset("Service pilote : Commande publique") in told
    assert [row[1] for row in table(paper, typeset("Ce qui est attendu du service, le plus proche d'abord")).rows] == [
        "Saisie",
        "Bilan",
    ]
    printed = pdf_file(meeting_paper(meeting(actions=())))
    assert pdf.faults(printed) == []
    assert pdf.squeezed("5,4 ans en 2024") in pdf.text(printed)


def test_a_department_with_nothing_is_told_so():
    told = says(meeting_paper(meeting(actions=(), indicators=(), deadlines=())))
    for sentence in (
        "Le service n’est associé à aucune action du plan 2025.",
        "Aucun indicateur n’est attribué au service.",
        "Aucune échéance n’est connue.",
    ):
        assert sentence in told


def test_the_pack_has_french_typography():
    assert not badly_typeset(says(meeting_paper(meeting())))
