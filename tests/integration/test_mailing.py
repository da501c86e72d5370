"""Letters sent to a real mail server on this machine: what arrives, what is refused, what is never lost or told."""

# ruff: noqa: N802, ARG002 - the server calls these methods by these names, with all of this

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.server import free_port
from tracker.config.settings import Mailing, MailSecurity
from tracker.services.mailing import Letter, MailFault, MailUnavailable, Sent, send

SENDER = "parole-tenue@ville.example"
BODY = "Bonjour,\n\nIl reste 3 valeurs à saisir avant le 31 décembre\u202f:\n.\nhttps://ville.example/marseille/saisie/2026\n"
LETTERS = tuple(Letter(f"agent{n}@ville.example", f"Échéance n° {n}\u202f: saisie", BODY) for n in range(3))


@dataclass
class Office:
    """What the server took, and how it behaves."""

    refuses: str = ""
    leaves_after: int = 99
    connections: int = 0
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if len(self.envelopes) >= self.leaves_after:
            assert server.transport
            server.transport.abort()
        self.envelopes.append(envelope)
        return "250 OK"

    def messages(self) -> list[EmailMessage]:
        found = [message_from_bytes(envelope.original_content or b"", policy=default) for envelope in self.envelopes]
        return [message for message in found if isinstance(message, EmailMessage)]


