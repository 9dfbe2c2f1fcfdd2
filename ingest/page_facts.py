"""What a page states of its article beside the text: headline, outlet, date, link and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from rapidfuzz import fuzz

from ingest.heading_area import Area, signed_of
from ingest.linked_data import Facts
from ingest.markup import Element, marks_of, metas, spaced_words_of, squeeze, words_of
from ingest.stated import date_in

LEAST_ALIKE = 70
LEAST_PART, EXACT = 8, 95  # code points; how alike a part of a heading and the page's title must be
_SEAM = re.compile(r"\s+(?:\||-|–|—|::|»|•|·|/)\s+")
_DATES = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
_DATED = re.compile(r"(?:^|[\s_-])(?:publish|posted|pub-?date|entry-date|post-date|date|timestamp|time)")
_PATH_DATE = re.compile(r"/(20\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")


def headline_of(tree: Element, facts: Facts) -> str:
    """The main heading as printed; what the page calls its title where no heading can be that."""
    stated = dict(reversed(list(metas(tree))))
    title = next((words_of(one) for one in tree.iter("title")), "")
    titles = [
        call for call in (*facts.headlines[:1], stated.get("og:title"), stated.get("twitter:title"), title) if call
    ]
    site = stated.get("og:site_name") or facts.publisher
    calls = [_without_site(call, site) for call in titles]
    heads = list(dict.fromkeys(words for one in tree.iter("h1") if (words := words_of(one)) and len(words) < 300))
    best = max(heads, key=lambda head: _alike(head, calls), default="")
    best = next((part for one in tree.iter("h1") if words_of(one) == best and (part := _part(one, calls))), best)
    if best and (_alike(best, calls) >= LEAST_ALIKE or (len(heads) == 1 and not _is_site(best, site, titles))):
        return best
    return calls[0] if calls else best


def _part(heading: Element, calls: list[str]) -> str:
    """The part of a heading that the page calls its headline, where a kicker stands before it; else all of it."""
    parts = [words for one in heading.iterdescendants("span", "div", "strong", "b", "em") if (words := words_of(one))]
    parts += [squeeze(tail) for one in heading for tail in [one.tail or ""] if squeeze(tail)]
    whole = words_of(heading)
    exact = next((part for part in parts if len(part) >= LEAST_PART and _alike(part, calls) >= EXACT), "")
    if exact and _alike(whole, calls) < EXACT:
        return exact
    spaced = spaced_words_of(heading)
    return spaced if spaced != whole and _alike(spaced, calls) > _alike(whole, calls) else ""


def _is_site(head: str, site: str, titles: list[str]) -> bool:
    """Whether a heading names the site and not the article: one word, or what titles have after a dash."""
    names = [site, *(part for title in titles for part in _SEAM.split(title)[1:])]
    return len(head.split()) < 2 or _alike(head, names) > 80


def _alike(head: str, calls: list[str]) -> float:
    return max((fuzz.ratio(head.casefold(), call.casefold()) for call in calls), default=0.0)


def _without_site(title: str, site: str) -> str:
    """A page's title without the name of the site, which many put after it or before it."""
    seams = list(_SEAM.finditer(title))
    if not seams:
        return title
    first, last = title[: seams[0].start()], title[seams[-1].end() :]
    if (site and _alike(last, [site]) > 80) or (not site and len(last.split()) <= 3):
        return title[: seams[-1].start()]
    return title[seams[0].end() :] if site and _alike(first, [site]) > 80 else title


def outlet_of(tree: Element, facts: Facts, url: str | None) -> str | None:
    """The site's name as it states it; its host where it states none."""
    stated = dict(reversed(list(metas(tree))))
    named = stated.get("og:site_name") or facts.publisher or stated.get("application-name")
    if named:
        return named
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def published_of(tree: Element, facts: Facts, area: Area, url: str | None) -> datetime | None:
    """When it was published, from the most exact place that states it."""
    return next((day for words in _dates(tree, facts, area, url) if (day := date_in(words))), None)


def _dates(tree: Element, facts: Facts, area: Area, url: str | None) -> Iterator[str]:
    yield from (stated for stated in facts.published if stated[:4].isdigit())
    stated = list(metas(tree))
    for wanted in _DATES:
        yield from (content for name, content in stated if name == wanted)
    for time in tree.xpath("//*[@itemprop='datePublished']"):
        yield time.get("datetime") or time.get("content") or words_of(time)
    yield from area.dates()
    yield from facts.published
    for time in tree.xpath("//article//time | //main//time | //header//time | //time")[:5]:
        yield time.get("datetime") or words_of(time)
    for element in tree.xpath(
        "//*[contains(@class, 'ate') or contains(@class, 'ublish') or contains(@class, 'osted')]"
    )[:40]:
        words = words_of(element)
        if len(words) < 80 and _DATED.search(marks_of(element)):
            yield words
    yield signed_of(tree)[1]
    found = _PATH_DATE.search(urlsplit(url).path) if url else None
    if found:
        yield f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def link_of(tree: Element, url: str | None) -> str | None:
    """The address that the page gives itself, where it is of the same site as the link that it was found at."""
    stated = dict(reversed(list(metas(tree))))
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for link in (*links, stated.get("og:url")):
        whole = _joined(url, link)
        if whole and (url is None or site_of(whole) == site_of(url)):
            return whole
    return url


def _joined(url: str | None, link: str | None) -> str | None:
    try:
        whole = urljoin(url or "", squeeze(link or ""))
    except ValueError:
        return None
    return whole if is_link(whole) else None


def is_link(words: str) -> bool:
    """Whether it is an http or https link with a host that can be told."""
    try:
        parts = urlsplit(words)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def site_of(url: str) -> str:
    """The last labels of the host: two, or three where the last two are as short as "co.uk"."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])


def language_of(tree: Element, facts: Facts) -> str | None:
    """The page's language as two or three small letters."""
    stated = dict(metas(tree))
    named = tree.get("lang") or facts.language or stated.get("og:locale") or stated.get("content-language") or ""
    code = re.split(r"[-_,]", named.strip().lower())[0]
    return code if code.isalpha() and 2 <= len(code) <= 3 else None
