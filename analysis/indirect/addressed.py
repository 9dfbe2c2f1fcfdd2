"""Finds what is told to somebody where the parser ties the clause to the listener: "told the inquest [that ...]"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.dependencies import SUBJECTS
from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.complements import Complement
from analysis.indirect.phrases import child, is_verb, whole

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset({"acl", "relcl", "ccomp"})
OBJECTS = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp", "oprd"})
RELATIVE = frozenset({"WP", "WP$", "WDT", "WRB"})


def listener(verb: Token) -> Token | None:
    """Who is spoken to: the object of a verb of telling; None where a thing is told ("told a joke")."""
    if verb.lower_ not in lists.addressed():
        return None
    found = child(verb, "dobj", "dative")
    return found if found is not None and found.i > verb.i and found.lower_ not in lists.told_things() else None


def content(verb: Token) -> tuple[Complement, Token] | None:
    """What is told, with its head, where it hangs on the listener; None where a clause hangs on the verb."""
    heard = listener(verb)
    if heard is None or any(one.dep_ == "ccomp" and one.i > heard.i for one in verb.rights):
        return None
    for one in _clauses(heard):
        if _is_told(one, near=one.head == heard):
            return Complement(CueClass.SPEECH, "speech", whole(one)), one
    return None


def _clauses(heard: Token) -> Iterator[Token]:
    return (one for one in heard.subtree if one.i > heard.i and one.dep_ in CLAUSES and is_verb(one))


def _is_told(clause: Token, *, near: bool) -> bool:
    """Whether a clause is complete in itself; a relative one lacks what it is about ("the man she loved")."""
    subject = child(clause, *SUBJECTS, "expl")
    if subject is None or subject.tag_ in RELATIVE or subject.i > clause.i:
        return False
    if any(one.tag_ in RELATIVE and one.lower_ != "that" for one in clause.lefts):
        return False
    if any(one.dep_ == "mark" and one.lower_ == "that" for one in clause.lefts):
        return True
    whole_clause = any(one.dep_ in OBJECTS for one in clause.rights) or subject.dep_ == "nsubjpass"
    return near and whole_clause and not _is_stranded(clause)


def _is_stranded(clause: Token) -> bool:
    """Whether a preposition has lost its noun: "the man she was robbed by"."""
    return any(one.dep_ in ("prep", "agent") and not any(one.children) for one in clause.subtree)
