"""The HTTP side: real requests on loopback, answered as the Bot API answers them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.telegram_server import methods
from tests.telegram_server.world import ApiError, Json, World

TOKEN = "4242:AAtest-TOKEN_for-tests"
WORLD = web.AppKey("world", World)
EXPECTED = web.AppKey("expected", str)
_TEXTS = frozenset({"text", "parse_mode", "action", "callback_query_id", "file_id", "url", "caption", "language_code"})


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    world: World


@asynccontextmanager
async def running(token: str = TOKEN, port: int = 0) -> AsyncIterator[Server]:
    """Serve one bot on loopback, on a free port where none is given."""
    world = World()
    app = web.Application(client_max_size=60_000_000)
    app[WORLD], app[EXPECTED] = world, token
    app.router.add_route("*", "/bot{token}/{method}", _on_call)
    app.router.add_get("/file/bot{token}/documents/{file_id}", _on_file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield Server(f"http://127.0.0.1:{runner.addresses[0][1]}", world)
    finally:
        await runner.cleanup()


async def _on_call(request: web.Request) -> web.Response:
    try:
        _check(request)
        result = await methods.call(request.app[WORLD], request.match_info["method"], await _values(request))
    except ApiError as error:
        refusal: Json = {"ok": False, "error_code": error.code, "description": error.description}
        return web.json_response(
            refusal | ({"parameters": error.parameters} if error.parameters else {}), status=error.code
        )
    return web.json_response({"ok": True, "result": result})


async def _on_file(request: web.Request) -> web.Response:
    try:
        _check(request)
    except ApiError:
        return web.Response(status=404)
    found = request.app[WORLD].files.get(request.match_info["file_id"])
    return web.Response(status=404) if found is None else web.Response(body=found[1])


def _check(request: web.Request) -> None:
    token = request.match_info["token"]
    if token != request.app[EXPECTED]:
        raise ApiError(401, "Unauthorized") if ":" in token else ApiError(404, "Not Found")


async def _values(request: web.Request) -> Json:
    """Parameters from a form, from parts, or from JSON; objects may be JSON inside a string."""
    if request.content_type == "application/json":
        given: Json = await request.json()
    else:
        form = await request.post()
        given = {
            name: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
            for name, value in form.items()
        }
    return {name: _plain(name, value) for name, value in given.items()}


def _plain(name: str, value: object) -> object:
    if name in _TEXTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
