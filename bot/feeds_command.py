"""`python -m bot feeds …`: the feeds that are followed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import FAILED, StoreOption, settings_of

feeds_app = typer.Typer(rich_markup_mode=None, help="The feeds that are followed, and how they are.")


@feeds_app.callback(invoke_without_command=True)
def feeds(context: typer.Context, store: StoreOption = None) -> None:
    """List the feeds that are followed: last success, last error, articles a day, next poll."""
    context.obj = store or context.obj
    if context.invoked_subcommand is None:
        from bot import feeding

        feeding.show(settings_of(context, None))


def _change(context: typer.Context, store: Path | None, verb: str, feed: str) -> None:
    from bot import feeding

    raise typer.Exit(FAILED if feeding.change(settings_of(context, store), verb, feed) else 0)


FeedArgument = Annotated[str, typer.Argument(metavar="N", help="The feed's number, address or name.")]


@feeds_app.command("add")
def feeds_add(
    context: typer.Context,
    links: Annotated[list[str], typer.Argument(metavar="LINK…", help="Links of feeds, or of sites that have one.")],
    store: StoreOption = None,
) -> None:
    """Follow feeds and load their newest items. The exit status is 1 when any could not be followed."""
    from bot import feeding

    raise typer.Exit(FAILED if feeding.add(settings_of(context, store), links) else 0)


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

    raise typer.Exit(FAILED if feeding.import_all(settings_of(context, store), files) else 0)


@feeds_app.command("export")
def feeds_export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; the output without one.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the feeds as a list (OPML) that any reader of feeds takes."""
    from bot import feeding

    feeding.export(settings_of(context, store), file)


@feeds_app.command("poll")
def feeds_poll(context: typer.Context, store: StoreOption = None) -> None:
    """Poll what is due and load what is new, once, as for a timer. The exit status is 1 when any feed failed.

    A running bot in Telegram does that by itself; both may use one store.
    """
    from bot import feeding

    raise typer.Exit(FAILED if feeding.poll(settings_of(context, store)) else 0)
