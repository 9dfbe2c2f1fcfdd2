"""One quotation that several copies print, or one article prints twice, becomes one entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.model import SpeakerKind
from analysis.words import key
from handlers.wording import is_report, stands_in
from store.model import StoredQuotation

TELLING = 5
"""From this many words on, the same words are taken for the same quotation even where a speaker is not named."""


@dataclass(slots=True)
class _Entry:
    """One quotation as it will be shown, the part keys of its words, and its place in the order of the story."""

    shown: StoredQuotation
    parts: tuple[str, ...]
    place: int
    left_out: bool = False

    @property
    def words(self) -> str:
        return " ".join(self.parts)


def once(quotations: Iterable[StoredQuotation]) -> list[StoredQuotation]:
    """Each quotation once, in the order of the story; of equal ones that which names its speaker best.

    The same words are one quotation unless different people say them. Words in marks stand for the report that
    they are part of. A shorter cut of a quotation that is there in full is left out. What stays moves up to the
    first place of what it stands for.
    """
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for place, said in enumerate(_without_reports(list(quotations))):
        _put(_Entry(said, tuple(key(part.text) for part in said.parts), place), entries)
    merged = [entry for same in entries.values() for entry in same]
    _leave_out_cuts(merged)
    return [entry.shown for entry in sorted(merged, key=lambda entry: entry.place) if not entry.left_out]


def _without_reports(quotations: Sequence[StoredQuotation]) -> Iterator[StoredQuotation]:
    """All but those reports that hold words in marks; what is printed about the speaker goes over to these."""
    by_version: dict[int, list[StoredQuotation]] = defaultdict(list)
    for said in quotations:
        by_version[said.parts[0].version_id].append(said)
    for said in quotations:
        beside = by_version[said.parts[0].version_id]
        if is_report(said):
            if not any(_inside(other, said) and not is_report(other) for other in beside):
                yield said
            continue
        around = (other for other in beside if is_report(other) and _inside(said, other) and same_speaker(said, other))
        report = next(around, None)
        yield said if report is None else _with_details(said, report)


def _inside(said: StoredQuotation, other: StoredQuotation) -> bool:
    """Whether each part lies in a part of the other quotation, which is longer."""
    return said is not other and all(
        any(
            part.field is whole.field and whole.span.holds(part.span) and whole.span != part.span
            for whole in other.parts
        )
        for part in said.parts
    )


def _with_details(said: StoredQuotation, report: StoredQuotation) -> StoredQuotation:
    return replace(
        said,
        attribution=said.attribution or report.attribution,
        reported_by=said.reported_by or report.reported_by,
    )


def _put(fresh: _Entry, entries: dict[str, list[_Entry]]) -> None:
    same = entries[fresh.words]
    for entry in same:
        if _one_saying(entry.shown, fresh.shown, fresh.words):
            if vagueness(fresh.shown) < vagueness(entry.shown):
                entry.shown, entry.parts = fresh.shown, fresh.parts
            return
    same.append(fresh)


def _one_saying(one: StoredQuotation, other: StoredQuotation, words: str) -> bool:
    """Whether two quotations of the same words are the same saying."""
    if same_speaker(one, other):
        return True
    if len(words.split()) < TELLING:
        return one.speaker is None and other.speaker is None
    return one.article_id != other.article_id or bool(vagueness(one) or vagueness(other))


def same_speaker(one: StoredQuotation, other: StoredQuotation) -> bool:
    """Whether both name the same people, or the same phrase."""
    if one.people or other.people:
        return bool(set(one.people) & set(other.people))
    return one.speaker is not None and other.speaker is not None and key(one.speaker) == key(other.speaker)


def vagueness(said: StoredQuotation) -> int:
    """0 where somebody is named, 1 where a role is printed, 2 where nobody is."""
    if said.speaker is None:
        return 2
    return 1 if said.speaker_kind is SpeakerKind.ROLE else 0


def _leave_out_cuts(entries: Sequence[_Entry]) -> None:
    """Marks the entries whose words another one stands for."""
    for entry, fuller in _cuts(entries):
        if entry.left_out or fuller.left_out:
            continue
        stays, goes = (entry, fuller) if is_report(fuller.shown) and not is_report(entry.shown) else (fuller, entry)
        goes.left_out = True
        stays.place = min(stays.place, goes.place)


def _cuts(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Each entry with each one that has its words and more, the shortest first."""
    by_word: dict[str, set[int]] = defaultdict(set)
    for at, entry in enumerate(entries):
        for word in set(entry.words.split()):
            by_word[word].add(at)
    for at, entry in sorted(enumerate(entries), key=lambda pair: len(pair[1].words)):
        rarest = min((by_word[word] for word in entry.words.split()), key=len, default=set())
        yield from ((entry, entries[other]) for other in sorted(rarest - {at}) if _is_cut_of(entry, entries[other]))


def _is_cut_of(entry: _Entry, fuller: _Entry) -> bool:
    if len(fuller.words) <= len(entry.words):
        return False
    if not all(any(stands_in(part, whole) for whole in fuller.parts) for part in entry.parts):
        return False
    if same_speaker(entry.shown, fuller.shown):
        return True
    vague = vagueness(entry.shown) > 0 or vagueness(fuller.shown) > 0
    return vague and len(entry.words.split()) >= TELLING
