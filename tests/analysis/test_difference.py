"""What is told of a difference: what matters most to readers is seen."""

from __future__ import annotations

import pytest

from analysis.alignment import align
from analysis.difference import Difference, difference
from analysis.words import tokens

PRINTED = "We are happy to say that 12 boats of Ana Ruiz did not leave the organized harbour before noon"


def keys(text: str) -> list[str]:
    """The comparison keys of a text's words."""
    return [token.key for token in tokens(text)]


def told(
    before: str, after: str, capitals: frozenset[str] = frozenset(), cuts: frozenset[int] = frozenset()
) -> Difference:
    """What differs when some printed words are changed to others."""
    assert before in PRINTED
    found = align(keys(PRINTED.replace(before, after)), keys(PRINTED))
    assert found is not None
    return difference(found, capitals, cuts)


def made(**parts: int) -> Difference:
    """A difference of these parts only."""
    return Difference(**{**dict.fromkeys(Difference.__slots__, 0), **parts})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("happy", "happy", made()),
        ("did not leave", "did leave", made(negation=-1)),
        ("We are", "We are not", made(negation=1)),
        ("happy", "unhappy", made(negation=1)),
        ("12 boats", "21 boats", made(numbers=1)),
        ("12 boats", "twelve boats", made(numbers=1)),
        ("organized", "organised", made(forms=1)),
        ("leave", "leaves", made(forms=1)),
        ("noon", "midnight", made(replaced=1)),
        ("the organized harbour", "the harbour", made(dropped=1)),
        ("noon", "noon today", made(added=1)),
    ],
)
def test_kinds(before: str, after: str, expected: Difference) -> None:
    """Negations and numbers are told apart from other words, and each change counts once."""
    assert told(before, after) == expected
    assert bool(expected) is (before != after)


def test_a_short_form_denies_as_much() -> None:
    """Another wording that turns nothing round: "didn't" for "did not"."""
    assert told("did not", "didn't").negation == 0
    assert bool(told("did not", "didn't"))


def test_names() -> None:
    """Another name in a name's place is told as that."""
    assert told("Ruiz", "Lopez", frozenset({"ruiz", "lopez"})) == made(names=1)


def test_what_an_ellipsis_stands_for() -> None:
    """Words left out where an ellipsis stands are no difference; elsewhere they are."""
    assert told("boats of Ana Ruiz did", "boats did", cuts=frozenset({8})) == made()
    assert told("boats of Ana Ruiz did", "boats did", cuts=frozenset({9})) == made(dropped=3)
