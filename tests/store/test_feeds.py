"""Feeds as rows: what is known of each survives a restart, and what is due is polled by one process only."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Store, schema
from store.feed_items import TRIES
from store.feed_rows import FeedState, Polled
from store.model import JobState
from tests.store.samples import article, raw, reading

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://norrvik.example/feed"
LOAD = [("entry", "One", b"{}")]


def follow(store: Store, url: str = URL) -> int:
    """The id of a feed that is followed from now on."""
    return store.feeds.follow(url, by="7", now=NOW)[0].id


def test_an_older_store_is_brought_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store made before there were feeds opens, keeps its articles, and takes feeds."""
    older = {name: made for name, made in schema.MIGRATIONS.items() if name != "0006_feeds"}
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", older)
        with Store.open(path) as store:
            added = store.add(article(), reading(article()))
    with Store.open(path) as store:
        assert follow(store)
        assert store.article(added.article_id)
        assert store.verify() == []


def test_following_twice_is_following_once(store: Store) -> None:
    """An address is followed once; following what was stopped lets it go on."""
    feed, new = store.feeds.follow(URL, title="Norrvik", by="7", now=NOW)
    assert (new, feed.name, feed.state) == (True, "Norrvik", FeedState.FOLLOWED)
    store.feeds.stop(feed.id, FeedState.GONE, "It is gone.", now=NOW)
    assert store.feeds.claim(NOW + HOUR, HOUR) is None
    again, new = store.feeds.follow(URL, by="8", now=NOW + HOUR)
    assert (again.id, new, again.state) == (feed.id, False, FeedState.FOLLOWED)


def test_a_feed_is_claimed_by_one(path: Path) -> None:
    """Two processes on one store never poll a feed together; one that died lets it go when its lease is over."""
    with Store.open(path) as store, Store.open(path) as other:
        first, second = follow(store), follow(store, URL + "/2")
        claimed = [each.id for each in (store.feeds.claim(NOW, HOUR), other.feeds.claim(NOW, HOUR)) if each]
        assert sorted(claimed) == [first, second]
        assert store.feeds.claim(NOW, HOUR) is None
        later = other.feeds.claim(NOW + HOUR, HOUR)
        assert later
        assert later.id == claimed[0]


def test_a_poll_is_kept_with_its_load_or_not_at_all(path: Path) -> None:
    """What was sent back is sent again verbatim; new items are known from the moment that their load exists."""
    with Store.open(path) as store:
        feed = follow(store)
        found = Polled(title="Norrvik", etag='W/"a,b"', last_modified="yesterday, about noon", body_hash=b"x")
        values = {"now": NOW, "next_at": NOW + HOUR}
        job = store.feeds.succeeded(feed, found, chat="feeds", load=LOAD, keys=[(b"a", b"b")], **values)
        assert job
    with Store.open(path) as store:
        kept = store.feeds.one(feed, NOW)
        assert kept
        assert (kept.etag, kept.last_modified, kept.next_at) == ('W/"a,b"', "yesterday, about noon", NOW + HOUR)
        assert store.feeds.new_of(feed, [(b"a",), (b"z", b"b"), (b"c",), ()]) == [False, False, True, True]
        assert [each.id for each in store.open_jobs()] == [job]
        store.feeds.drop(feed)
        lost = store.feeds.succeeded(feed, found, chat="feeds", load=LOAD, keys=[(b"q",)], **values)
        assert lost is None
        assert [each.id for each in store.open_jobs()] == [job]


def test_what_could_not_be_loaded_is_tried_again_a_few_times(store: Store) -> None:
    """A page that is down for a while is not lost, one that is broken is not tried for ever."""
    feed, tried = follow(store), 0
    while store.feeds.new_of(feed, [(b"a", b"b")]) == [True]:
        found = Polled(etag="x", last_modified="y", body_hash=b"z")
        store.feeds.succeeded(feed, found, now=NOW, next_at=NOW, chat="feeds", load=LOAD, keys=[(b"a", b"b")])
        assert store.feeds.new_of(feed, [(b"a", b"b")]) == [False]
        store.feeds.pass_over(feed, [(b"a",)], NOW)
        store.feeds.not_loaded(feed, (b"a", b"b"), NOW)
        kept = store.feeds.one(feed, NOW)
        assert kept
        assert (kept.etag, kept.last_modified, kept.body_hash) == (None, None, None)  # the next poll gets all of it
        tried += 1
        assert (kept.not_loaded, tried <= TRIES) == (tried, True)
    assert tried == TRIES


