"""What a page prints around its main heading, where readers see author and date when no data state them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.markup import Element, squeeze, words_of
from ingest.stated import date_in

BEFORE, AFTER = 12, 30
LONGEST_PIECE = 120
LONGEST_HEADING = 300
LEAST_ALIKE = 80
NEAR = 3  # pieces after an author's name
LONGEST_DATE = 40
_AUTHOR_LINKS = (
    "//a[contains(@href, '/author/') or contains(@href, '/authors/')]"
    "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
)
_BY = re.compile(
    r"^(?:written |posted |words |story |reported |authored |published )?by\b\s*:?\s*|^authors?\s*:?\s*$", re.I
)
_VISIBLE = "//body//text()[normalize-space() and not(ancestor::aside or ancestor::nav or ancestor::footer)]"
_CHANGED = re.compile(r"\b(?:updated|modified|edited|revised|reviewed|changed)\b", re.I)
_WORD = r"[^\W\d_a-z][^\W\d_]*[.'’-]?[^\W\d_]*\.?"
_NO_NAME = r"(?!(?:The|A|An|In|At|On|For|By|How|Why|What|Top|Best|Our) )"
_FULL_NAME = rf"{_NO_NAME}(?:{_WORD} ){{1,2}}(?:(?:de|van|von|der|al|di|la) )?{_WORD}"
_FULL_NAMES = re.compile(rf"{_FULL_NAME}(?:(?:, | and | & |, and ){_FULL_NAME}){{0,5}}")


@dataclass(frozen=True, slots=True)
class Area:
    """The pieces of text before the heading, nearest first, and after it, in order."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def dates(self) -> Iterator[str]:
        """Pieces that state a date; those that state a change come last."""
        pieces = [piece for piece in (*self.after, *self.before) if date_in(piece)]
        changed = [bool(_CHANGED.search(piece) or _CHANGED.search(self._ahead_of(piece))) for piece in pieces]
        yield from (piece for piece, late in zip(pieces, changed, strict=True) if not late)
        yield from (piece for piece, late in zip(pieces, changed, strict=True) if late)

    def _ahead_of(self, piece: str) -> str:
        for pieces in (self.after, self.before[::-1]):
            if piece in pieces[1:] and not date_in(ahead := pieces[pieces.index(piece) - 1]):
                return ahead
        return ""

    def authors(self) -> Iterator[str]:
        """Names after a word like "By"; a bare name where a date stands beside it."""
        for pieces in (self.after, self.before[::-1]):
            for at, piece in enumerate(pieces):
                by = _BY.match(piece)
                if by and (name := piece[by.end() :].strip() or "".join(pieces[at + 1 : at + 2])):
                    yield name
                    return
        for pieces, beyond in ((self.after[:8], self.before[:3]), (self.before[:6], self.after[:3])):
            for at, piece in enumerate(pieces):
                beside = (*pieces[max(0, at - 2) : at + 3], *(beyond if at < 3 else ()))
                if _FULL_NAMES.fullmatch(piece) and any(map(date_in, beside)):
                    yield piece
                    return


def area_of(tree: Element, headline: str) -> Area:
    """The pieces around the heading that prints the headline; empty where there is none."""
    heading = heading_of(tree, headline)
    if heading is None:
        return Area()
    inside = set(heading.iter())
    pieces: list[str] = []
    at, long = None, 0
    for element, text in _pieces(tree):
        if element in inside:
            at = len(pieces) if at is None else at
        elif len(text) <= LONGEST_PIECE:
            pieces.append(text)
        elif at is not None:
            long += 1
        if at is not None and (len(pieces) >= at + AFTER or long > 2):
            break
    return _around(pieces, at)


def heading_of(tree: Element, headline: str) -> Element | None:
    """The heading that prints the headline, else the one whose words are nearest to it."""
    heads = [(one, words) for one in tree.iter("h1", "h2") if 0 < len(words := words_of(one)) <= LONGEST_HEADING]
    exact = next((one for one, words in heads if words == headline), None)
    if exact is not None:
        return exact
    nearest = max(heads, key=lambda head: _alike(head[1], headline), default=None)
    return nearest[0] if nearest and _alike(nearest[1], headline) >= LEAST_ALIKE else None


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(one.casefold(), other.casefold())


def signed_of(tree: Element) -> tuple[str, str]:
    """The name and the date that stand together where the page links to one author alone; empty where none do."""
    links = {link.get("href"): link for link in tree.xpath(_AUTHOR_LINKS) if words_of(link)}
    if len(links) != 1:
        return "", ""
    (link,) = links.values()
    name, inside, after = words_of(link), set(link.iter()), list[str]()
    behind = False
    for element, text in _pieces(tree):
        behind = behind or element in inside
        if behind and element not in inside:
            after.append(text)
            if len(after) == NEAR:
                break
    return name, next((text for text in after if len(text) <= LONGEST_DATE and date_in(text)), "")


def _around(pieces: Sequence[str], at: int | None) -> Area:
    if at is None:
        return Area()
    return Area(tuple(reversed(pieces[max(0, at - BEFORE) : at])), tuple(pieces[at : at + AFTER]))


def _pieces(tree: Element) -> Iterator[tuple[Element, str]]:
    """Each run of text between two tags in the order of the page, with the element that it stands in."""
    for text in tree.xpath(_VISIBLE):
        owner = text.getparent() if text.is_text else text.getparent().getparent()
        if owner is not None and owner.tag not in ("script", "style", "noscript", "template"):
            yield owner, squeeze(text)
