"""Whom a message names for its words, and whether the article names somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.alignment import telling
from analysis.asserted import Asserted
from analysis.words import key
from handlers.checking import Found
from handlers.choosing import called
from handlers.people import meant
from store import Store
from store.model import StoredQuotation, Story


@dataclass(frozen=True, slots=True)
class Judged:
    """One quotation of a message with the judgement on it."""

    claim: Asserted
    found: Found


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


def other_speaker(judged: Judged, store: Store) -> bool:
    """Whether the message names somebody else than the article does; a name that may be the same one is no other."""
    found, named = judged.found, named_by(judged, store)
    if named is None or found.said is None or found.story is None:
        return False
    if found.said.speaker is None:
        return True
    if _is_outlet(named, found.story):
        return False
    people = meant(named, store.cast(found.story.id))
    may_be = {member.id for member in (people.clear, *people.perhaps) if member is not None}
    last = set([word for word in key(named).split() if telling(word)][-1:])
    return not any(may_be & set(each.people) or last & _printed_names(each) for each in (found.said, *found.same))


def _printed_names(said: StoredQuotation) -> set[str]:
    """The words of whoever is named beside the quotation."""
    parts = [said.speaker or "", *(each.text for each in (said.mention, said.attribution, said.reported_by) if each)]
    return {word.removesuffix("'s") for part in parts for word in key(part).split()}


def _is_outlet(named: str, story: Story) -> bool:
    return any(key(named) in key(outlet) or key(outlet) in key(named) for outlet in story.outlets)
