"""The command line and the packaged product, as an operator runs them."""

import signal
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.server import copied, environment_of, free_port, wait_for
from tests.integration.test_mailing import Office, serving
from tests.packaged import tables
from tests.shell import tracker
from tracker.config.paths import bundled
from tracker.labels.formats import PARIS
from tracker.reports.formats import FORMATS
from tracker.services import frozen_reports
from tracker.store.models import Campaign, FrozenReport
from tracker.store.session import opened

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    return environment_of(folder) | more


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, instance_model: Path) -> Path:
    """Give a folder with an initialised instance."""
    folder = tmp_path_factory.mktemp("operator")
    copied(instance_model, folder)
    return folder


def test_init_twice_says_that_nothing_was_new(ready: Path):
    told = tracker(ready, "init", "--demo").stdout
    assert "0 fichier" in told
    assert "referent@demonstration.example" in told
    assert "demonstration-2026" not in told


def test_a_demonstration_password_set_later_is_the_one_that_works(tmp_path: Path):
    first = tracker(tmp_path, "init", "--demo", TRACKER_DEMO_PASSWORD="").stdout
    assert "referent@demonstration.example" in first
    assert "mot de passe «" in first
    again = tracker(tmp_path, "init", "--demo", TRACKER_DEMO_PASSWORD="").stdout
    assert "mot de passe «" not in again
    assert "TRACKER_DEMO_PASSWORD" in again
    changed = tracker(tmp_path, "init", "--demo", TRACKER_DEMO_PASSWORD="chosen-afterwards").stdout
    assert "chosen-afterwards" in changed
    assert (
        "chosen-afterwards" not in tracker(tmp_path, "init", "--demo", TRACKER_DEMO_PASSWORD="chosen-afterwards").stdout
    )


def test_doctor_finds_a_good_instance_good_and_a_missing_one_missing(ready: Path, tmp_path: Path):
    assert "à jour" in tracker(ready, "doctor").stdout
    assert "tracker init" in tracker(tmp_path, "doctor", status=1).stderr


