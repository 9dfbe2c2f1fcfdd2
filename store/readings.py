"""Writes the rows of a reading and reads them back, so that what is stored can be compared with what was meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

from analysis.document import Field
from analysis.model import QuoteKind, Span
from store.connections import Connection
from store.records import PersonRow, QuotationRow, Records, SpanRow, What


def write(db: Connection, version_id: int, made: Records) -> None:
    """Store all rows of a reading."""
    _write_people(db, version_id, made.people)
    _write_quotations(db, version_id, made.quotations)
    _write_spans(db, version_id, made.spans)


def _write_people(db: Connection, version_id: int, people: Sequence[PersonRow]) -> None:
    written = """INSERT INTO people (version_id, number, name, kind, aliases, gender)
        VALUES (:version, :number, :name, :kind, :aliases, :gender)"""
    rows = [{**_values(row), "version": version_id, "aliases": json.dumps(row.aliases)} for row in people]
    db.executemany(written, rows)


def _write_quotations(db: Connection, version_id: int, quotations: Sequence[QuotationRow]) -> None:
    written = """INSERT INTO quotations (version_id, number, kind, speaker, speaker_kind, confidence, speech, words)
        VALUES (:version, :number, :kind, :speaker, :speaker_kind, :confidence, :speech, :words)"""
    db.executemany(written, [{**_values(row, "people"), "version": version_id} for row in quotations])
    speakers = """INSERT INTO speakers (version_id, quotation, position, person)
        VALUES (:version, :quotation, :position, :person)"""
    rows = [
        {"version": version_id, "quotation": row.number, "position": position, "person": person}
        for row in quotations
        for position, person in enumerate(row.people)
    ]
    db.executemany(speakers, rows)


def _write_spans(db: Connection, version_id: int, spans: Sequence[SpanRow]) -> None:
    written = """INSERT INTO spans (version_id, what, owner, number, field, start, stop, kind, checksum)
        VALUES (:version, :what, :owner, :number, :field, :start, :stop, :kind, :checksum)"""
    db.executemany(
        written,
        [
            {**_values(row, "span"), "version": version_id, "start": row.span.start, "stop": row.span.end}
            for row in spans
        ],
    )


def _values(row: PersonRow | QuotationRow | SpanRow, *but: str) -> dict[str, object]:
    """The fields of a row under their names, but for some."""
    return {each.name: getattr(row, each.name) for each in fields(row) if each.name not in but}


def load(db: Connection, version_id: int) -> Records:
    """All rows of one version's reading, as they are stored now."""
    values = {"id": version_id}
    spans = db.execute("SELECT * FROM spans WHERE version_id = :id ORDER BY what, owner, number", values)
    people = db.execute("SELECT * FROM people WHERE version_id = :id ORDER BY number", values)
    return Records(
        [
            SpanRow(
                What(row["what"]),
                row["owner"],
                row["number"],
                Field(row["field"]),
                Span(row["start"], row["stop"]),
                row["kind"],
                row["checksum"],
            )
            for row in spans
        ],
        _quotations(db, version_id),
        [
            PersonRow(row["number"], row["name"], row["kind"], tuple(json.loads(row["aliases"])), row["gender"])
            for row in people
        ],
    )


def _quotations(db: Connection, version_id: int) -> list[QuotationRow]:
    values = {"id": version_id}
    people: dict[int, list[int]] = {}
    asked = "SELECT quotation, person FROM speakers WHERE version_id = :id ORDER BY quotation, position"
    for row in db.execute(asked, values):
        people.setdefault(row["quotation"], []).append(row["person"])
    rows = db.execute("SELECT * FROM quotations WHERE version_id = :id ORDER BY number", values)
    return [
        QuotationRow(
            number=row["number"],
            kind=QuoteKind(row["kind"]),
            speaker=row["speaker"],
            speaker_kind=row["speaker_kind"],
            people=tuple(people.get(row["number"], ())),
            confidence=row["confidence"],
            words=row["words"],
            speech=bool(row["speech"]),
        )
        for row in rows
    ]
