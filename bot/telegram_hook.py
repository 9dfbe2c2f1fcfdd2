"""Takes updates that Telegram sends by itself: an HTTP server for one path, which knows Telegram by a secret."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from yarl import URL

from bot import quick_json

MOST_BYTES = 1_000_000
"""Most bytes of an update; the largest that Telegram makes are far smaller."""

READ_SECONDS = 10.0
"""Within which the whole of a request must be there."""

HEADER = "X-Telegram-Bot-Api-Secret-Token"

Json = dict[str, Any]

log = structlog.get_logger(__name__)


class Hook:
    """Serves the path of ``url`` at ``listen``, a host and a port; a proxy in front of it speaks TLS.

    ``take`` is handed each update; when it has returned, the update was kept, and Telegram is told so.
    """

    def __init__(
        self, url: str, listen: tuple[str, int], secret: str, take: Callable[[list[Json]], Awaitable[None]]
    ) -> None:
        self._path = URL(url).path
        self._listen, self._secret = listen, secret.encode()
        self._take = take
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Begin to listen; the port. Raises OSError where the address is taken."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/{path:.*}", self._on_request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._listen).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Listen no more; updates that come now stay with Telegram."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _on_request(self, request: web.Request) -> web.Response:
        if request.path != self._path:
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        return await self._kept(request)

    async def _kept(self, request: web.Request) -> web.Response:
        """Keep an update; whatever but 200 makes Telegram send it again."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                update = quick_json.read(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        try:
            await self._take([update])
        except Exception as error:  # the store is locked, or its disk is full
            log.error("an update was not kept; it will come again", kind=type(error).__name__)
            return web.Response(status=503)
        return web.Response()
