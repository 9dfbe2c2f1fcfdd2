"""/settings: what is set changes the answers, for this chat only, and only by those who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.model import QuoteKind
from handlers import reply
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import RUIZ, Said, entries, is_printed, ours, put, quoted, texts

FIRST = "“The bridge stays shut, as long as the piers are not repaired, whatever anybody in the town may say about it.”"
SECOND = "“Ferries carry everybody from Monday on, and nobody has to pay for them before the end of the winter.”"
BOTH = f"{FIRST[:-1]} {SECOND[1:]}"
REPORTED = "the cracks were known for years"


@pytest.fixture
def bridge(store: Store) -> Store:
    """One article with a long quotation, a reported statement, and ten short quotations."""
    more = [f"“Answer number {at} is that we do not know.”" for at in range(10)]
    said = [
        Said((BOTH,), RUIZ.name),
        Said((REPORTED,), RUIZ.name, QuoteKind.INDIRECT),
        *(Said((each,), RUIZ.name) for each in more),
    ]
    put(store, f"{BOTH} Ruiz said.", f"Ruiz said that {REPORTED}.", *more, said=said)
    return store


@pytest.fixture
def set_(bridge: Store) -> Callable[..., Answer]:
    """Sets something of the terminal's chat."""
    return lambda words="", **more: reply(Question(command="settings", words=words, **more), bridge)


def now(answer: Answer) -> dict[str, str]:
    """What the answer says is set."""
    return {entry.label: entry.detail for entry in entries(answer)}


def test_what_holds_at_first(set_: Callable[..., Answer]) -> None:
    """Each setting is told with its value, and each has a button."""
    answer = set_()
    assert now(answer) == {"Passages on a page": "5", "Quotations": "in full", "Reported speech": "shown"}
    assert [each.label for each in answer.next] == ["8 on a page", "Quotations short", "Reported speech hidden"]


@pytest.mark.parametrize(("value", "shown"), [("3", 3), ("8", 8), ("10", 10), ("5", 5)])
def test_passages_on_a_page(set_: Callable[..., Answer], ask: Ask, value: str, shown: int) -> None:
    """Quotations, portraits and answers to questions have as many passages as are wanted, page by page."""
    assert now(set_(f"page {value}"))["Passages on a page"] == value
    assert len(quoted(ask("quotes"))) == shown
    assert len(quoted(ask("who", "Ruiz", page=1))) == min(shown, 14 - shown)
    assert len({text for page in range(4) for text in texts(ask("quotes", page=page))}) == 12


def test_short_quotations(set_: Callable[..., Answer], ask: Ask, bridge: Store) -> None:
    """Only the first sentences are shown, as printed and told to be shortened; words that are asked for never go."""
    assert texts(ask("quotes"))[0] == BOTH
    assert now(set_("quotes short"))["Quotations"] == "short"
    block = quoted(ask("quotes"))[0]
    assert block.shortened
    assert [part.text for part in block.parts] == [FIRST[:-1]]
    assert all(is_printed(part, bridge) for part in block.parts)
    assert BOTH in texts(ask("quotes", "winter"))
    assert BOTH in texts(ask("ask", "who has to pay for the ferries before the end of the winter?"))
    assert BOTH in texts(ask("check", "nobody has to pay for them before the end of the winter"))
    assert not any(each.shortened for each in quoted(ask("quotes", "number 3")))
    set_("quotes full")
    assert texts(ask("quotes"))[0] == BOTH


def test_reported_speech(set_: Callable[..., Answer], ask: Ask) -> None:
    """What stands without marks is left out of lists where it is not wanted; where nothing is left, it is said so."""
    set_("page 10")
    assert REPORTED in texts(ask("quotes"))
    assert now(set_("reported hidden"))["Reported speech"] == "hidden"
    assert REPORTED not in [text for page in (0, 1) for text in texts(ask("quotes", page=page))]
    assert REPORTED not in texts(ask("who", "Ruiz"))
    assert "hidden here by /settings" in ours(ask("quotes", "cracks known for years"))
    set_("reported shown")
    assert REPORTED in texts(ask("quotes"))


def test_another_chat_has_its_own(set_: Callable[..., Answer], ask: Ask) -> None:
    """Settings are a chat's; a topic takes from its group what it has not set itself."""
    group = {"private": False, "role": Role.GROUP_ADMIN}
    set_("page 3", chat="telegram:-100", **group)
    set_("quotes short", chat="telegram:-100:7", **group)
    assert len(quoted(ask("quotes"))) == 5
    for chat, shortened in (("telegram:-100", False), ("telegram:-100:7", True), ("telegram:-100:8", False)):
        found = quoted(ask("quotes", chat=chat, private=False))
        assert (len(found), found[0].shortened) == (3, shortened)
    assert "comes from its group" in ours(set_(chat="telegram:-100:7", **group))
    set_("reset", chat="telegram:-100:7", **group)
    assert not quoted(ask("quotes", chat="telegram:-100:7", private=False))[0].shortened


def test_who_may_set_in_a_group(set_: Callable[..., Answer], bridge: Store) -> None:
    """Readers in a group change nothing, whatever they send; admins of the group do."""
    refused = set_("page 3", chat="telegram:-100", private=False)
    assert refused.heading == "Only admins of this group can do that."
    assert bridge.chats.settings("telegram:-100") == {}
    set_("page 3", chat="telegram:-100", private=False, role=Role.GROUP_ADMIN)
    assert bridge.chats.settings("telegram:-100") == {"page": "3"}


def test_who_may_choose_the_story(set_: Callable[..., Answer], ask: Ask, bridge: Store) -> None:
    """Admins of a group at first; everybody where they have set that; private chats have no such setting."""
    group = {"chat": "telegram:-100", "private": False}
    assert ask("story", "1", **group).heading == "Only admins of this group can do that."
    assert set_("story everybody").heading == "There is no such setting."
    assert set_("story everybody", **group).heading == "Only admins of this group can do that."
    set_("story everybody", **group, role=Role.GROUP_ADMIN)
    assert ask("story", "1", **group).heading.startswith("Story — ")
    assert ask("unload", "1", **group).heading == "Only admins of this bot can do that."
    set_("story admins", **group, role=Role.GROUP_ADMIN)
    assert ask("story", "1", **group).heading == "Only admins of this group can do that."


@pytest.mark.parametrize(
    "words", ["page", "page 99", "page 5 5", "colour red", "5", "page -1", "page ٣", "story", "x" * 900]
)
def test_what_cannot_be_set(set_: Callable[..., Answer], bridge: Store, words: str) -> None:
    """A value that there is not is told with those that there are, and nothing is kept."""
    answer = set_(words)
    assert answer.heading == "There is no such setting."
    assert "/settings page 3 or 5 or 8 or 10" in ours(answer)
    assert bridge.chats.settings("terminal") == {}


def test_a_value_of_a_later_program(bridge: Store, ask: Ask) -> None:
    """What an older program does not know holds as at first."""
    bridge.chats.set("terminal", "page", "999")
    bridge.chats.set("terminal", "colour", "red")
    assert len(quoted(ask("quotes"))) == 5
