"""How an article gets in: a paste, a page or a file becomes a clean Article, and the Article its Reading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import analysis
from analysis.document import Document
from analysis.model import Block, BlockKind, Reading
from ingest import documents, entries, feed_files, html, json_lines, plain_text
from ingest.errors import IngestError
from ingest.worker import Work
from store.limits import LARGEST_FILE_BYTES
from store.model import Article

__all__ = [
    "IngestError",
    "clean_file",
    "clean_html",
    "clean_text",
    "clean_work",
    "document_of",
    "files_in",
    "load",
    "passed_over",
    "read_article",
    "works_in",
    "works_of",
]

LARGEST_UNPACKED_BYTES = 200_000_000


def clean_text(text: str, *, source: str = "", url: str | None = None) -> Article:
    """The article in a pasted text. Raises IngestError."""
    return plain_text.clean(text, source=source, url=url)


def clean_html(page: bytes | str, *, source: str = "", url: str | None = None, charset: str | None = None) -> Article:
    """The article on a page; ``charset`` is what the server named. Raises IngestError."""
    return html.clean(page, source=source, url=url, charset=charset)


def clean_file(name: str, content: bytes, *, source: str = "") -> Article:
    """The article in a file, by its name and by what it begins with. Raises IngestError."""
    if len(content) > LARGEST_FILE_BYTES:
        raise IngestError(f"It is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
    return documents.clean(name, content, source=source or name)


def clean_work(work: Work) -> Article:
    """The article in a source of any kind. Raises IngestError."""
    if work.kind == "row":
        return json_lines.clean(work.content, source=work.source)
    if work.kind == "entry":
        return entries.clean(work.content, source=work.source)
    if work.kind == "file":
        return clean_file(work.name, work.content, source=work.source)
    if work.kind == "html" or (work.kind == "text" and documents.is_page(work.content)):  # a page's source was pasted
        return clean_html(work.content, source=work.source, url=work.url, charset=work.charset)
    return clean_text(work.content.decode("utf-8", "replace"), source=work.source, url=work.url)


def document_of(article: Article) -> Document:
    """The one text that is read and that offsets point into."""
    return Document.of(article.headline, article.body, "\n".join(article.captions))


def read_article(article: Article, model: str | None = None) -> Reading:
    """What the article says and who says it; never raises on any text. ``model`` as in ``analysis.read``."""
    document = document_of(article)
    blocks = tuple(replace(block, kind=_kind(block, article, document.text)) for block in document.blocks)
    return analysis.read(document.text, blocks, model)


def _kind(block: Block, article: Article, text: str) -> BlockKind:
    """Subheadings are told from paragraphs; opening words that serve as a headline are not read twice."""
    if block.kind is BlockKind.BODY and block.span.cut(text) in article.subheadings:
        return BlockKind.SUBHEADING
    if block.kind is BlockKind.HEADLINE and article.body.startswith(article.headline):
        return BlockKind.CHROME
    return block.kind


def files_in(path: Path) -> Iterator[Path]:
    """The file, or all files of known kinds in the folder and below, by name. Raises IngestError for no such path."""
    try:
        if path.is_file():
            yield path
            return
        if not path.is_dir():
            odd = "It is no file but a device, a pipe or a socket" if path.exists() else "There is no file or folder"
            raise IngestError(f"{odd}: {path}." if path.exists() else f"{odd} {path}.")
        found = [each for each in sorted(path.rglob("*")) if each.is_file()]
    except OSError as error:
        raise IngestError(f"It cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    yield from (each for each in found if documents.is_known(each.relative_to(path)))


def passed_over(path: Path) -> str:
    """How many files in a folder and below are not taken and why, as one sentence; nothing where all are."""
    try:
        names = [each.relative_to(path) for each in path.rglob("*") if each.is_file()] if path.is_dir() else []
    except OSError:
        return ""
    hidden = sum(documents.is_hidden(name) for name in names)
    others = sum(not documents.is_known(name) for name in names) - hidden
    counted = [
        f"{number:,} {kind if number == 1 else kinds}"
        for number, kind, kinds in (
            (hidden, "hidden file", "hidden files"),
            (others, "file of another kind", "files of other kinds"),
        )
        if number
    ]
    return f"{' and '.join(counted)} {'was' if hidden + others == 1 else 'were'} passed over." if counted else ""


def load(path: Path) -> Iterator[tuple[Path, Article | IngestError]]:
    """Each file with its article, or with why it has none; a bad file, or line of JSON lines, does not end the run."""
    for file in files_in(path):
        for _, work in works_in(file, source=str(file)):
            try:
                if isinstance(work, IngestError):
                    raise work
                yield file, clean_work(work)
            except IngestError as error:
                yield file, error


def works_in(file: Path, *, source: str) -> Iterator[tuple[str, Work | IngestError]]:
    """What there is to clean and read in a file: the whole file, or each of its JSON lines, one at a time.

    Each comes with its place in the file ("line 3", or nothing for the whole), or with why it cannot be had.
    """
    try:
        if json_lines.is_named(file.name):
            with file.open("rb") as stream:
                yield from _rows(stream, source)
            return
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise IngestError(f"It is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
        yield from works_of(file.name, file.read_bytes(), source=source)
    except IngestError as error:
        yield "", error
    except OSError as error:
        yield "", IngestError(f"It cannot be read: {(error.strerror or 'unknown reason').lower()}.")


def works_of(name: str, content: bytes, *, source: str) -> Iterator[tuple[str, Work | IngestError]]:
    """The same for a file that was handed over; JSON lines of more than 200 MB when unpacked end there."""
    if json_lines.is_named(name):
        yield from _rows(io.BytesIO(content), source, LARGEST_UNPACKED_BYTES)
    elif feed_files.is_one(content):
        yield from feed_files.works_of(content)
    else:
        yield "", Work(kind="file", name=name, content=content, source=source)


def _rows(stream: BinaryIO, source: str, limit: float = float("inf")) -> Iterator[tuple[str, Work | IngestError]]:
    for number, content in json_lines.lines_of(stream, limit=limit):
        place = f"line {number}"
        if isinstance(content, IngestError):
            yield place, content
        else:
            yield place, Work(kind="row", content=content, source=f"{source}, {place}")
