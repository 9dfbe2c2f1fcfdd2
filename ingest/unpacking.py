"""Unpacks what a server sends piece by piece, so that a small answer cannot become a large one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from ingest.errors import IngestError

STEP_BYTES = 1 << 16


class Body:
    """The decoded body of one answer, refused as soon as it grows beyond the limit."""

    def __init__(self, encoding: str, limit: int) -> None:
        """``encoding`` as the header has it; ``limit`` in bytes. Raises IngestError for an unknown encoding."""
        self._limit = limit
        self._unpacker = _unpacker(encoding.strip().lower())
        self._got = bytearray()

    def add(self, chunk: bytes) -> None:
        """One more piece as it came. Raises IngestError when it is broken or the body too large."""
        try:
            for piece in self._unpacker.pieces(chunk):
                self._got += piece
                if len(self._got) > self._limit:
                    self._got.clear()
                    raise IngestError(f"It is larger than {self._limit // 1_000_000} MB.")
        except (zlib.error, brotli.error) as error:
            raise IngestError("What the site sent is broken.") from error

    def whole(self) -> bytes:
        """All that came."""
        return bytes(self._got)


class _Unpacker(Protocol):
    def pieces(self, chunk: bytes) -> Iterator[bytes]: ...


class _Plain:
    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk


class _Zip:
    def __init__(self) -> None:
        self._inflate = self._member()

    def _member(self) -> zlib._Decompress:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # finds out itself whether gzip or zlib

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            yield self._inflate.decompress(chunk, STEP_BYTES)
            chunk = self._inflate.unconsumed_tail or self._inflate.unused_data
            if self._inflate.eof:  # gzip allows several members, one after the other
                self._inflate = self._member()


class _Brotli:
    def __init__(self) -> None:
        self._inflate = brotli.Decompressor()

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield self._inflate.process(chunk, output_buffer_limit=STEP_BYTES)
        while not self._inflate.can_accept_more_data():
            yield self._inflate.process(b"", output_buffer_limit=STEP_BYTES)


def _unpacker(encoding: str) -> _Unpacker:
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Zip()
    if encoding == "br":
        return _Brotli()
    raise IngestError("The site sent it packed in a way that was not asked for.")
