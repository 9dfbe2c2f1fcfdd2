"""Feeds in Telegram: followed, listed, imported and exported by admins, and loaded while everything else goes on."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot.feeding import gives_feed, until
from tests.bot.working import ADMIN, READER
from tests.ingest.sites import WebSite
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import World

pytestmark = pytest.mark.usefixtures("sites_at_home")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feed_jobs.TICK_SECONDS", 0.1)


async def test_following_in_a_chat(world: World, site: WebSite) -> None:
    """/feeds add shows what became of it; articles come in silently, and /feeds tells how the feed is."""
    site.gives("/", '<link rel="alternate" type="application/rss+xml" href="/feed"><body>x</body>')
    gives_feed(site, ["north", "south"])
    admin = Person(world, ADMIN)
    message = await admin.asks(f"/feeds add {site.link('/')}")
    await admin.waits(lambda: "is followed now; its newest 2 items" in message["text"])
    before = len(admin.seen())
    await until(lambda: "/story/south" in site.asked)
    listed = await admin.asks("/feeds")
    assert "Norrvik Courier" in listed["text"]
    assert "last success just now" in listed["text"]
    assert len(admin.seen()) == before + 1
    shown = await admin.asks("/feeds 1")
    await admin.taps(shown, "Pause")
    await admin.waits(lambda: any("Paused: Norrvik Courier" in each["text"] for each in admin.seen()))


async def test_lists_in_a_chat(world: World, site: WebSite) -> None:
    """A list with the caption /feeds import is followed, and /feeds export sends one back as a document."""
    gives_feed(site, ["north"])
    admin = Person(world, ADMIN)
    listed = f'<opml><body><outline text="Norrvik" xmlUrl="{site.link("/feed")}"/></body></opml>'
    await admin.uploads("feeds.opml", listed.encode(), "/feeds import")
    (message,) = await admin.sees(1)
    await admin.waits(lambda: "1 feed of the list is followed now" in message["text"])
    await until(lambda: "/story/north" in site.asked)
    await admin.writes("/feeds export")
    await admin.waits(lambda: any("document" in each for each in admin.seen()))
    (sent,) = [each["document"] for each in admin.seen() if "document" in each]
    assert sent["file_name"] == "feeds.opml"


async def test_loading_a_feed_in_a_chat(world: World, site: WebSite) -> None:
    """/load with a feed's link, and a feed as an upload, load its articles once."""
    gives_feed(site, ["north", "south"])
    admin = Person(world, ADMIN)
    message = await admin.asks(f"/load {site.link('/feed')}")
    await admin.waits(lambda: "2 of 2 articles are loaded" in message["text"])
    assert "No feeds are followed." in (await admin.asks("/feeds"))["text"]


async def test_a_feed_that_is_gone(world: World, site: WebSite) -> None:
    """Every admin is told once, in private, and buttons lead to the feed."""
    gives_feed(site, ["north"])
    site.gives("/feed", status=410)
    admin = Person(world, ADMIN)
    message = await admin.asks(f"/feeds add {site.link('/feed')}")
    await admin.waits(lambda: "is followed now" in message["text"])
    await admin.writes("/feeds resume 1")
    await admin.waits(lambda: any("A feed has ended" in each.get("text", "") for each in admin.seen()))
    (told,) = [each for each in admin.seen() if "A feed has ended" in each.get("text", "")]
    assert "gone for good (410)" in told["text"]
    assert "This feed" in buttons(told)
    await asyncio.sleep(0.5)
    assert sum("A feed has ended" in each.get("text", "") for each in admin.seen()) == 1


async def test_readers(world: World) -> None:
    """Readers neither see nor follow feeds, also by an upload or a forged button."""
    reader = Person(world, READER)
    assert "Only admins" in (await reader.asks("/feeds"))["text"]
    await reader.uploads("feeds.opml", b"<opml/>", "/feeds import")
    await reader.sees(2)
    assert "Only admins" in reader.seen()[-1]["text"]
    assert "feeds" not in {each["command"] for each in world.commands["all_private_chats:"]}
