"""Long answers in several messages: cut between passages, inside one only where it has no room, no word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model import Span
from bot.telegram_cuts import cut_at, units
from handlers.answer import Answer, Entry, Quoted
from store.model import Passage
from tests.bot.made import judged, passage, quoted


def test_cut_between_passages() -> None:
    """A long answer becomes several messages, with each passage whole in one of them."""
    passages = [f'"{n} ' + "word " * 200 + '."' for n in range(12)]
    messages = judged(Answer("x", tuple(quoted(text) for text in passages)))
    assert len(messages) == 4
    assert [message.text.partition("\n")[0] for message in messages] == [f"x, part {n} of 4" for n in range(1, 5)]
    assert [text for message in messages for text in message.cut("expandable_blockquote")] == passages


def test_a_passage_longer_than_a_message() -> None:
    """It is cut at sentence ends, each cut is marked, and no word is lost."""
    text = " ".join(f"This is the sentence number {n}." for n in range(1000))
    messages = judged(Answer("x", (quoted(text),)))
    pieces = [piece for message in messages for piece in message.cut("expandable_blockquote")]
    assert len(messages) > 3
    assert " ".join(pieces) == text
    assert all(piece.endswith(".") for piece in pieces)
    assert all(message.text.endswith("(continues)") for message in messages[:-1])
    assert all("\n(continued)\n" in message.text for message in messages[1:])


@pytest.mark.parametrize("character", ["a", "漢", "👩", "e\u0301", "👩\u200d👧"])
def test_a_passage_without_any_space(character: str) -> None:
    """One endless word is cut inside too, never inside a character."""
    text = character * 9000
    messages = judged(Answer("x", (quoted(text),)))
    pieces = [piece for message in messages for piece in message.cut("expandable_blockquote")]
    assert "".join(pieces) == text
    assert all(piece.startswith(character[0]) for piece in pieces)


def test_many_small_formats() -> None:
    """Telegram drops what goes beyond 100 formatted stretches, so messages are cut before."""
    messages = judged(Answer("x", tuple(Entry(f"e{n}", link="https://example.org") for n in range(250))))
    assert sum(len(message.entities) for message in messages) == 250 + len(messages)


@given(st.text(st.sampled_from("a .!\n漢👩\u0301"), min_size=30), st.integers(4, 29))
def test_cuts_fit(text: str, room: int) -> None:
    """A cut always moves on and always fits."""
    cut = cut_at(text, room)
    assert cut > 0
    assert units(text[:cut]) <= room


def test_passage_of_hostile_length() -> None:
    """A million characters become as many messages as needed, quickly, and nothing is lost."""
    text = "word. " * 170_000
    huge = Quoted((Passage(1, passage("a").field, Span(0, len(text)), text),), (), 1)
    assert sum(message.text.count("word.") for message in judged(Answer("x", (huge,)))) == 170_000
