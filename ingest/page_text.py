"""The paragraphs and captions of a page: trafilatura finds the article, its parts are taken out as printed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.captions import take_captions
from ingest.linked_data import Facts
from ingest.markup import Element, squeeze
from ingest.other_stories import drop_other_stories
from ingest.page_gaps import fill
from ingest.page_lines import better_lines
from ingest.page_shown import show
from ingest.standfirst import standfirst_of


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page prints: paragraphs and headings in order, and captions apart from them."""

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    captions: tuple[str, ...]


def parts_of(tree: Element, url: str | None, facts: Facts, headline: str) -> Parts | None:
    """The article's parts; None where the page has no article. ``facts`` are what its data state."""
    import trafilatura

    work = copy.deepcopy(tree)
    captions = tuple(dict.fromkeys(take_captions(work)))
    show(work)
    drop_other_stories(work, headline)
    found = trafilatura.bare_extraction(
        work, url=url, include_comments=False, include_formatting=True, fast=True, favor_recall=True
    )
    body = found.body if found is not None and not isinstance(found, dict) else ()
    blocks = [(element.tag, words) for element in body if (words := _words(element))]
    paragraphs = [piece for _, words in blocks for piece in words.split("\n") if piece]
    headings = tuple(dict.fromkeys(words for tag, words in blocks if tag == "head"))
    better = better_lines(tree, paragraphs, facts.body)
    paragraphs, added = (better, []) if better else fill(work, paragraphs)
    if paragraphs:
        paragraphs = [*standfirst_of(work, headline, paragraphs, facts.descriptions), *paragraphs]
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
