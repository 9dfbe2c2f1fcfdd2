"""Turns a Reading into checked rows: every span inside its own field, with a checksum of the words it cuts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.document import Document, Field, Located
from analysis.model import Quotation, QuoteKind, Reading, Span, Speaker
from analysis.words import key
from store.model import Article


class What(StrEnum):
    """What a stored span is."""

    SENTENCE = "sentence"
    PART = "part"
    MENTION = "mention"
    CUE = "cue"
    ATTRIBUTION = "attribution"
    REPORTED_BY = "reported_by"
    ROLE = "role"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One stored span; ``owner`` is the number of its quotation or person, 0 for a sentence."""

    what: What
    owner: int
    number: int
    field: Field
    span: Span
    kind: str | None
    checksum: int


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation with all its parts; ``people`` are numbers of the version's people."""

    number: int
    kind: QuoteKind
    speaker: str | None
    speaker_kind: str | None
    people: tuple[int, ...]
    confidence: float
    words: str
    speech: bool = True


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of one version."""

    number: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    gender: str | None


@dataclass(slots=True)
class Records:
    """All rows of one reading."""

    spans: list[SpanRow] = field(default_factory=list)
    quotations: list[QuotationRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)


def captions_of(article: Article) -> str:
    """The captions as the one text that passages are cut from."""
    return "\n".join(article.captions)


def document_of(article: Article) -> Document:
    """The text that a reading of the article is of."""
    return Document.of(article.headline, article.body, captions_of(article))


def records_of(article: Article, reading: Reading) -> Records:
    """Check and place every span. Raises ValueError for spans or people that the article does not have."""
    document = document_of(article)
    if not document.text:
        raise ValueError("The article has no text.")
    check(reading, len(document.text))
    _check_characters(article, reading)
    made = Records()
    _Placing(document, made).all(reading)
    return made


def check(reading: Reading, length: int) -> None:
    """Raise ValueError when a span leaves the text, or a speaker is none of the reading's people."""
    for span in _spans(reading):
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"The span {tuple(span)} is outside the text of {length} characters.")
    for quotation in reading.quotations:
        if not 0.0 <= quotation.confidence <= 1.0:
            raise ValueError(f"The confidence {quotation.confidence} is not between 0 and 1.")
        for person in quotation.speaker.people if quotation.speaker else ():
            if not 0 <= person < len(reading.people):
                raise ValueError(f"The speaker {person} is none of the {len(reading.people)} people of the reading.")


def _check_characters(article: Article, reading: Reading) -> None:
    """Raise ValueError for half a character (a lone surrogate), which no file can hold."""
    stated = (article.outlet, article.url, article.language, article.source, *article.authors, *article.subheadings)
    names = (name for person in reading.people for name in (person.name, *person.aliases, person.gender))
    speakers = (said.speaker.name for said in reading.quotations if said.speaker)
    text = (article.headline, article.body, *article.captions)
    try:
        for each in (*text, *stated, *names, *speakers, *reading.remarks):
            (each or "").encode()
    except UnicodeEncodeError as error:
        raise ValueError("The article holds half a character, which cannot be stored.") from error


def checksum(where: Field, span: Span, words: str) -> int:
    """CRC-32 of a span's place and words: tells a shifted offset as well as an altered text."""
    return zlib.crc32(f"{where}:{span.start}:{span.end}:{words}".encode("utf-8", "surrogatepass"))


def _spans(reading: Reading) -> Iterator[Span]:
    yield from reading.sentences
    for quotation in reading.quotations:
        yield quotation.span
        yield from (span for _, span in _details(quotation) if span is not None)
    for person in reading.people:
        yield from person.roles
        yield from (mention.span for mention in person.mentions)


def _details(quotation: Quotation) -> tuple[tuple[What, Span | None], ...]:
    return (
        (What.MENTION, quotation.mention),
        (What.CUE, quotation.cue),
        (What.ATTRIBUTION, quotation.attribution),
        (What.REPORTED_BY, quotation.reported_by),
    )


def _gathered(quotations: Iterable[Quotation]) -> Iterator[list[Quotation]]:
    """Parts of one quotation together, in order of their first part; parts that name different speakers stay apart."""
    groups: dict[tuple[int, Speaker | None], list[Quotation]] = {}
    for quotation in sorted(quotations, key=lambda each: each.span):
        groups.setdefault((quotation.group, quotation.speaker), []).append(quotation)
    yield from groups.values()


@dataclass(slots=True)
class _Placing:
    """Adds rows to ``made``; spans that are empty or cross from one field to another are left out."""

    document: Document
    made: Records

    def all(self, reading: Reading) -> None:
        for number, span in enumerate(reading.sentences):
            self.place(What.SENTENCE, 0, number, span)
        for number, person in enumerate(reading.people):
            row = PersonRow(number, person.name, person.kind, person.aliases, person.gender)
            self.made.people.append(row)
            for at, role in enumerate(person.roles):
                self.place(What.ROLE, number, at, role)
            for at, mention in enumerate(person.mentions):
                self.place(What.PERSON, number, at, mention.span, mention.kind)
        for parts in _gathered(reading.quotations):
            self.quotation(len(self.made.quotations), parts)

    def quotation(self, number: int, parts: Sequence[Quotation]) -> None:
        placed = [part for at, part in enumerate(parts) if self.place(What.PART, number, at, part.span, part.kind)]
        if not placed:
            return
        for at, part in enumerate(placed):
            for what, span in _details(part):
                if span is not None:
                    self.place(what, number, at, span)
        speaker, kinds = placed[0].speaker, {part.kind for part in placed}
        self.made.quotations.append(
            QuotationRow(
                number=number,
                kind=next(kind for kind in QuoteKind if kind in kinds),
                speaker=speaker.name if speaker else None,
                speaker_kind=speaker.kind if speaker else None,
                people=speaker.people if speaker else (),
                confidence=float(min(part.confidence for part in placed)) + 0.0,  # SQLite keeps no -0.0
                words=words_of(part.span.cut(self.document.text) for part in placed),
                speech=all(part.speech for part in placed),
            )
        )

    def place(self, what: What, owner: int, number: int, span: Span, kind: str | None = None) -> bool:
        located: Located | None = self.document.locate(span)
        if located is None or span.start == span.end:
            return False
        words = span.cut(self.document.text)
        found = checksum(located.field, located.span, words)
        self.made.spans.append(SpanRow(what, owner, number, located.field, located.span, kind, found))
        return True


def words_of(parts: Iterable[str]) -> str:
    """The comparison key of a quotation's parts."""
    return " ".join(filter(None, map(key, parts)))
