"""Finds the printed words that are closest to words somebody asks about, and judges how close they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from analysis.alignment import (
    CONTENT,
    MOST_CELLS,
    Alignment,
    Step,
    Stretch,
    align,
    likeliest,
    span_of,
)
from analysis.difference import is_cut
from analysis.document import Field
from analysis.model import Span
from analysis.runs import Run, runs
from analysis.word_costs import telling
from analysis.words import find, key, tokens
from handlers import showing
from handlers.grouping import vagueness
from handlers.question import Question
from handlers.regions import Region, regions
from handlers.speech import said_in
from handlers.wording import stands_in
from store import Store
from store.model import Hit, Passage, StoredQuotation, Story

LEAST_WORDS = 4
"""Fewer words may be anybody's."""

LEAST_RUN = 4
"""Fewer words in a row tell nothing about where they are from."""

_HITS = 30  # windows, in the story and in all
_STORIES = 6  # of which all quotations are looked at, those of the best windows
_ALIGNED = 6  # regions that are compared word by word
_COVERED = 0.85  # of the words of what is put together from several passages
_OLDER = 20  # articles, and versions of each, that are looked at for what was dropped
_HERE = 0.04  # how much more alike words of another story have to be
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.(?:\s?\.){2,})[\])]?")


class Verdict(IntEnum):
    """How the words stand in the loaded articles, the best first."""

    EXACT = 0
    CUT = 1  # exact but for what an ellipsis leaves out
    OLDER = 2  # exact in a version that a newer one replaced
    ALTERED = 3
    STITCHED = 4  # put together from several passages
    ABSENT = 5
    SHORT = 6


@dataclass(frozen=True, slots=True)
class Found:
    """The judgement with the printed words.

    ``said`` is the quotation that they are (a part of), None for an outlet's own words. ``alignment`` compares the
    tokens of the words with those of ``passage``. ``same`` are all quotations of the story with the words. ``pieces``
    are what was put together, or what is printed now in the place of an older wording.
    """

    verdict: Verdict
    words: str
    story: Story | None = None
    passage: Passage | None = None
    said: StoredQuotation | None = None
    alignment: Alignment | None = None
    same: tuple[StoredQuotation, ...] = ()
    pieces: tuple[Found, ...] = ()

    @property
    def rank(self) -> tuple[int, float, bool]:
        """Lower for what says more; of exact words those that lie within a quotation."""
        return self.verdict, -self.alignment.similarity if self.alignment else 0.0, not self.same


def cuts_of(words: str) -> frozenset[int]:
    """Before which of its words a text has an ellipsis; by the number of the word."""
    every = tokens(words)
    return frozenset(sum(token.start < found.start() for token in every) for found in _ELLIPSIS.finditer(words))


def check(words: str, question: Question, store: Store) -> Found:
    """The judgement on words; ``question`` has its story."""
    if not any(map(telling, key(words).split())):
        return Found(Verdict.SHORT, words)
    search = _Search(words, question, store)
    return search.whole() if len(tokens(words)) < LEAST_WORDS else search.best()


