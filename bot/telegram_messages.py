"""What happens with a message: it becomes a Question and its Answer is sent; most in groups is left alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from telegram import Bot, Message
from telegram.constants import ChatType

from bot import telegram_work
from bot.buttons import Step, View
from bot.telegram_albums import Album, Albums
from bot.telegram_door import Door, Refused, Sender
from bot.telegram_files import FileError, attachments
from bot.telegram_menus import Menus
from bot.telegram_question import Asked, Place, asked, hidden_links, replied_message
from bot.telegram_replies import Replies
from bot.telegram_rights import whom
from bot.telegram_work import Follower
from handlers import load
from handlers.answer import Answer, Note
from handlers.question import Question, Role
from store import Store

NOT_READ = Answer("I can read text, links and files only.", (Note("/help lists what you can ask."),))
BLIND = Answer(
    "Telegram does not show me any text of that message.", (Note("Mark the words that you mean, and reply again."),)
)


class Messages:
    """Answers messages to one bot."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, follower: Follower, door: Door, menus: Menus) -> None:
        self._bot = bot
        self._store = store
        self._replies = replies
        self._follower = follower
        self._door = door
        self._menus = menus
        self._albums = Albums()

    async def on_message(self, message: Message) -> None:
        """Answer what is asked; what cannot be read is told so in private, once an album. Silent on all else."""
        place = Place.of(message)
        if self._store.reach.lost(place.key):
            await asyncio.to_thread(self._store.reach.regain, place.whole)
        album = self._albums.of(message)
        found = asked(message, self._bot.bot) or _in_album(message, album) or _not_read(message, album)
        if found is None:
            self._albums.keep(message)
            return
        sender = Sender.of(message)
        role = await self._door.asks(sender, found.command)
        if isinstance(role, Refused):
            if role.told is not None:
                await self._say(message, Answer(role.told))
                role.was_told()
            return
        if found.command == "load" and role < Role.ADMIN and album.told:
            return
        if sender.private:
            self._menus.fit(message.chat.id, role)
        if found.command == "load" and role is Role.ADMIN:
            for each in album.files:
                await self._answer(each, _question(each, Asked("load"), role), Asked("load"), album)
            album.files.clear()
        question = _question(message, found, role)
        telegram_work.logged(question)
        await self._answer(message, question, found, album)
        album.told = True

    async def _answer(self, message: Message, question: Question, found: Asked, album: Album) -> None:
        said = _said_at_once(message, question, found)
        if said is not None:
            await self._say(message, said, replace(question, command="load"))
            return
        place = Place.of(message)
        async with telegram_work.typing(self._bot, place):
            try:
                given = replace(question, attachments=await attachments(message, question), joins=album.job)
                view, answer = await self._door.answered(Sender.of(message), View(Step(given)), self._store)
            except FileError as why:
                view, answer = View(Step(question)), Answer("The file could not be fetched.", (Note(str(why)),))
        if answer.job is not None and answer.job == album.job:
            return  # its message shows this file, too
        sent = None
        try:
            reply_to = None if question.private else message.message_id
            sent = await self._replies.send(place, answer, view, reply_to)
        finally:
            if question.command == "load":
                album.job = answer.job or album.job
            await self._follower.follow(answer, question, sent)

    async def _say(self, message: Message, answer: Answer, question: Question | None = None) -> None:
        place, private = Place.of(message), message.chat.type == ChatType.PRIVATE
        view = question or Question(command="", chat=place.key, private=private)
        await self._replies.send(place, answer, view, None if private else message.message_id)


def _in_album(message: Message, album: Album) -> Asked | None:
    """A file of an album that is being loaded is to be loaded, too."""
    return Asked("load") if album.job is not None and message.document is not None else None


def _not_read(message: Message, album: Album) -> Asked | None:
    """A picture, a voice or the like without words in private; of an album that was spoken of nothing more."""
    private = message.chat.type == ChatType.PRIVATE
    if not private or message.effective_attachment is None or message.via_bot is not None or album.told:
        return None
    return Asked("")


def _said_at_once(message: Message, question: Question, found: Asked) -> Answer | None:
    """What needs no story: that something cannot be read, and what an admin may load of a message."""
    if not found.command:
        return NOT_READ
    if found.blind:
        return BLIND
    if found.command == "ask" and question.private and question.role >= Role.ADMIN and found.story is None:
        links = hidden_links(message)
        return load.offered(replace(question, words="\n".join([question.words, *links])), forwarded=_forwarded(message))
    return None


def _forwarded(message: Message) -> bool:
    return message.forward_origin is not None


def _question(message: Message, found: Asked, role: Role) -> Question:
    """The question with who asks it where; a forwarded text is looked up as a whole, like one that is replied to."""
    place, user = Place.of(message), message.from_user
    whole = found.command == "ask" and _forwarded(message) and found.reply is None
    return Question(
        command=found.command,
        words="" if whole else found.words,
        chat=place.key,
        asker=str((user or message.sender_chat or message.chat).id),
        role=role,
        private=message.chat.type == ChatType.PRIVATE,
        story=found.story,
        reply=found.words if whole else found.reply,
        whom=whom(replied_message(message)),
        now=datetime.now(UTC),
        key=f"message:{message.chat.id}:{message.message_id}",
    )
