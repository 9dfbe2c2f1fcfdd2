"""Cuts phrases out of a parse: stretches of tokens, bare noun phrases, edges without punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analysis.dependencies import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PUNCTUATION = frozenset({",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "_SP", "NFP"})
COMMAS = frozenset({",", "--", "–", "—", "-"})
COPULA = frozenset({"is", "was", "'s", "’s"})
AHEAD = SUBJECTS | {"dep", "npadvmod"}
HANGERS = frozenset({"relcl", "acl", "appos", "parataxis", "advcl", "advmod"})


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last``, both taken in."""

    first: int
    last: int

    def has(self, token: int) -> bool:
        """Whether the token is one of the phrase."""
        return self.first <= token <= self.last


def whole(token: Token) -> Phrase:
    """A token with all that depends on it."""
    return Phrase(token.left_edge.i, token.right_edge.i)


def is_verb(token: Token) -> bool:
    """Whether the tagger took the token for a verb; modals aside."""
    return token.tag_.startswith("VB")


def is_noun(token: Token) -> bool:
    """Whether the token is a common or proper noun."""
    return token.tag_.startswith("NN")


def trimmed(doc: Doc, phrase: Phrase) -> Phrase | None:
    """The phrase without punctuation, an opening "that" and a closing "and"; None where nothing is left."""
    first, last = phrase
    while first <= last and (doc[first].tag_ in PUNCTUATION or _is_that(doc[first])):
        first += 1
    while first <= last and (doc[last].tag_ in PUNCTUATION or doc[last].tag_ == "CC"):
        last -= 1
    return Phrase(first, last) if first <= last else None


def _is_that(token: Token) -> bool:
    if token.lower_ != "that":
        return False
    return token.dep_ == "mark" or (token.tag_ == "WDT" and token.dep_ != "nsubj" and token.head.dep_ == "ccomp")


def length(phrase: Phrase) -> int:
    """How many tokens a phrase has."""
    return phrase.last - phrase.first + 1


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent that hangs on the token by one of the relations."""
    return next((one for one in token.children if one.dep_ in deps), None)


def subject_of(verb: Token) -> Token | None:
    """The subject next to a verb; "the dam, she told them, could burst" may be parsed with two."""
    found = [one for one in verb.children if one.dep_ == "nsubj"]
    before = [one for one in found if one.i < verb.i]
    return before[-1] if before else next(iter(found), None)


def is_split(verb: Token) -> bool:
    """Whether a reporting clause parts a subject from its verb: "the dam, she told them, could burst"."""
    subject = subject_of(verb)
    if subject is None or subject.i > verb.i or verb.doc[subject.left_edge.i - 1].text not in COMMAS:
        return False
    ahead = any(one.dep_ in AHEAD and is_noun(one) and one.i < subject.left_edge.i for one in verb.lefts)
    return ahead and any(one.dep_ in ("ccomp", "parataxis", "conj") and _goes_on(one) for one in verb.rights)


def _goes_on(clause: Token) -> bool:
    """Whether a clause after a comma has no subject and no conjunction of its own."""
    bare = child(clause, *SUBJECTS, "mark", "expl") is None and is_verb(clause)
    return bare and clause.tag_ != "VBG" and clause.doc[clause.left_edge.i - 1].text in COMMAS


def noun_phrase(head: Token) -> Phrase:
    """A noun with what stands before it and its prepositions, without clauses and appositions.

    An apposed name stays with a common noun ("his deputy, Ann Lee"), and everything stays with joined names.
    """
    last = head.i
    for one in head.rights:
        joined = one.dep_ in ("conj", "cc")
        named = one.dep_ == "appos" and one.tag_.startswith("NNP") and not head.tag_.startswith("NNP")
        if joined:
            last = max(last, noun_phrase(one).last) if one.dep_ == "conj" and is_nominal(one) else last
        elif named:
            last = max(last, noun_phrase(one).last)
        elif one.dep_ in HANGERS or one.dep_ == "punct":
            continue
        elif one.i == last + 1 or one.left_edge.i == last + 1:
            held = child(one, "pobj") if one.dep_ == "prep" and _clausal(one) else None
            whole_phrase = one.dep_ == "prep" and not _clausal(one)
            last = one.right_edge.i if whole_phrase else max(last, held.i if held is not None else one.i)
    return Phrase(head.left_edge.i, last)


def is_nominal(token: Token) -> bool:
    """Whether the token can be somebody: a noun or a pronoun."""
    return is_noun(token) or token.tag_ in ("PRP", "DT", "CD", "WP")


def _clausal(token: Token) -> bool:
    return any(one.dep_ in ("relcl", "acl", "ccomp", "appos", "pcomp") for one in token.subtree)
