"""What all commands share: the option for the store, the settings of a run, how an error is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings
from bot.settings import load as load_settings

PROGRAM = "python -m bot"
FAILED = 1

StoreOption = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The file that keeps the articles, instead of BOT_STORE.")
]


def settings_of(context: typer.Context, store: Path | None) -> Settings:
    """The settings of this run; an option outranks them. Logs are set up for a terminal."""
    from dataclasses import replace

    from bot import logs

    settings = load_settings(os.environ)
    chosen = store or context.obj
    settings = replace(settings, store=chosen.absolute()) if chosen else settings
    logs.for_terminal(settings)
    return settings


def say_error(text: str) -> None:
    """One line on the error stream, with nothing in it that steers the terminal."""
    from bot.wording import one_line

    sys.stderr.write(f"error: {one_line(text)}\n")
