"""Tells what changed from one version of a text to the next, what matters to readers first.

Sentences that are word for word the same are found first, in their order (longest common subsequence); of the others
each is paired with the one that is most like it. A pair is classified by the words that differ in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from analysis.difference import is_negation, is_number
from analysis.lists import words as listed
from analysis.model import Span
from analysis.verbs import FORMS
from analysis.words import Token, key, tokens

LIKE = 55.0  # the least likeness of two sentences that are one, edited, 0 to 100
SAME = 100.0  # and the most: the same sentence between others has moved
SPELLING = 0.8  # of letters in common: another spelling of a word
ENDINGS = (
    "s",
    "d",
    "es",
    "ed",
    "r",
    "er",
    "st",
    "est",
    "ly",
    "ing",
    "n",
    "y",
)  # another form of a word, which is no other spelling of it
MOST_PAIRED = 400  # sentences in a gap; of more, which only a wholly new text has, none are paired


class Kind(IntEnum):
    """What differs, in the order of how much it matters."""

    NUMBER = 1
    NAME = 2
    HEDGE = 3
    REMOVED = 4
    ADDED = 5
    WORDS = 6
    MOVED = 7
    SPELLING = 8
    TYPOGRAPHY = 9

    @property
    def is_trivial(self) -> bool:
        """Whether readers are spared it until they ask."""
        return self >= Kind.MOVED


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence as it was and as it is; None where there is none. Marked are spans in the sentences that differ."""

    kind: Kind
    before: int | None
    after: int | None
    marked_before: tuple[Span, ...] = ()
    marked_after: tuple[Span, ...] = ()


