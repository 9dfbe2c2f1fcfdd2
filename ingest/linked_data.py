"""What a page states of itself as JSON-LD: the part of a page that is written for programs, and the most exact."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from rapidfuzz import fuzz

from ingest.markup import Element, squeeze, words_of

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"

DEEPEST = 20
ALIKE = 90
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|Posting|Newsletter)$")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")


@dataclass(slots=True)
class Facts:
    """The statements about the article, empty where there are none."""

    headlines: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    publisher: str = ""
    language: str = ""
    url: str = ""
    body: str = ""


def facts_of(tree: Element, url: str | None = None) -> Facts:
    """The facts of the page's own article; what a broken script says is passed over.

    Where the data state several articles, it is the one with the page's link or its title, else the first.
    """
    nodes = [node for script in tree.iter("script") if _is_linked(script) for node in _nodes(_parsed(script.text))]
    named = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    facts = Facts()
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    for node in _own(articles, tree, url):
        _add(facts, node, named)
    return facts


def _own(articles: list[dict[str, Json]], tree: Element, url: str | None) -> list[dict[str, Json]]:
    """The nodes of the page's own article: those with its link, else with its title, else all."""
    if len(articles) < 2:
        return articles
    links = {link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"} | {url}
    linked = [node for node in articles if links & set(_links(node)) - {None}]
    if linked:
        return linked
    titles = [words_of(one) for one in tree.iter("title", "h1")]
    titled = [
        node
        for node in articles
        if (called := _text(node.get("headline")))
        and any(fuzz.partial_ratio(called, one) >= ALIKE for one in titles if one)
    ]
    return titled or articles


def _links(node: dict[str, Json]) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    for value in (node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id")):
        if isinstance(value, str):
            yield value.split("#")[0]


def _is_linked(script: Element) -> bool:
    return "ld+json" in (script.get("type") or "").lower() and bool(script.text)


def _parsed(text: str) -> Json:
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text.strip())).strip().rstrip(";")
    try:
        return json.loads(bare, strict=False)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def _nodes(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """All objects in it that may say something, outer ones first."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "itemListElement"):
            yield from _nodes(value.get(key), depth + 1)


def _kinds(node: dict[str, Json]) -> list[str]:
    return [str(kind) for kind in _list(node.get("@type"))]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Json) -> str:
    """A string of the data as words: entities resolved, tags out."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return squeeze(re.sub(r"<[^>]{1,200}>", "", html.unescape(value))) if isinstance(value, str) else ""


def _add(facts: Facts, node: dict[str, Json], named: dict[str, dict[str, Json]]) -> None:
    facts.headlines += filter(None, (_text(node.get(key)) for key in ("headline", "name")))
    facts.descriptions += filter(None, [_text(node.get("description"))])
    facts.published += filter(None, (_text(node.get(key)) for key in ("datePublished", "dateCreated")))
    if not facts.people and not facts.organisations:
        for author in _list(node.get("author")) or _list(node.get("creator")):
            _add_author(facts, author, named)
    for publisher in _list(node.get("publisher")):
        facts.publisher = facts.publisher or _name(publisher, named)
    facts.language = facts.language or _text(node.get("inLanguage"))
    facts.url = facts.url or _text(node.get("url"))
    body = node.get("articleBody")
    facts.body = facts.body or (html.unescape(body) if isinstance(body, str) else "")


def _add_author(facts: Facts, author: Json, named: dict[str, dict[str, Json]]) -> None:
    whole = named.get(str(author.get("@id")), author) if isinstance(author, dict) else author
    kinds = _kinds(whole) if isinstance(whole, dict) else []
    for name in _names(whole):
        (facts.organisations if "Organization" in " ".join(kinds) else facts.people).append(name)


def _names(author: Json) -> list[str]:
    value = author.get("name") if isinstance(author, dict) else author
    if isinstance(author, dict) and not value:
        value = " ".join(filter(None, (_text(author.get(key)) for key in ("givenName", "familyName"))))
    return [name for one in _list(value) if (name := _text(one))]


def _name(publisher: Json, named: dict[str, dict[str, Json]]) -> str:
    whole = named.get(str(publisher.get("@id")), publisher) if isinstance(publisher, dict) else publisher
    return next(iter(_names(whole)), "")
