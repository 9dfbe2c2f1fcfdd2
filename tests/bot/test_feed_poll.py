"""Polls against a real server: they are polite, bring what is new once, and outlast whatever a feed does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot import feed_poll
from bot.settings import ROOT
from ingest import feeds
from store import Store
from store.feed_rows import FeedState
from tests.bot.feeding import NOW, Reader, gives_feed, item, rss
from tests.ingest.sites import WebSite, running

XML = "application/rss+xml"


@pytest.fixture
async def site() -> AsyncIterator[WebSite]:
    """A site that listens."""
    async with running() as made:
        yield made


@pytest.fixture
def reader(site: WebSite, tmp_path: Path) -> Reader:
    """Who polls its feed, with a store of its own."""
    return Reader(Store.open(tmp_path / "bot.db"), site)


async def test_only_what_is_new(reader: Reader, site: WebSite) -> None:
    """The first poll brings what is there, the oldest first, later ones what was added; none brings anything twice."""
    gives_feed(site, ["b", "a"])
    reader.follows()
    assert await reader.polls() == ["Bridge a", "Bridge b"]
    assert await reader.polls() == []
    assert await reader.polls_after(hours=2) == []
    gives_feed(site, ["c", "b", "a"])
    assert await reader.polls_after(hours=2) == ["Bridge c"]
    assert site.asked == ["/feed"] * 3
    feed = reader.feed()
    assert (feed.title, feed.site, feed.error) == ("Norrvik Courier", site.link("/"), "")
    assert feed.succeeded_at == reader.now


async def test_conditional_requests_are_verbatim(reader: Reader, site: WebSite) -> None:
    """What the server sent comes back letter for letter, however odd; 304 counts as a success."""
    etag, modified = 'W/"a,b;  \\"c"-gzip', "yesterday, about noon"
    gives_feed(site, ["a"], ETag=etag, Last_Modified=modified)
    reader.follows()
    await reader.polls()
    assert "If-None-Match" not in site.heads[0]
    assert "If-Modified-Since" not in site.heads[0]
    site.now_gives("/feed", status=304)
    assert await reader.polls_after(hours=2) == []
    assert (site.heads[1]["If-None-Match"], site.heads[1]["If-Modified-Since"]) == (etag, modified)
    assert (reader.feed().etag, reader.feed().succeeded_at) == (etag, reader.now)
    await reader.polls_after(hours=2)
    assert site.heads[2]["If-None-Match"] == etag


async def test_validators_that_cannot_be_sent(reader: Reader, site: WebSite) -> None:
    """Control characters and endless values are not kept, and those of an answer that was no feed neither."""
    gives_feed(site, ["a"], ETag="x" * 5_000, Last_Modified="\x7f")
    reader.follows()
    await reader.polls()
    site.now_gives("/feed", "<html>Down</html>", ETag='"down"')
    await reader.polls_after(hours=2)
    await reader.polls_after(hours=5)
    assert not any("If-None-Match" in head or "If-Modified-Since" in head for head in site.heads)
    assert reader.feed().error == "It is a web page, not a feed."


async def test_a_body_that_did_not_change_is_not_read(
    reader: Reader, site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers without ETags cost a request, not a reading."""
    gives_feed(site, ["a"])
    reader.follows()
    await reader.polls()
    monkeypatch.setattr(feeds, "read", lambda *_, **__: pytest.fail("it was read"))
    await reader.polls_after(hours=2)
    assert reader.feed().error == ""


async def test_back_off(reader: Reader, site: WebSite) -> None:
    """A feed that fails is asked later and later, with the error kept, and at once at its pace when it works again."""
    site.gives("/feed", status=500)
    reader.follows()
    waits = []
    for _ in range(9):
        await reader.polls()
        waits.append(reader.feed().next_at - reader.now)
        reader.now = reader.feed().next_at
    hour = timedelta(hours=1)
    assert all(earlier <= later for earlier, later in pairwise(waits[:5]))
    assert hour <= waits[0] <= 1.3 * hour
    assert 24 * hour <= waits[-1] <= 30 * hour
    assert (reader.feed().failures, reader.feed().error) == (9, "The site answered 500 (Internal Server Error).")
    gives_feed(site, ["a"])
    assert await reader.polls() == ["Bridge a"]
    assert reader.feed().next_at - reader.now <= 1.2 * hour
    assert (reader.feed().failures, reader.feed().error, reader.feed().failing_since) == (0, "", None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [True, False])
async def test_retry_after(reader: Reader, site: WebSite, status: int, dated: bool) -> None:
    """A server's pause is kept to, in seconds or as a date."""
    until = NOW + timedelta(hours=7)
    value = format_datetime(until, usegmt=True) if dated else str(7 * 3600)
    site.gives("/feed", status=status, Retry_After=value)
    reader.follows()
    await reader.polls()
    assert reader.feed().next_at >= until
    await reader.polls_after(hours=6.9)
    assert len(site.asked) == 1


