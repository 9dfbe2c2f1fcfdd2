"""Writes the documentation that is made from the code, `python -m bot.docs`; a test checks that it is up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.__main__ import app
from bot.command_line import PROGRAM
from bot.settings import ROOT, SETTINGS, Setting
from handlers import COMMANDS, Command
from handlers.question import Role

MADE = "<!-- Made by `python -m bot.docs` from the code; edit that instead. -->"
WHO = {Role.READER: "everybody", Role.GROUP_ADMIN: "admins of the group", Role.ADMIN: "admins of the bot"}


def pages() -> dict[Path, str]:
    """Each page that is made from the code, and its text."""
    return {
        ROOT / "docs" / "commands.md": commands(),
        ROOT / "docs" / "settings.md": settings(),
        ROOT / ".env.example": example(),
    }


def commands() -> str:
    """What can be asked in a chat, and what the command line takes."""
    chat = "\n".join(_row(command) for command in COMMANDS.values())
    line = "\n".join(_command_line(typer.main.get_command(app), PROGRAM))
    return f"""# Commands

{MADE}

## In a chat

The same in Telegram and in the terminal. In a private chat and in the terminal plain words are an `/ask`;
in a group only commands are answered, and `/command@name_of_the_bot` always reaches the bot. Names may be
misspelt. In the terminal the number of a choice takes it, and whoever sits there is an admin.

| command | what it does | who may | for example |
|---|---|---|---|
{chat}

`/load` takes links, files and pasted text, and what is replied to. Only in the terminal and on the command
line it takes paths too. Of a feed, by its link or as a file, and of each feed of a list (OPML) it takes the newest
articles, once.

`/feeds add link` follows a feed: what is new there is loaded from then on, in silence. The link may be that of a site
which names its feed. `/feeds` lists all with their last success, last error, articles a day and next poll; `/feeds 2`
shows one; `/feeds pause 2`, `resume`, `poll` and `remove` do what they say. `/feeds import`, as the caption of a list
(OPML) or in reply to one, follows all feeds of it; `/feeds export` sends such a list.

### Check

`/check words`, or `/check` in reply to anybody's message, tells for each quotation in it (of which a marked part, else
everything in quotation marks, else each sentence) how it stands in the loaded articles: exact; exact but for what an
ellipsis leaves out; altered, with what was added, left out or replaced marked in both wordings; put together from
several passages; only in an older version; or not there. Letter case, the kind of marks and spacing count for nothing;
a negation, a number, a date and a name that were changed are told first. Where the message names somebody else than the
article does, it says so. Fewer than four words are not judged, and a paraphrase is no match. The chat's story is looked
at first, then all others.

### In other chats

`@name_of_the_bot words` in the message field of any chat offers up to 20 quotations and sentences of all stories to
insert, each with its speaker, its outlets and a link to its context; more come on scrolling. Where Telegram lets
somebody call the bot in a chat that it is not in, it answers with one message: the best passage, or, in reply to a
message, what `/check` says of it. Both are switched on at @BotFather (`/setinline`, and guest mode in the settings of
the bot).

### Settings, and what is kept

`/settings` shows buttons for the number of passages on a page, short quotations, reported speech, and in a group who
may choose its story; `/settings page 8` does the same. A forum topic takes from its group what it has not set itself.
In a group only its admins may change them. `/privacy` tells what is kept and for how long, and `/forget` erases it.

### Wrong?

Below a single quotation, which is what `/context` shows, stands “Wrong?”. A reader's tap is kept and told to the
admins of the bot, who choose the right speaker, “Unattributed”, “Not a quotation” or “It is right”; an admin's own tap
leads to that choice at once. `/fix place NAME` sets somebody who is not offered, and so does `/fix NAME` in reply to
the message with the place. `/reports` lists what is open. A reader can report a passage once, and 20 a day.

What an admin sets is marked in answers. It hangs on the words and on their place, so it stays when articles are
read again (`/reread`) and when a new version of the article prints the same words. It also goes for the other articles
of the story that print these words, because the same words have the same speaker. Four words or fewer may be
anybody's: for them that holds only where the whole paragraph is the same, and likewise for words that one article
prints twice. The newest decision counts; “As it was read” takes it back.

