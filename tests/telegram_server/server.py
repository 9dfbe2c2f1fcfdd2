"""The HTTP side: real requests on loopback, answered as the Bot API answers them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.telegram_server import methods
from tests.telegram_server.errors import ApiError
from tests.telegram_server.floods import Floods
from tests.telegram_server.methods.table import Values
from tests.telegram_server.world import Json, World

TOKEN = "4242:AAtest-TOKEN_for-tests"
WORLD = web.AppKey("world", World)
EXPECTED = web.AppKey("expected", str)
Broken = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
BROKEN: web.AppKey[Broken] = web.AppKey("broken")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    world: World


@asynccontextmanager
async def running(
    token: str = TOKEN,
    port: int = 0,
    *,
    floods: bool = False,
    judged: bool = True,
    delay: float = 0.0,
    broken: Broken | None = None,
) -> AsyncIterator[Server]:
    """Serve one bot on loopback, on a free port where none is given.

    ``floods`` turns the limits of the rate on; ``judged=False`` leaves the schema out, for benches; ``delay`` is the
    seconds that each call takes; ``broken`` may answer a request in the server's place, with whatever a bad network or
    a bad day of Telegram's would. Raises, at the end, what the server itself did wrong.
    """
    world = World(floods=Floods() if floods else None, judged=judged, delay=delay)
    app = web.Application(client_max_size=80_000_000)
    app[WORLD], app[EXPECTED], app[BROKEN] = world, token, broken or _whole
    app.router.add_route("*", "/bot{token}/{method}", _on_call)
    app.router.add_get("/file/bot{token}/documents/{file_id}", _on_file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield Server(f"http://127.0.0.1:{runner.addresses[0][1]}", world)
    finally:
        await world.webhook.end()
        await runner.cleanup()
    if world.faults:
        raise world.faults[0]


async def _whole(request: web.Request) -> None:
    """Nothing is broken."""


async def _on_call(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if (instead := await request.app[BROKEN](request)) is not None:
        return instead
    try:
        _check(request)
        result = await methods.call(world, request.match_info["method"], await _values(request))
    except ApiError as error:
        refusal: Json = {"ok": False, "error_code": error.code, "description": error.description}
        return web.json_response(
            refusal | ({"parameters": error.parameters} if error.parameters else {}), status=error.code
        )
    except Exception as fault:
        world.faults.append(fault)
        raise
    return web.json_response({"ok": True, "result": result})


async def _on_file(request: web.Request) -> web.StreamResponse:
    if (instead := await request.app[BROKEN](request)) is not None:
        return instead
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


async def _values(request: web.Request) -> Values:
    """Parameters from the address, from a form, from parts, or from JSON."""
    given: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        given |= await _json(request)
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                given[name] = value
    return Values(given, files)


async def _json(request: web.Request) -> Json:
    try:
        found = await request.json()
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse request: invalid JSON") from None
    if not isinstance(found, dict):
        raise ApiError(400, "Bad Request: can't parse request: an object is expected")
    return found
