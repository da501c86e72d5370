"""The settings of an instance, read from the environment and ``.env``, checked once at start."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

SECRET_KEY_LENGTH = 32
LAST_PORT = 65535
DEMO_PASSWORD_LENGTH = 8
MEGABYTE = 1024 * 1024  # as the file managers of officers count it
LAST_QUOTA_MB = 1_000_000
_QUOTA = re.compile(r"\d{1,7}", re.ASCII)
_RATE = re.compile(r"[1-9]\d{0,5} per (?:second|minute|hour|day)", re.ASCII)
USUAL_RATE = "120 per minute"
_ADDRESS = re.compile(r"[\w.+-]{1,64}@(?:[A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+", re.ASCII)


class SettingFault(StrEnum):
    """What can be wrong with a setting."""

    NOT_A_PORT = "not_a_port"
    UNKNOWN_DATABASE = "unknown_database"
    SECRET_MISSING = "secret_missing"
    SECRET_SHORT = "secret_short"
    FOLDER_UNUSABLE = "folder_unusable"
    PASSWORD_SHORT = "password_short"
    NOT_A_BOOLEAN = "not_a_boolean"
    MAIL_SERVER_UNREADABLE = "mail_server_unreadable"
    MAIL_SIGN_IN_ACCENTED = "mail_sign_in_accented"
    SENDER_MISSING = "sender_missing"
    SENDER_UNREADABLE = "sender_unreadable"
    NOT_A_WEB_ADDRESS = "not_a_web_address"
    NOT_A_QUOTA = "not_a_quota"
    NOT_A_RATE = "not_a_rate"


class SettingProblem(Exception):
    """A setting that stops the start; ``labels`` gives its sentence."""

    def __init__(self, setting: str, fault: SettingFault, value: str = "") -> None:
        super().__init__(f"{setting}: {fault}")
        self.setting, self.fault, self.value = setting, fault, value


class MailSecurity(StrEnum):
    """How the line to the mail server is protected, named by the scheme of its address."""

    NONE = "smtp"
    TLS = "smtps"
    STARTTLS = "smtp+starttls"


MAIL_PORTS: Mapping[MailSecurity, int] = {
    MailSecurity.NONE: 25,
    MailSecurity.TLS: 465,
    MailSecurity.STARTTLS: 587,
}


@dataclass(frozen=True, slots=True)
class Mailing:
    """The server that letters are handed to, and the address they come from; both or neither of the sign-in."""

    security: MailSecurity
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an instance is told from outside."""

    database_url: str
    instance: Path
    secret_key: str
    host: str
    port: int
    trusted_hosts: tuple[str, ...]
    secure_cookies: bool
    demo_password: str | None
    mailing: Mailing | None
    public_url: str
    files_quota_mb: int
    api_rate: str

    @property
    def files(self) -> Path:
        """The folder of the attached files: beside the static files that are served, never among them."""
        return self.instance / "files"

    @property
    def files_quota_bytes(self) -> int:
        """What the files of one organisation may weigh together."""
        return self.files_quota_mb * MEGABYTE

    @property
    def is_embedded(self) -> bool:
        """Tell whether the data lie in a SQLite file: one process, nothing else to run."""
        return self.database_url.startswith("sqlite")


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings, the environment speaking over ``.env``.

    Raises:
        SettingProblem: on the first one that cannot be used.
    """
    told = dict(_from_file(), **os.environ) if environment is None else dict(environment)
    instance = Path(told.get("TRACKER_INSTANCE") or "instance").resolve()
    _make_folder(instance)
    url = told.get("TRACKER_DATABASE_URL") or f"sqlite:///{instance / 'tracker.sqlite3'}"
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingProblem("TRACKER_DATABASE_URL", SettingFault.UNKNOWN_DATABASE, url.split(":", maxsplit=1)[0])
    demo_password = told.get("TRACKER_DEMO_PASSWORD") or None
    if demo_password and len(demo_password) < DEMO_PASSWORD_LENGTH:
        raise SettingProblem("TRACKER_DEMO_PASSWORD", SettingFault.PASSWORD_SHORT, str(DEMO_PASSWORD_LENGTH))
    host, port = told.get("TRACKER_HOST") or "127.0.0.1", _port(told.get("TRACKER_PORT") or "5000")
    trusted_hosts = tuple(told.get("TRACKER_TRUSTED_HOSTS", "").replace(",", " ").split())
    return Settings(
        database_url=url,
        instance=instance,
        secret_key=_secret(told, instance, is_embedded=url.startswith("sqlite")),
        host=host,
        port=port,
        trusted_hosts=trusted_hosts,
        secure_cookies=_boolean("TRACKER_SECURE_COOKIES", told.get("TRACKER_SECURE_COOKIES") or "no"),
        demo_password=demo_password,
        mailing=_mailing(told, trusted_hosts),
        public_url=_public_url(told.get("TRACKER_PUBLIC_URL", ""), host, port),
        files_quota_mb=_quota(told.get("TRACKER_FILES_QUOTA_MB") or "500"),
        api_rate=_rate(told.get("TRACKER_API_RATE") or USUAL_RATE),
    )


def _from_file() -> dict[str, str]:
    return {name: value for name, value in dotenv_values(".env").items() if value is not None}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingProblem("TRACKER_INSTANCE", SettingFault.FOLDER_UNUSABLE, str(folder)) from error


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise SettingProblem("TRACKER_PORT", SettingFault.NOT_A_PORT, text)
    return int(text)


def _boolean(setting: str, text: str) -> bool:
    known = {"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False}
    if text.lower() not in known:
        raise SettingProblem(setting, SettingFault.NOT_A_BOOLEAN, text)
    return known[text.lower()]


def _quota(text: str) -> int:
    if not _QUOTA.fullmatch(text) or not 0 < int(text) <= LAST_QUOTA_MB:
        raise SettingProblem("TRACKER_FILES_QUOTA_MB", SettingFault.NOT_A_QUOTA, text[:40])
    return int(text)


def _rate(text: str) -> str:
    if not _RATE.fullmatch(text):
        raise SettingProblem("TRACKER_API_RATE", SettingFault.NOT_A_RATE, text[:40])
    return text


def _mailing(told: Mapping[str, str], trusted_hosts: tuple[str, ...]) -> Mailing | None:
    """Read the mail server, None when none is set. A refused address is never quoted: it may hold a password."""
    address = told.get("TRACKER_SMTP_URL", "")
    if not address:
        return None
    unreadable = SettingProblem("TRACKER_SMTP_URL", SettingFault.MAIL_SERVER_UNREADABLE)
    try:
        found = urlsplit(address)
        security = MailSecurity(found.scheme)
        port = MAIL_PORTS[security] if found.port is None else found.port
    except ValueError:
        raise unreadable from None  # its message quotes what follows the host: a piece of the password, at times
    user, password = unquote(found.username or ""), unquote(found.password or "")
    has_extra = found.path not in {"", "/"} or "?" in address or "#" in address
    if not _is_plain(address) or has_extra or not _HOST.fullmatch(found.hostname or "") or not port:
        raise unreadable
    if bool(user) != bool(password) or not (user + password).isprintable():
        raise unreadable
    if not (user + password).isascii():
        raise SettingProblem("TRACKER_SMTP_URL", SettingFault.MAIL_SIGN_IN_ACCENTED)
    sender = _sender(told.get("TRACKER_MAIL_FROM", ""), trusted_hosts)
    return Mailing(security, found.hostname or "", port, user, password, sender)


def _sender(given: str, trusted_hosts: tuple[str, ...]) -> str:
    """Take the given address, or make one at the first trusted host: a made-up name is what spam filters refuse."""
    if given:
        if not _ADDRESS.fullmatch(given):
            raise SettingProblem("TRACKER_MAIL_FROM", SettingFault.SENDER_UNREADABLE, given[:80])
        return given
    host = trusted_hosts[0].split(":")[0].lstrip(".") if trusted_hosts else ""
    made = f"parole-tenue@{host}"
    if not _ADDRESS.fullmatch(made):
        raise SettingProblem("TRACKER_MAIL_FROM", SettingFault.SENDER_MISSING)
    return made


def _public_url(given: str, host: str, port: int) -> str:
    """Take the address that people use, without its last slash, or the one that the server listens on."""
    if not given:
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    problem = SettingProblem("TRACKER_PUBLIC_URL", SettingFault.NOT_A_WEB_ADDRESS)
    try:
        found = urlsplit(given)
        is_known = found.scheme in {"http", "https"} and bool(_HOST.fullmatch(found.hostname or "")) and found.port != 0
    except ValueError:
        raise problem from None
    if not is_known or not _is_plain(given) or any(mark in given for mark in "@?#\\"):
        raise problem
    return given.rstrip("/")


def _is_plain(address: str) -> bool:
    """Tell an address without spaces or control characters, which ``urlsplit`` drops without a word."""
    return address.isprintable() and " " not in address


def _secret(told: Mapping[str, str], instance: Path, *, is_embedded: bool) -> str:
    """Take the given key, or in embedded mode the one kept in the instance folder, made on first use."""
    given = told.get("TRACKER_SECRET_KEY", "")
    if given:
        if len(given) < SECRET_KEY_LENGTH:
            raise SettingProblem("TRACKER_SECRET_KEY", SettingFault.SECRET_SHORT, str(SECRET_KEY_LENGTH))
        return given
    if not is_embedded:
        raise SettingProblem("TRACKER_SECRET_KEY", SettingFault.SECRET_MISSING)
    kept = instance / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()
