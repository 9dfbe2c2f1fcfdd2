"""The lines of a PDF's pages, without the lines that every page repeats."""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ingest.errors import IngestError
from ingest.pdf_columns import in_columns

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 60
MARGIN_LINES = 2
_UNREADABLE = "It is not a PDF that can be opened."
_NUMBER = re.compile(r"\d+")


def text_of(content: bytes) -> str:
    """The text of all pages, a line a printed line. Raises IngestError."""
    pages = list(_pages(content))
    if not any(line.strip() for page in pages for line in page):
        raise IngestError("It holds pictures of pages but no text.")
    return "\n".join(line for page in _without_margins(pages) for line in page)


def _pages(content: bytes) -> Iterator[list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        _unlock(reader)
        if len(reader.pages) > MOST_PAGES:
            raise IngestError(f"It has more than {MOST_PAGES} pages.")
        for page in reader.pages:
            yield in_columns(page.extract_text().splitlines(), partial(_layout, page))
    except IngestError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, OSError) as error:
        raise IngestError(_UNREADABLE) from error  # pypdf raises all of these on broken files


def _layout(page: PageObject) -> str:
    """The page with gaps where it has gaps; nothing where that cannot be worked out."""
    with contextlib.suppress(Exception):  # the plain text of the page is there all the same
        return page.extract_text(extraction_mode="layout")
    return ""


def _unlock(reader: PdfReader) -> None:
    """Opens files that are locked against changes only. Raises IngestError for those locked against reading."""
    from pypdf.errors import DependencyError

    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        opened = False
    if not opened:
        raise IngestError("It is protected with a password.")


def _without_margins(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Running heads and page numbers stand in the first or last lines of most pages, numbers aside."""
    margins: Counter[str] = Counter()
    for page in pages:
        margins.update({_plain(line) for line in (*page[:MARGIN_LINES], *page[-MARGIN_LINES:])})
    repeated = {line for line, count in margins.items() if count > 2 and count > len(pages) / 2}
    for page in pages:
        last = len(page) - MARGIN_LINES
        yield [
            line
            for at, line in enumerate(page)
            if not ((at < MARGIN_LINES or at >= last) and (_plain(line) in repeated or line.strip().isdigit()))
        ]


def _plain(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split()))
