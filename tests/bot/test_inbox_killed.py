"""The bot is killed again and again under load, and loses nothing."""

from __future__ import annotations

from pathlib import Path

from bot.telegram_inbox import MOST_ATTEMPTS
from store import Store
from tests.bot.killing import kill_often
from tests.store.samples import raw
from tests.telegram_server.server import running


async def test_killed_20_times(seeded: Path) -> None:
    """Each question is answered, those of a chat in their order, or given up after three kills caught it at work."""
    async with running(judged=False) as server:
        load = await kill_often(server, seeded, 20)
    assert len(load.asked) == 160
    assert load.missing() == set()
    assert load.out_of_order() == []
    with Store.open(seeded) as store:
        assert store.inbox.counts().keys() <= {"done", "given up"}
    with raw(seeded) as db:
        attempts = [row[0] for row in db.execute("SELECT attempts FROM inbox WHERE state = 'given up'")]
    assert set(attempts) <= {MOST_ATTEMPTS}
    assert len(load.given_up()) <= len(attempts)
