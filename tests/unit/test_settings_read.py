"""The settings of mail, links and files: what is read, and what stops the start without telling a secret."""

from pathlib import Path

import pytest

from tracker.config.settings import Mailing, MailSecurity, SettingFault, SettingProblem, Settings, read
from tracker.labels.problems import setting_sentence


def settings(folder: Path, **told: str) -> Settings:
    return read({"TRACKER_INSTANCE": str(folder), **told})


def mailing(folder: Path, address: str, sender: str = "suivi@ville.example") -> Mailing:
    found = settings(folder, TRACKER_SMTP_URL=address, TRACKER_MAIL_FROM=sender).mailing
    assert found is not None
    return found


def refused(folder: Path, **told: str) -> SettingProblem:
    with pytest.raises(SettingProblem) as problem:
        settings(folder, **told)
    return problem.value


def test_nothing_is_mailed_unless_a_server_is_named(tmp_path: Path):
    assert settings(tmp_path, TRACKER_SMTP_URL="", TRACKER_MAIL_FROM="nobody").mailing is None


@pytest.mark.parametrize(
    ("address", "security", "port"),
    [
        ("smtp://mail.ville.example", MailSecurity.NONE, 25),
        ("smtps://mail.ville.example/", MailSecurity.TLS, 465),
        ("smtp+starttls://mail.ville.example", MailSecurity.STARTTLS, 587),
        ("SMTP://mail.ville.example:2525", MailSecurity.NONE, 2525),
    ],
)
def test_the_scheme_of_the_mail_server_says_how_the_line_is_protected_and_its_usual_port(
    tmp_path: Path, address: str, security: MailSecurity, port: int
):
    expected = Mailing(security, "mail.ville.example", port, "", "", "suivi@ville.example")
    assert mailing(tmp_path, address) == expected


def test_special_signs_of_the_secret_are_written_as_in_any_address(tmp_path: Path):
    found = mailing(tmp_path, "smtps://suivi%40ville.example:p%40ss%3A%2Fw%25@mail.ville.example")
    assert (found.user, found.password) == ("suivi@ville.example", "p@ss:/w%")


@pytest.mark.parametrize(
    "address",
    [
        "hush",
        "mail.ville.example",
        "http://u:hush@mail.example",
        "smtp://",
        "smtp://u:hush@",
        "smtp://:hush@mail.example",
        "smtp://u@mail.example",
        "smtp://u:hu#sh@mail.example",
        "smtp://u:hu/sh@mail.example",
        "smtp://u:hush@mail.example:port",
        "smtp://u:hush@mail.example:0",
        "smtp://u:hush@mail.example:70000",
        "smtp://u:hush@mail.example/inbox",
        "smtp://u:hush@mail.example?tls=no",
        "smtp://u:hush@mail .example",
        "smtp://u:hush@mail\r\n.example",
        "smtp://u:hush%0d%0aRCPT@mail.example",
        "smtp://u:hush@[::1",
        "smtp://u:hush@héros.example",
    ],
)
def test_a_mail_server_that_cannot_be_read_is_refused_and_its_secret_is_told_nowhere(tmp_path: Path, address: str):
    problem = refused(tmp_path, TRACKER_SMTP_URL=address, TRACKER_MAIL_FROM="suivi@ville.example")
    assert (problem.setting, problem.fault) == ("TRACKER_SMTP_URL", SettingFault.MAIL_SERVER_UNREADABLE)
    told = setting_sentence(problem) + str(problem) + repr(problem) + problem.value
    assert "hu" not in told.lower()
    assert problem.__suppress_context__ or problem.__context__ is None


def test_a_secret_with_accents_is_refused_since_it_could_not_be_sent(tmp_path: Path):
    problem = refused(tmp_path, TRACKER_SMTP_URL="smtps://u:s%C3%A9same@mail.example", TRACKER_MAIL_FROM="a@b.example")
    assert problem.fault is SettingFault.MAIL_SIGN_IN_ACCENTED
    assert "same" not in setting_sentence(problem)


def test_the_settings_in_print_do_not_tell_the_secret_of_the_mail_server(tmp_path: Path):
    found = mailing(tmp_path, "smtps://u:hush@mail.example")
    assert found.password == "hush"
    assert "hush" not in f"{found} {found!r}"


