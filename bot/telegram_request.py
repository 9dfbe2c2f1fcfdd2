"""Requests to the Bot API over aiohttp, which keeps its speed under load where the stock transport slows down."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

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
        self._uses_proxy = not _is_this_machine(api_url)
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
                trust_env=self._uses_proxy,
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
        timeout = aiohttp.ClientTimeout(
            total=_sum(writing, reading) if method == "POST" else None,
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            connect=_sum(_seconds(pool_timeout, POOL_SECONDS), _seconds(connect_timeout, CONNECT_SECONDS)),
            sock_read=reading,
        )
        try:
            body, headers = _body(request_data)
            async with self._session.request(method, url, data=body, timeout=timeout, headers=headers) as response:
                return response.status, self._harmless(method, response.status, await response.read())
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(redact(f"{type(error).__name__}: {error}", self._token)) from None

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
        return json.dumps(data.parameters, ensure_ascii=False).encode("utf-8", "replace"), JSON
    form = aiohttp.FormData(quote_fields=False, charset="utf-8")
    for name, value in data.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form, PLAIN


def _seconds(given: Seconds, usual: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else usual


def _sum(*seconds: float | None) -> float | None:
    return None if None in seconds else sum(each for each in seconds if each is not None)


def _is_this_machine(url: str) -> bool:
    """Whether an address is on this machine, so that no proxy stands between."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