@pytest.mark.parametrize(
    ("command", "setting", "value", "said"),
    [
        ("run", "TRACKER_PORT", "abc", "n’est pas un port"),
        ("doctor", "TRACKER_PORT", "70000", "n’est pas un port"),
        ("init", "TRACKER_DATABASE_URL", "mysql://x", "n’est ni sqlite"),
        ("run", "TRACKER_DATABASE_URL", "postgresql://localhost/x", "est obligatoire"),
        ("doctor", "TRACKER_SECRET_KEY", "short", "est trop courte"),
        ("init", "TRACKER_DEMO_PASSWORD", "x", "est trop court"),
        ("run", "TRACKER_SECURE_COOKIES", "perhaps", "n’est ni yes ni no"),
        ("doctor", "TRACKER_INSTANCE", "/proc/nowhere", "impossible d’écrire"),
        ("init", "TRACKER_SMTP_URL", "ftp://suivi:hush@mail.example", "ne se lit pas"),
        ("run", "TRACKER_SMTP_URL", "smtp://suivi:hush@mail.example", "TRACKER_MAIL_FROM est obligatoire"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path: Path, command, setting, value, said):
    run = tracker(tmp_path, command, status=1, **{setting: value})
    assert run.stderr.startswith("TRACKER_")
    assert said in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert "hush" not in run.stdout + run.stderr


def test_the_report_from_the_shell_is_the_one_of_the_page(ready: Path):
    output = ready / "report.csv"
    words = ("export", "report", "--organisation", "marseille", "--year", "2025", "--output", str(output))
    tracker(ready, *words, "--format", "csv")
    assert output.read_bytes().startswith(b"\xef\xbb\xbforganisation;annee;engagement")
    assert output.read_text(encoding="utf-8-sig").count("VDM22-S23") == 2
    tracker(ready, *words[:-1], str(ready / "report.html"), "--format", "html")
    page = (ready / "report.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "Bilan de la stratégie numérique responsable 2025" in page
    assert "<link" not in page
    assert "<script" not in page


def test_a_frozen_report_from_the_shell_is_to_the_byte_the_one_of_the_web(ready: Path, tmp_path: Path):
    output = tmp_path / "report"
    words = ("export", "report", "--organisation", "demonstration", "--year", "2024", "--output", str(output))
    with opened(f"sqlite:///{ready / 'instance' / 'tracker.sqlite3'}") as database, database.reading() as session:
        row = session.scalars(select(FrozenReport).where(FrozenReport.year == 2024)).one()
        for form in FORMATS:
            assert tracker(ready, *words, "--version", "1", "--format", form).stderr == ""
            assert output.read_bytes() == frozen_reports.file(row, form), form
    assert "version 9" in tracker(ready, *words, "--version", "9", "--format", "csv", status=1).stderr


def test_a_report_of_nowhere_is_refused_with_a_sentence(ready: Path, tmp_path: Path):
    words = ("export", "report", "--format", "csv", "--output", str(tmp_path / "x.csv"))
    assert "nulle-part" in tracker(ready, *words, "--organisation", "nulle-part", "--year", "2025", status=1).stderr
    assert "3000" in tracker(ready, *words, "--organisation", "amp", "--year", "3000", status=1).stderr
    assert not (tmp_path / "x.csv").exists()
    nowhere = ("export", "report", "--format", "csv", "--organisation", "amp", "--year", "2025", "--output")
    assert "Impossible d’écrire" in tracker(ready, *nowhere, "/proc/nowhere/x.csv", status=1).stderr
    tracker(ready, "export", "report", "--format", "docx", status=2)


def test_open_data_from_the_shell_is_what_is_published_or_all_of_it_on_demand(ready: Path, tmp_path: Path):
    words = ("export", "data", "--output", str(tmp_path / "x.zip"), "--organisation")
    tracker(ready, *words, "demonstration")
    shown = tables((tmp_path / "x.zip").read_bytes())
    tracker(ready, *words, "demonstration", "--all")
    whole = tables((tmp_path / "x.zip").read_bytes())
    assert 0 < len(shown["mesures"]) < len(whole["mesures"])
    tracker(ready, *words, "marseille", "--all")
    (tmp_path / "x.zip").unlink()
    for slug in ("marseille", "nulle-part"):
        assert slug in tracker(ready, *words, slug, status=1).stderr
    assert "nulle-part" in tracker(ready, *words, "nulle-part", "--all", status=1).stderr
    assert not (tmp_path / "x.zip").exists()


def test_exported_seeds_are_the_files_they_came_from(ready: Path, tmp_path: Path):
    tracker(ready, "export", "seeds", "--output", str(tmp_path))
    written = sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*.yaml"))
    assert len(written) == 18
    for file in written:
        assert (tmp_path / file).read_bytes() == (bundled("seeds") / file).read_bytes(), file


def test_accounts_are_added_listed_changed_and_disabled(ready: Path):
    add = ("account", "add", "new@example.org", "--organisation", "amp", "--role", "elu", "--password", "long-enough-1")
    tracker(ready, *add)
    assert "existe déjà" in tracker(ready, *add, status=1).stderr
    assert "new@example.org\tactif\tamp:elu" in tracker(ready, "account", "list").stdout
    tracker(ready, "account", "password", "new@example.org", "--password", "another-one-1")
    assert "au moins" in tracker(ready, "account", "password", "new@example.org", "--password", "x", status=1).stderr
    tracker(ready, "account", "disable", "new@example.org")
    assert "new@example.org\tdésactivé\tamp:elu" in tracker(ready, "account", "list").stdout
    assert "Aucun compte" in tracker(ready, "account", "disable", "nobody@example.org", status=1).stderr


def test_organisations_are_added_and_listed_and_take_accounts(ready: Path):
    words = (
        "organisation",
        "add",
        "ville-neuve",
        "--name",
        "Ville neuve",
        "--kind",
        "commune",
        "--department",
        "DSI=x",
    )
    assert "ville-neuve" in tracker(ready, *words).stdout
    assert "a déjà l’adresse « ville-neuve »" in " ".join(tracker(ready, *words, status=1).stderr.split())
    assert "ville-neuve\tCommune\tVille neuve" in tracker(ready, "organisation", "list").stdout
    refused = tracker(ready, "organisation", "add", "aide", "--name", " ", "--kind", "commune", status=1).stderr
    assert len(refused.strip().splitlines()) == 2
    tracker(ready, "organisation", "add", "ville-bis", "--name", "Ville bis", "--kind", "village", status=2)
    add = ("account", "add", "lead@neuve.example", "--organisation", "ville-neuve", "--role", "referent")
    tracker(ready, *add, "--password", "long-enough-1")
    assert "lead@neuve.example\tactif\tville-neuve:referent" in tracker(ready, "account", "list").stdout


def apart_from_endings(lines: list[str]) -> list[str]:
    """Leave out the ends of approvals, which name a service of the fictional town."""
    return [line for line in lines if "(fictif)" not in line]


def test_reminders_and_digests_are_foreseen_then_sent_once_and_what_could_not_leave_by_the_next_run(
    tmp_path: Path, instance_model: Path
):
    copied(instance_model, tmp_path)
    with opened(f"sqlite:///{tmp_path / 'instance' / 'tracker.sqlite3'}") as store, store.transaction() as session:
        campaign = session.scalars(select(Campaign).where(Campaign.year == 2025)).one()
        campaign.reminders_on = [datetime.now(PARIS).date().isoformat()]
    line = "demonstration\t2025\tagent@demonstration.example\t2\u00a0relevés"
    digest = "demonstration\telu@demonstration.example\t2\u00a0engagements suivis"
    foreseen = tracker(tmp_path, "remind", "--dry-run").stdout.strip().splitlines()
    assert apart_from_endings(foreseen) == [line, digest]
    endings = [one for one in foreseen if one not in {line, digest}]
    assert any("Démarches en ligne (fictif)\t2026-03-20\t" in one for one in endings)
    nowhere = {"TRACKER_SMTP_URL": f"smtp://127.0.0.1:{free_port()}", "TRACKER_MAIL_FROM": "suivi@ville.example"}
    down = tracker(tmp_path, "remind", status=1, **nowhere)
    assert apart_from_endings(down.stdout.strip().splitlines()) == [line, digest]
    assert set(endings) < set(down.stdout.strip().splitlines())
    assert "ne répond pas" in down.stderr
    office = Office()
    with serving(office) as mailing:
        there = nowhere | {"TRACKER_SMTP_URL": f"smtp://127.0.0.1:{mailing.port}"}
        told = tracker(tmp_path, "remind", **there).stdout
        assert "2\u00a0courriels sont partis." in told
        again = tracker(tmp_path, "remind", **there).stdout.strip().splitlines()
        assert again == ["Aucun rappel à envoyer aujourd’hui.", "Aucun résumé à envoyer aujourd’hui."]
    sent = [letter["To"] for letter in office.messages()]
    assert sent == ["agent@demonstration.example", "elu@demonstration.example"]
    tracker(tmp_path, "remind", "--loud", status=2)


def test_the_application_starts_and_answers(ready: Path):
    port = free_port()
    with subprocess.Popen(
        [sys.executable, ROOT / "app.py"],
        cwd=ready,
        env=environment(ready, TRACKER_PORT=str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as server:
        try:
            answer = wait_for(f"http://127.0.0.1:{port}/healthz")
            assert answer == b'{"status":"ok"}\n'
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)


def test_the_wheel_runs_outside_the_checkout(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("parole_tenue-*.whl"))
    alone = tmp_path / "alone"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(alone)
    assert "tracker/seeds/organisations.yaml" in names
    assert "tracker/templates/layouts/base.html" in names
    assert "tracker/labels/translations/en.po" in names
    assert not [name for name in names if name.startswith(("tests", "seeds/", "templates/"))]
    script = (
        "import tracker; from tracker.cli import main; import sys; print(tracker.__file__); "
        "sys.argv = ['tracker', 'init', '--demo']; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(tmp_path, PYTHONPATH=str(alone)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert str(alone) in run.stdout
    assert "Base prête" in run.stdout
