"""A web page becomes an article: its text from trafilatura and our own layer, everything else as the page states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.line_kinds import CLOSING
from ingest import plain_text
from ingest.bylines import authors_of
from ingest.encoding import decode, tidy
from ingest.errors import IngestError
from ingest.heading_area import area_of
from ingest.linked_data import facts_of
from ingest.markup import Element
from ingest.page_facts import headline_of, is_link, language_of, link_of, outlet_of, published_of
from ingest.page_lines import key
from ingest.page_text import Parts, parts_of
from store.model import Article

_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_BESIDE_NAMES = re.compile(
    r"\b(?:by|and|with|von|und|par|et|por|y|di|e|av|og|af|door|en|written|words|story|updated|published|on|at|[a-z]*\s*(?:reporter|correspondent|editor|writer)|\d+)\b"
    r"|[^\w\s]"
)
_JOB = re.compile(r"(?:[^\W\d_][\w'’&-]* ){0,4}(?:reporter|correspondent|editor|writer|columnist)", re.I)
_SENTENCE_END = re.compile(rf"[.!?…。！？؟।]{CLOSING}*$")
MOST_ABOVE, LONGEST_KICKER = 6, 60  # paragraphs over a headline; code points
NOTHING = "There is no article on this page."


def clean(page: bytes | str, *, source: str = "", url: str | None = None, charset: str | None = None) -> Article:
    """The article on a page. ``charset`` is what the server named. Raises IngestError where there is none.

    What is no http or https link as ``url`` is passed over.
    """
    url = url if url and is_link(url) else None
    tree = _tree(tidy(page) if isinstance(page, str) else decode(page, charset or _declared(page)))
    facts = facts_of(tree, url)
    headline = headline_of(tree, facts)
    parts = parts_of(tree, url, facts, headline)
    if parts is None:
        raise IngestError(NOTHING)
    if not headline and not any(map(_SENTENCE_END.search, parts.paragraphs)):
        raise IngestError(NOTHING)
    area = area_of(tree, headline)
    outlet = outlet_of(tree, facts, url)
    authors = authors_of(tree, facts, area, outlet)
    article = _by_lines(parts, headline, authors)
    paragraphs = frozenset(article.body.split("\n\n"))
    return replace(
        article,
        captions=tuple(dict.fromkeys((*parts.captions, *article.captions))),
        subheadings=tuple(dict.fromkeys((*filter(paragraphs.__contains__, parts.headings), *article.subheadings))),
        outlet=outlet,
        authors=authors or article.authors,
        published=published_of(tree, facts, area, url) or article.published,
        url=link_of(tree, url),
        language=language_of(tree, facts),
        source=source,
    )


def _by_lines(parts: Parts, headline: str, authors: Sequence[str]) -> Article:
    """What is left when the same rules as for pasted text have taken bylines, credits and chrome out."""
    below = _below(parts.paragraphs, key(headline))
    paragraphs = [words for at, words in enumerate(below) if at > 6 or not _is_byline(words, authors)]
    try:
        return plain_text.clean("\n\n".join(paragraphs), headline=headline, framed=False)
    except IngestError as error:
        raise IngestError(NOTHING) from error


def _below(paragraphs: Sequence[str], heading: str) -> Sequence[str]:
    """The paragraphs below the headline, where an extractor took it along with its kicker and what stands over it."""
    for at, words in enumerate(paragraphs[:MOST_ABOVE]):
        bare = key(words)
        kicker = len(bare) <= len(heading) + LONGEST_KICKER and not _SENTENCE_END.search(words)
        if bare == heading or (heading and kicker and bare.endswith(heading)):
            above = [one for one in paragraphs[:at] if len(one) > LONGEST_KICKER]
            return [*above, *paragraphs[at + 1 :]]
    return paragraphs


def _is_byline(words: str, authors: Sequence[str]) -> bool:
    """Whether a line says nothing but the authors' names, or what they are, and what stands around them."""
    if authors and _JOB.fullmatch(words):
        return True
    rest = words.casefold()
    for name in authors:
        rest = rest.replace(name.casefold(), " ")
    return rest != words.casefold() and not _BESIDE_NAMES.sub("", rest).strip()


def _declared(page: bytes) -> str | None:
    found = _CHARSET.search(page[:4096])
    return found[1].decode("ascii") if found else None


def _tree(text: str) -> Element:
    import trafilatura

    tree = trafilatura.load_html(text) if text.strip() else None
    if tree is None:
        raise IngestError(NOTHING)
    return tree
