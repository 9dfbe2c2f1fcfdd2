"""Re-cuts everything that is stored, all versions, and says in plain words what differs."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import zip_longest
from sqlite3 import Row

from analysis import ANALYSIS_VERSION
from analysis.document import Field
from analysis.model import Span
from analysis.sketches import sketches as sketched
from store import grouping, prepared, readings, records, search, sketches
from store.connections import Connection, Connections
from store.errors import StoreError
from store.model import Difference
from store.passages import Cutter
from store.records import Records, SpanRow, What

Progress = Callable[[int, int], None]
Step = Callable[[Connection], Iterable[Difference]]


def verify(store: Connections, progress: Progress | None = None) -> list[Difference]:
    """All differences; ``progress`` is told how many of how many steps are done (each version is one)."""
    found: list[Difference] = []
    try:
        for done, total, step in _steps(store):
            with store.reading() as db:
                found += step(db)
            if progress:
                progress(done, total)
    except (StoreError, sqlite3.DatabaseError, ValueError) as error:
        found.append(Difference("file", "can be read", str(error)))
    return found


def _steps(store: Connections) -> Iterator[tuple[int, int, Step]]:
    """Each step sees one unchanging view, and lets the log of writes be emptied before the next."""
    with store.reading() as db:
        ids = [row["id"] for row in db.execute("SELECT id FROM versions ORDER BY id")]
    versions = [partial(_version, version_id=each) for each in ids]
    steps: list[Step] = [_file, *versions, _newest, _stories, _corrections, _minima, _index]
    for done, step in enumerate(steps, 1):
        yield done, len(steps), step


def _file(db: Connection) -> Iterator[Difference]:
    """What SQLite itself finds wrong."""
    for row in db.execute("PRAGMA integrity_check").fetchall():
        if row[0] != "ok":
            yield Difference("file", "ok", str(row[0]))
    for row in db.execute("PRAGMA foreign_key_check").fetchall():
        where = f"table {row['table']}, row {row['rowid']}"
        yield Difference(where, f"belongs to a row of {row['parent']}", "there is no such row")


def _version(db: Connection, version_id: int) -> Iterator[Difference]:
    row = db.execute("SELECT * FROM versions WHERE id = :id", {"id": version_id}).fetchone()
    if row is None:
        return  # unloaded meanwhile
    where = f"version {version_id} ({row['headline']:.60})"
    current = row["reading_version"] == ANALYSIS_VERSION  # words are compared as the present analysis compares them
    yield from _texts(row, where, current)
    loaded = readings.load(db, version_id)
    yield from _spans(Cutter(db), version_id, loaded, where)
    if prepared.reading_hash(loaded) != row["reading_hash"]:
        told = f"{len(loaded.spans)} spans, {len(loaded.quotations)} quotations, {len(loaded.people)} people"
        yield Difference(f"{where}, reading", row["reading_hash"], f"{prepared.reading_hash(loaded)} over {told}")
    if current:
        yield from _quotations(Cutter(db), version_id, loaded, where)
        yield from _windows(db, row, loaded, where)
        yield from _paragraphs(db, row, where)


def _texts(row: Row, where: str, current: bool) -> Iterator[Difference]:
    texts = _fields(row)
    for name, found in (("text_hash", prepared.text_hash(texts)), ("words_hash", prepared.words_hash(texts))):
        if found != row[name] and (current or name == "text_hash"):
            yield Difference(f"{where}, {name.replace('_', ' ')}", row[name], found)


def _fields(row: Row) -> dict[Field, str]:
    return {Field.HEADLINE: row["headline"], Field.BODY: row["body"], Field.CAPTION: row["captions"]}


def _spans(cutter: Cutter, version_id: int, loaded: Records, where: str) -> Iterator[Difference]:
    for row in loaded.spans:
        text = cutter.text(version_id, row.field)
        words = row.span.cut(text)
        if not 0 <= row.span.start < row.span.end <= len(text):
            yield Difference(f"{where}, {_named(row)}", f"{row.field} {tuple(row.span)}", f"{len(text)} characters")
        elif records.checksum(row.field, row.span, words) != row.checksum:
            found = records.checksum(row.field, row.span, words)
            yield Difference(f"{where}, {_named(row)}", f"checksum {row.checksum:08x}", f"{found:08x}: {words:.200}")


def _named(row: SpanRow) -> str:
    if row.what is What.SENTENCE:
        return f"sentence {row.number}"
    owner = "person" if row.what in (What.ROLE, What.PERSON) else "quotation"
    name = "mention" if row.what is What.PERSON else row.what.replace("_", " ")
    return f"{name} {row.number} of {owner} {row.owner}"


def _quotations(cutter: Cutter, version_id: int, loaded: Records, where: str) -> Iterator[Difference]:
    for quotation in loaded.quotations:
        parts = [row for row in loaded.spans if row.what is What.PART and row.owner == quotation.number]
        found = records.words_of(row.span.cut(cutter.text(version_id, row.field)) for row in parts)
        if found != quotation.words:
            yield Difference(f"{where}, words of quotation {quotation.number}", quotation.words, found)


def _windows(db: Connection, version: Row, loaded: Records, where: str) -> Iterator[Difference]:
    """Windows of a newest version are those of its sentences; an older version has none."""
    made = prepared.windows(_fields(version), version["outlet"], loaded) if version["newest"] else ()
    wanted = [search.row_of(version["id"], window) for window in made]
    rows = db.execute("SELECT * FROM windows WHERE version_id = :id ORDER BY id", {"id": version["id"]}).fetchall()
    found = [{name: value for name, value in dict(row).items() if name != "id"} for row in rows]
    if found != wanted:
        yield Difference(f"{where}, search windows", f"{len(wanted)} windows of its sentences", f"{len(found)} others")


def _paragraphs(db: Connection, version: Row, where: str) -> Iterator[Difference]:
    """Sketches of a newest version are those of its body, where it has them; an older version has none."""
    made = sketched(version["body"]) if version["newest"] and version["sketched"] else []
    wanted = [(number, *each.span, sketches.packed(each.minima)) for number, each in enumerate(made)]
    asked = "SELECT number, start, stop, minima FROM paragraphs WHERE version_id = :id ORDER BY number"
    found = [tuple(row) for row in db.execute(asked, {"id": version["id"]})]
    if found != wanted:
        yield Difference(f"{where}, sketches", f"{len(wanted)} paragraphs of its body", f"{len(found)} others")


def _minima(db: Connection) -> Iterator[Difference]:
    """Each hash of a sketch leads to its paragraph, and there are no other hashes; there may be tens of millions."""
    there, wanted, found = "SELECT 1 FROM minima WHERE hash = ? AND paragraph_id = ?", 0, 0
    for row in db.execute("SELECT id, minima FROM paragraphs"):
        for each in set(sketches.unpacked(row["minima"])):
            wanted += 1
            found += db.execute(there, (each, row["id"])).fetchone() is not None
    others = db.execute("SELECT count(*) AS n FROM minima").fetchone()["n"] - found
    if found != wanted or others:
        yield Difference("hashes of paragraphs", f"{wanted} hashes", f"{found} of them and {others} others")


def _newest(db: Connection) -> Iterator[Difference]:
    asked = """
        SELECT articles.id, max(number) AS last, max(CASE WHEN newest = 1 THEN number END) AS newest
        FROM articles LEFT JOIN versions ON versions.article_id = articles.id GROUP BY articles.id
    """
    for row in db.execute(asked).fetchall():
        if row["last"] is None or row["last"] != row["newest"]:
            yield Difference(f"article {row['id']}", f"newest version {row['last']}", f"{row['newest']}")


def _stories(db: Connection) -> Iterator[Difference]:
    """Each article is in a story, each story has articles, each person of a story is in its cast."""
    for row in db.execute("SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM memberships)").fetchall():
        yield Difference(f"article {row['id']}", "in a story", "in none")
    for row in db.execute("SELECT id FROM stories WHERE id NOT IN (SELECT story_id FROM memberships)").fetchall():
        yield Difference(f"story {row['id']}", "has articles", "has none")
    asked = """
        SELECT people.version_id, people.number FROM people
        JOIN versions ON versions.id = people.version_id JOIN memberships USING (article_id)
        JOIN stories ON stories.id = story_id
        LEFT JOIN cast_people ON cast_people.version_id = people.version_id AND cast_people.person = people.number
        WHERE newest = 1 AND revision = derived_revision AND cast_id IS NULL
    """
    for row in db.execute(asked).fetchall():
        yield Difference(f"person {row['number']} of version {row['version_id']}", "in the story's cast", "in none")
    stored = {row["term"]: row["articles"] for row in db.execute("SELECT * FROM term_counts")}
    kept = db.execute("SELECT fingerprint FROM versions WHERE newest = 1")
    if stored != (found := Counter(term for row in kept for term in grouping.loaded(row["fingerprint"]).terms)):
        yield Difference("words of stories", f"{len(stored)} words counted", f"{len(found)} in other numbers")


def _corrections(db: Connection) -> Iterator[Difference]:
    """What admins said, and what readers reported, is about words that are still the same."""
    cutter = Cutter(db)
    for row in db.execute("SELECT * FROM corrections ORDER BY id").fetchall():
        passage = cutter.cut(row)
        if (found := records.checksum(passage.field, passage.span, passage.text)) != row["checksum"]:
            yield Difference(f"correction {row['id']}", f"checksum {row['checksum']:08x}", f"{found:08x}")
        for start, stop in json.loads(row["parts"]):
            if not passage.span.holds(Span(start, stop)):
                yield Difference(f"correction {row['id']}", f"{passage.span}", f"part {start} to {stop}")
    for row in db.execute("SELECT * FROM reports ORDER BY id").fetchall():
        if not 0 <= row["start"] < row["stop"] <= len(cutter.text(row["version_id"], Field(row["field"]))):
            yield Difference(f"report {row['id']}", f"{row['start']} to {row['stop']}", "outside the text")


def _index(db: Connection) -> Iterator[Difference]:
    """The search index holds what a fresh index of the same windows holds."""
    for sql in TEMPORARY.values():
        db.execute(sql)
    try:
        db.execute("INSERT INTO temp.fresh (rowid, title, outlet, words) SELECT id, title, outlet, words FROM windows")
        with closing(_terms(db, "stored_terms")) as stored, closing(_terms(db, "fresh_terms")) as fresh:
            for have, want in zip_longest(stored, fresh):
                if have is None or want is None or tuple(have) != tuple(want):
                    yield Difference("search index", _place(want), _place(have))
                    return
    finally:
        for name in reversed(TEMPORARY):
            db.execute(f"DROP TABLE temp.{name}")


def _terms(db: Connection, name: str) -> sqlite3.Cursor:
    return db.execute(f"SELECT term, doc, col, offset FROM temp.{name} ORDER BY term, doc, col, offset")  # noqa: S608


def _place(row: Row | None) -> str:
    return f"{row['term']} in the {row['col']} of window {row['doc']}" if row else "nothing more"


TEMPORARY = {
    "fresh": "CREATE VIRTUAL TABLE temp.fresh USING fts5 "
    "(title, outlet, words, content='', tokenize='porter unicode61 remove_diacritics 2')",
    "fresh_terms": "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab (temp, fresh, instance)",
    "stored_terms": "CREATE VIRTUAL TABLE temp.stored_terms USING fts5vocab (main, window_words, instance)",
}
