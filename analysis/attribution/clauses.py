"""Finds the reporting clauses of a parsed paragraph: who says something, and with which verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.speakers import can_speak, might_speak
from analysis.attribution.subjects import (
    QUOTED,
    agent_of,
    is_passive,
    put_to_somebody,
    quoted_object,
    speaker_of,
)
from analysis.attribution.unsaid import put_nothing, rejected, unsaid
from analysis.dependencies import has_subject
from analysis.lists import words
from analysis.parsing import Parsed
from analysis.verbs import FORMS

if TYPE_CHECKING:
    from spacy.tokens import Token


NOBODY = -1
PHRASAL = {"go": ("on",), "shoot": ("back",), "hit": ("back", "out"), "chime": ("in",), "lash": ("out",)}
"""Verbs that report only with a particle."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb (or phrase) of saying with the head token of its subject; token positions in the paragraph's parse.

    ``subject`` is ``NOBODY`` where the grammar hides who speaks ("he was told"). ``reporter`` is the head of who
    passed the words on ("was quoted by the Courier as saying").
    """

    verb: int
    subject: int
    lemma: str
    strong: bool
    label: bool = False  # its object is what the words are about: "called it …"
    sure: bool = True  # whether the subject is known to be able to speak
    main: bool = True  # whether it is no part of what somebody else is said to say
    source: bool = False  # "according to": the speaker stands after it
    reporter: int = NOBODY
    unsaid: bool = False  # the text tells that it was not said: "did not say", "denied saying", "neither … said"


def clauses(parsed: Parsed) -> list[Clause]:
    """All reporting clauses outside of quotation marks, in order."""
    if parsed.clauses is None:
        inside = frozenset(at for at, piece in enumerate(parsed.tokens) if piece.stretch >= 0)
        parsed.clauses = sorted(_found(parsed, inside), key=lambda clause: clause.verb)
    return parsed.clauses


def _found(parsed: Parsed, inside: frozenset[int]) -> Iterator[Clause]:
    for token in parsed.doc:
        word = token.lower_
        if token.i in inside:
            continue
        if word in ("according", "per"):
            yield from _according(token, inside)
        elif word in FORMS and token.tag_.startswith(("VB", "NN", "JJ")):
            known = FORMS[word]
            if put_nothing(token) or rejected(token) or _goes_about(token, known.lemma):
                continue
            needed = PHRASAL.get(known.lemma)
            if needed and (token.i + 1 >= len(parsed.doc) or parsed.doc[token.i + 1].lower_ not in needed):
                continue
            if not token.tag_.startswith("VB") and not has_subject(token):
                continue
            subject = speaker_of(token, inside)
            if subject is not None and _bracketed(subject, token):
                subject = _after_bracket(subject)
            if subject is not None and (can_speak(subject) or (known.strong and might_speak(subject))):
                sure = can_speak(subject)
                yield Clause(
                    token.i,
                    subject.i,
                    known.lemma,
                    known.strong,
                    known.label,
                    sure,
                    _main(token),
                    reporter=_reporter(token),
                    unsaid=unsaid(token),
                )
            elif subject is None and is_passive(token) and known.strong:
                yield Clause(token.i, NOBODY, known.lemma, known.strong, unsaid=unsaid(token))


BEGINNING = frozenset({"begin", "start", "continue"})


def _goes_about(verb: Token, lemma: str) -> bool:
    """Whether it is another deed that somebody begins or goes on with: "started to see", not "“Well,” he began"."""
    return lemma in BEGINNING and any(child.dep_ == "xcomp" for child in verb.rights)


def _bracketed(subject: Token, verb: Token) -> bool:
    """Whether a subject stands alone in brackets in front of its verb, as a credit does: "(Agency) Tom Cole wrote"."""
    doc, at = verb.doc, subject.i
    if subject.i > verb.i or at + 1 >= len(doc) or doc[at + 1].text != ")":
        return False
    opening = next((one.text for one in reversed(doc[max(0, at - 6) : at]) if one.text in "()"), "")
    return opening == "("


def _after_bracket(credit: Token) -> Token | None:
    """The last word of the name that follows a credit in brackets."""
    at = credit.i + 2
    while at < len(credit.doc) and credit.doc[at].tag_ == "NNP":
        at += 1
    return credit.doc[at - 1] if at > credit.i + 2 else None


def _main(verb: Token) -> bool:
    """Whether the verb is at the top of its sentence, or only "…, Reuters reported" stands above it."""
    at = verb
    for _ in range(10):
        if at.head.i == at.i:
            return True
        if at is not verb and put_to_somebody(at):
            return False  # "Asked if she had read it, the minister said …"
        if (
            (at.dep_ == "ccomp" and at.head.i > at.i)
            or at.dep_ in ("conj", "dep", "parataxis", "xcomp", "advcl")
            or (at.dep_ in ("acomp", "ROOT"))
        ):
            at = at.head
        else:
            return False
    return False


def _reporter(verb: Token) -> int:
    """Who is said to have quoted somebody, for "quoted by the Courier as saying" and "Reuters quoted him"."""
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.head.lower_ in QUOTED:
        return _reporter(verb.head.head)
    if verb.lower_ not in QUOTED:
        return NOBODY
    if is_passive(verb):
        agent = agent_of(verb) or next((found for each in verb.subtree if (found := _agent_child(each))), None)
        return agent.i if agent is not None else NOBODY
    if quoted_object(verb) is None:
        return NOBODY
    return next((child.i for child in verb.children if child.dep_ == "nsubj"), NOBODY)


def _agent_child(token: Token) -> Token | None:
    """The noun after "by" somewhere below a verb: "was quoted as saying by the agency"."""
    if token.lower_ != "by":
        return None
    return next((child for child in token.children if child.dep_ == "pobj"), None)


def _according(token: Token, inside: frozenset[int]) -> Iterator[Clause]:
    doc = token.doc
    if token.lower_ == "according" and (token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to"):
        return
    follower = doc[token.i + 1] if token.lower_ == "according" else token
    for child in [*follower.children, *token.children]:
        if child.dep_ == "pobj" and child.i not in inside and child.lower_ not in words("measures"):
            yield Clause(token.i, _titled(child), "according to", strong=True, source=True)
            return


def _titled(noun: Token) -> int:
    """The name right after a role that the parser took for a verb: "according to diver Malia Kealoha"."""
    last = noun.i
    while noun.tag_.startswith("VB") and last + 1 < len(noun.doc) and noun.doc[last + 1].tag_ == "NNP":
        last += 1
    return last
