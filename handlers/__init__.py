"""One module a command: ``answer(question, store) -> Answer``, the table of commands, and the way to them all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from handlers import (
    admins,
    allow,
    ask,
    backup,
    cancel,
    card,
    changes,
    chart,
    check,
    context,
    deny,
    feeds,
    fix,
    forget,
    load,
    preferences,
    privacy,
    quotes,
    reports,
    reread,
    settings,
    sources,
    start,
    stats,
    stories,
    story,
    summary,
    unload,
    who,
    wrong,
)
from handlers import help as help_
from handlers import id as id_
from handlers.answer import Answer
from handlers.current import find
from handlers.plain import admins_only, failed, group_admins_only, no_articles, no_such_story, too_long, unknown_command
from handlers.question import Question
from handlers.table import COMMANDS, Command
from handlers.typed import REPLY_LIMIT, tidy, too_long_for_a_question
from store import Store

__all__ = ["COMMANDS", "Command", "refusal", "reply"]

log = logging.getLogger(__name__)

ANSWERS: Mapping[str, Callable[[Question, Store], Answer]] = MappingProxyType(
    {
        "start": start.answer,
        "help": help_.answer,
        "ask": ask.answer,
        "summary": summary.answer,
        "quotes": quotes.answer,
        "who": who.answer,
        "sources": sources.answer,
        "context": context.answer,
        "changes": changes.answer,
        "card": card.answer,
        "chart": chart.answer,
        "check": check.answer,
        "wrong": wrong.answer,
        "stories": stories.answer,
        "story": story.answer,
        "load": load.answer,
        "feeds": feeds.answer,
        "cancel": cancel.answer,
        "reports": reports.answer,
        "fix": fix.answer,
        "reread": reread.answer,
        "id": id_.answer,
        "settings": settings.answer,
        "privacy": privacy.answer,
        "forget": forget.answer,
        "unload": unload.answer,
        "stats": stats.answer,
        "backup": backup.answer,
        "admins": admins.answer,
        "allow": allow.answer,
        "deny": deny.answer,
    }
)


def reply(question: Question, store: Store) -> Answer:
    """The answer to any question; never raises, whatever was typed, tapped or forged."""
    try:
        return _reply(question, store)
    except Exception:
        log.exception("A question was not answered")
        return failed()


def _reply(question: Question, store: Store) -> Answer:
    command = COMMANDS.get(question.command.strip().lstrip("/").lower()[:32])
    if command is None:
        return unknown_command(question)
    if (refused := refusal(replace(question, command=command.name), store)) is not None:
        return refused
    if not command.raw and too_long_for_a_question(question.words):
        return too_long()
    asked = replace(question, command=command.name, preferences=preferences.of(store.chats.settings(question.chat)))
    if not command.raw:
        message = question.reply[:REPLY_LIMIT] if question.reply else None
        asked = replace(asked, words=tidy(question.words), reply=message, attachments=())
    if command.needs_story and find(asked, store) is None:
        return no_articles(asked, store) if not store.stories() else no_such_story(asked)
    return ANSWERS[command.name](asked, store)


def refusal(question: Question, store: Store) -> Answer | None:
    """What to say to an asker whose role is too low for the command; None where it is high enough.

    A group may have set that everybody chooses its story.
    """
    command = COMMANDS.get(question.command)
    if command is None or question.role >= command.role_for(private=question.private):
        return None
    if question.role < command.role:
        return admins_only()
    if command.name == "story" and preferences.of(store.chats.settings(question.chat)).anybody:
        return None
    return group_admins_only(question)
