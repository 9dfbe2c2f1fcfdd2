"""The line that is typed into: editing, history over runs, and completion of commands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.shortcuts import CompleteStyle

NAME = "news-discussion-bot"


def session(commands: Sequence[str]) -> PromptSession[str]:
    """A prompt that completes the given commands."""
    return PromptSession(
        history=_history(),
        completer=WordCompleter(list(commands), sentence=True),
        complete_style=CompleteStyle.READLINE_LIKE,
        complete_while_typing=False,
        reserve_space_for_menu=0,
    )


def _history() -> History:
    """What was typed before, readable by its owner only; for this run alone where no file can be kept."""
    try:
        path = user_state_path(NAME, appauthor=False, ensure_exists=True) / "history"
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with path.open("r+b"):
            return FileHistory(str(path))
    except OSError:
        return InMemoryHistory()
