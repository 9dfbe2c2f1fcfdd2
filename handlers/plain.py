"""Answers that say plainly what cannot be done, and what can be done instead."""

from __future__ import annotations

import difflib
from dataclasses import replace

from handlers.answer import Answer, Next, Note
from handlers.current import follow, ways_on
from handlers.question import Question, Role
from handlers.table import COMMANDS
from handlers.typed import WORDS_LIMIT
from store import Store

NOT_SAID = "The loaded articles do not say."
"""Said only where all loaded articles were looked at."""

NOT_SAID_HERE = "The articles of this story do not say."


def no_articles(question: Question, store: Store) -> Answer:
    """What every command that needs a story says while the store is empty; the first articles take a moment."""
    if store.open_jobs():
        return Answer("Articles are being loaded; ask again in a moment.")
    if question.role >= Role.ADMIN:
        how = "Send /load with a link, a file or the text of an article."
    else:
        how = "An admin can send /load with a link, a file or the text of an article."
    return Answer("No articles are loaded yet.", (Note(how),))


def no_such_story(question: Question) -> Answer:
    """The story was never there, or is no longer loaded."""
    return Answer(
        "There is no such story.",
        (Note("/stories lists the loaded stories."),),
        (Next("Stories", replace(follow(question, "stories"), story=None)),),
    )


def unknown_command(question: Question) -> Answer:
    """No such command; one that is spelt nearly so is offered."""
    near = difflib.get_close_matches(question.command[:32].lower(), list(COMMANDS), n=2, cutoff=0.6)
    buttons = tuple(Next(f"/{name}", follow(question, name)) for name in near if name != "help")
    return Answer(
        "There is no such command.",
        (Note("/help lists what you can ask."),),
        (*buttons, Next("Help", follow(question, "help"))),
    )


def too_long() -> Answer:
    """More words than one question may have."""
    return Answer("That is too long to look up.", (Note(f"Please send at most {WORDS_LIMIT:,} characters."),))


def admins_only() -> Answer:
    """The asker's role is too low."""
    return Answer("Only admins of this bot can do that.")


def group_admins_only(question: Question) -> Answer:
    """The asker is no admin of the group; a story that was tapped can be looked at without choosing it for all."""
    ways = ways_on(question) if question.story is not None else ()
    looked = (
        "These buttons look into it all the same." if ways else "In a private chat with me you choose for yourself."
    )
    return Answer("Only admins of this group can do that.", (Note(looked),), ways)


def failed() -> Answer:
    """A fault of ours."""
    return Answer("Sorry, that did not work.", (Note("Please try again. /help lists what you can ask."),))
