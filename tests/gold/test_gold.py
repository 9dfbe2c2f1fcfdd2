"""Holds the gold itself to its own rules: wrong gold is worse than none."""

from __future__ import annotations

import dataclasses
import re

import pytest

from analysis.model import Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from tests.gold.loading import BadCaseError, Case, Quote, case_of, load
from tests.gold.marks import quoted
from tests.gold.scoring import faults, letters, meet, words

CASES = load()
STRANGER = Speaker("Somebody Else", SpeakerKind.PERSON)


def answer(gold: Quote, **other: object) -> Quotation:
    """The gold as a perfect reading would answer it."""
    name = " and ".join(gold.who.names) or gold.who.phrase
    kind = QuoteKind("direct" if gold.kind == "bare" else gold.kind)
    made = Quotation(gold.span, kind, gold.group, Speaker(name, SpeakerKind.PERSON), gold.who.mention)
    return dataclasses.replace(made, **other)  # type: ignore[arg-type]


def with_one(case: Case, index: int, **other: object) -> Reading:
    """A perfect reading but for one quotation."""
    return Reading(quotations=tuple(answer(g, **(other if i == index else {})) for i, g in enumerate(case.quotes)))


def marks_fit_kinds(case: Case) -> None:
    """Direct and mixed words fill one pair of marks; bare ones have none."""
    marked = quoted(case.text)
    for gold in case.quotes:
        inside = [letters(case.text, meet(gold.span, region)) for region in marked]
        share = sum(inside) / letters(case.text, gold.span)
        if gold.kind in ("direct", "mixed"):
            assert share > 0.9, gold
            assert sum(map(bool, inside)) == 1, gold
        elif gold.kind == "bare":
            assert not share, gold


def names_are_printed(case: Case) -> None:
    """Every name that is wanted stands in the text; shared surnames are declared."""
    names = {name for gold in case.quotes for who in (gold.who, *gold.also) for name in who.names}
    names |= {person.name for person in case.people}
    for part in (part for name in names for part in name.split()):
        assert re.search(rf"(?<!\w){re.escape(part)}(?!\w)", case.text), part
    surnames = [words(name)[-1] for name in names]
    assert case.full_names or len(surnames) == len(set(surnames)), names


def people_are_printed(case: Case) -> None:
    """Aliases, roles and strangers stand in the text as they are given."""
    for person in case.people:
        for phrase in (*person.aliases, *person.roles):
            assert phrase in case.text, (person.name, phrase)
    for name in case.strangers:
        assert name in case.text, name


def perfect_passes_and_worse_fails(case: Case) -> None:
    """The judge takes the gold for right, and notices a wrong name, a missing quotation and an invented one."""
    assert not faults(case, with_one(case, -1))
    if not case.quotes or not all(gold.optional for gold in case.quotes):
        everything = Quotation(Span(0, len(case.text)), QuoteKind.DIRECT, 0, STRANGER)
        assert faults(case, Reading(quotations=(everything,)))
    for index, gold in enumerate(case.quotes):
        assert faults(case, with_one(case, index, speaker=STRANGER)), gold
        rest = tuple(answer(g) for g in case.quotes if g is not gold)
        assert bool(faults(case, Reading(quotations=rest))) != gold.optional, gold
        if gold.who.names and not gold.nobody and not any(not who.names for who in gold.also):
            assert faults(case, with_one(case, index, speaker=None)), gold


def forbidden_words_fail(case: Case) -> None:
    """Words that nobody may be quoted as saying are noticed when they come back."""
    perfect = with_one(case, -1).quotations
    for span in case.forbid:
        assert faults(case, Reading(quotations=(*perfect, Quotation(span, QuoteKind.INDIRECT, 99, STRANGER)))), span


def inner_quotes_are_tolerated(case: Case) -> None:
    """A quote inside a quote may come back, with its own speaker or none."""
    perfect = with_one(case, -1).quotations
    for span in case.inner:
        outer = next(gold for gold in case.quotes if gold.span.holds(span))
        alone = Quotation(span, QuoteKind.DIRECT, 99)
        assert not faults(case, Reading(quotations=(*perfect, alone)))
        wrong = dataclasses.replace(alone, speaker=answer(outer).speaker)
        assert faults(case, Reading(quotations=(*perfect, wrong)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_case_says_what_it_means(case: Case) -> None:
    """Marks fit kinds, names are printed, and the judge tells the gold from anything worse."""
    marks_fit_kinds(case)
    names_are_printed(case)
    people_are_printed(case)
    perfect_passes_and_worse_fails(case)
    forbidden_words_fail(case)
    inner_quotes_are_tolerated(case)


@pytest.mark.parametrize(
    "table",
    [
        {"text": "“A,” said Bo Lind.", "quotes": "direct “B,” | Bo Lind"},
        {"text": "“A,” said Bo Lind.", "quotes": "direct “A,” | Bo Lund"},
        {"text": "“A,” said Bo Lind. “A,” said Bo Lind.", "quotes": "direct “A,” | Bo Lind"},
        {"text": "“A,” said Bo Lind.", "quotes": "shouted “A,” | Bo Lind"},
        {"text": "“A,” said Bo Lind.", "quotes": "direct “A,” | Bo Lind | clue said"},
        {"text": "“A,” said Bo Lind.", "quotse": ""},
    ],
)
def test_careless_cases_are_refused(table: dict[str, str]) -> None:
    """A case whose lines do not fit its text is an error, not a silent pass."""
    with pytest.raises(BadCaseError):
        case_of("careless", table, "test")


def test_there_are_enough_cases_of_every_sort() -> None:
    """The table keeps its breadth: long ones, silent ones, and all of them together."""
    long = [case for case in CASES if len([line for line in case.text.split("\n") if line.strip()]) >= 3]
    silent = [case for case in CASES if not case.quotes]
    assert len(CASES) >= 330
    assert len(long) >= 80
    assert len(silent) >= 30
