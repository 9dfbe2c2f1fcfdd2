"""One quotation that several copies print, or one article prints twice, becomes one entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.model import SpeakerKind
from analysis.words import key
from store.model import StoredQuotation

TELLING = 5
"""From this many words on, the same words are taken for the same quotation even where a speaker is not named."""


@dataclass(slots=True)
class _Entry:
    """One quotation as it will be shown, the part keys of its words, and its place in the order of the story."""

    shown: StoredQuotation
    parts: tuple[str, ...]
    place: int

    @property
    def words(self) -> str:
        return " ".join(self.parts)


def once(quotations: Iterable[StoredQuotation]) -> list[StoredQuotation]:
    """Each quotation once, in the order of the story; of equal ones that which names its speaker best.

    The same words are one quotation unless different people say them. A shorter cut of a quotation that is there
    in full is left out, and the full one moves up to the first place that either stood at.
    """
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for place, said in enumerate(quotations):
        _put(_Entry(said, tuple(key(part.text) for part in said.parts), place), entries)
    kept = _without_shorter_cuts([entry for same in entries.values() for entry in same])
    return [entry.shown for entry in sorted(kept, key=lambda entry: entry.place)]


def _put(fresh: _Entry, entries: dict[str, list[_Entry]]) -> None:
    same = entries[fresh.words]
    for entry in same:
        if _one_saying(entry.shown, fresh.shown, fresh.words):
            if _vagueness(fresh.shown) < _vagueness(entry.shown):
                entry.shown, entry.parts = fresh.shown, fresh.parts
            return
    same.append(fresh)


def _one_saying(one: StoredQuotation, other: StoredQuotation, words: str) -> bool:
    """Whether two quotations of the same words are the same saying."""
    if same_speaker(one, other):
        return True
    if len(words.split()) < TELLING:
        return one.speaker is None and other.speaker is None
    return one.article_id != other.article_id or bool(_vagueness(one) or _vagueness(other))


def same_speaker(one: StoredQuotation, other: StoredQuotation) -> bool:
    """Whether both name the same people, or the same phrase."""
    if one.people or other.people:
        return bool(set(one.people) & set(other.people))
    return one.speaker is not None and other.speaker is not None and key(one.speaker) == key(other.speaker)


def _vagueness(said: StoredQuotation) -> int:
    """0 where somebody is named, 1 where a role is printed, 2 where nobody is."""
    if said.speaker is None:
        return 2
    return 1 if said.speaker_kind is SpeakerKind.ROLE else 0


def _without_shorter_cuts(entries: Sequence[_Entry]) -> list[_Entry]:
    by_word: dict[str, set[int]] = defaultdict(set)
    for at, entry in enumerate(entries):
        for word in set(entry.words.split()):
            by_word[word].add(at)
    kept = []
    for at, entry in sorted(enumerate(entries), key=lambda pair: len(pair[1].words)):
        rarest = min((by_word[word] for word in entry.words.split()), key=len, default=set())
        fuller = next((entries[i] for i in sorted(rarest - {at}) if _is_cut_of(entry, entries[i])), None)
        if fuller is None:
            kept.append(entry)
        else:
            fuller.place = min(fuller.place, entry.place)
    return kept


def _is_cut_of(entry: _Entry, fuller: _Entry) -> bool:
    if len(fuller.words) <= len(entry.words):
        return False
    if not all(any(f" {part} " in f" {whole} " for whole in fuller.parts) for part in entry.parts):
        return False
    if same_speaker(entry.shown, fuller.shown):
        return True
    vague = _vagueness(entry.shown) > 0 or _vagueness(fuller.shown) > 0
    return vague and len(entry.words.split()) >= TELLING
