"""Which quotations somebody asks for: by speaker, by words inside them, or by both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.words import key
from handlers.intents import Intent
from handlers.people import meant
from handlers.wording import has_all, stands_in, telling, without_article
from store.model import CastMember, StoredQuotation

SHORT = 8
"""Most words of a replied-to message that is itself taken for a name or for words to look up."""

LONGEST_NAME = 6
"""Most words of a name that is typed together with other words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The quotations asked for, whose they are where one person is meant, and who else may be meant."""

    label: str
    quotations: tuple[StoredQuotation, ...] = ()
    member: CastMember | None = None
    perhaps: tuple[CastMember, ...] = ()


def by_words(words: str, said: Sequence[StoredQuotation], cast: Sequence[CastMember]) -> Chosen:
    """A name that is clear comes first, then a printed role, then words inside quotations, then names not clear."""
    people = meant(words, cast)
    if people.clear is not None:
        return of_member(people.clear, said)
    ways: tuple[Callable[[str, Sequence[StoredQuotation], Sequence[CastMember]], Chosen | None], ...] = (
        lambda words, said, _: by_role(words, said),
        _of_name_and_words,
        lambda words, said, _: with_words(words, said),
    )
    found = next((chosen for way in ways if (chosen := way(words, said, cast))), None)
    return found or Chosen("Quotes", perhaps=people.perhaps)


def of_member(member: CastMember, said: Sequence[StoredQuotation], about: str = "") -> Chosen:
    """What one person said, alone or with others; with ``about``, only what has its words."""
    theirs = tuple(each for each in said if member.id in each.people)
    if about:
        theirs = tuple(each for each in theirs if has_all(telling(about), printed(each)))
    label = f"Quotes of {member.name} with “{about}”" if about else f"Quotes of {member.name}"
    return Chosen(label, theirs, member)


def by_message(message: str, said: Sequence[StoredQuotation], cast: Sequence[CastMember]) -> Chosen:
    """What a replied-to message is about: quotations printed in it or that it is part of, else people it names."""
    words = key(message)
    if len(words.split()) <= SHORT:
        return by_words(message, said, cast)
    inside = tuple(each for each in said if len(each.words.split()) > 2 and stands_in(each.words, words))
    if inside:
        return Chosen("Quotes", inside)
    within = tuple(each for each in said if stands_in(words, each.words))
    if within:
        return Chosen("Quotes", within)
    named = named_in(message, cast)
    return of_member(named[0], said) if len(named) == 1 else Chosen("Quotes", perhaps=named[:5])


def named_in(message: str, cast: Sequence[CastMember]) -> tuple[CastMember, ...]:
    """The people whose name, or other printed name, stands in a message."""
    words = key(message)
    return tuple(member for member in cast if any(stands_in(key(name), words) for name in _names(member)))


def printed(said: StoredQuotation) -> str:
    """The words of a quotation."""
    return " ".join(part.text for part in said.parts)


def by_intent(intent: Intent, said: Sequence[StoredQuotation], cast: Sequence[CastMember]) -> Chosen:
    """What the one that a question names or describes said."""
    people = meant(intent.name, cast)
    if people.clear is not None:
        return of_member(people.clear, said, intent.about)
    return by_role(intent.name, said, intent.about) or Chosen("Quotes")


def by_role(words: str, said: Sequence[StoredQuotation], about: str = "") -> Chosen | None:
    """Quotations of somebody who is only described ("experts"); with ``about``, only what has its words.

    The words stand for themselves only: "one expert" is not "experts", whoever was found to be meant by it.
    """
    wanted = without_article(words)
    found = [each for each in said if stands_in(wanted, without_article(each.speaker or "")) and not each.people]
    found += [
        each for each in said if each.people and each.mention and without_article(each.mention.text) == wanted != ""
    ]
    theirs = tuple(each for each in found if not about or has_all(telling(about), printed(each)))
    return Chosen(f"Quotes of {words}", theirs) if found else None


def with_words(words: str, said: Sequence[StoredQuotation]) -> Chosen | None:
    """Quotations that have all the words that tell something."""
    wanted = telling(words)
    found = tuple(each for each in said if has_all(wanted, printed(each)))
    return Chosen(f"Quotes with “{words}”", found) if found else None


def _of_name_and_words(words: str, said: Sequence[StoredQuotation], cast: Sequence[CastMember]) -> Chosen | None:
    """A printed name at the beginning or the end, and words to look up in what that person said."""
    typed, people = words.split(), called(cast)
    for at in range(min(len(typed) - 1, LONGEST_NAME), 0, -1):
        for name, rest in ((typed[:at], typed[at:]), (typed[-at:], typed[:-at])):
            member = people.get(key(" ".join(name)))
            found = of_member(member, said, " ".join(rest)) if member else None
            if found is not None and found.quotations:
                return found
    return None


def called(cast: Sequence[CastMember]) -> dict[str, CastMember | None]:
    """The one person whom each printed name means, by its comparison key; None where it means several."""
    people: dict[str, CastMember | None] = {}
    for member in cast:
        for name in {key(name) for name in _names(member)}:
            people[name] = None if name in people else member
    return people


def _names(member: CastMember) -> tuple[str, ...]:
    return (member.name, *member.aliases)
