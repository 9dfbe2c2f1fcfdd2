"""What requests, answers and updates may look like: aiogram's types, with nothing added at any depth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile, InputFile, Update
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.telegram_server.errors import ApiError, bad

Json = dict[str, Any]

MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty", "file_id": "file_id not specified"}
"""How Telegram words that a parameter is not there; of all others it says that they are required."""

TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Invented(AssertionError):  # noqa: N818 - what it did, not what went wrong
    """The server itself made up something that Telegram does not send."""


@cache
def model(name: str) -> type[TelegramMethod[Any]]:
    """The schema of a method's parameters. Raises KeyError for a method that Telegram does not have."""
    return _models()[name.lower()]


@cache
def _models() -> dict[str, type[TelegramMethod[Any]]]:
    offered = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    known = ((getattr(each, "__api_method__", None), each) for each in offered)
    return {name.lower(): each for name, each in known if isinstance(name, str)}


def decoded(name: str, given: Json) -> Json:
    """Parameters as values, without those that are null: a form has numbers, truths and JSON as text."""
    fields = model(name).model_fields
    there = ((key, value) for key, value in given.items() if value is not None)
    return {key: _plain(key, value, _kinds(name, key) if key in fields else {str}) for key, value in there}


@cache
def _kinds(name: str, field: str) -> frozenset[Any]:
    return frozenset(_leaves(model(name).model_fields[field].annotation))


def _leaves(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _leaves(each)
    elif origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin is Literal:
        yield str
    elif annotation not in {type(None), Default}:
        yield origin or annotation


def _plain(key: str, value: Any, kinds: set[Any] | frozenset[Any]) -> Any:
    if not isinstance(value, str):
        return value
    if str in kinds or InputFile in kinds:
        return int(value) if int in kinds and value.lstrip("-").isdecimal() else value
    if kinds == {bool}:
        if value.lower() not in TRUTHS:
            raise bad(f"can't parse {key}: a truth is expected")
        return TRUTHS[value.lower()]
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {key} JSON object") from None


def check_request(name: str, values: Json) -> None:
    """Refuse what the manual does not describe. Raises ApiError for what is missing, unknown or of a wrong type."""
    asked = model(name)
    files = {key: BufferedInputFile(b"", "x") for key in values if _is_upload(name, key)}
    try:
        found = asked.model_validate({**values, **files})
    except ValidationError as error:
        raise _worded(error) from None
    if strays := {*strays_of(found), *(key for key in values if _deprecated(asked, key))}:
        raise bad(f"unknown parameters {sorted(strays)}")


def _deprecated(asked: type[TelegramMethod[Any]], key: str) -> bool:
    """Whether the manual does not have it any more."""
    field = asked.model_fields.get(key)
    extra = None if field is None else field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("deprecated"))


def _is_upload(name: str, key: str) -> bool:
    """Whether a parameter is always a file of its own."""
    return key in model(name).model_fields and _kinds(name, key) == frozenset({InputFile})


def _worded(error: ValidationError) -> ApiError:
    """The first fault that pydantic found, as the server would say it."""
    first = error.errors()[0]
    top, path = str(first["loc"][0]), ".".join(map(str, first["loc"]))
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad(MISSING.get(top, f'parameter "{top}" is required'))
    return bad(f"can't parse {top}: {path}: {first['msg']}")


def strays_of(value: Any, path: str = "") -> Iterator[str]:
    """Names, at any depth, that the types do not have."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}{name}"
        for name in value.model_fields_set & type(value).model_fields.keys():
            yield from strays_of(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strays_of(each, path)


@cache
def _result(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model(name).__returning__)


def check_result(name: str, result: Any) -> None:
    """Raises Invented where an answer is not what the method returns."""
    _check(_result(name), result, name)


def check_update(update: Json) -> None:
    """Raises Invented where an update is not one of Telegram's."""
    _check(_update(), update, "update")


@cache
def _update() -> TypeAdapter[Update]:
    return TypeAdapter(Update)


def _check(adapter: TypeAdapter[Any], made: Any, what: str) -> None:
    try:
        found = adapter.validate_python(made)
    except ValidationError as error:
        raise Invented(f"{what}: {error}") from None
    if strays := sorted(strays_of(found)):
        raise Invented(f"{what}: {strays} are not known")
