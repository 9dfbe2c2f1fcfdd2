"""Files of all kinds that people have articles in, told apart by name and by their first bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from ingest import html, plain_text
from ingest.encoding import decode
from store.model import Article

Reader = Callable[[bytes, str], Article]


def clean(name: str, content: bytes, *, source: str = "") -> Article:
    """The article in a file. Raises IngestError with one sentence that says what is wrong with it."""
    return _reader(name, content)(content, source)


def is_known(path: PurePath) -> bool:
    """Whether a file met in a folder is to be loaded: of a known kind, not hidden, and no read-me."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.stem.upper() != "README" and path.suffix.lower() in _BY_SUFFIX


def _reader(name: str, content: bytes) -> Reader:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in start:
        return _page
    return _BY_SUFFIX.get(Path(name).suffix.lower(), _text)


def _text(content: bytes, source: str) -> Article:
    return plain_text.clean(decode(content), source=source)


def _page(content: bytes, source: str) -> Article:
    return html.clean(content, source=source)


_BY_SUFFIX: dict[str, Reader] = {".txt": _text, ".text": _text, ".html": _page, ".htm": _page, ".xhtml": _page}
