"""Finds what is reported after a verb of saying, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.attribution.subjects import joins_cue
from analysis.indirect import addressed
from analysis.indirect.candidate import CueClass
from analysis.indirect.complements import CLAUSE_CLASSES, Complement, complement, is_infinitive, label
from analysis.indirect.phrases import Phrase, child, is_noun, is_split, is_verb, subject_of, whole
from analysis.indirect.report import Report
from analysis.indirect.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OWN = frozenset({CueClass.BELIEF, CueClass.INTENT})
AUTHOR = frozenset({"i", "you"})  # the writer's own thoughts, and the reader's, are nobody's statements
TIMES = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def reports(verb: Token) -> Iterator[Report]:
    """All contents that follow one verb."""
    if not is_verb(verb):
        return
    source = source_of(verb)
    if (source is not None and _colon_between(source, verb)) or is_split(verb) or _names_thing(verb):
        return
    found = list(_complements(verb))
    clausal = any(made.cue_class in CLAUSE_CLASSES for made, _ in found)
    for made, head in found:
        own = made.cue_class in OWN and source is not None and source.lower_ in AUTHOR
        if not own and not (clausal and made.cue_class is CueClass.OBJECT):
            content = Phrase(_start(verb, made.content), min(made.content.last, _end(verb, head)))
            yield Report(verb, made.cue_class, made.form, (content,), source, _phrase(verb, content))


def _complements(verb: Token) -> Iterator[tuple[Complement, Token]]:
    """Contents with the dependents that head them."""
    named = label(verb)
    if named is not None:
        yield named, verb.doc[named.content.last]
        return
    for one in verb.rights:
        made = complement(verb, one)
        if made is not None and not _is_relative(one):
            yield made, one
    told = addressed.content(verb)
    if told is not None:
        yield told


def _is_relative(clause: Token) -> bool:
    """Whether a clause that the parser took for a content only tells of a thing: "told lies [that hurt people]"."""
    return any(one.dep_ == "nsubj" and one.tag_ == "WDT" and one.lower_ == "that" for one in clause.lefts)


def _names_thing(verb: Token) -> bool:
    """Whether the clause only names a thing: "[what] analysts say is the reason"."""
    subject = subject_of(verb)
    if subject is None or subject.left_edge.i == 0 or verb.doc[subject.left_edge.i - 1].lower_ != "what":
        return False
    after = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    return after is not None and after.lower_ in BEING


BEING = frozenset({"is", "was", "are", "were", "will", "would", "could", "may", "might"})


def _colon_between(source: Token, verb: Token) -> bool:
    """Whether a colon parts them, as in a headline: who stands before it is not the subject."""
    return any(token.text == ":" for token in verb.doc[source.i : verb.i])


def _start(verb: Token, content: Phrase) -> int:
    """The first token of a content, after the verb and after the day it was said on."""
    first = max(content.first, verb.i + 1)
    day = verb.doc[first : first + 2]
    dated = first == verb.i + 1 and len(day) == 2 and day[0].lower_ == "on" and day[1].lower_ in TIMES
    return first + 2 if dated else first


def _end(verb: Token, content: Token) -> int:
    """The last token before what somebody else, or the same source in a new clause, is reported to say."""
    for one in content.rights:
        if one.dep_ in ("conj", "advcl") and is_cue(one) and _is_apart(verb, content, one):
            return before(one)
    return content.right_edge.i


def _is_apart(verb: Token, content: Token, later: Token) -> bool:
    """Whether a later verb of saying goes with the reporting clause and not with the content."""
    subject = child(later, "nsubj", "nsubjpass", "expl")
    if subject is not None:
        contrasted = later.dep_ == "advcl" or verb.lower_ == later.lower_
        return is_noun(subject) and contrasted  # "74 percent said ..., while 22 percent said"
    if is_infinitive(content):
        return later.tag_ not in ("VB", "VBN")
    return later.tag_ == "VBG" if later.dep_ == "advcl" else joins_cue(verb, content, later)


def before(clause: Token) -> int:
    """The last token in front of a clause, its conjunction and comma."""
    at = clause.left_edge.i - 1
    while clause.doc[at].dep_ in ("cc", "punct"):
        at -= 1
    return at


def is_cue(verb: Token) -> bool:
    """Whether a verb reports something that follows it."""
    return is_verb(verb) and any(complement(verb, one) for one in verb.rights)


def _phrase(verb: Token, content: Phrase) -> Phrase:
    """The reporting phrase: subject, verb and what stands between it and the content, and no other clause."""
    edge = whole(verb)
    subject = subject_of(verb) or child(verb, "nsubjpass")
    first = subject.left_edge.i if subject is not None else min((one.i for one in verb.lefts), default=verb.i)
    last = _last(verb.doc, verb.i, content) if content.first > verb.i else edge.last
    return Phrase(min(first, verb.i), last)


def _last(doc: Doc, verb: int, content: Phrase) -> int:
    at = content.first - 1
    while at > verb and (doc[at].tag_ in (",", "IN", ":", "``") or doc[at].dep_ == "mark"):
        at -= 1
    return at
