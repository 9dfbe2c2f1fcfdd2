"""How much is taken at once, said in one place for all rooms."""

from __future__ import annotations

LARGEST_FILE_BYTES = 20_000_000
"""Of one file that is loaded: as much as Telegram lets a bot download (Bot API manual, getFile)."""
