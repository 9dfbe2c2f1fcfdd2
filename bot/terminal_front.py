"""The bot as a chat in a terminal, or line by line over a pipe; whoever sits there is an admin."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TextIO

from bot import terminal_text
from bot.choices import Choice, Origin, choices
from bot.job_screen import JobScreen
from handlers import COMMANDS, reply
from handlers.answer import Answer, Note
from handlers.question import Question, Role
from store import Store

PIPE_WIDTH = 80
LEAVING = frozenset({"/quit", "/exit"})
GREETING = "Type a question, a command, or the number of a choice. Ctrl-D leaves."


class Chat:
    """One conversation: what was answered last decides what a number means."""

    def __init__(self, store: Store, screen: JobScreen, out: TextIO) -> None:
        self._store = store
        self._screen = screen
        self._out = out
        self._choices: tuple[Choice, ...] = ()
        self._colour = wants_colour(out)

    def take(self, line: str) -> None:
        """Answer one line; an empty one is passed over."""
        if line.strip():
            self._show(self._answer(line.strip()))

    def greet(self) -> None:
        """Say what this is."""
        answer = reply(self._question("start"), self._store)
        self._show(replace(answer, blocks=(*answer.blocks, Note(GREETING))))

    def _answer(self, line: str) -> Answer:
        chosen = self._chosen(line)
        if isinstance(chosen, Answer):
            return chosen
        answer = reply(chosen or self._asked(line), self._store)
        if answer.picture is not None:
            from bot import terminal_pictures

            return terminal_pictures.saved(answer, self._store.path)
        if answer.files:
            from bot import copying

            return copying.told(answer)
        return answer if answer.job is None else self._loaded(answer.job) or answer

    def _loaded(self, job_id: int) -> Answer | None:
        job = self._screen.run(job_id)
        if job is None:
            return None
        from bot.job_items import summary

        told = summary(job, self._store)
        for more in self._screen.following():
            ended = summary(more, self._store)
            told = replace(ended, blocks=(*told.blocks, Note(ended.heading), *ended.blocks), heading=told.heading)
        return told

    def _chosen(self, line: str) -> Question | Answer | None:
        """The choice whose number was typed; None where the line is no number of a choice."""
        if line.lower() in {"y", "yes"}:
            confirm = next((each for each in self._choices if each.origin is Origin.CONFIRM), None)
            return None if confirm is None else self._here(confirm.question)
        digits = line.strip("[]")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and self._choices):
            return None
        number = int(digits)
        if 0 < number <= len(self._choices):
            return self._here(self._choices[number - 1].question)
        return Answer(f"There is no choice {number}.")

    def _asked(self, line: str) -> Question:
        if not line.startswith("/"):
            return self._question("ask", line)
        command, _, words = line[1:].partition(" ")
        return self._question(command, words.strip())

    def _question(self, command: str, words: str = "") -> Question:
        return self._here(Question(command=command, words=words))

    def _here(self, question: Question) -> Question:
        """The question as asked now by whoever sits here."""
        return replace(question, role=Role.ADMIN, local=True, now=datetime.now(UTC))

    def _show(self, answer: Answer) -> None:
        self._choices = choices(answer) or self._choices
        width = shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if self._out.isatty() else PIPE_WIDTH
        self._out.write(terminal_text.render(answer, width, colour=self._colour) + "\n\n")
        self._out.flush()


def wants_colour(out: TextIO) -> bool:
    """Whether colours may be used: only on a terminal that has them, and not against NO_COLOR."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def run(store: Store, screen: JobScreen) -> None:
    """Talk until the input ends. Raises StoreError, and BrokenPipeError where nobody reads the answers."""
    live = sys.stdin.isatty() and sys.stdout.isatty()
    chat = Chat(store, screen, sys.stdout)
    if live:
        chat.greet()
    for line in _typed() if live else sys.stdin:
        if line.strip().lower() in LEAVING:
            break
        chat.take(line)


def ask(store: Store, screen: JobScreen, words: str) -> None:
    """One answer. Raises as ``run`` does."""
    Chat(store, screen, sys.stdout).take(words)


def _typed() -> Iterator[str]:
    """Lines from the keyboard, with editing and history; Ctrl-C empties the line, Ctrl-D ends."""
    from bot.terminal_input import session

    prompt = session([f"/{name}" for name in COMMANDS])
    while True:
        try:
            yield prompt.prompt("> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
