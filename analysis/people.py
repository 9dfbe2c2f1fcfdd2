"""Gathers the printed names of a text into people: one entry for one person over all the ways the name is printed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise

from analysis.lists import genders, lines, nations, words
from analysis.model import MentionKind, Span, SpeakerKind
from analysis.names import NICKNAME, Name

SAYS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:said|says|told|asked|added|wrote|tweeted|argued|explained|recalled|replied|insisted)\b"
)
SAID = re.compile(r"\b(?:said|says|asked|added|replied|wrote|explained|recalled|insisted|argued|joked|warned)\s$")
AFTER_PERSON = re.compile(
    r",? (?:who|\(?\d{2}\b|himself|herself)|, (?:an? |the |his |her )?(?:[\w’'-]+ ){0,3}?([a-z][\w-]+)"
)


@dataclass(slots=True, eq=False)
class Entity:
    """A person, organisation or place while the text is still being read."""

    words: tuple[str, ...]
    mentions: list[Name] = field(default_factory=list)
    gender: str | None = None
    person: bool = False
    place: bool = False
    aliases: Counter[tuple[str, ...]] = field(default_factory=Counter)
    roles: list[Span] = field(default_factory=list)
    referred: list[tuple[Span, MentionKind]] = field(default_factory=list)  # role and pronoun mentions

    @property
    def name(self) -> str:
        """The fullest printed name."""
        return " ".join(self.words)

    @property
    def kind(self) -> SpeakerKind:
        """Person or organisation."""
        return SpeakerKind.PERSON if self.person else SpeakerKind.ORGANISATION

    @property
    def first_place(self) -> int:
        """Where it is first named, in code points."""
        return self.mentions[0].span.start


def entities_of(text: str, names: Sequence[Name]) -> list[Entity]:
    """Everybody and everything that is named, in order of first mention."""
    names = [one for one in names if not (one.definite and len(one.words) == 1 and plain(one.words)[0] in _peoples())]
    names = _with_surnames(text, names)
    found = _full([one for one in names if not one.heading])
    _merge(found)
    _family_names(found)
    names = [*(one for one in names if not one.heading), *_headings(names, found)]
    _single(names, found)
    for entity in found:
        entity.mentions.sort(key=lambda one: one.span)
        entity.place = _is_place(entity)
        entity.person = not entity.place and _is_person(text, entity)
        entity.gender = _gender(entity)
    return sorted(found, key=lambda entity: entity.first_place)


def _with_surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, with the surname that two share given to the first too: "Max and Leo Adler"."""
    given = genders("first_names")
    taken = {plain(one.words)[0] for one in names if len(one.words) > 1}
    found = list(names)
    for at, (one, after) in enumerate(pairwise(names)):
        pair = len(one.words) == 1 and len(after.words) == 2 and text[one.span.end : after.span.start] == " and "
        first = plain(one.words)[0]
        if pair and not one.title and first in given and first not in taken and plain(after.words)[0] in given:
            found[at] = replace(one, words=(one.words[0], after.words[1]))
    return found


@cache
def _peoples() -> frozenset[str]:
    return frozenset(line.lower().split()[0] for line in lines("demonyms"))


def plain(words_: Iterable[str]) -> tuple[str, ...]:
    """Words of a name for comparison: small letters, one kind of apostrophe and hyphen, no full stops."""
    return tuple(map(_plain_word, words_))


@lru_cache(maxsize=8192)
def _plain_word(word: str) -> str:
    return _bare_letters(word.casefold()).replace("’", "'").replace("–", "-").strip(".,")


@lru_cache(maxsize=4096)
def _bare_letters(word: str) -> str:
    """Without accents, which one outlet prints and another leaves out."""
    if word.isascii():
        return word
    plain_word = word.translate(STROKES)
    return "".join(mark for mark in unicodedata.normalize("NFKD", plain_word) if not unicodedata.combining(mark))


STROKES = str.maketrans("łøđðıßæœ", "loddisao")


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
    surnames = {plain(_bare(entity.words))[-1] for entity in found}
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
        last = plain(_bare(entity.words))[-1]
        for other in by_last.setdefault(last, []):
            if _same_first(plain(_bare(entity.words)), plain(_bare(other.words))):
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


