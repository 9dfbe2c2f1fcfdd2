"""/privacy and /forget: what is said to be kept is kept, what is said to be erased is erased."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from handlers import reply
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store
from tests.handlers.made import RUIZ, Said, ours, put

WORDS = "“The bridge stays shut until the piers are repaired.”"


@pytest.fixture
def bridge(store: Store) -> Store:
    """One article with one quotation."""
    put(store, f"{WORDS} Ruiz said.", said=(Said((WORDS,), RUIZ.name),))
    return store


def asks(store: Store, command: str, chat: str = "telegram:42", **more: Any) -> Answer:
    """Asks as the person 42 in their private chat."""
    return reply(Question(command=command, chat=chat, **{"asker": "42", **more}), store)


def use(store: Store, chat: str, person: str) -> None:
    """Leave of everything something: a story, a setting, a button, a report."""
    store.choose_story(chat, store.stories()[0].id)
    store.chats.set(chat, "page", "3")
    store.keep(chat, "secret words of 42")
    store.report(store.quotations(store.stories()[0].id)[0], person)


def test_what_is_kept_now(bridge: Store) -> None:
    """/privacy tells what is kept of this chat and this person, and of nobody else."""
    assert "Of this chat: nothing. Of you: nothing." in ours(asks(bridge, "privacy"))
    use(bridge, "telegram:42", "42")
    use(bridge, "telegram:43", "43")
    assert "Of this chat: the chosen story, settings, 1 button. Of you: 1 report." in ours(asks(bridge, "privacy"))


def test_forgetting_asks_first(bridge: Store) -> None:
    """Nothing goes before it is confirmed."""
    use(bridge, "telegram:42", "42")
    answer = asks(bridge, "forget")
    assert answer.heading == "Forget this?"
    assert answer.confirm is not None
    assert bridge.chats.of_chat("telegram:42")
    assert bridge.chats.of_person("42")


def test_forgetting(bridge: Store) -> None:
    """In private all goes that is kept of the chat and of the person; other people's things stay."""
    use(bridge, "telegram:42", "42")
    use(bridge, "telegram:43", "43")
    assert asks(bridge, "forget", confirmed=True).heading == "It is forgotten."
    assert not bridge.chats.of_chat("telegram:42")
    assert not bridge.chats.of_person("42")
    assert bridge.chats.of_chat("telegram:43")
    assert bridge.chats.of_person("43").reports == 1
    assert asks(bridge, "forget").heading == "There is nothing to forget."
    assert asks(bridge, "forget", confirmed=True).heading == "There is nothing to forget."


def test_nothing_of_it_is_left_in_the_file(bridge: Store, tmp_path: Path) -> None:
    """The words behind buttons are gone from the file, not only from its tables."""
    use(bridge, "telegram:42", "42")
    asks(bridge, "forget", confirmed=True)
    bridge.close()
    with sqlite3.connect(tmp_path / "store.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"secret words of 42" not in (tmp_path / "store.db").read_bytes()


def test_a_group(bridge: Store) -> None:
    """Admins of a group forget what is kept of it with its topics; nobody's reports go with that."""
    use(bridge, "telegram:-100", "42")
    bridge.chats.set("telegram:-100:7", "page", "8")
    bridge.chats.greet("telegram:-100")
    group: dict[str, Any] = {"chat": "telegram:-100:7", "private": False}
    assert asks(bridge, "forget", confirmed=True, **group).heading == "Only admins of this group can do that."
    assert bridge.chats.of_chat("telegram:-100")
    answer = asks(bridge, "forget", confirmed=True, role=Role.GROUP_ADMIN, **group)
    assert answer.heading == "It is forgotten."
    assert "in a private chat with me" in ours(answer)
    assert not bridge.chats.of_chat("telegram:-100")
    assert bridge.chats.of_person("42").reports == 1
    assert bridge.chats.greeted("telegram:-100")


def test_what_stays_of_an_admin(bridge: Store) -> None:
    """Rights and what admins decided stay; the number goes from what they did, not from the list of admins."""
    bridge.access.begin(frozenset(), listed=False)
    bridge.access.add_admin(42, "Ann", set_by="7")
    bridge.access.allow(43, "Bo", set_by="42")
    assert "Of you: 1 decision, a place on the list" in ours(asks(bridge, "privacy"))
    asks(bridge, "forget", confirmed=True)
    assert bridge.access.is_admin(42)
    assert [each.set_by for each in bridge.access.allowed()] == [""]
    assert "Of you: a place on the list" in ours(asks(bridge, "privacy"))