def changes(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """What became of the sentences of a text: those of the text as it is in their order, then those that are gone."""
    same, origin = _origins(before, after)
    gone = {before[at]: at for at in range(len(before)) if at not in set(origin.values())}
    found, moved = list[Edit](), set[int]()
    for at, sentence in enumerate(after):
        if at in origin and at not in same:
            found.append(Edit(*_named(compared(before[origin[at]], sentence), origin[at], at)))
        elif at not in origin and (place := gone.pop(sentence, None)) is not None:
            moved.add(place)
            found.append(Edit(Kind.MOVED, place, at))
        elif at not in origin:
            found.append(Edit(Kind.ADDED, None, at))
    left = moved.union(origin.values())
    return [*found, *(Edit(Kind.REMOVED, at, None) for at in range(len(before)) if at not in left)]


def _named(found: Compared, one: int, other: int) -> tuple[Kind, int, int, tuple[Span, ...], tuple[Span, ...]]:
    return found[0], one, other, found[1], found[2]


def _origins(before: Sequence[str], after: Sequence[str]) -> tuple[set[int], dict[int, int]]:
    """Which sentences are the same in the same order, and of each other one the sentence that it was."""
    same, origin = set[int](), dict[int, int]()
    here, there = 0, 0  # where the gap begins that ends with the next sentences that are the same
    keys = [key(each) or each for each in before], [key(each) or each for each in after]
    for edit in (*Indel.opcodes(*keys), None):
        if edit is not None and edit.tag != "equal":
            continue
        ends = (edit.src_start, edit.dest_start) if edit else (len(before), len(after))
        origin |= _paired(before, after, range(here, ends[0]), range(there, ends[1]))
        if edit is not None:
            pairs = zip(range(edit.src_start, edit.src_end), range(edit.dest_start, edit.dest_end), strict=True)
            origin |= {other: one for one, other in pairs}
            same |= {other for other in range(edit.dest_start, edit.dest_end) if before[origin[other]] == after[other]}
            here, there = edit.src_end, edit.dest_end
    known = set(origin.values())
    rest = [at for at in range(len(before)) if at not in known], [at for at in range(len(after)) if at not in origin]
    return same, origin | _paired(before, after, *rest)


def _paired(before: Sequence[str], after: Sequence[str], one: Sequence[int], other: Sequence[int]) -> dict[int, int]:
    """Of sentences that may belong together, which was which: the likest first."""
    origin, taken = dict[int, int](), set[int]()
    few = len(one) <= MOST_PAIRED >= len(other)
    likeness = [(fuzz.ratio(before[i], after[j], score_cutoff=LIKE), -i, -j) for i in one for j in other if few]
    for like, i, j in sorted(likeness, reverse=True):
        if LIKE <= like < SAME and -i not in taken and -j not in origin:
            origin[-j] = -i
            taken.add(-i)
    return origin


Compared = tuple[Kind, tuple[Span, ...], tuple[Span, ...]]


def compared(before: str, after: str) -> Compared:
    """What differs most in two wordings of one sentence, and where, in code points of each."""
    mine, theirs = tokens(before), tokens(after)
    kinds, spans = list[Kind](), (list[Span](), list[Span]())
    for gone, come in _places(mine, theirs):
        kinds.append(_kind(before, gone, after, come))
        for side, words in zip(spans, (gone, come), strict=True):
            side += [Span(words[0].start, words[-1].end)] if words else []
    if not kinds:
        return Kind.TYPOGRAPHY, *_marks(before, after)
    return min(kinds), tuple(spans[0]), tuple(spans[1])


def _places(mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """The words that differ at each place."""
    here, there = 0, 0
    for edit in (*Levenshtein.opcodes([each.key for each in mine], [each.key for each in theirs]), None):
        if edit is not None and edit.tag != "equal":
            continue
        ends = (edit.src_start, edit.dest_start) if edit else (len(mine), len(theirs))
        if (here, there) != ends:
            yield mine[here : ends[0]], theirs[there : ends[1]]
        here, there = (edit.src_end, edit.dest_end) if edit else ends


def _marks(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The characters that differ."""
    edits = [each for each in Levenshtein.opcodes(before, after) if each.tag != "equal"]
    gone = tuple(Span(each.src_start, each.src_end) for each in edits if each.src_end > each.src_start)
    return gone, tuple(Span(each.dest_start, each.dest_end) for each in edits if each.dest_end > each.dest_start)


def _kind(before: str, gone: Sequence[Token], after: str, come: Sequence[Token]) -> Kind:
    """What the words at one place are that differ."""
    every = [*gone, *come]
    if _spelt_otherwise(gone, come):
        return Kind.SPELLING
    if any(is_number(each.key) for each in every):
        return Kind.NUMBER
    if _is_name(before, gone) or _is_name(after, come):
        return Kind.NAME
    if any(_is_hedge(each.key) for each in every):
        return Kind.HEDGE
    return Kind.WORDS if gone and come else Kind.REMOVED if gone else Kind.ADDED


def _spelt_otherwise(gone: Sequence[Token], come: Sequence[Token]) -> bool:
    """One word in another spelling: nearly all letters are the same, and it counts, denies and claims as much."""
    one, other = ("".join(each.key for each in words) for words in (gone, come))
    if min(len(one), len(other)) < 4 or not (one + other).isalpha() or one[0] != other[0]:
        return False
    if one != other and any(longer == shorter + end for end in ENDINGS for longer, shorter in _both(one, other)):
        return False
    if any(is_number(each) or is_negation(each) for each in (one, other)):
        return False
    if any(map(_is_hedge, (one, other))) and (one not in FORMS or FORMS[one] != FORMS.get(other)):
        return False
    return Levenshtein.distance(one, other) <= 2 and Indel.normalized_similarity(one, other) >= SPELLING


def _both(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _is_name(text: str, words: Sequence[Token]) -> bool:
    """Whether a capitalised word is among them that does not open the sentence."""
    return any(each.start > 1 and text[each.start].isupper() and each.key not in listed("stop_words") for each in words)


def _is_hedge(word: str) -> bool:
    return word in listed("hedges") or word in FORMS or is_negation(word)
