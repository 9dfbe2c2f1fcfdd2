"""Finds reporting clauses that are put into or after what they report: "the plan, she said, would fail"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.subjects import QUOTING
from analysis.indirect import lists
from analysis.indirect.addressed import content, listener
from analysis.indirect.candidate import CueClass
from analysis.indirect.complements import CLAUSE_CLASSES
from analysis.indirect.phrases import COMMAS, Phrase, child, is_split, is_verb, subject_of
from analysis.indirect.report import Report
from analysis.indirect.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

OPENERS = frozenset({"IN", "WRB", "WP", "TO", "VBG", "VBN", "RB", "CC"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})  # ", which she wrote at sixteen": no reporting clause
LONGEST_HEADING = 25  # tokens
HANGING = frozenset({"ccomp", "conj", "dep", "advcl"})
CONTENTS = frozenset({"ccomp", "parataxis", "dobj", "dep", "attr", "acomp"})
MODIFIERS = frozenset({"prep", "npadvmod", "advmod", "dative", "aux", "neg", "prt", "tmod", "advcl"})


@dataclass(frozen=True, slots=True)
class Inserted:
    """One reporting clause that has no complement after it."""

    verb: Token
    source: Token
    clause: Phrase
    by: Token | None = None  # who is said to have quoted the source


def reports(sentence: Sentence, cues: Sequence[Token]) -> Iterator[Report]:
    """The contents around the inserted clauses of one sentence; a clause right after another tells who reported it."""
    found = list(_inserted(sentence, cues))
    for number, one in enumerate(found):
        later = found[number + 1 :]
        by = one.by or next((other.source for other in later if other.clause.first <= one.clause.last + 2), None)
        if not any(other.clause.last + 2 >= one.clause.first for other in found[:number]):
            parts = _parts(one, sentence, found)
            if parts:
                yield Report(one.verb, _kind(one.verb), "inserted", parts, one.source, one.clause, by)


def _kind(verb: Token) -> CueClass:
    return CueClass.INSERTED if verb.lower_ in lists.verb_of(CueClass.SPEECH) else CueClass.BELIEF


def _parts(one: Inserted, sentence: Sentence, found: Sequence[Inserted]) -> tuple[Phrase, ...]:
    """What is reported: all that is free where the clause hangs on it, else the clause that hangs on the verb."""
    free = _free(sentence, found)
    before = [part for part in free if part.last < one.clause.first]
    if one.verb.dep_ == "parataxis" or is_split(one.verb) or one.verb.doc[one.clause.first].lower_ == "as":
        return tuple(free)
    if one.verb.dep_ in HANGING and one.verb.head.i < one.clause.first:
        return tuple(before)
    content = next(
        (two for two in one.verb.lefts if two.dep_ in CONTENTS and two.right_edge.i < one.clause.first), None
    )
    if content is None:
        return tuple(before) if _is_heading(one, sentence) else ()
    first = content.left_edge.i
    return tuple(Phrase(max(first, part.first), part.last) for part in before if part.last >= first)


def _is_heading(one: Inserted, sentence: Sentence) -> bool:
    """Whether it ends a headline, which has no full stop and is hard to parse: "Ferry to close, owner tells staff"."""
    first, last = sentence[0], sentence[-1]
    bare = last.tag_ not in (".", ":") and one.clause.last >= last.i and len(sentence) < LONGEST_HEADING
    clause = any(
        token.tag_ in ("TO", "MD") or is_verb(token) for token in sentence[: one.clause.first - sentence.start]
    )
    return bare and clause and one.verb.tag_ in ("VBZ", "VBP") and first.tag_ not in OPENERS


def _inserted(sentence: Sentence, cues: Sequence[Token]) -> Iterator[Inserted]:
    for token in cues:
        if (quoted := _quoted(token, sentence)) is not None:
            yield quoted
        elif is_verb(token) and any(token.lower_ in lists.verb_of(kind) for kind in CLAUSE_CLASSES):
            clause = _clause(token, sentence)
            source = source_of(token) if subject_of(token) is not None else None
            if clause is not None and source is not None and source.left_edge.tag_ not in RELATIVE:
                yield Inserted(token, source, clause)


def _quoted(saying: Token, sentence: Sentence) -> Inserted | None:
    """The clause "…, the agency quoted [a source] as saying", with nothing reported after it."""
    verb = saying.head.head
    if saying.lower_ != "saying" or saying.dep_ != "pcomp" or verb.lower_ not in QUOTING or content(saying) is not None:
        return None
    subject, source = subject_of(verb), child(verb, "dobj") or child(verb, "nsubjpass")
    if source is None:
        return None
    first = min(verb.i, *(one.left_edge.i for one in (subject, source) if one is not None))
    if first <= sentence.start or verb.doc[first - 1].text not in COMMAS:
        return None
    clause = Phrase(first, saying.right_edge.i)
    return Inserted(verb, source, clause, subject if subject is not None and subject != source else None)


def _clause(verb: Token, sentence: Sentence) -> Phrase | None:
    """The reporting clause, if it stands after a comma and ends at a comma or with the sentence."""
    subject = subject_of(verb)
    if subject is None or content(verb) is not None:
        return None
    introduced = next((one for one in verb.lefts if one.dep_ == "mark" and one.lower_ == "as"), None)
    first = min(subject.left_edge.i, verb.i, introduced.i if introduced is not None else verb.i)
    opens = introduced is not None and first == sentence.start
    if not opens and (first <= sentence.start or verb.doc[first - 1].text not in COMMAS):
        return None
    last = _last(verb, subject, sentence)
    following = verb.doc[last + 1] if last + 1 < sentence.end else None
    ends = following is None or following.text in COMMAS or following.tag_ in (".", ":")
    return Phrase(first, last) if ends and (following is None or following.text != ":") else None


def _last(verb: Token, subject: Token, sentence: Sentence) -> int:
    """The last token of a reporting clause: with listener, time and place, and what the source did meanwhile."""
    heard = listener(verb)
    last = max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i)
    for one in verb.rights:
        if (one.dep_ in MODIFIERS or one == heard) and one.left_edge.i <= last + 1:
            last = max(last, one.right_edge.i)
    return _with_deed(verb, last, sentence)


def _with_deed(verb: Token, last: int, sentence: Sentence) -> int:
    """The same with a participle between commas: "the boats, she said, [pointing at the map], were late"."""
    if last + 2 >= sentence.end or verb.doc[last + 1].text not in COMMAS:
        return last
    deed = verb.doc[last + 2]
    after = deed.right_edge.i + 1
    inside = deed.tag_ == "VBG" and after + 1 < sentence.end and verb.doc[after].text in COMMAS
    return deed.right_edge.i if inside else last


def _free(sentence: Sentence, found: Sequence[Inserted]) -> list[Phrase]:
    """What the inserted clauses leave of the sentence."""
    pieces, at = [], sentence.start
    for one in found:
        if at < one.clause.first:
            pieces.append(Phrase(at, one.clause.first - 1))
        at = max(at, one.clause.last + 1)
    if at < sentence.end:
        pieces.append(Phrase(at, sentence.end - 1))
    return [piece for piece in pieces if not _leads_over(sentence.doc[piece.first : piece.last + 1])]


def _leads_over(piece: Sentence) -> bool:
    """Whether a part is one adverb that only leads over: "[Moreover], she said, the gate is open"."""
    spoken = [token for token in piece if token.is_alpha]
    return len(spoken) == 1 and spoken[0].tag_ == "RB"
