"""What a line of the batch command must be, and what a line of its answer looks like."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.model import Person, Quotation, Reading, Span, SpeakerKind
from store.model import Article

MARK = b"\xef\xbb\xbf"


class LineError(Exception):
    """Why a line cannot be worked on, in plain words; ``head`` is as in ``Line``."""

    def __init__(self, message: str, head: bytes = b"{}\n") -> None:
        super().__init__(message)
        self.head = head


@dataclass(frozen=True, slots=True)
class Page:
    """A web page to clean; ``url`` is where it was found."""

    html: str
    url: str | None = None

    def __len__(self) -> int:
        return len(self.html)


Source = str | Page


@dataclass(frozen=True, slots=True)
class Line:
    """A good line: ``head`` is an answer line that holds its id and no more, ``source`` is what to work on."""

    head: bytes
    source: Source


Parse = Callable[[bytes], Line]


def parse_text(raw: bytes) -> Line:
    """Read one input line. Raises LineError where it is not a JSON object with a "text" of whole characters."""
    row = _object(raw)
    head = _head(row)
    if "text" not in row:
        raise LineError('there is no "text"', head)
    return Line(head, _string(row, "text", head))


def parse_source(raw: bytes) -> Line:
    """The same where "html", with or without a "url", may stand in place of "text"."""
    row = _object(raw)
    head = _head(row)
    given = [name for name in ("html", "text") if row.get(name) is not None]
    if len(given) != 1:
        raise LineError('there are both "html" and "text"' if given else 'there is no "html" and no "text"', head)
    source, url = _string(row, given[0], head), row.get("url")
    if given == ["text"]:
        return Line(head, source)
    return Line(head, Page(source, None if url is None else _string(row, "url", head)))


def _string(row: dict[str, Any], name: str, head: bytes) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise LineError(f'"{name}" is not a string', head)
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise LineError(f'"{name}" holds half a surrogate pair, which is no character', head)
    return value


def _object(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        raise LineError("the line is empty")
    try:
        row = json.loads(raw.removeprefix(MARK).decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise LineError("the line is not UTF-8") from None
    except RecursionError:
        raise LineError("the line is nested too deep") from None
    except ValueError as error:
        raise LineError(f"the line is not JSON: {_reason(error)}") from None
    if not isinstance(row, dict):
        raise LineError("the line is not a JSON object")
    return row


def _head(row: dict[str, Any]) -> bytes:
    try:
        return dump({"id": row["id"]} if "id" in row else {})
    except RecursionError:
        raise LineError("the line is nested too deep") from None


def _reason(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "a number is out of range"


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def dump(row: dict[str, Any]) -> bytes:
    """One answer line with its line end; characters that UTF-8 cannot carry (in an id) are escaped."""
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode("ascii") + b"\n"


def failure(error: LineError) -> bytes:
    """The answer line for a line that cannot be worked on."""
    return joined(error.head, dump({"error": str(error)}))


def joined(head: bytes, rest: bytes) -> bytes:
    """One answer line out of two: the id of the first, then all of the second."""
    return head[:-2] + b", " + rest[1:] if len(head) > len(b"{}\n") else rest


def reading_row(text: str, reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON values; every offset is in code points of ``text``."""
    persons = [p for p in reading.people if p.kind is SpeakerKind.PERSON]
    others = [p for p in reading.people if p.kind is SpeakerKind.ORGANISATION]
    return {
        "quotes": [_quote(text, quotation) for quotation in reading.quotations],
        "people": [_person(text, person) for person in persons],
        "organisations": [_person(text, person) for person in others],
        "sentences": [list(span) for span in reading.sentences],
        "remarks": list(reading.remarks),
    }


def _quote(text: str, quotation: Quotation) -> dict[str, Any]:
    speaker = quotation.speaker
    return {
        "start": quotation.span.start,
        "end": quotation.span.end,
        "kind": quotation.kind.value,
        "speaker": speaker.name if speaker else None,
        **_ends("speaker", quotation.mention),
        "cue": quotation.cue.cut(text) if quotation.cue else None,
        "speaker_kind": speaker.kind.value if speaker else None,
        **_ends("attribution", quotation.attribution),
        "reported_by": quotation.reported_by.cut(text) if quotation.reported_by else None,
        "group": quotation.group,
        "confidence": round(quotation.confidence, 3),
        "speech": quotation.speech,
    }


def _ends(name: str, span: Span | None) -> dict[str, int | None]:
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def _person(text: str, person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "aliases": list(person.aliases),
        "roles": [{"start": span.start, "end": span.end, "text": span.cut(text)} for span in person.roles],
    }


def article_row(article: Article) -> dict[str, Any]:
    """A clean article as plain JSON values; the day of its publication is the one that was printed."""
    return {
        "title": article.headline,
        "authors": list(article.authors),
        "published": article.published.date().isoformat() if article.published else None,
        "outlet": article.outlet,
        "text": article.body,
        "captions": list(article.captions),
    }
