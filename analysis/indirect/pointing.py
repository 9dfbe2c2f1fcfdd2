"""Finds sentences that only say whose words the one before was: "So says Ann Lee.", "That is what Ann Lee says."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import COMMAS, COPULA, Phrase, child, is_nominal, length, noun_phrase, subject_of
from analysis.indirect.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

LEAST = 3  # tokens of a sentence that can be somebody's words
POINTERS = frozenset({"that", "this", "such"})
WITHIN = 8  # tokens from the start of a sentence to its verb of saying


def reports(sentence: Sentence, cues: Sequence[Token]) -> Iterator[Report]:
    """The contents that one sentence points back to, in itself ("..., or so says Ann Lee") or before it."""
    for token in cues:
        found = _source(token, sentence)
        if found is None:
            continue
        source, first = found
        content = _before(sentence) if first == sentence.start else Phrase(sentence.start, first - 1)
        if source is not None and content is not None and length(content) >= LEAST:
            kind = CueClass.ACCORDING if token.lower_ == "according" else CueClass.INSERTED
            clause = Phrase(first, max(token.i, noun_phrase(source).last))
            yield Report(token, kind, kind.value, (content,), source, clause)


def _source(cue: Token, sentence: Sentence) -> tuple[Token | None, int] | None:
    """Who is pointed to as the source, and the first token of the pointing words."""
    if cue.lower_ in lists.verb_of(CueClass.SPEECH):
        opened = _so(cue, sentence)
        if opened is not None:
            return _subject(cue), opened
        return (subject_of(cue), sentence.start) if _is_what(cue, sentence) else None
    pointed = cue.lower_ == "according" and [one.lower_ for one in sentence[: cue.i - sentence.start]]
    if pointed and pointed[0] in POINTERS and set(pointed[1:]) <= COPULA | COMMAS | {"at", "least"}:
        return child(cue.nbor(1), "pobj") if cue.i + 1 < sentence.end else None, sentence.start
    return None


def _so(cue: Token, sentence: Sentence) -> int | None:
    """Where "so says" or, after a comma, "or so says" begins; None where neither stands there."""
    doc, subject = cue.doc, _subject(cue)
    if subject is None:
        return None
    first = subject.left_edge.i if subject.i < cue.i else cue.i
    if first - 1 < sentence.start or doc[first - 1].lower_ != "so":
        return None
    opens = first - 1 == sentence.start or (first - 2 == sentence.start and doc[first - 2].lower_ == "or")
    if opens:
        return (
            sentence.start
            if (subject.i > cue.i or first - 2 == sentence.start) and _ends(cue, subject, sentence)
            else None
        )
    joined = first - 3 > sentence.start and doc[first - 2].lower_ == "or" and doc[first - 3].text in COMMAS
    return first - 3 if joined and _ends(cue, subject, sentence) else None


def _subject(cue: Token) -> Token | None:
    """The subject, which the parser may take for an object where it stands after the verb."""
    after = next((one for one in cue.rights if one.dep_ == "nsubj"), None)
    if (subject := after or subject_of(cue)) is not None:
        return subject
    after = child(cue, "dobj", "attr", "npadvmod")
    return after if after is not None and after.left_edge.i == cue.i + 1 and is_nominal(after) else None


def _ends(cue: Token, subject: Token, sentence: Sentence) -> bool:
    """Whether nothing is said after the source and the verb: they end the sentence or stand before a comma."""
    last = max(cue.i, noun_phrase(subject).last)
    return last + 1 >= sentence.end or cue.doc[last + 1].text in (*COMMAS, ".", "!") or _hangs(cue.doc, last + 1)


def _hangs(doc: Doc, at: int) -> bool:
    return doc[at].tag_ == "IN" or doc[at].dep_ in ("relcl", "acl", "prep", "npadvmod", "advmod")


def _is_what(cue: Token, sentence: Sentence) -> bool:
    """Whether the sentence is "that is what Ann Lee says"."""
    opening = [one.lower_ for one in cue.doc[sentence.start : min(cue.i, sentence.start + WITHIN)]]
    subject = subject_of(cue)
    if not opening or opening[0] not in POINTERS or "what" not in opening or subject is None or subject.i > cue.i:
        return False
    what = opening.index("what")
    plain = set(opening[1:what]) <= COPULA | COMMAS | {"at", "least"}
    return plain and subject.left_edge.i == sentence.start + what + 1 and _closes(cue, sentence)


def _closes(cue: Token, sentence: Sentence) -> bool:
    return cue.i + 1 >= sentence.end or cue.nbor(1).text in (*COMMAS, ".", "!")


def _before(sentence: Sentence) -> Phrase | None:
    """The sentence in front of another one of the same paragraph; a question is nobody's statement."""
    if sentence.start == 0:
        return None
    before = sentence.doc[sentence.start - 1].sent
    return None if before.text.rstrip().endswith("?") else Phrase(before.start, before.end - 1)
