"""Finds the reporting clauses of a parsed paragraph: who, by the grammar, is said to say something, and with which verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.verbs import FORMS
from analysis.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PASSED_ON = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
QUOTED = frozenset({"quoted", "cited", "reported", "heard", "recorded", "caught"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb (or phrase) of saying with the head token of its subject; token positions in the paragraph's parse."""

    verb: int
    subject: int
    lemma: str
    strong: bool
    own_subject: bool = True  # False where the subject is borrowed from another verb ("…, adding that")
    source: bool = False  # "according to": the speaker stands after it


def clauses(parsed: Parsed) -> list[Clause]:
    """All reporting clauses outside of masked speech, in order."""
    masks = frozenset(token.i for token in parsed.doc if parsed.is_mask(token.i))
    return sorted(_found(parsed, masks), key=lambda clause: clause.verb)


def _found(parsed: Parsed, masks: frozenset[int]) -> Iterator[Clause]:
    for token in parsed.doc:
        word = token.lower_
        if token.i in masks:
            continue
        if word in ("according", "per"):
            yield from _according(token)
        elif word in FORMS and token.tag_.startswith(("VB", "NN", "JJ")):
            lemma, strong = FORMS[word]
            if not token.tag_.startswith("VB") and not _has_subject(token):
                continue
            subject = speaker_of(token, masks)
            if subject is not None:
                own = any(child.i == subject.i for child in token.children)
                yield Clause(token.i, subject.i, lemma, strong, own)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _according(token: Token) -> Iterator[Clause]:
    for follower in token.doc[token.i + 1 : token.i + 2]:
        if follower.lower_ == "to" or token.lower_ == "per":
            for child in [*follower.children, *token.children]:
                if child.dep_ == "pobj":
                    yield Clause(token.i, child.i, "according to", strong=True, source=True)
                    return


def speaker_of(verb: Token, masks: frozenset[int], depth: int = 0) -> Token | None:
    """The head of the noun phrase that does the saying; None where the grammar names nobody."""
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if passive and verb.lower_ not in QUOTED:
        return _agent(verb)
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i not in masks:
            return _antecedent(child, verb)
    inverted = _inverted(verb, masks)
    if inverted is not None:
        return inverted
    if depth > 4:
        return None
    if verb.dep_ in PASSED_ON and verb.head.i != verb.i:
        return _above(verb, masks, depth)
    if verb.dep_ in ("acl", "relcl") and verb.head.i not in masks:
        return verb.head
    return None


def _above(verb: Token, masks: frozenset[int], depth: int) -> Token | None:
    head = verb.head
    if head.i in masks:
        return None
    if head.tag_.startswith("VB"):
        return speaker_of(head, masks, depth + 1)
    if head.dep_ in PASSED_ON and head.head.i != head.i:
        return _above(head, masks, depth + 1) if depth < 4 else None
    return None


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            for deeper in child.children:
                if deeper.dep_ == "pobj":
                    return deeper
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower_ in RELATIVE and verb.dep_ in ("relcl", "acl", "ccomp"):
        return verb.head
    return subject


def _inverted(verb: Token, masks: frozenset[int]) -> Token | None:
    """The noun after the verb in "…, said Fiona Blythe", where the parser took it for an object."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    for child in verb.rights:
        if child.i in masks or child.i - verb.i > 8:
            continue
        if child.dep_ in ("dobj", "npadvmod", "attr", "oprd", "dep", "ccomp") and child.tag_.startswith(("NN", "PRP")):
            return child
    return None
