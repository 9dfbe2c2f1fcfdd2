"""Cuts passages: the exact words of a span of one field of one article version."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Row

from analysis.document import Field
from analysis.model import Span
from store.connections import Connection
from store.model import Passage
from store.records import What

TEXTS = {Field.HEADLINE: "headline", Field.BODY: "body", Field.CAPTION: "captions"}


def text(db: Connection, version_id: int, name: Field) -> str:
    """One field of a version, as printed. Raises ValueError for a version that is not in the store."""
    asked = f"SELECT {TEXTS[name]} AS text FROM versions WHERE id = :id"  # noqa: S608 - one of three names of ours
    found = db.execute(asked, {"id": version_id}).fetchone()
    if found is None:
        raise ValueError(f"There is no version {version_id}.")
    return str(found["text"])


def passage(db: Connection, version_id: int, name: Field, span: Span) -> Passage:
    """The words of a span. Raises ValueError for a span that is empty or leaves the field."""
    return _cut(text(db, version_id, name), version_id, name, span)


def _cut(words: str, version_id: int, name: Field, span: Span) -> Passage:
    if not 0 <= span.start < span.end <= len(words):
        raise ValueError(f"The span {tuple(span)} is outside the {name} of version {version_id}.")
    return Passage(version_id, name, Span(*span), span.cut(words))


class Cutter:
    """Cuts many passages while reading each field once."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self._texts: dict[tuple[int, Field], str] = {}

    def text(self, version_id: int, name: Field) -> str:
        """One field, fetched when first asked for."""
        if (version_id, name) not in self._texts:
            self._texts[version_id, name] = text(self.db, version_id, name)
        return self._texts[version_id, name]

    def checked(self, given: Passage) -> Passage:
        """The passage, cut anew. Raises ValueError where its span is empty or leaves the field."""
        return _cut(self.text(given.version_id, given.field), given.version_id, given.field, given.span)

    def at(self, version_id: int, name: Field, span: Span) -> Passage:
        """The passage at a stored place."""
        return Passage(version_id, name, span, span.cut(self.text(version_id, name)))

    def cut(self, row: Row) -> Passage:
        """The passage of a row of ``spans`` or ``windows``."""
        return self.at(row["version_id"], Field(row["field"]), Span(row["start"], row["stop"]))

    def cut_all(self, rows: Iterable[Row]) -> list[Passage]:
        """The passages of several rows."""
        return [self.cut(row) for row in rows]


def sentences(db: Connection, version_id: int) -> list[Passage]:
    """Headline and body sentences in order, captions after."""
    return Cutter(db).cut_all(spans(db, version_id, What.SENTENCE))


def spans(db: Connection, version_id: int, what: What) -> list[Row]:
    """The stored spans of one kind, in order."""
    asked = "SELECT * FROM spans WHERE version_id = :id AND what = :what ORDER BY owner, number"
    return list(db.execute(asked, {"id": version_id, "what": what}))


def around(db: Connection, given: Passage, count: int) -> tuple[Passage | None, Passage, Passage | None]:
    """The passage between the rest of its own sentences with ``count`` more on each side, in the same field."""
    checked = passage(db, given.version_id, given.field, given.span)
    rows = [row for row in spans(db, given.version_id, What.SENTENCE) if row["field"] == given.field]
    own = [row for row in rows if row["start"] < given.span.end and given.span.start < row["stop"]]
    starts = [row["start"] for row in rows if row["start"] < given.span.start]
    stops = [row["stop"] for row in rows if row["stop"] > given.span.end]
    more_before = count + (1 if own and own[0]["start"] < given.span.start else 0)
    more_after = count + (1 if own and own[-1]["stop"] > given.span.end else 0)
    first = min(starts[-more_before:], default=given.span.start) if more_before else given.span.start
    last = max(stops[:more_after], default=given.span.end) if more_after else given.span.end
    return (
        _trimmed(db, given, Span(first, given.span.start)),
        checked,
        _trimmed(db, given, Span(given.span.end, last)),
    )


def _trimmed(db: Connection, given: Passage, span: Span) -> Passage | None:
    """The span without white space at its edges, None where nothing is left."""
    words = span.cut(text(db, given.version_id, given.field))
    bare = words.strip()
    if not bare:
        return None
    start = span.start + words.index(bare)
    return passage(db, given.version_id, given.field, Span(start, start + len(bare)))