async def test_gone(reader: Reader, site: WebSite) -> None:
    """410 ends the polls for good, and leaves one sentence for the admins."""
    gives_feed(site, ["a"])
    reader.follows()
    await reader.polls()
    site.now_gives("/feed", status=410)
    await reader.polls_after(hours=2)
    await reader.polls_after(days=30)
    assert len(site.asked) == 2
    assert reader.feed().state is FeedState.GONE
    assert [each.untold for each in reader.store.feeds.untold(reader.now)] == [feed_poll.GONE]


@pytest.mark.parametrize(("status", "kept"), [(301, "/new"), (308, "/new"), (302, "/feed"), (307, "/feed")])
async def test_moving(reader: Reader, site: WebSite, status: int, kept: str) -> None:
    """An address that moved for good is taken over once there is a feed; a detour is not."""
    gives_feed(site, ["a"])
    reader.follows()
    await reader.polls()
    site.now_gives("/feed", status=status, Location="/new")
    site.gives("/new", status=404)
    await reader.polls_after(hours=2)
    assert reader.feed().url == site.link("/feed")
    site.now_gives("/new", rss(item("b"), item("a")), Content_Type=XML)
    assert await reader.polls_after(hours=9) == ["Bridge b"]
    assert reader.feed().url == site.link(kept)


async def test_a_chain_of_moves(reader: Reader, site: WebSite) -> None:
    """Only the part of the way that is for good is taken over."""
    site.gives("/feed", status=301, Location="/new")
    site.gives("/new", status=302, Location="/today")
    site.gives("/today", rss(item("a")), Content_Type=XML)
    reader.follows()
    await reader.polls()
    assert reader.feed().url == site.link("/new")


async def test_moving_to_a_feed_that_is_followed(reader: Reader, site: WebSite) -> None:
    """Two feeds that become one are polled once."""
    gives_feed(site, ["a"])
    reader.follows()
    reader.follows("/old")
    site.gives("/old", status=301, Location="/feed")
    await reader.polls()
    assert [each.state for each in reader.store.feeds.every(reader.now)] == [FeedState.GONE, FeedState.FOLLOWED]
    assert "is followed already" in reader.store.feeds.untold(reader.now)[0].untold


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "The feed is empty: nothing at all was sent."),
        ("<!doctype html><html></html>", "It is a web page, not a feed."),
        ("words", "It is not a feed."),
        ("x" * 5_000_001, "It is larger than 5 MB."),
    ],
)
async def test_what_is_no_feed(reader: Reader, site: WebSite, body: str, said: str) -> None:
    """The error is kept in one plain sentence, and nothing is loaded."""
    site.gives("/feed", body, Content_Type=XML)
    reader.follows()
    assert await reader.polls() == []
    assert (reader.feed().error, reader.feed().succeeded_at) == (said, None)


async def test_an_empty_feed_works(reader: Reader, site: WebSite) -> None:
    """A feed without items is a success; its first items count as the newest of a first poll no more."""
    site.gives("/feed", rss(), Content_Type=XML)
    reader.follows()
    assert await reader.polls() == []
    assert reader.feed().error == ""
    gives_feed(site, [f"{n:02}" for n in range(20)])
    assert len(await reader.polls_after(hours=2)) == 20


async def test_a_big_feed(reader: Reader, site: WebSite) -> None:
    """The first poll brings the newest ten; what is passed over is not brought later."""
    dated = [item(f"{n}", pubDate=f"{n % 28 + 1} Feb 2026 {n % 24}:{n % 60}:00 GMT") for n in range(1_000)]
    site.gives("/feed", rss(*dated), Content_Type=XML)
    reader.follows()
    first = await reader.polls()
    assert len(first) == feed_poll.MOST_FIRST
    site.now_gives("/feed", rss(*dated, item("new", pubDate="1 Mar 2026 09:00:00 GMT")), Content_Type=XML)
    assert await reader.polls_after(hours=2) == ["Bridge new"]


async def test_a_flood(reader: Reader, site: WebSite) -> None:
    """A later poll brings at most a hundred items."""
    gives_feed(site, ["a"])
    reader.follows()
    await reader.polls()
    site.now_gives("/feed", rss(*(item(f"n{n}") for n in range(500))), Content_Type=XML)
    assert len(await reader.polls_after(hours=2)) == feed_poll.MOST_LATER
    site.now_gives("/feed", rss(*(item(f"n{n}") for n in range(500)), item("last")), Content_Type=XML)
    assert await reader.polls_after(hours=2) == ["Bridge last"]


