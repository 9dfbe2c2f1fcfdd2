"""What a bot is told of itself, and says of itself."""

from __future__ import annotations

from tests.telegram_server.errors import bad
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.world import Json, World

MOST = {"name": 64, "description": 512, "short_description": 120}
"""Most characters of what a profile says, by the manual."""


@method("getMe")
async def get_me(world: World, values: Json) -> Result:
    """The bot itself, with what only it is told."""
    can = {"can_join_groups": True, "can_read_all_group_messages": not world.privacy, "supports_inline_queries": True}
    return world.bot | can | {"supports_guest_queries": True, "can_connect_to_business": False}


def _offers(kind: str, setter: str, getter: str) -> None:
    @method(setter)
    async def change(world: World, values: Json) -> Result:
        text = values.get(kind, "")
        if len(text) > MOST[kind]:
            raise bad(f"bot {kind.replace('_', ' ')} is too long")
        world.profile[f"{kind}/{values.get('language_code', '')}"] = text
        return True

    @method(getter)
    async def tell(world: World, values: Json) -> Result:
        plain = world.profile.get(f"{kind}/", world.bot["first_name"] if kind == "name" else "")
        return {kind: world.profile.get(f"{kind}/{values.get('language_code', '')}") or plain}


_offers("name", "setMyName", "getMyName")
_offers("description", "setMyDescription", "getMyDescription")
_offers("short_description", "setMyShortDescription", "getMyShortDescription")


@method("logOut", "close")
async def leave(world: World, values: Json) -> Result:
    """Nothing to do on a server for one bot."""
    return True
