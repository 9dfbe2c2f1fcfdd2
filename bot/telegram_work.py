"""What answering any update has in common: the answer is worked out beside the loop, and long work is announced."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot import telegram_documents
from bot.buttons import View
from bot.telegram_jobs import TelegramJobs
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from handlers import COMMANDS, reply, start
from handlers.answer import Answer
from handlers.question import Question
from store import Store

log = structlog.get_logger(__name__)

TYPING_SECONDS = 0.3
"""How long work may take before it is announced."""

TYPING_LASTS_SECONDS = 4.5
"""How long the sign is shown, a little less than Telegram shows it."""


def answered(view: View, store: Store) -> tuple[View, Answer]:
    """The answer to what a view asks, and the view with what was found out for it; to be worked out in a thread.

    The view stays with the story that it was first answered from, whatever its chat chooses later. Raises StoreError
    where the store cannot be read.
    """
    question = view.now.question
    command = COMMANDS.get(question.command)
    if command is not None and command.needs_story and question.story is None:
        question = replace(question, story=store.current_story(question.chat))
    answer = reply(question, store)
    return view.asking(start.asked(question, store)), answer


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


def logged(question: Question) -> None:
    """Say in the update's line of the log what was asked where, without anything that was written."""
    command = question.command if question.command in COMMANDS else "unknown"
    structlog.contextvars.bind_contextvars(command=command, chat=question.chat)


class Follower:
    """Does what an answer starts or brings along: files, a load, a message to each admin."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, jobs: TelegramJobs, upload_bytes: int) -> None:
        """``upload_bytes`` is the size of the largest file that the server takes."""
        self._bot = bot
        self._store = store
        self._replies = replies
        self._jobs = jobs
        self._upload_bytes = upload_bytes

    async def follow(self, answer: Answer, question: Question, sent: int | None) -> None:
        """Start the load, shown in the message ``sent`` or a new one, send files, tell the admins what is for them."""
        if answer.job is not None:
            await self._jobs.add(answer.job, sent)
        place = Place.parse(question.chat)
        if answer.files and place is not None:
            for told in await telegram_documents.send(self._bot, place, answer.files, self._upload_bytes):
                await self._replies.send(place, told, question, edits=False)
        if answer.tell_admins is not None:
            await self.tell_admins(answer.tell_admins, question)

    async def tell_admins(self, answer: Answer, question: Question) -> bool:
        """Send each admin something of its own; those who never wrote to the bot, or blocked it, are passed over.

        Whether any admin was told.
        """
        told = False
        for admin in sorted(self._store.access.admins()):
            private = Place(admin)
            if self._store.reach.lost(private.key):
                continue
            try:
                await self._replies.send(
                    private, answer, replace(question, chat=private.key, private=True), edits=False
                )
                told = True
            except TelegramError as error:
                log.info("admin not told", kind=type(error).__name__)
        return told
