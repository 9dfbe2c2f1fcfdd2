"""Reads headlines that end with who says so, without a verb: "Trains to run on Sunday – minister"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import Candidate, CueClass
from analysis.indirect.confidence import confidence
from analysis.lists import genders, words
from analysis.model import Block, BlockKind, QuoteKind, Span

if TYPE_CHECKING:
    from analysis.parsing import Parsed

SHAPE = re.compile(r"^(?P<content>.{8,200}?)(?:\s+(?:[–—-]|--)|:)\s+(?P<source>[\w’'.-]+(?: [\w’'.-]+){0,5})\s*$")
HANGS = re.compile(r"\s(?:of|for|at|in)\s")
VERBS = ("VB", "MD", "TO")
LEAST = 3  # words of a content
MOST_NAMED = 3  # words of a name
SAID = ("say", "tell", "warn", "add", "announce", "promise")


def candidate(parsed: Parsed) -> Candidate | None:
    """What a headline reports in front of a dash or a colon and a role, a body or a name; None in any other block."""
    block, text = parsed.paragraph.block, parsed.paragraph.text
    found = SHAPE.match(parsed.paragraph.masked) if _is_heading(block, text) else None
    if found is None or parsed.paragraph.stretches or not parsed.doc:
        return None
    content = Span(*found.span("content")).moved(block.span.start)
    source = Span(*found.span("source")).moved(block.span.start)
    if not _is_statement(parsed, found.end("content")) or not _can_say(source.cut(text), text[block.span.end :]):
        return None
    trust = confidence("inserted", len(content.cut(text).split()), nested=False)
    return Candidate((content,), QuoteKind.INDIRECT, source, None, source, CueClass.INSERTED, trust)


def _is_heading(block: Block, text: str) -> bool:
    """Whether a block is the headline: known as one, or the first line of several."""
    first = not text[: block.span.start].strip() and bool(text[block.span.end :].strip())
    return block.kind is BlockKind.HEADLINE or (block.kind is BlockKind.BODY and first)


def _is_statement(parsed: Parsed, end: int) -> bool:
    """Whether the words up to a place hold a verb and ask nothing."""
    tokens = [token for token in parsed.doc if token.idx < end]
    if len(tokens) < LEAST or tokens[-1].text == "?" or any(token.text in (":", "–", "—") for token in tokens):
        return False
    return any(token.tag_.startswith(VERBS) for token in tokens)


def _can_say(source: str, rest: str) -> bool:
    """Whether the end of a headline is a role or a body, or a name that the text makes say something."""
    head = HANGS.split(source)[0].split()
    low = [word.lower().strip(".") for word in head]
    if not low or not words("stop_words").isdisjoint(low):
        return False
    if low[-1] in genders("role_nouns") or low[-1] in words("nouns_indirect_headline"):
        return True
    if low[-1].endswith("s") and low[-1][:-1] in genders("role_nouns"):
        return True
    capital = all(word[:1].isupper() for word in head) and len(head) <= MOST_NAMED
    outlet = " ".join(low) in words("agencies") or not words("organisation_words").isdisjoint(low)
    return capital and not outlet and _speaks(head[-1], rest)


def _speaks(name: str, text: str) -> bool:
    """Whether somebody of that name says something in a text."""
    own = rf"(?<!\w){re.escape(name)}(?!\w)"
    before = rf"{own}(?:,[^.,\n]{{0,80}},)? (?:has |had |also )?(?:{_said()})\b"
    return bool(re.search(rf"{before}|\bsaid (?:\S+ ){{0,4}}{own}", text))


@cache
def _said() -> str:
    return "|".join(sorted(form for verb in SAID for form in lists.forms(verb)))
