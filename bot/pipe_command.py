"""`python -m bot pipe …`: the analysis for files of one's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.settings import load as load_settings

pipe_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Work on your own files: JSON lines in, JSON lines out."
)

WorkersOption = Annotated[
    str, typer.Option("--workers", metavar="[N]", help="Processes that work: a number; without one, one a core (auto).")
]


@pipe_app.command("read")
def pipe_read(workers: WorkersOption = "1") -> None:
    """Find sentences, quotations, speakers and people.

    In: {"id", "text"} a line. Out: one answer a line, in the same order; a line that cannot be read
    gets {"id", "error"}. Offsets are code points of the text.
    """
    from functools import partial

    from bot import pipe, pipe_workers

    raise typer.Exit(pipe.main(workers, partial(pipe_workers.read_step, model=load_settings(os.environ).model)))


@pipe_app.command("clean")
def pipe_clean(workers: WorkersOption = "1") -> None:
    """Find the article in a web page or in a pasted text: headline, authors, date, outlet, body, captions.

    In: {"id", "html"} or {"id", "text"} a line; with "html" also a "url", where the page was found. Out, in the
    same order: {"id", "title", "authors", "published", "outlet", "text", "captions"} a line; a line that cannot
    be read or holds no article gets {"id", "error"}. "published" is a day such as 2024-01-31, or null, as are
    "outlet" and the "title" of a text that has none; "text" has a blank line between paragraphs.
    """
    from bot import pipe, pipe_lines, pipe_workers

    raise typer.Exit(pipe.main(workers, pipe_workers.clean_step, pipe_lines.parse_source))


def arguments(given: Sequence[str]) -> list[str]:
    """The command line with what a bare ``--workers`` means: one a core."""
    following = [*given, "-"][1:]
    pairs = zip(given, following, strict=True)
    return [f"{word}=auto" if word == "--workers" and after.startswith("-") else word for word, after in pairs]
