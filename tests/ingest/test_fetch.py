"""Fetching links, against a real server on loopback that only these tests may reach."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import socket
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from ingest import fetch as module
from ingest.addresses import Address
from ingest.errors import IngestError
from ingest.fetch import Fetched, fetch

ROOT = Path(__file__).parents[2]
HOME = ipaddress.ip_address("127.0.0.1")
PAGE = "<html><body><p>“We lost,” Joel Adler said.</p></body></html>"


def only_home(address: Address) -> bool:
    """What these tests may reach: the one address that the server listens on."""
    return address == HOME


@dataclass
class Site:
    """A server whose answers a test sets; ``seen`` are the paths that were asked for."""

    port: int = 0
    seen: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None

    def link(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """A link to it, under any spelling of its host."""
        return f"http://{host}:{self.port}{path}"

    def gives(self, body: bytes | str = PAGE, status: int = 200, **headers: str) -> None:
        """What it answers from now on."""
        content = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": "text/html; charset=utf-8"} | {key.replace("_", "-"): headers[key] for key in headers}

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(body=content, status=status, headers=named)

        self.answer = answer


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A running server."""
    made = Site()
    made.gives()

    async def handle(request: web.Request) -> web.StreamResponse:
        made.seen.append(request.path)
        made.heads.append(dict(request.headers))
        assert made.answer is not None
        return await made.answer(request)

    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", handle)
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    made.port = server.port or 0
    yield made
    await server.close()


async def refusal(link: str, **options: Any) -> str:
    """The sentence with which a link is refused."""
    with pytest.raises(IngestError) as error:
        await fetch(link, **({"allowed": only_home} | options))
    return str(error.value)


async def test_a_page(site: Site) -> None:
    """The body, the address that answered, its type and its character set come back; nothing private is sent."""
    assert await fetch(site.link("/a?b=1#c"), allowed=only_home) == Fetched(
        site.link("/a?b=1"), PAGE.encode(), "text/html", "utf-8"
    )
    assert not {"Cookie", "Authorization", "Referer"} & set(site.heads[0])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "0",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "169.254.169.254",
        "224.0.0.1",
    ],
)
async def test_no_spelling_reaches_the_machine_itself(site: Site, host: str) -> None:
    """With the guard as it is used, a server that really listens on loopback never hears of the link."""
    with pytest.raises(IngestError) as error:
        await fetch(site.link(host=host))
    assert str(error.value) in (
        "The link leads to an address that is not on the public internet.",
        "This is not a link that can be opened.",
        "No site of that name was found.",
    )
    assert site.seen == []


