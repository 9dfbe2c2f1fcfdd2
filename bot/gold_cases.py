"""Writes a correction as a case of the gold tables (the format is told in tests/gold/loading.py)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.model import QuoteKind, Span, SpeakerKind
from store.model import Correction, Verdict

OPENING = "\"'`“”„‘‚«»‹›"
CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
READABLE = re.compile(r"(?!.*''')[^\x00-\x08\x0b-\x1f\x7f-\x9f]*\Z", re.DOTALL)
SEPARATORS = re.compile(r" \| | ~ |[⟨⟩⍽]|^\+|[\x0b-\x1f\x85\u2028\u2029]")


class NoCaseError(ValueError):
    """A correction that the format cannot tell; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction with the text of its case, the pieces of its quotation there, and who is right as printed there."""

    correction: Correction
    text: str
    pieces: tuple[Span, ...]
    speaker: str

    def lines(self) -> Iterator[str]:
        """The keys of the case. Raises NoCaseError."""
        words = [_placed(self.text, piece) for piece in self.pieces]
        if self.correction.verdict is not Verdict.SPEAKER:
            key = "forbid" if self.correction.verdict is Verdict.NOT_A_QUOTATION else "unspoken"
            yield f"{key} = [{', '.join(map(_basic, words))}]"
            return
        told = [f"{self._kind(piece)} {each} | {self.speaker}" for each, piece in zip(words, self.pieces, strict=True)]
        yield f"quotes = {_string(chr(10).join(told[:1] + [f'+ {line}' for line in told[1:]]))}"

    def _kind(self, piece: Span) -> str:
        kind = self.correction.kind
        return "bare" if kind is QuoteKind.DIRECT and self.text[piece.start] not in OPENING else kind


def case(correction: Correction, field: str, names: Sequence[str]) -> str:
    """The case, or a comment on why there is none. ``names`` are what the right speaker is called, full name first."""
    given = re.sub(f"[{CONTROLS}]+", " ", correction.given or "nobody")
    try:
        draft = _draft(correction, field, names)
        lines = list(draft.lines())
    except NoCaseError as why:
        return f"# Correction {correction.id} is no case: {why}.\n\n"
    name = hashlib.sha256(f"{draft.text}\n{correction.words}".encode()).hexdigest()[:10]
    return "\n".join([f"[corrected_{name}]  # read as: {given}", f"text = {_string(draft.text)}", *lines, "", ""])


def paragraphs(field: str, correction: Correction) -> Span:
    """The paragraphs that a correction's quotation stands in, without white space at their ends."""
    return _lines(field, Span(correction.parts[0].span.start, correction.parts[-1].span.end))


def _draft(correction: Correction, field: str, names: Sequence[str]) -> Draft:
    """The case over as many paragraphs as are needed to have the right speaker named. Raises NoCaseError."""
    parts = [piece for part in correction.parts for piece in _on_one_line(field, part.span)]
    at = paragraphs(field, correction)
    while True:
        text, pieces = at.cut(field), tuple(piece.moved(-at.start) for piece in parts)
        if correction.verdict is not Verdict.SPEAKER:
            return Draft(correction, text, pieces, "")
        mention = _mention(text, pieces, correction, names)
        if mention is not None:
            return Draft(correction, text, pieces, _speaker(mention, names[0], correction.speaker_kind))
        wider = _wider(field, at)
        if wider == at:
            raise NoCaseError("the article does not print the speaker's name outside of the quotation")
        at = wider


def _mention(text: str, pieces: Sequence[Span], correction: Correction, names: Sequence[str]) -> str | None:
    """The first of the names, or the surname, that is printed outside of the quotation."""
    surname = names[0].split()[-1:] if correction.speaker_kind is SpeakerKind.PERSON else []
    for name in [*names, *surname]:
        places = (Span(*found.span()) for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
        if not SEPARATORS.search(name) and any(not any(piece.meets(at) for piece in pieces) for at in places):
            return name
    return None


def _speaker(mention: str, name: str, kind: SpeakerKind | None) -> str:
    if kind is SpeakerKind.ROLE:
        return f"role: {mention}"
    if kind is SpeakerKind.ORGANISATION:
        return f"org: {mention}" if mention == name else f"org: {mention} = {name}"
    full = " + ".join(name.split(" and "))
    return mention if mention == full else f"{mention} = {full}"


def _on_one_line(field: str, span: Span) -> Iterator[Span]:
    """The span cut at line ends, which no line of a case crosses, without white space at the ends."""
    for found in re.finditer(r"\S(?:[^\n]*\S)?", span.cut(field)):
        yield Span(*found.span()).moved(span.start)


def _placed(text: str, span: Span) -> str:
    """The words, in brackets inside of as much around them as makes it the only such place. Raises NoCaseError."""
    words = span.cut(text)
    around = span if text.count(words) == 1 else _only(text, span)
    if SEPARATORS.search(around.cut(text)):
        raise NoCaseError("its words hold marks that separate the fields of a case")
    if around == span:
        return words
    return f"{text[around.start : span.start]}⟨{words}⟩{text[span.end : around.end]}"


def _only(text: str, span: Span) -> Span:
    """The words with more and more of their line around them, until they stand in the text once."""
    line = _lines(text, span)
    for more in range(1, line.end - line.start + 1):
        around = Span(max(line.start, span.start - more), min(line.end, span.end + more))
        words = around.cut(text)
        if words == words.strip() and text.count(words) == 1:
            return around
    raise NoCaseError("the same line stands in the text twice")


def _wider(field: str, at: Span) -> Span:
    """One paragraph more: the one before, else the one after; the same where there are no more."""
    before, after = field[: at.start].rstrip(), re.compile(r"\s*[^\n]*\S").match(field, at.end)
    if before:
        return _lines(field, Span(len(before) - 1, at.end))
    return _lines(field, Span(at.start, after.end())) if after else at


def _lines(field: str, span: Span) -> Span:
    """The span widened to whole lines, without white space at the ends."""
    start, end = field.rfind("\n", 0, span.start) + 1, field.find("\n", max(span.end - 1, 0))
    text = field[start : end if end >= 0 else len(field)]
    first = start + len(text) - len(text.lstrip())
    return Span(first, first + len(text.strip()))


def _string(text: str) -> str:
    """A TOML string over several lines, where the text can be read in one as it is."""
    return f"'''\n{text}'''" if READABLE.match(text) and not text.endswith("'") else _basic(text)


def _basic(text: str) -> str:
    """A TOML string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(f"[{CONTROLS}]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
