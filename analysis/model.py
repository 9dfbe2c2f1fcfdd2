"""The terms that every room shares: spans, blocks, quotations, people, and what a reading of a text holds.

All offsets are code points into one text and half-open: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of a text, in code points."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words of the span, as printed."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        """The same stretch, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


class BlockKind(StrEnum):
    """What a line of a news text is there for; only the first three are ever quoted from."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    CREDIT = "credit"
    CHROME = "chrome"


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of a text and what it is; blocks are in order and do not overlap."""

    kind: BlockKind
    span: Span


class QuoteKind(StrEnum):
    """How the words stand on the page."""

    DIRECT = "direct"  # whole clauses inside marks, or speech after a dash or in a transcript
    MIXED = "mixed"  # a part of a sentence in marks, inside somebody's reported speech
    INDIRECT = "indirect"  # reported without marks


class SpeakerKind(StrEnum):
    """What is known of who speaks."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"  # "one expert": printed, but nobody is named


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it.

    ``name`` is the full resolved name, two joined by " and ", or the phrase as printed where nobody is
    named. ``people`` are positions in ``Reading.people``: none for a role, two for a joint statement.
    """

    name: str
    kind: SpeakerKind
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One printed part of a quotation; parts that a reporting clause splits share ``group``.

    ``span`` takes in the marks. ``mention`` is the speaker as printed ("he"), ``cue`` the word of saying,
    ``attribution`` the whole reporting phrase as printed ("according to Tom Plant at the Royal United
    Services Institute, a London think tank"), ``reported_by`` the outlet, agency or person that is
    said to have reported it. ``confidence`` (0 to 1) is the chance that the speaker is right. ``speech`` is false
    for attitudes and topics: what somebody wants, hopes or is said to discuss, and what nobody in print says.
    """

    span: Span
    kind: QuoteKind
    group: int
    speaker: Speaker | None = None
    mention: Span | None = None
    cue: Span | None = None
    attribution: Span | None = None
    reported_by: Span | None = None
    confidence: float = 0.0
    speech: bool = True


class MentionKind(StrEnum):
    """How a person is referred to at one place."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person or organisation is referred to."""

    span: Span
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Person:
    """One person, or an organisation that speaks, over all its mentions in one text.

    ``name`` is the fullest printed name, ``aliases`` the other printed names, ``roles`` spans such as
    "a professor of international relations at South Korea's Pusan University".
    """

    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    roles: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    gender: str | None = None  # "m", "f", or None where the text does not tell


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text; ``remarks`` say in plain words what could not be done."""

    blocks: tuple[Block, ...] = ()
    sentences: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    people: tuple[Person, ...] = ()
    remarks: tuple[str, ...] = ()