async def test_a_name_that_changes_its_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when first looked up and private afterwards is judged by what is connected to."""
    answers = iter(["127.0.0.1", "10.0.0.1"])

    loop = asyncio.get_running_loop()
    truly = loop.getaddrinfo

    async def look_up(host: str, port: int, **options: Any) -> list[Any]:
        if host != "changes.example":  # one loop looks numbers up too, when it connects
            return await truly(host, port, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(loop, "getaddrinfo", look_up)
    assert (await fetch(site.link(host="changes.example"), allowed=only_home)).content == PAGE.encode()
    assert "public internet" in await refusal(site.link(host="changes.example"))


@pytest.mark.parametrize("target", ["http://0.0.0.0:{port}/x", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]:{port}/"])
async def test_a_redirect_is_guarded_as_the_link_was(site: Site, target: str) -> None:
    """A public page cannot send the bot to a private one."""
    site.gives(status=302, Location=target.format(port=site.port))
    assert "public internet" in await refusal(site.link())
    assert site.seen == ["/"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "data:,x"])
async def test_a_redirect_to_another_scheme(site: Site, target: str) -> None:
    """Only http and https are followed."""
    site.gives(status=301, Location=target)
    assert await refusal(site.link()) in (
        "Only http and https links can be opened.",
        "This is not a link that can be opened.",
    )


async def test_redirects_are_followed_and_counted(site: Site) -> None:
    """Five redirects are followed, relative ones too; a sixth is not."""

    async def answer(request: web.Request) -> web.StreamResponse:
        step = int(request.path.strip("/") or 0)
        if step == 5:
            return web.Response(text=PAGE, content_type="text/html")
        return web.Response(status=307, headers={"Location": f"../{step + 1}"})

    site.answer = answer
    assert (await fetch(site.link("/0"), allowed=only_home)).url == site.link("/5")
    assert await refusal(site.link("/-1")) == "The site sent the bot on more than 5 times."


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("", "This is not a link that can be opened."),
        ("http://", "This is not a link that can be opened."),
        ("http://[::1", "This is not a link that can be opened."),
        ("http://a:b:c/", "This is not a link that can be opened."),
        ("http://example.com:0/", "This is not a link that can be opened."),
        ("http://example.com:99999/", "This is not a link that can be opened."),
        ("http://" + "a" * 5000 + "/", "This is not a link that can be opened."),
        ("http://" + "a" * 300 + "/", "This is not a link that can be opened."),
        ("ftp://example.com/", "Only http and https links can be opened."),
        ("file:///etc/passwd", "This is not a link that can be opened."),
        ("javascript:alert(1)", "This is not a link that can be opened."),
        ("http://me:secret@example.com/", "A link with a name or a password in it is not opened."),
        ("http://no-such-host.invalid/", "No site of that name was found."),
    ],
)
async def test_odd_links(link: str, sentence: str) -> None:
    """What is no link to a page is one plain sentence, without a connection."""
    assert await refusal(link) == sentence


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "br"])
async def test_packed_pages(site: Site, encoding: str) -> None:
    """What servers pack is unpacked."""
    pack = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding]
    site.gives(pack(PAGE.encode()), Content_Encoding=encoding or "identity")
    assert (await fetch(site.link(), allowed=only_home)).content == PAGE.encode()


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_broken_packing(site: Site, encoding: str) -> None:
    """What cannot be unpacked is refused."""
    site.gives(b"\x07 this is not packed at all", Content_Encoding=encoding)
    assert await refusal(site.link()) == "What the site sent is broken."


async def test_unknown_packing(site: Site) -> None:
    """What was not asked for is refused."""
    site.gives(Content_Encoding="gzip, gzip")
    assert "packed" in await refusal(site.link())


@pytest.mark.parametrize("stated", [True, False])
async def test_size(site: Site, stated: bool) -> None:
    """Five megabytes are the end, whether the server says the size or not."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if stated:
            return web.Response(body=b"x" * 5_000_001, content_type="text/html")
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"x" * 100_000)
        return response

    site.answer = answer
    assert await refusal(site.link()) == "It is larger than 5 MB."


async def test_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends a byte now and then does not hold the bot beyond the limit."""
    monkeypatch.setattr(module, "LIMIT_SECONDS", 0.3)

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"x")
            await asyncio.sleep(0.05)
        return response

    site.answer = answer
    begun = asyncio.get_running_loop().time()
    assert await refusal(site.link()) == "The site did not answer within 0.3 seconds."
    assert asyncio.get_running_loop().time() - begun < 2


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4", "application/octet-stream", "application/zip"])
async def test_media_types(site: Site, media_type: str) -> None:
    """Pictures and programs are not read."""
    site.gives(Content_Type=media_type)
    assert await refusal(site.link()) == f"It is no article page but {media_type}."


@pytest.mark.parametrize(("status", "said"), [(404, "404 (Not Found)"), (500, "500 (Internal Server Error)")])
async def test_statuses(site: Site, status: int, said: str) -> None:
    """A missing page is not an article about a missing page."""
    site.gives(status=status)
    assert await refusal(site.link()) == f"The site answered {said}."


async def test_rubbish_instead_of_http() -> None:
    """A server that talks something else is one plain sentence."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH\r\n" * 50)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert await refusal(f"http://127.0.0.1:{port}/") == "What the site sent is broken."
        assert "site" in await refusal(f"https://127.0.0.1:{port}/")
    assert await refusal(f"http://127.0.0.1:{port}/") == "The site could not be reached."


async def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect for the bot, past the guard."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert (await fetch(site.link(), allowed=only_home)).content == PAGE.encode()


async def test_as_work(site: Site) -> None:
    """What was fetched goes to the reading process with its link and as what the server calls it."""
    work = (await fetch(site.link("/a"), allowed=only_home)).work()
    assert (work.kind, work.url, work.charset) == ("html", site.link("/a"), "utf-8")
    assert Fetched("http://a.example/b", b"%PDF", "application/pdf", None).work().name.endswith(".pdf")


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_bombs(encoding: str) -> None:
    """Four hundred megabytes that come packed small are refused, with less than 20 MB of memory spent on it."""
    command = [sys.executable, "-m", "tests.ingest.bombs", encoding]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    grown, sentence = done.stdout.strip().split(" ", 1)
    assert sentence == "It is larger than 5 MB."
    assert int(grown) < 20_000_000
