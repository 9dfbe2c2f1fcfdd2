"""Copied paragraphs and known links, on a real file: what is one article, and which articles print the same."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from analysis.document import Field
from analysis.model import Reading, Span
from analysis.sketches import sketches as sketched
from store import Store, sketches
from store.model import Added, Article, Outcome
from tests.analysis.copied import News, look_alikes
from tests.store.samples import BODY, LATER, article, raw, reading

NEWS = News(21)
PARAGRAPHS = [NEWS.paragraph() for _ in range(6)]
WHOLE = "\n\n".join([*PARAGRAPHS, "The inquiry continues."])


def added(store: Store, body: str = WHOLE, headline: str = "Ferry line reopens", **more: object) -> Added:
    """An article with no reading."""
    return store.add(article(headline, body, captions=(), **more), Reading())


def test_articles_that_print_copies(store: Store) -> None:
    """Small edits leave a copy, a left-out paragraph is counted, short ones count too, and both sides see it."""
    first = added(store, outlet="Harbour Post")
    edited = WHOLE.replace(PARAGRAPHS[0], PARAGRAPHS[0].replace(" the ", " that ", 1)).replace(PARAGRAPHS[3], "")
    second = added(store, edited, outlet="City Times")
    added(store, "\n\n".join([NEWS.paragraph(), "The inquiry continues."]), outlet="Valley Mail")
    (copied,) = store.copies.of_article(first.article_id)
    assert (copied.article.outlet, len(copied.pairs), copied.of) == ("City Times", 6, 7)
    assert [pair[0].text for pair in copied.pairs][-1] == "The inquiry continues."
    assert all(
        store.text(second.version_id, Field.BODY)[slice(*theirs.span)] == theirs.text for _, theirs in copied.pairs
    )
    (back,) = store.copies.of_article(second.article_id)
    assert (back.article.outlet, len(back.pairs), back.of) == ("Harbour Post", 6, 6)
    assert store.verify() == []


def test_look_alikes_are_no_copies(store: Store) -> None:
    """The same templates with other facts, and articles without paragraphs, print no copies of each other."""
    ids = [added(store, "\n\n".join(look_alikes(seed, 40)), f"News {seed}").article_id for seed in range(3)]
    ids.append(added(store, "", "Nothing").article_id)
    assert [store.copies.of_article(each) for each in ids] == [[]] * 4
    assert store.copies.of_article(99) == []


def test_only_newest_versions_are_compared(store: Store) -> None:
    """An update that prints something else is no copy any more, and an unloaded article is none."""
    first = added(store, outlet="Harbour Post", url="https://h.example/1")
    second = added(store, outlet="City Times", url="https://c.example/1")
    assert len(store.copies.of_article(first.article_id)) == 1
    added(store, NEWS.paragraph(), outlet="City Times", url="https://c.example/1")
    assert store.copies.of_article(first.article_id) == []
    third = added(store, outlet="Valley Mail", url="https://v.example/1")
    assert [each.article.outlet for each in store.copies.of_article(first.article_id)] == ["Valley Mail"]
    store.unload(third.article_id)
    store.unload(second.article_id)
    assert store.copies.of_article(first.article_id) == []
    assert store.verify() == []


def test_the_copy_of_a_passage(store: Store) -> None:
    """A passage leads to the paragraph that prints it with small edits elsewhere in the story."""
    first = added(store)
    other = PARAGRAPHS[2].replace(" the ", " that ", 1)
    added(store, WHOLE.replace(PARAGRAPHS[2], other), outlet="City Times", url="https://c.example/1")
    start = WHOLE.index(PARAGRAPHS[2])
    passage = store.passage(first.version_id, Field.BODY, Span(start, start + 9))
    ((row, (mine, theirs)),) = store.copies.of_passage(passage, first.story_id)
    assert (row.outlet, mine.text, theirs.text) == ("City Times", PARAGRAPHS[2], other)
    headline = store.passage(first.version_id, Field.HEADLINE, Span(0, 5))
    assert store.copies.of_passage(headline, first.story_id) == []


def test_a_stock_paragraph_costs_little(store: Store) -> None:
    """A paragraph that everybody prints is looked up for a few articles only, the newest first."""
    stock = PARAGRAPHS[0]
    last = [added(store, f"{stock}\n\n{NEWS.paragraph()}", f"News {at}") for at in range(80)][-1]
    found = store.copies.of_article(last.article_id)
    assert 0 < len(found) <= sketches.MOST_COMPARED
    with sqlite3.connect(store.path) as db:
        db.row_factory = sqlite3.Row
        rows = sketches.candidates(db, sketched(stock)[0].minima)
    assert len(rows) == sketches.MOST_COMPARED
    assert rows[0]["version_id"] == last.version_id


def test_the_same_link_however_it_was_shared(store: Store) -> None:
    """Tracking, "www.", the scheme and a last slash lead to the article that is there; the shown link is clean."""
    first = added(store, url="https://www.h.example/news/1?utm_source=x")
    again = added(store, url="http://h.example/news/1/?fbclid=2#top")
    assert (again.outcome, again.article_id) == (Outcome.SAME, first.article_id)
    row = store.article(first.article_id)
    assert row is not None
    assert row.url == "https://www.h.example/news/1"
    assert store.at_link("https://h.example/news/1?gclid=5") == first.article_id
    assert store.at_link("https://h.example/news/1?id=5") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"url": "https://h.example/1"}, {"url": "https://c.example/1"}, False),
        ({"url": "https://h.example/1"}, {"url": "https://h.example/world/1"}, True),
        ({"outlet": "Harbour Post"}, {"outlet": "City Times"}, False),
        ({"outlet": "Harbour Post"}, {"outlet": "HARBOUR POST", "url": "https://h.example/1"}, True),
        ({"outlet": "BBC", "url": "https://h.com/1"}, {"outlet": "BBC", "url": "https://h.co.uk/1"}, True),
        ({}, {"outlet": "City Times", "url": "https://c.example/1"}, True),
        ({"outlet": "City Times"}, {}, True),
    ],
)
def test_the_same_words_elsewhere(store: Store, one: dict[str, str], other: dict[str, str], same: bool) -> None:
    """Another outlet's copy is another article; the same outlet's, or one of nobody knows whom, is the same one."""
    first, second = added(store, **one), added(store, **other)
    assert (second.outcome is Outcome.SAME, second.article_id == first.article_id) == (same, same)
    assert second.story_id == first.story_id
    assert store.verify() == []


def test_what_is_stated_elsewhere_is_kept(store: Store) -> None:
    """A paste that is later found with its outlet, date and link is told of with them; a version is not altered."""
    first = added(store)
    link = "https://c.example/1"
    added(store, outlet="City Times", url=f"{link}?utm_id=1", authors=("Ada Writer",), published=LATER)
    row = store.article(first.article_id)
    assert row is not None
    assert (row.outlet, row.url, row.authors, row.published) == ("City Times", link, ("Ada Writer",), LATER)
    assert store.stories()[0].outlets == ("City Times",)
    loaded = store.loaded(first.version_id)
    assert loaded is not None
    assert (loaded.outlet, loaded.url) == (None, None)
    assert added(store, outlet="Valley Mail").outcome is Outcome.NEW
    assert added(store, outlet="City Times").outcome is Outcome.SAME
    assert store.stats()["versions"] == 2


def test_a_second_link_of_an_article(store: Store) -> None:
    """It brings an update while it prints most of the article; a page with other words was never that article."""
    first = added(store, url="https://h.example/1")
    wall = "https://h.example/2"
    assert added(store, url=wall).article_id == first.article_id
    updated = added(store, WHOLE.replace(PARAGRAPHS[5], NEWS.paragraph()), url=wall)
    assert (updated.outcome, updated.article_id) == (Outcome.NEW_VERSION, first.article_id)
    other = added(store, NEWS.paragraph(), url=wall)
    assert (other.outcome, store.at_link(wall)) == (Outcome.NEW, other.article_id)
    assert [row.version_number for row in store.versions(first.article_id)] == [1, 2]
    assert store.verify() == []


def older(path: Path, of: Article) -> int:
    """A store as the program made it before there were sketches, with one article in it."""
    with Store.open(path) as store:
        article_id = store.add(of, reading(of)).article_id
    with raw(path) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0005_sketches'")
        for statement in ("TABLE minima", "TABLE paragraphs", "TABLE links", "INDEX versions_unsketched"):
            db.execute(f"DROP {statement}")
        db.execute("ALTER TABLE versions DROP COLUMN sketched")
        db.execute("UPDATE articles SET url = 'http://www.h.example/1/?utm_source=x'")
    return article_id


def test_an_older_store_is_brought_up(path: Path) -> None:
    """Its articles are found by their links at once, and their paragraphs are sketched when they are asked about."""
    of = article(body=WHOLE, url="https://h.example/1", captions=())
    article_id = older(path, of)
    with Store.open(path) as store:
        assert store.verify() == []
        assert store.at_link("https://h.example/1") == article_id
        with raw(path) as db:
            assert db.execute("SELECT count(*) FROM paragraphs").fetchone() == (0,)
        copy = added(store, outlet="City Times", url="https://c.example/1")
        assert [len(each.pairs) for each in store.copies.of_article(copy.article_id)] == [7]
        assert store.add(of, reading(of)).outcome is Outcome.SAME
        assert store.verify() == []


def test_versions_of_an_older_store_are_sketched_in_time(path: Path) -> None:
    """A few beside each article that is added, so that nobody waits."""
    older(path, article())
    with Store.open(path) as store:
        of = article("Other news", BODY.replace("ferry", "tram"))
        store.add(of, reading(of))
        with raw(path) as db:
            assert db.execute("SELECT count(*) FROM versions WHERE sketched = 0").fetchone() == (0,)
        assert store.verify() == []


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM minima WHERE hash = (SELECT min(hash) FROM minima)",
        "UPDATE paragraphs SET start = start + 1 WHERE number = 0",
        "DELETE FROM paragraphs WHERE number = 1",
        "INSERT INTO minima (hash, paragraph_id) VALUES (5, 99)",
    ],
)
def test_verify_sees_damaged_sketches(store: Store, path: Path, damage: str) -> None:
    """A lost or moved sketch is told, for it would hide copies."""
    added(store)
    with raw(path) as db:
        db.execute(damage)
    assert store.verify() != []
