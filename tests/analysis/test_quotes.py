"""Marks of every kind are paired, and what is missing is closed by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quotes import stretches

PAIRED = [
    ("“Yes,” she said. “No.”", ["“Yes,”", "“No.”"]),
    ('"The money," he said, "is gone."', ['"The money,"', '"is gone."']),
    ("„Wir gehen“, sagte er.", ["„Wir gehen“"]),
    ("»So nicht«, said Lund.", ["»So nicht«"]),
    ("«Demain», said Keller.", ["«Demain»"]),
    ("''Our town,'' he added, ''builds.''", ["''Our town,''", "''builds.''"]),
    ("``Hello there,'' she said.", ["``Hello there,''"]),
    ("”Hej på dig,” sade han.", ["”Hej på dig,”"]),
    ("‘The trains haven’t run since Easter,’ said Blythe.", ["‘The trains haven’t run since Easter,’"]),
    ("‘The workers’ rights were ignored,’ said Blythe.", ["‘The workers’ rights were ignored,’"]),
    (
        "\"They kept saying 'tomorrow, tomorrow' for a year,\" he said.",
        ["\"They kept saying 'tomorrow, tomorrow' for a year,\""],
    ),
    ("‘She told me “never again” and left,’ he said.", ["‘She told me “never again” and left,’"]),
    ('a 65" television and a 12" ruler', []),
    ("the ’90s and rock ’n’ roll", []),
    ("It isn't the dogs' fault, said the boys' father.", []),
    ("“”", []),
]


@pytest.mark.parametrize(("text", "expected"), PAIRED)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    """Each kind of mark, and marks that are no quotation marks at all."""
    assert [one.span.cut(text) for one in stretches(text)] == expected


def test_an_open_stretch_ends_before_its_reporting_clause() -> None:
    """A missing closing mark must not swallow "she said" and the sentences after it."""
    text = "“The count was open, Grace Amadi said on Monday. Nobody objected."
    (one,) = stretches(text)
    assert one.span.cut(text) == "“The count was open,"
    assert not one.closed


def test_an_open_stretch_ends_at_the_next_opening_mark() -> None:
    """Two openings in a row: the first was never closed."""
    text = '"We were told, Grace said. "It was not."'
    assert [one.span.cut(text) for one in stretches(text)] == ['"We were told,', '"It was not."']


def test_speech_after_a_dash_ends_at_its_clause_and_goes_on_after_it() -> None:
    """Dialogue without marks is found only where somebody is said to speak."""
    text = "– I never saw it – said Tomas. – Not once."
    assert [one.span.cut(text) for one in stretches(text)] == ["I never saw it", "Not once."]
    assert stretches("– Milk, bread and a newspaper") == []


@given(st.text(alphabet="ab “”\"'‘’«»„,.?—\n", max_size=80))
def test_stretches_are_in_order_and_apart(text: str) -> None:
    """Whatever the marks, no stretch is empty, reaches out of the text or crosses another."""
    found = stretches(text)
    for one in found:
        assert 0 <= one.span.start <= one.inner.start < one.inner.end <= one.span.end <= len(text)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
