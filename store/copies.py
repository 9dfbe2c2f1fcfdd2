"""Finds the articles that print copies of each other's paragraphs, word for word or with small edits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from analysis.document import Field, lines
from analysis.model import Span
from analysis.sketches import is_copy, minima
from analysis.words import key, tokens
from store import articles, sketches, stories
from store.connections import Connection, Connections
from store.model import ArticleRow, Passage
from store.passages import Cutter

Pair = tuple[Passage, Passage]
Sketched = tuple[Passage, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Copied:
    """An article that prints paragraphs of another one, word for word or with small edits.

    ``pairs`` are the paragraphs of the one with those of ``article``, in order; ``of`` is how many the one has.
    """

    article: ArticleRow
    pairs: tuple[Pair, ...]
    of: int


class Copies:
    """The copied paragraphs of a store."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections

    def of_article(self, article_id: int) -> list[Copied]:
        """The articles that print copies of an article's paragraphs, those with most of them first.

        An article that the sketches of an older file lack is sketched first. Takes about 1 ms for each paragraph.
        """
        with self._db.reading() as db:
            story_id = stories.membership(db, article_id)
        if story_id is not None:
            sketches.catch_up(self._db, story_id)
        with self._db.reading() as db:
            own = articles.article(db, article_id)
            return _copied(db, own) if own else []

    def of_passage(self, passage: Passage, story_id: int) -> list[tuple[ArticleRow, Pair]]:
        """The paragraph of a passage's first words, with its copy in each other article of a story.

        Copies may differ from it by small edits. Only paragraphs of 12 words or more are found.
        """
        sketches.catch_up(self._db, story_id)
        with self._db.reading() as db:
            cutter, own = Cutter(db), articles.version(db, passage.version_id)
            mine = _paragraph(cutter, passage) if own and passage.field is Field.BODY else None
            if own is None or mine is None:
                return []
            rows = {row.version_id: row for row in articles.of_story(db, story_id) if row.id != own.id}
            found = _confirmed(cutter, mine, minima(tokens(mine.text)), set(rows))
            return [(rows[each.version_id], (mine, each)) for each in found]


def _copied(db: Connection, own: ArticleRow) -> list[Copied]:
    cutter = Cutter(db)
    mine = _paragraphs(cutter, own.version_id)
    found: dict[int, dict[int, Passage]] = defaultdict(dict)
    for at, (passage, hashes) in enumerate(mine):
        for copy in _confirmed(cutter, passage, hashes):
            found[copy.version_id].setdefault(at, copy)
    copied = [_with_short_ones(cutter, mine, version_id, pairs, own) for version_id, pairs in found.items()]
    return sorted(filter(None, copied), key=lambda each: (-len(each.pairs), each.article.id))


def _with_short_ones(
    cutter: Cutter, mine: Sequence[Sketched], version_id: int, pairs: dict[int, Passage], own: ArticleRow
) -> Copied | None:
    """A copied article, with the paragraphs that are too short to tell anything alone but are the same in both."""
    row = articles.version(cutter.db, version_id)
    if row is None or not row.newest or row.id == own.id:
        return None
    short = {key(theirs.text): theirs for theirs, hashes in _paragraphs(cutter, version_id) if not hashes}
    for at, (passage, hashes) in enumerate(mine):
        if not hashes and (words := key(passage.text)) and words in short:
            pairs.setdefault(at, short[words])
    return Copied(row, tuple((mine[at][0], pairs[at]) for at in sorted(pairs)), len(mine))


def _paragraphs(cutter: Cutter, version_id: int) -> list[Sketched]:
    asked = "SELECT version_id, start, stop, minima FROM paragraphs WHERE version_id = :id ORDER BY number"
    rows = cutter.db.execute(asked, {"id": version_id}).fetchall()
    return [(_cut(cutter, row), sketches.unpacked(row["minima"])) for row in rows]


def _cut(cutter: Cutter, row: Row) -> Passage:
    return cutter.at(row["version_id"], Field.BODY, Span(row["start"], row["stop"]))


def _paragraph(cutter: Cutter, passage: Passage) -> Passage | None:
    """The paragraph that a passage begins in, of whatever version."""
    text = cutter.text(passage.version_id, Field.BODY)
    every = lines(text)
    span = next((span for span in every if span.start <= passage.span.start < span.end), None)
    return cutter.at(passage.version_id, Field.BODY, span) if span else None


def _confirmed(
    cutter: Cutter, passage: Passage, hashes: Sequence[int], within: set[int] | None = None
) -> list[Passage]:
    """One copy of a paragraph in each other version, or in each of some versions; the likeliest first."""
    found: dict[int, Passage] = {}
    for row in sketches.candidates(cutter.db, hashes):
        version_id = row["version_id"]
        if version_id == passage.version_id or version_id in found or (within is not None and version_id not in within):
            continue
        copy = _cut(cutter, row)
        if is_copy(passage.text, copy.text):
            found[version_id] = copy
    return list(found.values())
