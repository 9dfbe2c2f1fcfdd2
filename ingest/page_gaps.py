"""Paragraphs and subheadings that an extractor passed over although they stand between those that it found.

Questions that unfold, comparisons in boxes and the like are lost one by one, because their markup resembles that of
chrome; where both neighbours are of the article and the words are a paragraph, they are of the article, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from analysis.line_kinds import own_kind
from ingest.markup import Element, marks_of, words_of
from ingest.page_lines import key

LEAST_KEY = 25  # letters and digits that tell one paragraph from another
LEAST_PARAGRAPH, MOST_PARAGRAPH = 80, 4_000  # code points
LONGEST_HEADING = 160
LEAST_HEADING_WORDS = 3
MOST_LINKED = 0.4  # of a paragraph's text
MAIN_SHARE = 0.8  # of the text found in such blocks that the article's element holds
LEAST_SHARE = 0.4  # of all text found that is in paragraphs and headings

_HEADINGS = ("h2", "h3", "h4")
_END = "end"
_BESIDE_TAGS = {"aside", "nav", "footer", "form", "figure", "figcaption", "button", "template", "noscript", "dialog"}
_BESIDE = re.compile(
    r"related|recommend|recirc|promo|newsletter|subscri|sign-?up|social|share|sharing|comment|author|byline|\bbio\b"
    r"|teaser|card|sidebar|widget|sponsor|advert|\bads?\b|footer|banner|cookie|consent|modal|popup|disclos|disclaim"
    r"|caption|credit|gallery|carousel|slider|product|coupon|toc\b|contents\b|breadcrumb|menu|rating|review-?box"
    r"|read-?(?:more|next)|see-?also|more-?(?:from|on)|cta\b|call-?to|sr-only|visually|tooltip|paywall|donat"
)
_HIDDEN = re.compile(r"hidden|d-none")
_UNFOLDS = re.compile(r"accordion|collaps|faq|toggle|expand|details|tab-?panel")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def fill(tree: Element, found: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs found with those between them, and the subheadings among the added ones."""
    keys = [key(words) for words in found]
    whole, starts = "".join(keys), list(accumulate(map(len, keys), initial=0))
    blocks = [(one, words, key(words)) for one in _candidates(tree) if (words := words_of(one))]
    main = _main(blocks, whole)
    if main is None:
        return list(found), []
    added: dict[int, list[str]] = {}
    headings, waiting, seen, at = [], list[tuple[str, str]](), set[str](), 0
    for tag, element, words, bare in [*_inside(blocks, main), (_END, main, "", "")]:
        while waiting and waiting[-1][0] in _HEADINGS and tag != "p" and tag <= waiting[-1][0]:
            waiting.pop()  # a heading with nothing under it
        place = whole.find(bare, at) if bare else -1
        if tag == _END or (place >= 0 and (len(bare) >= LEAST_KEY or tag in _HEADINGS)):
            before = len(found) if tag == _END else bisect_right(starts, place) - 1
            added.setdefault(before, []).extend(words for _, words in waiting)
            headings += [words for tag, words in waiting if tag in _HEADINGS]
            waiting, at = [], place + len(bare)
        elif bare and bare not in whole and bare not in seen and _is_story(element, words, main):
            waiting.append((tag, words))
            seen.add(bare)
    return [one for at, words in enumerate([*found, ""]) for one in (*added.get(at, ()), words) if one], headings


Blocks = Sequence[tuple[Element, str, str]]


def _candidates(tree: Element) -> Iterator[Element]:
    """Paragraphs, headings and the points of lists, none inside another."""
    for element in tree.iter("p", "li", *_HEADINGS):
        if element.tag != "li" or next(element.iter("p", "ul", "ol", *_HEADINGS), None) is None:
            yield element


def _inside(blocks: Blocks, main: Element) -> Iterator[tuple[str, Element, str, str]]:
    inside = set(main.iter())
    return ((block[0].tag, *block) for block in blocks if block[0] in inside)


def _main(blocks: Blocks, whole: str) -> Element | None:
    """The innermost element that holds most of the text that was found."""
    held: Counter[Element] = Counter()
    total = 0
    for element, _, bare in blocks:
        if len(bare) >= LEAST_KEY and bare in whole:
            total += len(bare)
            for above in element.iterancestors():
                held[above] += len(bare)
    if total < LEAST_SHARE * len(whole):
        return None
    enough = [element for element, size in held.items() if size >= MAIN_SHARE * total]
    return max(enough, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)


def _is_story(element: Element, words: str, main: Element) -> bool:
    if own_kind(words) is not None:
        return False
    heading = element.tag in _HEADINGS
    if heading and (len(words) > LONGEST_HEADING or len(words.split()) < LEAST_HEADING_WORDS):
        return False
    if not heading and not (LEAST_PARAGRAPH <= len(words) <= MOST_PARAGRAPH and _SENTENCE_END.search(words)):
        return False
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return linked <= MOST_LINKED * len(words) and not _is_beside(element, main)


def _is_beside(element: Element, main: Element) -> bool:
    while element is not main:
        style = (element.get("style") or "").replace(" ", "")
        marks = marks_of(element)
        hidden = "display:none" in style or _HIDDEN.search(marks)
        if element.tag in _BESIDE_TAGS or _BESIDE.search(marks) or (hidden and not _UNFOLDS.search(marks)):
            return True
        element = element.getparent()
    return False
