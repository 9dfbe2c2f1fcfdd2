"""The bot keeps to Telegram's rates by itself: a server that counts as Telegram does has nothing to refuse."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.telegram_front import Front
from store import Store
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, running

GROUP = -1001234


async def test_no_flood_is_ever_told(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions in bursts, in private chats and in a group: each is answered, and the rates are kept."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with running(floods=True) as server:
        settings = Settings(token=TOKEN, store=seeded, api_url=server.url)
        people = [Person(server.world, 8), Person(server.world, 9), Person(server.world, 10, group=GROUP)]
        with Store.open(seeded) as store:
            work = asyncio.create_task(Front(settings, store).answer())
            for _ in range(6):
                for person in people:
                    await person.writes("/who Putin")
            for person in people:
                assert len(await person.sees(6)) == 6
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
        assert server.world.floods is not None
        assert server.world.floods.refused <= 2  # on a busy machine two may bunch on the way; without rates it is more
