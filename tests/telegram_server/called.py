"""Calls of the Bot API by hand, for the server's own tests."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from tests.telegram_server.server import TOKEN, Server


async def call(server: Server, method: str, token: str = TOKEN, **values: Any) -> dict[str, Any]:
    """One request, as JSON, or in parts where a value is bytes; the whole answer."""
    url = f"{server.url}/bot{token}/{method}"
    sent = {"data": _form(values)} if any(isinstance(each, bytes) for each in values.values()) else {"json": values}
    async with aiohttp.ClientSession() as session, session.post(url, **sent) as response:
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] == (response.status == 200)
        assert answer["ok"] or answer["error_code"] == response.status
        return answer


def _form(values: dict[str, Any]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in values.items():
        if isinstance(value, bytes):
            form.add_field(name, value, filename=f"{name}.bin")
        else:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return form


async def result(server: Server, method: str, **values: Any) -> Any:
    """What a call that must work returns."""
    answer = await call(server, method, **values)
    assert answer["ok"], answer
    return answer["result"]
