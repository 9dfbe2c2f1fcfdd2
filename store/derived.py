"""Works out what follows from a story's articles, its title and its cast: when somebody asks, or when much has come.

Every change of a story's articles raises its revision, in the same write. What is worked out is kept with the revision
that it is of, so that whoever reads sees whether it is still true, also after a crash. Working out takes longer than a
write may, so it is done from a snapshot, and kept only if the story is still the same then.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from analysis.stories import most_central
from store import cast, grouping
from store.connections import Connection, Connections
from store.errors import StoreError

TRIES = 3  # of reading a story that others keep changing
SHARE = 4  # a story is worked out again when this part of its changes is new, so each article costs the same

BEHIND = "SELECT id FROM stories WHERE revision <> derived_revision AND {which}"
EVERY = "0 = :of"
ONE = "id = :of"
NEWEST = "id IN (SELECT id FROM stories ORDER BY last DESC, id DESC LIMIT :of)"
OF_CAST = "id = (SELECT story_id FROM cast_members WHERE id = :of)"
OF_VERSION = "id = (SELECT story_id FROM memberships JOIN versions USING (article_id) WHERE versions.id = :of)"


class Derived:
    """The titles and casts of a store's stories."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections
        self._working = threading.Lock()  # many may ask at once; one works it out

    @contextmanager
    def reading(self, which: str, of: int = 0) -> Iterator[Connection]:
        """One unchanging view of the store, in which these stories have the titles and casts of their articles.

        Stories that others change all the while, or that cannot be written, have those that they had last.
        """
        for _ in range(TRIES):
            with self._db.reading() as db:
                behind = _behind(db, which, of)
                if not behind:
                    yield db
                    return
            if not self._caught_up(behind):
                break
        with self._db.reading() as db:
            yield db

    def grown(self, story_id: int) -> None:
        """Work a story out if much of it is new: a growing one ever more seldom, a small one each time."""
        asked = """SELECT (revision - derived_revision) * :share >= revision AS due FROM stories
            WHERE id = :id AND revision <> derived_revision"""
        with self._db.reading() as db:
            row = db.execute(asked, {"id": story_id, "share": SHARE}).fetchone()
        if row is not None and row["due"]:
            self._caught_up([story_id])

    def _caught_up(self, stories: Sequence[int]) -> bool:
        """Whether the stories could be worked out."""
        with self._working, suppress(StoreError):
            for story_id in stories:
                _redo(self._db, story_id)
            return True
        return False


def _behind(db: Connection, which: str, of: int) -> list[int]:
    return [row["id"] for row in db.execute(BEHIND.format(which=which), {"of": of}).fetchall()]


def _redo(store: Connections, story_id: int) -> None:
    """Work out a story's title and cast, unless they are up to date."""
    with store.reading() as db:
        found = db.execute("SELECT * FROM stories WHERE id = :id", {"id": story_id}).fetchone()
        if found is None or found["revision"] == found["derived_revision"]:
            return
        title, people, before = _title(db, story_id), cast.people(db, story_id), cast.kept(db, story_id)
    changes = cast.changes(before, cast.work_out(people))
    marked = """UPDATE stories SET title = :title, derived_revision = :revision
        WHERE id = :id AND revision = :revision AND derived_revision = :derived RETURNING id"""
    values = {"id": story_id, "title": title, "revision": found["revision"], "derived": found["derived_revision"]}
    with store.writing() as db:
        if db.execute(marked, values).fetchone() is not None:
            cast.change(db, story_id, changes)


def _title(db: Connection, story_id: int) -> str:
    """The headline of the most central article that has one."""
    told = [(headline, one) for headline, one in grouping.headlines(db, story_id) if headline.strip()]
    terms = {term for _, one in told for term in one.terms}
    at = most_central([one for _, one in told], grouping.counts(db, terms))
    return told[at][0] if told else ""
