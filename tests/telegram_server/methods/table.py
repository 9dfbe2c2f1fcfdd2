"""The table of methods, and what every call goes through: schema, made-up refusals, floods, and the schema again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.telegram_server import schema
from tests.telegram_server.errors import ApiError
from tests.telegram_server.world import Json, World

Result = Json | list[Json] | bool


class Values(dict[str, object]):
    """The parameters of a call; ``files`` are uploads by the name that ``attach://`` gives them."""

    def __init__(self, given: Json, files: dict[str, tuple[str, bytes]] | None = None) -> None:
        super().__init__(given)
        self.files = files or {}


Method = Callable[[World, Json], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Offered:
    """A method under the name that the manual gives it."""

    name: str
    call: Method


METHODS: dict[str, Offered] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Offer a function as methods of the Bot API, whose names are known in any case."""

    def offer(call: Method) -> Method:
        METHODS.update({name.lower(): Offered(name, call) for name in names})
        return call

    return offer


async def call(world: World, name: str, given: Values) -> Result:
    """Call a method by name. Raises ApiError."""
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found")
    direct = {name: f"attach://{name}" for name in given.files if name in schema.model(found.name).model_fields}
    values = Values(schema.decoded(found.name, given) | direct, given.files)
    if world.judged:
        schema.check_request(found.name, values)
    world.calls.append((found.name, values))
    if world.delay:
        await asyncio.sleep(world.delay)
    try:
        _refuse(world, found.name, values)
        result = await found.call(world, values)
        if world.judged and found.name != "getUpdates":  # these are checked one by one when they are made
            schema.check_result(found.name, result)
        return result
    finally:
        await world.notify()


def _refuse(world: World, name: str, values: Json) -> None:
    """What is refused before the method is looked at."""
    for refusal in world.refusals:
        if refusal[0] == name:
            world.refusals.remove(refusal)
            raise refusal[1]
    if world.floods is not None and isinstance(chat_id := values.get("chat_id"), int):
        world.floods.take(name, chat_id)