def _bare(words_: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words_ if plain([word])[0] not in ("jr", "sr", "ii", "iii", "iv")) or words_


def _absorb(one: Entity, other: Entity) -> None:
    one.mentions += other.mentions
    one.aliases.update(other.aliases)
    if len(other.words) > len(one.words) and len(_bare(other.words)) > 2 and not _initial(other.words[1]):
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


def _single(names: Sequence[Name], found: list[Entity]) -> None:
    """Give each name of one word to the person it must mean: by surname, else by first name, else to itself."""
    last: dict[str, list[Entity]] = {}
    first: dict[str, list[Entity]] = {}
    for entity in found:
        bare = plain(_bare(entity.words))
        if not _organisation_words(bare) and "&" not in bare:
            last.setdefault(bare[-1], []).append(entity)
            first.setdefault(bare[0], []).append(entity)
            if len(bare) > 2:
                last.setdefault(" ".join(bare[1:]), []).append(entity)

    def _kin(entity: Entity) -> bool:
        """Whether another of the same surname is named, so that first names alone tell them apart."""
        return len(last.get(plain(_bare(entity.words))[-1], [])) > 1

    alone: dict[str, list[Entity]] = {}
    for one in names:
        if len(one.words) > 1:
            continue
        key = plain(one.words)[0]
        chosen = _choose(last.get(key, []), one)
        given = [
            each for each in first.get(key, []) if _known_first(each) or key in words("surnames_first") or _kin(each)
        ]
        if chosen is None or (key in words("surnames_first") and given):
            chosen = _choose(given, one) or chosen
        if chosen is None:
            chosen = _choose(alone.get(key, [])[::-1], one)
        if chosen is None:
            chosen = Entity(one.words)
            alone.setdefault(key, []).append(chosen)
            found.append(chosen)
        chosen.mentions.append(one)
        chosen.aliases[one.words] += 1
    for namesakes in (each for each in alone.values() if len(each) > 1):
        _by_title(namesakes)
    for entity in list(found):  # "Oyelaran" found before any full name of the same spelling in capitals
        if not entity.mentions:
            found.remove(entity)


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
    fitting = [each for each in choices if not wanted or _gender(each) in wanted]
    if not fitting:
        fitting = [each for each in choices if _gender(each) is None or not _sure(each)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None

    def weight(entity: Entity) -> tuple[float, int]:
        full = [name for name in entity.mentions if len(name.words) > 1]
        before = [name.span.start for name in full if name.span.start < one.span.start]
        size = sum(0.25 if name.quoted else 1.0 for name in full)
        return (size if before else size / 4, max(before, default=-1))

    return max(fitting, key=weight)


def _sure(entity: Entity) -> bool:
    """Whether a person's gender is beyond doubt: by a title, or by a first name that only one gender bears."""
    first = genders("first_names").get(plain(entity.words)[0], "u")
    marks = genders("titles")
    titled = {mark for one in entity.mentions for word in plain(one.title.split()) if (mark := marks.get(word))}
    return bool(titled & {"m", "f"}) or first in ("m", "f")


def _is_place(entity: Entity) -> bool:
    name = entity.name.lower()
    return name in places() and not any(one.title for one in entity.mentions)


@cache
def places() -> frozenset[str]:
    """Countries, their seats of government and other places, in lower case."""
    named = {name for nation in nations() for name in (nation.name, *nation.seats)}
    return words("places") | frozenset(named)


def _is_person(text: str, entity: Entity) -> bool:
    low = plain(_bare(entity.words))
    known = low[0] in genders("first_names")
    titled = any(_personal_title(one) for one in entity.mentions)
    if "&" in low or (any(word in words("organisation_words") for word in low[1:]) and not (known and titled)):
        return False
    if len(low) > 1 and low[0] in places() and not known and not titled:
        return False  # "Scotland A", "England Women"
    if any(word in words("never_people") for word in low) and not (known or titled):
        return False
    definite = sum(one.definite for one in entity.mentions if len(one.words) == len(entity.words))
    full = sum(len(one.words) == len(entity.words) for one in entity.mentions)
    if definite * 2 > full and not titled:
        return False
    if len(low) == 1 and entity.words[0].isupper() and len(low[0]) < 6 and (not titled or not known):
        return False
    if titled or (known and len(low) > 1):
        return True
    if any(NICKNAME.search(one.span.cut(text)) for one in entity.mentions):
        return True
    if len(low) > 1 and any(len(one.words) == 1 and not one.opens for one in entity.mentions):
        return True
    return any(_acts(text, one) for one in entity.mentions)


def _personal_title(one: Name) -> bool:
    low = plain(one.title.split())
    return bool(low) and (low[-1] in genders("titles") or low[-1] in genders("role_nouns"))


APPOSED_TO = re.compile(r"([a-z][\w-]+),? $")


def is_role_word(word: str) -> bool:
    """Whether a listed role noun for one person."""
    return genders("role_nouns").get(word, "p") != "p"


def _acts(text: str, one: Name) -> bool:
    """Whether what stands around a name says that it is a person's."""
    after, before = text[one.span.end : one.span.end + 60], text[max(0, one.span.start - 20) : one.span.start]
    if len(one.words) == 1 and IN_PLACE.search(before):
        return False
    if SAYS.match(after) or SAID.search(before):
        return True
    if CALLED.search(text[max(0, one.span.start - 60) : one.span.start]):
        return True
    if (
        len(one.words) > 1
        and not one.definite
        and (_acts_pattern().match(after) or KIN.match(after) or _meant_after(text, one))
    ):
        return True
    role = APPOSED_TO.search(before)
    if role and is_role_word(role.group(1)):
        return True
    if (being := IS_ONE.match(after)) and len(one.words) > 1 and is_role_word(being.group(1)):
        return True
    found = AFTER_PERSON.match(after)
    return bool(found) and (found is not None) and (found.group(1) is None or found.group(1) in genders("role_nouns"))


IS_ONE = re.compile(
    r" (?:is|was|became|has been|works as|worked as) (?:an?|the|his|her) (?:[\w’'-]+ ){0,3}?([a-z][\w-]+)"
    r"(?= (?:of|for|at|in|from|with|who|on|and|by|near)\b|[,.;])"
)
IN_PLACE = re.compile(r"\b(?:of|in|at|from|near)\s$")
CALLED = re.compile(r"\b([a-z][\w-]+) (?:called|named|by the name of) $")
KIN = re.compile(
    r"[’']s? (?:late |elder |younger |eldest |youngest |own )?(?:wife|husband|widow|widower|son|daughter|mother|father"
    r"|parents|brother|sister|children|hands?|eyes|face|voice|hair|knees?|lawyer|family|death|funeral|memoir)\b"
)
NEXT_PRONOUN = re.compile(r"^(?P<rest>[^.?!\n“\"]{3,160})(?:[.?!]\s+(?:He|She|His|Her)\b|,? [“\"])")


@cache
def _acts_pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, words("verbs_human"))))
    return re.compile(rf",? (?:(?:has|have|had|was|is|never|also|then|once|still|[a-z]+ly) ){{0,3}}(?:{verbs})\b")


