"""Tells whether the sentence in front of a quotation gives its subject the word, where no clause reports the words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.dependencies import SUBJECTS
from analysis.lists import words
from analysis.parsing import Parsed
from analysis.quotes import Stretch
from analysis.verbs import FORMS, inflected

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b(?![.])")
LONGEST_BEAT = 12  # words of a sentence that only tells what a speaker does: "Terence Obi looked at his hands."
FEWEST = 8  # words of a quotation that somebody who is only named in front of it is given
PLAIN = frozenset({"be", "is", "was", "are", "were", "has", "have", "had"})


@cache
def _thinking() -> frozenset[str]:
    """The forms of the verbs that tell what somebody thinks."""
    return frozenset(form for lemma in words("verbs_indirect_belief") for form in inflected(lemma))


def gives_word(one: Parsed, subject: Token, said: Stretch) -> bool:
    """Whether a subject has the word in a stretch of its paragraph.

    Its sentence ends there and tells of saying, thinking or a gesture, leads on with a colon, or names the one person
    who can be meant.
    """
    between = _after(one, subject, said.span.start)
    if not between:
        return False
    verb = subject.head
    if _tells(verb) or any(
        _tells(token) for token in between if token.dep_ in ("conj", "xcomp") and token.head == verb
    ):
        return True
    if _overtaken(one, subject, between):
        return False
    if between[-1].text == ":":
        return True
    beat = sum(token.is_alpha for token in between) < LONGEST_BEAT and verb.lower_ not in PLAIN
    named = subject.tag_ == "NNP" and len(_words(one, said).split()) >= FEWEST
    return beat or named or verb.lower_ in words("verbs_human") or _in_first_person(one, said)


def leads_on(one: Parsed, subject: Token, start: int) -> bool:
    """Whether a sentence with a colon at ``start`` (code points) is about its subject to the end."""
    between = _after(one, subject, start)
    return bool(between) and not _overtaken(one, subject, between)


def near(one: Parsed, place: int, said: Stretch) -> bool:
    """Whether who spoke at ``place`` (code points) still has the word: no sentence between, or in the first person."""
    between = _between(one, place, said.span.start)
    return not between or between[-1].i < between[0].sent.end or _in_first_person(one, said)


def _words(one: Parsed, said: Stretch) -> str:
    return said.inner.cut(one.paragraph.text)


def _in_first_person(one: Parsed, said: Stretch) -> bool:
    return FIRST_PERSON.search(_words(one, said)) is not None


def _between(one: Parsed, place: int, start: int) -> list[Token]:
    return [token for token in one.doc if place <= one.span(token.i, token.i).start < start]


def _after(one: Parsed, subject: Token, start: int) -> list[Token]:
    """The tokens from a subject to ``start``; none where another sentence stands between."""
    between = _between(one, one.span(subject.i, subject.i).end, start)
    near_by = between and (between[-1].i < subject.sent.end or _answer(between, subject.sent.end))
    return between if near_by else []


def _overtaken(one: Parsed, subject: Token, between: list[Token]) -> bool:
    """Whether the last one that a sentence tells of is somebody else than its subject."""
    later = [token for token in between if token.i > subject.head.i and one.stretch_of(token.i) < 0]
    return any(_rival(token) and not _of_itself(token, subject) for token in later)


def _answer(between: list[Token], end: int) -> bool:
    """Whether but a few words of the same person's stand after token ``end``: "His answer: “More or less.”"."""
    rest = [token for token in between if token.i >= end]
    return len(rest) <= LEAD and rest[0].lower_ in ("his", "her", "their") and rest[-1].text == ":"


LEAD = 4  # tokens, the colon included


def _rival(token: Token) -> bool:
    """Whether a word is the subject of another verb and may be who speaks: a noun, or "who", but no "they"."""
    return token.dep_ in SUBJECTS and not token.tag_.startswith("PRP")


def _of_itself(token: Token, subject: Token) -> bool:
    """Whether a verb's subject stands for the word that the verb tells of: "A man who gave no name: “…”"."""
    return token.head.dep_ == "relcl" and token.head.head == subject


def _tells(verb: Token) -> bool:
    return verb.tag_.startswith("VB") and (verb.lower_ in FORMS or verb.lower_ in _thinking())
