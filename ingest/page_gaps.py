"""Paragraphs and subheadings that an extractor passed over although they stand between those that it found.

Questions that unfold, comparisons in boxes and the like are lost one by one, because their markup resembles that of
chrome; where both neighbours are of the article and the words are a paragraph, they are of the article, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate

from analysis.line_kinds import CLOSING, own_kind
from ingest.markup import Element, marks_of, words_of
from ingest.page_lines import blocks_of, key

LEAST_KEY = 25  # letters and digits that tell one paragraph from another
LEAST_PARAGRAPH, MOST_PARAGRAPH = 25, 4_000  # code points
LONGEST_HEADING = 160
LEAST_HEADING_WORDS = 2
MOST_LINKED = 0.4  # of a paragraph's text
MAIN_SHARE = 0.8  # of the text found in such blocks that the article's element holds
LONGEST_CRUMB, LEAST_HELD = 30, 0.85  # letters between the blocks of a lump; share of it that blocks hold
LEAST_SHARE = 0.4  # of all text found that is in paragraphs and headings

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = ("p", "li", "blockquote")
_END = "end"
_BESIDE_TAGS = {"aside", "nav", "footer", "form", "figure", "figcaption", "button", "template", "noscript", "dialog"}
_BESIDE = re.compile(
    r"related|recommend|recirc|promo|newsletter|subscri|sign-?up|social|share|sharing|comment|author|byline|\bbio\b"
    r"|teaser|card|sidebar|widget|sponsor|advert|\bads?\b|footer|banner|cookie|consent|modal|popup|disclos|disclaim"
    r"|caption|credit|gallery|carousel|slider|product|coupon|toc\b|contents\b|breadcrumb|menu|rating|review-?box"
    r"|read-?(?:more|next)|see-?also|more-?(?:from|on)|cta\b|call-?to|sr-only|visually|tooltip|paywall|donat"
)
_BOX = re.compile(
    r"related|recommend|recirc|promo(?!te)|newsletter|sign-?up|sponsor|advertorial|author-?(?:bio|box|card|info|profile)"
    r"|banner|disclaim|disclos|taboola|outbrain|(?:^|[\s_-])cta(?=$|[\s_-])|(?:read|see|watch|more)-?(?:more|next|also|on|from)"
    r"|twitter-tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|also-?(?:read|like)|paywall-?(?:box|teaser|message|offer)|rich-?link|interstitial|comments?-?(?:list|area|section)"
)
LEAST_TITLE_WORDS, ALL_LINKED = 5, 0.95
MOST_BOXED = 0.2  # of the article's text that a box may hold
_WHOLE = re.compile(r"article|story|body|content|text|entry|post|live")
_HIDDEN = re.compile(r"hidden|d-none")
_UNFOLDS = re.compile(r"accordion|collaps|faq|toggle|expand|details|tab-?panel")
_SENTENCE_END = re.compile(rf"[.!?…:。！？؟।]{CLOSING}*$")


def fill(tree: Element, found: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs found with those between them, and the subheadings among the added ones."""
    blocks = [(element, words, bare) for element, words in blocks_of(tree) if (bare := key(words))]
    printed = {bare for *_, bare in blocks}
    found = [one for words in found for one in ([words] if key(words) in printed else _apart(words, blocks))]
    keys = [key(words) for words in found]
    whole, starts = "".join(keys), list(accumulate(map(len, keys), initial=0))
    main = _main(blocks, whole)
    if main is None:
        return list(found), []
    boxed = _boxed(blocks, main, MOST_BOXED * len(whole))
    found = [words for words in found if key(words) not in boxed]
    keys = [key(words) for words in found]
    whole, starts = "".join(keys), list(accumulate(map(len, keys), initial=0))
    forms = {_form(element) for element, _, bare in blocks if len(bare) >= LEAST_KEY and bare in whole}
    added: dict[int, list[str]] = {}
    headings, waiting, seen, at = [], list[tuple[str, str]](), set(boxed), 0
    for tag, element, words, bare in [*_inside(blocks, main), (_END, main, "", "")]:
        while waiting and waiting[-1][0] in _HEADINGS and tag in _HEADINGS and tag <= waiting[-1][0]:
            waiting.pop()  # a heading with nothing under it
        place = whole.find(bare, at) if bare else -1
        if tag == _END or (place >= 0 and (len(bare) >= LEAST_KEY or tag in _HEADINGS)):
            while tag == _END and waiting and waiting[-1][0] in _HEADINGS:
                waiting.pop()
            before = len(found) if tag == _END else bisect_right(starts, place) - 1
            added.setdefault(before, []).extend(words for _, words in waiting)
            headings += [words for tag, words in waiting if tag in _HEADINGS]
            waiting, at = [], place + len(bare)
        elif bare not in whole and bare not in seen and _is_story(element, words, main, forms):
            waiting.append((tag, words))
            seen.add(bare)
    return [one for at, words in enumerate([*found, ""]) for one in (*added.get(at, ()), words) if one], headings


