"""Puts what admins say over what the analysis found: which correction holds for a quotation, and what it changes.

A correction hangs on a place and on the words there. It holds

- at its place, however often the version is read again;
- where another version or article of the story prints the same words in the same paragraph;
- where it prints the same words, five or more, anywhere: the same words have the same speaker. Fewer words ("Yes,")
  may be anybody's, and so may words that one version prints twice, unless the analysis took both for the same
  speaker's;
- for a longer or shorter cut of the words at its place, which another reading may have made; a cut is given a speaker,
  but never taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.document import Field
from analysis.model import Span, SpeakerKind
from analysis.words import key, tokens
from store.model import Correction, Passage, StoredQuotation, Verdict

TELLING = 5
"""From this many words on, the same words are the same saying."""

TextOf = Callable[[int, Field], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A member of a cast: the keys of the name and of the other printed names."""

    id: int
    name: str
    aliases: frozenset[str]


def corrected(
    quotations: Sequence[StoredQuotation], corrections: Sequence[Correction], cast: Sequence[Named], text_of: TextOf
) -> list[StoredQuotation]:
    """The quotations as they are to be shown, in the same order; ``quotations`` are all of their versions."""
    if not corrections:
        return list(quotations)
    shown = []
    for said, holding in holding_for(quotations, corrections, text_of):
        after = _applied(said, holding[0], cast) if holding else said
        if after is not None:
            shown.append(after)
    return shown


def holding_for(
    quotations: Sequence[StoredQuotation], corrections: Sequence[Correction], text_of: TextOf
) -> list[tuple[StoredQuotation, list[Correction]]]:
    """Each quotation with the corrections that hold for it, the closest and newest first."""
    times = Counter((said.parts[0].version_id, said.words) for said in quotations)
    found = []
    for said in quotations:
        alone = times[said.parts[0].version_id, said.words] == 1
        ranked = [(_closeness(each, said, alone, text_of), each) for each in corrections]
        holding = [(far, each.article_id != said.article_id, -each.id, each) for far, each in ranked if far is not None]
        found.append((said, [each for *_, each in sorted(holding, key=lambda one: one[:3])]))
    return found


def whole(parts: Sequence[Passage]) -> Span:
    """From the first part to the last one of the same field."""
    return Span(parts[0].span.start, max(part.span.end for part in parts if part.field is parts[0].field))


def context(parts: Sequence[Passage], text: str) -> str:
    """The words of the paragraph that the first part begins in, after the number of words before the part."""
    start, end = parts[0].span
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    paragraph = text[first:] if last < 0 else text[first:last]
    return f"{len(tokens(text[first:start]))} {key(paragraph)}"


def is_telling(words: str) -> bool:
    """Whether words are so many that they are one saying wherever they stand."""
    return len(words.split()) >= TELLING


def _closeness(correction: Correction, said: StoredQuotation, alone: bool, text_of: TextOf) -> int | None:
    """How directly a correction is about a quotation, 0 for its very place; None where it is about others."""
    mine, theirs = whole(said.parts), whole(correction.parts)
    here = _same_text(correction, said) and mine.meets(theirs)
    if here and mine == theirs:
        return 0
    if correction.words == said.words:
        return _same_words(correction, said, here, alone, text_of)
    cut = here and correction.verdict is not Verdict.NOT_A_QUOTATION and _is_cut(correction.words, said.words)
    return 4 if cut else None


def _same_words(correction: Correction, said: StoredQuotation, here: bool, alone: bool, text_of: TextOf) -> int | None:
    if here:
        return 1
    first = said.parts[0]
    if correction.context == context(said.parts, text_of(first.version_id, first.field)):
        return 2
    same = alone or (said.speaker is not None and said.speaker == correction.given)
    return 3 if same and is_telling(said.words) else None


def _same_text(correction: Correction, said: StoredQuotation) -> bool:
    one, other = correction.parts[0], said.parts[0]
    return one.version_id == other.version_id and one.field is other.field


def _is_cut(words: str, others: str) -> bool:
    """Whether the others are a part of the words, or hold them and not twice as many."""
    if f" {others} " in f" {words} ":
        return True
    return f" {words} " in f" {others} " and 2 * len(words.split()) >= len(others.split())


def _applied(said: StoredQuotation, correction: Correction, cast: Sequence[Named]) -> StoredQuotation | None:
    """The quotation with its right speaker; what was printed about the wrong one is left out. None for no quotation."""
    if correction.verdict is Verdict.NOT_A_QUOTATION:
        return None
    speaker = correction.speaker if correction.verdict is Verdict.SPEAKER else None
    sure = replace(said, confidence=1.0, set_by_admin=True)
    if said.speaker is not None and speaker is not None and key(said.speaker) == key(speaker):
        return sure if said.people else replace(sure, people=_people(correction, cast))
    return replace(
        sure,
        speaker=speaker,
        speaker_kind=correction.speaker_kind if speaker else None,
        people=_people(correction, cast) if speaker else (),
        mention=None,
        cue=None,
        attribution=None,
    )


def _people(correction: Correction, cast: Sequence[Named]) -> tuple[int, ...]:
    """Who in the cast is meant, two for a joint statement, nobody where that is not clear."""
    if correction.speaker is None or correction.speaker_kind is SpeakerKind.ROLE:
        return ()
    alone = _member(correction.speaker, cast)
    if alone is not None:
        return (alone,)
    both = [_member(name, cast) for name in correction.speaker.split(" and ")]
    return tuple(dict.fromkeys(each for each in both if each is not None)) if None not in both else ()


def _member(name: str, cast: Sequence[Named]) -> int | None:
    wanted = key(name)
    called = [each.id for each in cast if each.name == wanted] or [each.id for each in cast if wanted in each.aliases]
    return called[0] if len(called) == 1 else None
