"""Imported by a bot under test, makes one question end its process as a crash of a C library would."""

from __future__ import annotations

import os

from bot import telegram_updates

_real = telegram_updates.Updates.handle


async def _handle(self: telegram_updates.Updates, update: object) -> None:
    message = getattr(update, "message", None)
    if message is not None and str(message.text).endswith("die"):
        os._exit(3)
    await _real(self, update)  # type: ignore[arg-type]


telegram_updates.Updates.handle = _handle  # type: ignore[method-assign]
