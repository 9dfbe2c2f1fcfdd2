"""The gold cases as data: short texts of invented news with the quotations that a careful reader finds in them.

A file of ``cases/`` holds one table a case: ``text``, and ``quotes`` with one quotation (or part of one) a line::

    direct “The words as printed,” | she = Marta Oyelaran | cue said | by Reuters

Before the words stands the kind: ``direct``, ``mixed`` (part of a sentence in marks), ``bare`` (direct speech without
marks: a transcript, a dash, a headline) or ``indirect``. A ``+`` before it says that the line is a further part of the
quotation above. In words, `` ~ `` leaves out the middle, and ``⟨…⟩`` marks the words inside a wider context where they
stand more than once; the same brackets work in mentions.

The speaker is ``mention = Full Name``, or only the name where the mention is the name, ``A and B = Name + Name`` for
joint speakers, ``role: one expert`` where nobody is named, ``org: the ministry`` for institutions. ``⍽`` stands for a
non-breaking space.
Further fields: ``cue`` (``quoted/saying``: either), ``by`` (who is said to have reported it), ``or`` (another speaker
that is right as well), ``nobody`` (null is right too: signs, letters, weak evidence), ``optional`` (need not be found).

Other keys: ``forbid`` (words that nobody may be quoted as saying), ``unspoken`` (may come back as a quotation without a
speaker), ``inner`` (quotes inside quotes; may come back, but not as the outer speaker's), ``people`` (lines of
``Name | alias … | role …``), ``strangers`` (names of nobody in the story), ``full_names`` (surnames are shared).
A case without ``quotes`` has nothing to find, and any answer is wrong.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.model import Span

HERE = Path(__file__).parent
KINDS = {"direct", "mixed", "bare", "indirect"}
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "his", "their"}


class BadCaseError(ValueError):
    """A case that does not say what it means."""


@dataclass(frozen=True, slots=True)
class Who:
    """A right answer for the speaker; ``names`` is empty where nobody is named, and holds two for joint speakers."""

    kind: str
    phrase: str
    mention: Span
    names: tuple[str, ...]

    @property
    def head(self) -> str:
        """The head noun of the printed phrase."""
        return re.split(r"\s(?:for|of|at|from|in)\s", self.phrase)[0].split()[-1]


@dataclass(frozen=True, slots=True)
class Quote:
    """One printed part of a gold quotation."""

    kind: str
    span: Span
    who: Who
    group: int
    also: tuple[Who, ...] = ()
    cue: str | None = None
    by: str | None = None
    nobody: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """A person that the people list must hold."""

    name: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One text and all that is to be found in it."""

    id: str
    text: str
    quotes: tuple[Quote, ...]
    forbid: tuple[Span, ...]
    unspoken: tuple[Span, ...]
    inner: tuple[Span, ...]
    people: tuple[Character, ...]
    strangers: tuple[str, ...]
    full_names: bool
    theme: str


def place(text: str, words: str) -> Span:
    """Where the words of a case line stand; they must stand there once."""
    if "⟨" in words:
        before, inside, after = re.split("[⟨⟩]", words)
        at = place(text, before + inside + after)
        return Span(at.start + len(before), at.start + len(before + inside))
    first, _, last = words.partition(" ~ ")
    if text.count(first) != 1:
        raise BadCaseError(f"stands {text.count(first)} times: {first!r}")
    start = text.index(first)
    if last and last not in text[start:]:
        raise BadCaseError(f"does not stand after its beginning: {last!r}")
    end = text.index(last, start + len(first)) + len(last) if last else start + len(first)
    if "\n" in text[start:end]:
        raise BadCaseError(f"crosses a line: {words!r}")
    return Span(start, end)


def nearest(text: str, phrase: str, to: Span) -> Span:
    """The place of a mention nearest to its words, outside of them."""
    if "⟨" in phrase:
        return place(text, phrase)
    spans = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    outside = [span for span in spans if not span.meets(to)]
    if not outside:
        raise BadCaseError(f"no mention {phrase!r} outside the words")
    return min(outside, key=lambda span: max(to.start - span.end, span.start - to.end))


