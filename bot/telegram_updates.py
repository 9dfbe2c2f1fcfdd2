"""The one entry for whatever Telegram sends: each kind of update goes to the part that deals with it."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden

from bot import telegram_refusals
from bot.telegram_messages import Messages
from bot.telegram_taps import Taps

KINDS = (Update.MESSAGE, Update.CALLBACK_QUERY)
"""The kinds of updates that Telegram is asked for; edited messages are none of them, see ``Updates``."""

log = structlog.get_logger(__name__)


class Updates:
    """Deals with the updates of one bot; those of one chat are to be handed in one after another.

    An edited message is not answered: what was answered stands below it, and a second answer would be noise.
    """

    def __init__(self, messages: Messages, taps: Taps) -> None:
        self._messages = messages
        self._taps = taps

    async def handle(self, update: Update) -> None:
        """Deal with one update; raises when that failed and is to be tried again.

        What can never work is no failure: a chat that the bot may not write to any more, an expired tap.
        """
        try:
            await self._handle(update)
        except Forbidden:
            log.info("not in the chat any more")
        except BadRequest as error:
            if not telegram_refusals.is_final(error):
                raise
            log.info("refused for good", why=error.message)

    async def _handle(self, update: Update) -> None:
        if update.message is not None:
            await self._messages.on_message(update.message)
        elif update.callback_query is not None:
            await self._taps.on_tap(update.callback_query)
