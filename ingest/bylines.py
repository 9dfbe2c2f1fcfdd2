"""Who wrote a page's article, as the page states it: in its data, in its marked-up byline, in its head."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from analysis.line_kinds import AND, fold, words
from ingest.heading_area import Area, signed_of
from ingest.linked_data import Facts
from ingest.markup import Element, marks_of, metas, spaced_words_of
from ingest.stated import names_in, without_label

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
_SEAM = re.compile(r"\s+[|–—:•-]\s+")
_STAFF = re.compile(
    r"\b(?:staff|team|editors|newsroom|news desk|web ?desk|redaktion|rédaction|redacción|redazione|redaksjonen"
    r"|redaktionen|redactie|agencias|agenzie|agences|agenturen)\b|編集部|編輯部|编辑部|редакция",
    re.I,
)
_GLUED = re.compile(r"^(?:by|written by|reviewed by|posted by|words by|author|authors)\b\s*:?\s*", re.I)
_SEVERAL = re.compile(rf"[,&;|、，；]| (?:{AND}) ")
_CUT = re.compile(
    r"\s*(?:\||•|·|\b(?:updated|published|posted|read more|follow)\b|\bon\b \w+ \d|\d{1,2}:\d\d|\b\d+ min).*$",
    re.I,
)


def authors_of(tree: Element, facts: Facts, area: Area, outlet: str | None = None) -> tuple[str, ...]:
    """The names, as printed, from the most exact place that has any; empty where the page names nobody.

    The outlet itself and agencies are authors only where the page names nobody else.
    """
    houses = {fold(name) for name in (outlet, facts.publisher, *_tails(tree)) if name}
    others = list[str]()
    printed = fold(" ".join((*area.before, *area.after)))
    for place in (facts.people, _marked(tree), _bylines(tree)):
        found = _clean(place)
        if others:  # the page names a house: only what it prints under its heading says more
            found = tuple(name for name in found if fold(name) in printed)
        if people := [name for name in found if not _is_house(name, houses)]:
            return _with_more(people, [name for name in _clean(_head(tree)) if not _is_house(name, houses)])
        others += found
    if not others:
        for place in (area.authors(), _head(tree), _signed(tree)):
            if found := _clean(place):
                return tuple(name for name in found if not _is_house(name, houses)) or found
    return _clean([*others, *facts.organisations])


def _tails(tree: Element) -> Iterator[str]:
    """What the page's title has after its last seam, which is mostly the outlet."""
    for title in tree.iter("title"):
        yield _SEAM.split(spaced_words_of(title))[-1]


def _is_house(name: str, houses: Collection[str]) -> bool:
    """Whether it names an outlet, its staff or an agency ("DPA", "AFP / Reuters") and no person."""
    parts = [fold(part) for part in re.split(r"\s*(?:/|,| und | and | et | y )\s*", name)]
    if _STAFF.search(name) or fold(name) in houses:
        return True
    return all(part in houses or part in words("agencies") for part in parts if part)


def _with_more(people: Sequence[str], stated: Sequence[str]) -> tuple[str, ...]:
    """The people, or those in the page's head where they are the same and more."""
    more = {name.casefold() for name in stated} > {name.casefold() for name in people}
    return tuple(stated if more else people)


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    """Single names out of what a place gives, without doubles, links and names of nobody."""
    found: dict[str, str] = {}
    for name in (one for given in names for one in _split(given)):
        if 1 < len(name) <= 80 and not _NOBODY.match(name) and "://" not in name and "@" not in name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MOST_AUTHORS]


def _split(given: str) -> list[str]:
    bare = without_label(_GLUED.sub("", given.strip(" \"'“”,;|"))).strip()
    several = names_in(bare) if _SEVERAL.search(bare) else ()
    return list(several) or ([bare] if bare else [])


def _marked(tree: Element) -> Iterator[str]:
    """What the page marks as its author for programs."""
    for element in tree.xpath("//*[@itemprop='author' or @rel='author' or @itemprop='creator']"):
        named = element.xpath(".//*[@itemprop='name']")
        said = spaced_words_of(named[0]) if named else spaced_words_of(element) or element.get("content") or ""
        if said and len(said) <= LONGEST_BYLINE and not _is_around(element):
            yield _CUT.sub("", said)


def _bylines(tree: Element) -> Iterator[str]:
    """What the page calls byline or author; the first such element that has a name decides."""
    found = tree.xpath("//*[contains(@class, 'uthor') or contains(@class, 'yline') or contains(@class, 'riter')]")
    for element in sorted(found, key=lambda one: "name" not in marks_of(one)):
        said = spaced_words_of(element)
        if _NAMING.search(marks_of(element)) and 0 < len(said) <= LONGEST_BYLINE and not _is_around(element):
            names = [name for one in _alike(element) for name in _named_in(one)]
            if _clean(names):
                yield from names
                return


def _alike(element: Element) -> Iterator[Element]:
    """The element and those of its form in the same byline: one for each author."""
    byline, form = element.getparent(), (element.tag, element.get("class"))
    for _ in range(2):
        above = byline.getparent() if byline is not None else None
        if above is not None and _NAMING.search(marks_of(above)) and len(spaced_words_of(above)) <= LONGEST_BYLINE:
            byline = above
    if byline is None or len(spaced_words_of(byline)) > LONGEST_BYLINE:
        yield element
        return
    yield from (one for one in byline.iter(element.tag) if (one.tag, one.get("class")) == form)


def _named_in(element: Element) -> list[str]:
    linked = [name for link in element.xpath(".//a") if _is_name(name := spaced_words_of(link))]
    return linked or [_CUT.sub("", spaced_words_of(element))]


def _is_name(said: str) -> bool:
    return bool(names_in(said)) and len(said) < 60


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
