"""Fetches a packed bomb in a process of its own and prints by how many bytes that made the process grow."""

from __future__ import annotations

import asyncio
import ipaddress
import resource
import sys
import zlib

import brotli  # type: ignore[import-untyped]
from aiohttp import web
from aiohttp.test_utils import TestServer

from ingest.errors import IngestError
from ingest.fetch import fetch

UNPACKED_BYTES = 400_000_000
PIECE = b"\0" * 1_000_000


def packed(encoding: str, size: int) -> bytes:
    """That many NULs, packed."""
    if encoding == "br":
        squeeze = brotli.Compressor(quality=1)
        pieces = [squeeze.process(PIECE) for _ in range(size // len(PIECE))]
        return b"".join([*pieces, squeeze.finish()])
    deflate = zlib.compressobj(1, wbits=31)
    return b"".join([*(deflate.compress(PIECE) for _ in range(size // len(PIECE))), deflate.flush()])


def peak_bytes() -> int:
    """The most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


async def main(encoding: str) -> None:
    """Serve the bomb, fetch a small page for comparison, then the bomb."""
    bodies = {"/small": packed(encoding, len(PIECE)), "/bomb": packed(encoding, UNPACKED_BYTES)}

    async def answer(request: web.Request) -> web.Response:
        head = {"Content-Type": "text/html", "Content-Encoding": encoding}
        return web.Response(body=bodies[request.path], headers=head)

    application = web.Application()
    application.router.add_get("/{name}", answer)
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    home = ipaddress.ip_address("127.0.0.1")
    await fetch(str(server.make_url("/small")), allowed=lambda address: address == home)
    before = peak_bytes()
    try:
        await fetch(str(server.make_url("/bomb")), allowed=lambda address: address == home)
    except IngestError as error:
        print(peak_bytes() - before, error)
    await server.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
