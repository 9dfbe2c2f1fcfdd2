"""Finds what is so "according to" somebody, or "in her view"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase, child, length, noun_phrase
from analysis.indirect.report import Report
from analysis.indirect.sources import governor
from analysis.lists import words

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

NEEDED = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp"})
LEAST = 3  # tokens of a content


def reports(sentence: Sentence, cues: Sequence[Token]) -> Iterator[Report]:
    """The contents of one sentence that are given to a source by "according to" or "in her view"."""
    for token in cues:
        if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor(1).lower_ == "to":
            source = child(token.nbor(1), "pobj")
            if source is not None and source.lower_ not in words("measures"):
                yield _report(token, source, Phrase(token.i, _end(source, sentence)), sentence)
        elif token.lower_ in lists.views() and token.dep_ == "pobj" and token.head.lower_ == "in":
            owner = child(token, "poss")
            if owner is not None and _is_set_off(token, sentence):
                yield _report(token, owner, Phrase(token.head.i, token.i), sentence)


def _end(source: Token, sentence: Sentence) -> int:
    """The last token of the source, in short where the parser gave it the whole sentence."""
    last = source.right_edge.i
    swallowed = last >= sentence.end - 2 and source.head.i - sentence.start <= LEAST
    return noun_phrase(source).last if swallowed else last


def _is_set_off(noun: Token, sentence: Sentence) -> bool:
    """Whether "in her view" stands by itself, at the start or between commas."""
    first, after = noun.head.i, noun.i + 1
    opens = first == sentence.start or noun.doc[first - 1].text == ","
    return opens and (after >= sentence.end or noun.doc[after].text in (",", "."))


def _report(cue: Token, source: Token, phrase: Phrase, sentence: Sentence) -> Report:
    return Report(cue, CueClass.ACCORDING, "according", _parts(cue, phrase, sentence), source, phrase)


def _parts(cue: Token, phrase: Phrase, sentence: Sentence) -> tuple[Phrase, ...]:
    """What stands before the phrase, and also what stands after it where the clause's verb does."""
    before, after = Phrase(sentence.start, phrase.first - 1), Phrase(phrase.last + 1, sentence.end - 1)
    if length(before) <= 1:
        return (after,)
    parts = (before, after) if _goes_on(governor(cue), phrase) else (before,)
    if any(token.lower_ in lists.verb_of(CueClass.SPEECH) for token in cue.doc[before.last - 1 : before.last + 1]):
        return ()  # "she asked, according to the minutes"
    kept = tuple(one for one in parts if length(one) > 0)
    return kept if sum(map(length, kept)) >= LEAST else ()


def _goes_on(verb: Token, phrase: Phrase) -> bool:
    """Whether the clause goes on after the phrase: with its verb, or with what the verb needs."""
    return verb.i > phrase.last or any(one.dep_ in NEEDED and one.i > phrase.last for one in verb.rights)
