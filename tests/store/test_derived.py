"""Titles and casts: always those of the articles that are there, and worked out seldom enough."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.model import Mention, MentionKind, Person, Reading, Span
from store import Store
from store.model import Article
from tests.store.samples import article, raw, reading

FIRST = ("Ada", "Ben", "Cleo", "Dan", "Eva")
LAST = ("Brandt", "Okoro", "Dahl", "Marsh")
SENTENCES = (
    "Ferry workers in Aldport struck on Monday over wages.",
    "The union asked the harbour board for talks.",
    "Boats to the islands stayed in the port.",
    "Hotels on the islands lost their guests.",
    "A mediator flew in from the capital at night.",
    "The county promised fuel to fishing villages.",
)

Told = list[tuple[str, tuple[int, ...], list[tuple[object, ...]]]]


def growing(count: int, links: int = 1000) -> list[tuple[Article, Reading]]:
    """So many articles of one story, each with some of its people; a link that comes again brings an update."""
    chance, made = random.Random(5), []
    for at in range(count):
        body = " ".join([*sorted(chance.sample(SENTENCES, 4)), f"It was report {at}."])
        of = article(f"Ferry strike, report {at}", body, captions=(), url=f"https://h.example/{at % links}")
        made.append((of, Reading(sentences=reading(of).sentences, people=people(chance))))
    return made


def people(chance: random.Random) -> tuple[Person, ...]:
    """Some people, each mentioned somewhere, now and then by a part of the name only."""
    names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(3)] + [chance.choice(LAST)]
    mention = Mention(Span(0, 5), MentionKind.NAME)
    return tuple(Person(name, mentions=(mention,) * chance.randint(1, 3)) for name in dict.fromkeys(names))


def told(store: Store) -> Told:
    """What users see of all stories."""
    return [
        (
            story.title,
            story.articles,
            [(one.name, one.aliases, one.articles, one.weight, len(one.mentions)) for one in store.cast(story.id)],
        )
        for story in store.stories()
    ]


def workings(path: Path) -> int:
    """The revision that the one story was last worked out for."""
    with raw(path) as db:
        return int(db.execute("SELECT derived_revision FROM stories").fetchone()[0])


def fill(store: Store, articles: Sequence[tuple[Article, Reading]]) -> None:
    """Add all."""
    for of, read in articles:
        store.add(of, read)


def test_whoever_asks_at_the_end_sees_what_whoever_asked_all_along_sees(tmp_path: Path) -> None:
    """When somebody asks decides when titles and casts are worked out, never what they are."""
    articles = growing(40, links=31)
    with Store.open(tmp_path / "asked.db") as asked, Store.open(tmp_path / "silent.db") as silent:
        for of, read in articles:
            asked.add(of, read)
            assert len(asked.stories()) == 1
            assert {at for each in asked.cast(1) for at in each.articles} == set(asked.stories()[0].articles)
        fill(silent, articles)
        assert told(silent) == told(asked)
        assert silent.stats()["people"] == asked.stats()["people"] > 5
        assert (silent.verify(), asked.verify()) == ([], [])


def test_each_way_to_ask_is_answered_from_all_articles(store: Store) -> None:
    """No list, story, cast or quotation is of the story as it was before the last article."""
    *before, (of, read) = growing(12)
    fill(store, before)
    added = store.add(of, Reading(sentences=read.sentences, people=(Person("Zoe Quist"),)))
    assert "Zoe Quist" in [each.name for each in store.cast(added.story_id)]
    said, voice = '"No boat sails," said Ola Vik of the union.', Person("Ola Vik")
    last = article("Ferry strike, a voice", f"{' '.join(SENTENCES)} {said}", captions=())
    found = store.add(last, reading(last, [voice.name], {"No boat sails": 0}))
    quotation = next(each for each in store.quotations(found.story_id) if each.speaker == voice.name)
    member = next(each for each in store.cast(found.story_id) if each.name == voice.name)
    assert quotation.people == (member.id,)
    assert [each.words for each in store.quotations_of(member.id)] == [quotation.words]
    assert store.quotation_at(quotation.parts[0]) == quotation


def test_a_growing_story_is_worked_out_ever_more_seldom(store: Store, path: Path) -> None:
    """Each article of a long story costs what the first ones cost; a short story is worked out at once."""
    seen = []
    for of, read in growing(120):
        store.add(of, read)
        seen.append(workings(path))
    assert seen[:4] == [1, 2, 3, 4]
    assert len(set(seen)) < 20
    assert seen[-1] >= 90


def test_what_a_crash_left_behind_is_worked_out_when_somebody_asks(path: Path) -> None:
    """A load that was killed between an article and its cast leaves a mark, not a wrong cast."""
    with Store.open(path) as store:
        fill(store, growing(9))
        whole = told(store)
    with raw(path) as db:
        db.execute("DELETE FROM cast_people WHERE version_id > 6")
        db.execute("UPDATE stories SET title = 'old', derived_revision = revision - 1")
    with Store.open(path) as store:
        assert told(store) == whole
        assert store.verify() == []


def test_many_who_ask_at_once_get_the_same(store: Store) -> None:
    """One works the story out, the others wait for it."""
    fill(store, growing(30))
    with ThreadPoolExecutor(8) as threads:
        casts = list(threads.map(lambda _: [each.name for each in store.cast(1)], range(16)))
    assert all(cast == casts[0] for cast in casts)


def test_a_store_that_cannot_be_written_is_answered_from(path: Path) -> None:
    """While another program holds the file, readers get the title and the cast of before, not a refusal."""
    with Store.open(path, patience=0.05) as store:
        fill(store, growing(9))
        before = told(store)
        with raw(path) as db:
            db.execute("UPDATE stories SET derived_revision = revision - 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert told(store) == before
        finally:
            other.execute("ROLLBACK")
            other.close()


@pytest.mark.parametrize("at", [0, 5, 8])
def test_an_article_that_leaves_takes_its_people_along(store: Store, at: int) -> None:
    """Nobody stays in the cast of a story for an article that was unloaded."""
    articles = growing(9)
    fill(store, articles)
    gone = store.stories()[0].articles[at]
    store.unload(gone)
    assert all(gone not in each.articles for each in store.cast(1))
    assert gone not in store.stories()[0].articles
    assert store.verify() == []
