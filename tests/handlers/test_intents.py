"""Questions that ask for a person or for quotations are told from others."""

from __future__ import annotations

import time

import pytest

from handlers.intents import Intent, Wanted, intent_of

PERSON, SAID_BY, SPEAKER_OF = Wanted.PERSON, Wanted.SAID_BY, Wanted.SPEAKER_OF


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("who is Tom Plant?", Intent(PERSON, "Tom Plant")),
        ("Who's the Russian president?", Intent(PERSON, "Russian president")),
        ("tell me more about Kelly", Intent(PERSON, "Kelly")),
        ("what did Putin say about sanctions?", Intent(SAID_BY, "Putin", "sanctions")),
        ("What exactly did Putin say?", Intent(SAID_BY, "Putin")),
        ("did Kelly really say that Trump drank it", Intent(SAID_BY, "Kelly", "Trump drank it")),
        ("what do experts think of the talks?", Intent(SAID_BY, "experts", "the talks")),
        ("quotes by Tom Plant on sanctions", Intent(SAID_BY, "Tom Plant", "sanctions")),
        ("who said there are no secrets?", Intent(SPEAKER_OF, "", "there are no secrets")),
        ("who said", None),
        ("why did they meet?", None),
        ("who met Putin in Vladivostok", None),
        ("what did say", None),
        ("sanctions", None),
        ("", None),
        ("???", None),
    ],
)
def test_intent_of(words: str, intent: Intent | None) -> None:
    """Each form of question is understood, and no other question is."""
    assert intent_of(words) == intent


def test_long_questions_take_no_time() -> None:
    """Words that repeat the forms of a question are read in linear time."""
    begun = time.thread_time()
    for words in ("what did " + "say " * 20_000, "did " + "a say " * 20_000, "who is " + "the " * 20_000):
        intent_of(words)
    assert time.thread_time() - begun < 1
