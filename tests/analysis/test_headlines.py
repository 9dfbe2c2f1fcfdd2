"""Tests of headlines that name a speaker before a colon, and of those that only seem to."""

from __future__ import annotations

import pytest

from analysis import read
from analysis.model import QuoteKind

BODY = "\n\nAnn Lee, the mayor, met Bo Ek on Friday. The talks took an hour.\n\nThe town is small."


@pytest.mark.parametrize(
    "headline",
    [
        "When Ann Lee met Bo Ek: What's the real motive?",
        "Why the town needs Bo Ek: The town's future is at stake",
        "How the town lost Ann Lee: A short history of a bridge",
        "Ann Lee: Who is the woman behind the bridge?",
        "After the flood of Bo Ek: Counting what is left",
        "Rovers 0-3 Town: Lee stays calm as Ek fumes",
    ],
)
def test_a_title_with_a_colon_is_nobodys_words(headline: str) -> None:
    """The outlet's own headline is never put into the mouth of whoever its first half names."""
    assert read(headline + BODY).quotations == ()


def test_a_second_headline_on_the_line_is_the_outlets() -> None:
    """What a speaker is reported to have said ends where the outlet's own question begins."""
    text = "Mayor Ann Lee: Town and county both want a bridge, What's really behind the plan?" + BODY
    (said,) = read(text).quotations
    assert said.span.cut(text) == "Town and county both want a bridge"
    assert said.speaker is not None
    assert said.speaker.name == "Ann Lee"
    assert said.kind is QuoteKind.INDIRECT


def test_the_first_person_is_direct_speech() -> None:
    """A headline in the speaker's own person is direct speech, though it has no marks."""
    text = "Mayor: we will not close the bridge" + BODY
    (said,) = read(text).quotations
    assert said.kind is QuoteKind.DIRECT


INTERVIEW = (
    "'I don't miss the palace': a conversation with former mayor Bo Ek\n\nBo Ek, 71, resigned in May.\n\n"
    "Lund: Do you miss the town?\n\nEk: No. I miss the people.\n\nLund: And the river?\n\nEk: A little.\n"
)


def test_what_an_interview_is_called_is_nobodys_words() -> None:
    """The outlet's half of an interview's title is not speech, and whom the talk was with is not taken for a role."""
    said = [
        (each.span.cut(INTERVIEW), each.speaker.name if each.speaker else None) for each in read(INTERVIEW).quotations
    ]
    assert said[0] in {("'I don't miss the palace'", "Bo Ek"), ("'I don't miss the palace'", None)}
    assert [name for _, name in said[1:]] == ["Lund", "Bo Ek", "Lund", "Bo Ek"]
