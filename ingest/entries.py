"""An item of a feed on its way into the store: what it is known by, what it carries, and the article in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest import html, plain_text
from ingest.errors import IngestError
from ingest.feeds import Entry, Feed, words_of
from ingest.page_facts import site_of
from ingest.worker import Work
from store.model import Article

KEY_BYTES = 16
_TRACKING = re.compile(r"utm_.*|at_(?:medium|campaign)|fbclid|gclid|mc_[ce]id|ref|cmpid|cmp|ns_campaign", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with where it comes from; ``feed`` is the id of a followed feed, ``keys`` what the item is known by."""

    entry: Entry
    feed_url: str | None = None
    outlet: str | None = None
    feed: int | None = None
    keys: tuple[bytes, ...] = ()

    def work(self) -> Work:
        """The same as work, and as what a load keeps."""
        given = asdict(self.entry) | {
            "published": self.entry.published.isoformat() if self.entry.published else None,
            "content": self.entry.content if self.entry.full else "",
        }
        row = {
            "entry": given,
            "feed_url": self.feed_url,
            "outlet": self.outlet,
            "feed": self.feed,
            "keys": [key.hex() for key in self.keys],
        }
        return Work(kind="entry", content=json.dumps(row).encode(), source=self.feed_url or "")

    @classmethod
    def of(cls, content: bytes) -> Item:
        """What ``work`` made. Raises ValueError for anything else."""
        row = json.loads(content)
        given = row["entry"]
        moment = datetime.fromisoformat(given["published"]) if given["published"] else None
        entry = Entry(**(given | {"published": moment, "authors": tuple(given["authors"])}))
        return cls(entry, row["feed_url"], row["outlet"], row["feed"], tuple(map(bytes.fromhex, row["keys"])))


def items_of(feed: Feed, feed_url: str | None, feed_id: int | None = None) -> list[Item]:
    """The items of a feed that have a link or a full text, each once, with what they are known by.

    A name that several items share, such as the address of the site, tells none of them apart and is no key.
    The feed's title counts as the outlet only where the item's link is of the feed's own site.
    """
    guids = Counter(guid for guid, _ in {(each.guid, each.link) for each in feed.entries})
    links = Counter(_bare(link) for _, link in {(each.guid, each.link) for each in feed.entries} if link)
    found, seen = list[Item](), set[bytes]()
    for entry in feed.entries:
        if not entry.link and not entry.full:
            continue
        names = [f"g{entry.guid}"] if entry.guid and guids[entry.guid] == 1 else []
        names += [f"l{_bare(entry.link)}"] if entry.link and links[_bare(entry.link)] == 1 else []
        names += _described(entry) if entry.published or entry.content or not names else []
        keys = tuple(map(_key, names))
        if not seen.intersection(keys):
            outlet = feed.title if feed.title and is_own(entry.link, feed, feed_url) else None
            found.append(Item(entry, feed_url, outlet, feed_id, keys))
        seen.update(keys)
    return found


def names_of(item: Item) -> tuple[bytes, ...]:
    """What shows that an item is an old one under new names: its title alone, which other items may have too."""
    words = item.entry.title or item.entry.content[:500]
    return (_key(f"n{words}"),) if words else ()


def is_own(link: str | None, feed: Feed, feed_url: str | None) -> bool:
    """Whether a link is of the site that the feed is of; lists of other sites' articles have their links elsewhere."""
    return link is None or site_of(link) in {site_of(each) for each in (feed.site, feed_url) if each}


def _key(name: str) -> bytes:
    return hashlib.sha256(name.encode(errors="replace")).digest()[:KEY_BYTES]


def _bare(link: str) -> str:
    """A link without what only says who passed it on."""
    parts = urlsplit(link)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]
    return urlunsplit(("", parts.netloc.lower(), parts.path.rstrip("/"), urlencode(query), ""))


def _described(entry: Entry) -> list[str]:
    """Title and date, or title and text: what an item is known by where a feed gives new names at each poll."""
    when = (
        entry.published.isoformat()
        if entry.published
        else hashlib.sha256(entry.content.encode(errors="replace")).hexdigest()
    )
    return [f"t{entry.title}\n{when}"] if entry.title or entry.content else []


def clean(content: bytes, *, source: str = "") -> Article:
    """The article that stands in a feed itself. Raises IngestError."""
    item = Item.of(content)
    entry = item.entry
    if not entry.content:
        raise IngestError("The feed has no full text of it.")
    if "<" in entry.content:
        stated = f"<html lang='{escape(entry.language or '')}'><head><title>{escape(entry.title)}</title></head>"
        page = f"{stated}<body><article><h1>{escape(entry.title)}</h1>{entry.content}</article></body></html>"
        article = html.clean(page, source=source, url=entry.link)
    else:
        article = plain_text.clean(entry.content, source=source, headline=entry.title)
    return completed(replace(article, headline=entry.title or article.headline, outlet=None, url=entry.link), item)


def completed(article: Article, item: Item) -> Article:
    """The article with what its feed states where it states nothing itself; its text stays as it is."""
    entry = item.entry
    return replace(
        article,
        outlet=article.outlet or item.outlet,
        authors=article.authors or entry.authors,
        published=article.published or entry.published,
        source=article.source or item.feed_url or "",
    )


def is_richer(item: Item, article: Article) -> bool:
    """Whether the feed has much more of an article than its page, which may show a beginning only."""
    return item.entry.full and words_of(item.entry.content) > 2 * words_of(article.body)
