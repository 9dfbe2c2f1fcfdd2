"""What happens with each update: a message or a tap becomes a Question, and its Answer is sent."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot import buttons
from bot.telegram_jobs import TelegramJobs
from bot.telegram_question import Place, asked_by, document_of, hidden_links, replied_text, written
from bot.telegram_replies import Replies
from handlers import COMMANDS, reply
from handlers.answer import Answer, Note
from handlers.question import Attachment, Question, Role
from store import Store

LARGEST_FILE_BYTES = 20_000_000
TYPING_SECONDS = 0.3

log = structlog.get_logger(__name__)


class FileError(Exception):
    """A file could not be fetched; the message is one plain sentence."""


class Updates:
    """Answers the updates of one bot; those of one chat in their order, those of many chats together."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, jobs: TelegramJobs, admins: Collection[int]) -> None:
        self._bot = bot
        self._store = store
        self._replies = replies
        self._jobs = jobs
        self._admins = admins
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def on_message(self, update: Update, context: object) -> None:
        """A command anywhere; plain words and files in a private chat. Silent on all else."""
        message = update.message
        if message is None:
            return
        question = self._question(message)
        if question is None:
            return
        async with self._lane(message.chat.id), self._logged("message", question):
            await self._answer(message, question)

    async def on_tap(self, update: Update, context: object) -> None:
        """A button; the rights are those of whoever tapped it."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            if query is not None:
                await _close(query, "This message is too old. Please ask again.")
            return
        place = Place.of(query.message)
        asker = asked_by(query.from_user, query.message.chat, place, self._admins)
        async with self._lane(query.message.chat.id):
            if query.data == buttons.DISMISS:
                await self._dismiss(query)
                return
            try:
                tapped = await asyncio.to_thread(buttons.question_of, query.data or "", asker, self._store)
            except buttons.StaleButton as why:
                await _close(query, str(why))
                return
            async with self._logged("tap", tapped.question):
                await self._answer_tap(query, query.message, tapped)

    def _question(self, message: Message) -> Question | None:
        """What a message asks, None where the bot is to be silent."""
        found = written(message)
        asked = asked_by(message.from_user, message.chat, Place.of(message), self._admins)
        if found.to is not None and found.to != self._bot.username.lower():
            return None
        if found.command is not None:
            known = found.command in COMMANDS
            reply_to = replied_text(message, with_links=found.command == "load")
            words = " ".join([found.words, *(hidden_links(message) if found.command == "load" else ())]).strip()
            return (
                replace(asked, command=found.command, words=words, reply=reply_to) if known or asked.private else None
            )
        if not asked.private:
            return None
        if message.document is not None:
            return replace(asked, command="load", words=found.words)
        return replace(asked, command="ask", words=found.words, reply=replied_text(message)) if found.words else None

    async def _answer(self, message: Message, question: Question) -> None:
        place = Place.of(message)
        async with self._typing(place):
            try:
                answer = await self._replied(replace(question, attachments=await self._attachments(message, question)))
            except FileError as why:
                answer = Answer("The file could not be fetched.", (Note(str(why)),))
        reply_to = None if question.private else message.message_id
        await self._send(place, answer, question, reply_to)

    async def _answer_tap(self, query: CallbackQuery, message: Message, tapped: buttons.Tapped) -> None:
        await _close(query)
        place = Place.of(message)
        async with self._typing(place):
            answer = await self._replied(tapped.question)
        if tapped.edits:
            await self._replies.edit(place, message.message_id, answer, tapped.question)
            return
        if tapped.question.confirmed:
            await _without_buttons(query)
        reply_to = None if tapped.question.private else message.message_id
        await self._send(place, answer, tapped.question, reply_to)

    async def _send(self, place: Place, answer: Answer, question: Question, reply_to: int | None) -> None:
        """Send an answer and do what it starts, the latter also where Telegram does not take the answer."""
        sent = None
        try:
            sent = await self._replies.send(place, answer, question, reply_to)
        finally:
            await self._follow(answer, question, sent)

    async def _follow(self, answer: Answer, question: Question, sent: int | None) -> None:
        """What an answer starts: a load, shown in the message ``sent`` or a new one, and a message to each admin."""
        if answer.job is not None:
            self._jobs.add(answer.job, sent)
        if answer.tell_admins is not None:
            for admin in sorted(self._admins):
                with contextlib.suppress(TelegramError):  # an admin who has not written to the bot yet
                    private = Place(admin)
                    await self._replies.send(private, answer.tell_admins, replace(question, chat=private.key))

    async def _replied(self, question: Question) -> Answer:
        return await asyncio.to_thread(reply, question, self._store)

    async def _dismiss(self, query: CallbackQuery) -> None:
        await _close(query, "Nothing was done.")
        await _without_buttons(query)

    async def _attachments(self, message: Message, question: Question) -> tuple[Attachment, ...]:
        """The file to load, fetched for those only who may load. Raises FileError."""
        document = document_of(message) if question.command == "load" and question.role >= Role.ADMIN else None
        if document is None:
            return ()
        if (document.file_size or 0) > LARGEST_FILE_BYTES:
            raise FileError(f"It is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
        try:
            content = await (await document.get_file()).download_as_bytearray()
        except BadRequest as error:
            raise FileError(f"Telegram says: {error.message}.") from None
        return (Attachment(document.file_name or "file", bytes(content), document.mime_type),)

    def _lane(self, chat_id: int) -> asyncio.Lock:
        """What keeps the updates of a chat in order."""
        lane = self._lanes.get(chat_id)
        if lane is None:
            lane = self._lanes[chat_id] = asyncio.Lock()
        return lane

    @asynccontextmanager
    async def _typing(self, place: Place) -> AsyncIterator[None]:
        """Show that an answer is on its way, where it takes long enough to wonder."""

        async def show() -> None:
            await asyncio.sleep(TYPING_SECONDS)
            with contextlib.suppress(TelegramError):
                await self._bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)

        showing = asyncio.create_task(show())
        try:
            yield
        finally:
            showing.cancel()

    @asynccontextmanager
    async def _logged(self, kind: str, question: Question) -> AsyncIterator[None]:
        """One line for an update, without anything that was written."""
        began = time.monotonic()
        outcome = "failed"
        command = question.command if question.command in COMMANDS else "unknown"
        try:
            yield
            outcome = "answered"
        finally:
            spent = round(1000 * (time.monotonic() - began))
            log.info("update", kind=kind, command=command, chat=question.chat, outcome=outcome, ms=spent)


async def _close(query: CallbackQuery, text: str | None = None) -> None:
    """Stop the waiting sign on a button; the tap is answered also where that cannot be done."""
    with contextlib.suppress(TelegramError):
        await query.answer(text)


async def _without_buttons(query: CallbackQuery) -> None:
    with contextlib.suppress(TelegramError):
        await query.edit_message_reply_markup(None)
