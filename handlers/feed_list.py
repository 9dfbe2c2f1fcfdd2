"""Feeds as a list in OPML 2.0, the form in which readers of feeds take and give them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from store.feed_rows import Followed

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(feeds: Iterable[Followed]) -> bytes:
    """The list, in UTF-8."""
    top = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(top, "head"), "title").text = "Feeds"
    body = ElementTree.SubElement(top, "body")
    for feed in feeds:
        name = _NOT_XML.sub("", feed.name)
        stated = {"type": "rss", "text": name, "title": name, "xmlUrl": _NOT_XML.sub("", feed.url)}
        stated |= {"htmlUrl": _NOT_XML.sub("", feed.site)} if feed.site else {}
        ElementTree.SubElement(body, "outline", stated)
    ElementTree.indent(top)
    written: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def file(feeds: Iterable[Followed]) -> Path:
    """The same in a new file, for whoever sends it to remove."""
    path = Path(tempfile.mkdtemp(prefix="feeds-")) / "feeds.opml"
    path.write_bytes(document(feeds))
    return path
