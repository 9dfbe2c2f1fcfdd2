"""Which quotations a message asserts, and whom it names for each."""

from __future__ import annotations

import time

import pytest

from analysis.asserted import MOST, asserted


@pytest.mark.parametrize(
    ("message", "words", "speaker"),
    [
        ('Putin said "there are no secrets"', "there are no secrets", "Putin"),
        ("Putin said on Thursday: «there are no secrets»", "there are no secrets", "Putin"),
        ("President Putin told Reuters that “there are no secrets”", "there are no secrets", "President Putin"),
        ('"There are no secrets," said Vladimir Putin.', "There are no secrets,", "Vladimir Putin"),
        ('"There are no secrets," Vladimir Putin, the president, said.', "There are no secrets,", "Vladimir Putin"),
        ('"There are no secrets", according to Tom Plant', "There are no secrets", "Tom Plant"),
        ('According to Tom Plant, "there are no secrets"', "there are no secrets", "Tom Plant"),
        ("Biden: ‘we will win this’", "we will win this", "Biden"),
        ('"There are no secrets" — Putin', "There are no secrets", "Putin"),
        ('"There are no secrets"\n— Vladimir Putin', "There are no secrets", "Vladimir Putin"),
        ('Was it Trump who said "there are no secrets"?', "there are no secrets", "Trump"),
        ('But Putin claimed "there are no secrets"', "there are no secrets", "Putin"),
        ('He said "there are no secrets"', "there are no secrets", None),
        ('One expert said "there are no secrets"', "there are no secrets", None),
        ('Kelly’s wife said "there are no secrets"', "there are no secrets", None),
        ('"There are no secrets"', "There are no secrets", None),
        ('Putin said "there are no secrets", Kelly said', "there are no secrets", None),
        ("Putin said there are no secrets.", "there are no secrets.", "Putin"),
        ("There are no secrets, Putin said.", "There are no secrets", "Putin"),
        ("There are no secrets.", "There are no secrets.", None),
    ],
)
def test_one(message: str, words: str, speaker: str | None) -> None:
    """A name counts only where it stands plainly beside the words; two names, a role or a pronoun are none."""
    (found,) = asserted(message)
    assert (found.words, found.speaker) == (words, speaker)
    assert found.span.cut(message) == words


def test_a_name_in_lower_case_may_be_one() -> None:
    """Chats are written without capitals: the words in a name's place are handed on."""
    assert [each.perhaps for each in asserted('putin said "there are no secrets"')] == ["putin"]
    assert [each.perhaps for each in asserted('"there are no secrets" said putin')] == ["putin"]
    assert [each.perhaps for each in asserted('"there are no secrets"')] == [""]


@pytest.mark.parametrize(
    ("message", "words", "perhaps"),
    [
        ("putin said that there are no secrets", "there are no secrets", "putin"),
        ("kelly: there are no secrets", "there are no secrets", "kelly"),
        ("is it true that there are no secrets?", "there are no secrets?", ""),
        ("BREAKING: there are no secrets", "there are no secrets", ""),
        ("fact check: putin says there are no secrets", "there are no secrets", "putin"),
    ],
)
def test_what_asks_about_the_words_is_left_out(message: str, words: str, perhaps: str) -> None:
    """A sentence without marks is taken as people type it."""
    (found,) = asserted(message)
    assert (found.words, found.perhaps, found.whole) == (words, perhaps, message)
    assert found.span.cut(message) == words


def test_several() -> None:
    """Each stretch in marks counts, with the speaker who is named for it; one clause serves both its parts."""
    message = '“It is over,” Kelly said. “He can go.”\nTrump: "No." Putin said "Yes".\nNothing here.'
    assert [(each.words, each.speaker) for each in asserted(message)] == [
        ("It is over,", "Kelly"),
        ("He can go.", "Kelly"),
        ("No.", "Trump"),
        ("Yes", "Putin"),
    ]


def test_without_marks_each_sentence_counts() -> None:
    """A message in which nothing is quoted is looked at sentence by sentence."""
    found = asserted("The bridge is shut. Ferries run.\nAll is well")
    assert [each.words for each in found] == ["The bridge is shut.", "Ferries run.", "All is well"]
    assert not any(each.marked for each in found)


@pytest.mark.parametrize("message", ["", " \n", '"', '""', "“”", "\x00", "''", "—", ":"])
def test_nothing(message: str) -> None:
    """Marks around nothing are no quotation."""
    assert not [each for each in asserted(message) if each.marked]


@pytest.mark.parametrize(
    "message",
    [
        '"a ' * 1400,
        "Aa said " * 500 + '"b"',
        '"x" ' + "Ab cd " * 650,
        "A" * 4096,
        "Ab, " * 1000,
        "said " * 800,
        "“" * 4096,
    ],
)
def test_hostile_length(message: str) -> None:
    """Four thousand characters of anything are taken apart at once, and never into more than can be looked up."""
    began = time.thread_time()
    assert len(asserted(message[:4096])) <= MOST
    assert time.thread_time() - began < 2
