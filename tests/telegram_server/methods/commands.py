"""The menus of commands, by scope and language."""

from __future__ import annotations

import re

from tests.telegram_server.errors import bad
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.world import Json, World

MOST_COMMANDS = 100
MOST_NAME, MOST_DESCRIPTION = 32, 256
_NAME = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"([a-z]{2})?")


def key(scope: Json, language: str = "") -> str:
    """The name of a menu in ``World.commands``: "default:", "chat:7", "chat_member:-5:7", "default:/de"."""
    user = f":{scope['user_id']}" if "user_id" in scope else ""
    return f"{scope['type']}:{scope.get('chat_id', '')}{user}{f'/{language}' if language else ''}"


def _place(world: World, values: Json) -> str:
    scope, language = values.get("scope", {"type": "default"}), values.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("invalid language code specified")
    if "chat_id" in scope:
        chat = world.chat(scope["chat_id"])
        if chat["type"] == "private" and scope["type"] != "chat":
            raise bad("can't use specified scope in private chats")
        if chat["type"] == "channel":
            raise bad("can't change commands in channel chats")
    return key(scope, language)


@method("setMyCommands")
async def set_my_commands(world: World, values: Json) -> Result:
    """A menu; each command is checked as TDLib does, then as the server does."""
    place = _place(world, values)
    commands = [_trimmed(each) for each in values["commands"]]
    for each in commands:
        _check(each)
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.commands[place] = commands
    return True


def _trimmed(command: Json) -> Json:
    return {"command": command["command"].strip().removeprefix("/"), "description": command["description"].strip()}


def _check(command: Json) -> None:
    name, description = command["command"], command["description"]
    if not name:
        raise bad("command must be non-empty")
    if len(name) > MOST_NAME:
        raise bad(f"command length must not exceed {MOST_NAME}")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > MOST_DESCRIPTION:
        raise bad(f"command description length must not exceed {MOST_DESCRIPTION}")
    if not _NAME.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")


@method("getMyCommands")
async def get_my_commands(world: World, values: Json) -> Result:
    """The menu that was set for just this scope and language."""
    return world.commands.get(_place(world, values), [])


@method("deleteMyCommands")
async def delete_my_commands(world: World, values: Json) -> Result:
    """Take a menu away."""
    world.commands.pop(_place(world, values), None)
    return True
