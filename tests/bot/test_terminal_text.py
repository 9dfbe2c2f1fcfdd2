"""Answers in a terminal: complete, within the width, and with nothing that steers the screen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import Span
from bot.choices import choices
from bot.terminal_text import columns, render, wrap
from handlers.answer import Answer, Change, Group, Next, Note, Quoted, Wording
from handlers.question import Question
from tests.bot.made import LONG, SAID, answers, article, passage, quoted, whole


def flat(text: str) -> str:
    """The text without bars and line breaks, as a reader reads it."""
    return " ".join(text.replace("│", " ").split())


def test_everything_is_shown() -> None:
    """Heading, passages, speaker, attribution, carriers, entries, links, choices: all of it, numbered in order."""
    shown = render(whole(), 80)
    for words in (
        "Quotes — When Putin met Kim", "Two of three.", LONG, SAID, "— Robert Kelly",
        "as printed: according to Robert Kelly, a professor of international relations",
        "2 of 2 articles: Reuters; Reuters", "[1] context", "People", "[2] Vladimir Putin — President", "• Xi",
        "https://example.org/a", "[3] Yes", "[4] Next ›", "[5] Sources",
    ):  # fmt: skip
        assert words in flat(shown)


def test_who_speaks() -> None:
    """Speech without a speaker is called unattributed; the outlet's own words have no speaker line at all."""
    assert "— Unattributed" in render(Answer("x", (quoted(SAID, speaker=None),)))
    assert "Unattributed" not in render(Answer("x", (Quoted((passage("Own words."),), (), 1),)))


def test_a_passage_keeps_its_spaces() -> None:
    """Words are shown as printed, doubled spaces too."""
    assert "at the  Far Eastern" in render(Answer("x", (Quoted((passage("at the  Far Eastern"),), (), 1),)))


@pytest.mark.parametrize("width", [1, 20, 33, 80, 5000])
def test_width(width: int) -> None:
    """No line is wider than asked for (20 to 100 columns)."""
    lines = [line for line in render(whole(), width).split("\n") if "://" not in line]
    assert max(map(columns, lines)) <= min(max(width, 20), 100)


def test_colours_only_when_asked_for() -> None:
    """Without colours there is no escape sequence, and colours change nothing but that."""
    plain, coloured = render(whole()), render(whole(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
    assert re.sub("\x1b\\[[0-9]*m", "", coloured) == plain


@given(answers(), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_hostile_text(answer: Answer, width: int) -> None:
    """No article, name or question can move the cursor, set a title, reverse the line, or widen it."""
    shown = render(answer, width)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]",
        shown,
    )
    lines = [line for line in shown.split("\n") if "://" not in line and "javascript:" not in line]  # links stay whole
    assert max(map(columns, lines), default=0) <= min(max(width, 20), 100)


@given(st.text(), st.integers(2, 40))
def test_wrap_loses_nothing(text: str, width: int) -> None:
    """Wrapping only adds line breaks: all characters but white space come out in order."""
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_long_names_of_articles_are_cut() -> None:
    """An article without an outlet is named by its headline, on one line, however long that is."""
    carrier = article(headline="A headline " * 50)
    shown = render(Answer("x", (Quoted((passage("a"),), (type(quoted(SAID).carriers[0])(carrier, ()),), 1), Note(""))))
    assert "…" in shown
    assert len(shown) < 200


def test_what_an_admin_set_is_marked() -> None:
    """Readers see that a person, and no program, named the speaker, or said that nobody is to be named."""
    named, nobody = (replace(quoted(SAID, speaker=speaker), set_by_admin=True) for speaker in ("Ann Lee", None))
    assert "— Ann Lee, speaker set by an admin, as printed:" in flat(render(Answer("x", (named,))))
    assert "— Unattributed, set by an admin" in flat(render(Answer("x", (nobody,))))
    assert "admin" not in render(Answer("x", (quoted(SAID),)))


def test_calling_a_quotation_wrong() -> None:
    """The choice stands beside the context of a single quotation, numbered as it counts; a list has none."""
    one = replace(quoted(SAID), wrong=Question(command="wrong", words="@1:body:0:45"))
    single = Answer("x", (one,), (Next("Help", Question(command="help")),))
    assert "[1] context  [2] wrong?" in render(single)
    assert "[3] Help" in render(single)
    assert [(each.number, each.origin) for each in choices(single)] == [(1, "context"), (2, "wrong"), (3, "next")]
    several = Answer("x", (one, Group("y", (one,))))
    assert "wrong?" not in render(several)
    assert [each.origin for each in choices(several)] == ["context", "context"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He doesn’t want the boys' talks", "reported without quotation marks"),
        ("He called it “a start”", "reported"),
        ("He called it ‘a start’", "reported"),
        ("He called it 'a start'", "reported"),
    ],
)
def test_reported_words_that_have_marks(text: str, told: str) -> None:
    """No passage with a quotation mark in it is said to have none."""
    shown = render(Answer("x", (replace(quoted(text), indirect=True, attribution=None),)))
    assert f"— Robert Kelly, {told}\n" in shown


def test_a_change_without_colours() -> None:
    """What differs is seen in a pipe too, with the marks of a word diff."""
    before = Wording("You asked", "He is not happy", (Span(6, 9),))
    after = Wording("Printed", "He is very happy", (Span(6, 10),), article=article(outlet="Reuters"))
    shown = render(Answer("x", (Change("One word replaced", before, after),)))
    assert "One word replaced\nYou asked\n  │ He is [-not-] happy\nPrinted, Reuters\n  │ He is {+very+} happy" in shown
