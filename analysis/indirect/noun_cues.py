"""Finds contents that hang on a noun of speech or thought: "the claim that ...", "his promise to ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.clauses import is_infinitive
from analysis.indirect.phrases import Phrase, child, is_noun, is_verb, whole
from analysis.indirect.report import Report
from analysis.indirect.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT = frozenset(["dobj", "attr", "pobj"])


def reports(noun: Token) -> Iterator[Report]:
    """All contents that hang on one noun."""
    if not is_noun(noun) or noun.lower_ not in lists.nouns():
        return
    for one in noun.rights:
        finite = one.dep_ in ("acl", "ccomp", "relcl") and any(
            two.lower_ == "that" and two.dep_ == "mark" for two in one.lefts
        )
        if finite or (one.dep_ == "acl" and is_infinitive(one)):
            name = "noun that" if finite else "noun to"
            yield Report(
                noun, CueClass.NOUN, name, (whole(one),), _holder(noun), Phrase(noun.left_edge.i, one.left_edge.i - 1)
            )


def _holder(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    head = noun.head
    return source_of(head) if noun.dep_ in LIGHT and is_verb(head) else None
