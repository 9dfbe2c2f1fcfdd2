"""Finds contents that hang on nouns and adjectives of speech or thought: "the claim that ...", "sure that ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.complements import is_infinitive
from analysis.indirect.phrases import COPULA, Phrase, child, is_noun, is_verb, length, whole
from analysis.indirect.report import Report
from analysis.indirect.sources import governor, source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

WITH = frozenset({"in", "with", "under"})  # "in the belief that": the belief of the subject
LEAST = 3  # tokens of what a noun is "about"


def reports(word: Token) -> Iterator[Report]:
    """All contents that hang on one noun or adjective."""
    if is_noun(word):
        yield from _of_noun(word)
        yield from _is_that(word)
    if word.tag_ == "JJ" and word.lower_ in lists.adjectives():
        clause = child(word, "ccomp")
        if clause is not None and is_verb(word.head):
            yield _report(word, "adjective", whole(clause), source_of(word.head))


def _of_noun(noun: Token) -> Iterator[Report]:
    form = noun.lower_
    for one in noun.rights:
        if form in lists.nouns() and _is_that_clause(one):
            yield _report(noun, "noun that", whole(one), _holder(noun))
        elif form in lists.nouns_to() and one.dep_ == "acl" and is_infinitive(one):
            yield _report(noun, "noun to", whole(one), _holder(noun))
        elif form in lists.nouns_about() and one.lower_ in ("about", "over"):
            inner = child(one, "pobj", "pcomp")
            if inner is not None and length(whole(inner)) >= LEAST:
                yield _report(noun, "noun about", whole(inner), _holder(noun))


def _is_that(noun: Token) -> Iterator[Report]:
    """What a noun is said to be: "her message is that [it will hold]"."""
    clause = child(noun.head, "ccomp")
    copula = noun.dep_ == "nsubj" and noun.head.lower_ in COPULA
    if copula and noun.lower_ in lists.nouns() and clause is not None and clause.i > noun.head.i:
        yield _report(noun, "noun that", whole(clause), _holder(noun))


def _is_that_clause(one: Token) -> bool:
    marked = any(two.lower_ == "that" and two.dep_ == "mark" for two in one.lefts)
    return marked and one.dep_ in ("acl", "ccomp", "relcl")


def _report(word: Token, name: str, content: Phrase, source: Token | None) -> Report:
    first = word.left_edge.i
    if source is not None and source.i < first and word.head == source.head:  # "She voiced hope that"
        first = source.left_edge.i
    return Report(word, CueClass.NOUN, name, (content,), source, Phrase(first, max(word.i, content.first - 2)))


def _holder(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    giver = next((child(one, "pobj") for one in noun.rights if one.lower_ in ("by", "from", "among")), None)
    if owner is not None or giver is not None:
        return owner or giver
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ in WITH:
        return source_of(governor(noun))
    return source_of(head) if noun.dep_ == "dobj" and head.lower_ in lists.light_verbs() else None
