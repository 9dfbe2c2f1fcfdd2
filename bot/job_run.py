"""Goes through what one item of a load holds: where it stopped before, what came of each source, what is told."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ingest.errors import IngestError
from ingest.worker import Work
from store.model import Added, JobState
from store.progress import Over, Progress, Reached, Tally

Named = tuple[str, Work | IngestError]
Works = Callable[[], Iterator[Named]]
Kept = Callable[[Added, str], Reached | Over]

MOST_TOLD = 3
MOST_REASONS = 5
KEPT_SECONDS = 1.0  # failures are kept with the next article, or after this time


class Run:
    """One item while it is run. What it tells is kept in the write of each article, so that a restart goes on there."""

    def __init__(self, progress: Progress, item_id: int, works: Works) -> None:
        self._progress, self._item_id, self._works = progress, item_id, works
        self.tally = Tally()
        self.is_over = False
        self._begun = 0
        self._names = ("", "")  # of the source before and of the one at hand
        self._many = False  # whether the source at hand is a feed, with articles of its own
        self._kept_at = time.monotonic()

    def begin(self) -> None:
        """Find out how much there is, and how far an earlier run came; sources that changed are begun anew."""
        known = self._progress.of(self._item_id)
        if known.reached:
            name, _ = next(islice(self._works(), known.reached - 1, known.reached), ("", None))
            known = known if name == known.place else Tally()
        if not known.total:
            known = replace(known, total=sum(not _is_feed(work) for _, work in self._works()))
        self.tally, self._begun, self._names = known, known.reached, ("", known.place)

    def sources(self) -> Iterator[Named]:
        """What is not over yet."""
        for name, work in islice(self._works(), self._begun, None):
            self._begun += 1
            self._names, self._many = (self._names[1], name), _is_feed(work)
            yield name, work

    def step(self, added: Added, message: str) -> Reached | Over:
        """What is kept with an article. The only one of an item ends it."""
        tally = self._passed()
        if tally.total == tally.reached == 1 and not tally.remarks:
            self.is_over = True
            return Over(self._item_id, JobState.DONE, message, added.article_id)
        stories = tuple(dict.fromkeys((*tally.stories, added.story_id)))[:2]
        told = replace(tally, stories=stories, message=message, article_id=added.article_id)
        self.tally = replace(told, loaded=tally.loaded + 1)
        self._kept_at = time.monotonic()
        return Reached(self._item_id, self.tally)

    def failed(self, name: str, reason: str) -> None:
        """Count a source that gave no article."""
        tally, reasons = self._passed(), Counter(dict(self.tally.reasons))
        reasons[reason] += 1
        first = (*tally.first, (name, reason))[:MOST_TOLD]
        self.tally = replace(tally, failed=tally.failed + 1, first=first, reasons=tuple(reasons.items()))
        self._keep_now_and_then()

    def remarked(self, remark: str) -> None:
        """Keep what is to be said of the whole."""
        tally = self._passed()
        self.tally = replace(tally, remarks=(*tally.remarks, remark), total=max(0, tally.total - 1))
        self._keep_now_and_then()

    def _passed(self) -> Tally:
        return replace(self.tally, reached=self._begun - self._many, place=self._names[not self._many])

    def _keep_now_and_then(self) -> None:
        if time.monotonic() - self._kept_at > KEPT_SECONDS:
            self._progress.put(self._item_id, self.tally)
            self._kept_at = time.monotonic()

    def ended(self) -> tuple[JobState, str, int | None]:
        """How the item ended: its state, a sentence or a few, and an article where all are of one story."""
        tally = self.tally = replace(self.tally, total=self.tally.loaded + self.tally.failed)
        self._progress.put(self._item_id, tally)
        told = joined((*_listed(tally), *tally.remarks))
        if not tally.loaded:
            only = tally.first[0][1] if tally.failed == 1 and not tally.remarks else ""
            return JobState.FAILED, only or told or "There is no article in it.", None
        if tally.total == 1 and not tally.remarks:
            return JobState.DONE, tally.message, tally.article_id
        counted = f"{tally.loaded:,} of {tally.total:,} articles are loaded"
        article = tally.article_id if len(tally.stories) == 1 else None
        return JobState.DONE, joined((counted, told)), article


def times(count: int) -> str:
    """How often something was."""
    return "once" if count == 1 else f"{count:,} times"


def joined(told: Iterable[str]) -> str:
    """What is told in one line: of sentences before a semicolon the full stop is left out."""
    *before, last = [each for each in told if each] or [""]
    return "; ".join((*(each.removesuffix(".") for each in before), last))


def _is_feed(work: Work | IngestError | None) -> bool:
    return isinstance(work, Work) and work.kind == "feed"


def _listed(tally: Tally) -> list[str]:
    """The first failures by name, and the others by reason."""
    told = [f"{name}: {reason}" if name else reason for name, reason in tally.first]
    others = Counter(dict(tally.reasons))
    others.subtract(reason for _, reason in tally.first)
    if more := others.total():
        kinds = [f"{times(count)}: {reason}" for reason, count in (+others).most_common(MOST_REASONS)]
        told.append(f"and {more:,} more ({' '.join(kinds)}{' …' if len(+others) > MOST_REASONS else ''})")
    return told
