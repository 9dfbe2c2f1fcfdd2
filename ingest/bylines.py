"""Who wrote a page's article, as the page states it: in its data, in its marked-up byline, in its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.heading_area import Area, signed_of
from ingest.linked_data import Facts
from ingest.markup import Element, marks_of, metas, spaced_words_of
from ingest.stated import names_in

MOST_AUTHORS = 12
LONGEST_BYLINE = 200
_HEAD_NAMES = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
)
_NAMING = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|contributor)s?(?:[\s_-]*(?:name|link|title|text))?(?=$|\s)"
)
_AROUND = re.compile(
    r"comment|related|recommend|sidebar|widget|footer|teaser|promo|card|bio|avatar|image|social|follow"
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|editor(?:ial)?(?: team| staff| board)?|staff|team|guest|author|unknown|webmaster|user|root"
    r"|null|none|undefined|true|false|view all posts|all posts|read more|about the author|contributors?)$",
    re.I,
)
_GLUED = re.compile(r"^(?:by|written by|reviewed by|posted by|words by|author|authors|von|par)\b\s*:?\s*", re.I)
_CUT = re.compile(
    r"\s*(?:\||•|·|\b(?:updated|published|posted|read more|follow)\b|\bon\b \w+ \d|\d{1,2}:\d\d|\b\d+ min).*$",
    re.I,
)


def authors_of(tree: Element, facts: Facts, area: Area) -> tuple[str, ...]:
    """The names, as printed, from the most exact place that has any; empty where the page names nobody."""
    places = (
        facts.people,
        _marked(tree),
        _bylines(tree),
        area.authors(),
        _head(tree),
        _signed(tree),
        facts.organisations,
    )
    return next((found for place in places if (found := _clean(place))), ())


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    """Single names out of what a place gives, without doubles, links and names of nobody."""
    found: dict[str, str] = {}
    for name in (one for given in names for one in _split(given)):
        if 1 < len(name) <= 80 and not _NOBODY.match(name) and "://" not in name and "@" not in name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MOST_AUTHORS]


def _split(given: str) -> list[str]:
    bare = _GLUED.sub("", given.strip(" \"'“”,;|")).strip()
    several = names_in(bare) if re.search(r",| and | & |;|\|", bare) else ()
    return list(several) or ([bare] if bare else [])


def _marked(tree: Element) -> Iterator[str]:
    """What the page marks as its author for programs."""
    for element in tree.xpath("//*[@itemprop='author' or @rel='author' or @itemprop='creator']"):
        named = element.xpath(".//*[@itemprop='name']")
        words = spaced_words_of(named[0]) if named else spaced_words_of(element) or element.get("content") or ""
        if words and len(words) <= LONGEST_BYLINE and not _is_around(element):
            yield _CUT.sub("", words)


def _bylines(tree: Element) -> Iterator[str]:
    """What the page calls byline or author; the first such element that has a name decides."""
    found = tree.xpath("//*[contains(@class, 'uthor') or contains(@class, 'yline') or contains(@class, 'riter')]")
    for element in sorted(found, key=lambda one: "name" not in marks_of(one)):
        words = spaced_words_of(element)
        if _NAMING.search(marks_of(element)) and 0 < len(words) <= LONGEST_BYLINE and not _is_around(element):
            links = [name for link in element.xpath(".//a") if _is_name(name := spaced_words_of(link))]
            names = links or [_CUT.sub("", words)]
            if _clean(names):
                yield from names
                return


def _is_name(words: str) -> bool:
    return bool(names_in(words)) and len(words) < 60


def _is_around(element: Element) -> bool:
    above = [element, *element.iterancestors()][:8]
    return any(
        one.tag in ("aside", "footer", "nav") or _AROUND.search(marks_of(one)) for one in above if one.tag != "body"
    )


def _signed(tree: Element) -> Iterator[str]:
    """The one author that the page links to, where a date beside the name shows that it is a signature."""
    name, day = signed_of(tree)
    if day and _is_name(name):
        yield name


def _head(tree: Element) -> Iterator[str]:
    stated = list(metas(tree))
    for wanted in _HEAD_NAMES:
        yield from (content for name, content in stated if name == wanted)
    labels = dict(stated)
    if labels.get("twitter:label1", "").lower() in ("written by", "by", "author"):
        yield labels.get("twitter:data1", "")
