"""Lists of feeds, and the feeds that a site's page names."""

from __future__ import annotations

import pytest

from ingest import discovery, opml
from ingest.errors import IngestError

HOME = "https://norrvik.example/"


def test_a_list() -> None:
    """Feeds are found in all folders, each once, with old schemes and odd letter cases."""
    found = opml.read(
        b'<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="News">'
        b'<outline type="rss" text="A &amp; B" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/>'
        b'<outline xmlurl="feed://b.example/f"/><outline XMLURL="feed:https://c.example/f" title="C"/></outline>'
        b'<outline xmlUrl="https://a.example/f" text="again"/><outline xmlUrl="javascript:x"/><outline/></body></opml>'
    )
    assert [each.url for each in found] == ["https://a.example/f", "http://b.example/f", "https://c.example/f"]
    assert (found[0].title, found[0].site, found[2].title) == ("A & B", "https://a.example/", "C")


def test_a_broken_list() -> None:
    """A bare ampersand and a missing end do not lose the feeds; what is in another encoding is read."""
    broken = b'<opml><body><outline text="A & B" xmlUrl="https://a.example/f"/><outline xmlUrl="https://b.example/f"'
    assert opml.read(broken)[0].url == "https://a.example/f"
    named = '<?xml version="1.0" encoding="utf-16"?><opml><body><outline text="é" xmlUrl="https://a.example/"/></body></opml>'
    assert opml.read(named.encode("utf-16"))[0].title == "é"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        b"<opml/>",
        b"<html><outline></html>",
        b"\0\1\2",
        b"<opml><body><outline xmlUrl='x'/></body></opml>",
    ],
)
def test_no_list(content: bytes) -> None:
    """What names no feed is one plain sentence."""
    with pytest.raises(IngestError, match=r"feed.*\.$"):
        opml.read(content)


def test_a_hostile_list(tmp_path: object) -> None:
    """Entities stay where they are, and a list of a million feeds is cut."""
    secret = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]><opml><outline text="&j;" xmlUrl="https://a.example"/></opml>'
    assert "root" not in opml.read(secret)[0].title
    many = b"".join(b'<outline xmlUrl="https://a.example/%d"/>' % n for n in range(3_000))
    assert len(opml.read(b"<opml>" + many + b"</opml>")) == opml.MOST_FEEDS
    with pytest.raises(IngestError, match="larger"):
        opml.read(b"<opml>" + b" " * opml.LARGEST_BYTES)


def links(head: str) -> list[str]:
    """The feeds that a page with some head names."""
    return discovery.links_in(f"<!doctype html><html><head>{head}</head><body>x</body></html>".encode(), HOME)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss">', ["rss"]),
        ("<link rel=ALTERNATE type='application/atom+xml; charset=utf-8' href=atom>", ["atom"]),
        ('<link rel="alternate" type="application/feed+json" href="https://other.example/f.json">', None),
        ('<link rel="alternate feed" href="/f">', ["f"]),
        ('<base href="/deep/"><link rel="alternate" type="application/rss+xml" href="rss">', ["deep/rss"]),
        ('<link rel="alternate" hreflang="de" href="/de">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/x">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', []),
        ('<link rel="alternate" type="application/rss+xml">', []),
    ],
)
def test_discovery(head: str, found: list[str] | None) -> None:
    """A page's feeds are those that it says are alternates of a feed's kind."""
    wanted = ["https://other.example/f.json"] if found is None else [f"{HOME}{each}" for each in found]
    assert links(head) == wanted


def test_feeds_of_comments_come_last() -> None:
    """The site's own feed goes before that of what readers write below articles."""
    comments = '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
    own = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert links(comments + own + own) == [f"{HOME}feed", f"{HOME}comments/feed"]


def test_pages_that_are_none() -> None:
    """Nothing is found in nothing, and a thousand links are cut."""
    assert discovery.links_in(b"", HOME) == []
    many = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(1_000))
    assert len(links(many)) == discovery.MOST
