"""Logs that never hold a token, and in a terminal never a trace."""

from __future__ import annotations

import logging
import sys
import traceback
from functools import cache
from pathlib import Path
from urllib.parse import quote

from bot import quick_json
from bot.settings import Settings

HIDDEN = "<token>"
MOST_FRAMES = 6
NOISY = ("httpx", "httpcore", "aiohttp", "asyncio", "telegram", "apscheduler")


def redact(text: str, token: str | None) -> str:
    """The text without the token, without the secret part of it, and without its spelling in an address."""
    if token:
        for part in _parts(token):
            text = text.replace(part, HIDDEN)
    return text


@cache
def _parts(token: str) -> tuple[str, ...]:
    return tuple(part for part in (token, quote(token, safe=""), token.partition(":")[2]) if part)


def told(error: BaseException | None) -> dict[str, str]:
    """What the log says of an error: its kind and where it arose, and words only where they are Telegram's own.

    Other words may hold what somebody wrote.
    """
    if error is None:
        return {}
    from telegram.error import TelegramError

    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    where = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
    words = {"words": str(error)} if isinstance(error, TelegramError) else {}
    return {"error": type(error).__name__, "where": where, **words}


class Redacted(logging.Formatter):
    """Another formatter's lines, with the token taken out of all of them, traces too."""

    def __init__(self, inner: logging.Formatter, token: str | None) -> None:
        super().__init__()
        self._inner = inner
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return redact(self._inner.format(record), self._token)


class OneLine(logging.Formatter):
    """For a person at a terminal: what went wrong in one line."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        """No trace at all."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """One line, with the kind of error where there is one."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname.lower()}: {record.getMessage()}{f' ({kind})' if kind else ''}".replace("\n", " ")


def for_terminal(settings: Settings) -> None:
    """Log warnings of our own to standard error, a line each; whole traces only at BOT_LOG=debug."""
    debug = settings.log == "debug"
    inner = logging.Formatter("%(levelname)s %(name)s: %(message)s") if debug else OneLine()
    _install(Redacted(inner, settings.token), logging.DEBUG if debug else logging.WARNING)


def for_service(settings: Settings) -> None:
    """Log through structlog to standard error: a line of text on a terminal, else of JSON."""
    import structlog

    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if as_text
        else structlog.processors.JSONRenderer(lambda line, **_: quick_json.to_keep(line))
    )
    level = getattr(logging, settings.log.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [] if as_text else [structlog.processors.format_exc_info]

    def redacted(_: object, __: str, line: structlog.typing.EventDict) -> str:
        return redact(str(line), settings.token)

    structlog.configure(  # ours go straight to the stream: a line an update is too many for the way round by logging
        processors=[*shared, *last, renderer, redacted],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    foreign = [*shared, structlog.stdlib.add_logger_name]
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=foreign, processors=[meta, *last, renderer])
    _install(Redacted(formatter, settings.token), level)


def _install(formatter: logging.Formatter, level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in NOISY:  # at lower levels they log addresses with the token in them, and what people write
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
