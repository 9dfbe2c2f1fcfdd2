"""Small articles and hand-made readings of them, for the tests of the store."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from analysis.model import Mention, MentionKind, Person, Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from store.model import Article
from store.records import document_of

MAYOR = "Ada Brandt"


def article(headline: str = "Ferry line reopens", body: str = "", **more: object) -> Article:
    """A short article; any field can be given."""
    values = {"headline": headline, "body": body or BODY, "captions": ("The ferry Alma at the quay.",), **more}
    return Article(**values)  # type: ignore[arg-type]


BODY = (
    "The ferry line reopened on Monday. Mayor Ada Brandt cut the ribbon.\n\n"
    '"We waited for years," Brandt said. "Today the boats are back."\n\n'
    'One rider was not pleased. "It is too dear," he said. The fare is 4.50.'
)
LATER = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


def spans_of(text: str, words: str) -> list[Span]:
    """Every place of some words in a text."""
    return [Span(*found.span()) for found in re.finditer(re.escape(words), text)]


def reading(
    of: Article, people: Sequence[str] = (MAYOR,), speakers: dict[str, int | str | None] | None = None
) -> Reading:
    """Sentences by full stops, a quotation for each pair of straight marks, people by their full names.

    ``speakers`` maps words of a quotation to the number of the person who says it, or to a role, or None.
    """
    text = document_of(of).text
    sentences = tuple(Span(*found.span()) for found in re.finditer(r"[^\s.][^\n.]*(?:\.(?=\d)[^\n.]*)*[.\"]*", text))
    cast = tuple(_person(text, name) for name in people)
    quotations = tuple(
        _quotation(text, Span(*found.span()), group, speakers or {}, people)
        for group, found in enumerate(re.finditer(r'"[^"\n]+"', text))
    )
    return Reading(sentences=sentences, quotations=quotations, people=cast)


def _person(text: str, name: str) -> Person:
    surname = name.split()[-1]
    mentions = tuple(Mention(span, MentionKind.NAME) for span in spans_of(text, surname))
    roles = tuple(spans_of(text, "Mayor")) if name == MAYOR else ()
    return Person(name, aliases=(surname,), roles=roles, mentions=mentions)


def _quotation(
    text: str, span: Span, group: int, speakers: dict[str, int | str | None], people: Sequence[str]
) -> Quotation:
    told = next((who for words, who in speakers.items() if words in span.cut(text)), 0 if people else None)
    if told is None:
        return Quotation(span, QuoteKind.DIRECT, group)
    if isinstance(told, str):
        return Quotation(span, QuoteKind.DIRECT, group, Speaker(told, SpeakerKind.ROLE), confidence=0.5)
    cues = [cue for cue in spans_of(text, "said") if cue.start > span.end]
    return Quotation(
        span,
        QuoteKind.DIRECT,
        group,
        Speaker(people[told], SpeakerKind.PERSON, (told,)),
        cue=cues[0] if cues else None,
        confidence=0.9,
    )


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file without the store's rules, to break it with."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
