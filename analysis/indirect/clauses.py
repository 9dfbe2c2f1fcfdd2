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

LEAST = 4  # tokens; a shorter object is a thing and not a statement
CLAUSE_CLASSES = (CueClass.SPEECH, CueClass.BELIEF, CueClass.FINDING)


def reports(verb: Token) -> Iterator[Report]:
    """All contents that follow one verb."""
    if not is_verb(verb):
        return
    form = verb.lower_
    if form in lists.verb_of(CueClass.LABEL):
        label = _label(verb)
        if label is not None:
            yield Report(verb, CueClass.LABEL, "label", (label,), source_of(verb), whole(verb))
            return
    for one in verb.rights:
        made = _by_relation(verb, one, form)
        if made is not None:
            kind, name, content = made
            content = Phrase(content.first, min(content.last, _end(one)))
            yield Report(verb, kind, name, (content,), source_of(verb), whole(verb))


def _by_relation(verb: Token, one: Token, form: str) -> tuple[CueClass, str, Phrase] | None:
    if one.dep_ == "ccomp":
        return _clause(verb, one, form)
    if one.dep_ == "xcomp":
        return _infinitive(one, form)
    if one.dep_ == "dobj" and form in lists.verb_of(CueClass.OBJECT):
        return (CueClass.OBJECT, "object", whole(one)) if length(whole(one)) >= LEAST else None
    if one.dep_ == "prep" and one.lower_ in lists.prepositions().get(lists.verb_of(CueClass.TOPIC).get(form, ""), ()):
        inner = _topic(verb, one)
        return (CueClass.TOPIC, "topic", inner) if inner is not None and length(inner) >= LEAST - 1 else None
    return None


def _label(verb: Token) -> Phrase | None:
    """The thing and what it is called: "called [the plan a mistake]", "described [the deal as dead]"."""
    thing = child(verb, "dobj") or child(verb, "ccomp")
    if thing is None or thing.i < verb.i:
        return None
    if thing.dep_ == "ccomp":
        return whole(thing) if child(thing, "nsubj") is not None and not thing.tag_.startswith("VB") else None
    name = next((one for one in verb.rights if one.i > thing.i and (one.dep_ == "oprd" or one.lower_ == "as")), None)
    return Phrase(thing.left_edge.i, name.right_edge.i) if name is not None else None


def _topic(verb: Token, one: Token) -> Phrase | None:
    """What a preposition brings in, and the infinitive that goes with it ("called on [them to stop]")."""
    inner = child(one, "pobj", "pcomp")
    if inner is None:
        return None
    request = next((two for two in verb.rights if two.i > one.i and two.dep_ == "xcomp" and is_infinitive(two)), None)
    target = child(verb, "dobj") if one.lower_ == "for" else None
    first = target if target is not None and verb.i < target.i < one.i else inner
    return Phrase(first.left_edge.i, (request or inner).right_edge.i)


def _end(content: Token) -> int:
    """The last token before something that the source of the next verb of saying says: ", while others said"."""
    for one in content.rights:
        if one.dep_ in ("conj", "advcl") and is_cue(one):
            return _before(one)
    return content.right_edge.i


def _before(clause: Token) -> int:
    at = clause.left_edge.i - 1
    while clause.doc[at].dep_ in ("cc", "punct"):
        at -= 1
    return at


def is_cue(verb: Token) -> bool:
    """Whether a verb reports something that follows it."""
    return is_verb(verb) and any(_by_relation(verb, one, verb.lower_) for one in verb.rights)


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


def length(phrase: Phrase) -> int:
    """How many tokens a phrase has."""
    return phrase.last - phrase.first + 1


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is "to ..."; a finite verb of the same clause makes it none."""
    return verb.tag_ == "VB" and any(one.tag_ == "TO" for one in verb.lefts)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(one.dep_ in SUBJECTS for one in verb.children)
