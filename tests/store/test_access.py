"""Who is an admin and who gets answers, as kept in the store."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from store import Store
from store.access import FRESH_SECONDS, LARGEST_ID, LONGEST_NAME, SHARED_IDS
from tests.store.samples import article, raw, reading

ANN, BEN, GROUP = 77, 78, -1001234567890
HOSTILE = [0, LARGEST_ID + 1, 2**63, 2**64, 10**30, *sorted(SHARED_IDS)]


def test_what_is_set_holds_at_once_and_after_a_restart(path: Path) -> None:
    """An admin who was added may load right away, one who was removed may not; a restart changes nothing."""
    with Store.open(path) as store:
        assert not store.access.is_admin(ANN)
        assert store.access.add_admin(ANN, "Ann", "1")
        assert store.access.is_admin(ANN)
        assert not store.access.add_admin(ANN, "Other", "2")
        assert store.access.add_admin(BEN, "Ben", "1")
        assert store.access.remove_admin(BEN)
        assert not store.access.is_admin(BEN)
        assert not store.access.remove_admin(BEN)
    with Store.open(path) as store:
        assert store.access.admins() == {ANN}
        (row,) = store.access.added_admins()
        assert (row.id, row.name, row.set_by) == (ANN, "Ann", "1")


def test_settings_outrank_the_store(store: Store) -> None:
    """Whom the settings name is an admin whatever is done in a chat, and is not written into the file."""
    store.access.begin({ANN}, listed=False)
    assert not store.access.remove_admin(ANN)
    assert store.access.is_admin(ANN)
    assert store.access.added_admins() == []


def test_open_and_listed(store: Store) -> None:
    """Open means everybody; listed means admins and whom they allowed, by person or by chat."""
    assert store.access.may_ask([BEN])
    store.access.begin({ANN}, listed=True)
    assert store.access.may_ask([ANN, GROUP])
    assert not store.access.may_ask([BEN, GROUP])
    assert not store.access.may_ask([])
    store.access.allow(GROUP, "this chat", "1")
    assert store.access.may_ask([BEN, GROUP])
    assert not store.access.may_ask([BEN])
    assert store.access.deny(GROUP)
    assert not store.access.may_ask([BEN, GROUP])


def test_a_group_that_moved(store: Store) -> None:
    """A group that becomes a supergroup stays allowed under its new number, and the old one is free."""
    store.access.begin((), listed=True)
    store.access.allow(-5, "this chat", "1")
    store.access.move(-5, GROUP)
    store.access.move(-6, -7)
    assert [row.id for row in store.access.allowed()] == [GROUP]
    assert store.access.may_ask([GROUP])
    assert not store.access.may_ask([-5])


@pytest.mark.parametrize("number", HOSTILE)
def test_impossible_numbers(store: Store, number: int) -> None:
    """Numbers that are nobody's, that many share, or that no file can hold, are refused and harm nothing."""
    with pytest.raises(ValueError, match="is not"):
        store.access.add_admin(number, "", "1")
    with pytest.raises(ValueError, match="is not"):
        store.access.allow(number, "", "1")
    assert not store.access.remove_admin(number)
    assert not store.access.deny(number)
    assert store.access.admins() == frozenset()


def test_a_chat_is_no_admin(store: Store) -> None:
    """The number of a group is never an admin's, or everybody in it would be."""
    with pytest.raises(ValueError, match="not a person"):
        store.access.add_admin(GROUP, "", "1")


@pytest.mark.parametrize("name", ["\ud800", "a\0b", "x" * 10_000, ""])
def test_hostile_names(store: Store, name: str) -> None:
    """Half a character, a zero or a very long name does not keep an admin from being added."""
    assert store.access.add_admin(ANN, name, "1")
    assert len(store.access.added_admins()[0].name) <= LONGEST_NAME


def test_another_process(path: Path) -> None:
    """What another process sets is seen a second later at most."""
    with Store.open(path) as store, Store.open(path) as other:
        assert not store.access.is_admin(ANN)
        other.access.add_admin(ANN, "", "1")
        time.sleep(FRESH_SECONDS + 0.05)
        assert store.access.is_admin(ANN)


def test_many_threads(store: Store) -> None:
    """Whoever removed an admin finds them removed, however many threads look at the list."""
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            store.access.admins()

    looking = [threading.Thread(target=look) for _ in range(3)]
    for each in looking:
        each.start()
    try:
        for _ in range(10):
            store.access.add_admin(ANN, "", "1")
            assert store.access.is_admin(ANN)
            store.access.remove_admin(ANN)
            assert not store.access.is_admin(ANN)
    finally:
        stop.set()
        for each in looking:
            each.join()


def test_what_is_told_once(path: Path) -> None:
    """A notice that was given stays given over a restart."""
    with Store.open(path) as store:
        assert not store.access.told("analysis 2")
        store.access.set_told("analysis 2")
        store.access.set_told("analysis 2")
    with Store.open(path) as store:
        assert store.access.told("analysis 2")
        assert not store.access.told("analysis 3")


def test_an_older_store_is_brought_up(path: Path) -> None:
    """A store that was made before there were these tables opens, keeps its articles and takes admins."""
    with Store.open(path) as store:
        store.add(article(), reading(article()))
    with raw(path) as db:
        for table in ("admins", "allowed", "told_once"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0004_access'")
    with Store.open(path) as store:
        assert store.stats()["articles"] == 1
        assert store.access.add_admin(ANN, "", "1")
        assert store.verify() == []
