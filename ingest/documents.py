"""Files of all kinds that people have articles in, told apart by their first bytes and by name."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from ingest import docx, html, json_lines, mail, markdown, pdf, plain_text
from ingest.encoding import decode
from ingest.errors import IngestError
from ingest.stated import date_in, names_in
from store.model import Article

Reader = Callable[[bytes, str], Article]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def clean(name: str, content: bytes, *, source: str = "") -> Article:
    """The article in a file. Raises IngestError with one sentence that says what is wrong with it."""
    return _reader(name, content)(content, source)


def is_known(path: PurePath) -> bool:
    """Whether a file met in a folder is to be loaded: of a known kind, not hidden, and no read-me."""
    known = path.suffix.lower() in _BY_SUFFIX or json_lines.is_named(path.name)
    return not is_hidden(path) and path.stem.upper() != "README" and known


def is_hidden(path: PurePath) -> bool:
    """Whether the file or a folder of its path is hidden."""
    return any(part.startswith(".") for part in path.parts)


def _reader(name: str, content: bytes) -> Reader:
    """By what the file begins with where that is certain, else by its name, else as a text."""
    if json_lines.is_named(name):
        return _only_row
    if name.lower().endswith(".json"):
        raise IngestError("It is JSON; articles are taken as JSON lines, in a file that ends in .jsonl.")
    if content.startswith(_OLD_OFFICE):
        raise IngestError("It is in the old Word format; save it as .docx.")
    if content.startswith(b"{\\rtf"):
        raise IngestError("It is in Rich Text Format; save it as .docx.")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        if b"word/document.xml" not in content and not name.lower().endswith(".docx"):
            raise IngestError("It is an archive of files; send them one by one.")
        return _docx
    if is_page(content):
        return _page
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), _text)


def is_page(content: bytes) -> bool:
    """Whether some bytes are the source of a web page, whatever they are called."""
    start = content[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)


def _text(content: bytes, source: str) -> Article:
    return plain_text.clean(decode(content), source=source)


def _page(content: bytes, source: str) -> Article:
    return html.clean(content, source=source)


def _pdf(content: bytes, source: str) -> Article:
    return plain_text.clean(pdf.text_of(content), source=source)


def _docx(content: bytes, source: str) -> Article:
    return plain_text.clean(docx.text_of(content), source=source)


def _markdown(content: bytes, source: str) -> Article:
    parts = markdown.parts_of(decode(content))
    stated = parts.stated
    heading = parts.heading or stated.get("title", "")
    article = plain_text.clean("\n\n".join(parts.paragraphs), source=source, headline=heading)
    return replace(
        article,
        outlet=stated.get("outlet") or stated.get("publication") or article.outlet,
        authors=article.authors or names_in(stated.get("author", "")),
        published=article.published or date_in(stated.get("date", "")),
        url=stated.get("url") or stated.get("source") or article.url,
    )


def _only_row(content: bytes, source: str) -> Article:
    found = list(islice(json_lines.lines_of(io.BytesIO(content)), 2))
    if len(found) != 1:
        raise IngestError("It holds several articles, one a line." if found else "There is no article in it.")
    if isinstance(found[0].content, IngestError):
        raise found[0].content
    return json_lines.clean(found[0].content, source=source)


def _mail(content: bytes, source: str) -> Article:
    letter = mail.letter_of(content)
    if letter.page:
        article = html.clean(letter.page, source=source)
        article = replace(article, headline=letter.subject or article.headline)
    else:
        article = plain_text.clean(letter.text, source=source, headline=letter.subject)
    return replace(article, published=article.published or letter.published)


_BY_SUFFIX: dict[str, Reader] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".eml": _mail,
    ".pdf": _pdf,
    ".docx": _docx,
}
