"""What goes into the store and what comes out of it, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.document import Field
from analysis.model import MentionKind, QuoteKind, Span, SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article, before it is stored. Nothing in it is guessed: what the source does not state is None.

    ``body`` is the source's own paragraphs joined by a blank line, ``captions`` each caption once.
    ``source`` tells where it came from ("seeds/x.txt", "https://…", "pasted by 42") and is never shown to readers.
    """

    headline: str
    body: str
    captions: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    url: str | None = None
    language: str | None = None
    source: str = ""


class Outcome(StrEnum):
    """What became of an article that was to be added."""

    NEW = "new"
    NEW_VERSION = "new version"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Added:
    """The article as the store now has it."""

    outcome: Outcome
    article_id: int
    version_id: int
    story_id: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One loaded article in its newest version (or the version asked for)."""

    id: int
    version_id: int
    version_number: int
    newest: bool
    headline: str
    outlet: str | None
    authors: tuple[str, ...]
    published: datetime | None
    url: str | None
    loaded_at: datetime

    @property
    def name(self) -> str:
        """How readers are told of it: its outlet, or its headline where no outlet is stated."""
        return self.outlet or self.headline


@dataclass(frozen=True, slots=True)
class Passage:
    """Words cut from one field of one article version; ``text`` is the exact substring."""

    version_id: int
    field: Field
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation of one article version, all its parts in order.

    ``people`` are ids of the story's cast (``CastMember.id``). ``words`` is the comparison key of its
    parts (see ``analysis.words``): two quotations that print the same words have the same key.
    ``speech`` is false for what somebody only wants, hopes or is said to discuss. ``set_by_admin`` says
    that an admin named the speaker, or said that there is none to name.
    """

    article_id: int
    parts: tuple[Passage, ...]
    kind: QuoteKind
    speaker: str | None
    speaker_kind: SpeakerKind | None
    people: tuple[int, ...]
    mention: Passage | None
    cue: Passage | None
    attribution: Passage | None
    reported_by: Passage | None
    confidence: float
    words: str
    speech: bool = True
    set_by_admin: bool = False


class Verdict(StrEnum):
    """What an admin says about a quotation."""

    SPEAKER = "speaker"
    UNATTRIBUTED = "unattributed"
    NOT_A_QUOTATION = "not a quotation"


@dataclass(frozen=True, slots=True)
class Correction:
    """What an admin says about the words at one place, which is all of one field.

    ``words`` is the comparison key of the parts, ``context`` that of their paragraph with the number of words
    before them. ``given`` is the speaker that the analysis found, ``speaker`` the right one (None for both other
    verdicts).
    """

    id: int
    article_id: int
    parts: tuple[Passage, ...]
    kind: QuoteKind
    words: str
    context: str
    given: str | None
    verdict: Verdict
    speaker: str | None
    speaker_kind: SpeakerKind | None
    set_at: datetime


class Reported(StrEnum):
    """What became of a reader's report."""

    FIRST = "first"  # nobody had reported this passage: admins are to be told
    KEPT = "kept"
    ALREADY = "already"  # by the same reader
    TOO_MANY = "too many"  # by this reader, for today


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A passage that readers call wrong and no admin has decided on; ``shown`` is the speaker that they saw."""

    article_id: int
    passage: Passage
    shown: str | None
    readers: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CastMember:
    """One person (or organisation that speaks) over all articles of a story."""

    id: int
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...]
    roles: tuple[Passage, ...]
    mentions: tuple[tuple[Passage, MentionKind], ...]
    articles: tuple[int, ...]  # article ids that mention them
    weight: float  # mentions and quotations, for the order of the cast


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell of the same events."""

    id: int
    title: str  # the headline of its most central article
    articles: tuple[int, ...]
    outlets: tuple[str, ...]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A window of sentences that the search engine found; ranking is shared Python's work."""

    article_id: int
    window: Passage
    sentences: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that ``verify`` found not to be as stored."""

    where: str
    stored: str
    found: str


class JobState(StrEnum):
    """Where a load, or one article of it, stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobItem:
    """One thing to load; ``payload`` is a path, a link or the row of an upload kept in the store."""

    id: int
    kind: str  # "path" | "link" | "text" | "file"
    label: str  # what the admin is shown
    state: JobState
    message: str  # one plain sentence: what it became, or why it failed
    article_id: int | None
    done: int = 0  # of the articles in it that were tried
    total: int = 0  # articles in it, 0 where that is not known


@dataclass(frozen=True, slots=True)
class Job:
    """A load and its items. ``message_id`` is the message of its chat that shows how far it is, where there is one."""

    id: int
    chat: str
    asked_by: str
    state: JobState
    items: tuple[JobItem, ...]
    message_id: int | None = None

    @property
    def total(self) -> int:
        """How many articles it has, as far as that is known; an item that was not looked into counts as one."""
        return sum(max(item.total, item.done, 1) for item in self.items)

    @property
    def done(self) -> int:
        """How many of them were tried."""
        open_ = (JobState.WAITING, JobState.RUNNING)
        return sum(item.done if item.state in open_ else max(item.total, item.done, 1) for item in self.items)
