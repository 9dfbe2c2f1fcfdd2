"""Works out what follows from a story's articles, its title and its cast, whenever they change.

That takes longer than a write may, so it is done from a snapshot, and kept only if the story is still the same
then; whoever changed the story meanwhile works it out after that change.
"""

from __future__ import annotations

from analysis.stories import most_central
from store import cast, grouping
from store.connections import Connection, Connections


def redo(store: Connections, story_id: int) -> None:
    """Work out a story's title and cast, unless they are up to date."""
    with store.reading() as db:
        found = db.execute("SELECT * FROM stories WHERE id = :id", {"id": story_id}).fetchone()
        if found is None or found["revision"] == found["derived_revision"]:
            return
        title, people = _title(db, story_id), cast.people(db, story_id)
    worked = cast.work_out(people)
    kept = """UPDATE stories SET title = :title, derived_revision = :revision
        WHERE id = :id AND revision = :revision RETURNING id"""
    with store.writing() as db:
        values = {"id": story_id, "title": title, "revision": found["revision"]}
        if db.execute(kept, values).fetchone() is not None:
            cast.keep(db, story_id, worked)


def redo_all(store: Connections) -> None:
    """Work out what a crash left behind."""
    with store.reading() as db:
        rows = db.execute("SELECT id FROM stories WHERE revision <> derived_revision").fetchall()
    for row in rows:
        redo(store, row["id"])


def _title(db: Connection, story_id: int) -> str:
    """The headline of the most central article that has one."""
    told = [(headline, one) for headline, one in grouping.headlines(db, story_id) if headline.strip()]
    terms = {term for _, one in told for term in one.terms}
    at = most_central([one for _, one in told], grouping.counts(db, terms))
    return told[at][0] if told else ""
