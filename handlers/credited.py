"""Whom a message names for its words, and whether the article names somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.asserted import Asserted
from analysis.model import Span
from analysis.quotes import stretches
from analysis.word_costs import telling
from analysis.words import find, key, tokens
from handlers.checking import Found
from handlers.choosing import called
from handlers.people import Meant, meant
from handlers.wording import MARKS
from store import Store
from store.model import Passage, StoredQuotation, Story


@dataclass(frozen=True, slots=True)
class Judged:
    """One quotation of a message with the judgement on it; ``asked`` says that the asker names who said it."""

    claim: Asserted
    found: Found
    asked: bool = False


def named_by(judged: Judged, store: Store) -> str | None:
    """Whom the message names: a name in capitals, or in lower case that of one of the story's people."""
    claim, story = judged.claim, judged.found.story
    if claim.speaker or not claim.perhaps or story is None:
        return claim.speaker
    known, words = called(store.cast(story.id)), key(claim.perhaps).split()
    for size in range(min(4, len(words)), 0, -1):
        member = known.get(" ".join(words[-size:]))
        if member is not None:
            return member.name
    return None


def second_hand(found: Found) -> bool:
    """Whether the words stand in marks inside what the speaker says, so that they may be somebody else's."""
    return found.said is not None and all(
        any(_in_marks(part, span) for part in each.parts for span in _places(found, part))
        for each in (found.said, *found.same)
    )


def _places(found: Found, part: Passage) -> list[Span]:
    """Where the words stand in a printed part, in code points of it."""
    if found.alignment is None or found.passage is None:
        return list(find(tokens(found.words), tokens(part.text)))
    same = (found.passage.version_id, found.passage.field) == (part.version_id, part.field)
    return [found.passage.span.moved(-part.span.start)] if same and found.passage.span.meets(part.span) else []


def _in_marks(part: Passage, place: Span) -> bool:
    if part.text[:1] not in MARKS:
        return False
    within = part.text[1:-1] if part.text[-1:] in MARKS else part.text[1:]
    inner = (each.inner.moved(1) for each in stretches(within) if not each.dash)
    return any(each.start <= place.start and place.end <= each.end for each in inner)


def other_speaker(judged: Judged, store: Store) -> bool:
    """Whether the message names somebody else than the article does; a name that may be the same one is no other."""
    found, named = judged.found, named_by(judged, store)
    if named is None or found.said is None or found.story is None or second_hand(found):
        return False
    if found.said.speaker is None:
        return True
    if _is_outlet(named, found.story):
        return False
    people = meant(named, store.cast(found.story.id))
    may_be = {member.id for member in (people.clear, *people.perhaps) if member is not None}
    last = set([word for word in key(named).split() if telling(word)][-1:])
    return not any(_may_be_one(each, people, may_be, last) for each in (found.said, *found.same))


def _may_be_one(said: StoredQuotation, people: Meant, may_be: set[int], last: set[str]) -> bool:
    """Whether who said it may be who is meant: one of the same people, or one printed with the same last name.

    Two people of a story who are both known are told apart, whatever their names share; and whoever else stands in the
    attribution ("he told Berg", "of a talk with Berg") said nothing.
    """
    if may_be & set(said.people):
        return True
    if people.clear is not None and said.people:
        return bool(last & _words(said.reported_by))
    return bool(last & (_words(said.mention, said.reported_by) | set(key(said.speaker or "").split())))


def _words(*parts: Passage | None) -> set[str]:
    return {word.removesuffix("'s") for part in parts if part for word in key(part.text).split()}


def _is_outlet(named: str, story: Story) -> bool:
    return any(key(named) in key(outlet) or key(outlet) in key(named) for outlet in story.outlets)
