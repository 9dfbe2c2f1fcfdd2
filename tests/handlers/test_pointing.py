"""Questions that only point at a message are told from those that have something of their own to look up."""

from __future__ import annotations

import pytest

from handlers.pointing import Pointed, Points, pointed


@pytest.mark.parametrize(
    "words",
    [
        *(
            "who said this?",
            "and where is this from?",
            "is that true?",
            "Did he really say that?!",
            "Source?",
            "really?",
        ),
        *(
            "what's the exact quote?",
            "Who wrote this",
            "when was this said?",
            "fact-check this",
            "which paper said so?",
        ),
        *("who said it, and when?", "did anyone say this?", "true or false", "hey, is that a real quote"),
    ],
)
def test_words(words: str) -> None:
    """Whether, where and by whom the words are printed."""
    assert pointed(words) == Pointed(Points.WORDS)


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("did Trump say this?", "Trump"),
        ("Did the president really say that?", "the president"),
        ("was that said by Tom Plant?", "Tom Plant"),
        ("is this a quote of Kelly?", "Kelly"),
    ],
)
def test_words_of_somebody(words: str, by: str) -> None:
    """The question names who is to have said them."""
    assert pointed(words) == Pointed(Points.WORDS, by)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("who is he?", Points.PERSON),
        ("Who’s this guy?", Points.PERSON),
        ("context?", Points.CONTEXT),
        ("what is this about?", Points.MESSAGE),
    ],
)
def test_other_things(words: str, at: Points) -> None:
    """Somebody, what stands around it, or the message as a whole."""
    assert pointed(words) == Pointed(at)


@pytest.mark.parametrize(
    "words",
    [
        *("", "???", "no", "why?", "thoughts?", "what did he say?", "what did Kelly say about this?", "this bridge?"),
        *("is that bridge true?", "who said there are no secrets?", "is this from Monday?", "did Putin meet Kim?"),
        *("what did Kelly say about Trump?", "is it right that Putin came?", "did Trump say this about Kim?"),
    ],
)
def test_questions_of_their_own(words: str) -> None:
    """They are looked up as they stand, whatever they reply to."""
    assert pointed(words) is None
