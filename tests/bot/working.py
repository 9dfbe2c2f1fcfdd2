"""The bot at work against a Bot API server, for every test that sees it from a person's side."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from bot.settings import Settings
from bot.telegram_front import Front
from bot.telegram_limits import Rates
from store import Store
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server
from tests.telegram_server.world import World

ADMIN, READER, GROUP = 7, 8, -1001234


@asynccontextmanager
async def at_work(server: Server, path: Path, rates: Rates | None = None, **more: object) -> AsyncIterator[Store]:
    """The real application on a store, with further settings; it must end well."""
    settings = Settings(token=TOKEN, admins=frozenset({ADMIN}), store=path, api_url=server.url, **more)  # type: ignore[arg-type]
    with Store.open(path) as store:
        work = asyncio.create_task(Front(settings, store, rates).answer())
        yield store
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


async def told(person: Person, world: World, tap: str) -> str:
    """What is shown to whoever tapped, once the tap is closed."""
    await person.waits(partial(world.taps.get, tap))
    return str((world.taps[tap] or {}).get("text", ""))
