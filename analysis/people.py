"""Gathers the printed names of a text into people: one entry for one person over all the ways the name is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from analysis.entity import Entity, bare, plain
from analysis.lists import genders, lines, words
from analysis.model import Span
from analysis.names import Name
from analysis.personhood import gender_of, is_person, is_place
from analysis.renamed import join_renamed
from analysis.titles import KIN_OF


def entities_of(text: str, names: Sequence[Name]) -> list[Entity]:
    """Everybody and everything that is named, in order of first mention."""
    names = [one for one in names if not (one.definite and len(one.words) == 1 and plain(one.words)[0] in _peoples())]
    names = _with_surnames(text, names)
    found = _full([one for one in names if not one.heading])
    _merge(found)
    _family_names(found)
    names = [*(one for one in names if not one.heading), *_headings(names, found)]
    _single(text, names, found)
    join_renamed(text, found)
    for entity in found:
        entity.mentions.sort(key=lambda one: one.span)
        entity.place = is_place(entity)
        entity.person = not entity.place and not entity.shared and is_person(text, entity)
        entity.gender = gender_of(entity)
    return sorted(found, key=lambda entity: entity.first_place)


def _with_surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, with the surname that two share given to the first too: "Max and Leo Adler"."""
    given = genders("first_names")
    taken = {plain(one.words)[0] for one in names if len(one.words) > 1}
    found = list(names)
    for at, (one, after) in enumerate(pairwise(names)):
        pair = len(one.words) == 1 and len(after.words) == 2 and text[one.span.end : after.span.start] == " and "
        first = plain(one.words)[0]
        known = first in given and first not in taken and plain(after.words)[0] in given
        if pair and known and one.title.lower() in ("", *KIN_OF):
            found[at] = replace(one, words=(one.words[0], after.words[1]))
    return found


@cache
def _peoples() -> frozenset[str]:
    return frozenset(line.lower().split()[0] for line in lines("demonyms"))


def _full(names: Sequence[Name]) -> list[Entity]:
    found: dict[tuple[str, ...], Entity] = {}
    for one in names:
        if len(one.words) > 1:
            entity = found.setdefault(plain(one.words), Entity(one.words))
            if entity.words[0].isupper() and not one.words[0].isupper():
                entity.words = one.words
            entity.mentions.append(one)
            entity.aliases[one.words] += 1
    return list(found.values())


def _headings(names: Sequence[Name], found: list[Entity]) -> list[Name]:
    """From lines in capitals, only names that the body prints too, or that open with a first name and one word more."""
    kept = []
    full = {plain(entity.words): entity for entity in found}
    surnames = {plain(bare(entity.words))[-1] for entity in found}
    for one in (one for one in names if one.heading):
        low, places_ = plain(one.words), _word_spans(one)
        for at in range(len(low)):
            for size in (3, 2):
                if entity := full.get(low[at : at + size]):
                    span = Span(places_[at].start, places_[min(at + size, len(low)) - 1].end)
                    entity.mentions.append(replace(one, span=span, words=one.words[at : at + size]))
                    break
            else:
                if low[at] in surnames and not any(m.span.meets(places_[at]) for e in found for m in e.mentions):
                    kept.append(replace(one, span=places_[at], words=one.words[at : at + 1], title=""))
        if len(low) == 2 and low[0] in genders("first_names") and low not in full and not one.words[0].isupper():
            found.append(Entity(one.words, [one], aliases=Counter([one.words])))
    return kept


def _word_spans(one: Name) -> list[Span]:
    spans, at = [], one.span.start
    for word in one.words:
        spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    return spans


def _merge(found: list[Entity]) -> None:
    """Put together the full names of one person: "Donald J. Trump" and "Donald Trump", "Mike" and "Michael"."""
    by_last: dict[str, list[Entity]] = {}
    for entity in list(found):
        last = plain(bare(entity.words))[-1]
        for other in by_last.setdefault(last, []):
            if _same_first(plain(bare(entity.words)), plain(bare(other.words))):
                _absorb(other, entity)
                found.remove(entity)
                break
        else:
            by_last[last].append(entity)


