"""What happens with a message: it becomes a Question and its Answer is sent; most in groups is left alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from telegram import Bot, Message

from bot import telegram_work
from bot.telegram_files import FileError, attachments
from bot.telegram_question import Place, asked_by, hidden_links, replied_text, written
from bot.telegram_replies import Replies
from bot.telegram_work import Follower
from handlers import COMMANDS
from handlers.answer import Answer, Note
from handlers.question import Question
from store import Store


class Messages:
    """Answers messages to one bot."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, follower: Follower, admins: Collection[int]) -> None:
        self._bot = bot
        self._store = store
        self._replies = replies
        self._follower = follower
        self._admins = admins

    async def on_message(self, message: Message) -> None:
        """A command anywhere; plain words and files in a private chat. Silent on all else."""
        question = self._question(message)
        if question is None:
            return
        async with telegram_work.logged("message", question):
            await self._answer(message, question)

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
        async with telegram_work.typing(self._bot, place):
            try:
                given = replace(question, attachments=await attachments(message, question))
                answer = await telegram_work.answered(given, self._store)
            except FileError as why:
                answer = Answer("The file could not be fetched.", (Note(str(why)),))
        sent = None
        try:
            reply_to = None if question.private else message.message_id
            sent = await self._replies.send(place, answer, question, reply_to)
        finally:
            await self._follower.follow(answer, question, sent)
