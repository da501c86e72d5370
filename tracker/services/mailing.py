"""Letters by e-mail: handed to the mail server that the settings name, all on one connection."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import make_msgid
from enum import StrEnum

from tracker.config.settings import Mailing, MailSecurity
from tracker.labels import N_, text

TIMEOUT_SECONDS = 10
SENDER_NAME = "Parole tenue"
_RECIPIENT = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address, in plain text."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of letters, each in one of the two: ``delivered`` is what the server took upon itself."""

    delivered: tuple[Letter, ...]
    failed: tuple[Letter, ...]


class MailFault(StrEnum):
    """Why no letter could be handed over."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SIGN_IN_REFUSED = "sign_in_refused"
    REFUSED = "refused"


_SENTENCES = {
    MailFault.UNREACHABLE: N_("Le serveur de courriel {host} ne répond pas : aucun message n'est parti."),
    MailFault.UNTRUSTED: N_(
        "Le certificat du serveur de courriel {host} n'est pas reconnu : aucun message n'est parti."
    ),
    MailFault.SIGN_IN_REFUSED: N_(
        "Le serveur de courriel {host} refuse l'identifiant ou le mot de passe : aucun message n'est parti."
    ),
    MailFault.REFUSED: N_("Le serveur de courriel {host} refuse la connexion : aucun message n'est parti."),
}


class MailUnavailable(Exception):
    """The mail server took nothing: every letter is still to be sent."""

    def __init__(self, host: str, fault: MailFault) -> None:
        super().__init__(f"{host}: {fault}")
        self.host, self.fault = host, fault

    @property
    def sentence(self) -> str:
        """Say what is wrong with the server."""
        return text(_SENTENCES[self.fault], host=self.host)


def send(mailing: Mailing, letters: Sequence[Letter], *, timeout_seconds: int = TIMEOUT_SECONDS) -> Sent:
    """Hand ``letters`` to the server, one after the other.

    A letter fails alone: an address that is none or that the server refuses, a line break in a heading. When the
    connection breaks, the letter on its way and those after it are among the failed: sending them again may give one of
    them twice, and loses none.

    Raises:
        MailUnavailable: when the server cannot be reached, trusted or signed in to; nothing was sent.
    """
    delivered: list[Letter] = []
    failed: list[Letter] = []
    if letters:
        with _connected(mailing, timeout_seconds) as server:
            for letter in letters:
                (delivered if _is_taken(server, mailing, letter) else failed).append(letter)
    return Sent(tuple(delivered), tuple(failed))


def _is_taken(server: smtplib.SMTP, mailing: Mailing, letter: Letter) -> bool:
    try:
        server.send_message(_message(mailing, letter), mailing.sender, [letter.to])
    except (OSError, ValueError, MessageError):
        return False
    return True


def _message(mailing: Mailing, letter: Letter) -> EmailMessage:
    """Write the letter as it travels; quoted-printable, so that any server passes its accents on.

    Raises:
        ValueError: for a recipient that is not one address, or a heading with a control character.
    """
    if not _RECIPIENT.fullmatch(letter.to) or _CONTROL.search(letter.to + letter.subject):
        raise ValueError("one address and one line are expected")
    message = EmailMessage(policy=WIRE)
    message["Subject"] = letter.subject
    message["From"] = Address(SENDER_NAME, addr_spec=mailing.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = make_msgid(domain=mailing.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notice answers it
    message.set_content(letter.body, cte="quoted-printable")
    return message


@contextmanager
def _connected(mailing: Mailing, timeout_seconds: int) -> Iterator[smtplib.SMTP]:
    server = _open(mailing, timeout_seconds)
    try:
        yield server
    finally:
        with suppress(OSError):  # what was taken is taken, however the server says goodbye
            server.quit()
        server.close()


def _open(mailing: Mailing, timeout_seconds: int) -> smtplib.SMTP:
    """Connect, protect the line and sign in; the server's own words, which may repeat the secret, are not told."""
    with ExitStack() as undone:
        try:
            server = _dial(mailing, timeout_seconds)
            undone.callback(server.close)
            if mailing.security is MailSecurity.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if mailing.user:
                server.login(mailing.user, mailing.password)
        except OSError as error:  # those of smtplib and ssl are among them
            raise MailUnavailable(mailing.host, _fault(error)) from None
        undone.pop_all()
    return server


def _dial(mailing: Mailing, timeout_seconds: int) -> smtplib.SMTP:
    if mailing.security is MailSecurity.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mailing.host, mailing.port, timeout=timeout_seconds, context=context)
    return smtplib.SMTP(mailing.host, mailing.port, timeout=timeout_seconds)


def _fault(error: OSError) -> MailFault:
    match error:
        case ssl.SSLCertVerificationError():
            return MailFault.UNTRUSTED
        case smtplib.SMTPAuthenticationError():
            return MailFault.SIGN_IN_REFUSED
        case smtplib.SMTPResponseException() | smtplib.SMTPNotSupportedError():
            return MailFault.REFUSED
        case _:
            return MailFault.UNREACHABLE
