"""The event loop that the Telegram front runs on: uvloop, as each request costs less there, where that can be had."""

from __future__ import annotations

import asyncio


def new() -> asyncio.AbstractEventLoop:
    """A loop of uvloop's; of asyncio's own on systems that uvloop is not made for."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
