"""Feeds end to end: followed by a link or a list, and their articles loaded, by hand or in the background."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ingest.feeds
from analysis.document import Field
from bot import feed_jobs, job_items
from bot.feed_poll import CHAT
from bot.jobs import Loader
from handlers import feeds
from handlers.answer import Answer
from ingest.feeds import Feed
from ingest.visits import Visits
from ingest.worker import Worker
from store import Store
from store.feed_rows import FeedState
from store.model import Job, JobState
from tests.bot.feeding import gives_feed, item, page, quick, rss, until
from tests.ingest.sites import WebSite, only_home, running

LONG = " ".join(f"The {n}th paragraph of the feed itself tells of the old bridge." for n in range(20))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One reading process for all tests here."""
    with Worker(step=quick) as made:
        yield made


@pytest.fixture
async def site() -> AsyncIterator[WebSite]:
    """A site that listens."""
    async with running() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "bot.db") as opened:
        yield opened


@pytest.fixture
def loader(store: Store, worker: Worker) -> Loader:
    """What runs its loads, and may reach the site."""
    return Loader(store, worker, visits=Visits(store.robots, spacing=0, allowed=only_home))


async def run(store: Store, loader: Loader, *items: tuple[str, str, bytes], chat: str = "terminal") -> Job:
    """Make a load and run it."""
    job = await asyncio.to_thread(loader.run, store.new_job(chat, "7", items), lambda job: None)
    assert job
    return job


async def follows(store: Store, loader: Loader, link: str, chat: str = "terminal") -> str:
    """What comes of following a link."""
    return (await run(store, loader, (feeds.FOLLOW, link, link.encode()), chat=chat)).items[0].message


async def loads(store: Store, loader: Loader) -> list[str]:
    """Run the loads that wait; how each item ended."""
    found = []
    for job in store.open_jobs():
        ended = await asyncio.to_thread(loader.run, job.id, lambda job: None)
        found += [each.message for each in ended.items] if ended else []
    return found


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


async def test_following_a_site(store: Store, loader: Loader, site: WebSite) -> None:
    """A link to a site follows the feed that its page names, and the newest articles come in at once."""
    site.gives("/", '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>')
    gives_feed(site, ["b", "a"])
    told = await follows(store, loader, site.link("/"))
    assert told == "Norrvik Courier: is followed now; its newest 2 items will be loaded"
    assert await loads(store, loader) == ["Bridge a: loaded", "Bridge b: loaded"]
    assert {row.url for row in store.newest()} == {site.link("/story/a"), site.link("/story/b")}
    (feed,) = store.feeds.every(now())
    assert (feed.url, feed.a_day, feed.not_loaded) == (site.link("/feed"), 2, 0)
    assert await follows(store, loader, site.link("/feed")) == "Norrvik Courier: is followed already"
    store.feeds.pause(feed.id)
    assert await follows(store, loader, site.link("/feed")) == "Norrvik Courier: is followed again"
    assert store.feeds.every(now())[0].state is FeedState.FOLLOWED


async def test_customary_places_are_asked_for_only_where_a_page_names_none(
    store: Store, loader: Loader, site: WebSite
) -> None:
    """A site that does not tell its feed may have it where most have it; few places are tried."""
    site.gives("/", "<html><body>Welcome</body></html>")
    site.gives("/feed.xml", rss(item("a")), Content_Type="text/xml")
    assert "is followed now" in await follows(store, loader, site.link("/"))
    assert site.asked == ["/", "/feed", "/rss.xml", "/feed.xml"]
    site.now_gives("/feed.xml", status=404)
    assert "names no feed" in await follows(store, loader, site.link("/"))


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("plain words", "text/plain", "It is not a feed."),
        ("<opml><outline xmlUrl='https://a.example/f'/></opml>", "text/xml", "It is a list of feeds"),
        (
            '<link rel="alternate" type="application/rss+xml" href="/none">',
            "text/html",
            "which cannot be read: The site",
        ),
    ],
)
async def test_what_cannot_be_followed(
    store: Store, loader: Loader, site: WebSite, body: str, kind: str, said: str
) -> None:
    """Each ends in a plain sentence, and nothing is followed."""
    site.gives("/x", f"<html><head>{body}</head></html>" if kind == "text/html" else body, Content_Type=kind)
    assert said in await follows(store, loader, site.link("/x"))
    assert store.feeds.every(now()) == []


