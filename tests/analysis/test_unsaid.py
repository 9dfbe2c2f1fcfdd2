"""Tests that nobody is quoted with words that the text tells they did not say, or that were another's."""

from __future__ import annotations

import pytest

from analysis import read
from analysis.model import QuoteKind


def given(text: str, words: str) -> list[str | None]:
    """The speakers of exactly these words in marks."""
    return [one.speaker.name if one.speaker else None for one in read(text).quotations if one.span.cut(text) == words]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee did not say “I took the money” to the court.",
        "Ann Lee never said “I took the money” to anybody.",
        "Ann Lee denied saying “I took the money”.",
        "Ann Lee refused to say “I took the money” on Monday.",
        "Neither Ann Lee nor Tom Poe said “I took the money” to the court.",
        "Tom Poe denied that he had said “I took the money” at the match.",
    ],
)
def test_what_was_not_said_is_nobodys(text: str) -> None:
    """A negated, denied or refused report puts the words into nobody's mouth."""
    assert not {"Ann Lee", "Tom Poe", "Ann Lee and Tom Poe"} & set(given(text, "“I took the money”"))


def test_the_accuser_is_the_speaker() -> None:
    """Words of an accusation are the accuser's, not those of whom it is about."""
    assert given("Ann Lee, accused by Tom Poe of being “a crook”, said nothing.", "“a crook”") == ["Tom Poe"]


def test_a_letter_read_out_is_its_writers() -> None:
    """Who reads out a letter does not say its words."""
    assert "Ann Lee" not in given("Ann Lee read out a letter from Tom Poe: “I am sorry.”", "“I am sorry.”")


@pytest.mark.parametrize(
    "text", ["Ann Lee said “I took the money” on Friday.", "“I took the money,” Ann Lee said, not smiling."]
)
def test_a_negative_beside_the_report_changes_nothing(text: str) -> None:
    """Only a negative on the verb of saying itself takes the words away."""
    (said,) = [one for one in read(text).quotations if one.kind is not QuoteKind.INDIRECT]
    assert said.speaker is not None
    assert said.speaker.name == "Ann Lee"
