"""Buttons ask what they say, survive a restart, and give nobody more rights than the one who taps has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import buttons
from bot.buttons import MOST_BYTES, MOST_STEPS, StaleButton, Step, View, data_for, question_of
from handlers.question import Question, Role
from store import Store
from tests.bot.made import hostile

ASKED = Question(command="quotes", words="Kelly", chat="telegram:5", asker="7")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store."""
    with Store.open(Path(tmp_path_factory.mktemp("store")) / "bot.db") as opened:
        yield opened


def steps() -> st.SearchStrategy[Step]:
    """Anything that a message may show."""
    questions = st.builds(
        replace,
        st.just(ASKED),
        words=hostile(),
        reply=st.none() | hostile(),
        page=st.integers(0, 10**9 - 1),
        story=st.none() | st.integers(0, 10**15 - 1),
    )
    return st.builds(Step, questions, st.integers(0, 9999))


@given(now=steps(), trail=st.lists(steps(), max_size=MOST_STEPS), confirmed=st.booleans(), edits=st.booleans())
@example(now=Step(replace(ASKED, words="\ud800")), trail=[], confirmed=False, edits=True)
@example(now=Step(replace(ASKED, words="a\r")), trail=[Step(ASKED)], confirmed=True, edits=False)
@settings(max_examples=150, deadline=None)
def test_there_and_back(store: Store, now: Step, trail: list[Step], confirmed: bool, edits: bool) -> None:
    """Whatever a button asks, and leads back to, comes back as it was, in at most 64 bytes of UTF-8."""
    now = replace(now, question=replace(now.question, confirmed=confirmed))
    view = View(now, tuple(trail))
    data = data_for(view, store, edits=edits)
    assert len(data.encode()) <= MOST_BYTES
    tapped = question_of(data, ASKED, store)
    assert (tapped.view, tapped.edits) == (view, edits)


def test_rights_are_those_of_the_tapper(store: Store) -> None:
    """A button that an admin got does nothing more for a reader, in whatever chat it lands."""
    question = replace(ASKED, words="x" * 100, role=Role.ADMIN, local=True, chat="telegram:1")
    for asked in (question, replace(question, words="x")):
        reader = Question(command="", chat="telegram:2", asker="8")
        view = question_of(data_for(View(Step(asked), (Step(asked),)), store), reader, store).view
        for found in (view.now.question, view.trail[0].question):
            assert (found.role, found.local, found.chat, found.asker) == (Role.READER, False, "telegram:2", "8")


def test_the_way_back() -> None:
    """A button adds a step; another page does not, nor does what changed something or was confirmed."""
    quotes = View(Step(replace(ASKED, story=3), part=1))
    context = quotes.then(replace(ASKED, command="context", words="@1:body:2:3", story=3))
    assert context.back == quotes
    assert context.then(replace(ASKED, command="context", words="@1:body:2:3", story=3, page=1)).back == quotes
    assert quotes.then(replace(ASKED, story=3, page=1)).back is None
    wrong = context.then(replace(ASKED, command="wrong", words="@1:body:2:3", story=3))
    assert wrong.then(replace(ASKED, command="reports")).back == context
    sure = View(Step(replace(ASKED, confirmed=True)))
    assert sure.then(replace(ASKED, command="who")).back is None


def test_the_way_back_is_not_endless() -> None:
    """After some steps the first ones are forgotten."""
    view = View(Step(ASKED))
    for number in range(3 * MOST_STEPS):
        view = view.then(replace(ASKED, command="who" if number % 2 else "quotes", words=str(number)))
    assert [step.question.words for step in view.trail] == [str(each) for each in range(22, 14, -1)]


def test_most_ways_need_no_row(store: Store) -> None:
    """A context and its way back fit behind the button, and a long way back is kept once for all buttons."""
    quotes = View(Step(replace(ASKED, story=3, page=1)))
    context = quotes.then(replace(ASKED, command="context", words="@12:body:1200:1500", story=3))
    assert "#" not in data_for(context, store)
    deep = context.then(replace(ASKED, command="who", words="Robert Kelly", story=3))
    ways = [deep.then(replace(ASKED, command=command, words="Robert", story=3)) for command in ("quotes", "ask")]
    kept = [data_for(way, store).partition("\n#")[2] for way in ways]
    assert kept[0]
    assert kept[0] == kept[1]


def test_a_button_outlives_its_way_back(store: Store) -> None:
    """Where the steps back are over, or no longer kept, the button still shows what it says."""
    tapped = question_of("e|who|3|||Kelly\n#unknownkey", ASKED, store)
    assert (tapped.question.command, tapped.question.words, tapped.view.back) == ("who", "Kelly", None)


def test_buttons_of_an_older_version(store: Store) -> None:
    """What stands below messages that were sent before still works."""
    row = '{"command": "who", "words": "x", "story": 3, "page": 1, "reply": null, "confirmed": false}'
    for data in ("e|who|3|1||x", f"e#{store.keep('telegram:5', row)}"):
        tapped = question_of(data, ASKED, store)
        expected = replace(ASKED, command="who", words="x", story=3, page=1)
        assert (tapped.question, tapped.edits) == (expected, True)
    assert buttons.declined("no") == ""
    assert buttons.declined(buttons.decline(ASKED)) == "quotes"
    assert buttons.declined("e|who|3|1||x") is None


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
    "e|who|1|2.|y|",
    "\0",
    "e|who|||||\n",
    "e|who||||\nnonsense",
    "e|who||||\nwho||||\n#key",
    "e|who||||" + "\nwho||||" * 9,
    "no|",
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
