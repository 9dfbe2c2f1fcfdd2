"""Whatever is sent to it, the server answers: with a result of the right type, or with a refusal."""

from __future__ import annotations

import random
from typing import Any

import aiohttp

from tests.telegram_server import schema
from tests.telegram_server.methods import METHODS
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, running

CALLS = 1000
VALUES: list[Any] = [
    *(8, -100, 1, 0, -1, 10**30, 1.5, True, None, "", "x", "8", "tap", "attach://x", "<b>x</b>", "\ud800", "\0"),
    *("HTML", [], {}, [1], [[1]], {"type": "default"}, {"type": "chat", "chat_id": 8}),
    {"message_id": 1, "quote": "hi"},
    {"inline_keyboard": [[{"text": "x", "url": "http://[x"}]]},
    {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
    [{"type": "bold", "offset": -1, "length": 10**12}],
    [{"command": "a", "description": "b"}],
    [{"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "x"}}],
    {"type": "photo", "media": "attach://x"},
]  # fmt: skip
USUAL = {"chat_id": 8, "text": "x", "message_id": 1}
LEFT_OUT = {"getUpdates", "setWebhook"}  # which wait for something


async def test_nonsense() -> None:
    """A thousand calls with whatever values: none breaks the server, which would fail the test at its end."""
    chance = random.Random(8)
    statuses = set()
    async with running() as server, aiohttp.ClientSession() as session:
        await Person(server.world, 8).writes("hi")
        await Person(server.world, 8, group=-100, forum=True).writes("/x")
        server.world.taps["tap"] = None
        for _ in range(CALLS):
            name = chance.choice([each.name for each in METHODS.values() if each.name not in LEFT_OUT])
            fields = list(schema.model(name).model_fields)
            values = {field: chance.choice(VALUES) for field in fields if chance.random() < 0.35}
            values |= {field: value for field, value in USUAL.items() if field in fields and chance.random() < 0.7}
            async with session.post(f"{server.url}/bot{TOKEN}/{name}", json=values) as response:
                statuses.add(response.status)
    assert {200, 400} <= statuses <= {200, 400, 403}
