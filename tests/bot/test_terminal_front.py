"""The bot as a chat in a terminal and over a pipe."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.job_screen import JobScreen
from bot.settings import ROOT
from bot.terminal_front import Chat
from store import Store

CURSOR = b"\x1b[6n"


class Talk:
    """A chat whose answers are read one by one."""

    def __init__(self, store: Store) -> None:
        self.screen = JobScreen(store)
        self._out = io.StringIO()
        self._chat = Chat(store, self.screen, self._out)

    def say(self, line: str) -> str:
        """The answer to a line, without line breaks."""
        self._out.seek(0)
        self._out.truncate()
        self._chat.take(line)
        return " ".join(self._out.getvalue().split())


@pytest.fixture
def talk(seeded: Path) -> Iterator[Talk]:
    """A chat over the founding articles."""
    with Store.open(seeded) as store:
        made = Talk(store)
        yield made
        made.screen.close()


def test_pictures_are_saved(talk: Talk, seeded: Path) -> None:
    """A picture is a file beside the store, whose path is told under the words; what cannot be drawn is told."""
    shown = talk.say("/card the only game in town")
    assert "Tom Plant" in shown
    (path,) = (seeded.parent / "pictures").iterdir()
    assert str(path) in shown
    assert path.read_bytes().startswith(b"\x89PNG")
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("in the way")
    assert "could not be saved" in talk.say("/card the only game in town")


def test_commands_and_plain_words(talk: Talk) -> None:
    """A command is a command, plain words are a question, an empty line is nothing."""
    assert "Kool-Aid" in talk.say("/quotes Kelly")
    assert "Kool-Aid" in talk.say("what did Kelly say about Trump?")
    assert talk.say("   ") == ""


def test_numbers_take_choices(talk: Talk) -> None:
    """The number of a choice asks its question; one that is not there is told; others are plain words."""
    shown = talk.say("/quotes")
    number = re.search(r"\[(\d+)\] Next", shown)
    assert number
    assert "page 2" in talk.say(number[1])
    assert "page 1" in talk.say("/quotes")
    assert talk.say("[1]").startswith("Context")
    assert talk.say("99") == "There is no choice 99."
    assert talk.say("1").startswith("Who says this?")
    assert "no choice" not in talk.say("2019")


def test_loading_a_file(talk: Talk, tmp_path: Path) -> None:
    """/load takes a path here, reads it, and leads into its story."""
    path = tmp_path / "bridge.txt"
    path.write_text("Mayor opens bridge\n\nThe mayor opened a bridge.\n\n“It is long,” said the mayor, Ann Lee.")
    shown = talk.say(f"/load {path}")
    assert "Mayor opens bridge: loaded" in shown
    number = re.search(r"\[(\d+)\] Quotes", shown)
    assert number
    assert "“It is long,”" in talk.say(number[1])
    assert "was already loaded" in talk.say(f"/load '{path}'")


def test_loading_what_is_not_to_be_loaded(talk: Talk, tmp_path: Path) -> None:
    """A missing file, an empty folder and a file of settings are refused plainly, and nothing of them is shown."""
    (tmp_path / ".env").write_text("BOT_TOKEN=123:secret\n")
    (tmp_path / "empty").mkdir()
    for name in (".env", "missing.txt", "empty"):
        shown = talk.say(f"/load {tmp_path / name}")
        assert shown.startswith("Nothing was loaded.")
        assert "secret" not in shown


def test_hostile_lines(talk: Talk) -> None:
    """Whatever is typed is answered, and nothing of it steers the terminal."""
    for line in ("\x1b[2J", "/\x00", "/" + "x" * 10_000, "word " * 10_000, "\ud800", "٣", "/quotes \x1b]0;x\x07", "/ "):
        shown = talk.say(line)
        assert shown
        assert "\x1b" not in shown


def bot(seeded: Path, *arguments: str) -> list[str]:
    """The command line on a store."""
    return [sys.executable, "-m", "bot", "--store", str(seeded), *arguments]


def environment(**more: str) -> dict[str, str]:
    """An environment without settings of the machine that the tests run on."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BOT_")} | {"BOT_TOKEN": ""} | more


def test_over_a_pipe(seeded: Path) -> None:
    """From a pipe each line is answered, without prompts and colours, and the end of the input is the end."""
    done = subprocess.run(
        bot(seeded), input=b"/quotes Kelly\n1\n\xff\n", capture_output=True, cwd=ROOT, env=environment(), timeout=60
    )
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.startswith("Quotes of Robert Kelly")
    assert "\nContext — " in shown
    assert "\x1b" not in shown
    assert "\n> " not in shown


def test_at_a_terminal(seeded: Path, tmp_path: Path) -> None:
    """At a terminal there is a greeting, colours, history and completion; Ctrl-C empties the line, Ctrl-D leaves."""
    with Terminal(bot(seeded), environment(XDG_STATE_HOME=str(tmp_path), TERM="xterm-256color")) as terminal:
        assert "Ctrl-D leaves" in terminal.answer()
        terminal.type("/quo\t Kelly\r")
        assert "\x1b[1mQuotes of Robert Kelly" in terminal.answer()
        terminal.type("half a line\x03")
        terminal.answer()
        terminal.type("\x1b[A\r")
        assert "Quotes of Robert Kelly" in terminal.answer()
        terminal.type("\x04")
        assert terminal.process.wait(60) == 0
    (history,) = tmp_path.rglob("history")
    assert "+/quotes Kelly" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0


class Terminal:
    """A process at a terminal of its own."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=env, start_new_session=True
        )
        os.close(theirs)
        self._unread = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def answer(self) -> str:
        """What is shown until the next prompt asks where the cursor is; it is told, as terminals do."""
        ends = time.monotonic() + 60
        while CURSOR not in self._unread:
            assert time.monotonic() < ends, self._unread[-500:]
            if select.select([self._ours], [], [], 0.1)[0]:
                self._unread += os.read(self._ours, 65536)
        shown, _, self._unread = self._unread.partition(CURSOR)
        os.write(self._ours, b"\x1b[1;1R")
        return shown.decode(errors="replace")
