"""Settings come from the environment or the file, and every mistake in them is one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import ROOT, Settings, SettingsError, load

TOKEN = "123456:ABC-def_ghi"


@pytest.fixture
def env(tmp_path: Path) -> Path:
    """A `.env` file that does not exist yet."""
    return tmp_path / ".env"


def test_defaults(env: Path) -> None:
    """With nothing set there is no token, no admin, and the store lies in the checkout."""
    assert load({}, env) == Settings()
    assert Settings().store == ROOT / "data" / "bot.db"


def test_defaults_are_those_of_the_table(env: Path) -> None:
    """The table, which the documentation is made from, does not promise other defaults than the code has."""
    written = {setting.name: setting.default for setting in settings.SETTINGS}
    assert load(written, env) == load({}, env)


def test_examples_are_valid(env: Path) -> None:
    """Whoever uncomments a line of `.env.example` gets a setting that works."""
    for setting in settings.SETTINGS:
        assert load({setting.name: setting.example}, env) != Settings() or setting.example == setting.default


def test_all_from_the_file(env: Path) -> None:
    """Each setting of the file arrives with its own type; quotes, export, comments and a byte order mark are fine."""
    env.write_text(
        f"\ufeff# mine\nexport BOT_TOKEN='{TOKEN}'\nBOT_ADMINS=1, 22 333\nBOT_STORE=/x/y.db\n"
        "BOT_API_URL=http://localhost:8081/\nBOT_LOG=Debug\nPATH_OF_SOMETHING_ELSE=${HOME}\n"
    )
    found = load({}, env)
    assert (found.token, found.admins, found.store) == (TOKEN, frozenset({1, 22, 333}), Path("/x/y.db"))
    assert (found.api_url, found.log) == ("http://localhost:8081", "debug")


def test_environment_wins(env: Path) -> None:
    """The environment outranks the file, and an empty value there takes a setting away."""
    env.write_text(f"BOT_TOKEN={TOKEN}\nBOT_LOG=error\n")
    found = load({"BOT_TOKEN": "", "BOT_LOG": "debug"}, env)
    assert (found.token, found.log) == (None, "debug")


@pytest.mark.parametrize("name", ["BOT_TOKN", "BOT-TOKEN", "bot_token", "BOTTOKEN"])
def test_unknown_setting_in_the_file(env: Path, name: str) -> None:
    """A misspelt name is told, with the right one, and never silently passed over."""
    env.write_text(f"{name}={TOKEN}\n")
    with pytest.raises(SettingsError) as caught:
        load({}, env)
    if name != "BOT-TOKEN":
        assert str(caught.value) == f"unknown setting {name}; did you mean BOT_TOKEN?"
    assert TOKEN not in str(caught.value)


def test_unknown_setting_in_the_environment(env: Path) -> None:
    """The environment is checked in the same way; what is not ours there is left alone."""
    with pytest.raises(SettingsError, match=r"unknown setting BOT_ADMIN; did you mean BOT_ADMINS\?"):
        load({"BOT_ADMIN": "1", "ROBOT_X": "1"}, env)
    with pytest.raises(SettingsError, match="lists them all"):
        load({"BOT_X": "1"}, env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret-words"),
        ("BOT_TOKEN", "123456:abc def"),
        ("BOT_ADMINS", "@someone"),
        ("BOT_ADMINS", "-5"),
        ("BOT_ADMINS", "٣"),
        ("BOT_ADMINS", "1" * 30),
        ("BOT_API_URL", "localhost:8081"),
        ("BOT_API_URL", "ftp://host"),
        ("BOT_API_URL", "http://"),
        ("BOT_API_URL", "http://[::1"),
        ("BOT_LOG", "loud"),
        ("BOT_LOG_FORMAT", "xml"),
        ("BOT_MODEL", "../../model"),
        ("BOT_STORE", "a\0b"),
    ],
)
def test_values_that_make_no_sense(env: Path, name: str, value: str) -> None:
    """The setting is named; a wrong token is not repeated."""
    with pytest.raises(SettingsError) as caught:
        load({name: value}, env)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("text", [b"BOT_TOKEN\n", b"BOT_TOKEN 123:abc\n", b"= 5\n", b"\xff\xfe", b"BOT_LOG='x\n"])
def test_files_that_cannot_be_understood(env: Path, text: bytes) -> None:
    """A broken line or file is told plainly instead of starting with half of the settings."""
    env.write_bytes(text)
    with pytest.raises(SettingsError) as caught:
        load({}, env)
    assert ".env" in str(caught.value)
    assert "123:abc" not in str(caught.value)


def test_a_folder_called_env(env: Path) -> None:
    """A folder in the place of the file is told, not raised."""
    env.mkdir()
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load({}, env)


def test_token_is_not_printed() -> None:
    """Settings that end up in a log or a traceback do not carry the token."""
    assert TOKEN not in repr(Settings(token=TOKEN))
