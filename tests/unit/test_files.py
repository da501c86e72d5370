"""The store of attached files, on a real disk: written whole, found by its digest, checked at each reading."""

import hashlib
import multiprocessing
import resource
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from tracker.store.files import DamagedFile, FileStore

CONTENT = b"%PDF-1.7 a decision of the council" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "files"


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_what_was_put_is_read_again_under_its_digest(root: Path):
    store = FileStore(root)
    assert not store.exists(DIGEST)
    assert store.put(CONTENT) == DIGEST
    assert store.exists(DIGEST)
    assert FileStore(root).open(DIGEST) == CONTENT


def test_a_file_lies_under_the_first_two_letters_of_its_digest_for_its_owner_alone(root: Path):
    FileStore(root).put(CONTENT)
    [file] = files(root)
    assert file == root / DIGEST[:2] / DIGEST[2:]
    assert file.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (root, file.parent)} == {0o700}


def test_the_same_content_twice_is_kept_once_and_not_written_again(root: Path):
    store = FileStore(root)
    store.put(CONTENT)
    [before] = [file.stat() for file in files(root)]
    assert store.put(CONTENT) == DIGEST
    [after] = [file.stat() for file in files(root)]
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_file_is_never_given_for_what_it_was(root: Path):
    store = FileStore(root)
    store.put(CONTENT)
    [file] = files(root)
    file.write_bytes(CONTENT.replace(b"decision", b"promise ", 1))
    with pytest.raises(DamagedFile):
        store.open(DIGEST)
    file.write_bytes(CONTENT[:-1])
    with pytest.raises(DamagedFile):
        store.open(DIGEST)


def test_a_lost_file_is_a_damage_and_not_an_empty_content(root: Path):
    with pytest.raises(DamagedFile):
        FileStore(root).open(DIGEST)


def test_putting_the_right_content_again_mends_a_damaged_file(root: Path):
    store = FileStore(root)
    store.put(CONTENT)
    files(root)[0].write_bytes(b"")
    store.put(CONTENT)
    assert store.open(DIGEST) == CONTENT
    assert len(files(root)) == 1


@pytest.mark.parametrize(
    "typed", ["", "../../etc/passwd", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), f"{DIGEST}\n", "/" * 64, "\x00" * 64]
)
def test_what_is_not_a_digest_never_becomes_a_path(root: Path, typed: str):
    store = FileStore(root)
    for ask in (store.open, store.exists):
        with pytest.raises(ValueError, match="digest"):
            ask(typed)


def put_at_once(root: Path, barrier: Barrier) -> None:
    barrier.wait(timeout=20)
    for _ in range(20):
        FileStore(root).put(CONTENT)


def test_processes_that_put_the_same_content_at_once_leave_one_whole_file(root: Path):
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    both = [context.Process(target=put_at_once, args=(root, barrier)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(timeout=60)
    assert [process.exitcode for process in both] == [0, 0]
    assert files(root) == [root / DIGEST[:2] / DIGEST[2:]]
    assert FileStore(root).open(DIGEST) == CONTENT


def put_on_a_full_disk(root: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        FileStore(root).put(CONTENT)
    except OSError:
        return
    raise AssertionError("the disk took more than it could")


def test_a_disk_that_refuses_half_way_leaves_no_file_behind(root: Path):
    process = multiprocessing.get_context("spawn").Process(target=put_on_a_full_disk, args=(root,))
    process.start()
    process.join(timeout=60)
    assert process.exitcode == 0
    assert root.is_dir()
    assert files(root) == []
    assert not FileStore(root).exists(DIGEST)


def test_a_folder_that_cannot_be_made_is_an_error_and_nothing_is_left(tmp_path: Path):
    (tmp_path / "files").write_bytes(b"in the way")
    with pytest.raises(OSError, match="files"):
        FileStore(tmp_path / "files").put(CONTENT)
    assert files(tmp_path) == [tmp_path / "files"]


def test_a_folder_in_the_way_of_a_file_is_an_error_and_stays(root: Path):
    store = FileStore(root)
    (root / DIGEST[:2] / DIGEST[2:]).mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        store.put(CONTENT)
    assert files(root) == []