def _family_names(found: list[Entity]) -> None:
    """Give "Gil de la Serna" and "Van der Meijden" to the one person whose longer name ends so."""
    for entity in list(found):
        low = plain(entity.words)
        longer = [
            other
            for other in found
            if len(other.words) > len(low) and plain(other.words)[-len(low) :] == low and _known_first(other)
        ]
        if len(longer) == 1 and (
            low[0] not in genders("first_names") or any(word in words("name_particles") for word in low)
        ):
            _absorb(longer[0], entity)
            found.remove(entity)


def _absorb(one: Entity, other: Entity) -> None:
    one.mentions += other.mentions
    one.aliases.update(other.aliases)
    if len(other.words) > len(one.words) and len(bare(other.words)) > 2 and not _initial(other.words[1]):
        one.words = other.words


def _initial(word: str) -> bool:
    return len(word.strip(".")) == 1


def _same_first(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one[0] == other[0]:
        middle, against = one[1:-1], other[1:-1]
        return not middle or not against or middle[0][0] == against[0][0]
    if len(one[0]) == 1 or len(other[0]) == 1:
        return one[0][0] == other[0][0] and len(one) == len(other) == 2
    return _nicknames().get(one[0], one[0]) == _nicknames().get(other[0], other[0]) and len(one) == len(other) == 2


@cache
def _nicknames() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("same_first_names"):
        full, *short = line.split()
        found.update((name, full) for name in (full, *short))
    return found


RELATIVE_OF = re.compile(
    r"\b(?:son|daughter|father|mother|brother|sister|wife|husband|widow|widower|nephew|niece|cousin|grandson"
    r"|granddaughter) of (?:the )?(?:late |famed |famous |former )?$"
)


def _only_as_kin(text: str, entity: Entity) -> bool:
    """Whether somebody is named only as a relative: "Moss, son of the late Rev. Bill Moss" makes no Moss Bill."""
    full = [one for one in entity.mentions if len(one.words) > 1]
    starts = [(one.title_span or one.span).start for one in full]
    return bool(starts) and all(RELATIVE_OF.search(text[max(0, start - 40) : start]) for start in starts)


class _Parts:
    """The people that a name of one word may mean, by the part of their full name that it is."""

    def __init__(self, text: str, found: Sequence[Entity]) -> None:
        self.last: dict[str, list[Entity]] = {}
        self.first: dict[str, list[Entity]] = {}
        self.middle: dict[str, list[Entity]] = {}  # "Quispe" of "María Quispe Huamán"
        self.alone: dict[str, list[Entity]] = {}  # by itself
        for entity in found:
            low = plain(bare(entity.words))
            if not _organisation_words(low) and "&" not in low and not _only_as_kin(text, entity):
                self._add(entity, low)

    def _add(self, entity: Entity, low: Sequence[str]) -> None:
        self.last.setdefault(low[-1], []).append(entity)
        self.first.setdefault(low[0], []).append(entity)
        if len(low) > 2:
            self.last.setdefault(" ".join(low[1:]), []).append(entity)
            for word in low[1:-1] if _known_first(entity) and low[-1] not in words("common_words") else ():
                self.middle.setdefault(word, []).append(entity)

    def of(self, key: str, one: Name) -> Entity | None:
        """Whom a name must mean: by surname, else by first name, else by itself."""
        chosen = _choose(self.last.get(key, []), one)
        given = [
            each
            for each in self.first.get(key, [])
            if _known_first(each) or key in words("surnames_first") or self._has_kin(each)
        ]
        if chosen is None or (key in words("surnames_first") and given):
            chosen = _choose(given, one) or chosen
        if chosen is None and key not in genders("first_names"):
            chosen = _choose(self.middle.get(key, []), one)
        return chosen or _choose(self.alone.get(key, [])[::-1], one)

    def _has_kin(self, entity: Entity) -> bool:
        """Whether another of the same surname is named, so that first names alone tell them apart."""
        return len(self.last.get(plain(bare(entity.words))[-1], [])) > 1

    def shared(self, key: str) -> Entity | None:
        """Whoever a surname that several have means already, while it cannot be told which of them."""
        return next((each for each in self.alone.get(key, []) if each.shared), None)


def _single(text: str, names: Sequence[Name], found: list[Entity]) -> None:
    """Give each name of one word to the person it must mean, else to one of its own."""
    parts = _Parts(text, found)
    for one in (one for one in names if len(one.words) == 1):
        key = plain(one.words)[0]
        meant = _body(text, one, found)
        if meant is None:
            shared = _either(parts.last.get(key, []), one)
            meant = parts.shared(key) if shared else parts.of(key, one)
            if meant is None:
                meant = Entity(one.words, shared=shared)
                parts.alone.setdefault(key, []).append(meant)
                found.append(meant)
        meant.mentions.append(one)
        meant.aliases[one.words] += 1
    for namesakes in (each for each in parts.alone.values() if len(each) > 1):
        _by_title(namesakes)
    for entity in list(found):  # "Oyelaran" found before any full name of the same spelling in capitals
        if not entity.mentions:
            found.remove(entity)


OF_ITSELF = re.compile(r" (?:said|says|added|announced|reported|warned|confirmed)(?: on [A-Z]\w+day)?(?: that)? its? ")


def _body(text: str, one: Name, found: Sequence[Entity]) -> Entity | None:
    """The body whose name begins so and that speaks of itself as a thing: "Zellar said it would keep its forecast"."""
    if one.title or not OF_ITSELF.match(text, one.span.end):
        return None
    key = plain(one.words)[0]
    fitting = [each for each in found if len(each.words) > 1 and plain(each.words)[0] == key]
    bodies = [each for each in fitting if not _known_first(each)]
    return bodies[0] if len(bodies) == 1 else None


def _by_title(namesakes: Sequence[Entity]) -> None:
    """Call two of one surname by their titles, which alone tell them apart: "Mr Park" and "Ms Park"."""
    for entity in namesakes:
        title = next((one.title for one in entity.mentions if one.title), "")
        if title:
            entity.words = (*title.split(), *entity.words)


def _known_first(entity: Entity) -> bool:
    return entity.words[0].lower() in genders("first_names")


def _organisation_words(bare: Sequence[str]) -> bool:
    return any(word in words("organisation_words") for word in bare[1:])


def _choose(choices: Sequence[Entity], one: Name) -> Entity | None:
    """Among namesakes: whom the title fits, then who is named in full last before, with the main person ahead."""
    wanted = {mark for word in plain(one.title.split()) if (mark := genders("titles").get(word)) in ("m", "f")}
    fitting = [each for each in choices if not wanted or gender_of(each) in wanted]
    if not fitting:
        fitting = [each for each in choices if gender_of(each) is None or not _sure(each)]
    titled = [each for each in fitting if one.title and any(one.title == other.title for other in each.mentions)]
    if len(titled) == 1:
        return titled[0]  # "Dr Sato" is not Mr James Sato
    if len(fitting) < 2:
        return fitting[0] if fitting else None

    def weight(entity: Entity) -> tuple[float, int]:
        full = [name for name in entity.mentions if len(name.words) > 1]
        before = [name.span.start for name in full if name.span.start < one.span.start]
        size = sum(0.25 if name.quoted else 1.0 for name in full)
        return (size if before else size / 4, max(before, default=-1))

    return max(fitting, key=weight)


TOGETHER = 60  # code points between two names that are printed together


def _either(choices: Sequence[Entity], one: Name) -> bool:
    """Whether a bare surname may be either of two who are named together, as often as each other: "the Harlows"."""
    if one.title:
        return False
    named = [
        (each, [full.span.start for full in each.mentions if len(full.words) > 1 and full.span.start < one.span.start])
        for each in choices
    ]
    near = sorted(((max(places), len(places)) for _, places in named if places), reverse=True)[:2]
    return len(near) == 2 and near[0][0] - near[1][0] <= TOGETHER and near[0][1] == near[1][1]


def _sure(entity: Entity) -> bool:
    """Whether a person's gender is beyond doubt: by a title, or by a first name that only one gender bears."""
    first = genders("first_names").get(plain(entity.words)[0], "u")
    marks = genders("titles")
    titled = {mark for one in entity.mentions for word in plain(one.title.split()) if (mark := marks.get(word))}
    return bool(titled & {"m", "f"}) or first in ("m", "f")