class _Search:
    """One look through the store."""

    def __init__(self, words: str, question: Question, store: Store) -> None:
        self._words, self._store = words, store
        self._tokens = tokens(words)
        self._keys = [token.key for token in self._tokens]
        self._cuts = cuts_of(words)
        self._here = store.story(question.story) if question.story is not None else None
        self._said: dict[int, list[StoredQuotation]] = {}

    def whole(self) -> Found:
        """Few words: only where they are all that stands between the marks of a quotation of this story."""
        found = self._quoted(self._here, whole=True) if len(self._keys) > 1 else None
        return found or Found(Verdict.SHORT, self._words)

    def best(self) -> Found:
        """Exact in this story, exact in another, altered, put together, or not there."""
        if found := self._quoted(self._here):
            return found
        hits = self._hits()
        for other in self._homes(hits)[:_STORIES]:
            if found := self._quoted(self._store.story(other)):
                return found
        found_in = list(regions(hits, len(self._words), self._store))
        if found := self._printed(found_in):
            return found
        near = self._near(found_in)
        if near is not None and near.verdict is Verdict.CUT:
            return near
        return self._older(near) or near or Found(Verdict.ABSENT, self._words)

    def _older(self, near: Found | None) -> Found | None:
        """What an older version of one of the story's articles printed; with what is closest to it now."""
        for article in self._store.articles(self._here.id)[:_OLDER] if self._here else ():
            earlier = self._store.versions(article.id) if article.version_number > 1 else []
            for version in reversed([each for each in earlier if not each.newest][-_OLDER:]):
                if place := self._in_version(version.version_id):
                    said = self._store.quotation_at(place)
                    spoken = showing.spoken_at(place, [said]) if said else None
                    pieces = (near,) if near is not None and near.verdict is Verdict.ALTERED else ()
                    return Found(Verdict.OLDER, self._words, self._here, place, spoken, pieces=pieces)
        return None

    def _in_version(self, version_id: int) -> Passage | None:
        for name in (Field.BODY, Field.HEADLINE, Field.CAPTION):
            span = next(find(self._tokens, tokens(self._store.text(version_id, name))), None)
            if span is not None:
                return self._store.passage(version_id, name, span)
        return None

    def _hits(self) -> list[Hit]:
        here = self._store.search(self._words, self._here.id, _HITS) if self._here else []
        known = {(hit.window.version_id, hit.window.span) for hit in here}
        every = self._store.search(self._words, None, _HITS)
        return here + [hit for hit in every if (hit.window.version_id, hit.window.span) not in known]

    def _homes(self, hits: Sequence[Hit]) -> list[int]:
        found = dict.fromkeys(self._store.story_of(hit.article_id) for hit in hits)
        return [each for each in found if each is not None]

    def _quotations(self, story: Story) -> list[StoredQuotation]:
        if story.id not in self._said:
            self._said[story.id] = said_in(story.id, self._store)
        return self._said[story.id]

    def _quoted(self, story: Story | None, *, whole: bool = False) -> Found | None:
        """The quotation of a story that has the words just so; of several, the one whose speaker is named best.

        ``whole`` takes only what has no other words between its marks.
        """
        if story is None:
            return None
        words = " ".join(self._keys)
        having = [said for said in self._quotations(story) if stands_in(words, said.words)]
        if whole:
            having = [said for said in having if any(key(part.text) == words for part in said.parts)]
        if not having:
            return None
        said = min(having, key=lambda each: (vagueness(each), len(each.words)))
        return Found(Verdict.EXACT, self._words, story, said.parts[0], said, same=tuple(having))

    def _printed(self, regions: Sequence[Region]) -> Found | None:
        """The words as they stand in an article, in an outlet's own sentence or across one."""
        found = []
        for region in regions:
            for span in find(self._tokens, region.tokens):
                passage = region.placed(span, self._store)
                found.append(self._placed(Found(Verdict.EXACT, self._words, passage=passage)))
        return min(found, key=self._order, default=None)

    def _order(self, found: Found) -> tuple[bool, bool, bool, int]:
        """The asked story first, then speech, then the body, then what was loaded first."""
        assert found.passage is not None
        away = self._here is None or found.story is None or found.story.id != self._here.id
        return away, found.said is None, found.passage.field is not Field.BODY, found.passage.version_id

    def _placed(self, found: Found) -> Found:
        """With the story of the passage, and the quotation that it is mostly part of."""
        assert found.passage is not None
        article = self._store.version(found.passage.version_id)
        home = self._store.story_of(article.id) if article else None
        story = self._store.story(home) if home is not None else None
        if story is None:
            return found
        said = showing.spoken_at(found.passage, self._quotations(story))
        return replace(found, story=story, said=said)

    def _near(self, regions: Sequence[Region]) -> Found | None:
        """Altered, cut, or put together."""
        wanted = frozenset(filter(telling, self._keys))
        likely = sorted(regions, key=lambda region: -region.shared(wanted))[:_ALIGNED]
        shared = [region for region in likely if region.shared(wanted) >= CONTENT * len(wanted)]
        close = [found for region in shared[: self._affordable()] if (found := self._aligned(region))]
        best = min(close, key=self._distance, default=None)
        if best is not None and (best.verdict is Verdict.CUT or not self._crosses(best)):
            return best
        return self._stitched(likely) or best

    def _affordable(self) -> int:
        """How many regions are compared: fewer for a long message, so that nobody's takes seconds."""
        return max(1, MOST_CELLS // max(1, len(self._keys) * span_of(len(self._keys))))

    def _distance(self, found: Found) -> tuple[int, float, bool, int]:
        assert found.alignment is not None
        assert found.passage is not None
        away = self._here is None or found.story is None or found.story.id != self._here.id
        return found.verdict, -found.alignment.similarity + _HERE * away, found.said is None, found.passage.version_id

    def _aligned(self, region: Region) -> Found | None:
        first, last = likeliest(self._keys, region.keys)
        opening = frozenset(at - first for at in region.opening)
        found = align(self._keys, region.keys[first:last], opening, self._cuts)
        return self._altered(found, region, first) if found and found.is_close() else None

    def _altered(self, found: Alignment, region: Region, first: int) -> Found:
        start, end = found.place
        passage = region.cut(first + start, first + end, self._store)
        only = all(is_cut(each, self._cuts) for each in found.changed())
        moved = replace(
            found,
            text=found.text[start:end],
            stretches=tuple(replace(s, text=(s.text[0] - start, s.text[1] - start)) for s in found.stretches),
        )
        verdict = Verdict.CUT if only else Verdict.ALTERED
        return self._placed(Found(verdict, self._words, passage=passage, alignment=moved))

    def _crosses(self, found: Found) -> bool:
        """Whether the place runs from one paragraph, or one quotation, into another with much left out between."""
        assert found.passage is not None
        assert found.alignment is not None
        if "\n" in found.passage.text:
            return True
        gaps = [each for each in found.alignment.changed() if each.text[1] - each.text[0] >= LEAST_RUN]
        same = [each for each in found.alignment.stretches if each.step is Step.SAME]
        if not gaps or found.story is None:
            return False
        ends = [self._within(found.passage, each) for each in (same[0], same[-1])]
        said = [showing.spoken_at(each, self._quotations(found.story)) for each in ends]
        return said[0] != said[1]

    def _within(self, passage: Passage, stretch: Stretch) -> Passage:
        """A stretch of an aligned passage."""
        every = tokens(passage.text)
        span = Span(every[stretch.text[0]].start, every[stretch.text[1] - 1].end).moved(passage.span.start)
        return self._store.passage(passage.version_id, passage.field, span)

    def _stitched(self, regions: Sequence[Region]) -> Found | None:
        """What was put together from several passages, each printed just so."""
        found = runs(self._keys, [region.keys for region in regions], LEAST_RUN)
        covered = sum(run.asked[1] - run.asked[0] for run in found)
        if len(found) < 2 or covered < _COVERED * len(self._keys):
            return None
        pieces = tuple(self._piece(run, regions) for run in found)
        if any(not any(map(telling, key(piece.words).split())) for piece in pieces):
            return None
        return Found(Verdict.STITCHED, self._words, pieces[0].story, pieces=pieces)

    def _piece(self, run: Run, regions: Sequence[Region]) -> Found:
        passage = regions[run.of].cut(*run.text, self._store)
        words = self._words[self._tokens[run.asked[0]].start : self._tokens[run.asked[1] - 1].end]
        return self._placed(Found(Verdict.EXACT, words, passage=passage))
