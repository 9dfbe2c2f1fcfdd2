"""Forms of one word have one stem, and different words keep theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stemming import stem
from analysis.words import tokens

ONE = [
    "take takes took taken taking",
    "negotiate negotiates negotiated negotiating negotiation negotiations",
    "denuclearize denuclearise denuclearizing denuclearization denuclearisation",
    "meet meets met meeting meetings",
    "signal signals signaled signalled signaling signalling",
    "policy policies",
    "agree agrees agreed agreeing agreement agreements",
    "win wins won winning",
    "stop stopped stopping stops",
    "call calls called calling",
    "country countries country's",
    "crisis crises",
    "woman women",
    "church churches",
    "say says said saying",
    "café cafe",
]
TWO = [
    ("new", "news"),
    ("need", "nee"),
    ("bus", "bu"),
    ("king", "k"),
    ("ring", "r"),
    ("us", "u"),
    ("red", "r"),
    ("nation", "native"),
]


@pytest.mark.parametrize("forms", ONE)
def test_forms_of_one_word(forms: str) -> None:
    """A question finds the article that uses another form."""
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), TWO)
def test_different_words(one: str, other: str) -> None:
    """An ending that belongs to the word is not cut off."""
    assert stem(one) != stem(other)


@given(st.text(max_size=30))
def test_any_word(text: str) -> None:
    """Every word has a stem that is not empty."""
    for token in tokens(text):
        assert stem(token.key)
