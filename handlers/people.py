"""Whom somebody means by a typed name or role, among the people of a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.matching import CLEAR, match_name
from analysis.words import key
from handlers.answer import Answer, Next, Note
from handlers.current import follow
from handlers.question import Question
from handlers.typed import WORDS_LIMIT
from handlers.wording import stands_in
from store.model import CastMember

OFFERED = 5
"""Most people that are offered in "Did you mean …?"."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant: one person where that is clear, else those who may be, best first.

    ``named`` says that somebody of such a name is there for certain, be it that several have it.
    """

    clear: CastMember | None = None
    perhaps: tuple[CastMember, ...] = ()
    named: bool = False


def meant(words: str, cast: Sequence[CastMember]) -> Meant:
    """Looks the words up among names, other printed names, and roles as printed."""
    pointed = _pointed(words, cast)
    if pointed is not None:
        return Meant(pointed, named=True)
    known = {member.id: member for member in cast}
    found = match_name(words, {member.id: _texts(member) for member in cast}, OFFERED)
    if found.clear and found.best is not None:
        return Meant(known[found.best], named=True)
    return Meant(None, tuple(known[each] for each in found.candidates), found.score >= CLEAR)


def is_printed(words: str, cast: Sequence[CastMember]) -> bool:
    """Whether somebody is called just so, be it with a part of the name; a misspelt name is not."""
    wanted = key(words)
    return any(stands_in(wanted, key(text)) for member in cast for text in _texts(member))


def _texts(member: CastMember) -> tuple[str, ...]:
    return (member.name, *member.aliases, *dict.fromkeys(role.text for role in member.roles))


def pointer(member: CastMember, cast: Sequence[CastMember]) -> str:
    """Words that mean just this person: the name, numbered where the story has namesakes."""
    same = [other.id for other in cast if key(other.name) == key(member.name)]
    return member.name if len(same) == 1 else f"{member.name} #{same.index(member.id) + 1}"


def _pointed(words: str, cast: Sequence[CastMember]) -> CastMember | None:
    """The person of a numbered name."""
    name, _, number = words.rpartition(" #")
    same = [member for member in cast if name and key(member.name) == key(name)]
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        return None
    return same[int(number) - 1] if 0 < int(number) <= len(same) else None


def did_you_mean(
    perhaps: Sequence[CastMember], cast: Sequence[CastMember], question: Question, before: str = "", after: str = ""
) -> Answer:
    """Asks back, with a button for each person who may be meant: the same command with the name between the words."""
    names = [pointer(member, cast) for member in perhaps]
    asked = (follow(question, question.command, f"{before}{name}{after}"[:WORDS_LIMIT]) for name in names)
    buttons = tuple(Next(name, ask) for name, ask in zip(names, asked, strict=True))
    return Answer("Did you mean …?", (Note("Choose one, or send the full name."),), buttons)
