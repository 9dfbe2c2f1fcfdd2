"""Backups: whole, made while others write, without what people wrote, and never in the place of a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections import namedtuple
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from store import Store, backup, locks
from store.backup import CHANGED, EMPTIED, WHOLE
from store.errors import StoreError
from tests.store.samples import article, raw, reading

SECRET = "Zq7words-that-somebody-wrote"


def filled(store: Store) -> None:
    """An article, and everything that is private."""
    added = store.add(article(), reading(article()))
    said = store.quotations(added.story_id)[0]
    store.report(said, f"{SECRET}-reader")
    store.keep("telegram:5", SECRET)
    store.new_job("telegram:5", "5", [("text", SECRET, SECRET.encode())])
    store.choose_story("telegram:555001", added.story_id)
    store.choose_story("telegram:555001:3", added.story_id)
    store.choose_story("telegram:-100777", added.story_id)
    store.choose_story("telegram:-100777:3", added.story_id)
    store.access.add_admin(77, "Ann", "1")


def test_a_backup_is_a_store(store: Store) -> None:
    """It opens, everything in it is as stored, and it answers as the store does."""
    filled(store)
    made = store.upkeep.backups.make()
    assert made.path.parent == store.path.parent / "backups"
    assert (made.size, made.articles) == (made.path.stat().st_size, 1)
    with Store.open(made.path, create=False) as copy:
        assert copy.verify() == []
        assert copy.stats()["quotations"] == store.stats()["quotations"]
        assert [row.name for row in copy.access.added_admins()] == ["Ann"]
        assert copy.search("ferry")
        assert not copy.was_new


def test_what_is_private_is_not_in_it(store: Store) -> None:
    """No byte of what people wrote, asked or reported is in the file, nor who they are; groups keep their story."""
    filled(store)
    made = store.upkeep.backups.make()
    content = made.path.read_bytes()
    assert SECRET.encode() not in content
    assert b"555001" not in content
    assert SECRET.encode() in store.path.read_bytes() + store.path.with_name(store.path.name + "-wal").read_bytes()
    with Store.open(made.path) as copy:
        assert copy.open_jobs() == []
        assert len(copy.reports()) == 1
    with raw(made.path) as db:
        assert [row[0] for row in db.execute("SELECT chat FROM chats")] == ["telegram:-100777", "telegram:-100777:3"]


def test_every_table_is_decided_on(store: Store) -> None:
    """Whoever adds a table says whether backups hold it; until then they hold its shape only."""
    with raw(store.path) as db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - WHOLE - EMPTIED - CHANGED.keys() == set()


def test_a_table_nobody_decided_on_is_empty(store: Store) -> None:
    """What is not known to be harmless stays at home."""
    with raw(store.path) as db:
        db.execute("CREATE TABLE diary (words TEXT)")
        db.execute("INSERT INTO diary VALUES (:words)", {"words": SECRET})
    made = store.upkeep.backups.make()
    assert SECRET.encode() not in made.path.read_bytes()


def test_while_others_write(path: Path) -> None:
    """Articles that are added meanwhile are wholly in or wholly out, and their writer hardly waits."""
    with Store.open(path) as store:
        stop, slowest = threading.Event(), [0.0]

        def write() -> None:
            number = 0
            while not stop.is_set():
                one = article(f"Ferry line {number} reopens", f"Line {number} is back. Mayor Ada Brandt said so.")
                began = time.monotonic()
                store.add(one, reading(one))
                slowest[0] = max(slowest[0], time.monotonic() - began)
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            copies = [store.upkeep.backups.make(path.parent / f"copy-{number}.db") for number in range(5)]
        finally:
            stop.set()
            writer.join()
        assert slowest[0] < 2.0
        for made in copies:
            with Store.open(made.path) as copy:
                assert copy.verify() == []
                assert copy.stats()["articles"] == made.articles


def test_no_file_is_replaced(store: Store, tmp_path: Path) -> None:
    """A backup is never written over anything, the store least of all."""
    precious = tmp_path / "precious.db"
    precious.write_bytes(b"mine")
    for target in (precious, store.path):
        with pytest.raises(StoreError, match="exists already"):
            store.upkeep.backups.make(target)
    assert precious.read_bytes() == b"mine"


def test_two_backups_within_a_second(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two admins who ask at once gets a backup, and no word about the other's file."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Stopped:
            return cls(2026, 1, 1, tzinfo=tz)

    monkeypatch.setattr(backup, "datetime", Stopped)
    one, other = store.upkeep.backups.make(), store.upkeep.backups.make()
    assert one.path != other.path
    assert one.path.exists()
    assert other.path.exists()


def test_what_a_crash_left_is_removed(store: Store) -> None:
    """Half a backup of an earlier run goes; whole ones, and other files, stay."""
    folder = store.path.parent / "backups"
    folder.mkdir()
    half, whole, other = folder / "news-2026-01-01-000000.db.part", folder / "news-2026-01-01-000000.db", folder / "x"
    for each in (half, whole, other, half.with_name(half.name + "-journal")):
        each.write_bytes(b"x")
    made = store.upkeep.backups.make()
    assert {each.name for each in folder.iterdir()} == {made.path.name, whole.name, other.name}
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_one_at_a_time(store: Store) -> None:
    """A second one does not fill the disk beside the first."""
    filled(store)
    assert store.upkeep.backups._busy.acquire(blocking=False)
    with pytest.raises(StoreError, match="being made already"):
        store.upkeep.backups.make()
    store.upkeep.backups._busy.release()
    assert store.upkeep.backups.make().articles == 1


def test_one_at_a_time_over_processes(store: Store, path: Path, tmp_path: Path) -> None:
    """Two processes never make one together, as each removes what was left over, which is no hindrance."""
    with Store.open(path) as other:
        lock = locks.opened(path, backup.LOCK_ENDING)
        assert locks.take(lock)
        with pytest.raises(StoreError, match="being made already"):
            other.upkeep.backups.make()
        os.close(lock)
        target = tmp_path / "named.db"
        target.with_name("named.db.part").write_bytes(b"left by a run that was killed")
        assert other.upkeep.backups.make(target).path == target
        assert not target.with_name("named.db.part").exists()


def test_no_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full is left alone."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1, 1, 1))
    with pytest.raises(StoreError, match="no room"):
        store.upkeep.backups.make()
    assert list((store.path.parent / "backups").iterdir()) == []


def test_a_folder_that_cannot_be(store: Store) -> None:
    """A place that cannot be written gets one plain sentence."""
    (store.path.parent / "backups").write_bytes(b"a file")
    with pytest.raises(StoreError, match=r"cannot be written: .*\.$"):
        store.upkeep.backups.make()


def test_a_damaged_store_gets_no_backup(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that does not hold together is thrown away, so that nobody trusts it."""
    filled(store)
    monkeypatch.setattr(backup, "CHANGED", {**CHANGED, "reports": "UPDATE reports SET version_id = 999"})
    with pytest.raises(StoreError, match="does not hold together"):
        store.upkeep.backups.make()
    assert list((store.path.parent / "backups").iterdir()) == []


def test_breaking_off(path: Path) -> None:
    """At the end of the program a backup is broken off at once and leaves nothing behind."""
    with Store.open(path) as store:
        with raw(path) as db:
            db.execute("CREATE TABLE big (words BLOB)")
            db.execute(
                "INSERT INTO big WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                "SELECT randomblob(20000) FROM n"
            )
        failures: list[str] = []

        def copy() -> None:
            try:
                store.upkeep.backups.make()
            except StoreError as why:
                failures.append(str(why))

        work = threading.Thread(target=copy)
        work.start()
        while not list(path.parent.glob("backups/*.part")):
            time.sleep(0.001)
        store.upkeep.backups.stop()
        work.join(5)
        assert not work.is_alive()
        assert len(failures) == 1
        assert list((path.parent / "backups").iterdir()) == []
        with pytest.raises(StoreError, match="ending"):
            store.upkeep.backups.make()


def test_a_locked_store_is_told_plainly(path: Path) -> None:
    """Another program that holds the file is no fault of ours."""
    with Store.open(path, patience=0.1) as store:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert store.upkeep.backups.make().articles == 0  # a writer is no hindrance
        holder.execute("ROLLBACK")
        holder.close()
