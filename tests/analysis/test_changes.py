"""What changed between two versions is found, paired with what it was, and named by what matters most."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.changes import Edit, Kind, changes, compared
from tests.analysis.copied import News

LINE = "The minister, Ada Brandt, said twelve ferries from Oslo were late on Monday."


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("twelve", "fourteen", Kind.NUMBER),
        ("Monday", "Tuesday", Kind.NUMBER),
        ("were late", "were 5 hours late", Kind.NUMBER),
        ("Oslo", "Bergen", Kind.NAME),
        ("Ada Brandt, ", "", Kind.NAME),
        ("said", "claimed", Kind.HEDGE),
        ("were late", "were reportedly late", Kind.HEDGE),
        ("were late", "were not late", Kind.HEDGE),
        ("were late", "were very late", Kind.ADDED),
        ("twelve ferries", "twelve", Kind.REMOVED),
        ("late", "slow", Kind.WORDS),
        ("late", "later", Kind.WORDS),
        ("minister", "ministers", Kind.WORDS),
        ("ferries", "fferries", Kind.SPELLING),
        ("minister", "miniser", Kind.SPELLING),
        ("on Monday.", "on  monday…", Kind.TYPOGRAPHY),
    ],
)
def test_kinds(old: str, new: str, kind: Kind) -> None:
    """Each small edit has its name, and figures, names and denials are never taken for spelling."""
    after = LINE.replace(old, new)
    (found,) = changes([LINE], [after])
    assert (found.kind, found.before, found.after) == (kind, 0, 0)
    assert found.marked_before or found.marked_after


def test_spelling_of_a_verb_of_saying_is_spelling() -> None:
    """Its two spellings say the same, its other forms do not."""
    assert compared("He was signaling it.", "He was signalling it.")[0] is Kind.SPELLING
    assert compared("He was signaling it.", "He had signalled it.")[0] is Kind.HEDGE


def test_what_differs_is_marked() -> None:
    """Marks cut the words that differ out of both wordings, and nothing else."""
    after = LINE.replace("twelve ferries", "ten of all ferries").replace("Monday", "Friday")
    kind, mine, theirs = compared(LINE, after)
    assert kind is Kind.NUMBER
    assert [span.cut(LINE) for span in mine] == ["twelve", "Monday"]
    assert [span.cut(after) for span in theirs] == ["ten of all", "Friday"]
    _, mine, theirs = compared('"We are," he said.', "“We are,” he said.")
    assert ([span.cut('"We are,"') for span in mine], len(theirs)) == (['"', '"'], 2)


def test_sentences_that_come_go_and_move() -> None:
    """A sentence that was edited is paired with what it was, also beside new ones, and a moved one is no news."""
    before = ["The bridge is closed.", LINE, "Nobody was hurt in the harbour.", "It rained."]
    after = ["A second ferry sank.", LINE.replace("late", "lost"), "It rained.", "The bridge is closed."]
    found = {(edit.kind, edit.before, edit.after) for edit in changes(before, after)}
    assert found == {
        (Kind.ADDED, None, 0),
        (Kind.WORDS, 1, 1),
        (Kind.REMOVED, 2, None),
        (Kind.MOVED, 3, 2),
    }


def test_the_same_text_has_no_changes() -> None:
    """Nothing is told where nothing changed, and the first words of a text are all new."""
    news = News(3)
    text = [news.sentence() for _ in range(20)]
    assert changes(text, text) == []
    assert changes([], []) == []
    assert changes([], text[:2]) == [Edit(Kind.ADDED, None, 0), Edit(Kind.ADDED, None, 1)]
    assert changes(text[:1], []) == [Edit(Kind.REMOVED, 0, None)]


def test_many_edits_are_all_found() -> None:
    """Each sentence of both versions is told of once or is the same, whatever was done to a long text."""
    news, chance = News(9), random.Random(9)
    before = [news.sentence() for _ in range(120)]
    after = [sentence for sentence in before if chance.random() > 0.1]
    chance.shuffle(after[10:20])
    after = [sentence.replace(" the ", " that ") if chance.random() < 0.2 else sentence for sentence in after]
    after.insert(5, news.sentence())
    found = changes(before, after)
    assert len({edit.before for edit in found if edit.before is not None}) == sum(e.before is not None for e in found)
    told_before = {edit.before for edit in found}
    told_after = {edit.after for edit in found}
    same = [text for at, text in enumerate(before) if at not in told_before]
    assert same == [text for at, text in enumerate(after) if at not in told_after]


@given(st.lists(st.text(max_size=30), max_size=8), st.lists(st.text(max_size=30), max_size=8))
def test_any_text(before: list[str], after: list[str]) -> None:
    """Whatever stands in two texts: places are in range, marks are in their sentence, and nothing is told twice."""
    found = changes(before, after)
    for edit in found:
        for at, texts, marks in ((edit.before, before, edit.marked_before), (edit.after, after, edit.marked_after)):
            assert at is None or 0 <= at < len(texts)
            assert at is not None or not marks
            assert at is None or all(0 <= span.start < span.end <= len(texts[at]) for span in marks)
    for side in ([edit.before for edit in found], [edit.after for edit in found]):
        places = [at for at in side if at is not None]
        assert len(places) == len(set(places))