async def test_a_list(store: Store, loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds of a list are followed without being asked for at once; those known are told of."""
    content = b"<opml>" + b"".join(b'<outline xmlUrl="https://a.example/%d"/>' % n for n in range(50)) + b"</opml>"
    for told in ("50 feeds of the list are followed now", "0 feeds of the list are followed now; 50 were followed"):
        job = await run(store, loader, (feeds.LIST, "feeds.opml", content))
        assert job.items[0].message.startswith(told)
    due = sorted(each.next_at for each in store.feeds.every(now()))
    assert (due[-1] - due[0]).total_seconds() > 600
    monkeypatch.setattr(feeds, "MOST", 60)
    more = content.replace(b"a.example", b"b.example")
    job = await run(store, loader, (feeds.LIST, "feeds.opml", more))
    assert job.items[0].message.endswith("are followed now; 40 were left out, as at most 60 feeds are followed")
    job = await run(store, loader, (feeds.LIST, "feeds.opml", b"no list"))
    assert (job.items[0].state, job.items[0].message) == (JobState.FAILED, "It is not a list of feeds (OPML).")
    assert job_items.summary(job, store).heading == "No feed is followed for that."


def full(name: str, text: str = LONG) -> str:
    """An item that carries its article."""
    return item(name, description=f"<![CDATA[<p>{text}</p><p>{text}</p>]]>")


async def test_what_the_feed_carries(store: Store, loader: Loader, site: WebSite) -> None:
    """A page that robots.txt forbids, or that is not there, or has no article, is replaced by the feed's full text."""
    site.gives("/robots.txt", "User-agent: *\nDisallow: /story/secret")
    site.gives("/story/secret", page("secret"))
    site.gives("/story/script", "<html><body><div id=app></div></body></html>")
    site.gives("/story/wall", f"<html><body><h1>Bridge wall</h1><p>{LONG[:120]}</p></body></html>")
    names = ("secret", "gone", "script", "wall")
    site.gives("/feed", rss(*map(full, names), item("teaser")), Content_Type="application/rss+xml")
    await follows(store, loader, site.link("/feed"))
    teaser, *told = await loads(store, loader)
    assert told == [f"Bridge {name}: loaded" for name in reversed(names)]
    assert all(store.text(row.version_id, Field.BODY).count("feed itself") == 20 for row in store.newest())
    assert {row.url for row in store.newest()} == {site.link(f"/story/{name}") for name in names}
    assert teaser == "The site answered 404 (Not Found)."
    assert site.asked.count("/robots.txt") == 1
    assert "/story/secret" not in site.asked


async def test_a_failed_item_is_tried_at_later_polls(store: Store, loader: Loader, site: WebSite) -> None:
    """A page that was down comes in when it is back; one that never works is given up after three tries."""
    site.gives("/feed", rss(item("down"), item("never")), Content_Type="application/rss+xml", ETag='"1"')
    await follows(store, loader, site.link("/feed"))
    assert await loads(store, loader) == ["The site answered 404 (Not Found)."] * 2
    site.gives("/story/down", page("down"))
    for expected in (
        ["The site answered 404 (Not Found).", "Bridge down: loaded"],
        ["The site answered 404 (Not Found)."],
        [],
    ):
        store.feeds.resume(1, now())
        assert [feed.error for feed, _ in await feed_jobs.poll_once(store, loader, "terminal")] == [""]
        assert await loads(store, loader) == expected
    (feed,) = store.feeds.every(now())
    assert (feed.a_day, feed.not_loaded) == (1, 4)


async def test_loading_a_feed_once(store: Store, loader: Loader, site: WebSite) -> None:
    """/load with a feed's link, a feed's file or a list loads articles and follows nothing."""
    gives_feed(site, ["a", "b"])
    link = site.link("/feed").encode()
    listed = f'<opml><outline xmlUrl="{site.link("/feed")}"/><outline text="No" xmlUrl="{site.link("/no")}"/></opml>'
    saved = rss(item("c", link=site.link("/story/a")), item("d", link=site.link("/story/none")))
    job = await run(
        store,
        loader,
        ("link", "feed", link),
        ("file", "feeds.opml", listed.encode()),
        ("file", "c.xml", saved.encode()),
    )
    assert [each.message for each in job.items] == [
        "2 of 2 articles are loaded",
        "2 of 3 articles are loaded; feeds.opml, No: The site answered 404 (Not Found).",
        "1 of 2 articles are loaded; c.xml, Bridge d: The site answered 404 (Not Found).",
    ]
    assert store.stats()["articles"] == 2
    assert store.feeds.every(now()) == []


async def test_a_link_that_is_no_page(store: Store, loader: Loader, site: WebSite) -> None:
    """XML and JSON that are neither page nor feed are refused; a page that is called XML is read."""
    site.gives("/map", '<?xml version="1.0"?><urlset/>', Content_Type="application/xml")
    site.gives("/data", "{}", Content_Type="application/json")
    site.gives("/page", page("x"), Content_Type="application/xml")
    job = await run(store, loader, *(("link", path, site.link(path).encode()) for path in ("/map", "/data", "/page")))
    assert [each.message for each in job.items] == [
        "It is no article page and no feed but application/xml.",
        "It is no article page and no feed but application/json.",
        "Bridge x: loaded",
    ]


async def test_in_the_background(store: Store, loader: Loader, site: WebSite) -> None:
    """A bot that runs polls by itself, loads without telling any chat, tells admins once, and ends within a second."""
    gives_feed(site, ["a", "b"])
    site.gives("/old", status=410)
    for path in ("/feed", "/old"):
        store.feeds.follow(site.link(path), by="7", now=now())
    told: list[Answer] = []

    async def tell(answer: Answer) -> None:
        told.append(answer)

    jobs = feed_jobs.FeedJobs(store, loader, tell, tick=0.05)
    jobs.start()
    await until(lambda: store.stats()["articles"] == 2 and told)
    await asyncio.sleep(0.3)
    began = time.monotonic()
    await jobs.stop()
    assert time.monotonic() - began < 2
    assert [answer.heading for answer in told] == ["A feed has ended"]
    assert store.feeds.untold(now()) == []
    assert store.current_story(CHAT) is not None  # the newest; none was chosen for a chat that is nobody's
    assert store.stats()["chats"] == 0


async def test_a_feed_that_is_slow_to_read_holds_up_no_answers(
    store: Store, loader: Loader, site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds are read in threads of their own, not in the few that answers are worked out in."""
    gives_feed(site, ["a"])
    store.feeds.follow(site.link("/feed"), by="7", now=now())
    read, reading, go_on = ingest.feeds.read, threading.Event(), threading.Event()

    def slowly(content: bytes, **more: str) -> Feed:
        reading.set()
        go_on.wait(10)
        return read(content, **more)

    async def tell(answer: Answer) -> None:
        pytest.fail("nothing is to be told")

    monkeypatch.setattr(ingest.feeds, "read", slowly)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    jobs = feed_jobs.FeedJobs(store, loader, tell, tick=0.05)
    jobs.start()
    try:
        await until(reading.is_set)
        async with asyncio.timeout(2):
            assert (await asyncio.to_thread(store.stats))["articles"] == 0
    finally:
        go_on.set()
    await until(lambda: store.stats()["articles"] == 1)
    await jobs.stop()


async def test_a_restart_goes_on_with_a_load(store: Store, worker: Worker, site: WebSite) -> None:
    """What a stopped bot left open is loaded by the next one, without a new poll."""
    gives_feed(site, [f"{n}" for n in range(6)])
    slow = Loader(store, worker, visits=Visits(store.robots, spacing=0.4, allowed=only_home))
    store.feeds.follow(site.link("/feed"), by="7", now=now())

    async def tell(answer: Answer) -> None:
        pytest.fail("nothing is to be told")

    first = feed_jobs.FeedJobs(store, slow, tell, tick=0.05)
    first.start()
    await until(lambda: 0 < store.stats()["articles"] < 6)
    await first.stop()
    before = store.stats()["articles"]
    assert before < 6
    fast = Loader(store, worker, visits=Visits(store.robots, spacing=0, allowed=only_home))
    second = feed_jobs.FeedJobs(store, fast, tell, tick=0.05)
    second.start()
    await until(lambda: not store.open_jobs())
    await second.stop()
    assert store.stats()["articles"] == 6
    assert site.asked.count("/feed") == 1
    assert store.verify() == []


async def test_feeds_do_not_wait_for_each_other(store: Store, worker: Worker) -> None:
    """A site that asks for long pauses holds up its own articles only."""
    async with running() as slow, running() as fast:
        for each in (slow, fast):
            gives_feed(each, [f"{each.port}-{n}" for n in range(3)])
            store.feeds.follow(each.link("/feed"), by="7", now=now())
        slow.gives("/robots.txt", "User-agent: *\nCrawl-delay: 30")
        loader = Loader(store, worker, visits=Visits(store.robots, spacing=0, allowed=only_home))

        async def tell(answer: Answer) -> None:
            pytest.fail("nothing is to be told")

        jobs = feed_jobs.FeedJobs(store, loader, tell, tick=0.05)
        jobs.start()
        await until(lambda: sum(f":{fast.port}/" in (row.url or "") for row in store.newest()) == 3)
        await jobs.stop()
