"""What admins are told once after a start: that articles were read by an older analysis than today's."""

from __future__ import annotations

import asyncio

import structlog
from telegram.error import TelegramError

from analysis import ANALYSIS_VERSION
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from handlers import reread
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store
from store.errors import StoreError

log = structlog.get_logger(__name__)


async def tell(store: Store, replies: Replies) -> None:
    """Tell each admin, once for an analysis; again at the next start where nobody could be told. Raises nothing."""
    try:
        answer = await asyncio.to_thread(_notice, store)
        if answer is not None and await _tell_all(answer, store, replies):
            await asyncio.to_thread(store.access.set_told, _what())
    except StoreError as error:
        log.warning("admins not told", kind=type(error).__name__)


def _what() -> str:
    return f"analysis {ANALYSIS_VERSION}"


def _notice(store: Store) -> Answer | None:
    if store.access.told(_what()):
        return None
    return reread.offer(Question(command="reread", role=Role.ADMIN), store)


async def _tell_all(answer: Answer, store: Store, replies: Replies) -> bool:
    """Whether any admin could be told."""
    told = False
    for admin in sorted(store.access.admins()):
        place = Place(admin)
        asked = Question(command="reread", chat=place.key, asker=str(admin), role=Role.ADMIN)
        try:
            await replies.send(place, answer, asked)
            told = True
        except TelegramError as error:  # an admin who has not written to the bot yet
            log.info("admin not told", kind=type(error).__name__)
    return told