@contextmanager
def serving(office: Office, **more: object) -> Iterator[Mailing]:
    """Serve ``office`` on a free port and give the setting that leads to it."""
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield Mailing(MailSecurity.NONE, "127.0.0.1", controller.port, "", "", SENDER)
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Give a certificate that nobody vouches for: its file, and the context that serves it."""
    folder = tmp_path_factory.mktemp("certificate")
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    key, file = folder / "key.pem", folder / "cert.pem"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", file], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return SimpleNamespace(file=file, context=context)


def test_letters_arrive_whole_on_one_connection():
    office = Office()
    with serving(office) as mailing:
        assert send(mailing, LETTERS) == Sent(LETTERS, ())
    assert office.connections == 1
    assert [envelope.rcpt_tos for envelope in office.envelopes] == [[letter.to] for letter in LETTERS]
    assert {envelope.mail_from for envelope in office.envelopes} == {SENDER}
    for letter, message in zip(LETTERS, office.messages(), strict=True):
        assert message["Subject"] == letter.subject
        assert message["To"] == letter.to
        assert message["From"] == f"Parole tenue <{SENDER}>"
        assert message.get_content().replace("\r\n", "\n") == letter.body


def test_a_letter_says_that_a_machine_wrote_it_when_and_which_one_it_is():
    office = Office()
    with serving(office) as mailing:
        send(mailing, LETTERS)
    messages = office.messages()
    assert {message["Auto-Submitted"] for message in messages} == {"auto-generated"}
    assert all(message["Date"].datetime.tzinfo for message in messages)
    names = {message["Message-ID"] for message in messages}
    assert len(names) == 3
    assert all(name.endswith("@ville.example>") for name in names)


def test_accents_travel_through_servers_that_know_ascii_only():
    office = Office()
    with serving(office) as mailing:
        send(mailing, LETTERS[:1])
    content = office.envelopes[0].original_content
    assert content is not None
    assert content.isascii()
    assert b"Content-Transfer-Encoding: quoted-printable" in content
    assert b'charset="utf-8"' in content
    assert max(map(len, content.split(b"\r\n"))) <= 78


def test_nobody_is_bothered_when_there_is_nothing_to_send():
    nowhere = Mailing(MailSecurity.NONE, "127.0.0.1", free_port(), "", "", SENDER)
    assert send(nowhere, ()) == Sent((), ())


def test_a_recipient_who_is_refused_does_not_stop_the_others():
    office = Office(refuses=LETTERS[1].to)
    with serving(office) as mailing:
        assert send(mailing, LETTERS) == Sent((LETTERS[0], LETTERS[2]), (LETTERS[1],))
    assert len(office.envelopes) == 2


@pytest.mark.parametrize(
    "forged",
    [
        Letter("a@ville.example\r\nBcc: b@ville.example", "x", "x"),
        Letter("a@ville.example\nRCPT TO:<b@ville.example>", "x", "x"),
        Letter("a@ville.example", "x\r\nBcc: b@ville.example", "x"),
        Letter("a@ville.example", "x\r\n\r\nother body", "x"),
        Letter("a@ville.example", "x\u2028y", "x"),
        Letter("a@ville.example, b@ville.example", "x", "x"),
        Letter("A <a@ville.example>", "x", "x"),
        Letter("a@ville.example>", "x", "x"),
        Letter("élu@ville.example", "x", "x"),
        Letter("a", "x", "x"),
        Letter("", "x", "x"),
    ],
)
def test_a_forged_heading_or_address_stays_here_and_the_others_go(forged: Letter):
    office = Office()
    with serving(office, enable_SMTPUTF8=False) as mailing:
        assert send(mailing, [LETTERS[0], forged, LETTERS[1]]) == Sent(LETTERS[:2], (forged,))
    assert [envelope.rcpt_tos for envelope in office.envelopes] == [[LETTERS[0].to], [LETTERS[1].to]]
    assert not any("bcc" in message for message in office.messages())


@pytest.fixture(scope="module")
def office() -> Iterator[SimpleNamespace]:
    """Give one server for many letters."""
    taken = Office()
    with serving(taken) as mailing:
        yield SimpleNamespace(mailing=mailing, taken=taken)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_written_a_letter_goes_to_its_own_address_or_fails(office, to: str, subject: str, body: str):
    for letter in (Letter(to, subject, body), Letter(LETTERS[0].to, subject, body)):
        office.taken.envelopes.clear()
        sent = send(office.mailing, [letter])
        assert len(sent.delivered) + len(sent.failed) == 1
        assert [envelope.rcpt_tos for envelope in office.taken.envelopes] == [[one.to] for one in sent.delivered]
        for message in office.taken.messages():
            assert set(map(str.lower, message.keys())) <= {
                "subject",
                "from",
                "to",
                "date",
                "message-id",
                "auto-submitted",
                "content-type",
                "content-transfer-encoding",
                "mime-version",
            }


def test_when_the_server_leaves_half_way_each_letter_is_known_to_have_gone_or_not():
    office = Office(leaves_after=1)
    with serving(office) as mailing:
        assert send(mailing, LETTERS) == Sent(LETTERS[:1], LETTERS[1:])


def checked(user: str, password: str) -> Callable[..., AuthResult]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        is_right = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=is_right, handled=False)

    return check


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_server_that_asks_who_is_there_is_told():
    office = Office()
    more = {"auth_required": True, "auth_require_tls": False, "authenticator": checked("suivi", "p@ss:/w%")}
    with serving(office, **more) as mailing:
        assert send(replace(mailing, user="suivi", password="p@ss:/w%"), LETTERS).failed == ()
        with pytest.raises(MailUnavailable) as refusal:
            send(replace(mailing, user="suivi", password="hush"), LETTERS)
        anonymous = send(mailing, LETTERS)
    assert refusal.value.fault is MailFault.SIGN_IN_REFUSED
    assert "mot de passe" in refusal.value.sentence
    assert "hush" not in f"{refusal.value!r} {refusal.value} {refusal.value.sentence}"
    assert refusal.value.__suppress_context__
    assert anonymous == Sent((), LETTERS)
    assert len(office.envelopes) == 3


@pytest.mark.parametrize(
    ("security", "option"), [(MailSecurity.STARTTLS, "tls_context"), (MailSecurity.TLS, "ssl_context")]
)
def test_a_protected_line_needs_a_certificate_that_somebody_vouches_for(certificate, monkeypatch, security, option):
    office = Office()
    with serving(office, **{option: certificate.context}) as mailing:
        protected = replace(mailing, security=security)
        with pytest.raises(MailUnavailable) as refusal:
            send(replace(protected, user="suivi", password="hush"), LETTERS)
        assert office.envelopes == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
        assert send(protected, LETTERS) == Sent(LETTERS, ())
    assert refusal.value.fault is MailFault.UNTRUSTED
    assert "certificat" in refusal.value.sentence


def test_a_server_that_cannot_protect_the_line_gets_neither_the_secret_nor_a_letter():
    office = Office()
    with serving(office) as mailing, pytest.raises(MailUnavailable) as refusal:
        send(replace(mailing, security=MailSecurity.STARTTLS, user="suivi", password="hush"), LETTERS)
    assert refusal.value.fault is MailFault.REFUSED
    assert office.envelopes == []


def test_a_server_that_is_down_is_said_to_be_and_nothing_was_sent():
    down = Mailing(MailSecurity.NONE, "127.0.0.1", free_port(), "suivi", "hush", SENDER)
    with pytest.raises(MailUnavailable) as refusal:
        send(down, LETTERS)
    assert refusal.value.fault is MailFault.UNREACHABLE
    assert refusal.value.sentence == "Le serveur de courriel 127.0.0.1 ne répond pas\u00a0: aucun message n’est parti."
    with pytest.raises(MailUnavailable):
        send(replace(down, host="nowhere.invalid"), LETTERS)


def test_a_server_that_says_nothing_is_not_waited_for_longer_than_was_said():
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        mailing = Mailing(MailSecurity.NONE, "127.0.0.1", silent.getsockname()[1], "", "", SENDER)
        with pytest.raises(MailUnavailable) as refusal:
            send(mailing, LETTERS, timeout_seconds=1)
    assert refusal.value.fault is MailFault.UNREACHABLE


def test_a_server_that_turns_everybody_away_is_said_to():
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:

        def turn_away() -> None:
            line, _ = closed.accept()
            with line:
                line.sendall(b"554 no service here\r\n")
                line.recv(100)

        door = threading.Thread(target=turn_away)
        door.start()
        mailing = Mailing(MailSecurity.NONE, "127.0.0.1", closed.getsockname()[1], "", "", SENDER)
        with pytest.raises(MailUnavailable) as refusal:
            send(mailing, LETTERS)
        door.join(timeout=60)
    assert refusal.value.fault is MailFault.REFUSED
