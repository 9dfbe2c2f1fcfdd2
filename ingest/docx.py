"""The paragraphs of a Word document, read from its main part directly, so that nothing in it is run or followed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from ingest.errors import IngestError

LARGEST_PART_BYTES = 20_000_000
_MAIN = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_UNREADABLE = "It is not a Word document that can be opened."


def text_of(content: bytes) -> str:
    """The document's paragraphs with a blank line between them. Raises IngestError."""
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in _paragraphs(_part(content)))))


def _part(content: bytes) -> bytes:
    """The main part, unpacked no further than the limit, whatever size the archive states."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_MAIN) as part:
            xml = part.read(LARGEST_PART_BYTES + 1)
    except RuntimeError as error:  # how zipfile tells of a password, and of a method that it does not know
        known = isinstance(error, NotImplementedError)
        raise IngestError(_UNREADABLE if known else "It is protected with a password.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError) as error:
        raise IngestError(_UNREADABLE) from error
    if len(xml) > LARGEST_PART_BYTES:
        raise IngestError("It unpacks to more text than an article has.")
    return xml


def _paragraphs(xml: bytes) -> Iterator[str]:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise IngestError(_UNREADABLE) from error
    if root.getroottree().docinfo.doctype:
        raise IngestError(_UNREADABLE)
    for paragraph in root.iter(f"{_WORD}p"):
        runs = paragraph.iter(f"{_WORD}t", *_BREAKS)  # deleted words have another tag and stay out
        yield "".join(_BREAKS.get(run.tag) or run.text or "" for run in runs)
