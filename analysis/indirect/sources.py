"""Finds who says it: the subject of a verb of saying, through relative clauses, joined verbs and infinitives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.attribution.subjects import put_to_somebody
from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase, child, is_nominal, is_verb, noun_phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
NOBODY = frozenset({"there", "what", "whatever"})
QUOTING = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing", "quote", "cite"})
DEPTH = 6  # steps from verb to governing verb in search of a subject


def source_of(verb: Token, depth: int = DEPTH) -> Token | None:
    """The head of the phrase that names the source of a verb; None where nobody is printed."""
    subject = subject_of(verb)
    if subject is not None:
        return _antecedent(verb, subject)
    if child(verb, "nsubjpass", "auxpass", "agent") is not None or put_to_somebody(verb):
        return _agent(verb)
    if (quoted := _quoted(verb)) is not None:
        return quoted
    return _outer(verb, depth - 1) if depth else None


def _quoted(verb: Token) -> Token | None:
    """Whose words they are in "the agency quoted [a source] as saying", where the agency only passes them on."""
    above = verb.head.head if verb.dep_ == "pcomp" else verb
    if verb.lower_ != "saying" or above.lower_ not in QUOTING:
        return None
    return child(above, "dobj") or child(above, "nsubjpass")


def _antecedent(verb: Token, subject: Token) -> Token | None:
    if subject.lower_ in RELATIVE and subject.tag_ in ("WP", "WDT"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head != clause:
            clause = clause.head
        return _named(clause.head) if clause.dep_ == "relcl" else None
    return subject if subject.lower_ not in NOBODY else None


def _named(head: Token) -> Token:
    """The name that an apposition explains: "Ann Lee, now the mayor, who said ..."."""
    apposed = head.dep_ == "appos" and head.head.tag_.startswith("NNP") and not head.tag_.startswith("NNP")
    return head.head if apposed else head


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _outer(verb: Token, depth: int) -> Token | None:
    """The subject of the verb that governs this one."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ in ("acl", "relcl") and is_nominal(head):
        if verb.tag_ == "VBG":
            return _writer(head, depth) or head
        return source_of(governor(head), depth) if verb.dep_ == "acl" and is_verb(governor(head)) else None
    head = governor(verb) if verb.dep_ in ("pcomp", "prep") else head
    if not is_verb(head):
        return None
    if verb.dep_ == "conj":
        return _joined(verb, head, depth)
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and _both_speak(head.head, verb) and head.dep_ == "ccomp":
        return source_of(head.head, depth)  # "Kim said he met him, adding that ...": Kim adds
    return child(head, "nsubjpass") or source_of(head, depth)


def _both_speak(cue: Token, later: Token) -> bool:
    speech = lists.verb_of(CueClass.SPEECH)
    return cue.lower_ in speech and later.lower_ in speech


def _joined(verb: Token, head: Token, depth: int) -> Token | None:
    """The subject of two joined verbs; in "he said that she is ill and added that ..." it is that of "said"."""
    if head.dep_ == "ccomp" and joins_cue(head.head, head, verb):
        return source_of(head.head, depth)
    passive = child(head, "nsubjpass")
    return passive if passive is not None and verb.tag_ != "VBN" else source_of(head, depth)


def joins_cue(cue: Token, content: Token, later: Token) -> bool:
    """Whether a verb joined to a content goes with the cue by its tense: "said she is ill and added"."""
    return _tense(cue) == _tense(later) and _tense(content) != _tense(later)


def _tense(verb: Token) -> str:
    """The tag of the finite word of a verb: its first auxiliary or itself."""
    first = child(verb, "aux", "auxpass")
    return (first or verb).tag_


def governor(token: Token) -> Token:
    """The first verb above a token, or the top of its sentence."""
    above = token.head
    while not is_verb(above) and above.head != above:
        above = above.head
    return above


def _writer(document: Token, depth: int) -> Token | None:
    """Who made a statement: the subject of "released a statement saying", or None."""
    if document.lower_ not in lists.statements():
        return None
    owner = child(document, "poss")
    above = governor(document)
    return owner or (source_of(above, depth) if depth and is_verb(above) else None)


def mention(source: Token | None) -> Phrase | None:
    """The tokens of the source as printed, without clauses and appositions."""
    return noun_phrase(source) if source is not None else None
