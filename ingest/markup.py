"""The few things that all modules for web pages do with a parsed page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Element: TypeAlias = Any  # an lxml element; lxml has no types of its own

_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0\u2007\u202f]+")


def squeeze(text: str) -> str:
    """The text with single spaces, as a browser shows it."""
    return _SPACES.sub(" ", text).strip()


def words_of(element: Element) -> str:
    """All text inside an element on one line."""
    return squeeze("".join(element.itertext()))


def spaced_words_of(element: Element) -> str:
    """The same with a space at every tag, for facts that sites set side by side with nothing between."""
    return squeeze(" ".join(element.itertext()))


def marks_of(element: Element) -> str:
    """Class and id of an element in small letters, which is where sites say what it is there for."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def metas(tree: Element) -> Iterator[tuple[str, str]]:
    """Name and content of each meta element, names in small letters."""
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = squeeze(meta.get("content") or "")
        if name and content:
            yield name.strip().lower(), content


def drop(element: Element) -> None:
    """Takes the element out and leaves what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
