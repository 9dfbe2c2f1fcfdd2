"""What answering any update has in common: the answer is worked out beside the loop, and long work is announced."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram_jobs import TelegramJobs
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from handlers import COMMANDS, reply
from handlers.answer import Answer
from handlers.question import Question
from store import Store

TYPING_SECONDS = 0.3
"""How long work may take before it is announced."""

TYPING_LASTS_SECONDS = 4.5
"""How long the sign is shown, a little less than Telegram shows it."""

log = structlog.get_logger(__name__)


async def answered(question: Question, store: Store) -> Answer:
    """The answer to a question, worked out in a thread. Raises nothing."""
    return await asyncio.to_thread(reply, question, store)


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """Show that an answer is on its way, where it takes long enough to wonder."""

    async def show() -> None:
        await asyncio.sleep(TYPING_SECONDS)
        while True:
            with contextlib.suppress(TelegramError):
                await bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)
            await asyncio.sleep(TYPING_LASTS_SECONDS)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()


@asynccontextmanager
async def logged(kind: str, question: Question) -> AsyncIterator[None]:
    """One line for what was asked, without anything that was written."""
    began = time.monotonic()
    outcome = "failed"
    command = question.command if question.command in COMMANDS else "unknown"
    try:
        yield
        outcome = "answered"
    finally:
        spent = round(1000 * (time.monotonic() - began))
        log.info("update", kind=kind, command=command, chat=question.chat, outcome=outcome, ms=spent)


class Follower:
    """Does what an answer starts: a load, and a message to each admin."""

    def __init__(self, replies: Replies, jobs: TelegramJobs, admins: Collection[int]) -> None:
        self._replies = replies
        self._jobs = jobs
        self._admins = admins

    async def follow(self, answer: Answer, question: Question, sent: int | None) -> None:
        """Start the load, shown in the message ``sent`` or a new one, and tell the admins what is meant for them."""
        if answer.job is not None:
            self._jobs.add(answer.job, sent)
        if answer.tell_admins is not None:
            for admin in sorted(self._admins):
                with contextlib.suppress(TelegramError):  # an admin who has not written to the bot yet
                    private = Place(admin)
                    await self._replies.send(private, answer.tell_admins, replace(question, chat=private.key))
