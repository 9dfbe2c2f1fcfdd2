"""The batch command: JSON lines in, JSON lines out, in order, so that anyone can run the analysis over own files."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from bot import pipe_lines


class NotBuiltIn(Exception):
    """The step cannot run here; the message is one plain sentence."""


def _reader() -> Any:
    analysis = importlib.import_module("analysis")
    if not hasattr(analysis, "read"):
        raise NotBuiltIn("analysis.read is not there yet.")
    return analysis.read


def _answer(read: Any, raw: bytes) -> bytes:
    try:
        line = pipe_lines.parse(raw)
        return pipe_lines.dump(line.head | pipe_lines.reading_row(line.text, read(line.text)))
    except pipe_lines.LineError as error:
        return pipe_lines.failure(error)


def _lines(source: BinaryIO) -> Iterator[bytes]:
    for line in source:
        yield line.rstrip(b"\r\n")


def run(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer each line of ``source`` on ``sink``."""
    read = _reader()
    lines: Iterable[bytes] = _lines(source)
    for raw in lines:
        sink.write(_answer(read, raw))
        sink.flush()
