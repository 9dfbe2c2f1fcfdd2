"""Finds who says it: the subject of a verb of saying, through relative clauses, joined verbs and infinitives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis import lists
from analysis.indirect.phrases import Phrase, child, is_nominal, is_verb, noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
NOBODY = frozenset({"it", "there", "what", "whatever"})
DEPTH = 6
STATEMENTS = lists.words("nouns_indirect_statement")


def source_of(verb: Token, depth: int = DEPTH) -> Token | None:
    """The head of the phrase that names the source of a verb; None where nobody is printed."""
    subject = child(verb, "nsubj")
    if subject is not None:
        return _antecedent(verb, subject)
    if child(verb, "nsubjpass", "auxpass") is not None:
        return _agent(verb)
    return _outer(verb, depth - 1) if depth else None


def _antecedent(verb: Token, subject: Token) -> Token | None:
    if subject.lower_ in RELATIVE and subject.tag_ in ("WP", "WDT"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head is not clause:
            clause = clause.head
        return clause.head if clause.dep_ == "relcl" else None
    return subject if is_nominal(subject) and subject.lower_ not in NOBODY else None


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _outer(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head is verb:
        return None
    if verb.dep_ in ("acl", "relcl") and is_nominal(head):
        return _writer(head, depth) or head if verb.tag_ == "VBG" else None
    if verb.dep_ in ("pcomp", "prep") and head.dep_ == "prep":
        head = head.head
    if not is_verb(head):
        return None
    passive = child(head, "nsubjpass")
    return passive if passive is not None and verb.dep_ != "conj" else source_of(head, depth)


def _writer(document: Token, depth: int) -> Token | None:
    """Who made a statement: the subject of "released a statement saying", or None."""
    if document.lower_ not in STATEMENTS:
        return None
    owner = child(document, "poss")
    head = document.head
    while head.dep_ == "prep" and head.head is not head:
        head = head.head
    return owner or (source_of(head, depth) if depth and is_verb(head) else None)


def mention(source: Token | None) -> Phrase | None:
    """The tokens of the source as printed, without clauses and appositions."""
    return noun_phrase(source) if source is not None else None
