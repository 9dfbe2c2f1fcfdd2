"""/changes, the labels of copies in /sources, and near copies of a passage: told as they are, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.document import Field
from handlers import reply
from handlers.answer import Answer, Block, Change, Entry, Group, Note
from handlers.question import Question
from store import Store
from tests.store.samples import article, reading

FIRST = (
    "Twelve people were killed when a ferry hit a quay in Oslo on Monday, police said.\n\n"
    "The minister, Ada Brandt, said the captain was awake. The harbour was closed for the whole day and will open again"
    " on Tuesday morning.\n\n"
    "He was signaling for help."
)
SECOND = (
    FIRST.replace("Twelve", "Fourteen").replace("said the", "claimed the").replace("signaling", "signalling")
    + "\n\nThe operator was fined in 2019."
)
ELSEWHERE = FIRST.replace("The harbour", "The port")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An article of one outlet in two versions, and another outlet's copy of the first one with a word changed."""
    with Store.open(tmp_path / "news.db") as opened:
        for outlet, link, body in (
            ("Harbour Post", "https://post.example/1", FIRST),
            ("City Times", "https://times.example/1", ELSEWHERE),
            ("Harbour Post", "https://post.example/1", SECOND),
        ):
            of = article("Ferry crash in Oslo", body, captions=(), outlet=outlet, url=link)
            opened.add(of, reading(of, people=()))
        yield opened


def asked(store: Store, command: str, words: str = "", page: int = 0) -> Answer:
    """What is answered."""
    return reply(Question(command=command, words=words, page=page), store)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks, those of groups too."""
    for block in blocks:
        yield block
        if isinstance(block, Group):
            yield from flat(block.blocks)


def test_what_matters_comes_first(store: Store) -> None:
    """Figures before hedges before what was added; spelling is counted and shown only when asked for."""
    answer = asked(store, "changes")
    assert answer.heading == "3 changes between version 1 and 2 — Harbour Post"
    shown = [block for block in answer.blocks if isinstance(block, Change)]
    assert [change.kind for change in shown] == ["A number or a date", "How sure it is, or how it is said", "Added"]
    assert [(each.before.text[:6], each.after.text[:8]) for each in shown[:1]] == [("Twelve", "Fourteen")]
    assert (shown[2].before.text, shown[2].after.text) == ("", "The operator was fined in 2019.")
    assert answer.blocks[-1] == Note("Not shown: spelling 1 time.")
    (small,) = [each.question for each in answer.next if each.label == "Small changes"]
    answer = reply(small, store)
    assert answer.heading == "1 small change between version 1 and 2 — Harbour Post"
    assert [block.kind for block in answer.blocks if isinstance(block, Change)] == ["Spelling"]


def test_each_wording_is_cut_from_its_version(store: Store) -> None:
    """What is shown as printed is what that version printed, and the marks cut what differs."""
    for change in asked(store, "changes").blocks:
        for wording in (change.before, change.after) if isinstance(change, Change) else ():
            if wording.passage is not None and wording.article is not None:
                text = store.text(wording.article.version_id, Field.BODY)
                assert wording.passage.span.cut(text) == wording.text
    first = asked(store, "changes").blocks[0]
    assert isinstance(first, Change)
    assert [span.cut(first.after.text) for span in first.after.marked] == ["Fourteen"]


def test_an_old_passage_leads_to_what_changed(store: Store) -> None:
    """It still opens, says that it is old, and has the way to the changes since that version."""
    answer = asked(store, "context", "@1:body:0:30")
    assert Note("From version 1 of this article. A newer version is loaded.") in list(flat(answer.blocks))
    (way,) = [each.question for each in answer.next if each.label == "What changed since"]
    assert reply(way, store).heading == "3 changes between version 1 and 2 — Harbour Post"
    new = asked(store, "context", "The operator was fined")
    assert "What changed since" not in [each.label for each in new.next]


def test_sources_tell_copies_and_updates(store: Store) -> None:
    """How many paragraphs stand elsewhere too, which are edited, and the way to an article's changes."""
    answer = asked(store, "sources")
    details = [block.detail for block in answer.blocks if isinstance(block, Entry)]
    assert "version 2" in details[0]
    assert "1 of 4 paragraphs also in City Times with small edits" in details[0]
    assert "1 of 3 paragraphs also in Harbour Post with small edits" in details[1]
    assert "Changes in Harbour Post" in [each.label for each in answer.next]


def test_a_near_copy_is_never_told_as_the_same_words(store: Store) -> None:
    """The passage counts one article; the other's wording stands beside it with the difference marked."""
    answer = asked(store, "context", "harbour was closed for the whole day")
    (change,) = [block for block in flat(answer.blocks) if isinstance(block, Change)]
    assert change.kind == "Printed with small edits"
    assert [span.cut(change.before.text) for span in change.before.marked] == ["harbour"]
    assert [span.cut(change.after.text) for span in change.after.marked] == ["port"]
    assert change.after.article is not None
    assert (change.after.article.outlet, change.after.text[:8]) == ("City Times", "The port")
    assert change.after.text.endswith("on Tuesday morning.")


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("1", "3 changes between"),
        ("2", "Only one version of this article is loaded"),
        ("article 1 version 1", "3 changes between"),
        ("article 1 version 2", "Only one version"),
        ("article 1 version 99 small", "Only one version"),
        ("article 99", "That article is not there any more."),
        ("article 999999999999999", "That article is not there any more."),
        ("7", "Which article?"),
        ("Ferry'; DROP TABLE", "Which article?"),
    ],
)
def test_whatever_is_asked(store: Store, words: str, heading: str) -> None:
    """Numbers of /sources and forged words get an answer that says what to do."""
    assert asked(store, "changes", words, page=7).heading.startswith(heading)


def test_nothing_was_updated(tmp_path: Path) -> None:
    """A story without updates says so."""
    with Store.open(tmp_path / "news.db") as store:
        store.add(article(), reading(article()))
        answer = asked(store, "changes")
        assert answer.blocks == (Note("None of the loaded articles has a newer version."),)
        assert answer.heading.startswith("No article was updated")
