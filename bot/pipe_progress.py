"""How far the batch command is, on a terminal's error stream only, so that files and logs stay clean."""

from __future__ import annotations

import sys
import time
from types import TracebackType

EVERY_SECONDS = 0.2
ERASE = "\r\x1b[K"


class Progress:
    """A line such as "1,204 lines · 3.1 MB · 48 lines/s", drawn again at most five times a second."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._shares_screen = self._shown and sys.stdout.isatty()
        self._began = self._drawn = time.monotonic()
        self._lines = self._bytes = 0

    def __enter__(self) -> Progress:
        return self

    def step(self, size: int) -> None:
        """One more line of ``size`` bytes was answered."""
        self._lines += 1
        self._bytes += size
        if self._shown and time.monotonic() - self._drawn >= EVERY_SECONDS:
            self._drawn = time.monotonic()
            self._draw("")

    def clear(self) -> None:
        """Make room where the answers go to the same screen."""
        if self._shares_screen:
            sys.stderr.write(ERASE)
            sys.stderr.flush()

    def _draw(self, end: str) -> None:
        rate = self._lines / max(time.monotonic() - self._began, 1e-9)
        sys.stderr.write(f"{ERASE}{self._lines:,} lines · {self._bytes / 1e6:,.1f} MB · {rate:,.1f} lines/s{end}")
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._draw("\n")
