"""Fetches a link for somebody else, so it trusts neither the link nor what answers it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

import aiohttp
from yarl import URL

from ingest.addresses import Allowed, Guard, is_public
from ingest.errors import IngestError
from ingest.unpacking import Body
from ingest.worker import Work

MOST_REDIRECTS = 5
LIMIT_SECONDS = 20.0
LARGEST_BODY_BYTES = 5_000_000
LONGEST_LINK = 4_000
NAME = "news-discussion-bot"
AGENT = f"{NAME}/0.1 (reads articles on request and the feeds that its admins follow)"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    DOCX: ".docx",
}
FEED_KINDS = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/feed+json",
        "application/json",
        "text/x-opml",
        "text/x-opml+xml",
        "application/x-opml",
    )
)
"""What feeds come as, beside the types of pages, which many servers wrongly give them."""

FEED_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PERMANENT = frozenset((301, 308))
_SENT_ON = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link gave: the address that answered in the end, the decoded body, and what the server calls it."""

    url: str
    content: bytes
    media_type: str
    charset: str | None

    def work(self) -> Work:
        """The same as work for the reading process."""
        suffix = KINDS.get(self.media_type, ".html")
        if suffix == ".html":
            return Work(kind="html", content=self.content, source=self.url, url=self.url, charset=self.charset)
        return Work(kind="file", name=f"link{suffix}", content=self.content, source=self.url, url=self.url)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, of whatever status; ``page`` is empty unless that is 200.

    ``moved`` is where the link has gone for good (301, 308), None where it has not. Names in ``headers`` are in
    small letters, values as they were sent.
    """

    status: int
    page: Fetched
    headers: Mapping[str, str]
    moved: str | None = None

    def checked(self) -> Fetched:
        """The page. Raises IngestError for any status but 200."""
        if self.status != HTTPStatus.OK:
            raise IngestError(f"The site answered {_status(self.status)}.")
        return self.page


Before = Callable[[URL], Awaitable[None]]
"""Called ahead of each request, redirects included; may wait, or raise IngestError to forbid it."""


async def fetch(link: str, *, kinds: Collection[str] = frozenset(KINDS), allowed: Allowed = is_public) -> Fetched:
    """Fetch a link. ``kinds`` are the media types wanted; only tests give another ``allowed``.

    Raises IngestError with one sentence for whoever asked. At most 5 redirects, 20 seconds in all, 5 MB of
    decoded body, http and https, and no address that is not public, whatever its spelling or the redirect.
    """
    return (await ask(link, kinds=kinds, allowed=allowed)).checked()


async def ask(
    link: str,
    *,
    kinds: Collection[str] | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
    before: Before | None = None,
    allowed: Allowed = is_public,
) -> Response:
    """The same with whatever status; ``kinds`` None takes every type. ``headers`` are sent beside our own.

    What ``before`` waits does not count as the site's time.
    """
    guard = Guard(allowed)
    try:
        async with asyncio.timeout(LIMIT_SECONDS) as limit:
            return await _follow(_parsed(link), guard, _Asked(kinds, headers, before, limit))
    except TimeoutError as error:
        raise IngestError(f"The site did not answer within {LIMIT_SECONDS:g} seconds.") from error
    except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as error:
        raise IngestError(_sentence(error, guard)) from error


@dataclass(frozen=True, slots=True)
class _Asked:
    kinds: Collection[str] | None
    headers: Mapping[str, str]
    before: Before | None
    limit: asyncio.Timeout

    async def wait(self, url: URL) -> None:
        """What is to be done ahead of a request, outside the time limit."""
        left = (self.limit.when() or 0.0) - asyncio.get_running_loop().time()
        if self.before is not None:
            self.limit.reschedule(None)
            await self.before(url)
            self.limit.reschedule(asyncio.get_running_loop().time() + left)


def _parsed(link: str) -> URL:
    try:
        url = URL(link.strip())
        valid = len(link) <= LONGEST_LINK and bool(url.host) and url.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise IngestError("This is not a link that can be opened.")
    if url.scheme not in ("http", "https"):
        raise IngestError("Only http and https links can be opened.")
    if url.user is not None or url.password is not None:
        raise IngestError("A link with a name or a password in it is not opened.")
    return url.with_fragment(None)


async def _follow(url: URL, guard: Guard, asked: _Asked) -> Response:
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(socket_factory=guard.socket, use_dns_cache=False, limit=2)
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=connector, trust_env=False, auto_decompress=False, headers=_HEADERS)
        )
        moved, for_good = None, True
        for _ in range(MOST_REDIRECTS + 1):
            await asked.wait(url)
            async with session.get(url, allow_redirects=False, headers=asked.headers) as answer:
                if answer.status not in _SENT_ON or "Location" not in answer.headers:
                    named = {name.lower(): value for name, value in reversed(tuple(answer.headers.items()))}
                    return Response(answer.status, await _read(answer, asked.kinds), named, moved)
                url = _parsed(str(url.join(URL(answer.headers["Location"]))))
                for_good = for_good and answer.status in _PERMANENT
                moved = str(url) if for_good else moved
    raise IngestError(f"The site sent the bot on more than {MOST_REDIRECTS} times.")


_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "en, *;q=0.5",
}


async def _read(answer: aiohttp.ClientResponse, kinds: Collection[str] | None) -> Fetched:
    media_type = answer.content_type if "Content-Type" in answer.headers else "text/html"
    if answer.status != HTTPStatus.OK:
        return Fetched(str(answer.url), b"", media_type, None)
    if kinds is not None and media_type not in kinds:
        raise IngestError(f"It is no article page but {media_type[:60]}.")
    body = Body(answer.headers.get("Content-Encoding", ""), LARGEST_BODY_BYTES)
    if (answer.content_length or 0) > LARGEST_BODY_BYTES:
        raise IngestError(f"It is larger than {LARGEST_BODY_BYTES // 1_000_000} MB.")
    async for chunk in answer.content.iter_any():
        body.add(chunk)
    return Fetched(str(answer.url), body.whole(), media_type, answer.charset)


def _status(code: int) -> str:
    try:
        return f"{code} ({HTTPStatus(code).phrase})"
    except ValueError:
        return str(code)


def _sentence(error: Exception, guard: Guard) -> str:
    if guard.refused:
        return "The link leads to an address that is not on the public internet."
    if isinstance(error, (aiohttp.InvalidURL, ValueError)):
        return "This is not a link that can be opened."
    if isinstance(error, aiohttp.ClientSSLError):
        return "The site's certificate is not valid."
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, socket.gaierror):
        return "No site of that name was found."
    broken = (aiohttp.ClientPayloadError, aiohttp.ClientConnectionResetError)
    if isinstance(error, (aiohttp.ClientConnectorError, OSError)) and not isinstance(error, broken):
        return "The site could not be reached."
    return "What the site sent is broken."
