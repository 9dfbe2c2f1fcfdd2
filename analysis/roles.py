"""Finds what people are said to be ("Russian President", "a professor at …") and whom "the professor" then means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.entity import Entity, plain
from analysis.lists import genders, nations, words
from analysis.model import Span
from analysis.names import Name

LEADERS = frozenset(
    ["president", "leader", "ruler", "dictator", "premier", "chancellor", "king", "emperor", "strongman"]
)
DETERMINERS = frozenset(["the", "his", "her", "their", "its", "this", "that"])
INDEFINITE = frozenset(
    [
        "a",
        "an",
        "one",
        "another",
        "some",
        "any",
        "each",
        "every",
        "several",
        "many",
        "most",
        "two",
        "three",
        "four",
        "five",
        "other",
        "no",
    ]
)
HEAD_END = re.compile(r"\s(?:of|for|at|in|from|with|on|to|who|whose|that|which|and|by|about|near)\s|,|;|\(|\.|:|$")
APPOSED = re.compile(
    r",? (?!(?:who|whose|which|where|when|and|but|or)\b)"
    r"(?=(?:an? |the |his |her |their |its |[A-Z][\w’' ]+[’']s? |[a-z]))([^,;.()“”\"\n]{3,110})(?=[,;.)\n]|$)"
)
BEING = re.compile(
    r" (?:is|was|became|has been|works as|worked as) ((?:an?|the|his|her) [^,;.()“”\"\n]{3,80}?)"
    r"(?=[,;.]| (?:who|and|but|when|with|by)\b)"
)
NEARER = re.compile(r"[Aa]n? [^,]*\b(?:of|to|for) (?=(?:the|his|her|their) [\w-]+$)")  # "a friend of the victim, …"
OF_OTHERS = re.compile(r"\swhose\s.*$", re.S)
PLACED = re.compile(
    r" ((?:at|of|from) (?:the )?[A-Z][^,;.()“”\"\n]{3,80}(?:, an? [^,;.()“”\"\n]{3,60})?)(?=[,;.)\n]|$)"
)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is: the head noun, the words before it, and the nation they tell."""

    head: str
    modifiers: frozenset[str]
    nation: str | None


def role_of(phrase: str) -> Role | None:
    """The role that a noun phrase names; None where it names none, or several people."""
    low = phrase.lower().replace("’", "'")
    core = HEAD_END.split(low, maxsplit=1)[0].split()
    if not core:
        return None
    head = core[-1].strip("'\"“”")
    if not is_role(head):
        return None
    rest = [re.sub(r"'s?$", "", word) for word in core[:-1]]
    return Role(head, frozenset(word for word in rest if word not in DETERMINERS | INDEFINITE), _nation(low))


@cache
def is_role(head: str) -> bool:
    """Whether a noun is for one person by what they do or are: listed, or formed like such a noun."""
    low = head.lower()
    mark = genders("role_nouns").get(low, genders("titles").get(low))
    if mark is not None:
        return mark != "p"
    if low in words("speaking_nouns") or low in words("not_roles") or len(low) < 6:
        return False
    return low.endswith(("ist", "ician", "man", "woman", "smith", "keeper", "maker", "master", "year-old")) or (
        (low.endswith(("er", "or")) and low[-3] not in "tv") or (low.endswith(("ter", "tor", "ver")) and len(low) > 6)
    )


@cache
def _nation(low: str) -> str | None:
    for nation in nations():
        for word in (nation.name, *nation.adjectives):
            if word in low and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low) and not _part_of_another(word, low):
                return nation.name
    return None


def _part_of_another(word: str, low: str) -> bool:
    """Whether "Korea" only stands there as a part of "North Korea"."""
    return any(word != other and word in other and other in low for other in _all_words())


@cache
def _all_words() -> tuple[str, ...]:
    return tuple(word for nation in nations() for word in (nation.name, *nation.adjectives))


def gather(text: str, entities: Sequence[Entity]) -> None:
    """Give each person the roles that are printed beside the name."""
    for entity in entities:
        if entity.person:
            for one in entity.mentions:
                for span in _beside(text, one):
                    if span not in entity.roles:
                        entity.roles.append(span)
            entity.gender = entity.gender or _told_gender(text, entity)


def _told_gender(text: str, entity: Entity) -> str | None:
    """The gender that a role tells: "her daughter, Silvana"."""
    for role in roles_of(text, entity):
        if (mark := genders("role_nouns").get(role.head, "")) in ("m", "f"):
            return mark
    return None


def _of_a_body(phrase: str) -> bool:
    return any(word in words("organisation_words") for word in phrase.lower().split())


