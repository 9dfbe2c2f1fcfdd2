"""Compares words that somebody asks about with a longer text, word by word: where they stand in it, what differs.

Words are compared by their key (``analysis.words``), so letter case, the kind of marks and spacing are aside. The
place is found as by Sellers (1980): the words asked about are used up, the text's ends are free. A gap of words that
only the text has costs little more when it is longer, as by Gotoh (1982), so a quotation that was cut is still seen
as one. All positions are numbers of tokens, half-open. Figures: docs/decisions/0016.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, zip_longest

from analysis.lists import words as listed
from analysis.word_costs import missing, replacing, telling

MOST_CELLS = 200_000
"""Most pairs of words that are compared in one alignment; of a longer text only its beginning is looked at."""

_OPEN, _LONGER = 0.9, 0.1  # what a gap costs, and each further word in it
_ELLIPSIS = 0.1  # what a gap costs where an ellipsis stands, however long it is
_MOST_DROPPED = 2.5  # what any gap makes less alike at most, in words
_NEXT = 0.5  # what it costs more to go on into another sentence
_WIDE, _ROOM = 3, 20  # how much of a text is looked at: for each word asked about, and around them
_LEAST_WORDS, _LEAST_CONTENT, _LEAST_RUN = 5, 3, 3
_SIMILAR = 0.62
_NEARLY, _LONG_RUN = 0.8, 5
_MOST_TURNED, _LEAST_TURNED = 2, 2
CONTENT = 0.6
"""The least share of the telling words that makes two wordings one saying."""


class Step(StrEnum):
    """What became of some words; "added" stand only in what was asked, "dropped" only in the text."""

    SAME = "same"
    REPLACED = "replaced"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of which the same became."""

    step: Step
    asked: tuple[int, int]
    text: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How words asked about stand in a text; the first and the last stretch with words of the text mark its place.

    ``cuts`` are the numbers of the words asked about before which an ellipsis stands.
    """

    asked: tuple[str, ...]
    text: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    cuts: frozenset[int] = frozenset()

    @property
    def place(self) -> tuple[int, int]:
        """Where in the text."""
        return self.stretches[0].text[0], self.stretches[-1].text[1]

    @property
    def similarity(self) -> float:
        """The share of the words asked about that stand there, less what is missing between them; 0 to 1."""
        cost = sum(_weight(each, self) for each in self.stretches)
        return max(0.0, 1.0 - cost / max(1, len(self.asked)))

    @property
    def content(self) -> float:
        """The share of the telling words asked about that stand there, in whatever form; 0 to 1."""
        every = [word for word in self.asked if telling(word)]
        return len(self.same_content) / len(every) if every else 0.0

    @property
    def same_content(self) -> list[str]:
        """The telling words that are the same."""
        return [word for word in self._same() if telling(word)]

    @property
    def longest(self) -> int:
        """The number of words in the longest run that is the same."""
        return max((each.asked[1] - each.asked[0] for each in self.stretches if each.step is Step.SAME), default=0)

    def is_close(self) -> bool:
        """Whether it is the same saying, altered, beyond what chance and a shared subject make alike."""
        return self._is_turned() or (
            len(self.asked) >= _LEAST_WORDS
            and (len(self.same_content) >= _LEAST_CONTENT or self._is_nearly())
            and self.longest >= _LEAST_RUN
            and self.similarity >= _SIMILAR
            and self.content >= CONTENT
        )

    def _is_nearly(self) -> bool:
        """Whether so much is the same that few telling words are enough."""
        return self.similarity >= _NEARLY and self.longest >= _LONG_RUN

    def _is_turned(self) -> bool:
        """Whether all is the same but for a word or two that deny or tell how much."""
        pairs = [pair for each in self.changed() for pair in self._pairs(each)]
        return (
            0 < len(pairs) <= _MOST_TURNED
            and all(map(_turns, pairs))
            and len(list(self._same())) >= _LEAST_WORDS
            and len(self.same_content) >= _LEAST_TURNED
        )

    def _pairs(self, stretch: Stretch) -> list[tuple[str, str]]:
        """Each word that differs with the one in its place, "" where there is none."""
        one, other = self.asked[slice(*stretch.asked)], self.text[slice(*stretch.text)]
        return list(zip_longest(one, other, fillvalue=""))

    def changed(self) -> list[Stretch]:
        """The stretches that differ."""
        return [each for each in self.stretches if each.step is not Step.SAME]

    def _same(self) -> Iterator[str]:
        for each in self.stretches:
            if each.step is Step.SAME:
                yield from self.asked[slice(*each.asked)]


def _turns(pair: tuple[str, str]) -> bool:
    """Whether one word in another's place, or beside none, only denies or tells how much: "no" and "many"."""
    turning = listed("negations") | listed("quantifiers") | {""}
    return turning.issuperset(pair) or f"{pair[0]}n't" == pair[1] or f"{pair[1]}n't" == pair[0]


def _weight(stretch: Stretch, of: Alignment) -> float:
    if stretch.step is Step.SAME:
        return 0.0
    dropped = stretch.text[1] - stretch.text[0]
    if stretch.step is Step.DROPPED:
        if stretch.asked[0] in of.cuts:
            return _ELLIPSIS
        return min(1.0 + _LONGER * (dropped - 1), _MOST_DROPPED)
    if stretch.step is Step.ADDED:
        return float(stretch.asked[1] - stretch.asked[0])
    pairs = zip(of.asked[slice(*stretch.asked)], of.text[slice(*stretch.text)], strict=True)
    return sum(min(1.0, replacing(one, other)) for one, other in pairs)


