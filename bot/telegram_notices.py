"""What admins are told once after a start: that articles were read by an older analysis than today's."""

from __future__ import annotations

import asyncio

import structlog

from analysis import ANALYSIS_VERSION
from bot.telegram_work import Follower
from handlers import reread
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store
from store.errors import StoreError

log = structlog.get_logger(__name__)


async def tell(store: Store, follower: Follower) -> None:
    """Tell each admin, once for an analysis; again at the next start where nobody could be told. Raises nothing."""
    asked = Question(command="reread", role=Role.ADMIN)
    try:
        answer = await asyncio.to_thread(_notice, asked, store)
        if answer is not None and await follower.tell_admins(answer, asked):
            await asyncio.to_thread(store.access.set_told, _what())
    except StoreError as error:
        log.warning("admins not told", kind=type(error).__name__)


def _what() -> str:
    return f"analysis {ANALYSIS_VERSION}"


def _notice(asked: Question, store: Store) -> Answer | None:
    return None if store.access.told(_what()) else reread.offer(asked, store)
