"""The command line: every way to start the bot."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, SettingsError
from bot.settings import load as load_settings

PROGRAM = "python -m bot"
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
NO_QUESTION = f'write a question, as in: {PROGRAM} ask "what did Putin say?"'

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
pipe_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Work on your own files: JSON lines in, JSON lines out."
)
app.add_typer(pipe_app, name="pipe")
feeds_app = typer.Typer(rich_markup_mode=None, help="The feeds that are followed, and how they are.")
app.add_typer(feeds_app, name="feeds", invoke_without_command=True)

StoreOption = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The file that keeps the articles, instead of BOT_STORE.")
]


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
    settings = _settings(context, store)
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
    """Answer one question and end."""
    if not "".join(words).strip():
        _say_error(NO_QUESTION)
        raise typer.Exit(WRONG_USE)
    from bot import opening, terminal_front

    with opening.opened(_settings(context, store)) as ready:
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

    raise typer.Exit(FAILED if loading.run(_settings(context, store), paths) else 0)


@app.command()
def verify(context: typer.Context, store: StoreOption = None) -> None:
    """Cut every passage of the store again and tell what differs. The exit status is 1 when anything does."""
    from bot import verifying

    raise typer.Exit(FAILED if verifying.run(_settings(context, store).store) else 0)


WorkersOption = Annotated[
    str, typer.Option("--workers", metavar="[N]", help="Processes that work: a number; without one, one a core (auto).")
]


@app.command()
def reread(context: typer.Context, store: StoreOption = None) -> None:
    """Read every loaded article again with today's analysis. Corrections stay. The exit status is 1 when any failed."""
    from bot import rereading

    raise typer.Exit(FAILED if rereading.run(_settings(context, store)) else 0)


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

    copying.backup(_settings(context, store).store, file)


@app.command()
def unload(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="A link, or words of the headline.")],
    yes: Annotated[bool, typer.Option("--yes", help="Forget it; without this it is only told what would go.")] = False,
    store: StoreOption = None,
) -> None:
    """Forget one article with all its versions. The exit status is 1 when none was forgotten."""
    from bot import copying

    gone = copying.forget(_settings(context, store).store, " ".join(words), sure=yes)
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

    correcting.run(_settings(context, store).store, toml=toml)


@feeds_app.callback(invoke_without_command=True)
def feeds(context: typer.Context, store: StoreOption = None) -> None:
    """List the feeds that are followed: last success, last error, articles a day, next poll."""
    context.obj = store or context.obj
    if context.invoked_subcommand is None:
        from bot import feeding

        feeding.show(_settings(context, None))


def _change(context: typer.Context, store: Path | None, verb: str, feed: str) -> None:
    from bot import feeding

    raise typer.Exit(FAILED if feeding.change(_settings(context, store), verb, feed) else 0)


FeedArgument = Annotated[str, typer.Argument(metavar="N", help="The feed's number, address or name.")]


@feeds_app.command("add")
def feeds_add(
    context: typer.Context,
    links: Annotated[list[str], typer.Argument(metavar="LINK…", help="Links of feeds, or of sites that have one.")],
    store: StoreOption = None,
) -> None:
    """Follow feeds and load their newest items. The exit status is 1 when any could not be followed."""
    from bot import feeding

    raise typer.Exit(FAILED if feeding.add(_settings(context, store), links) else 0)


@feeds_app.command("remove")
def feeds_remove(context: typer.Context, feed: FeedArgument, store: StoreOption = None) -> None:
    """Follow a feed no longer; its articles stay. The exit status is 1 when there is no such feed."""
    _change(context, store, "remove", feed)


@feeds_app.command("pause")
def feeds_pause(context: typer.Context, feed: FeedArgument, store: StoreOption = None) -> None:
    """Poll a feed no more until it is resumed. The exit status is 1 when there is no such feed."""
    _change(context, store, "pause", feed)


@feeds_app.command("resume")
def feeds_resume(context: typer.Context, feed: FeedArgument, store: StoreOption = None) -> None:
    """Poll a feed again. The exit status is 1 when there is no such feed."""
    _change(context, store, "resume", feed)


@feeds_app.command("import")
def feeds_import(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Lists of feeds (OPML).")],
    store: StoreOption = None,
) -> None:
    """Follow all feeds of a list. The exit status is 1 when a list could not be taken."""
    from bot import feeding

    raise typer.Exit(FAILED if feeding.import_all(_settings(context, store), files) else 0)


@feeds_app.command("export")
def feeds_export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; the output without one.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the feeds as a list (OPML) that any reader of feeds takes."""
    from bot import feeding

    feeding.export(_settings(context, store), file)


@feeds_app.command("poll")
def feeds_poll(context: typer.Context, store: StoreOption = None) -> None:
    """Poll what is due and load what is new, once, as for a timer. The exit status is 1 when any feed failed.

    A running bot in Telegram does that by itself; both may use one store.
    """
    from bot import feeding

    raise typer.Exit(FAILED if feeding.poll(_settings(context, store)) else 0)


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


def _settings(context: typer.Context, store: Path | None) -> Settings:
    """The settings of this run; an option outranks them. Logs are set up for a terminal."""
    from dataclasses import replace

    from bot import logs

    settings = load_settings(os.environ)
    chosen = store or context.obj
    settings = replace(settings, store=chosen.absolute()) if chosen else settings
    logs.for_terminal(settings)
    return settings


def plainly(start: Callable[[], None]) -> int:
    """Run a command line; whatever the user can put right ends in one line on the error stream."""
    _mend_streams()
    try:
        start()
    except SettingsError as error:
        _say_error(str(error))
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _say_error(f"{error.strerror or error}.")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED if end.code else 0
    except Exception as error:
        from store.errors import StoreError

        if not isinstance(error, StoreError):
            raise
        _say_error(str(error))
        return WRONG_USE
    return 0


def arguments(given: Sequence[str]) -> list[str]:
    """The command line with what a bare ``--workers`` means: one a core."""
    following = [*given, "-"][1:]
    pairs = zip(given, following, strict=True)
    return [f"{word}=auto" if word == "--workers" and after.startswith("-") else word for word, after in pairs]


def _say_error(text: str) -> None:
    """One line on the error stream, with nothing in it that steers the terminal."""
    from bot.wording import one_line

    sys.stderr.write(f"error: {one_line(text)}\n")


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
