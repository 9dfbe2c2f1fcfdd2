"""Finds credits of pictures printed inside a paragraph, so that no photographer or agency is taken into a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lists import words
from analysis.model import Span

_PICTURE = r"(?:[Ff]ile |[Cc]over )?(?:[Pp]hoto(?:graph)?|[Pp]icture|[Ii]mage|[Ii]llustration|[Vv]ideo)s?"
_LABEL = re.compile(
    rf"(?<![\w-])(?:{_PICTURE}(?: credit)?(?: by|:|/)|{_PICTURE} courtesy(?: of|:)?|[Ii]mage (?:copyright|source)"
    r"|[Cc]redit:|Courtesy(?: of|:)?|©) ?(?=[A-Z@])"
)
_WORD = r"(?:[A-Z][\w.’'-]*|@\w+|de|del|van|von|bin|al)"
_SEPARATOR = r"(?: ?[/|] ?| via | for )"
_WHOLE = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}}(?:{_SEPARATOR}{_WORD}(?: {_WORD}){{0,2}})*(?=\s*(?:[)\],;]|\.(?!\w)|$))", re.M
)
_FIRST_AND_LAST = re.compile(rf"{_WORD}(?: [A-Z]\.)? {_WORD}|{_WORD}")
_SHARED = re.compile(rf"{_SEPARATOR}(?=[A-Z])")
_LONGEST_AGENCY = 4  # words


def credits_in(text: str, span: Span) -> Iterator[Span]:
    """The credits of a paragraph, each with its label and the names that it credits, in order."""
    at = span.start
    while label := _LABEL.search(text, at, span.end):
        at = _end(text, label.end(), span.end)
        yield Span(label.start(), at)


def _end(text: str, at: int, stop: int) -> int:
    """Where a credit ends: after an agency, at a stop, or after two words where the story goes on at once."""
    if whole := _WHOLE.match(text, at, stop):
        return whole.end()
    agency = _agency_end(text, at, stop)
    found = _FIRST_AND_LAST.match(text, at, stop)
    end = agency or (found.end() if found else at)
    shared = _SHARED.match(text, end, stop)
    return _end(text, shared.end(), stop) if shared else end


def _agency_end(text: str, at: int, stop: int) -> int | None:
    """The end of the longest listed agency that stands at a place."""
    ahead = list(re.compile(r"[\w/-]+").finditer(text, at, min(stop, at + 80)))[:_LONGEST_AGENCY]
    ends = [one.end() for one in ahead if text[at : one.end()].lower() in words("agencies")]
    return max(ends, default=None)


GLUED = frozenset({"reuters", "afp", "getty", "epa", "upi", "xinhua", "courtesy", "copyright"})
"""What stands before a name only where a credit or a place line ran into the sentence: "Reuters Lott said"."""


def without_agency(text: str, parts: list[Span]) -> list[Span]:
    """A run of capitalised words without the agency that was glued to its front; its own names are left whole."""
    if len(parts) < 2 or parts[0].cut(text).lower() not in GLUED:
        return parts
    after = parts[1].cut(text).lower()
    if after in words("organisation_words") or after in words("never_people"):
        return parts
    return parts[1:]
