"""Titles are nobody's words, a report is its teller's, and lists of signed lines are read line by line."""

from __future__ import annotations

import pytest

import analysis
from analysis.model import QuoteKind

PEOPLE = ["Ama Serwaa", "Leo Grant", "Fiona Blythe", "José García", "Li Wei"]
TITLES = [
    "Ann Brown said on KXTV’s “Morning Ann” that she would stay.",
    "Ann Brown said the plan was dead on KXTV’s “This Week with Paul Reed” on Sunday.",
    "Paul Reed spoke of Brown on his “Keepin’ It Real” radio program.",
    "She threw the “Make the Valley Great” hat away, Ann Brown said.",
    "Ann Brown told KX News’ “Reed & Friends” that she was wrong.",
    "Ann Brown said in an episode of “The Long Road Home” that she was wrong.",
    "The choir opened with “Paper Boats” and closed with “Nobody’s Harbour”.",
]
NESTED = [
    ("Acme released a statement saying Brown’s comments “are deeply offensive to us.”", "Acme"),
    ("Acme released a statement Wednesday saying Ann Brown’s comments “are deeply offensive.”", "Acme"),
    ("The union said that Brown supports “a dangerous and costly plan.”", "The union"),
    ("Paul Reed said that Gray is playing “political games” and said that Green is “weak.”", "Paul Reed"),
    ("Paul Reed slams Brown, praises Gray as ‘work horse’", "Paul Reed"),
    ("Paul Reed played down Brown’s comments as “locker room talk.”", "Paul Reed"),
    ("Paul Reed accused Ann Brown of “playing with fire.”", "Paul Reed"),
]
SIGNED = ["“{}” ― {}", "“{}”―{}", "“{}” — {}", "“{}” – {}", '"{}" - {}', "• “{}” ― {}", "“{}” ― {} (Hull)"]


def _marked(text: str) -> list[str | None]:
    found = [one for one in analysis.read(text).quotations if one.kind != QuoteKind.INDIRECT]
    return [one.speaker.name if one.speaker else None for one in found if text[one.span.start] in '“‘"']


@pytest.mark.parametrize("text", TITLES)
def test_titles_are_no_quotations(text: str) -> None:
    """A programme, a song or what is printed on a hat must never be shown as what somebody said."""
    assert _marked(text) == []


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_the_teller_speaks_not_the_one_told_about(text: str, expected: str) -> None:
    """Words that stand near a name are not that person's when somebody else says them about it."""
    assert set(_marked(text)) == {expected}


def test_a_report_about_ones_words_does_not_take_them_away() -> None:
    """The noun of saying right before the marks still tells whose words they are."""
    assert _marked("Gemma Faulk’s comment: “The soup arrived cold.”") == ["Gemma Faulk"]


def test_a_heading_in_marks_is_nobodys_turn() -> None:
    """A pull heading between two paragraphs does not go to whoever spoke last."""
    text = "Ann Brown said: “We are fine.”\n\n‘A healthy environment’\n\nThe town has 400 people and a river."
    assert _marked(text) == ["Ann Brown", None]


@pytest.mark.parametrize("form", SIGNED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_each_line_of_a_list_is_signed(form: str, gap: str) -> None:
    """One line must not take the name of the next, whatever dash and spaces stand before it."""
    lines = [form.format(f"I was never here in {year}, and I never will be.", name) for year, name in enumerate(PEOPLE)]
    assert _marked("Five things they said\n\n" + gap.join(lines)) == PEOPLE


def test_a_sentence_after_a_quotation_is_no_signature() -> None:
    """A line that begins with a name and a role may go on to say something else."""
    text = "“We take it seriously,” Tom Gray said. “Call us.”\n\nIda Moss, a teacher in Hull, said hers had gone off."
    assert _marked(text) == ["Tom Gray", "Tom Gray"]
