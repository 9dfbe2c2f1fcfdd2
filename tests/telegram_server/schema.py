"""What requests, answers and updates may look like: aiogram's types, with nothing added at any depth."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def check_update(update: Json) -> None:
    """Raises Invented where an update is not one of Telegram's."""
