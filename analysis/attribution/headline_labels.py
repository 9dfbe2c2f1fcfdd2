"""Reads who a headline names right after its quotation: "‘We will not pay’: minister rejects refund plan"."""

from __future__ import annotations

import re

from analysis.attribution.name_patterns import CAPITAL, NAME
from analysis.lists import genders, words
from analysis.model import Span
from analysis.roles import several
from analysis.verbs import FORMS

OPENED = re.compile(r"\s*(?::|[—–―-](?= ))\s*(?:[Ss]ays )?")
VERB = re.compile(r"(?<=[,?!][\"”’']) ([A-Z][a-z]+)\s")  # "“This Is Not Over,” Vows Defiant Mayor After Vote"
BESIDE = frozenset({"with", "about", "to", "on", "in", "at", "from", "against", "for"})  # "a talk with the minister"
LONGEST_NAME = 4  # words
LONGEST_ROLE = 4


def label_after_colon(text: str, at: int, end: int) -> Span | None:
    """The name or the role between a colon or dash after a quotation, which ends at ``at``, and the line's end."""
    opened = OPENED.match(text, at, end)
    if opened is None or not opened.group().strip():
        return None
    rest = text[opened.end() : end]
    return _moved(_name(rest) or _role(rest), opened.end())


def label_in_capitals(text: str, at: int, end: int) -> Span | None:
    """The same in a line that is capitalised throughout, where only a name that the text prints further down is one."""
    opened = OPENED.match(text, at, end)
    if opened is None or not opened.group().strip():
        opened = VERB.match(text, at, end)
        if opened is None or opened.group(1).lower() not in FORMS:
            return None
    rest = text[opened.end() : end]
    return _moved(_printed_name(rest, text[end:]) or _role(rest), opened.end())


def _moved(found: Span | None, by: int) -> Span | None:
    return found.moved(by) if found else None


def _name(rest: str) -> Span | None:
    """The name that opens the rest, with no role in front of it or behind it."""
    titled = re.match(r"(?:[\w’'-]+ ){0,3}?([a-z][\w-]+) (?=[A-Z])", rest)
    found = re.match(NAME, rest)
    if found is None or (titled is not None and titled.group(1) in genders("role_nouns")):
        return None
    first, after = found.group().split()[0].lower(), re.match(r" ([a-z][\w-]+)(?![\w’'-])", rest[found.end() :])
    if first in words("sentence_openers") or first in genders("titles") or (after and _is_role(after.group(1))):
        return None
    return Span(*found.span())


def _printed_name(rest: str, body: str) -> Span | None:
    """The longest run of words that opens the rest and stands in the body too, with a capital."""
    opening = re.match(rf"{CAPITAL}(?: {CAPITAL}){{0,{LONGEST_NAME - 1}}}", rest)
    words_ = opening.group().split(" ") if opening else []
    for size in range(len(words_), 0, -1):
        name = re.sub(r"[’']s$", "", " ".join(words_[:size]))
        if name.lower() not in words("sentence_openers") and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body):
            return None if size == 1 and _is_role(name.lower()) else Span(0, len(name))
    return None


def _is_role(low: str) -> bool:
    return several(low) or low in genders("role_nouns") or (low in genders("titles") and len(low) > 4)


def _role(rest: str) -> Span | None:
    """The role among the first words, or the name that it stands in front of."""
    for found in list(re.finditer(r"[\w’'-]+", rest))[:LONGEST_ROLE]:
        low = found.group().lower()
        if low in BESIDE:
            return None
        if _is_role(low):
            named = re.match(rf" {NAME}", rest[found.end() :]) if found.group().islower() else None
            return Span(found.end() + 1, found.end() + named.end()) if named else Span(0, found.end())
    return None
