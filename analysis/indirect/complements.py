"""Tells what one dependent of a verb of saying contributes: a clause, an infinitive, an object, a topic, a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analysis.dependencies import has_subject
from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase, child, is_noun, is_verb, length, whole
from analysis.roles import is_role

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST_OBJECT = 4  # tokens; a shorter object is a thing and not a statement
LEAST_TOPIC = 4
LEAST_FOUND = 3
CITING = frozenset({"cite", "cites", "cited", "citing"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
REFUSALS = frozenset({"decline", "refuse"})
CLAUSE_CLASSES = (CueClass.SPEECH, CueClass.BELIEF, CueClass.FINDING)


class Complement(NamedTuple):
    """A content, its class of cues and the name of the pattern."""

    cue_class: CueClass
    form: str
    content: Phrase


def complement(verb: Token, one: Token) -> Complement | None:
    """What a dependent to the right of a verb contributes; None where it is no reported content."""
    if one.tag_ == "VBG" and length(whole(one)) < 2:  # "asked Oddny Vik, pointing"
        return None
    if one.dep_ == "ccomp":
        return _infinitive(verb, one) if is_infinitive(one) else _clause(verb, one)
    if one.dep_ == "xcomp":
        return _infinitive(verb, one) if is_infinitive(one) else _gerund(verb, one)
    if one.dep_ == "dobj":
        return _charge(verb, one) or _found(verb, one) or _object(verb, one)
    return _topic(verb, one) if one.dep_ == "prep" else None


def label(verb: Token) -> Complement | None:
    """The thing and what it is called: "called [the plan a mistake]", "described [the deal as dead]"."""
    thing = child(verb, "dobj") or child(verb, "ccomp")
    if verb.lower_ not in lists.verb_of(CueClass.LABEL) or thing is None or thing.i < verb.i:
        return None
    if thing.dep_ == "ccomp":
        small = child(thing, "nsubj") is not None and not is_verb(thing)
        return Complement(CueClass.LABEL, "label", whole(thing)) if small else None
    name = next((one for one in verb.rights if one.i > thing.i and (one.dep_ == "oprd" or one.lower_ == "as")), None)
    if name is None:
        return None
    return Complement(CueClass.LABEL, "label", Phrase(thing.left_edge.i, name.right_edge.i))


def _clause(verb: Token, one: Token) -> Complement | None:
    if (is_noun(one) and not has_subject(one)) or _reports_itself(one):
        return None
    for kind in CLAUSE_CLASSES:
        if verb.lower_ in lists.verb_of(kind) and (kind != CueClass.FINDING or _finite(one)):
            whole_clause = has_subject(one) or child(one, "expl") is not None or not is_verb(one)
            return Complement(kind, kind.value if whole_clause else "fragment", whole(one))
    return None


def _finite(one: Token) -> bool:
    """Whether a clause has a finite verb: not "found [it taped to the gate]"."""
    if one.lower_.endswith("ed") and [each.lower_ for each in one.lefts] == ["it"]:
        return False  # a participle, whatever the parser says
    return any(each.tag_ in FINITE for each in (one, *one.lefts))


def _reports_itself(one: Token) -> bool:
    """Whether a clause after a comma is who passed the words on: "…, Putin said, [Reuters reported]"."""
    if one.lower_ not in lists.verb_of(CueClass.SPEECH) or one.left_edge.i == 0:
        return False
    return one.doc[one.left_edge.i - 1].text == "," and all(child.is_punct for child in one.rights)


def _infinitive(verb: Token, one: Token) -> Complement | None:
    """An infinitive of promise or request, or of what is said to be: "was said [to be ill]"."""
    form = verb.lower_
    if form in lists.verb_of(CueClass.INTENT):
        if lists.verb_of(CueClass.INTENT)[form] in REFUSALS and one.lower_ in lists.verb_of(CueClass.SPEECH):
            return None  # "declined to comment": nothing is said
        asked = next((two for two in verb.rights if two.dep_ == "dobj" and two.i < one.i), one)
        return Complement(CueClass.INTENT, "intent", Phrase(asked.left_edge.i, one.right_edge.i))
    passive = child(verb, "auxpass") is not None
    if passive and (form in lists.verb_of(CueClass.SPEECH) or form in lists.verb_of(CueClass.BELIEF)):
        return Complement(CueClass.SPEECH, "passive", whole(one))
    return None


def _gerund(verb: Token, one: Token) -> Complement | None:
    """What is denied or admitted: "denied [having met him]", "admitted [taking it]"."""
    perfect = one.tag_ == "VBN" and any(two.tag_ == "VBG" and two.dep_ == "aux" for two in one.lefts)
    if (one.tag_ == "VBG" or perfect) and verb.lower_ in lists.verb_of(CueClass.SPEECH):
        return Complement(CueClass.SPEECH, "gerund", whole(one))
    return None


def _object(verb: Token, one: Token) -> Complement | None:
    short = length(whole(one)) < LEAST_OBJECT
    if short or verb.lower_ not in lists.verb_of(CueClass.OBJECT) or _says_itself(one):
        return None
    if verb.lower_ in CITING and (one.tag_ in ("NNP", "NNPS") or is_role(one.lower_)):
        return None  # "citing the ship’s owner": the one who said it
    return Complement(CueClass.OBJECT, "object", whole(one))


def _found(verb: Token, one: Token) -> Complement | None:
    """What a paper or poll found: the object with the participle after it ("show [her lead shrinking]")."""
    subject = child(verb, "nsubj")
    if subject is None or subject.lower_ not in lists.documents() or length(whole(one)) < LEAST_FOUND:
        return None
    found = verb.lower_ in lists.verb_of(CueClass.FINDING)
    return Complement(CueClass.FINDING, "found", whole(one)) if found else None


def _charge(verb: Token, one: Token) -> Complement | None:
    """What somebody is accused of, where the parser ties it to the accused: "accused the firm of [hiding it]"."""
    charge = next((two for two in one.rights if two.lower_ == "of" and child(two, "pcomp") is not None), None)
    return _topic(verb, charge) if charge is not None else None


def _says_itself(noun: Token) -> bool:
    """Whether the object is a word for what was said and the clause after it tells it: "expressed hope that ..."."""
    light = noun.head.lower_ in lists.light_verbs() and noun.lower_ in lists.nouns()
    return light and any(two.lower_ == "that" and two.dep_ == "mark" for one in noun.rights for two in one.lefts)


def _topic(verb: Token, one: Token) -> Complement | None:
    """What a preposition brings in, with infinitive or object: "called on [them to stop]", "blamed [him for it]"."""
    inner = child(one, "pobj", "pcomp")
    known = lists.prepositions().get(lists.verb_of(CueClass.TOPIC).get(verb.lower_, ""), frozenset())
    if inner is None or one.lower_ not in known:
        return None
    request = next((two for two in verb.rights if two.i > one.i and two.dep_ == "xcomp" and is_infinitive(two)), None)
    target = child(verb, "dobj") if one.lower_ == "for" else None
    first = target if target is not None and verb.i < target.i < one.i else inner
    content = Phrase(first.left_edge.i, (request or inner).right_edge.i)
    return Complement(CueClass.TOPIC, "topic", content) if length(content) >= LEAST_TOPIC else None


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is "to ..."."""
    return verb.tag_ == "VB" and any(one.tag_ == "TO" for one in verb.lefts)