## On the command line

{line}
## Batch: `{PROGRAM} pipe read`

JSON lines in, JSON lines out, UTF-8, one answer for each line, in the same order, as soon as it is ready.

    {{"id": 1, "text": "“It rained,” Ann Lee said."}}

An answer has `id` (whatever it was, left out where there was none) and

| key | what it is |
|---|---|
| `quotes` | one entry for each printed part of a quotation, those in marks first; see below |
| `people` | `name`, `aliases`, and `roles` as printed (`start`, `end`, `text`) |
| `organisations` | those that speak, in the same form |
| `sentences` | `[start, end]` of each |
| `remarks` | what could not be done, in plain words |

| key of a quotation | what it is |
|---|---|
| `start`, `end` | where it stands, with its marks |
| `kind` | `direct`, `mixed` (a part of a sentence in marks) or `indirect` (without marks) |
| `speaker` | the full name; where nobody is named, the phrase as printed; or null |
| `speaker_kind` | `person`, `organisation`, `role` or null |
| `speaker_start`, `speaker_end` | the mention ("he"), or null |
| `cue` | the word of saying, or null |
| `attribution_start`, `attribution_end` | the whole reporting phrase, or null |
| `reported_by` | who is said to have reported it, as printed, or null |
| `group` | the same number for all parts of one quotation |
| `confidence` | 0 to 1: the chance that the speaker is right |
| `speech` | false for what somebody is only said to want, hope or discuss, and for what nobody in print says |

Offsets are code points of the text as given, half-open. Menus, captions and the like in it are passed over.
A line that cannot be worked on gets `{{"id", "error"}}`, and the run goes on: one that is not a JSON object, is not
UTF-8, is empty, is longer than 32 MiB, has no `text` or one that is not a string of whole characters, or whose text
ends or holds up the process that reads it (60 seconds, and 1 more for each 2,000 characters).

`--workers N` reads in N processes, `--workers` alone (or `auto`) in one for each core. Memory stays constant.
Progress is shown on the error stream where that is a terminal. The exit status is 0 also when lines were bad.
"""


def _row(command: Command) -> str:
    examples = ", ".join(f"`{example}`" for example in command.examples)
    return f"| `{command.usage}` | {command.help} | {_who(command)} | {examples} |"


def _who(command: Command) -> str:
    """Who may ask it, in private and in a group."""
    in_groups = command.role_for(private=False)
    alone = WHO[command.role]
    return alone if in_groups is command.role else f"{alone}; in a group its admins"


def _command_line(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - the library has no public type for it
    """A command with its options, then the commands below it."""
    options = [param for param in command.params if param.opts[0].startswith("--")]
    arguments = "".join(f" {param.metavar}" for param in command.params if param not in options)
    yield f"### `{name}{arguments}`\n\n{_paragraphs(command.help or '')}\n"
    for param in options:
        default = f" Default: `{param.default}`." if param.default not in {None, False} else ""
        yield f"- `{' '.join(filter(None, [param.opts[0], param.metavar]))}`: {param.help}{default}"
    if options:
        yield ""
    for below, each in getattr(command, "commands", {}).items():
        yield from _command_line(each, f"{name} {below}")


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def settings() -> str:
    """Every setting, for readers."""
    rows = "\n".join(f"| `{each.name}` | {_default(each)} | {each.help} |" for each in SETTINGS)
    return f"""# Settings

{MADE}

Settings come from the environment or from the file `.env` in the checkout; the environment wins, and an empty value
means that a setting is not set. `.env.example` has them all, to be copied. A name that is not in the list ends the
start with one line that says so.

| setting | default | what it is |
|---|---|---|
{rows}
"""


def _default(setting: Setting) -> str:
    return f"`{setting.default}`" if setting.default else "none"


def example() -> str:
    """The same as a file to copy."""
    head = "# Copy this file to .env and uncomment what you need. Made by `python -m bot.docs`."
    return head + "\n" + "".join(f"\n# {setting.help}\n#{setting.name}={setting.example}\n" for setting in SETTINGS)


def main() -> None:
    """Write all pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
