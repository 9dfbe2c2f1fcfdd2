"""The standfirst: what stands between headline and first paragraph, and extractors take for a part of the head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from analysis.line_kinds import own_kind
from ingest.heading_area import heading_of
from ingest.markup import Element, marks_of, metas, words_of
from ingest.page_lines import key
from ingest.page_shown import INLINE

LEAST, LONGEST = 25, 900  # code points
LEAST_DESCRIPTION = 40
ALIKE = 92
MOST_LINKED = 0.4
_BLOCKS = ("p", "h2", "h3", "h4", "div", "li", "span", "strong", "section")
_MARKED = re.compile(
    r"stand-?first|sub-?(?:title|head|deck|line)|(?:^|[\s_-])(?:dek|deck|lead|lede|intro|chapo|chapeau|ingress|summary|abstract"
    r"|excerpt|teaser|desc|description|preface|preamble|sommario|catenaccio|entradilla|bajada|sumario|st|manchet|perex)"
    r"(?:[\s_-]*(?:text|p|copy|paragraph|content|wrapper|container))?(?=$|\s)|(?:article|header|story|post)[\w-]*"
    r"(?:teaser|summary|lead|intro|excerpt|desc|subtitle)"
)
_OTHER = re.compile(
    r"author|byline|caption|credit|share|social|related|breadcrumb|newsletter|promo|toc\b"
    r"|read-?time|\bcta\b|sidebar|podcast|audio|player|listen|\bbio\b"
)
_NEVER = ("aside", "nav", "footer", "figure", "form", "button")


def standfirst_of(tree: Element, headline: str, found: Sequence[str], descriptions: Sequence[str]) -> list[str]:
    """Its paragraphs as printed; empty where the page marks none, or where they are among those found."""
    heading = heading_of(tree, headline)
    if heading is None or not found:
        return []
    whole = "".join(map(key, found))
    described = [bare for words in (*descriptions, *_described(tree)) if len(bare := key(words)) >= LEAST_DESCRIPTION]
    taken: dict[str, str] = {}
    for element in _after(tree, heading):
        words = words_of(element)
        bare = key(words)
        if len(bare) >= LEAST and bare in whole:
            break
        if _is_standfirst(element, words, bare, described) and bare != key(headline):
            taken.setdefault(bare, words)
    return list(taken.values())


def _described(tree: Element) -> Iterator[str]:
    for name, content in metas(tree):
        if name in ("description", "og:description", "twitter:description"):
            yield content


def _after(tree: Element, heading: Element) -> Iterator[Element]:
    """The innermost blocks of text behind the heading, in order."""
    behind = False
    for element in tree.iter():
        if element is heading:
            behind = True
        elif behind and element.tag in _BLOCKS and not any(map(_is_block, element)) and not _is_within(element):
            yield element


def _is_within(element: Element) -> bool:
    """Whether it is a part of a sentence."""
    return element.tag in ("span", "strong") and bool((element.getparent().text or "").strip())


def _is_block(element: Element) -> bool:
    return isinstance(element.tag, str) and (element.tag not in INLINE and element.tag != "br")


def _is_standfirst(element: Element, words: str, bare: str, described: Sequence[str]) -> bool:
    if not LEAST <= len(words) <= LONGEST or own_kind(words) is not None:
        return False
    near = [element, *element.iterancestors()][:3]
    if any(one.tag in _NEVER for one in element.iterancestors()) or any(_OTHER.search(marks_of(one)) for one in near):
        return False
    if sum(len(words_of(link)) for link in element.iter("a")) > MOST_LINKED * len(words):
        return False
    return any(map(_is_marked, near[:2])) or any(_same(bare, other) for other in described)


def _is_marked(element: Element) -> bool:
    marks = f"{marks_of(element)} {element.get('itemprop') or ''} {element.get('data-gu-name') or ''}".lower()
    return bool(_MARKED.search(marks))


def _same(bare: str, other: str) -> bool:
    short, long = sorted((bare, other), key=len)
    return (len(short) >= LEAST_DESCRIPTION and long.startswith(short[:-3])) or fuzz.ratio(bare, other) >= ALIKE
