"""Takes quotation marks out of a paragraph and puts one word in the place of quoted speech, keeping offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from operator import itemgetter

from analysis.indirect.lists import may_hold
from analysis.marks import nickname
from analysis.model import Block, Span
from analysis.parsing import Paragraph, Piece
from analysis.quotes import Stretch, clause_follows, stretches
from analysis.sentences import split

MASK = "yes"
SPACES = {ord(mark): " " for mark in "\u00a0\u2007\u2009\u200a\u202f\u3000\t\n\r\x00"} | {ord("―"): "—"}
PREFIX = re.compile(
    r"(?<=\b[Cc]o)-(?=[a-z])|(?<=\b[Ee]x)-(?=[a-z])|(?<=\b[Vv]ice)-(?=[a-z])"
)  # one word for the parser
ON_X = re.compile(r"(?<=\b[Oo]n )X(?=\. [A-Z])")  # which the parser takes for an initial
RETIRED = re.compile(r"\(ret\.\)(?= [A-Z])")  # "General (ret.) Amos Tal": a word of the same length that fits a name
HALF = re.compile("[\ud800-\udfff]")  # half a surrogate pair, which the parser cannot take
SENTENCE_END = re.compile(r"[.?!…][\"'’”)]*$")


def paragraph_of(text: str, block: Block, words: Span | None = None) -> Paragraph:
    """One block, masked; ``words`` are all speech, where they are given (a line of a transcript, a headline)."""
    own = block.span.cut(text)
    if words is not None:
        found: Iterable[Stretch] = [Stretch(words, words, dash=True)]
    else:
        found = (one.moved(block.span.start) for one in stretches(own))
    quoted = tuple(one for one in found if not nickname(text, one.span, one.inner))
    masked, pieces, at = "", [], block.span.start + _dateline(own, quoted)
    for number, one in enumerate(quoted):
        parts = [(text[at : one.span.start], at, one.span.start, -1, False)]
        if speech_like(text, one, block):
            parts.append((_word(text, one, block), one.span.start, one.span.end, number, True))
            parts.append((_tail(text, one, block), one.span.start, one.span.end, number, True))
        else:
            parts.append((one.inner.cut(text), one.inner.start, one.inner.end, number, False))
        for part, start, end, stretch, hides in filter(itemgetter(0), parts):
            pieces.append(Piece(len(masked), start, end, stretch, hides))
            masked += part
        at = one.span.end
    if at < block.span.end or not pieces:
        pieces.append(Piece(len(masked), at, block.span.end, -1, False))
        masked += text[at : block.span.end]
    masked = _plain(masked)
    spoken_line = words is not None
    worth = not spoken_line and (bool(quoted) or may_hold(masked))
    return Paragraph(block, text, quoted, masked, tuple(pieces), worth, spoken_line)


def only_reporting(one: Paragraph) -> Paragraph:
    """A paragraph without marks cut to the sentences that may report, each with the one that its opening points to."""
    if one.stretches or one.spoken or not one.worth:
        return one
    text, every = one.text, split(one.text, one.block.span)
    kept = {at for at, sentence in enumerate(every) if may_hold(sentence.cut(text))}
    kept |= {at - 1 for at in kept if at and POINTS.match(every[at].cut(text))}
    if len(kept) == len(every):
        return one
    masked, pieces = "", []
    for at in sorted(kept):
        end = every[at + 1].start if at + 1 < len(every) else one.block.span.end
        pieces.append(Piece(len(masked), every[at].start, end, -1, False))
        masked += text[every[at].start : end]
    return replace(one, masked=_plain(masked), pieces=tuple(pieces), worth=bool(kept))


POINTS = re.compile(r"(?:So|That|This|Such|It|They|He|She|The)\b")
"""A sentence that opens so goes with the one before it: "So says …", "It said …"."""


def _plain(masked: str) -> str:
    return RETIRED.sub("Junior", ON_X.sub("9", PREFIX.sub("\u2011", HALF.sub("?", masked.translate(SPACES)))))


DATELINE = re.compile(  # "MOSCOW (AP) — ", "SEOUL, May 3 (Yonhap) -- ", "HYDERABAD: "
    r"[A-Z][A-Z.’' -]{2,}(?:, [A-Z][\w. ]+)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?(?:\([A-Z][\w /.]+\)|/[A-Z ]+/))? ?(?:[—–]|--?|:) (?=\S)"
)


def _dateline(line: str, quoted: tuple[Stretch, ...]) -> int:
    """How long the place and agency are that open a line: no part of its first sentence."""
    found = DATELINE.match(line)
    return found.end() if found and not any(one.dash for one in quoted) else 0


LIST_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])\)|[-•*–·]|\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?:?")


CREDITED = re.compile(r"(?<=[.?!]) ?\([^()]{3,60}\)$")  # an aside after a full stop: "The crow. (Courtesy Dana Wills)"


def speech_like(text: str, one: Stretch, block: Block) -> bool:
    """Whether a stretch looks like whole clauses, judged by its own shape and what stands before it."""
    if one.dash:
        return True
    words = one.inner.cut(text).strip()
    before = CREDITED.sub("", text[block.span.start : one.span.start].rstrip())
    if not before or before[-1] in ".?!:" or LIST_MARK.fullmatch(before):
        return True
    if len(words.split()) > 1 and words[:1].isupper() and words[-1:] in "?!":
        return True
    if before[-1] in ",—–" and (words[-1:] in ",.?!" or words[:1].isupper()) and len(words.split()) > 1:
        return True
    return (words[:1].isupper() and len(words.split()) > 3 and words[-1:] in ",.?!") or bool(
        re.search(r"[.?!] [A-Z]", words)
    )


def _word(text: str, one: Stretch, block: Block) -> str:
    before = text[block.span.start : one.span.start].rstrip()
    return MASK.capitalize() if not before or before[-1] in ".?!" else MASK


def _tail(text: str, one: Stretch, block: Block) -> str:
    """The punctuation that ends the masked words, so that sentences still end where they end."""
    words = one.inner.cut(text).rstrip(" \xa0’'”\"»")  # a quote inside may end with it
    after = text[one.span.end : block.span.end].lstrip()
    if not after or after[0] in ".,;:!?":
        return ""
    small = after[:1].islower() or after[:1] in "—–-("
    if words[-1:] == "," or (words[-1:] in "?!…—–-" and (small or clause_follows().match(after))):
        return ","
    if SENTENCE_END.search(words):
        return "," if small else "."
    return ""
