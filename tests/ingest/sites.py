"""A web site on loopback whose pages a test sets, and what it was asked for; only tests may reach it."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from ingest.addresses import Address

HOME = ipaddress.ip_address("127.0.0.1")


def only_home(address: Address) -> bool:
    """What these tests may reach: the one address that the server listens on."""
    return address == HOME


@dataclass
class Page:
    """One answer: for a path that has several, each is given once and the last one for ever."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class WebSite:
    """The server; ``asked`` are paths in order, ``heads`` the headers that came with each."""

    port: int = 0
    pages: dict[str, list[Page]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    def link(self, path: str = "/") -> str:
        """A link to it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def gives(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> None:
        """What a path answers from now on, after what it was set to answer before."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages.setdefault(path, []).append(Page(content, status, named))

    def now_gives(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> None:
        """The same at once."""
        self.pages.pop(path, None)
        self.gives(path, body, status=status, **headers)

    def answer(self, path: str, head: Mapping[str, str]) -> web.Response:
        """The next answer of a path."""
        self.asked.append(path)
        self.heads.append(dict(head))
        waiting = self.pages.get(path, [Page(status=404)])
        page = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        named = {"Content-Type": "text/html; charset=utf-8"} | dict(page.headers)
        return web.Response(body=page.body, status=page.status, headers=named)


@asynccontextmanager
async def running() -> AsyncIterator[WebSite]:
    """A site that listens."""
    site = WebSite()

    async def handle(request: web.Request) -> web.Response:
        return site.answer(request.path_qs, request.headers)

    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", handle)
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    site.port = server.port or 0
    try:
        yield site
    finally:
        await server.close()
