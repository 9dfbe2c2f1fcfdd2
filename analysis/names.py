"""Finds the names that a text prints: runs of capitalised words, cut free of titles and of sentence openers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.credits import credits_in, without_agency
from analysis.lists import words
from analysis.model import Block, BlockKind, Span
from analysis.titles import in_small, is_worker, lower_title, office_before, title_end, titles

PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "da",
        "dos",
        "das",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "ibn",
        "bint",
        "al",
        "el",
        "ben",
        "af",
        "av",
        "zu",
        "e",
        "i",
        "y",
    ]
)
ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Prof|Rev|Hon|St|Adm|Cmdr|Det|Supt|Insp|Pres)\."
PREFIX = r"(?:Mc|Mac|O[’'`]|D[’'`]|L[’'`]|[Aa]l-|[Ee]l-|bin-)?"
WORD = rf"{PREFIX}[^\W\d_a-z][^\W\d_]*(?:[-–](?:[^\W\d_a-z][^\W\d_]*|[a-z]{{2,4}}(?![\w])))*(?:[’'][^\W\d_s][^\W\d_]+)?"
INITIALS = r"(?:[A-Z]\.(?:-?[A-Z]\.)*)(?!\w)"
PART = re.compile(rf"{ABBREVIATION}|{INITIALS}|{WORD}")
LINK = re.compile(r"[ \u00a0](?:(?:" + "|".join(sorted(PARTICLES)) + r") ){0,2}|,? (?=(?:Jr|Sr)\b\.?)| & ")
NICKNAME = re.compile(
    r" (?:“[^“”\n.,!?]{2,24}”|\"[^\"\n.,!?]{2,24}\"|‘[^‘’\n.,!?]{2,24}’|'[^'\n.,!?]{2,24}'|\([A-Z][^()\s]{1,15}\))"
    r" (?=[A-Z])"
)
START = re.compile(r"(?<![\w@#/’'-])(?=[^\W\d_a-z]|al-[A-Z]|el-[A-Z])")
SUFFIX = re.compile(r",? (?:Jr|Sr)\.?(?!\w)| (?:II|III|IV)(?!\w)")
OPENS = re.compile(r"(?:^|[.!?…:]|[.!?…]?[\"“”'‘’])\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name. ``title`` is what stands before it and is no part of it ("President", "Mr.")."""

    span: Span
    words: tuple[str, ...]
    title: str = ""
    title_span: Span | None = None
    opens: bool = False  # whether it opens a sentence, where any word is capitalised
    definite: bool = False  # whether "the" stands before it
    quoted: bool = False  # whether it stands inside quotation marks
    heading: bool = False  # whether it stands in a line with capitals throughout


def names_in(text: str, blocks: Sequence[Block], quoted: Sequence[Span] = ()) -> list[Name]:
    """All names of the blocks, in order. Names in a photographer's credit are left out."""
    inside = _Inside(quoted)
    found = [name for block in blocks for name in _block_names(text, block, inside)]
    surnames = {name.words[-1] for name in found if len(name.words) > 1 and in_small(name.words[-1]) in titles()}
    return sorted([*found, *_like_titles(text, blocks, surnames, found, _Inside(quoted))], key=lambda one: one.span)


def _like_titles(
    text: str, blocks: Sequence[Block], surnames: set[str], found: Sequence[Name], inside: _Inside
) -> Iterator[Name]:
    """Surnames that are also titles, where they stand alone: "Singer" of a text about Bryan Singer."""
    if not surnames:
        return
    taken = {name.span.start for name in found} | {one.title_span.start for one in found if one.title_span}
    alone = re.compile(rf"(?<![\w’'-])(?<![Tt]he )(?:{'|'.join(sorted(map(re.escape, surnames)))})(?![\w-]| [A-Z])")
    for block in blocks:
        for one in alone.finditer(text, block.span.start, block.span.end):
            before = text[max(block.span.start, one.start() - 6) : one.start()]
            if one.start() not in taken and not any(name.span.start <= one.start() < name.span.end for name in found):
                opens = bool(OPENS.search(before)) or one.start() == block.span.start
                yield Name(Span(*one.span()), (one.group(),), opens=opens, quoted=inside(one.start()))


