"""Captions of a page's pictures: taken out of the page before its text is looked for, each without its credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analysis.line_kinds import credit_start, fold, is_credit, is_name, words
from ingest.markup import Element, drop, marks_of, squeeze, words_of

LONGEST_CAPTION = 600  # code points
LONGEST_CREDIT = 120
NEAREST_PICTURE = 3  # elements between a picture and the wrapper that is named for it

_CAPTION = re.compile(
    r"caption(?!s?-?(?:toggle|button|menu))|(?:^|[\s_-])(?:cutline|legend|bildunterschrift|bildtext|didascalia|pie-?(?:de-?)?foto"
    r"|image-?desc(?:ription)?|photo-?desc(?:ription)?|media-?info)(?=$|[\s_-])"
)
_CREDIT = re.compile(
    r"credit|copyright|photographer|attribution|byline|fotograf|quelle|(?:^|[\s_-])(?:source|rights|agency|photo|author)(?=$|[\s_-])"
)
_WRAPPER = re.compile(
    r"(?:^|[\s_-])(?:picture|image|img|photo|foto|bild|figure|media(?:-?(?:box|item|wrapper))?)s?(?=$|[\s_-])"
)
_LAST = re.compile(r"\s*(?:[(\[](?P<inside>[^()\[\]]{2,80})[)\]]|(?:\||/|–|—|•)\s*(?P<after>[^|/–—•]{2,60}))\.?$")
_PARTS = ("span", "div", "cite", "small", "p", "em", "i", "b", "strong", "footer", "figcaption")


def take_captions(tree: Element) -> Iterator[str]:
    """Takes the captions out of the tree and gives them in order, empty ones and mere credits aside."""
    beside = set(_beside_pictures(tree))
    for element in list(tree.iter("figcaption", "div", "p", "span", "small", "em", "dd", "h6")):
        if element not in beside and element.tag != "figcaption" and not _CAPTION.search(marks_of(element)):
            continue
        if element.getparent() is None:
            continue
        if len(words_of(element)) > LONGEST_CAPTION:
            continue
        for part in list(element.iter(*_PARTS, "a", "button")):
            if part is not element and _is_beside(part):
                drop(part)
        caption = words_of(element)
        drop(element)
        if (caption := _bare(caption)) and not is_credit(caption):
            yield caption


def _beside_pictures(tree: Element) -> Iterator[Element]:
    """Texts that are all of the text in a wrapper that is named for the picture in it."""
    for picture in tree.iter("img"):
        for wrapper in islice(picture.iterancestors(), NEAREST_PICTURE):
            if _WRAPPER.search(marks_of(wrapper)) and 0 < len(said := words_of(wrapper)) <= LONGEST_CAPTION:
                yield from (
                    one for one in wrapper.iterdescendants("p", "div", "span") if len(one) < 3 and words_of(one) == said
                )


def _is_beside(part: Element) -> bool:
    """Whether a part of a caption is its credit or a button."""
    said = words_of(part)
    if not said:
        return False
    if part.tag in ("a", "button"):
        return fold(said) in words("chrome")
    if len(said) > LONGEST_CREDIT:
        return False
    if _CAPTION.search(marks_of(part)):
        return False
    return bool(_CREDIT.search(marks_of(part))) or is_credit(said) or (_is_last(part) and is_name(said))


def _is_last(part: Element) -> bool:
    before = part.getprevious()
    return part.getnext() is None and not squeeze(part.tail or "") and before is not None and bool(words_of(before))


def _bare(caption: str) -> str:
    """The caption without a credit at its end."""
    bare = caption[: credit_start(caption)].rstrip()
    last = _LAST.search(bare)
    if last and last.start() > 0 and (is_credit(said := (last["inside"] or last["after"]).strip()) or is_name(said)):
        bare = bare[: last.start()].rstrip()
    return bare
