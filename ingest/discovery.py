"""Finds the feeds that a site's page names; where it names none, nothing is tried but a few customary places."""

from __future__ import annotations

from urllib.parse import urljoin

from ingest.encoding import decode
from ingest.feeds import link_of
from ingest.markup import Element

TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"))
CUSTOMARY = ("feed", "rss.xml", "feed.xml", "atom.xml")
"""Asked for in this order, with pauses, until one answers with a feed."""

MOST = 20


def links_in(page: bytes, url: str, charset: str | None = None) -> list[str]:
    """The feeds that a page names, its own first: those of comments last, each once."""
    import trafilatura

    text = decode(page, charset)
    tree = trafilatura.load_html(text) if text.strip() else None
    if tree is None:
        return []
    base = _base(tree, url)
    found: dict[str, bool] = {}
    for each in tree.iter("link", "a"):
        words, link = _rel(each), link_of(each.get("href"), base)
        typed = (each.get("type") or "").split(";")[0].strip().lower()
        if link and "alternate" in words and (typed in TYPES or "feed" in words):
            found.setdefault(link, "comment" in f"{each.get('title') or ''} {link}".lower())
    return sorted(found, key=lambda link: found[link])[:MOST]


def customary(url: str) -> list[str]:
    """Where feeds customarily are on a site."""
    return [urljoin(url, f"/{name}") for name in CUSTOMARY]


def _rel(element: Element) -> list[str]:
    return (element.get("rel") or "").lower().split()


def _base(tree: Element, url: str) -> str:
    base = next((each.get("href") for each in tree.iter("base") if each.get("href")), None)
    return link_of(base, url) or url