@pytest.mark.parametrize(
    ("hosts", "sender"),
    [
        ("engagements.ville.example, other.example", "parole-tenue@engagements.ville.example"),
        (".ville.example", "parole-tenue@ville.example"),
        ("engagements.ville.example:8080", "parole-tenue@engagements.ville.example"),
    ],
)
def test_letters_come_from_the_first_trusted_host_unless_an_address_is_given(tmp_path: Path, hosts: str, sender: str):
    told = {"TRACKER_SMTP_URL": "smtp://mail.example", "TRACKER_TRUSTED_HOSTS": hosts}
    found = settings(tmp_path, **told).mailing
    assert found is not None
    assert found.sender == sender
    given = settings(tmp_path, **told, TRACKER_MAIL_FROM="dsi@ville.example").mailing
    assert given is not None
    assert given.sender == "dsi@ville.example"


@pytest.mark.parametrize("hosts", ["", "10.0.0.5", "[::1]"])
def test_a_sender_is_asked_for_when_no_host_name_gives_one(tmp_path: Path, hosts: str):
    problem = refused(tmp_path, TRACKER_SMTP_URL="smtp://mail.example", TRACKER_TRUSTED_HOSTS=hosts)
    assert (problem.setting, problem.fault) == ("TRACKER_MAIL_FROM", SettingFault.SENDER_MISSING)


@pytest.mark.parametrize(
    "sender", ["ville.example", "a@b@c.example", "Ville <a@b.example>", "a@b.example\r\nBcc: x@y.z"]
)
def test_a_sender_that_is_not_one_address_is_refused(tmp_path: Path, sender: str):
    problem = refused(tmp_path, TRACKER_SMTP_URL="smtp://mail.example", TRACKER_MAIL_FROM=sender)
    assert problem.fault is SettingFault.SENDER_UNREADABLE


def test_links_lead_to_the_public_address_or_to_the_one_that_is_listened_on(tmp_path: Path):
    assert settings(tmp_path).public_url == "http://127.0.0.1:5000"
    assert settings(tmp_path, TRACKER_HOST="::1", TRACKER_PORT="80").public_url == "http://[::1]:80"
    given = settings(tmp_path, TRACKER_PUBLIC_URL="https://engagements.ville.example/suivi/")
    assert given.public_url == "https://engagements.ville.example/suivi"


@pytest.mark.parametrize(
    "address",
    [
        "ville.example",
        "ftp://ville.example",
        "https://",
        "https://u:hush@ville.example",
        "https://ville.example/?a=1",
        "https://ville.example/#a",
        "https://ville.example:port",
        "https://ville .example",
        "https://ville.example\n",
    ],
)
def test_a_public_address_that_is_not_one_of_a_site_is_refused(tmp_path: Path, address: str):
    problem = refused(tmp_path, TRACKER_PUBLIC_URL=address)
    assert (problem.setting, problem.fault) == ("TRACKER_PUBLIC_URL", SettingFault.NOT_A_WEB_ADDRESS)
    assert "hush" not in setting_sentence(problem)


def test_the_files_of_an_organisation_have_a_folder_and_a_quota(tmp_path: Path):
    found = settings(tmp_path)
    assert found.files == tmp_path.resolve() / "files"
    assert (found.files_quota_mb, found.files_quota_bytes) == (500, 524_288_000)
    assert settings(tmp_path, TRACKER_FILES_QUOTA_MB="1").files_quota_mb == 1


@pytest.mark.parametrize("quota", ["0", "-1", "1,5", "many", "1000001", "9" * 5000, "٣"])
def test_a_quota_that_is_not_a_whole_number_of_megabytes_is_refused(tmp_path: Path, quota: str):
    problem = refused(tmp_path, TRACKER_FILES_QUOTA_MB=quota)
    assert problem.fault is SettingFault.NOT_A_QUOTA
    assert len(setting_sentence(problem)) < 200


def test_the_pace_of_the_api_is_a_number_and_a_while(tmp_path: Path):
    assert settings(tmp_path).api_rate == "120 per minute"
    assert settings(tmp_path, TRACKER_API_RATE="5 per second").api_rate == "5 per second"


@pytest.mark.parametrize(
    "rate", ["0 per minute", "-1 per minute", "120", "120/minute", "many per day", "1 per week", "٣ per day"]
)
def test_a_pace_that_cannot_be_read_is_refused(tmp_path: Path, rate: str):
    problem = refused(tmp_path, TRACKER_API_RATE=rate)
    assert problem.fault is SettingFault.NOT_A_RATE
    assert "120 per minute" in setting_sentence(problem)
