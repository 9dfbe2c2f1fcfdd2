"""How an article gets in: a paste, a page or a file becomes a clean Article, and the Article its Reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import analysis
from analysis.document import Document
from analysis.model import Block, BlockKind, Reading
from ingest import documents, html, plain_text
from ingest.errors import IngestError
from store.model import Article

__all__ = ["IngestError", "clean_file", "clean_html", "clean_text", "document_of", "files_in", "load", "read_article"]

LARGEST_FILE_BYTES = 20_000_000


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


def document_of(article: Article) -> Document:
    """The one text that is read and that offsets point into."""
    return Document.of(article.headline, article.body, "\n".join(article.captions))


def read_article(article: Article) -> Reading:
    """What the article says and who says it; never raises on any text."""
    document = document_of(article)
    blocks = tuple(replace(block, kind=_kind(block, article, document.text)) for block in document.blocks)
    return analysis.read(document.text, blocks)


def _kind(block: Block, article: Article, text: str) -> BlockKind:
    """Subheadings are told from paragraphs; opening words that serve as a headline are not read twice."""
    if block.kind is BlockKind.BODY and block.span.cut(text) in article.subheadings:
        return BlockKind.SUBHEADING
    if block.kind is BlockKind.HEADLINE and article.body.startswith(article.headline):
        return BlockKind.CHROME
    return block.kind


def files_in(path: Path) -> Iterator[Path]:
    """The file, or all files of known kinds in the folder and below, by name. Raises IngestError for no such path."""
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise IngestError(f"There is no file or folder {path}.")
    for found in sorted(path.rglob("*")):
        if found.is_file() and documents.is_known(found.relative_to(path)):
            yield found


def load(path: Path) -> Iterator[tuple[Path, Article | IngestError]]:
    """Each file with its article, or with why it has none; a bad file does not end the run."""
    for file in files_in(path):
        try:
            yield file, clean_file(file.name, _content(file), source=str(file))
        except IngestError as error:
            yield file, error


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise IngestError(f"It is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
        return file.read_bytes()
    except OSError as error:
        raise IngestError(f"It cannot be read: {error.strerror}.") from error
