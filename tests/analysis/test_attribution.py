"""Each quotation gets the speaker that the text gives it, and nobody where the text hides who spoke."""

from __future__ import annotations

import pytest

import analysis
from analysis.model import Quotation, QuoteKind

SAID = [
    ("“We lost,” Joel Adler said. “We ran out of time,” replied Rosa Mbeki.", ["Joel Adler", "Rosa Mbeki"]),
    ("“Maybe,” Miriam Tate quietly said, “but I doubt it.”", ["Miriam Tate", "Miriam Tate"]),
    ("“I signed nothing,” said Yusuf Demir, whose brother, Cem Demir, owns the yard.", ["Yusuf Demir"]),
    ("Samir Nasser said the captain, Leo Grant, had told him: “Do not open that door.”", ["Leo Grant"]),
    ("“Ask the pilot,” Clara Voss told Senator Bill Hartley.", ["Clara Voss"]),
    ("“Our pipes are old,” Noor Siddiqui was quoted by the Daily Courier as saying.", ["Noor Siddiqui"]),
    ("“Rivers do not read maps.” — Beatriz Sousa, hydrologist", ["Beatriz Sousa"]),
    ("Gemma Faulk’s verdict: “The soup arrived cold.”", ["Gemma Faulk"]),
    ("“It came late!” Ada Moss told the board.", ["Ada Moss"]),
    ("Dana Roth was told: “You may go.”", [None]),
    ("“My client denies it,” Dennis Crowe's lawyer said.", ["Dennis Crowe's lawyer"]),
    ("“Talks will resume,” the transport ministry said in a statement.", ["the transport ministry"]),
    ("Ines Calder, who runs the shelter, was blunt.\n“Nobody slept.”", ["Ines Calder"]),
    ("“I buried it.” Terence Obi looked at his hands. “Then I dug it up.”", ["Terence Obi", "Terence Obi"]),
    (
        "Inspector Ruth Moss set the box down. “I paid.” Kofi Addo wept as he spoke. “Twice.”",
        ["Kofi Addo", "Kofi Addo"],
    ),
    ("“You have a minute,” Ana Bello was told by the bailiff, Keith Gow.", ["Keith Gow"]),
    ("“It was lace,” Maud Hill told the court.\nLeo Blane rose.\n“I know lace,” the witness said.", ["Maud Hill"] * 2),
    ("1. “Since four.” (Goran Vuk, baker)\n2. Ama Serwaa, student: “My number is 311.”", ["Goran Vuk", "Ama Serwaa"]),
]


def _marked(text: str) -> list[Quotation]:
    return [one for one in analysis.read(text).quotations if one.kind != QuoteKind.INDIRECT]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_who_said_it(text: str, expected: list[str | None]) -> None:
    """The speaker by name, by role where nobody is named, or nobody."""
    assert [one.speaker.name if one.speaker else None for one in _marked(text)] == expected


def test_a_fragment_inside_reported_speech_goes_with_its_source() -> None:
    """The marked words and the whole content around them have one speaker."""
    text = "Helena Marsh called the ruling “a gift to polluters” and promised to appeal."
    found = analysis.read(text).quotations
    assert found[0].span.cut(text) == "“a gift to polluters”"
    assert {one.speaker.name for one in found if one.speaker} == {"Helena Marsh"}


NO_SPEECH = [
    "Ray “Sparky” Donnelly sold the house.",
    "She wrote the memoir “A House Without Doors” and moved.",
    "They share a so-called “special bond”.",
    "The act does not define “reasonable”.",
    "Three judges read the word “near” in three ways.",
    "They still disagree about what “peace” actually means.",
    "Pupils who got an “A” smiled.",
]


@pytest.mark.parametrize("text", NO_SPEECH)
def test_marks_around_names_and_words_are_no_quotation(text: str) -> None:
    """Nicknames, titles and scare quotes are nobody's words."""
    assert _marked(text) == []


def test_the_parts_of_a_split_quotation_share_a_group() -> None:
    """One quotation around its reporting clause, two where two people speak."""
    one, two = _marked("“The money,” Piotr Nowak said, “was never there.”")
    assert one.group == two.group
    one, two = _marked("“We lost,” Joel Adler said. “We ran,” replied Rosa Mbeki.")
    assert one.group != two.group


def test_the_attribution_is_cut_as_printed() -> None:
    """Readers see the source as the outlet names it."""
    text = "“It may,” according to Tom Plant at the Royal Institute, a London think tank. “It will,” he added."
    first = _marked(text)[0]
    assert first.attribution is not None
    assert first.attribution.cut(text) == "according to Tom Plant at the Royal Institute, a London think tank"
    assert first.cue is not None
    assert first.cue.cut(text) == "according to"


def test_the_agency_that_carried_the_words_is_not_the_speaker() -> None:
    """With "Petrov said, Reuters reported" the speaker is Petrov, the reporter Reuters."""
    text = "“We talked,” Ivan Petrov said during a break, Reuters reported."
    (one,) = _marked(text)
    assert one.speaker is not None
    assert one.reported_by is not None
    assert (one.speaker.name, one.reported_by.cut(text)) == ("Ivan Petrov", "Reuters")


def test_a_transcript_is_direct_speech_of_its_labels() -> None:
    """Whoever "WALLACE:" is speaks the rest of the line."""
    text = "WALLACE: Did you see it?\nOSGOOD: I saw a paper.\nWALLACE: When?\nOSGOOD: On Friday."
    found = [(one.speaker.name if one.speaker else None, one.span.cut(text)) for one in _marked(text)]
    assert found[1] == ("OSGOOD", "I saw a paper.")
    assert len(found) == 4


def test_the_same_words_elsewhere_tell_the_speaker() -> None:
    """The "one expert" at the top is the man who is quoted by name further down."""
    words = "“There are a number of reasons for the trip,”"
    text = f"{words} one expert said.\nMuch later came the rest.\n{words} according to Tom Plant of the institute."
    assert [one.speaker.name for one in _marked(text) if one.speaker] == ["Tom Plant", "Tom Plant"]
