"""What is answered, as frozen data that every front can render: a heading and a few closed kinds of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.model import Span
from handlers.question import Question
from store.model import ArticleRow, Passage


@dataclass(frozen=True, slots=True)
class Note:
    """Words of ours, never an article's."""

    text: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """One loaded article that prints the same words, and where it prints them."""

    article: ArticleRow
    parts: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Printed words with who said them and who printed them.

    ``parts`` are cut from ``carriers[0]``; a quotation that its reporting clause splits has several.
    ``speaker`` is None for the outlet's own words (``spoken`` false) and for unattributed speech
    (``spoken`` true). ``attribution`` and ``reported_by`` are as printed. ``of`` is the number of loaded
    articles of the story: "2 of 2 articles". ``wrong`` says that the speaker, or that it is a quotation, is
    not right; ``set_by_admin`` that an admin decided on it. ``shortened`` says that more was said than is shown.
    """

    parts: tuple[Passage, ...]
    carriers: tuple[Carrier, ...]
    of: int
    spoken: bool = False
    indirect: bool = False
    speaker: str | None = None
    attribution: Passage | None = None
    reported_by: Passage | None = None
    context: Question | None = None
    wrong: Question | None = None
    set_by_admin: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list; ``question`` is what choosing it asks."""

    label: str
    detail: str = ""
    question: Question | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One of two wordings that are compared.

    ``label`` says in words of ours whose wording it is. ``marked`` are spans of ``text``, in code points, of what
    differs: in order and apart from each other. ``passage`` and ``article`` tell where the text is printed.
    """

    label: str
    text: str
    marked: tuple[Span, ...] = ()
    passage: Passage | None = None
    article: ArticleRow | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Two wordings of the same thing, the difference marked in both; one with no text was not there at all.

    ``kind`` says in words of ours what differs.
    """

    kind: str
    before: Wording
    after: Wording


Block = Note | Quoted | Entry | Group | Change


@dataclass(frozen=True, slots=True)
class Card:
    """One quotation or passage to be drawn as a picture."""

    quoted: Quoted


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``counts`` has a number for each of the chart's parts."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars to be drawn as a picture; ``parts`` name the stretches of each bar, ``unit`` what is counted."""

    title: str
    unit: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made for this answer alone: a front that sends it removes it then, others tell where it is."""

    name: str
    path: Path
    note: str


@dataclass(frozen=True, slots=True)
class Next:
    """A further question and the words on its button."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; at most one of ``confirm`` (ask before doing) and ``job`` (long work that was started).

    ``tell_admins`` is what each admin of the bot is to see, besides whoever asked. ``picture`` shows the same as
    the blocks do; a front that cannot draw leaves it out. ``link`` leads back to just this, see
    ``handlers.links``; it is empty where nothing does.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    next: tuple[Next, ...] = ()
    confirm: Question | None = None
    job: int | None = None
    tell_admins: Answer | None = None
    picture: Card | Chart | None = None
    files: tuple[File, ...] = ()
    link: str = ""
