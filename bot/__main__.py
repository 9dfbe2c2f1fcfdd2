"""The command line: every way to start the bot."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import FAILED, PROGRAM, StoreOption, say_error, settings_of
from bot.feeds_command import feeds_app
from bot.pipe_command import arguments, pipe_app
from bot.settings import SettingsError

WRONG_USE, INTERRUPTED = 2, 130
NO_QUESTION = f'write a question, as in: {PROGRAM} ask "what did Putin say?"'

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(pipe_app, name="pipe")
app.add_typer(feeds_app, name="feeds", invoke_without_command=True)


@app.callback(invoke_without_command=True)
def main(context: typer.Context, store: StoreOption = None) -> None:
    """A bot for discussing news stories: every answer is a passage that an outlet printed, word for word.

    Without a command it runs: in Telegram when BOT_TOKEN is set, else as a chat in this terminal.
    """
    context.obj = store
    if context.invoked_subcommand is None:
        run(context)


@app.command()
def run(context: typer.Context, store: StoreOption = None) -> None:
    """Run the bot: in Telegram when BOT_TOKEN is set, else as a chat in this terminal."""
    settings = settings_of(context, store)
    if settings.token is not None:
        from bot import telegram_front

        raise typer.Exit(telegram_front.run(settings))
    from bot import opening, terminal_front

    with opening.opened(settings) as ready:
        terminal_front.run(*ready)


@app.command()
def ask(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="A question, or a command such as /who Putin.")],
    store: StoreOption = None,
) -> None:
    """Answer one question and end. A store that is named has to be there."""
    if not "".join(words).strip():
        say_error(NO_QUESTION)
        raise typer.Exit(WRONG_USE)
    from bot import opening, terminal_front

    named = store or context.obj
    with opening.opened(settings_of(context, store), create=named is None) as ready:
        terminal_front.ask(*ready, " ".join(words))


@app.command()
def load(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders or links, those of feeds too.")],
    store: StoreOption = None,
) -> None:
    """Load articles: files, all files of a folder, or links. The exit status is 1 when any of them failed.

    Of a feed, or of each feed of a list (OPML), the newest items are loaded, once; `feeds add` follows one.
    """
    from bot import loading

    raise typer.Exit(FAILED if loading.run(settings_of(context, store), paths) else 0)


@app.command()
def verify(context: typer.Context, store: StoreOption = None) -> None:
    """Cut every passage of the store again and tell what differs. The exit status is 1 when anything does."""
    from bot import verifying

    raise typer.Exit(FAILED if verifying.run(settings_of(context, store).store) else 0)


@app.command()
def reread(context: typer.Context, store: StoreOption = None) -> None:
    """Read every loaded article again with today's analysis. Corrections stay. The exit status is 1 when any failed."""
    from bot import rereading

    raise typer.Exit(FAILED if rereading.run(settings_of(context, store)) else 0)


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    store: StoreOption = None,
) -> None:
    """Copy the store to a new file, also while the bot runs, and look the copy through.

    It leaves out what people wrote and asked: updates that wait, buttons, loads, who reported, and what private
    chats chose.
    """
    from bot import copying

    copying.backup(settings_of(context, store).store, file)


@app.command()
def unload(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="A link, or words of the headline.")],
    yes: Annotated[bool, typer.Option("--yes", help="Forget it; without this it is only told what would go.")] = False,
    store: StoreOption = None,
) -> None:
    """Forget one article with all its versions. The exit status is 1 when none was forgotten."""
    from bot import copying

    gone = copying.forget(settings_of(context, store).store, " ".join(words), sure=yes)
    raise typer.Exit(0 if gone else FAILED)


@app.command()
def corrections(
    context: typer.Context,
    toml: Annotated[bool, typer.Option("--toml", help="As cases in the format of tests/gold/cases.")] = False,
    store: StoreOption = None,
) -> None:
    """Write what admins corrected: a JSON line each, with the text of the paragraph, what was given and what is right.

    A line has text, spans in it (code points, half-open), kind, given and right (a name, or null for nobody),
    right_kind, verdict (speaker, unattributed or not a quotation), set_at, outlet and url.
    """
    from bot import correcting

    correcting.run(settings_of(context, store).store, toml=toml)


def plainly(start: Callable[[], None]) -> int:
    """Run a command line; whatever the user can put right ends in one line on the error stream."""
    _mend_streams()
    try:
        start()
    except SettingsError as error:
        say_error(str(error))
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        say_error(f"{error.strerror or error}.")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED if end.code else 0
    except Exception as error:
        from store.errors import StoreError

        if not isinstance(error, StoreError):
            raise
        say_error(str(error))
        return WRONG_USE
    return 0


def _mend_streams() -> None:
    """Make do with streams that are closed, and with characters that the terminal does not have."""
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(plainly(lambda: app(arguments(sys.argv[1:]), prog_name=PROGRAM)))
