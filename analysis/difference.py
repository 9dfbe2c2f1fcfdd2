"""Names what differs between words asked about and words printed, what matters most to readers first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.alignment import Alignment, Step, Stretch
from analysis.lists import lines
from analysis.lists import words as listed
from analysis.word_costs import replacing

_OPPOSITES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti")
_FORM = 0.6  # what a replaced word costs at most that is another spelling or form of the printed one


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs. ``negation`` is more than 0 where one was added, less where one was left out.

    ``forms`` are words in another form or spelling, ``replaced`` all others that are none of these; ``added`` and
    ``dropped`` are numbers of words that deny nothing, without those that an ellipsis stands for.
    """

    negation: int
    numbers: int
    names: int
    forms: int
    replaced: int
    added: int
    dropped: int

    def __bool__(self) -> bool:
        return any((self.negation, self.numbers, self.names, self.forms, self.replaced, self.added, self.dropped))


def difference(
    found: Alignment,
    capitals: frozenset[str] = frozenset(),
    cuts: frozenset[int] = frozenset(),
    aside: frozenset[int] = frozenset(),
) -> Difference:
    """What differs in an alignment. ``capitals`` are the keys that are printed, or asked about, as names.

    ``cuts`` are the numbers of the words asked about before which an ellipsis stands, ``aside`` those of the text's
    words that are not of what is printed, as between the parts of a quotation.
    """
    changed = [each for each in found.changed() if not is_cut(each, cuts)]
    replaced = [
        (at, pair)
        for each in changed
        if each.step is Step.REPLACED
        for at, pair in enumerate(_pairs(each, found), each.text[0])
    ]
    pairs = [pair for at, pair in replaced if at not in aside]
    added = [found.asked[at] for at in _places(changed, Step.ADDED, asked=True)]
    added += [one for at, (one, _) in replaced if at in aside]
    dropped = [found.text[at] for at in _places(changed, Step.DROPPED, asked=False) if at not in aside]
    real = [pair for pair in pairs if replacing(*pair) > _FORM]
    negation = _negations(added, pairs) - _negations(dropped, [(other, one) for one, other in pairs])
    numbers = sum(1 for pair in pairs if any(map(is_number, pair)))
    names = sum(1 for pair in real if capitals.issuperset(pair))
    told = [pair for pair in real if not (any(map(is_number, pair)) or capitals.issuperset(pair) or _turned(pair))]
    return Difference(
        negation=negation,
        numbers=numbers,
        names=names,
        forms=len(pairs) - len(real),
        replaced=len(told),
        added=sum(not is_negation(word) for word in added),
        dropped=sum(not is_negation(word) for word in dropped),
    )


def is_cut(stretch: Stretch, cuts: frozenset[int]) -> bool:
    """Whether words were left out just where an ellipsis stands."""
    return stretch.step is Step.DROPPED and stretch.asked[0] in cuts


def is_number(word: str) -> bool:
    """Whether a word counts or dates, in figures or in words."""
    return word in _counting() or any(character.isdigit() for character in word)


@cache
def _counting() -> frozenset[str]:
    return frozenset(line.split()[0].lower() for line in lines("counting_words"))


def is_negation(word: str) -> bool:
    """Whether a word denies."""
    return word in listed("negations") or word.endswith("n't")


def _negations(only: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    """How many negations, and words turned into their opposite, one side has where the other has none."""
    denied = sum(is_negation(one) and not is_negation(other) for one, other in pairs)
    return sum(map(is_negation, only)) + denied + sum(_denies(one, other) for one, other in pairs)


def _denies(one: str, other: str) -> bool:
    """Whether a word is the opposite of the other by its beginning: "unhappy"."""
    return len(other) > 3 and any(one == prefix + other for prefix in _OPPOSITES)


def _turned(pair: tuple[str, str]) -> bool:
    one, other = pair
    return _denies(one, other) or _denies(other, one) or is_negation(one) != is_negation(other)


def _pairs(stretch: Stretch, found: Alignment) -> list[tuple[str, str]]:
    return list(zip(found.asked[slice(*stretch.asked)], found.text[slice(*stretch.text)], strict=True))


def _places(changed: Sequence[Stretch], step: Step, *, asked: bool) -> list[int]:
    """The numbers of the words, of those asked about or of the text's, of which this became."""
    return [at for each in changed if each.step is step for at in range(*(each.asked if asked else each.text))]
