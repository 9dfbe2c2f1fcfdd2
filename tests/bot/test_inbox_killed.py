"""The bot is killed again and again under load, and loses nothing."""

from __future__ import annotations

from pathlib import Path

from store import Store
from tests.bot.killing import kill_often
from tests.telegram_server.server import running


async def test_killed_20_times(seeded: Path) -> None:
    """Each question is answered, or told to be given up where three kills caught it, those of a chat in their order."""
    async with running(judged=False) as server:
        load = await kill_often(server, seeded, 20)
    assert len(load.asked) == 160
    assert load.missing() == []
    assert load.out_of_order() == []
    with Store.open(seeded) as store:
        left = store.inbox.counts()
    assert left.keys() <= {"done", "given up"}
    assert left.get("given up", 0) <= load.given_up() <= 4
