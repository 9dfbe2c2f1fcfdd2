"""Feeds and lists of feeds that are loaded once: each item is an article of its own, each feed its newest items."""

from __future__ import annotations

from collections.abc import Iterator

from ingest import entries, feeds, opml
from ingest.errors import IngestError
from ingest.worker import Work

MOST_OF_A_FEED = 100
"""Most items of one feed that is loaded once: with the pauses between pages they take some minutes."""

MOST_OF_A_LISTED = 10
"""The same for each feed of a list."""

MOST_LISTED = 100
"""Most feeds of a list that is loaded once; as many as wanted can be followed."""


class Remark(IngestError):  # noqa: N818 - nothing went wrong
    """What is left out of a load, without any article having failed."""


Works = Iterator[tuple[str, Work | IngestError]]


def is_one(content: bytes) -> bool:
    """Whether some bytes are a feed or a list of feeds."""
    return feeds.kind_of(content) in ("feed", "json", "opml")


def works_of(content: bytes, *, url: str | None = None, media_type: str = "", charset: str | None = None) -> Works:
    """What there is to load in a feed, or in a list of feeds, which are still to be fetched. Never raises."""
    try:
        if feeds.kind_of(content) == "opml":
            yield from _listed(opml.read(content))
        else:
            feed = feeds.read(content, url=url, media_type=media_type, charset=charset)
            yield from works_in(feed, url, MOST_OF_A_FEED)
    except IngestError as error:
        yield "", error


def works_in(feed: feeds.Feed, url: str | None, most: int) -> Works:
    """The newest items of a feed, the oldest of them first, as stories grow; tells how many are left out."""
    items = entries.items_of(feed, url)
    if not items:
        raise IngestError("The feed holds no articles.")
    for item in reversed(items[:most]):
        yield item.entry.title or item.entry.link or "item", item.work()
    if len(items) > most:
        yield "", Remark(f"{len(items) - most:,} older items of the feed are left out")


def _listed(outlines: list[opml.Outline]) -> Works:
    for outline in outlines[:MOST_LISTED]:
        yield outline.title or outline.url, Work(kind="feed", content=b"", url=outline.url)
    if len(outlines) > MOST_LISTED:
        yield "", Remark(f"{len(outlines) - MOST_LISTED:,} feeds of the list are left out")
