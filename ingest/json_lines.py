"""JSON lines, the form in which collections of articles are kept: one article a line, each good or bad for itself."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from ingest import plain_text
from ingest.encoding import tidy
from ingest.errors import IngestError
from ingest.page_facts import is_link
from ingest.stated import date_in, names_in
from store.model import Article

LARGEST_LINE_BYTES = 5_000_000
STEP_BYTES = 1 << 16
ENDINGS = (".jsonl", ".jsonl.gz")
_MARK = b"\xef\xbb\xbf"
_ZIPPED = b"\x1f\x8b"
_TOO_LONG = f"It is longer than {LARGEST_LINE_BYTES // 1_000_000} MB."


class Line(NamedTuple):
    """One line of a file, counted from 1, or why it could not be had."""

    number: int
    content: bytes | IngestError


def is_named(name: str) -> bool:
    """Whether a file of this name is taken for JSON lines."""
    return name.lower().endswith(ENDINGS)


def lines_of(stream: BinaryIO, *, limit: float = float("inf")) -> Iterator[Line]:
    """The lines that hold anything, as they are read, packed with gzip or not; memory stays constant.

    ``limit`` is in unpacked bytes; beyond it, or where the packing is broken, the last line is an error.
    """
    number, parts, size, total = 1, list[bytes](), 0, 0
    for chunk in _chunks(stream):
        if isinstance(chunk, IngestError) or (total := total + len(chunk)) > limit:
            broken = chunk if isinstance(chunk, IngestError) else IngestError(f"It is over {limit / 1e6:g} MB.")
            yield Line(number, broken)
            return
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield from _line(number, [*parts, piece], size + len(piece))
            number, parts, size = number + 1, [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= LARGEST_LINE_BYTES else []
    yield from _line(number, parts, size)


def _line(number: int, parts: list[bytes], size: int) -> Iterator[Line]:
    if size > LARGEST_LINE_BYTES:
        yield Line(number, IngestError(_TOO_LONG))
        return
    content = b"".join(parts)
    content = content.removeprefix(_MARK) if number == 1 else content
    if content.strip():
        yield Line(number, content)


def _chunks(stream: BinaryIO) -> Iterator[bytes | IngestError]:
    """The unpacked bytes piece by piece, and an error in place of the rest."""
    try:
        zipped = stream.read(len(_ZIPPED)) == _ZIPPED
        stream.seek(0)
        source = gzip.GzipFile(fileobj=stream) if zipped else stream
        while chunk := source.read(STEP_BYTES):
            yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield IngestError("From here on its packing is broken.")
    except OSError as error:
        yield IngestError(f"It cannot be read: {error.strerror}.")


def clean(line: bytes, *, source: str = "") -> Article:
    """The article of one line: "text", and where stated "title", "url", "published", "outlet" and "authors".

    The text is cleaned as a pasted one is. Raises IngestError with what is wrong with the line.
    """
    row = _row(line)
    text, title = _string(row, "text"), _string(row, "title")
    if text is None:
        raise IngestError('There is no "text".')
    url = (_string(row, "url") or "").strip()
    article = plain_text.clean(text, source=source, headline=title or "", framed=False)
    return replace(
        article,
        url=url if is_link(url) else article.url,
        outlet=_words(_string(row, "outlet")) or article.outlet,
        authors=_authors(row) or article.authors,
        published=date_in(_string(row, "published") or "") or article.published,
    )


def _row(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise IngestError("It is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise IngestError("It is not JSON.") from None
    if not isinstance(row, dict):
        raise IngestError("It is not a JSON object.")
    return row


def _string(row: dict[str, object], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise IngestError(f'"{name}" is not a string.')
    return value


def _words(value: str | None) -> str | None:
    return " ".join(tidy(value or "").split()) or None


def _authors(row: dict[str, object]) -> tuple[str, ...]:
    """A list of names is taken as it is, a string as a byline."""
    value = row.get("authors")
    if not isinstance(value, list):
        return names_in(_string(row, "authors") or "")
    if not all(isinstance(name, str) for name in value):
        raise IngestError('"authors" is not a list of names.')
    return tuple(dict.fromkeys(filter(None, map(_words, value))))
