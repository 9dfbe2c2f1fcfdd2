"""What each chat talks about, and the questions behind its buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Store
from tests.store.samples import article, raw, reading


def stories(store: Store, count: int) -> list[int]:
    """Stories of one article each, each published a day after the one before."""
    made = []
    for at in range(count):
        of = article(f"Headline {at}", f"Text number {at}.", published=datetime(2024, 1, 1 + at, tzinfo=UTC))
        made.append(store.add(of, reading(of, people=())).story_id)
    return made


def test_a_chat_that_chose_nothing_talks_about_the_newest_story(store: Store) -> None:
    """A first question needs no choice."""
    assert store.current_story("terminal") is None
    made = stories(store, 3)
    assert store.current_story("terminal") == made[-1] == store.stories()[0].id


def test_each_chat_and_topic_has_its_own_story(path: Path) -> None:
    """Choosing in one forum topic changes nothing in the next, and lasts over a restart."""
    with Store.open(path) as store:
        first, second, _ = stories(store, 3)
        store.choose_story("telegram:-100:7", first)
        store.choose_story("telegram:-100:8", first)
        store.choose_story("telegram:-100:8", second)
    with Store.open(path) as store:
        assert store.current_story("telegram:-100:7") == first
        assert store.current_story("telegram:-100:8") == second
        assert store.current_story("telegram:-100") == store.stories()[0].id


def test_a_story_that_is_gone_is_no_choice(store: Store) -> None:
    """After unloading, a chat goes back to the newest story; one that was never there cannot be chosen."""
    first, second = stories(store, 2)
    store.choose_story("terminal", first)
    (row,) = store.articles(first)
    store.unload(row.id)
    assert store.current_story("terminal") == second
    with pytest.raises(ValueError, match="no story"):
        store.choose_story("terminal", first)


def test_a_kept_question_survives_a_restart(path: Path) -> None:
    """A button of last week still works."""
    payload = '{"command": "quotes", "words": "…👩‍👩‍👧\\u0000"}' * 100
    with Store.open(path) as store:
        key = store.keep("telegram:1", payload)
    with Store.open(path) as store:
        assert store.kept(key) == payload


def test_keys_are_short_random_and_url_safe(store: Store) -> None:
    """A key fits a button's 64 bytes and a deep link, and cannot be guessed from another."""
    keys = [store.keep("telegram:1", f"payload {at}") for at in range(50)]
    assert len(set(keys)) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", key) for key in keys)
    assert len({key[:4] for key in keys}) > 40


def test_the_same_question_of_a_chat_keeps_its_key(store: Store) -> None:
    """Showing the same buttons again writes nothing; another chat's key is its own."""
    assert store.keep("telegram:1", "x") == store.keep("telegram:1", "x")
    assert store.keep("telegram:1", "x") != store.keep("telegram:2", "x")
    assert store.keep("telegram:1", "x") != store.keep("telegram:1", "y")


def age(path: Path, days: float) -> None:
    """Let all kept questions be older by some days."""
    with raw(path) as db:
        for key, ends in db.execute("SELECT id, ends_at FROM kept").fetchall():
            older = datetime.fromisoformat(ends) - timedelta(days=days)
            db.execute("UPDATE kept SET ends_at = ? WHERE id = ?", (older.isoformat(timespec="microseconds"), key))


def test_a_kept_question_ends_after_thirty_days(store: Store, path: Path) -> None:
    """Then a tap gets "ask again"; what is over is also erased."""
    key = store.keep("telegram:1", "secret words")
    age(path, 29.9)
    assert store.kept(key) == "secret words"
    age(path, 0.2)
    assert store.kept(key) is None
    assert store.keep("telegram:1", "other") != key
    with raw(path) as db:
        assert db.execute("SELECT payload FROM kept").fetchall() == [("other",)]


def test_keeping_again_prolongs(store: Store, path: Path) -> None:
    """A button that is shown anew lives thirty days from then, under the same key."""
    key = store.keep("telegram:1", "x")
    age(path, 20)
    assert store.keep("telegram:1", "x") == key
    age(path, 20)
    assert store.kept(key) == "x"


@pytest.mark.parametrize("key", ["", "x" * 16, "'; DROP TABLE kept; --", "\0", "x" * 100_000, "👩‍👩‍👧"])
def test_a_forged_key_opens_nothing(store: Store, key: str) -> None:
    """Callback data may be anything."""
    store.keep("telegram:1", "x")
    assert store.kept(key) is None
