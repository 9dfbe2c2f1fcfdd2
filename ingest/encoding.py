"""Bytes and odd code points become plain text here, before any other module looks at them."""

from __future__ import annotations

import codecs
import re

from ingest.errors import IngestError

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 100_000
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of a file, by its byte order mark, as UTF-8, as declared, or by its letters, in this order.

    ``declared`` is the character set that a page or a server names. Raises IngestError where the bytes are no text.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return tidy(content.decode(name, errors="replace"))
    if _is_binary(content[:_SAMPLE_BYTES]):
        raise IngestError("This is not a text: it holds binary data.")
    for encoding in ("utf-8", declared):
        text = _try(content, encoding)
        if text is not None:
            return tidy(text)
    return tidy(content.decode(_guess(content[:_SAMPLE_BYTES]), errors="replace"))


def tidy(text: str) -> str:
    """The text with one kind of line end and without code points that cannot be printed; nothing else is changed."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def _try(content: bytes, name: str | None) -> str | None:
    try:
        return content.decode(name) if name else None
    except (LookupError, ValueError):
        return None


def _is_binary(sample: bytes) -> bool:
    """Control bytes are more than noise; text in UTF-16 without a mark has NULs on one side only."""
    if not sample:
        return False
    if _wide(sample):
        return False
    control = sum(sample.count(byte) for byte in (*range(1, 8), *range(14, 27), *range(28, 32)))
    return sample.count(0) > len(sample) // 20 or control > len(sample) // 50


def _wide(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, told by which half of the pairs is NUL."""
    pairs = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if pairs > 3 and high > 0.6 * pairs and low < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs > 3 and low > 0.6 * pairs and high < 0.05 * pairs else None


def _guess(sample: bytes) -> str:
    """Western text has few letters beyond ASCII, so few that statistics cannot tell its code pages apart."""
    wide = _wide(sample)
    if wide:
        return wide
    if sum(byte > 0x7F for byte in sample) < len(sample) // 3:
        return "cp1252"
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found else "cp1252"
