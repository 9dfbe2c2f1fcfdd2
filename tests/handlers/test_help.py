"""/start and /help: short, and with examples that work."""

from __future__ import annotations

from handlers import COMMANDS
from handlers.answer import Note
from handlers.question import Role
from tests.handlers.conftest import Ask
from tests.handlers.made import entries, ours, quoted


def test_start(ask_seeds: Ask) -> None:
    """Three lines, the current story, and buttons to try."""
    answer = ask_seeds("start")
    assert len([block for block in answer.blocks if isinstance(block, Note)]) == 4
    assert [each.label for each in answer.next] == ["Summary", "Quotes", "People", "Sources", "Help"]


def test_help_lists_what_the_asker_may_use(ask_seeds: Ask) -> None:
    """A reader is not offered what only admins may do; at the machine each command is told with what it does."""
    reader, admin = (ask_seeds("help", role=role) for role in (Role.READER, Role.ADMIN))
    assert "/load" not in ours(reader)
    assert "For admins: /load" in ours(admin)
    assert all(f"/{name}" in ours(admin) for name, command in COMMANDS.items() if command.menu and name != "help")
    local = ask_seeds("help", role=Role.ADMIN, local=True)
    assert all(command.help in ours(local) for command in COMMANDS.values() if command.menu)


def test_help_is_short(ask_seeds: Ask) -> None:
    """In a chat it has at most five examples and a few lines."""
    answer = ask_seeds("help")
    assert len(entries(answer)) == 5
    assert len(ours(answer)) < 800


def test_examples_find_something(ask_seeds: Ask) -> None:
    """Each example made from the current story is answered with passages, and what is to be checked is printed so."""
    questions = [entry.question for entry in entries(ask_seeds("help")) if entry.question]
    assert [each.command for each in questions] == ["summary", "who", "quotes", "ask", "check"]
    answers = [ask_seeds(each.command, each.words, story=each.story) for each in questions]
    assert all(quoted(answer) for answer in answers)
    assert "exact" in ours(answers[-1]).lower()


def test_help_on_plain_words(ask_seeds: Ask) -> None:
    """Plain words are a question in a private chat only; in a group there are mentions and replies."""
    assert "Plain words" in ours(ask_seeds("help"))
    assert "Forward" not in ours(ask_seeds("help", local=True))
    assert "Plain words" not in ours(ask_seeds("help", private=False))
    assert "Mention me" in ours(ask_seeds("help", private=False))
