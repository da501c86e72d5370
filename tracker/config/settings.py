"""The settings of an instance, read from the environment and ``.env``, checked once at start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dotenv import dotenv_values

SECRET_KEY_LENGTH = 32
LAST_PORT = 65535
DEMO_PASSWORD_LENGTH = 8


class SettingFault(StrEnum):
    """What can be wrong with a setting."""

    NOT_A_PORT = "not_a_port"
    UNKNOWN_DATABASE = "unknown_database"
    SECRET_MISSING = "secret_missing"
    SECRET_SHORT = "secret_short"
    FOLDER_UNUSABLE = "folder_unusable"
    PASSWORD_SHORT = "password_short"
    NOT_A_BOOLEAN = "not_a_boolean"


class SettingProblem(Exception):
    """A setting that stops the start; ``labels`` gives its sentence."""

    def __init__(self, setting: str, fault: SettingFault, value: str = "") -> None:
        super().__init__(f"{setting}: {fault}")
        self.setting, self.fault, self.value = setting, fault, value


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
    return Settings(
        database_url=url,
        instance=instance,
        secret_key=_secret(told, instance, is_embedded=url.startswith("sqlite")),
        host=told.get("TRACKER_HOST") or "127.0.0.1",
        port=_port(told.get("TRACKER_PORT") or "5000"),
        trusted_hosts=tuple(told.get("TRACKER_TRUSTED_HOSTS", "").replace(",", " ").split()),
        secure_cookies=_boolean("TRACKER_SECURE_COOKIES", told.get("TRACKER_SECURE_COOKIES") or "no"),
        demo_password=demo_password,
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
