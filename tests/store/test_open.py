"""Opening a store: what is made, what is refused, and in which words."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store
from store.errors import Damaged, Locked, NotAStore, StoreError, TooNew
from store.schema import APPLICATION
from tests.store.samples import article, reading

ROOT = Path(__file__).parents[2]


def refused(path: Path, kind: type[StoreError], *, create: bool = True, patience: float = 0.2) -> str:
    """The one plain sentence with which the path is refused."""
    with pytest.raises(kind) as caught:
        Store.open(path, create=create, patience=patience)
    told = str(caught.value)
    assert told.endswith(".")
    assert "\n" not in told
    return told


def test_a_store_is_new_until_something_was_loaded(path: Path) -> None:
    """Seeds are loaded into a store that was never used, also when a first start died before it loaded them."""
    with Store.open(path) as store:
        assert store.was_new
    with Store.open(path) as store:
        assert store.was_new
        added = store.add(article(), reading(article()))
        store.unload(added.article_id)
    with Store.open(path) as store:
        assert not store.was_new


def test_a_load_that_was_begun_makes_a_store_used(path: Path) -> None:
    """A restart goes on with the load of the seeds instead of beginning it again."""
    with Store.open(path) as store:
        store.new_job("terminal", "terminal", [("path", "x", b"seeds/x")])
    with Store.open(path) as store:
        assert not store.was_new


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    """A path in settings works before its folder exists."""
    with Store.open(tmp_path / "a" / "b" / "news.db"):
        assert (tmp_path / "a" / "b" / "news.db").is_file()


def test_without_create_a_missing_store_is_an_error_and_nothing_is_made(tmp_path: Path) -> None:
    """A mistyped path of `verify` does not leave an empty store behind."""
    assert "no store at" in refused(tmp_path / "a" / "news.db", StoreError, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder gets a sentence, not a trace."""
    assert "is a folder" in refused(tmp_path, NotAStore)


def test_a_path_through_a_file_is_no_store(tmp_path: Path) -> None:
    """A part of the path that is a file gets a sentence, not a trace."""
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file" / "news.db", NotAStore)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    """Names that no file can have get a sentence, not a trace."""
    refused(tmp_path / name, StoreError)


@pytest.mark.parametrize("content", [b"x", b"Dear editor, this is a letter and no store.", b"SQLite format 2\0" * 99])
def test_other_files_are_left_as_they_are(path: Path, content: bytes) -> None:
    """Pointing BOT_STORE at some file never harms that file."""
    path.write_bytes(content)
    assert "no SQLite file" in refused(path, NotAStore)
    assert path.read_bytes() == content


def test_a_damaged_header_behind_the_right_first_bytes_is_refused(path: Path) -> None:
    """A file that only begins like SQLite gets a sentence, not a trace."""
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    refused(path, StoreError)


def test_another_programs_sqlite_file_is_left_as_it_is(path: Path) -> None:
    """Somebody's SQLite file is neither given our tables nor turned to another journal."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (words TEXT)")
    other.close()
    before = path.read_bytes()
    assert "another program" in refused(path, NotAStore)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_another_programs_empty_sqlite_file_is_not_taken_over(path: Path) -> None:
    """A file that another program marked as its own stays its own, even without tables."""
    other = sqlite3.connect(path)
    other.execute("PRAGMA application_id = 7")
    other.execute("VACUUM")
    other.close()
    refused(path, NotAStore)


@pytest.mark.parametrize("wal", [False, True])
def test_a_store_that_was_half_made_is_made(path: Path, wal: bool) -> None:
    """A crash between the making of the file and of its tables does not lock its owner out."""
    path.touch()
    half = sqlite3.connect(path)
    if wal:
        half.execute("PRAGMA journal_mode = WAL")
    half.close()
    with Store.open(path) as store:
        assert store.was_new
        assert store.verify() == []


def test_a_newer_store_is_refused_and_left_as_it_is(path: Path) -> None:
    """An older program does not write into tables that it does not know."""
    Store.open(path).close()
    newer = sqlite3.connect(path)
    newer.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('store', '9999_later', '')")
    newer.commit()
    newer.close()
    assert "newer version" in refused(path, TooNew)


def test_the_file_tells_whose_it_is(path: Path) -> None:
    """Our files are known by SQLite's application id, whatever their name."""
    Store.open(path).close()
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_locked_store_is_told_of_after_the_busy_timeout(path: Path) -> None:
    """A write beside a program that holds the file fails in plain words and writes nothing."""
    with Store.open(path, patience=0.2) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="locked by another program"):
            store.add(article(), reading(article()))
        other.execute("ROLLBACK")
        other.close()
        assert store.stories() == []
        store.add(article(), reading(article()))


def test_a_new_store_locked_by_another_program_is_told_of(path: Path) -> None:
    """Opening does not wait for ever, and does not show a trace."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused(path, Locked)
    other.close()


def test_two_threads_may_make_the_same_store(path: Path) -> None:
    """Two programs that start at once on a new file both get a store, made once."""
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store.open(path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    assert all(store.verify() == [] for store in opened)
    for store in opened:
        store.close()


def test_a_closed_store_says_so(path: Path) -> None:
    """Use after the end is a plain error."""
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.stories()


def test_a_cut_off_store_is_never_called_sound(path: Path) -> None:
    """Half a file is refused by opening it or by verify, in words."""
    with Store.open(path) as store:
        store.add(article(), reading(article()))
    assert sound(path)
    whole = path.read_bytes()
    for size in (600, 4096, len(whole) // 2, len(whole) - 4096):
        path.write_bytes(whole[:size])
        for extra in ("-wal", "-shm"):
            path.with_name(path.name + extra).unlink(missing_ok=True)
        assert not sound(path)


def sound(path: Path) -> bool:
    """Whether the file opens and verify finds nothing."""
    try:
        with Store.open(path) as store:
            return store.verify() == []
    except (Damaged, NotAStore):
        return False


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, as pytest's own cannot be."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


OPEN = """
import os, sys
from pathlib import Path
import sqlite_utils
from store import Store
from store.errors import ReadOnly
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
for path in sys.argv[1:]:
    try:
        with Store.open(Path(path)) as store:
            store.keep("terminal", "words")
        print("written")
    except ReadOnly as error:
        print(error)
"""


def test_what_may_not_be_written_is_told_of_at_the_start(open_folder: Path) -> None:
    """A read-only file, a read-only folder and a file of another user are refused before the first question."""
    closed, sealed = open_folder / "closed", open_folder / "sealed"
    for folder, rights in ((closed, 0o777), (sealed, 0o555)):
        folder.mkdir()
        for name, file_rights in (("read-only", 0o444), ("unreadable", 0o000), ("good", 0o666)):
            Store.open(folder / name).close()
            (folder / name).chmod(file_rights)
        folder.chmod(rights)
    paths = [closed / "read-only", closed / "unreadable", sealed / "good", sealed / "new"]
    command = [sys.executable, "-c", OPEN, *map(str, paths)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    sealed.chmod(0o755)
    assert made.stderr == ""
    first, second, third, fourth = made.stdout.splitlines()
    assert "closed/read-only is read-only" in first
    assert "closed/unreadable may not be opened" in second
    assert "folder of the store" in third
    assert "folder of the store" in fourth