def _beside(text: str, one: Name) -> Iterator[Span]:
    if one.title_span and plain(one.title.split())[-1:] and one.title.lower().strip(".") not in PLAIN_TITLES:
        yield one.title_span
    after = text[one.span.end : one.span.end + 200]
    if after.startswith((", ", " (")):
        found = APPOSED.match(after)
        if found and role_of(found.group(1)):
            phrase = OF_OTHERS.sub("", found.group(1))
            yield Span(one.span.end + found.start(1), one.span.end + found.start(1) + len(phrase))
    elif (found := PLACED.match(after)) and _of_a_body(found.group(1)):
        yield Span(one.span.end + found.start(1), one.span.end + found.end(1))
    if (being := BEING.match(after)) and role_of(being.group(1)):
        yield Span(one.span.end + being.start(1), one.span.end + being.end(1))
    before = re.search(
        r"(?:^|[\s(])((?:[Tt]he|[Hh]is|[Hh]er|[Aa]n?|[A-Z][\w ]+[’']s) [^,;.()“”\"\n]{3,60}), $",
        text[max(0, one.span.start - 80) : one.span.start],
    )
    if before and role_of(before.group(1)):
        start, phrase = max(0, one.span.start - 80) + before.start(1), before.group(1)
        if nearer := NEARER.match(phrase):
            start, phrase = start + nearer.end(), phrase[nearer.end() :]
            if not role_of(phrase):
                return
        theirs = phrase.rfind(" whose ") + 7 if " whose " in phrase else 0
        yield Span(start + theirs, start + len(phrase))


PLAIN_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "madam", "madame", "st"])


def who_is(text: str, phrase: str, place: int, entities: Sequence[Entity]) -> tuple[Entity | None, float]:
    """Whom a definite role means: somebody with such a role printed beside the name. With a confidence, 0 to 1."""
    first = phrase.lower().split()[:1]
    wanted = role_of(phrase)
    if wanted is None or (first and first[0] in INDEFINITE):
        return None, 0.0
    if first and first[0] == "the" and is_new(text, wanted.head, place):
        return None, 0.0
    scored = []
    for entity in entities:
        if not entity.person:
            continue
        best = max((_fits(wanted, role) for role in roles_of(text, entity)), default=0.0)
        if best:
            scored.append((best, _nearness(entity, place), entity))
    if not scored:
        return None, 0.0
    best, _near, entity = max(scored, key=lambda one: one[:2])
    rivals = sum(score == best for score, *_ in scored)
    return entity, min(0.95, best) if rivals == 1 else 0.6 * best


def roles_of(text: str, entity: Entity) -> Iterator[Role]:
    """The roles that are printed beside somebody's name."""
    for span in entity.roles:
        if role := role_of(span.cut(text)):
            yield role


def _fits(wanted: Role, role: Role) -> float:
    """How well a role answers to a phrase: 0 where it does not."""
    if wanted.nation and role.nation and wanted.nation != role.nation:
        return 0.0
    same = wanted.head == role.head or (
        wanted.nation is not None and wanted.nation == role.nation and {wanted.head, role.head} <= LEADERS
    )
    same = same or (role.head == "counterpart" and wanted.nation is not None and wanted.nation == role.nation)
    same = same or (wanted.head == "counterpart" and wanted.nation is not None and wanted.nation == role.nation)
    if not same or ("prime" in wanted.modifiers) < ("prime" in role.modifiers and "minister" in wanted.modifiers):
        return 0.0
    if wanted.nation and not role.nation:
        return 0.35 if role.head in OFFICES else 0.65
    if PAST & role.modifiers and not PAST & wanted.modifiers and role.head in OFFICES:
        return 0.3
    other = {word for word in wanted.modifiers if word not in SOFT} - role.modifiers
    shared = wanted.modifiers & role.modifiers
    if wanted.nation and wanted.nation == role.nation:
        return 0.95
    if other:
        return 0.3 if not shared else 0.55
    return 0.9 if shared else 0.8


SOFT = frozenset(
    [
        "former",
        "young",
        "old",
        "new",
        "current",
        "long-time",
        "longtime",
        "veteran",
        "late",
        "embattled",
        "outgoing",
        "incoming",
        "fellow",
    ]
)


PAST = frozenset({"former", "ex", "late", "then", "ousted", "deposed", "one-time"})
OFFICES = LEADERS | {"minister", "mayor", "governor", "secretary", "senator", "speaker", "judge", "captain", "coach"}


@cache
def _introduces(noun: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w’'-]+ ){{0,3}}?{re.escape(noun)}(?![\w’'-])(?!,? [A-Z])")


def is_new(text: str, noun: str, place: int) -> bool:
    """Whether somebody of a role was brought in without a name shortly before: "a neighbour said … the neighbour"."""
    before = text[max(0, place - BACK) : place]
    found = list(_introduces(noun).finditer(before))
    return bool(found) and not APPOSITION.search(before[: found[-1].start()][-40:])


BACK = 700  # code points
APPOSITION = re.compile(r"[A-Z][\w’'.-]+(?:,| \([^)]*\),?|, \d\d,|,? (?:is|was|became|as|,))+ $")


@cache
def several(head: str) -> bool:
    """Whether a noun is for several people: "residents", "officials", "the crew"."""
    low = head.lower()
    if low in words("nouns_of_several"):
        return True
    return low.endswith("s") and (is_role(low[:-1]) or (low.endswith("ies") and is_role(low[:-3] + "y")))


def _nearness(entity: Entity, place: int) -> float:
    before = [one.span.start for one in entity.mentions if one.span.start < place]
    return -float(place - max(before)) if before else -1e9
