"""The text of a saved e-mail message: a newsletter, or an article that somebody sent on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ingest.encoding import decode, tidy
from ingest.errors import IngestError

LEAST_TEXT = 200
_SENT_ON = re.compile(r"^(?:(?:fwd?|re|aw|wg)\s*:\s*)+", re.I)
_HEADS = re.compile(
    r"^[ \t]*(?:-{2,}|_{2,})?[ \t]*(?:begin forwarded message|forwarded message|original message)[^\n]*\n"
    r"(?:[ \t]*\n)*(?:[ \t]*\*?(?:from|to|cc|date|sent|subject|reply-to)\*?:[^\n]*\n)+",
    re.I | re.M,
)
_SIGNATURE = re.compile(r"^-- \n.*\Z", re.DOTALL | re.M)
_QUOTE = re.compile(r"^(?:> ?)+", re.M)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message holds; ``published`` is known of newsletters only, which appear when they are sent."""

    subject: str
    text: str
    page: str
    published: datetime | None


def letter_of(content: bytes) -> Letter:
    """Subject and body of a message, ``page`` where that is HTML alone. Raises IngestError."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        return _letter(message)
    except IngestError:
        raise
    except Exception as error:  # the parser of headers raises whatever a malformed one makes it stumble over
        raise IngestError("It is not an e-mail message that can be opened.") from error


def _letter(message: EmailMessage) -> Letter:
    plain, page = (_part(message, kind) for kind in ("plain", "html"))
    if len(plain.strip()) < LEAST_TEXT and page.strip():
        plain = ""
    elif plain:
        page = ""
    subject = _SENT_ON.sub("", tidy(str(message.get("Subject", ""))).strip())
    return Letter(subject, _bare(plain), page, _sent(message))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if not isinstance(part, EmailMessage):
        return ""
    raw = part.get_payload(decode=True)
    return decode(raw, part.get_content_charset()) if isinstance(raw, bytes) else ""


def _bare(text: str) -> str:
    """Without the heads of forwarding and what is written over them, the marks of quoting and the signature."""
    whole = _SIGNATURE.sub("", _QUOTE.sub("", text))
    head = _HEADS.search(whole)
    if head is not None and head.start() < len(whole) - head.end():
        whole = whole[head.end() :]
    return _HEADS.sub("\n", whole)


def _sent(message: EmailMessage) -> datetime | None:
    if not any(name in message for name in ("List-Id", "List-Unsubscribe")):
        return None
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return sent.replace(tzinfo=sent.tzinfo or UTC)