def test_a_tried_item_that_was_loaded_is_known(store: Store) -> None:
    """A second try that works is the last one."""
    feed = follow(store)
    store.feeds.pass_over(feed, [(b"a",)], NOW)
    store.feeds.not_loaded(feed, (b"a",), NOW)
    assert store.feeds.new_of(feed, [(b"a",)]) == [True]
    store.feeds.succeeded(feed, Polled(), now=NOW, next_at=NOW, chat="feeds", load=LOAD, keys=[(b"a",)])
    store.feeds.loaded(feed, NOW)
    assert store.feeds.new_of(feed, [(b"a",)]) == [False]


def test_articles_a_day(store: Store) -> None:
    """The rate is that of the last week, or of the time that the feed is followed."""
    feed = follow(store)
    for hours in range(0, 24 * 14, 6):
        store.feeds.loaded(feed, NOW + hours * HOUR)
        if hours == 18:
            assert rate(store, feed, NOW + 18 * HOUR) == 4
    assert rate(store, feed, NOW + timedelta(days=14) - HOUR) == pytest.approx(4, abs=0.1)


def rate(store: Store, feed: int, now: datetime) -> float:
    """The articles that a feed brings a day."""
    found = store.feeds.one(feed, now)
    assert found
    return found.a_day


def test_forgetting(store: Store, path: Path) -> None:
    """What was not met for a quarter of a year, loads that are over, and old counts do not pile up."""
    feed = follow(store)
    job = store.feeds.succeeded(feed, Polled(), now=NOW, next_at=NOW, chat="feeds", load=LOAD, keys=[(b"a",), (b"b",)])
    assert job
    loaded = store.job(job)
    assert loaded
    for item in loaded.items:
        store.set_item(item.id, JobState.DONE, "Loaded.")
    store.finish_job(job)
    store.feeds.loaded(feed, NOW)
    for days in (30, 60, 120):
        later = NOW + timedelta(days=days)
        store.feeds.pass_over(feed, [(b"a",)], later)
        store.feeds.succeeded(feed, Polled(), now=datetime.now(UTC) + timedelta(days=days), next_at=later)
    assert store.feeds.new_of(feed, [(b"a",), (b"b",)]) == [False, True]
    assert store.job(job) is None
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM feed_days").fetchone() == (0,)


def test_a_huge_feed_holds_up_nobody(store: Store) -> None:
    """Ten thousand items with three names each are kept in steps, none of which takes long, and are looked up fast."""
    feed = follow(store)
    items = [tuple(f"{kind}{number:>20}".encode() for kind in "glt") for number in range(10_000)]
    store.feeds.pass_over(feed, items, NOW)
    began = time.monotonic()
    assert not any(store.feeds.new_of(feed, items))
    store.feeds.pass_over(feed, items, NOW)
    assert time.monotonic() - began < 3


def test_what_admins_are_told_is_told_until_it_was(store: Store) -> None:
    """A sentence for admins waits over a restart, and is told once."""
    feed = follow(store)
    store.feeds.stop(feed, FeedState.GONE, "The site says that it is gone.", now=NOW)
    store.feeds.stop(feed, FeedState.GONE, "Again.", now=NOW)
    assert [each.untold for each in store.feeds.untold(NOW)] == ["The site says that it is gone."]
    store.feeds.told(feed, "It does not answer.")
    assert store.feeds.untold(NOW) != []  # what was told was something else, before this came up
    store.feeds.told(feed, "The site says that it is gone.")
    assert store.feeds.untold(NOW) == []


def test_dropping_a_feed_forgets_it_whole(store: Store, path: Path) -> None:
    """Nothing of a feed stays behind; following it again begins anew."""
    feed = follow(store)
    store.feeds.pass_over(feed, [(b"a",)], NOW)
    store.feeds.loaded(feed, NOW)
    assert store.feeds.drop(feed)
    assert not store.feeds.drop(feed)
    store.feeds.loaded(feed, NOW)
    store.feeds.pass_over(feed, [(b"a",)], NOW)
    store.feeds.not_loaded(feed, (b"a",), NOW)
    with raw(path) as db:
        assert [db.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("feed_items", "feed_days")] == [
            (0,),
            (0,),
        ]
