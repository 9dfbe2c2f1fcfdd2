"""What happens with a tap on a button: its question is asked by whoever tapped, with their own rights."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

from telegram import Bot, CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot import buttons, telegram_work
from bot.buttons import Tapped, View
from bot.telegram_door import Door, Refused, Sender
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from bot.telegram_work import Follower
from bot.wording import one_line
from handlers import COMMANDS, refusal
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store

MOST_TOLD = 200
"""Most characters that are shown for a tap, by the Bot API manual."""

TOO_OLD = "This message is too old. Please ask again."


class Taps:
    """Answers taps on the buttons of one bot."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, follower: Follower, door: Door) -> None:
        self._bot = bot
        self._store = store
        self._replies = replies
        self._follower = follower
        self._door = door

    async def on_tap(self, query: CallbackQuery) -> None:
        """Ask what is behind the button; a stale or forged one is told so, and changes nothing."""
        if not isinstance(query.message, Message):
            await _close(query, TOO_OLD)
            return
        sender = Sender(query.from_user, query.message.chat, key=f"tap:{query.id}")
        if (declined := buttons.declined(query.data or "")) is not None:
            await self._dismiss(query, sender, declined)
            return
        asker = _asker(query, query.message)
        try:
            tapped = await asyncio.to_thread(buttons.question_of, query.data or "", asker, self._store)
        except buttons.StaleButton as why:
            if await self._let_in(query, sender, "") is not None:
                await _close(query, str(why))
            return
        role = await self._let_in(query, sender, tapped.question.command)
        if role is not None:
            tapped = tapped.by(role)
            telegram_work.logged(tapped.question)
            await self._answer(query, query.message, tapped)

    async def _dismiss(self, query: CallbackQuery, sender: Sender, command: str) -> None:
        """No: only whoever may do it may also decide not to."""
        role = await self._let_in(query, sender, command)
        if role is None:
            return
        if _is_refused(Question(command=command, role=role, private=sender.private), self._store):
            await _close(query)
            return
        await _close(query, "Nothing was done.")
        await _without_buttons(query)

    async def _let_in(self, query: CallbackQuery, sender: Sender, command: str) -> Role | None:
        """What whoever tapped may do; None where they are turned away, and told so."""
        role = await self._door.taps(sender, command)
        if isinstance(role, Refused):
            await _close(query, role.told)
            return None
        return role

    async def _answer(self, query: CallbackQuery, message: Message, tapped: Tapped) -> None:
        """A line about what was done, or that it may not be done, is for whoever tapped; the message stays then."""
        place, question = Place.of(message), tapped.question
        refused = _is_refused(question, self._store)
        own = refused or _acts(question)
        if not own:
            await _close(query)
        async with telegram_work.typing(self._bot, place):
            sender = Sender(query.from_user, message.chat)
            view, answer = await self._door.answered(sender, tapped.view, self._store)
        alone = refused or _is_one_line(answer)
        if own and (await _close(query, answer.heading if alone else None) or refused) and alone:
            await self._follower.follow(answer, question, None)
            return
        sent = None
        try:
            sent = await self._show(query, message, answer, tapped, view)
        finally:
            await self._follower.follow(answer, question, sent)

    async def _show(self, query: CallbackQuery, message: Message, answer: Answer, tapped: Tapped, view: View) -> int:
        place, question = Place.of(message), tapped.question
        if tapped.edits and answer.picture is None and not answer.files:
            return await self._replies.edit(place, message.message_id, answer, view)
        if question.confirmed:
            await _without_buttons(query)
        return await self._replies.send(place, answer, view, None if question.private else message.message_id)


def _asker(query: CallbackQuery, message: Message) -> Question:
    """A question without a command yet, by whoever tapped, without any rights."""
    return Question(
        command="",
        chat=Place.of(message).key,
        asker=str(query.from_user.id),
        private=message.chat.type == ChatType.PRIVATE,
        now=datetime.now(UTC),
        key=f"tap:{query.id}",
    )


def _is_refused(question: Question, store: Store) -> bool:
    """Whether the handlers would only say that whoever tapped may not do that: the message stays as it is then."""
    return refusal(question, store) is not None


async def _close(query: CallbackQuery, text: str | None = None) -> bool:
    """Stop the waiting sign on a button, with a line for whoever tapped; False where the tap is too old for that."""
    try:
        return await query.answer(one_line(text, MOST_TOLD) if text else None)
    except TelegramError:
        return False


def _is_one_line(answer: Answer) -> bool:
    return answer == Answer(answer.heading, tell_admins=answer.tell_admins) and len(answer.heading) <= MOST_TOLD


def _acts(question: Question) -> bool:
    command = COMMANDS.get(question.command)
    return command is not None and command.acts


async def _without_buttons(query: CallbackQuery) -> None:
    with contextlib.suppress(TelegramError):
        await query.edit_message_reply_markup(None)
