"""Reads what a noun phrase says that somebody is, and tells whom "the professor" then means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.entity import Entity
from analysis.lists import genders, lines, nations, words

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


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is: the head noun, the words before it, and the nation they tell."""

    head: str
    modifiers: frozenset[str]
    nation: str | None


def role_of(phrase: str) -> Role | None:
    """The role that a noun phrase names; None where it names none, or several people."""
    low = MEMBER.sub("mp", phrase.lower().replace("’", "'"))
    core = HEAD_END.split(NOW.sub("", low), maxsplit=1)[0].split()
    if not core or not ARTICLES.isdisjoint(core[1:]):  # "lifted the shutter" is no noun phrase
        return None
    head = core[-1].strip("'\"“”")
    if not is_role(head):
        return None
    rest = [re.sub(r"'s?$", "", word) for word in core[:-1]]
    return Role(head, frozenset(word for word in rest if word not in DETERMINERS | INDEFINITE), _nation(low))


MEMBER = re.compile(r"\bmember of (?:the )?(?:parliament|congress|(?:legislative|national) assembly)\b")
NOW = re.compile(r"^(?:now|then|once|currently|formerly|previously|also|himself|herself) (?=\w)")
ARTICLES = frozenset(["the", "a", "an", "his", "her", "their"])


def related(noun: str) -> frozenset[str]:
    """The other nouns that may stand for the same person."""
    return _circles().get(noun, frozenset())


@cache
def _circles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines("same_roles"):
        same, _, kinds = (field.split() for field in line.partition("/"))
        for one in same:
            found.setdefault(one, set()).update(same, kinds)
        for one in kinds:
            found.setdefault(one, set()).update(same)
    return {one: frozenset(others) for one, others in found.items()}


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
    """What somebody is by the roles that are printed beside the name."""
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
    if role.head == "predecessor" and PAST & wanted.modifiers:
        return 0.85  # "the former governor" beside the governor's predecessor
    if not same and wanted.head in related(role.head):
        return RELATED * _fits(replace(wanted, head=role.head), role)
    if not same or ("prime" in wanted.modifiers) < ("prime" in role.modifiers and "minister" in wanted.modifiers):
        return 0.0
    if wanted.nation and not role.nation:
        return 0.35 if role.head in OFFICES else 0.65
    if PAST & role.modifiers and not PAST & wanted.modifiers and role.head in OFFICES:
        return 0.3
    other = {word for word in wanted.modifiers if word not in words("passing_modifiers")} - role.modifiers
    shared = wanted.modifiers & role.modifiers
    if wanted.nation and wanted.nation == role.nation:
        return 0.95
    if other:
        return 0.3 if not shared else 0.55
    return 0.9 if shared else 0.8


RELATED = 0.85  # what another word for the role leaves of the fit
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