class _Inside:
    """Tells whether a place lies in one of some ordered spans, asked in order of place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans, self.at = spans, 0

    def __call__(self, place: int) -> bool:
        while self.at < len(self.spans) and self.spans[self.at].end <= place:
            self.at += 1
        return self.at < len(self.spans) and self.spans[self.at].start <= place


def _block_names(text: str, block: Block, inside: _Inside) -> Iterator[Name]:
    at = block.span.start
    line = block.span.cut(text)
    shouted = line.isupper() and 1 < len(line.split()) <= LONGEST_SHOUT and bool(text[block.span.end :].strip())
    heading = shouted or in_capitals(line, LEAST if _is_headline(text, block) else LEAST_AROUND)
    for credit in [*([] if block.kind == BlockKind.HEADLINE else credits_in(text, block.span)), None]:
        end = credit.start if credit else block.span.end
        while start := START.search(text, at, end):
            parts = _run(text, start.start(), end)
            at = parts[-1].end if parts else start.start() + 1
            inner = {in_small(part.cut(text)) for part in parts[1:-1]}
            for name in _names(text, parts, block.span.start, inside) if parts else ():
                yield replace(name, heading=True) if heading or inner & words("heading_words") else name
        at = max(at, credit.end) if credit else at


def _is_headline(text: str, block: Block) -> bool:
    """Whether a block is the headline: known as one, or the first of several lines, with no full stop."""
    line, rest = text[: block.span.end].strip(), text[block.span.end :].strip()
    first = bool(rest) and line == block.span.cut(text).strip() and line.rstrip("\"”’'")[-1:] not in ".:"
    return block.kind == BlockKind.HEADLINE or first


LEAST = 3
LONGEST_SHOUT = 6  # words of a line in capital letters: "HARBOUR SCANDAL"
LEAST_AROUND = 8  # long words that a heading needs around its quotation
IN_MARKS = re.compile(r"[\"“][^\"“”]{8,}[\"”]")


def in_capitals(line: str, around: int = 3) -> bool:
    """Whether the words of a line are capitalised throughout; ``around`` a quotation, more than so many long words."""
    bare = IN_MARKS.sub(" ", line)
    every = re.findall(r"[^\W\d_]{4,}", line)[:40]
    if bare != line and len(every) > LEAST and all(word[0].isupper() for word in every):
        return True
    long = list(re.findall(r"[^\W\d_]{4,}", bare)[:40])
    return len(long) > (LEAST if bare == line else around) and sum(word[0].isupper() for word in long) > 0.75 * len(
        long
    )


def _run(text: str, start: int, end: int) -> list[Span]:
    parts: list[Span] = []
    at = start
    while found := PART.match(text, at, end):
        parts.append(Span(found.start(), found.end()))
        link = NICKNAME.match(text, found.end(), end) or LINK.match(text, found.end(), end)
        link = link or _of_members(text, found, end)
        if link is None:
            break
        at = link.end()
    return parts


OF_MEMBERS = re.compile(r"(?:(?<=s)[’']|[’']s) (?=([A-Z]\w+))")
MEMBERS = frozenset({"people", "women", "men", "children", "workers", "students", "veterans", "residents", "tenants"})


def _of_members(text: str, part: re.Match[str], end: int) -> re.Match[str] | None:
    """What links the members to their body in "the Dockers’ Union", "the Women’s Institute"."""
    found = OF_MEMBERS.match(text, part.end(), end)
    low = part.group().lower()
    if found is None or found.group(1).lower() not in words("organisation_words"):
        return None
    return found if low in MEMBERS or (low.endswith("s") and is_worker(low[:-1])) else None


def _names(text: str, parts: list[Span], floor: int, inside: _Inside) -> Iterator[Name]:
    """The names of one run, which may hold a title and, after sentence openers, nothing at all."""
    run_start = parts[0].start
    before = text[max(floor, run_start - 6) : run_start]
    definite = before.lower().endswith("the ")
    opens = bool(OPENS.search(before)) or run_start == floor
    while parts and (word := in_small(parts[0].cut(text))) in words("sentence_openers"):
        if word == "he" and len(parts) == 2 and not opens:
            break  # "with He Jun": a family name
        definite = word == "the"
        parts = parts[1:]
        opens = False
    parts = without_agency(text, parts)
    while len(parts) > 1 and in_small(parts[-1].cut(text)) in DAYS | {"jr", "sr"}:
        parts = parts[:-1]
    office = office_before(text, parts, floor)
    cut = 0 if office else min(title_end([part.cut(text) for part in parts], opens), len(parts))
    title = office or (Span(parts[0].start, parts[cut - 1].end) if cut else None)
    rest = [part for part in parts if title is None or part.start >= title.end]
    if len(rest) > 2 and rest[-1].cut(text) in LETTERS_AFTER:
        rest = rest[:-1]
    if len(rest) == 1 and (_is_month(text, rest[0], floor) or _is_numbered(text, rest[0])):
        return
    if not rest or (len(rest) == 1 and rest[0].end - rest[0].start < 2):
        return
    name = Span(rest[0].start, rest[-1].end)
    suffix = SUFFIX.match(text, name.end)
    if suffix and len(rest) > 1:
        name = Span(name.start, suffix.end())
    lowered = "" if title else lower_title(text, name.start, floor)
    yield Name(
        name,
        tuple(re.sub(r"[,]", "", NICKNAME.sub(" ", name.cut(text))).split()),
        title.cut(text) if title else lowered,
        title or (Span(name.start - 1 - len(lowered), name.start - 1) if lowered else None),
        opens,
        definite,
        inside(name.start),
    )


DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "october",
        "november",
        "december",
    ]
)
LETTERS_AFTER = frozenset({"KC", "QC", "MP", "MSP", "MEP", "OBE", "MBE", "CBE", "PhD", "TD"})
MONTHS = frozenset({"May", "April", "June", "August"})  # which are names, too
IN_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|last|next|this|of|from|during|late|early|mid|\d{1,2}(?:st|nd|rd|th)?) |mid-)$",
    re.I,
)


NUMBERED = frozenset(["article", "section", "clause", "chapter", "paragraph", "rule", "schedule", "page", "part"])


def _is_numbered(text: str, word: Span) -> bool:
    """Whether a word is a numbered part of a document: "Section 12"."""
    return in_small(word.cut(text)) in NUMBERED and re.match(r" \d", text[word.end : word.end + 2]) is not None


def _is_month(text: str, word: Span, floor: int) -> bool:
    """Whether a word that may be a name is a month here: "in May", "May 4"."""
    if word.cut(text) not in MONTHS:
        return False
    before, after = text[max(floor, word.start - 12) : word.start], text[word.end : word.end + 4]
    return bool(IN_MONTH.search(before) or re.match(r",? \d", after))