Blocks = Sequence[tuple[Element, str, str]]


def _boxed(blocks: Blocks, main: Element, most: float) -> set[str]:
    """What the page prints only in boxes that are named for what is no article, or that list other stories."""
    boxed, free = set[str](), set[str]()
    inside, known = set(main.iter()), dict[Element, bool]()
    for element, _, bare in blocks:
        (boxed if element in inside and _is_boxed(element, main, most, known) else free).add(bare)
    return boxed - free


def _is_boxed(element: Element, main: Element, most: float, known: dict[Element, bool]) -> bool:
    """Whether it stands in such a box; ``known`` keeps the answer for each element that was looked at."""
    passed = list[Element]()
    boxed = False
    while element is not main:
        if element in known:
            boxed = known[element]
            break
        passed.append(element)
        if _BOX.search(marks_of(element)) or (element.tag in ("ul", "ol") and _is_list_of_links(element)):
            boxed = len(key(words_of(element))) <= most
            break
        element = element.getparent()
    known.update(dict.fromkeys(passed, boxed))
    return boxed


def _is_list_of_links(element: Element) -> bool:
    """Whether each point of it is the headline of another story; a list that the text announces is of the article."""
    before = element.getprevious()
    if before is not None and words_of(before).endswith((":", "：")):
        return False
    points = [words_of(point) for point in element.iter("li")]
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    long = all(len(words.split()) >= LEAST_TITLE_WORDS and not _SENTENCE_END.search(words) for words in points)
    return len(points) > 1 and long and linked >= ALL_LINKED * sum(map(len, points))


def _form(element: Element) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _apart(words: str, blocks: Blocks) -> list[str]:
    """The blocks that a paragraph was put together from where it is a lump of them, else the paragraph."""
    whole = key(words)
    if len(whole) < 2 * LEAST_KEY:
        return [words]
    parts, at, held = list[str](), 0, 0
    for _, line, bare in blocks:
        place = whole.find(bare, at, at + len(bare) + LONGEST_CRUMB)
        if place >= 0:
            parts.append(line)
            at, held = place + len(bare), held + len(bare)
    return parts if len(parts) > 1 and held >= LEAST_HELD * len(whole) else [words]


def _inside(blocks: Blocks, main: Element) -> Iterator[tuple[str, Element, str, str]]:
    inside = {element for part in _parts(main) for element in part.iter()}
    return ((block[0].tag, *block) for block in blocks if block[0] in inside)


def _parts(main: Element) -> Iterator[Element]:
    """The article's element with those beside it that have its form: articles are set in several parts."""
    yield main
    if main.get("class") and main.tag != "body" and _WHOLE.search(marks_of(main)):
        for part in main.itersiblings(main.tag):
            if _form(part) == _form(main) and next(part.iter("h1"), None) is None:
                yield part


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


def _is_story(element: Element, words: str, main: Element, forms: Container[tuple[str, str]]) -> bool:
    if own_kind(words) is not None:
        return False
    heading = element.tag in _HEADINGS
    if not heading and element.tag not in _PARAGRAPHS and _form(element) not in forms:
        return False
    if heading and (len(words) > LONGEST_HEADING or len(words.split()) < LEAST_HEADING_WORDS):
        return False
    if not heading and not (LEAST_PARAGRAPH <= len(words) <= MOST_PARAGRAPH and _SENTENCE_END.search(words)):
        return False
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return linked <= MOST_LINKED * len(words) and not _is_beside(element, main)


def _is_beside(element: Element, main: Element) -> bool:
    while element is not main and element is not main.getparent():
        style = (element.get("style") or "").replace(" ", "")
        marks = marks_of(element)
        hidden = "display:none" in style or _HIDDEN.search(marks)
        if element.tag in _BESIDE_TAGS or _BESIDE.search(marks) or (hidden and not _UNFOLDS.search(marks)):
            return True
        element = element.getparent()
    return False
