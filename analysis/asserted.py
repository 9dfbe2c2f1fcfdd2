"""Takes a message apart into the quotations that it asserts: the words, and whom it names for them.

Only what is written plainly counts: a name right beside the marks with a verb of saying, a colon or a dash. A
pronoun or a role names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from analysis import sentences
from analysis.document import lines
from analysis.lists import words as listed
from analysis.model import Span
from analysis.quotes import stretches
from analysis.verbs import FORMS

MOST = 12
"""Most quotations of one message."""

_NEAR = 200  # code points beside the marks that are looked at
_LONGEST_NAME = 80  # code points
_BIG = r"[^\W\d_a-zß-öø-ÿ][\w’'.&-]*"
_NAME = rf"{_BIG}(?: (?:de |del |van |von |bin |al-)?{_BIG}){{0,4}}"
_LOW = r"[\w’'.-]+(?: [\w’'.-]+){0,3}"
_ADVERB = r"(?:who )?(?:(?:also|once|then|just|really|actually|reportedly|later|even|has|had|have|did|\w+ly) )*"
_TO = r"(?: (?:to|on|in|at|of|about|during|after|before) [^,.:;“\"]{1,40}| yesterday| today| that| how| \w+day)*"


_ASKING = re.compile(
    r"(?:is it (?:true|right|correct|a fact) that|is this (?:true|right|real)|true or false|fact[- ]?check"
    r"|breaking(?: news)?|just in|i (?:heard|read) that|apparently|allegedly|reportedly)\b[\s:,?!—–-]*",
    re.IGNORECASE,
)  # what opens a sentence that asks about the rest of it, or announces it


@dataclass(frozen=True, slots=True)
class Asserted:
    """Words that a message asserts to be somebody's. ``span`` is where they stand in it, in code points.

    ``speaker`` is the name that the message gives, as written there. ``perhaps`` are words in lower case that stand
    where a name would: whoever knows the people of a story can tell. ``marked`` is false for words without marks;
    then ``whole`` is their sentence.
    """

    words: str
    span: Span
    marked: bool
    speaker: str | None = None
    perhaps: str = ""
    whole: str = ""


def asserted(message: str) -> list[Asserted]:
    """The quotations of a message in order; of one without marks, each sentence, less who is said to say it."""
    return [each for line in lines(message) for each in _marked(message, line)][:MOST] or unmarked(message)


def unmarked(message: str) -> list[Asserted]:
    """The sentences of a message, whatever is marked in it, less who is said to say it and what only asks about it."""
    return [_bare(message, line) for line in _sentences(message)][:MOST]


def _sentences(message: str) -> Iterator[Span]:
    for line in lines(message):
        yield from sentences.split(message, line)


def _marked(message: str, line: Span) -> Iterator[Asserted]:
    text = line.cut(message)
    found = [each for each in stretches(text) if not each.dash]
    edges = [0, *(at for each in found for at in each.span), len(text)]
    heard: str | None = None
    for at, each in enumerate(found):
        before, after = text[edges[2 * at] : each.span.start], text[each.span.end : edges[2 * at + 3]]
        last = at == len(found) - 1
        below = message[line.end : line.end + _NEAR] if last and not after.strip(" .") else ""
        own = last or after.rstrip().endswith((".", ",", ";")) or each.inner.cut(text).rstrip().endswith(",")
        follows = f"{after[:_NEAR]}{below}" if own else ""
        speaker = _one({*_names(_before(), before[-_NEAR:]), *_names(_after(), follows)})
        if speaker is None and heard and _ends_clause(before, heard):
            speaker = heard
        heard = speaker
        low = _low().search(f"{before[-_NEAR:]}\0{follows}")
        perhaps = (low["before"] or low["between"] or low["after"]) if low else ""
        yield Asserted(each.inner.cut(text), each.inner.moved(line.start), True, speaker, perhaps)


def _ends_clause(between: str, heard: str) -> bool:
    """Whether all that stands between two quotations is the reporting clause of the first."""
    return heard in between and len(between) <= _LONGEST_NAME and between.rstrip().endswith((".", ",", ":", ";"))


def _bare(message: str, sentence: Span) -> Asserted:
    """A sentence without marks, less the clause that says whose words they are."""
    text = sentence.cut(message)
    at = found.end() if (found := _ASKING.match(text)) else 0
    asked, from_ = text[at:], sentence.start + at
    for pattern in _clauses():
        found = pattern.search(asked)
        name = _named(found["name"]) if found else None
        if found and name is not None:
            return Asserted(found["words"], Span(*found.span("words")).moved(from_), False, name, whole=text)
    if found := _low_clause().search(asked):
        return Asserted(found["words"], Span(*found.span("words")).moved(from_), False, None, found["name"], text)
    return Asserted(asked, Span(from_, sentence.end), False, whole=text)


def _names(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[str]:
    for pattern in patterns:
        found = pattern.search(text)
        name = _named(found["name"]) if found else None
        if name is not None:
            yield name


def _one(names: set[str]) -> str | None:
    """The one name that is given; None where several are."""
    return min(names) if len(names) == 1 else None


def _named(words: str) -> str | None:
    """A name without the words that only open a sentence; None for a pronoun, a role, or nothing left."""
    kept = words.split()
    while kept and kept[0].lower() in listed("sentence_openers") | listed("stop_words"):
        kept = kept[1:]
    if not kept or kept[0].lower() in FORMS:
        return None
    name = " ".join(kept).strip(".,")
    return name.removesuffix("’s").removesuffix("'s")[:_LONGEST_NAME] or None


@cache
def _said() -> str:
    return "(?:" + "|".join(sorted({form for form, verb in FORMS.items() if verb.strong}, key=len, reverse=True)) + ")"


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    """What ends right before the marks: "Putin told Kim on Thursday: ", "according to Putin, ", "Putin: "."""
    return (
        re.compile(rf"(?P<name>{_NAME})(?:, [^,“\"]{{2,80}},)? {_ADVERB}{_said()}(?: {_NAME})?{_TO}\s*[,:]?\s*$"),
        re.compile(rf"[Aa]ccording to (?P<name>{_NAME})\s*[,:]?\s*$"),
        re.compile(rf"(?:^|[.!?]\s)\s*(?P<name>{_NAME})\s*:\s*$"),
    )


@cache
def _after() -> tuple[re.Pattern[str], ...]:
    """What begins right after the marks: ", said Putin", ", Putin said", " according to Putin", " — Putin"."""
    return (
        re.compile(rf"^[\s,.!?]*{_said()} (?P<name>{_NAME})"),
        re.compile(rf"^[\s,.!?]*(?P<name>{_NAME})(?:, [^,“\"]{{2,80}},)? {_ADVERB}{_said()}\b"),
        re.compile(rf"^[\s,]*according to (?P<name>{_NAME})"),
        re.compile(rf"^\s*[(\[—–-]+\s*(?P<name>{_NAME})"),
    )


@cache
def _low() -> re.Pattern[str]:
    """The same in lower case; a zero character stands for the words in marks."""
    return re.compile(
        rf"(?P<before>{_LOW}) {_said()}{_TO}\s*[,:]?\s*\0|\0[\s,.!?]*{_said()} (?P<after>{_LOW})"
        rf"|\0[\s,.!?]*(?P<between>{_LOW}) {_said()}\b"
    )


@cache
def _clauses() -> tuple[re.Pattern[str], ...]:
    """Sentences that say whose words they tell: "Putin said that …", "… , Putin said.", "Putin: …"."""
    return (
        re.compile(rf"^\W*(?P<name>{_NAME}) {_ADVERB}{_said()}(?:,? that|:|,)? (?P<words>.+)$", re.DOTALL),
        re.compile(rf"^\W*(?P<name>{_NAME})\s*: (?P<words>.+)$", re.DOTALL),
        re.compile(rf"^\W*[Aa]ccording to (?P<name>{_NAME}),? (?P<words>.+)$", re.DOTALL),
        re.compile(rf"^(?P<words>.+), (?:(?:{_said()} )?(?P<name>{_NAME})(?: {_ADVERB}{_said()})?)[.!?]?$", re.DOTALL),
    )


@cache
def _low_clause() -> re.Pattern[str]:
    """The same in lower case: "putin said …", "putin: …"; at most three words for the name."""
    return re.compile(
        rf"^\W*(?P<name>[\w’'.-]+(?: [\w’'.-]+){{0,2}}?)(?:\s*:| {_ADVERB}{_said()}(?:,? that|:|,)?) (?P<words>.+)$",
        re.DOTALL,
    )
