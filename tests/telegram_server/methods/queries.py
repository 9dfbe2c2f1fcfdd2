"""Answers to taps, to inline queries and to guests, each of which is open once and for a short time."""

from __future__ import annotations

import json

from tests.telegram_server import inline
from tests.telegram_server.errors import ApiError, bad
from tests.telegram_server.judge import is_link, units_of
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.texts import caption_of, markup_of, text_of
from tests.telegram_server.world import Json, World

OVER = "query is too old and response timeout expired or query ID is invalid"
MOST_TAP_TEXT = 200
MOST_RESULTS = 50
MOST_RESULT_ID_BYTES = MOST_OFFSET_BYTES = 64
MOST_RESULTS_BYTES = 2**16
"""Telegram answers 413 somewhere about here; where exactly is not told."""

ADDRESSES = ("thumbnail_url", "photo_url", "document_url")


@method("answerCallbackQuery")
async def answer_callback_query(world: World, values: Json) -> Result:
    """Closes a tap, once."""
    _still_open(world.taps, values["callback_query_id"])
    if units_of(values.get("text", "")) > MOST_TAP_TEXT:
        raise bad("MESSAGE_TOO_LONG")
    world.taps[values["callback_query_id"]] = values
    return True


@method("answerInlineQuery")
async def answer_inline_query(world: World, values: Json) -> Result:
    """Offers results, once."""
    _still_open(world.inline_queries, values["inline_query_id"])
    results = values["results"]
    if len(results) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    if len({each["id"] for each in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    if len(json.dumps(results, ensure_ascii=False).encode()) > MOST_RESULTS_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if len(values.get("next_offset", "").encode()) > MOST_OFFSET_BYTES:
        raise bad("NEXT_OFFSET_INVALID")
    for each in results:
        _check(each)
    if (button := values.get("button")) is not None and "web_app" not in button:
        _check_button(button)
    world.inline_queries[values["inline_query_id"]] = values
    return True


@method("answerGuestQuery")
async def answer_guest_query(world: World, values: Json) -> Result:
    """One message in a chat where the bot is not, once; it can be edited by its inline id."""
    asked = values["guest_query_id"]
    _still_open(world.guest_queries, asked)
    _check(values["result"])
    question = next(each for each in world.messages.values() if each.get("guest_query_id") == asked)
    content = inline.content_of(world, values["result"])
    caller = {"guest_bot_caller_user": question["from"]}
    thread = {name: question[name] for name in ("message_thread_id", "is_topic_message") if name in question}
    reply = {"reply_to_message": question}
    message = world.new_message(question["chat"]["id"], **{"from": world.bot}, **content, **caller, **thread, **reply)
    world.guest_queries[asked] = message
    return {"inline_message_id": inline.remember(world, message)}


def _still_open(queries: dict[str, Json | None], asked: str) -> None:
    if queries.get(asked, {}) is not None:
        raise bad(OVER)


def _check(result: Json) -> None:
    """One result: its id, its title, what it becomes, its buttons. Raises ApiError."""
    if not 1 <= len(result["id"].encode()) <= MOST_RESULT_ID_BYTES:
        raise bad("RESULT_ID_INVALID" if result["id"] else "RESULT_ID_EMPTY")
    if result["type"] == "article" and not result["title"].strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if content is not None and "message_text" in content:
        text_of(content | {"text": content["message_text"]})
    if any(not is_link(result[name]) for name in ADDRESSES if name in result):
        raise bad("WEBDOCUMENT_URL_INVALID")
    caption_of(result)
    markup_of(result)


def _check_button(button: Json) -> None:
    """The button above the results, which leads to the private chat."""
    start = button.get("start_parameter", "")
    if not button["text"].strip():
        raise bad("SWITCH_PM_TEXT_EMPTY")
    if not 1 <= len(start) <= 64 or not start.replace("-", "").replace("_", "").isalnum() or not start.isascii():
        raise bad("START_PARAM_INVALID")
