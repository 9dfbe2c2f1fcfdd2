"""The methods of the Bot API that the bot uses, a room each kind; importing this offers them all."""

from tests.telegram_server.methods import bot, chats, commands, edits, files, queries, sending, updates
from tests.telegram_server.methods.table import METHODS, call

__all__ = ["METHODS", "bot", "call", "chats", "commands", "edits", "files", "queries", "sending", "updates"]
