"""The loop that the front runs on, and that it can do without the one it prefers."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import closing

import pytest

from bot import event_loop


def test_the_clock_is_ours() -> None:
    """Moments of the limits are told by the monotonic clock, and waited for by the loop's: they have to be one."""
    with closing(event_loop.new()) as loop:
        assert abs(loop.time() - time.monotonic()) < 0.1


def test_where_it_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system without uvloop the bot runs on Python's own loop; with it, on that."""
    with closing(event_loop.new()) as loop:
        assert type(loop).__module__ == ("asyncio.windows_events" if sys.platform == "win32" else "uvloop")
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with closing(event_loop.new()) as loop:
        assert isinstance(loop, asyncio.BaseEventLoop)
