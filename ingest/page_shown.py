"""Running text of a page as a browser shows it: what extractors would lose or add inside a paragraph is settled first.

A date, a name or a first letter in an element of its own is part of the sentence around it, whatever its class
says; words for screen readers alone, scripts and icons are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.markup import Element, drop, marks_of

LEAST_RUNNING = 20  # code points of text beside an element that make it part of a sentence

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins"),
        *("kbd", "label", "mark", "meter", "output", "q", "ruby", "s", "samp", "small", "span", "strike", "strong"),
        *("sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_UNSEEN = ("script", "style", "noscript", "template", "svg", "rp", "rt", "button")
_FOR_READERS = re.compile(r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden)(?=$|[\s_-])")
_HOLDERS = ("p", "li", "div", "blockquote", "td", "dd", "span", "section", "font")
_SAFE = frozenset(("a", "b", "em", "i", "small", "span", "strong", "sub", "sup", "u"))


def show(tree: Element) -> None:
    """Changes the tree in place: inside running text, what is not seen goes, and what is seen is plain."""
    for block in list(tree.iter(*_HOLDERS)):
        if len(block) and _is_running(block):
            for element in list(_inline(block)):
                _settle(element)


def _is_running(block: Element) -> bool:
    """Whether text of its own stands between the elements that the block holds."""
    size = len((block.text or "").strip())
    for child in block:
        size += len((child.tail or "").strip())
        if size >= LEAST_RUNNING:
            return True
    return size >= LEAST_RUNNING


def _inline(block: Element) -> Iterator[Element]:
    for child in block:
        if child.tag in _UNSEEN:
            yield child
        elif child.tag in INLINE or (isinstance(child.tag, str) and "-" in child.tag and not len(child)):
            yield child
            yield from _inline(child)


def _settle(element: Element) -> None:
    if element.tag in _UNSEEN or element.get("hidden") is not None or _FOR_READERS.search(marks_of(element)):
        drop(element)
        return
    if element.tag not in _SAFE and element.tag not in ("img", "wbr", "code", "q", "del"):
        element.tag = "span"
    for name in ("class", "id", "aria-hidden", "role"):
        element.attrib.pop(name, None)
