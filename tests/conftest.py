"""Sets how property tests search, the same each time in continuous integration; and the event loops tests run on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, settings

from bot import event_loop

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The front's own loop for the front; for what fetches both that it may run on, as each opens sockets its way."""
    match item.path.parent.name:
        case "bot":
            return {"ours": event_loop.new}
        case "ingest":
            return {"asyncio": asyncio.new_event_loop, "ours": event_loop.new}
    return {"asyncio": asyncio.new_event_loop}
