"""The paragraphs and captions of a page: trafilatura finds the article, its parts are taken out as printed."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.line_kinds import credit_start
from ingest.markup import Element, marks_of, squeeze, words_of
from ingest.page_gaps import fill
from ingest.page_lines import better_lines

LONGEST_CAPTION = 600
_CAPTION = re.compile(r"caption(?!s?-?(?:toggle|button|menu))|(?:^|[\s_-])cutline")
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|(?:^|[\s_-])(?:source|rights|agency)")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page prints: paragraphs and headings in order, and captions apart from them."""

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    captions: tuple[str, ...]


def parts_of(tree: Element, url: str | None, stated: str = "") -> Parts | None:
    """The article's parts; None where the page has no article. ``stated`` is its text as its data state it."""
    import trafilatura

    work = copy.deepcopy(tree)
    captions = tuple(dict.fromkeys(_take_captions(work)))
    found = trafilatura.bare_extraction(
        work, url=url, include_comments=False, include_formatting=True, fast=True, favor_recall=True
    )
    body = found.body if found is not None and not isinstance(found, dict) else ()
    blocks = [(element.tag, words) for element in body if (words := _words(element))]
    paragraphs = [piece for _, words in blocks for piece in words.split("\n") if piece]
    headings = tuple(dict.fromkeys(words for tag, words in blocks if tag == "head"))
    better = better_lines(tree, paragraphs, stated)
    paragraphs, added = (better, []) if better else fill(work, paragraphs)
    return Parts(tuple(paragraphs), (*headings, *added), captions) if paragraphs else None


def _words(element: Element) -> str:
    """One block as printed; its lines apart where the page breaks them."""
    if element.tag in ("list", "table", "quote"):
        return "\n".join(filter(None, (_line(row) for row in _rows(element))))
    return _line(element)


def _rows(element: Element) -> Iterator[Element]:
    inner = {"list": ("item",), "table": ("row",), "quote": ("p", "list", "head")}[element.tag]
    rows = [row for row in element if row.tag in inner]
    yield from rows or [element]


def _line(element: Element) -> str:
    raw = "".join(_walk(element))
    return "\n".join(filter(None, (squeeze(line) for line in raw.split("\n"))))


def _walk(element: Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag == "lb":
            yield "\n"
        elif child.tag == "cell":
            yield " "
        elif child.tag in ("p", "item", "row", "list", "head"):
            yield "\n"
        if isinstance(child.tag, str):
            yield from _walk(child)
        yield (child.tail or "").replace("\n", " ")


def _take_captions(tree: Element) -> Iterator[str]:
    """Takes the captions out of the tree, each without the credit that sites set beside it."""
    for element in list(tree.iter("figcaption", "div", "p", "span", "small", "em", "dd", "h6")):
        if element.tag != "figcaption" and not _CAPTION.search(marks_of(element)):
            continue
        words = words_of(element)
        if len(words) > LONGEST_CAPTION or element.getparent() is None:
            continue
        for credit in [
            one for one in element.iter("span", "div", "cite", "small", "p", "em") if _CREDIT.search(marks_of(one))
        ]:
            if credit is not element:
                _drop(credit)
        caption = words_of(element)
        _drop(element)
        caption = caption[: credit_start(caption)].rstrip()
        if caption:
            yield caption


def _drop(element: Element) -> None:
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
