"""Kills the bot at 100 random moments under load, against the test server, and counts what was lost."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from store import Store  # noqa: E402
from tests.bot.killing import kill_often  # noqa: E402
from tests.telegram_server.server import running  # noqa: E402


async def measure(kills: int, each: int) -> int:
    """Kill so often, print the counts, and return how many questions were lost or answered out of order."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        async with running(judged=False) as server:
            load = await kill_often(server, path, kills, each)
        with Store.open(path) as store:
            left = store.inbox.counts()
    lost, mixed = len(load.missing()), len(load.out_of_order())
    print(f"{kills} kills in {time.monotonic() - began:.0f} s, {len(load.asked)} questions in {len(load.people)} chats")
    print(f"lost: {lost}; chats out of order: {mixed}; answered again: {load.repeated()}; inbox: {left}")
    print(f"given up, as three kills caught them at work, and told so: {len(load.given_up())}")
    return lost + mixed


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--each", type=int, default=8, help="questions while each process lives")
    given = parser.parse_args()
    sys.exit(1 if asyncio.run(measure(given.kills, given.each)) else 0)


if __name__ == "__main__":
    main()
