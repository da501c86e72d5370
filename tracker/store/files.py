"""The attached files: each lies under its SHA-256, so that one content is kept once and an altered one is seen."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FOLDER_MODE = 0o700


class DamagedFile(Exception):
    """The bytes that lie under a digest are not, or no longer, the ones that were put there."""


def digest(content: bytes) -> str:
    """Give the name that ``content`` is kept under: its SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class FileStore:
    """A folder of files named by their content. A name that somebody typed never becomes a path here."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep ``content`` and give its digest; the disk has it when this returns. Twice changes nothing.

        A damaged copy that lies there is replaced.

        Raises:
            OSError: when the disk refuses; no file is left behind.
        """
        sha256 = digest(content)
        if not self._holds(sha256):
            self._write(self._path(sha256), content)
        return sha256

    def open(self, sha256: str) -> bytes:
        """Give the content of this digest, computed again.

        Raises:
            DamagedFile: when it is not there or is not what was put.
            ValueError: for what is not a digest.
        """
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise DamagedFile(sha256) from error
        if digest(content) != sha256:
            raise DamagedFile(sha256)
        return content

    def exists(self, sha256: str) -> bool:
        """Tell whether a file lies under this digest, without reading it.

        Raises:
            ValueError: for what is not a digest.
        """
        return self._path(sha256).is_file()

    def _holds(self, sha256: str) -> bool:
        try:
            self.open(sha256)
        except DamagedFile:
            return False
        return True

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise ValueError("not a SHA-256 digest")
        return self._root / sha256[:2] / sha256[2:]

    def _write(self, path: Path, content: bytes) -> None:
        """Write beside, then rename: a reader sees all of it or nothing, even after a power cut."""
        self._root.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        path.parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # readable by its owner alone
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        for folder in (path.parent, self._root):
            _sync(folder)


def _sync(folder: Path) -> None:
    """Have the disk keep the names in ``folder``."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
