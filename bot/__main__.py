"""The command line: every way to start the bot."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=False, add_completion=False, help="A bot for discussing news stories.")
pipe_app = typer.Typer(no_args_is_help=True, help="Work on your own files: JSON lines in, JSON lines out.")
app.add_typer(pipe_app, name="pipe")


@app.callback()
def main() -> None:
    """A bot for discussing news stories."""


@pipe_app.command("read")
def pipe_read(
    workers: Annotated[str, typer.Option(help="Processes to use: a number, or auto for one a core.")] = "1",
) -> None:
    """Find sentences, quotations, speakers and people: {"id","text"} in, one answer a line out."""
    from bot import pipe

    raise typer.Exit(pipe.main(workers))


if __name__ == "__main__":
    app(prog_name="python -m bot")