def _meant_after(text: str, one: Name) -> bool:
    """Whether "he" or "she" opens the next sentence and nobody else stands between: "Wiremu Paki arrived. He …"."""
    after = text[one.span.end : one.span.end + 200]
    found = NEXT_PRONOUN.match(after)
    if not found or not one.opens or not re.match(r" [a-z]+", after) or re.search(r"[.?!]", found.group("rest")):
        return False
    low = found.group("rest")
    people = any(word in genders("role_nouns") for word in low.lower().split())
    names = re.search(r" (?!I\b)[A-Z]\w+ [A-Z]\w+", low)
    return not people and not names and not re.search(r"\b(?:its|their|it)\b", low) and found.group(0)[-1] not in '“"'


@cache
def _marks() -> dict[str, str]:
    return genders("titles") | genders("role_nouns")


def _gender(entity: Entity) -> str | None:
    """From titles, then the first name; None where they do not tell."""
    marks = _marks()
    votes: Counter[str] = Counter()
    for one in entity.mentions:
        votes.update(mark for word in plain(one.title.split())[-2:] if (mark := marks.get(word, "")) in ("m", "f"))
    if votes:
        return votes.most_common(1)[0][0]
    mark = genders("first_names").get(plain(entity.words)[0], "u")
    return mark if mark in ("m", "f") and (len(entity.words) > 1) else None
