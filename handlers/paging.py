"""Long answers are turned over page by page in one shared way, whatever the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from handlers.answer import Next
from handlers.question import Question

PAGE = 5
"""Blocks on a page."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one page; ``number`` counts from 0, ``of`` is at least 1."""

    items: tuple[Item, ...]
    number: int
    of: int

    @property
    def label(self) -> str:
        """As in "page 2 of 4"; nothing where there is one page only."""
        return f"page {self.number + 1} of {self.of}" if self.of > 1 else ""


def page_of(items: Sequence[Item], number: int, size: int = PAGE) -> Page[Item]:
    """The page asked for; a number out of range gets the nearest page there is."""
    pages = max(1, -(-len(items) // size))
    at = min(max(number, 0), pages - 1)
    return Page(tuple(items[at * size : (at + 1) * size]), at, pages)


def turns(question: Question, page: Page[Item]) -> tuple[Next, ...]:
    """Buttons to the page before and the page after, where there are such."""
    found = []
    if page.number > 0:
        found.append(Next("‹ Previous", replace(question, page=page.number - 1)))
    if page.number + 1 < page.of:
        found.append(Next("Next ›", replace(question, page=page.number + 1)))
    return tuple(found)
