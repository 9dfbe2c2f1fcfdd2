"""Works out all that an article is stored with before anything is written, so that the write itself is short."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.document import Field
from analysis.links import canonical
from analysis.model import Reading, Span
from analysis.sketches import Sketch, sketches
from analysis.stories import Fingerprint, fingerprint
from analysis.words import key
from store.model import Article
from store.records import Records, SpanRow, What, captions_of, records_of

SIZE, STEP = 3, 2  # sentences in a window, and from one window's start to the next one's


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one field that are searched together; words as comparison keys, so that "U.S." finds "US"."""

    field: Field
    span: Span
    first_sentence: int
    last_sentence: int
    title: str
    outlet: str
    words: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with all its rows and hashes."""

    article: Article
    captions: str
    remarks: tuple[str, ...]
    records: Records
    windows: tuple[Window, ...]
    sketches: tuple[Sketch, ...]
    text_hash: str
    words_hash: str
    reading_hash: str
    fingerprint: Fingerprint


def prepare(article: Article, reading: Reading) -> Prepared:
    """Check and work out everything. Raises ValueError for a reading that is not of this article's text."""
    records, captions, published = records_of(article, reading), captions_of(article), article.published
    texts = {Field.HEADLINE: article.headline, Field.BODY: article.body, Field.CAPTION: captions}
    return Prepared(
        article=replace(article, url=canonical(article.url)) if article.url else article,
        captions=captions,
        remarks=reading.remarks,
        records=records,
        windows=tuple(windows(texts, article.outlet, records)),
        sketches=tuple(sketches(article.body)),
        text_hash=text_hash(texts),
        words_hash=words_hash(texts),
        reading_hash=reading_hash(records),
        fingerprint=fingerprint(article.headline, article.body, published.date() if published else None),
    )


def windows(texts: Mapping[Field, str], outlet: str | None, records: Records) -> Iterator[Window]:
    """Three sentences of one field at a time, the last of each also the first of the next."""
    title, named = key(texts[Field.HEADLINE]), key(outlet or "")
    for group in _groups([row for row in records.spans if row.what is What.SENTENCE]):
        name = group[0].field
        whole = Span(group[0].span.start, max(row.span.end for row in group))
        words = key(whole.cut(texts[name]))
        yield Window(name, whole, group[0].number, group[-1].number, title, named, words)


def _groups(sentences: Sequence[SpanRow]) -> Iterator[Sequence[SpanRow]]:
    for name in dict.fromkeys(row.field for row in sentences):
        rows = sorted((row for row in sentences if row.field == name), key=lambda row: row.span)
        for at in range(0, max(len(rows) - 1, 1), STEP):
            yield rows[at : at + SIZE]


def text_hash(texts: Mapping[Field, str]) -> str:
    """SHA-256 of the three fields as they are."""
    return _sha256([texts[name] for name in Field])


def words_hash(texts: Mapping[Field, str]) -> str:
    """SHA-256 of the words of headline and body, or of the characters where there are no words."""
    words = key(f"{texts[Field.HEADLINE]}\n{texts[Field.BODY]}")
    return _sha256(words or [texts[name] for name in Field])


def reading_hash(records: Records) -> str:
    """SHA-256 over all rows of a reading in their order: tells a missing row and an altered name."""
    spans: Iterable[tuple[object, ...]] = (
        (row.what, row.owner, row.number, row.field, *row.span, row.kind, row.checksum) for row in records.spans
    )
    quotations = [
        (row.number, row.kind, row.speaker, row.speaker_kind, row.people, row.confidence, row.words, row.speech)
        for row in records.quotations
    ]
    people = [(row.number, row.name, row.kind, row.aliases, row.gender) for row in records.people]
    in_order = sorted(spans, key=lambda row: row[:3])
    return _sha256([in_order, quotations, people])


def _sha256(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