def span_of(asked: int) -> int:
    """How many words of a text are looked at for so many words asked about."""
    return _WIDE * asked + 3 * _ROOM


def likeliest(asked: Sequence[str], text: Sequence[str]) -> tuple[int, int]:
    """The part of a long text that has most of the telling words, wide enough for an alignment."""
    wanted, wide = frozenset(filter(telling, asked)), _WIDE * len(asked) + _ROOM
    counts = [0, *accumulate(word in wanted for word in text)]
    last = max(1, len(text) - wide + 1)
    start = max(range(last), key=lambda at: counts[min(len(text), at + wide)] - counts[at])
    start = max(0, start - _ROOM)
    return start, min(len(text), start + wide + 2 * _ROOM)


def align(
    asked: Sequence[str],
    text: Sequence[str],
    opening: Container[int] = (),
    cuts: frozenset[int] = frozenset(),
) -> Alignment | None:
    """The cheapest way to find the words in the text; None where not one word of them stands there.

    ``opening`` are the numbers of the text's words that open a sentence, ``cuts`` those of the words asked about
    before which an ellipsis stands.
    """
    text = text[: MOST_CELLS // max(1, len(asked))]
    if not asked or not set(asked) & set(text):
        return None
    steps = _Table(asked, text, opening, cuts).back()
    while steps and steps[0][0] is Step.DROPPED:
        steps.pop(0)
    while steps and steps[-1][0] is Step.DROPPED:
        steps.pop()
    return Alignment(tuple(asked), tuple(text), tuple(_gathered(steps)), cuts)


One = tuple[Step, int, int]  # a step, and where it begins in the words asked about and in the text


class _Table:
    """What it costs to have used up some words at each place of the text; ``_gap`` where the last one was dropped."""

    def __init__(
        self, asked: Sequence[str], text: Sequence[str], opening: Container[int], cuts: Container[int]
    ) -> None:
        self._asked, self._text, self._opening, self._cuts = asked, text, opening, cuts
        self._next = [_NEXT * (at in opening) for at in range(len(text))]
        self._cost = [[0.0] * (len(text) + 1)]
        self._gap = [[float("inf")] * (len(text) + 1)]
        for word in asked:
            self._fill(word)

    def _fill(self, word: str) -> None:
        before = self._cost[-1]
        gone, cut = missing(word), len(self._cost) in self._cuts
        opens, longer = (_ELLIPSIS, 0.0) if cut else (_OPEN, _LONGER)
        cost, gap = [before[0] + gone], [float("inf")]
        same = {other: replacing(word, other) for other in set(self._text)}
        last, last_gap = cost[0], float("inf")
        for at, other in enumerate(self._text):
            last_gap = min(last + opens, last_gap + longer) + (0.0 if cut else self._next[at])
            last = min(before[at] + same[other], before[at + 1] + gone, last_gap)
            cost.append(last)
            gap.append(last_gap)
        self._cost.append(cost)
        self._gap.append(gap)

    def back(self) -> list[One]:
        """The steps of the cheapest way, from the first word on; of equal ways the one that stands first."""
        row, at = len(self._asked), self._end()
        steps: list[One] = []
        while row:
            step = self._last(row, at)
            if step is Step.DROPPED:
                began = self._gap_began(row, at)
                steps += [(Step.DROPPED, row, each) for each in range(at - 1, began - 1, -1)]
                at = began
                continue
            row -= 1
            at -= step is not Step.ADDED
            steps.append((step, row, at))
        return steps[::-1]

    def _end(self) -> int:
        """Where the way ends: a last word that is not there takes the place of the next one of the same sentence."""
        last = self._cost[-1]
        at = last.index(min(last))
        further = at + 1 < len(last) and last[at + 1] == last[at] and at not in self._opening
        return at + 1 if further else at

    def _gap_began(self, row: int, at: int) -> int:
        cut = row in self._cuts
        opens = _ELLIPSIS if cut else _OPEN
        while self._gap[row][at] != self._cost[row][at - 1] + opens + (0.0 if cut else self._next[at - 1]):
            at -= 1
        return at - 1

    def _last(self, row: int, at: int) -> Step:
        cost, word = self._cost[row][at], self._asked[row - 1]
        if at:
            other = replacing(word, self._text[at - 1])
            if cost == self._cost[row - 1][at - 1] + other:
                return Step.REPLACED if other else Step.SAME
        return Step.ADDED if cost == self._cost[row - 1][at] + missing(word) else Step.DROPPED


def _gathered(steps: Sequence[One]) -> Iterator[Stretch]:
    """Neighbouring steps of one kind together."""
    begun: One | None = None
    ends = (0, 0)
    for step, row, at in steps:
        if begun is not None and begun[0] is not step:
            yield Stretch(begun[0], (begun[1], ends[0]), (begun[2], ends[1]))
            begun = None
        begun = begun or (step, row, at)
        ends = (row + (step is not Step.DROPPED), at + (step is not Step.ADDED))
    if begun is not None:
        yield Stretch(begun[0], (begun[1], ends[0]), (begun[2], ends[1]))
