"""Requests to the Bot API over aiohttp, which keeps its speed under load where the stock transport slows down."""

from __future__ import annotations

import ipaddress
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import quick_json
from bot.logs import redact

READ_SECONDS, CONNECT_SECONDS, WRITE_SECONDS, POOL_SECONDS = 10.0, 10.0, 20.0, 30.0
FILE_WRITE_SECONDS = 60.0
CONNECTIONS = 256
PLAIN = CIMultiDictProxy(CIMultiDict({"User-Agent": BaseRequest.USER_AGENT}))
JSON = CIMultiDictProxy(CIMultiDict(PLAIN, **{"Content-Type": "application/json"}))

Seconds = object  # a float, None for "for ever", or the library's mark for "not given"


class AiohttpRequest(BaseRequest):
    """The library's transport; no error that leaves it, nor any that it was made from, holds the token."""

    def __init__(self, token: str, api_url: str, connections: int = CONNECTIONS) -> None:
        """``connections`` is how many may be open together."""
        self._token = token
        self._connections = connections
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte after which an answer is given up."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=_proxy(self._api_url),
            )

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One exchange: the status and the whole body. Raises TimedOut and NetworkError."""
        if self._session is None or self._session.closed:
            raise NetworkError("The connections to the Bot API are closed.")
        files = request_data is not None and request_data.contains_files
        writing = _seconds(write_timeout, FILE_WRITE_SECONDS if files else WRITE_SECONDS)
        reading = _seconds(read_timeout, READ_SECONDS)
        connecting, waiting = _seconds(connect_timeout, CONNECT_SECONDS), _seconds(pool_timeout, POOL_SECONDS)
        timeout = _timeout(_sum(writing, reading) if method == "POST" else None, connecting, waiting, reading)
        try:
            body, headers = _body(request_data)
            async with self._session.request(method, url, data=body, timeout=timeout, headers=headers) as response:
                return response.status, self._harmless(method, response.status, await response.read())
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(redact(f"{type(error).__name__}: {_words(error)}", self._token)) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What an answer says. Raises TelegramError."""
        try:
            found: dict[str, Any] = quick_json.read(payload)
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
        return found

    def _harmless(self, method: str, status: int, answer: bytes) -> bytes:
        """The body without the token, which a proxy or a page about an error may repeat; files are left alone."""
        right = status == 200 and (method == "GET" or b'"ok":true' in answer[:12].replace(b" ", b""))
        if right or self._token.partition(":")[2].encode() not in answer:
            return answer
        return redact(answer.decode("utf-8", "replace"), self._token).encode()


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


@dataclass(frozen=True, slots=True)
class _Json:
    """What ``do_request`` reads of a request without files."""

    parameters: Mapping[str, object]
    contains_files: bool = False


def data_of(values: Mapping[str, object]) -> RequestData:
    """The data of a request whose values are ready for JSON; the library hands it on to the transport as it is."""
    return cast("RequestData", _Json(values))


def _body(data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, Mapping[str, str]]:
    """The body of a request and its headers: JSON, or a form with parts where files are sent."""
    if data is None:
        return None, PLAIN
    if not data.contains_files:
        return quick_json.to_send(data.parameters), JSON
    form = aiohttp.FormData(quote_fields=False, charset="utf-8")
    for name, value in data.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form, PLAIN


def _seconds(given: Seconds, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else cast("float | None", given)


def _sum(*seconds: float | None) -> float | None:
    return None if None in seconds else sum(each for each in seconds if each is not None)


@lru_cache(maxsize=64)
def _timeout(
    whole: float | None, connecting: float | None, waiting: float | None, reading: float | None
) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=whole, sock_connect=connecting, connect=_sum(waiting, connecting), sock_read=reading
    )


def _words(error: Exception) -> str:
    """What an error says, without the address, where the password of a proxy may stand."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"{error.status} {error.message}"
    return str(error)


def _proxy(url: str) -> str | None:
    """The proxy that the environment names for an address.

    It is looked up once: aiohttp would for each request, in the threads that answers are worked out in.
    """
    parts = urlsplit(url)
    if _is_this_machine(url) or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)


def _is_this_machine(url: str) -> bool:
    """Whether an address is on this machine, so that no proxy stands between."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
