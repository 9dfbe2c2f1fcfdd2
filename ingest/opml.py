"""Lists of feeds as every reader of feeds keeps them (OPML 1.0 and 2.0), also broken ones."""

from __future__ import annotations

from typing import NamedTuple

from ingest.errors import IngestError
from ingest.feeds import link_of, plain

MOST_FEEDS = 1_000
LARGEST_BYTES = 5_000_000


class Outline(NamedTuple):
    """One feed of a list."""

    url: str
    title: str
    site: str | None


def read(content: bytes) -> list[Outline]:
    """The feeds of a list, each once, in whatever folders they stand. Raises IngestError where there are none."""
    from lxml import etree  # type: ignore[import-untyped]

    if len(content) > LARGEST_BYTES:
        raise IngestError(f"It is larger than {LARGEST_BYTES // 1_000_000} MB.")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        raise IngestError("It is not a list of feeds (OPML).")
    found: dict[str, Outline] = {}
    for element in tree.iter("{*}outline"):
        given = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        url = link_of(_scheme(given.get("xmlurl", "")), None)
        if url is not None and len(found) < MOST_FEEDS:
            title = plain(given.get("title") or given.get("text") or "")
            found.setdefault(url, Outline(url, title, link_of(given.get("htmlurl"), None)))
    if not found:
        raise IngestError("The list names no feed.")
    return list(found.values())


def _scheme(url: str) -> str:
    """Old lists write ``feed://`` where they mean http, and ``feed:https://``."""
    if url.lower().startswith("feed://"):
        return "http://" + url[7:]
    return url[5:] if url.lower().startswith("feed:") else url
