"""The command line from outside: exit statuses, one-line errors, and a quick start."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.bot.test_terminal_front import environment

SLOW = {"spacy", "telegram", "trafilatura", "aiohttp", "prompt_toolkit", "rich", "structlog", "asyncio"}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command line with settings, without input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(**settings),
        timeout=120,
    )


def test_ask(seeded: Path) -> None:
    """One answer, in plain text."""
    done = run("ask", "/quotes", "Kelly", "--store", str(seeded))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Robert Kelly" in done.stdout


def test_what_make_run_starts(seeded: Path) -> None:
    """With no argument at all it is the chat, which ends well when its input does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        input="/quotes Kelly\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(BOT_STORE=str(seeded)),
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Robert Kelly" in done.stdout


def test_an_answer_imports_only_what_it_needs(seeded: Path) -> None:
    """Parsers, transports and editors are not imported for an answer, so it comes within a second."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--store", str(seeded), "ask", "what did Kelly say?"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        timeout=120,
    )
    assert "Robert Kelly" in done.stdout
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "handlers" in imported
    assert not imported & SLOW


def test_a_new_store_gets_the_founding_articles_once(tmp_path: Path) -> None:
    """The first start reads the seeds; a store that somebody loaded something else into never gets them."""
    new, used = str(tmp_path / "new.db"), str(tmp_path / "used.db")
    done = run("ask", "/quotes Kelly", BOT_STORE=new)
    assert "Robert Kelly" in done.stdout
    assert f"A new store was made: {new}" in done.stderr
    assert "new store" not in run("ask", "/quotes Kelly", BOT_STORE=new).stderr
    article = tmp_path / "bridge.txt"
    article.write_text("Mayor opens bridge\n\nThe mayor opened a long bridge on Monday.\n")
    assert run("load", str(article), "--store", used).returncode == 0
    shown = run("ask", "/stories", "--store", used).stdout
    assert "Mayor opens bridge" in shown
    assert "Putin" not in shown


def test_load_and_verify(tmp_path: Path) -> None:
    """`load` tells what became of each thing and whether all went well, `verify` that all is as stored."""
    store = str(tmp_path / "bot.db")
    done = run("load", "seeds", str(tmp_path / "missing.txt"), "--store", store)
    assert done.returncode == 1
    assert done.stdout.count(": loaded\n") == 2
    new, passed, missing = done.stderr.splitlines()
    assert new == f"A new store was made: {store}"
    assert passed == "seeds: 1 file of another kind was passed over."
    assert "missing.txt" in missing
    checked = run("verify", "--store", store)
    assert checked.returncode == 0
    assert checked.stdout.startswith("All as stored; articles: 2,")


def test_a_bad_line_of_a_file_is_told_by_the_exit_status(tmp_path: Path) -> None:
    """A file of which only some lines are loaded has failed in part, which a script must be able to see."""
    good = '{"text": "The old bridge at Norrvik was closed on Monday, and ferries carry cars."}'
    lines = tmp_path / "lines.jsonl"
    lines.write_text(f'{good}\n{{"title": "A"}}\nnonsense\n')
    done = run("load", str(lines), "--store", str(tmp_path / "bot.db"))
    assert "1 of 3 articles are loaded; lines.jsonl" in done.stdout
    assert ".;" not in done.stdout
    assert done.returncode == 1


def test_a_link_of_another_kind_is_no_missing_file(tmp_path: Path) -> None:
    """Whoever names a link that is not taken is told which are, and what else was named is loaded."""
    article = tmp_path / "bridge.txt"
    article.write_text("Mayor opens bridge\n\nThe mayor opened a long bridge on Monday.\n")
    done = run("load", "ftp://a.example/f", str(article), "--store", str(tmp_path / "bot.db"))
    assert (done.returncode, "ftp://a.example/f: Only http and https links can be opened." in done.stderr) == (1, True)
    assert "Mayor opens bridge: loaded" in done.stdout


def test_errors_are_one_line(tmp_path: Path) -> None:
    """What the user can put right is told in one line, without a trace and without the token."""
    (tmp_path / "text.db").write_text("no store")
    store = str(tmp_path / "bot.db")
    cases = [
        run("ask", "x", "--store", store, BOT_TOKN="123:secret"),
        run("--store", store, BOT_TOKEN="secret"),
        run("--store", store, BOT_TOKEN="123:secret", BOT_ADMINS="me"),
        run("ask", "x", "--store", str(tmp_path / "text.db")),
        run("ask", "x", "--store", str(tmp_path)),
        run("verify", "--store", str(tmp_path / "none.db")),
        run("pipe", "read", "--workers", "many"),
    ]
    for done in cases:
        assert done.returncode in {1, 2}
        assert done.stdout == ""
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1
        assert "secret" not in done.stderr
    assert "did you mean BOT_TOKEN?" in cases[0].stderr


@pytest.mark.parametrize("arguments", [[], ["run"], ["ask"], ["load"], ["verify"], ["pipe"], ["pipe", "read"]])
def test_help(arguments: list[str]) -> None:
    """Each command says what it does and how it is used."""
    done = run(*arguments, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: python -m bot")
    assert len(done.stdout.splitlines()) > 4


@pytest.mark.parametrize(
    "command", [["ask", "what did Kelly say?"], ["verify"], ["feeds"], ["feeds", "remove", "1"], ["feeds", "poll"]]
)
def test_a_mistyped_store_is_not_made(tmp_path: Path, command: list[str]) -> None:
    """Whoever only asks for something and mistypes the store learns that, instead of answers from another one."""
    store = tmp_path / "nwes.db"
    done = run(*command, "--store", str(store))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: There is no store at {store}; one is made where something is loaded.\n"
    assert not store.exists()


def test_nobody_reads_the_answer(seeded: Path) -> None:
    """`| head -1` is no error."""
    command = f"{sys.executable} -m bot --store {seeded} ask /quotes | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_asked_and_nothing_named(tmp_path: Path) -> None:
    """An empty question and an empty path are told in one line each, and no store is made for them."""
    store = tmp_path / "bot.db"
    asked, named = run("ask", "", "--store", str(store)), run("load", "", "--store", str(store))
    assert (asked.returncode, asked.stdout, asked.stderr.count("\n")) == (2, "", 1)
    assert "write a question" in asked.stderr
    assert (named.returncode, named.stdout, named.stderr.count("\n")) == (1, "", 1)
    assert "empty path" in named.stderr
    assert not store.exists()


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    """The name of a file, a store or a setting, and a headline, cannot move the cursor or turn a line around."""
    odd = "\x1b[2J\u202e\u200f\U000e0041\n"
    article = tmp_path / f"a{odd}.txt"
    article.write_text("Mayor \u200fopens bridge\n\nThe mayor opened a long bridge on Monday.\n")
    store = str(tmp_path / "bot.db")
    told = [
        run("load", str(article), f"missing{odd}.txt", "--store", store),
        run("ask", "x", "--store", f"{tmp_path}/none{odd}/\n/x" + "y" * 300),
        run("ask", "x", **{f"BOT_{odd}": "1"}),
    ]
    for done in told:
        assert not re.search("[\x1b\u202e\u200f\U000e0041]", done.stdout + done.stderr)
        assert done.stderr.replace(f"A new store was made: {store}\n", "").count("\n") == 1
    assert told[0].stdout.count("\n") == 1


def test_bare_workers_means_every_core() -> None:
    """`--workers` takes a number or stands alone, last or before another option."""
    from bot.pipe_command import arguments

    assert arguments([]) == []
    assert arguments(["pipe", "read", "--workers"]) == ["pipe", "read", "--workers=auto"]
    assert arguments(["pipe", "read", "--workers", "--help"]) == ["pipe", "read", "--workers=auto", "--help"]
    assert arguments(["pipe", "read", "--workers", "2"]) == ["pipe", "read", "--workers", "2"]
