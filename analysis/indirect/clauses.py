"""Finds what stands after a verb of saying as its complement: a clause, an infinitive, an object, a topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import SUBJECTS, Phrase, child, is_verb, whole
from analysis.indirect.report import Report
from analysis.indirect.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSE_CLASSES = (CueClass.SPEECH, CueClass.BELIEF, CueClass.FINDING)


def reports(verb: Token) -> Iterator[Report]:
    """All contents that follow one verb."""
    if not is_verb(verb):
        return
    form = verb.lower_
    for one in verb.rights:
        made = _by_relation(verb, one, form)
        if made is not None:
            kind, name, content = made
            yield Report(verb, kind, name, (content,), source_of(verb), whole(verb))


def _by_relation(verb: Token, one: Token, form: str) -> tuple[CueClass, str, Phrase] | None:
    if one.dep_ == "ccomp":
        return _clause(verb, one, form)
    if one.dep_ == "xcomp":
        return _infinitive(one, form)
    if one.dep_ == "dobj" and form in lists.verb_of(CueClass.OBJECT):
        return CueClass.OBJECT, "object", whole(one)
    if one.dep_ == "prep" and one.lower_ in lists.prepositions().get(lists.verb_of(CueClass.TOPIC).get(form, ""), ()):
        inner = child(one, "pobj", "pcomp")
        return (CueClass.TOPIC, "topic", whole(inner)) if inner is not None else None
    return None


def _clause(verb: Token, one: Token, form: str) -> tuple[CueClass, str, Phrase] | None:
    if is_infinitive(one):
        return (CueClass.INTENT, "infinitive", whole(one)) if form in lists.verb_of(CueClass.INTENT) else None
    for kind in CLAUSE_CLASSES:
        if form in lists.verb_of(kind):
            return kind, "clause", whole(one)
    return None


def _infinitive(one: Token, form: str) -> tuple[CueClass, str, Phrase] | None:
    if is_infinitive(one):
        return (CueClass.INTENT, "infinitive", whole(one)) if form in lists.verb_of(CueClass.INTENT) else None
    if one.tag_ == "VBG" and form in lists.verb_of(CueClass.SPEECH):
        return CueClass.SPEECH, "gerund", whole(one)
    return None


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is "to ..."; a finite verb of the same clause makes it none."""
    return verb.tag_ == "VB" and any(one.tag_ == "TO" for one in verb.lefts)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(one.dep_ in SUBJECTS for one in verb.children)
