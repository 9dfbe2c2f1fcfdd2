"""Visits keep to what a site's robots.txt allows and to its pace, with what it said kept for a day."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from ingest import robots
from ingest.errors import IngestError
from ingest.fetch import AGENT, NAME
from ingest.robots import Rules
from ingest.visits import Visits
from tests.ingest.sites import WebSite, only_home, running

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Kept = tuple[str | None, datetime, datetime | None]


class Memory:
    """Rules that are kept as a store keeps them."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def rules(self, host: str) -> Kept | None:
        """What is kept of a host."""
        return self.kept.get(host)

    def keep_rules(self, host: str, text: str | None, asked_at: datetime, failing_since: datetime | None) -> None:
        """Keep it."""
        self.kept[host] = (text, asked_at, failing_since)


class Guest:
    """Visits with a clock that tests turn."""

    def __init__(self, spacing: float = 0.0) -> None:
        self.now = NOW
        self.memory = Memory()
        self.visits = Visits(self.memory, spacing=spacing, allowed=only_home, clock=lambda: self.now)

    async def comes(self, site: WebSite, path: str = "/a") -> str:
        """What a visit to a page ends with: "in", or why not."""
        try:
            await self.visits.page(site.link(path))
        except IngestError as error:
            return str(error)
        return "in"


FORBIDDEN = "The site's robots.txt does not allow programs to fetch this page."


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/open", "/news/open/1", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: News-Discussion-Bot\nAllow: /", "/x", True),
        (
            f"User-agent: {NAME}\nDisallow: /a\n\nUser-agent: x\nAllow: /\n\nUser-agent: {NAME}\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: *\n\nDisallow: /a", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\rDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /ツ", "/%E3%83%84", False),
        ("<html><body>Not found</body></html>", "/a", True),
        ("\0\1\2\3" * 99, "/a", True),
        ("", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    """RFC 9309: the longest rule of all groups that name the bot counts, else those for everybody."""
    response_text = robots._text(text.encode())
    assert Rules(response_text, NOW).allows(f"https://a.example{path}", NOW) is allowed


@pytest.mark.parametrize(
    ("stated", "seconds"), [("5", 5.0), ("0.5", 0.5), ("-5", 0.0), ("x", 0.0), ("9999999", 60.0), ("inf", 0.0)]
)
def test_delays(stated: str, seconds: float) -> None:
    """The pause that a site asks for is kept to, up to a minute."""
    assert Rules(f"User-agent: *\nCrawl-delay: {stated}", NOW).delay() == seconds


def test_hostile_rules_take_no_time() -> None:
    """Patterns that make other matchers run for ever, and half a megabyte of rules, are read at once."""
    began = time.monotonic()
    for text in ("User-agent: *\nDisallow: /" + "*a" * 2_000 + "b", "User-agent: *\n" + "Disallow: /x*y\n" * 30_000):
        Rules(robots._text(text.encode()), NOW).allows("https://a.example/" + "a" * 3_900, NOW)
    assert time.monotonic() - began < 5


async def test_pages_are_asked_for_where_allowed_only() -> None:
    """A forbidden page is not asked for; robots.txt is, once a day, by a program that says its name."""
    async with running() as site:
        site.gives("/robots.txt", "User-agent: *\nDisallow: /secret", Content_Type="text/plain")
        site.gives("/a", "x")
        guest = Guest()
        assert [await guest.comes(site, path) for path in ("/a", "/secret/b", "/a")] == ["in", FORBIDDEN, "in"]
        assert site.asked == ["/robots.txt", "/a", "/a"]
        assert {head["User-Agent"] for head in site.heads} == {AGENT}
        guest.now += DAY
        await guest.comes(site)
        assert site.asked.count("/robots.txt") == 2


async def test_a_redirect_does_not_lead_around_the_rules() -> None:
    """Each address on the way is judged."""
    async with running() as site:
        site.gives("/robots.txt", "User-agent: *\nDisallow: /secret")
        site.gives("/a", status=302, Location="/secret")
        assert await Guest().comes(site) == FORBIDDEN
        assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "in"), (403, "in"), (401, "in"), (500, "not"), (503, "not"), (429, "not")]
)
async def test_no_rules_and_no_answer(status: int, outcome: str) -> None:
    """A site without the file lets everybody in; one that cannot answer now is left alone."""
    async with running() as site:
        site.gives("/robots.txt", status=status)
        site.gives("/a", "x")
        assert (await Guest().comes(site)).startswith(outcome if outcome == "in" else "The site's robots.txt could not")


async def test_a_site_that_cannot_answer_keeps_its_rules() -> None:
    """The old rules hold, the site is asked again after an hour, and after a month it is taken to have none."""
    async with running() as site:
        site.gives("/robots.txt", "User-agent: *\nDisallow: /secret")
        site.gives("/robots.txt", status=500)
        site.gives("/a", "x")
        site.gives("/secret", "x")
        guest = Guest()
        assert await guest.comes(site) == "in"
        for hours, asked in ((24, 2), (24.5, 2), (25.1, 3)):
            guest.now = NOW + timedelta(hours=hours)
            assert await guest.comes(site, "/secret") == FORBIDDEN
            assert site.asked.count("/robots.txt") == asked
        guest.now = NOW + timedelta(days=40)
        assert "could not be had" in await Guest().comes(site, "/secret")
        assert await guest.comes(site, "/secret") == "in"


async def test_a_site_that_is_not_there() -> None:
    """No connection is no permission."""
    async with running() as site:
        pass
    assert "could not be had" in await Guest().comes(site)


async def test_spacing() -> None:
    """Two requests at one host are apart also when they are made at once; those at another host are not held up."""
    async with running() as site, running() as other:
        for each in (site, other):
            each.gives("/a", "x")
        guest, began = Guest(spacing=0.2), time.monotonic()
        await asyncio.gather(*(guest.visits.feed(site.link("/a")) for _ in range(4)))
        assert 0.6 <= time.monotonic() - began < 2
        began = time.monotonic()
        await guest.visits.feed(other.link("/a"))
        assert time.monotonic() - began < 0.2


async def test_a_site_may_ask_for_more() -> None:
    """The pause that robots.txt asks for is kept to between pages, and waiting is not the site's fault."""
    async with running() as site:
        site.gives("/robots.txt", "User-agent: *\nCrawl-delay: 0.3")
        site.gives("/a", "x")
        guest, began = Guest(), time.monotonic()
        assert [await guest.comes(site) for _ in range(3)] == ["in"] * 3
        assert 0.6 <= time.monotonic() - began < 3


async def test_the_guard_stands_before_it_all() -> None:
    """A feed cannot name the machine's own pages."""
    async with running() as site:
        visits = Visits(Memory(), spacing=0)
        for visit in (visits.feed, visits.page, visits.link):
            with pytest.raises(IngestError):
                await visit(site.link("/a"))
        assert site.asked == []
