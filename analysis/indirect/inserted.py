"""Finds reporting clauses that are put into or after what they report: "the plan, she said, would fail"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase, child, is_nominal, is_verb
from analysis.indirect.report import Report
from analysis.indirect.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

COMMAS = frozenset({",", "--", "–", "—", "-"})
MODIFIERS = frozenset({"prep", "npadvmod", "advmod", "dative", "aux", "neg", "prt", "tmod"})


@dataclass(frozen=True, slots=True)
class Inserted:
    """One reporting clause that has no complement after it."""

    verb: Token
    source: Token
    clause: Phrase


def reports(sentence: Sentence) -> Iterator[Report]:
    """The contents around the inserted clauses of one sentence."""
    found = list(_inserted(sentence))
    free = _free(sentence, found)
    for number, one in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        by = after.source if after and after.clause.first <= one.clause.last + 3 else None
        before = found[number - 1] if number else None
        if before and one.clause.first <= before.clause.last + 3:
            continue
        kind = CueClass.BELIEF if one.verb.lower_ not in lists.verb_of(CueClass.SPEECH) else CueClass.INSERTED
        parts = tuple(free)
        if parts:
            yield Report(one.verb, kind, "inserted", parts, one.source, one.clause, by)


def _inserted(sentence: Sentence) -> Iterator[Inserted]:
    for token in sentence:
        if is_verb(token) and any(token.lower_ in lists.verb_of(kind) for kind in (CueClass.SPEECH, CueClass.BELIEF)):
            clause = _clause(token, sentence)
            subject = child(token, "nsubj")
            source = source_of(token) if subject is not None else None
            if clause is not None and source is not None and is_nominal(source):
                yield Inserted(token, source, clause)


def _clause(verb: Token, sentence: Sentence) -> Phrase | None:
    """The reporting clause, if it stands after a comma and ends at a comma or with the sentence."""
    subject = child(verb, "nsubj")
    if subject is None:
        return None
    first = min(subject.left_edge.i, verb.i)
    if first <= sentence.start or verb.doc[first - 1].text not in COMMAS:
        return None
    last = max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i)
    for one in verb.rights:
        if one.dep_ in MODIFIERS and one.left_edge.i <= last + 1:
            last = max(last, one.right_edge.i)
    following = verb.doc[last + 1] if last + 1 < sentence.end else None
    ends = following is None or following.text in COMMAS or following.tag_ in (".", ":")
    return Phrase(first, last) if ends else None


def _free(sentence: Sentence, found: Sequence[Inserted]) -> list[Phrase]:
    """What the inserted clauses leave of the sentence."""
    pieces, at = [], sentence.start
    for one in found:
        if at < one.clause.first:
            pieces.append(Phrase(at, one.clause.first - 1))
        at = max(at, one.clause.last + 1)
    if at < sentence.end:
        pieces.append(Phrase(at, sentence.end - 1))
    return pieces
