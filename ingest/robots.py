"""What a site's robots.txt allows (RFC 9309): articles of feeds are fetched only where sites let programs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus

from protego import Protego
from yarl import URL

from ingest.encoding import decode
from ingest.errors import IngestError
from ingest.fetch import NAME, Response

LARGEST_BYTES = 512_000
"""What is read of a file; RFC 9309, section 2.5, asks for at least 500 KiB."""

KEPT = timedelta(days=1)
"""For how long an answer holds (RFC 9309, section 2.4)."""

KEPT_UNREACHABLE = timedelta(hours=1)
"""After this time a site that could not be asked is asked again."""

GIVEN_UP = timedelta(days=30)
"""A site whose robots.txt cannot be had for so long is taken to have none (RFC 9309, section 2.3.1.4)."""

LONGEST_DELAY_SECONDS = 60.0
NOT_REACHED = "The site's robots.txt could not be had, so its pages are not fetched."


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host said: ``text`` of its file, empty for no rules, None where it could not be asked.

    ``asked_at`` is the last time that it was asked, ``failing_since`` the first time in a row that it failed.
    """

    text: str | None
    asked_at: datetime
    failing_since: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the host need not be asked again."""
        kept = KEPT if self.failing_since is None else KEPT_UNREACHABLE
        return timedelta() <= now - self.asked_at < kept

    def allows(self, link: str, now: datetime) -> bool:
        """Whether a page may be fetched. Raises IngestError where that cannot be known."""
        if self.text is None:
            if self.failing_since is None or now - self.failing_since < GIVEN_UP:
                raise IngestError(NOT_REACHED)
            return True
        return not self.text or _parsed(self.text).can_fetch(link, NAME)

    def delay(self) -> float:
        """The seconds between two requests that the host asks for, at most a minute."""
        asked = _parsed(self.text).crawl_delay(NAME) if self.text else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY_SECONDS)


def address(url: URL) -> str:
    """Where the robots.txt of a page's host is."""
    return str(url.origin() / "robots.txt")


def answered(response: Response | IngestError, before: Rules | None, now: datetime) -> Rules:
    """What an answer means. A host that cannot be asked now keeps the rules that it gave before."""
    if isinstance(response, IngestError) or response.status >= 500 or response.status == HTTPStatus.TOO_MANY_REQUESTS:
        since = before.failing_since if before and before.failing_since else now
        text = before.text if before and now - since < GIVEN_UP else None
        return Rules(text, now, since)
    if response.status != HTTPStatus.OK:
        return Rules("", now)
    return Rules(_text(response.page.content), now)


def _text(content: bytes) -> str:
    """The file without its mark of byte order, which the parser would take for a part of the first line."""
    cut = content[:LARGEST_BYTES]
    try:
        return decode(cut if len(content) <= LARGEST_BYTES else cut[: cut.rfind(b"\n") + 1])
    except IngestError:  # binary data holds no rules
        return ""


@lru_cache(maxsize=32)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