def speaker(text: str, field: str, to: Span) -> Who:
    """Read the speaker field of a line."""
    sort, colon, rest = field.partition(": ")
    if not colon or sort not in ("role", "org"):
        sort, rest = "", field
    phrase, _, full = rest.partition(" = ")
    names = tuple(full.split(" + ")) if full else () if sort else (phrase,)
    mention = nearest(text, phrase, to)
    return Who(sort or kind_of(mention.cut(text), names), mention.cut(text), mention, names)


def kind_of(phrase: str, names: tuple[str, ...]) -> str:
    """What sort of mention a phrase is, given who it stands for."""
    if phrase.lower() in PRONOUNS:
        return "pronoun"
    parts = {word for name in names for word in name.split()}
    return "person" if parts & set(re.split(r"[^\w.’'-]+", re.sub(r"['’]s\b", "", phrase))) else "role"


def quote(text: str, line: str, group: int) -> Quote:
    """Read one line of ``quotes``."""
    head, *fields = [part.strip() for part in line.lstrip("+ ").split(" | ")]
    kind, _, words = head.partition(" ")
    if kind not in KINDS or not fields:
        raise BadCaseError(f"cannot be read: {line!r}")
    span = place(text, words)
    found: dict[str, Any] = {}
    also = []
    for field in fields[1:]:
        key, _, value = field.partition(" ")
        if key == "or":
            also.append(speaker(text, value, span))
        elif key in ("nobody", "optional", "cue", "by"):
            found[key] = value or True
        else:
            raise BadCaseError(f"unknown field: {field!r}")
    return Quote(kind, span, speaker(text, fields[0], span), group, tuple(also), **found)


def quotes_of(text: str, block: str) -> tuple[Quote, ...]:
    """Read all lines of ``quotes``."""
    found: list[Quote] = []
    group = -1
    for line in filter(None, map(str.strip, block.replace("⍽", "\N{NO-BREAK SPACE}").splitlines())):
        group += not line.startswith("+")
        found.append(quote(text, line, group))
    return tuple(found)


def character(line: str) -> Character:
    """Read one line of ``people``."""
    name, *rest = [part.strip() for part in line.split(" | ")]
    picked = {sort: tuple(f.removeprefix(sort + " ") for f in rest if f.startswith(sort)) for sort in ("alias", "role")}
    if sum(map(len, picked.values())) != len(rest):
        raise BadCaseError(f"cannot be read: {line!r}")
    return Character(name, picked["alias"], picked["role"])


def case_of(name: str, table: dict[str, Any], theme: str) -> Case:
    """Make a case of its table; raises BadCaseError where it contradicts itself."""
    text = table["text"].removesuffix("\n")
    extra = table.keys() - {"text", "quotes", "forbid", "unspoken", "inner", "people", "strangers", "full_names"}
    if extra:
        raise BadCaseError(f"{name}: unknown keys {extra}")
    spans = {key: tuple(place(text, words) for words in table.get(key, [])) for key in ("forbid", "unspoken", "inner")}
    people = tuple(character(line) for line in filter(None, map(str.strip, table.get("people", "").splitlines())))
    return Case(
        name,
        text,
        quotes_of(text, table.get("quotes", "")),
        **spans,
        people=people,
        strangers=tuple(table.get("strangers", ())),
        full_names=bool(table.get("full_names")),
        theme=theme,
    )


def load() -> tuple[Case, ...]:
    """All cases of all files, in order of file names; raises BadCaseError with the id of the case."""
    cases: dict[str, Case] = {}
    for path in sorted((HERE / "cases").glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in cases:
                raise BadCaseError(f"{name}: there are two of it")
            try:
                cases[name] = case_of(name, table, path.stem)
            except BadCaseError as error:
                raise BadCaseError(f"{path.name}: {name}: {error}") from error
    return tuple(cases.values())
