"""Buttons ask what they say, survive a restart, and give nobody more rights than the one who taps has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.buttons import MOST_BYTES, StaleButton, data_for, question_of
from handlers.question import Question, Role
from store import Store
from tests.bot.made import hostile

ASKED = Question(command="quotes", words="Kelly", chat="telegram:5", asker="7")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store."""
    with Store.open(Path(tmp_path_factory.mktemp("store")) / "bot.db") as opened:
        yield opened


@given(
    words=hostile(),
    reply=st.none() | hostile(),
    page=st.integers(0, 10**9 - 1),
    story=st.none() | st.integers(0, 10**15 - 1),
    confirmed=st.booleans(),
)
@example(words="\ud800", reply=None, page=0, story=None, confirmed=False)
@settings(max_examples=100, deadline=None)
def test_there_and_back(
    store: Store, words: str, reply: str | None, page: int, story: int | None, confirmed: bool
) -> None:
    """Whatever a button asks comes back as it was, in at most 64 bytes of UTF-8."""
    question = replace(ASKED, words=words, reply=reply, page=page, story=story, confirmed=confirmed)
    data = data_for(ASKED, question, store)
    assert len(data.encode()) <= MOST_BYTES
    assert question_of(data, ASKED, store).question == question


def test_rights_are_those_of_the_tapper(store: Store) -> None:
    """A button that an admin got does nothing more for a reader, in whatever chat it lands."""
    question = replace(ASKED, words="x" * 100, role=Role.ADMIN, local=True, chat="telegram:1")
    for asked in (question, replace(question, words="x")):
        reader = Question(command="", chat="telegram:2", asker="8")
        found = question_of(data_for(ASKED, asked, store), reader, store).question
        assert (found.role, found.local, found.chat, found.asker) == (Role.READER, False, "telegram:2", "8")


def test_only_pages_take_the_place_of_their_message(store: Store) -> None:
    """Turning a page edits the message; another question is a message of its own."""
    page = data_for(ASKED, replace(ASKED, page=1, story=3), store)
    other = data_for(ASKED, replace(ASKED, command="who"), store)
    assert [question_of(data, ASKED, store).edits for data in (page, other)] == [True, False]


FORGED = [
    "",
    "x",
    "n#",
    "n#unknownkey",
    "n|",
    "n|/etc/passwd|||",
    "n|quotes|-1|||",
    "n|QUOTES||||",
    "n|quotes|||x|",
    "\0",
]


@pytest.mark.parametrize("data", [*FORGED, "e|who|1|99999999999||"])
def test_forged_and_stale(store: Store, data: str) -> None:
    """What no button of ours holds is told to be too old, whatever it is."""
    with pytest.raises(StaleButton, match="ask again"):
        question_of(data, ASKED, store)


def test_kept_rows_of_another_kind(store: Store) -> None:
    """A kept row that is no question is treated like a stale one."""
    for payload in ("", "[]", "{}", '{"command": "../x"}', '{"command": "who", "words": "", "story": "x", "page": 0}'):
        with pytest.raises(StaleButton):
            question_of(f"n#{store.keep('telegram:5', payload)}", ASKED, store)