@pytest.mark.parametrize("field", ["guid", "link", "both"])
async def test_new_names_at_each_poll(reader: Reader, site: WebSite, field: str) -> None:
    """A feed that renames all its items at each poll brings only those whose titles are new."""

    def feed(poll: int, names: list[str]) -> str:
        guid = {"guid": f"{poll}-{{}}"} if field != "link" else {}
        link = {"link": f"/s/{poll}/{{}}"} if field != "guid" else {}
        fields = [{key: value.format(name) for key, value in (guid | link).items()} for name in names]
        return rss(*(item(name, **given) for name, given in zip(names, fields, strict=True)))

    names = [f"{n}" for n in range(8)]
    reader.follows()
    for poll in range(4):
        site.now_gives("/feed", feed(poll, names), Content_Type=XML)
        assert len(await reader.polls_after(hours=2)) == (8 if poll == 0 else 0)
    site.now_gives("/feed", feed(9, ["new", *names]), Content_Type=XML)
    assert await reader.polls_after(hours=2) == ["Bridge new"]
    assert reader.feed().renamed == (4 if field == "both" else 0)


async def test_a_fast_feed_is_no_renamed_one(reader: Reader, site: WebSite) -> None:
    """An agency whose whole feed is new each hour is loaded whole."""
    reader.follows()
    for poll in range(4):
        gives_feed(site, [f"{poll}-{n}" for n in range(9)])
        assert len(await reader.polls_after(hours=2)) == 9
    assert reader.feed().renamed == 0


async def test_the_feeds_own_pace(reader: Reader, site: WebSite) -> None:
    """A feed that asks for half a day is asked twice a day, also after a 304."""
    site.gives("/feed", rss(item("a")).replace("<item>", "<ttl>720</ttl><item>", 1), Content_Type=XML)
    site.gives("/feed", status=304)
    reader.follows()
    await reader.polls()
    for _ in range(3):
        assert timedelta(hours=12) <= reader.feed().next_at - reader.now <= timedelta(hours=13.3)
        reader.now = reader.feed().next_at
        await reader.polls()


async def test_three_days_of_failure_are_told_once(reader: Reader, site: WebSite) -> None:
    """Admins hear of a feed that does not come back, once."""
    site.gives("/feed", status=404)
    reader.follows()
    told = []
    for _ in range(12):
        await reader.polls()
        for each in reader.store.feeds.untold(reader.now):
            told.append((each.untold, reader.now - NOW))
            reader.store.feeds.told(each.id, each.untold)
        reader.now = reader.feed().next_at
    ((words, after),) = told
    assert words == "It has failed for 3 days: The site answered 404 (Not Found)."
    assert timedelta(days=3) <= after <= timedelta(days=5)


async def test_no_private_address(tmp_path: Path, site: WebSite) -> None:
    """Without the tests' permission a feed on the machine itself is not reached, under any spelling."""
    from ingest.visits import Visits

    reader = Reader(Store.open(tmp_path / "other.db"), site)
    reader.poller = feed_poll.Poller(reader.store, Visits(reader.store.robots, spacing=0), "terminal")
    for host in ("127.0.0.1", "localhost", "0x7f.1", "2130706433"):
        reader.store.feeds.follow(f"http://{host}:{site.port}/feed", by="7", now=NOW)
    await reader.polls()
    assert site.asked == []
    assert all(each.error and not each.succeeded_at for each in reader.store.feeds.every(NOW))


async def test_a_feed_that_is_dropped_while_it_is_polled(reader: Reader, site: WebSite) -> None:
    """Nothing comes of it, and nothing fails."""
    gives_feed(site, ["a"])
    feed = reader.follows()
    claimed = await reader.poller.next_due()
    assert claimed
    reader.store.feeds.drop(feed.id)
    assert await reader.poller.poll(claimed) is None
    assert reader.store.open_jobs() == []


KILLED = """
import asyncio, os, sys
from pathlib import Path
from bot import feed_poll
from store import Store, feed_items, jobs
from tests.bot.feeding import Reader
from tests.ingest.sites import WebSite

where, port, when = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
module, name = {"made": (jobs, "release"), "passed over": (feed_items, "know"), "read": (jobs, "make")}[when]

def die(*_, **__):
    os.kill(os.getpid(), 9)

setattr(module, name, die)
reader = Reader(Store.open(where), WebSite(port))
reader.follows()
asyncio.run(reader.polls())
"""


@pytest.mark.parametrize("when", ["read", "passed over", "made"])
async def test_kill_in_mid_poll(site: WebSite, tmp_path: Path, when: str) -> None:
    """Wherever a poll is killed, the next one brings each item once, and none is lost."""
    import asyncio

    gives_feed(site, [f"{n:02}" for n in range(15)], ETag='"1"')
    path = tmp_path / "killed.db"
    command = [sys.executable, "-c", KILLED, str(path), str(site.port), when]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, env=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with Store.open(path) as store:
        reader = Reader(store, site)
        assert store.open_jobs() == []
        assert await reader.polls() == []  # the one that died has it for some minutes
        assert await reader.polls_after(minutes=11) == [f"Bridge {n:02}" for n in reversed(range(10))]
        assert await reader.polls_after(hours=2) == []
        assert len(store.open_jobs()) == 1
        assert store.verify() == []
