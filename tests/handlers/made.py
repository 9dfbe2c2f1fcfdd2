"""Articles with readings written out by hand, so that a case says exactly which words are whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.document import Document, Field
from analysis.model import (
    Mention,
    MentionKind,
    Person,
    Quotation,
    QuoteKind,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
)
from handlers.answer import Answer, Block, Entry, Group, Note, Quoted
from store import Store
from store.model import Article, Passage

FILLER = (
    "The old harbour bridge at Norrvik was closed to all traffic on Monday after engineers found cracks in two piers.",
    "Ana Ruiz, the harbour master, ordered the closure of the bridge before the morning traffic.",
    "Ferries carry passengers and cars across the harbour until the piers of the bridge are repaired.",
)


@dataclass(frozen=True)
class Said:
    """One quotation: its parts as printed, who said it, and what else is printed about that."""

    parts: tuple[str, ...]
    speaker: str | None = None
    kind: QuoteKind = QuoteKind.DIRECT
    role: bool = False
    attribution: str | None = None
    reported_by: str | None = None


@dataclass(frozen=True)
class Somebody:
    """One person: the name, the other printed names, and roles, of which those that are printed count."""

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kind: SpeakerKind = SpeakerKind.PERSON


RUIZ = Somebody("Ana Ruiz", ("Ruiz",))
"""Whom the opening of each made article names."""


def put(
    store: Store,
    *lines: str,
    said: Sequence[Said] = (),
    people: Sequence[Somebody] = (RUIZ,),
    headline: str = "Norrvik bridge closed",
    filler: bool = True,
    outlet: str | None = None,
    url: str | None = None,
    published: datetime | None = None,
) -> int:
    """Add an article of these paragraphs (after the same opening for all, so that they are one story); its id."""
    body = "\n\n".join([*(FILLER if filler else ()), *lines])
    article = Article(headline=headline, body=body, outlet=outlet, url=url, published=published, source="made")
    document = Document.of(headline, body, "")
    reading = Reading(
        blocks=document.blocks,
        sentences=tuple(_sentences(document)),
        quotations=tuple(_quotations(document.text, said, people)),
        people=tuple(_person(document.text, one) for one in people),
    )
    return store.add(article, reading).article_id


def _sentences(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        for found in re.finditer(r"\S.*?(?:[.!?][\"”]?(?=\s+[\"“A-Z]|$)|$)", block.span.cut(document.text)):
            yield Span(*found.span()).moved(block.span.start)


def _quotations(text: str, said: Sequence[Said], people: Sequence[Somebody]) -> Iterator[Quotation]:
    names, seen = [one.name for one in people], dict[str, int]()
    for group, one in enumerate(said):
        known = (names.index(one.speaker),) if one.speaker in names else ()
        kind = SpeakerKind.ROLE if one.role else SpeakerKind.PERSON
        speaker = Speaker(one.speaker, kind, known) if one.speaker else None
        for part in one.parts:
            span = _find(text, part, seen.get(part, 0))
            yield Quotation(
                span=span,
                kind=one.kind,
                group=group,
                speaker=speaker,
                attribution=_find(text, one.attribution, 0) if one.attribution else None,
                reported_by=_find(text, one.reported_by, 0) if one.reported_by else None,
                confidence=0.9 if speaker else 0.0,
            )
            seen[part] = span.end


def _find(text: str, words: str, at: int) -> Span:
    start = text.index(words, at)
    return Span(start, start + len(words))


def _person(text: str, one: Somebody) -> Person:
    names = "|".join(re.escape(name) for name in sorted({one.name, *one.aliases}, key=len, reverse=True))
    mentions = [Mention(Span(*found.span()), MentionKind.NAME) for found in re.finditer(rf"\b(?:{names})\b", text)]
    roles = tuple(_find(text, role, 0) for role in one.roles if role in text)
    return Person(one.name, one.kind, one.aliases, roles, tuple(mentions))


def blocks_in(answer: Answer | Group) -> Iterator[Block]:
    """All blocks of an answer or a group, those in groups too."""
    waiting = list(answer.blocks)
    while waiting:
        block = waiting.pop(0)
        yield block
        if isinstance(block, Group):
            waiting = [*block.blocks, *waiting]


def quoted(answer: Answer | Group) -> list[Quoted]:
    """The passages of an answer in order."""
    return [block for block in blocks_in(answer) if isinstance(block, Quoted)]


def texts(answer: Answer | Group) -> list[str]:
    """The words of each passage of an answer, its parts joined by a bar."""
    return [" | ".join(part.text for part in block.parts) for block in quoted(answer)]


def entries(answer: Answer) -> list[Entry]:
    """The lines of lists in an answer."""
    return [block for block in blocks_in(answer) if isinstance(block, Entry)]


def ours(answer: Answer) -> str:
    """Everything in an answer that is said in words of ours, and in names."""
    notes = [block.text for block in blocks_in(answer) if isinstance(block, Note)]
    lines = [f"{block.label} {block.detail}" for block in blocks_in(answer) if isinstance(block, Entry)]
    titles = [block.title for block in blocks_in(answer) if isinstance(block, Group)]
    return "\n".join([answer.heading, *notes, *lines, *titles, *(each.label for each in answer.next)])


def is_printed(passage: Passage, store: Store) -> bool:
    """Whether the passage's words are just what its article prints at its place."""
    return passage.text == passage.span.cut(store.text(passage.version_id, Field(passage.field)))


def empty_store(folder: Path) -> Store:
    """A new store with nothing in it."""
    return Store.open(folder / "store.db")
