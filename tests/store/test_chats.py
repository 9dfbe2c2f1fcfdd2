"""What each chat talks about, and the questions behind its buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Store, chats, schema
from store.held import OfChat, OfPerson
from store.model import Verdict
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


def test_settings_of_a_topic(store: Store) -> None:
    """A topic takes from its chat what it has not set itself; another chat's settings are its own."""
    store.chats.set("telegram:-100", "page", "3")
    store.chats.set("telegram:-100", "quotes", "short")
    store.chats.set("telegram:-100:7", "page", "8")
    assert store.chats.settings("telegram:-100") == {"page": "3", "quotes": "short"}
    assert store.chats.settings("telegram:-100:7") == {"page": "8", "quotes": "short"}
    assert store.chats.settings("telegram:-1") == store.chats.settings("terminal") == {}
    store.chats.reset("telegram:-100:7")
    assert store.chats.settings("telegram:-100:7") == {"page": "3", "quotes": "short"}


def test_settings_and_story_do_not_touch_each_other(store: Store) -> None:
    """Choosing a story keeps the settings, and the other way round."""
    first, _ = stories(store, 2)
    store.choose_story("terminal", first)
    store.chats.set("terminal", "page", "3")
    assert store.current_story("terminal") == first
    store.choose_story("terminal", first)
    assert store.chats.settings("terminal") == {"page": "3"}


def test_hello_is_said_once(path: Path) -> None:
    """Being added again, or a restart, brings no second greeting."""
    with Store.open(path) as store:
        assert not store.chats.greeted("telegram:-1")
        assert store.chats.greet("telegram:-1")
    with Store.open(path) as store:
        assert store.chats.greeted("telegram:-1")
        assert not store.chats.greet("telegram:-1")
        assert store.chats.greet("telegram:-2")


def test_a_group_that_becomes_a_supergroup(store: Store) -> None:
    """Story, settings, buttons and the greeting go along; doing it twice changes nothing."""
    first, second = stories(store, 2)
    store.choose_story("telegram:-1", first)
    store.chats.set("telegram:-1", "page", "3")
    store.chats.greet("telegram:-1")
    key = store.keep("telegram:-1", "x")
    for _ in range(2):
        store.chats.move("telegram:-1", "telegram:-100")
        assert store.current_story("telegram:-100") == first
        assert store.chats.settings("telegram:-100") == {"page": "3"}
        assert store.chats.greeted("telegram:-100")
        assert store.keep("telegram:-100", "x") == key
    assert store.current_story("telegram:-1") == second
    assert not store.chats.of_chat("telegram:-1")


def test_what_the_new_chat_chose_stays(store: Store) -> None:
    """A choice made after the move is not undone by a late notice of it."""
    first, second = stories(store, 2)
    store.choose_story("telegram:-1", second)
    store.choose_story("telegram:-100", first)
    store.keep("telegram:-1", "x")
    key = store.keep("telegram:-100", "x")
    store.chats.move("telegram:-1", "telegram:-100")
    assert store.current_story("telegram:-100") == first
    assert store.keep("telegram:-100", "x") == key


def test_forgetting_a_chat(store: Store) -> None:
    """Story, settings and buttons of the chat and its topics go; those of a chat whose number begins alike stay."""
    first, second = stories(store, 2)
    for chat in ("telegram:-10", "telegram:-10:7", "telegram:-100", "telegram:-100:7"):
        store.choose_story(chat, first)
        store.chats.set(chat, "page", "3")
        store.keep(chat, "words")
    assert store.chats.of_chat("telegram:-10") == OfChat(True, 2, 2)
    store.chats.forget_chat("telegram:-10")
    assert not store.chats.of_chat("telegram:-10")
    assert store.current_story("telegram:-10:7") == second
    assert store.chats.of_chat("telegram:-100") == OfChat(True, 2, 2)


def test_forgetting_a_person(store: Store, path: Path) -> None:
    """Reports go; decisions, loads and pasted articles stay without the id; nobody else's are touched."""
    of = article(source="pasted by 42")
    store.add(of, reading(of))
    said = store.quotations(store.stories()[0].id)[0]
    for person in ("42", "421"):
        store.report(said, person)
        store.finish_job(store.new_job("telegram:42", person, []))
    store.correct(said, Verdict.UNATTRIBUTED, set_by="42")
    waiting = store.new_job("telegram:42", "42", [("text", "x", b"x")])
    assert store.chats.of_person("42") == OfPerson(1, 2, 1)
    store.chats.forget_person("42")
    assert store.chats.of_person("42") == OfPerson(0, 1, 0)
    assert store.chats.of_person("421") == OfPerson(1, 1, 0)
    assert [each.id for each in store.open_jobs()] == [waiting]
    assert len(store.corrections()) == 1
    assert store.verify() == []
    with raw(path) as db:
        assert db.execute("SELECT source FROM versions").fetchall() == [("pasted",)]
        assert ("42",) not in db.execute("SELECT reader FROM reports").fetchall()


def test_a_store_from_before_settings_opens(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chats of an older program keep their story and get settings."""
    older = {name: made for name, made in schema.MIGRATIONS.items() if name < "0003"}
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", older)
        Store.open(path).close()
    with raw(path) as db:
        db.execute("INSERT INTO stories (title, first, last) VALUES ('x', '2024', '2024')")
        db.execute("INSERT INTO chats (chat, story_id) VALUES ('telegram:1', 1)")
    with Store.open(path) as store:
        assert store.current_story("telegram:1") == 1
        assert store.chats.settings("telegram:1") == {}
        assert store.chats.greet("telegram:1")


def test_the_newest_stories(store: Store) -> None:
    """A few of many are the same ones as of all, in the same order."""
    stories(store, 4)
    assert store.newest_stories(3) == store.stories()[:3]
    assert store.newest_stories(9) == store.stories()
    assert store.newest_stories(0) == []


def test_one_chat_does_not_fill_the_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many questions of a chat the newest keep their buttons, and other chats keep all of theirs."""
    monkeypatch.setattr(chats, "MOST_KEPT", 20)
    monkeypatch.setattr(chats, "SPARE", 5)
    other = store.keep("telegram:6", "theirs")
    keys = [store.keep("telegram:5", f"question {number}") for number in range(100)]
    there = [key for key in keys if store.kept(key) is not None]
    assert 20 <= len(there) <= 25
    assert there == keys[-len(there) :]
    assert store.kept(other) == "theirs"
