"""The server refuses what Telegram refuses, in its words; a double that takes everything would prove nothing."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image

from tests.telegram_server.called import call, result
from tests.telegram_server.errors import ApiError
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server, running

USER, BLOCKER, STRANGER = 8, 9, 10
GROUP, FORUM, CHANNEL, BASIC = -100_001, -100_002, -100_003, -41
OLD, NEW, KICKED, KICKED_BASIC, LEFT, KICKED_CHANNEL = -42, -100_042, -100_004, -43, -100_005, -100_006
THEIRS, OWN, OWN_FILE = 1, 2, 3
OPEN, CLOSED = 5, 6
TAP, TYPED, ASKED = "tap-1", "typed-1", "asked-1"


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Chats of every kind; in the private one a person's message, one of the bot's, and a file of the bot's."""
    async with running() as started:
        world = started.world
        await Person(world, USER).writes("hello")
        assert (await result(started, "sendMessage", chat_id=USER, text="own", reply_markup=markup(data("x"))))["text"]
        await result(started, "sendDocument", chat_id=USER, document=b"content", caption="own")
        await Person(world, USER, group=GROUP).writes("hello")
        forum = Person(world, USER, group=FORUM, forum=True)
        for topic in (OPEN, CLOSED):
            await forum.writes("/hello", message_thread_id=topic, is_topic_message=True)
        world.topics[FORUM][CLOSED].closed = True
        Person(world, USER, channel=CHANNEL)
        Person(world, USER, group=BASIC, basic=True)
        await Person(world, USER, group=OLD, basic=True).migrates(NEW)
        await Person(world, USER, group=KICKED).kicks_bot()
        await Person(world, USER, group=KICKED_BASIC, basic=True).kicks_bot()
        await Person(world, USER, channel=KICKED_CHANNEL).kicks_bot()
        Person(world, USER, group=LEFT, bot_inside=False)
        await Person(world, BLOCKER).blocks_bot()
        Person(world, STRANGER, started=False)
        world.taps[TAP], world.inline_queries[TYPED], world.guest_queries[ASKED] = None, None, None
        yield started


def data(text: str) -> dict[str, Any]:
    """A button that says x."""
    return {"text": "x", "callback_data": text}


def markup(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A row of buttons."""
    return {"inline_keyboard": [list(buttons)]}


def article(number: str = "1", text: str = "x", **more: Any) -> dict[str, Any]:
    """An inline result."""
    content = {"message_text": text} | more.pop("content", {})
    return {"type": "article", "id": number, "title": "x", "input_message_content": content} | more


class Zeros(int):
    """So many bytes, made only when they are sent."""


def picture(width: int, height: int) -> bytes:
    """A PNG of some size."""
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "png")
    return written.getvalue()


HTML = {"parse_mode": "HTML"}
TO: dict[str, Any] = {"chat_id": USER, "text": "x"}
EDIT = {"chat_id": USER, "message_id": OWN, "text": "x"}
COMMAND = {"command": "quotes", "description": "Quotations"}
PHOTO = {"type": "photo", "media": "attach://p"}
ANSWER = {"inline_query_id": TYPED}
GUEST = {"guest_query_id": ASKED}
MIGRATED = "group chat was upgraded to a supergroup chat"
OVER = "query is too old and response timeout expired or query ID is invalid"

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    # parameters
    ("sendTelepathy", TO, "Not Found"),
    ("sendMessage", {"chat_id": USER}, "message text is empty"),
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("getChatMember", {"chat_id": USER}, 'parameter "user_id" is required'),
    ("sendMessage", TO | {"colour": "red"}, "unknown parameters ['colour']"),
    ("sendMessage", TO | {"reply_to_message_id": 1}, "unknown parameters ['reply_to_message_id']"),
    ("sendMessage", TO | {"disable_web_page_preview": True}, "unknown parameters ['disable_web_page_preview']"),
    ("sendMessage", TO | {"link_preview_options": {"disabled": 1}}, "unknown parameters ['link_preview_options.d"),
    ("sendMessage", TO | {"reply_parameters": {"message_id": 1, "reply": 1}}, "['reply_parameters.reply']"),
    ("sendMessage", TO | {"reply_markup": markup(data("x") | {"hue": 1})}, "['reply_markup.inline_keyboard.hue']"),
    ("answerInlineQuery", ANSWER | {"results": [article(content={"mode": "HTML"})]}, "input_message_content.mode']"),
    ("sendMessage", TO | {"text": 5}, "can't parse text"),
    ("sendMessage", TO | {"disable_notification": "perhaps it"}, "can't parse disable_notification"),
    ("sendMessage", TO | {"reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ("sendMessage", TO | {"reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}}, "unknown parameters"),
    ("editMessageText", EDIT | {"message_thread_id": OPEN}, "unknown parameters ['message_thread_id']"),
    ("answerCallbackQuery", {"callback_query_id": TAP, "message_thread_id": OPEN}, "unknown parameters"),
    # texts
    ("sendMessage", TO | {"text": " \n\t"}, "message text is empty"),
    ("sendMessage", TO | {"text": "<b> </b>", **HTML}, "message text is empty"),
    ("sendMessage", TO | {"text": "a" * 4097}, "message is too long"),
    ("sendMessage", TO | {"text": "👩" * 2049}, "message is too long"),
    ("sendMessage", TO | {"text": "&amp;" * 4097, **HTML}, "message is too long"),
    ("editMessageText", EDIT | {"text": "a" * 4097}, "MESSAGE_TOO_LONG"),
    ("sendMessage", TO | {"text": "<b>x", **HTML}, "can't parse entities: Can't find end tag"),
    ("sendMessage", TO | {"text": "<p>x</p>", **HTML}, 'can\'t parse entities: Unsupported start tag "p"'),
    ("sendMessage", TO | {"text": "<b>x</i>", **HTML}, "can't parse entities: Unmatched end tag"),
    ("sendMessage", TO | {"text": "a < b", **HTML}, "can't parse entities: Unsupported start tag"),
    ("sendMessage", TO | {"text": "x", "parse_mode": "Esperanto"}, "unsupported parse_mode"),
    ("sendMessage", TO | {"entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ENTITY_BOUNDS_INVALID"),
    ("sendDocument", {"chat_id": USER, "document": b"x", "caption": "a" * 1025}, "message caption is too long"),
    ("sendDocument", {"chat_id": USER, "document": b"x", "caption": "<b>", **HTML}, "can't parse entities"),
    ("editMessageCaption", {"chat_id": USER, "message_id": OWN_FILE, "caption": "a" * 1025}, "caption is too long"),
    # buttons
    ("sendMessage", TO | {"reply_markup": markup(data(""))}, "BUTTON_DATA_INVALID"),
    ("sendMessage", TO | {"reply_markup": markup(data("é" * 33))}, "BUTTON_DATA_INVALID"),
    ("sendMessage", TO | {"reply_markup": markup(data("x" * 65))}, "BUTTON_DATA_INVALID"),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x"})}, "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", TO | {"reply_markup": markup(data("x") | {"text": " "})}, "button text must be non-empty"),
    ("sendMessage", TO | {"reply_markup": markup(data("x") | {"url": "https://example.org"})}, "callback_data and url"),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x", "url": "javascript:alert(1)"})}, "Wrong HTTP URL"),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x", "url": "http://localhost/"})}, "Wrong HTTP URL"),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x", "url": "https://a.org/" + "a" * 2048})}, "BUTTON_URL_I"),
    ("sendMessage", TO | {"reply_markup": {"inline_keyboard": [[data("x")] * 8] * 13}}, "reply markup is too long"),
    # chats
    ("sendMessage", TO | {"chat_id": 99}, "chat not found"),
    ("sendMessage", TO | {"chat_id": "@nobody_here"}, "chat not found"),
    ("sendMessage", TO | {"chat_id": BLOCKER}, "bot was blocked by the user"),
    ("sendMessage", TO | {"chat_id": STRANGER}, "bot can't initiate conversation with a user"),
    ("sendMessage", TO | {"chat_id": KICKED}, "bot was kicked from the supergroup chat"),
    ("sendMessage", TO | {"chat_id": KICKED_BASIC}, "bot was kicked from the group chat"),
    ("sendMessage", TO | {"chat_id": KICKED_CHANNEL}, "bot was kicked from the channel chat"),
    ("sendMessage", TO | {"chat_id": LEFT}, "bot is not a member of the supergroup chat"),
    ("sendMessage", TO | {"chat_id": OLD}, MIGRATED),
    ("sendChatAction", {"chat_id": OLD, "action": "typing"}, MIGRATED),
    ("sendChatAction", {"chat_id": KICKED, "action": "typing"}, "bot was kicked"),
    ("sendChatAction", {"chat_id": USER, "action": "thinking"}, "wrong parameter action in request"),
    ("getChatAdministrators", {"chat_id": USER}, "there are no administrators in the private chat"),
    ("getChatAdministrators", {"chat_id": KICKED}, "bot was kicked from the supergroup chat"),
    ("getChatMember", {"chat_id": GROUP, "user_id": 77}, "PARTICIPANT_ID_INVALID"),
    ("getChatMember", {"chat_id": BASIC, "user_id": 77}, "user not found"),
    ("leaveChat", {"chat_id": USER}, "chat member status can't be changed in private chats"),
    # topics
    ("sendMessage", TO | {"chat_id": GROUP, "message_thread_id": 5}, "message thread not found"),
    ("sendMessage", TO | {"message_thread_id": 5}, "message thread not found"),
    ("sendMessage", TO | {"chat_id": FORUM, "message_thread_id": 1}, "message thread not found"),
    ("sendMessage", TO | {"chat_id": FORUM, "message_thread_id": 77}, "message thread not found"),
    ("sendMessage", TO | {"chat_id": FORUM, "message_thread_id": CLOSED}, "TOPIC_CLOSED"),
    ("sendChatAction", {"chat_id": FORUM, "action": "typing", "message_thread_id": 77}, "message thread not found"),
    # replies
    ("sendMessage", TO | {"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", TO | {"reply_parameters": {}}, "message_id must be specified"),
    ("sendMessage", TO | {"reply_parameters": {"message_id": THEIRS, "quote": "adieu"}}, "QUOTE_TEXT_INVALID"),
    (
        "sendMessage",
        TO | {"reply_parameters": {"message_id": 99, "chat_id": GROUP, "allow_sending_without_reply": True}},
        "message to be replied not found",
    ),
    # edits, deletions, forwards
    ("editMessageText", EDIT | {"text": "own", "reply_markup": markup(data("x"))}, "message is not modified"),
    ("editMessageReplyMarkup", {"chat_id": USER, "message_id": OWN, "reply_markup": markup(data("x"))}, "not modified"),
    ("editMessageCaption", {"chat_id": USER, "message_id": OWN_FILE, "caption": "own"}, "message is not modified"),
    ("editMessageText", EDIT | {"message_id": 99}, "message to edit not found"),
    ("editMessageText", EDIT | {"message_id": THEIRS}, "message can't be edited"),
    ("editMessageText", EDIT | {"message_id": OWN_FILE}, "there is no text in the message to edit"),
    ("editMessageCaption", EDIT | {"caption": "x"}, "unknown parameters ['text']"),
    ("editMessageCaption", {"chat_id": USER, "message_id": OWN, "caption": "x"}, "there is no caption in the message"),
    ("editMessageText", {"chat_id": USER, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"inline_message_id": "x", "text": "x"}, "MESSAGE_ID_INVALID"),
    ("deleteMessage", {"chat_id": USER, "message_id": 99}, "message to delete not found"),
    ("deleteMessage", {"chat_id": GROUP, "message_id": 1}, "message can't be deleted"),
    ("forwardMessage", {"chat_id": USER, "from_chat_id": GROUP, "message_id": 99}, "message to forward not found"),
    ("copyMessage", {"chat_id": USER, "from_chat_id": GROUP, "message_id": 99}, "message to copy not found"),
    # files
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("sendDocument", {"chat_id": USER, "document": "x"}, "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"chat_id": USER, "document": "attach://gone"}, "is not attached"),
    ("sendDocument", {"chat_id": USER, "document": b""}, "file must be non-empty"),
    ("sendDocument", {"chat_id": USER, "document": Zeros(50 * 2**20 + 1)}, "Request Entity Too Large"),
    ("sendPhoto", {"chat_id": USER, "photo": Zeros(10 * 2**20 + 1)}, "too big for a photo"),
    ("sendPhoto", {"chat_id": USER, "photo": b"no picture"}, "IMAGE_PROCESS_FAILED"),
    ("sendPhoto", {"chat_id": USER, "photo": picture(9000, 1001)}, "PHOTO_INVALID_DIMENSIONS"),
    ("sendPhoto", {"chat_id": USER, "photo": picture(210, 10)}, "PHOTO_INVALID_DIMENSIONS"),
    ("sendPhoto", {"chat_id": USER, "photo": picture(9, 9), "message_thread_id": 5}, "message thread not found"),
    # queries
    ("answerCallbackQuery", {"callback_query_id": "x"}, OVER),
    ("answerCallbackQuery", {"callback_query_id": TAP, "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("answerInlineQuery", {"inline_query_id": "x", "results": []}, OVER),
    ("answerInlineQuery", ANSWER | {"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
    ("answerInlineQuery", ANSWER | {"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
    ("answerInlineQuery", ANSWER | {"results": [article("x" * 65)]}, "RESULT_ID_INVALID"),
    ("answerInlineQuery", ANSWER | {"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
    ("answerInlineQuery", ANSWER | {"results": [article(text="a" * 4097)]}, "message is too long"),
    ("answerInlineQuery", ANSWER | {"results": [article(text="<b>", content=HTML)]}, "can't parse entities"),
    ("answerInlineQuery", ANSWER | {"results": [article(reply_markup=markup(data("x" * 65)))]}, "BUTTON_DATA_INVALID"),
    ("answerInlineQuery", ANSWER | {"results": [article(thumbnail_url="x y")]}, "WEBDOCUMENT_URL_INVALID"),
    ("answerInlineQuery", ANSWER | {"results": [article(str(n), "a" * 4000) for n in range(20)]}, "Entity Too Large"),
    ("answerInlineQuery", ANSWER | {"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    ("answerInlineQuery", ANSWER | {"results": [], "button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_I"),
    ("answerInlineQuery", ANSWER | {"results": [{"type": "article", "id": "1"}]}, "can't parse results"),
    ("answerGuestQuery", {"guest_query_id": "x", "result": article()}, OVER),
    ("answerGuestQuery", GUEST | {"result": article(text=" ")}, "message text is empty"),
    # commands
    ("setMyCommands", {"commands": [COMMAND | {"command": "Quotes"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [COMMAND | {"command": "a" * 33}]}, "command length must not exceed 32"),
    ("setMyCommands", {"commands": [COMMAND | {"command": "/"}]}, "command must be non-empty"),
    ("setMyCommands", {"commands": [COMMAND | {"description": " "}]}, "command description must be non-empty"),
    ("setMyCommands", {"commands": [COMMAND | {"description": "x" * 257}]}, "description length must not exceed 256"),
    ("setMyCommands", {"commands": [COMMAND] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "everybody"}}, "can't parse scope"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat"}}, "can't parse scope"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat", "chat_id": 99}}, "chat not found"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat_administrators", "chat_id": USER}}, "private"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat", "chat_id": CHANNEL}}, "in channel chats"),
    ("setMyCommands", {"commands": [COMMAND], "language_code": "english"}, "invalid language code specified"),
    ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
    # updates
    ("setWebhook", {"url": "https://"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "https://x.org", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": "https://x.org", "secret_token": "a" * 257}, "secret token is too long"),
]  # fmt: skip

FORBIDDEN = ("bot was", "bot can't initiate", "bot is not")


@pytest.mark.parametrize(("method", "values", "words"), REFUSED, ids=[f"{each[0]}-{each[2]}" for each in REFUSED])
async def test_refusals(server: Server, method: str, values: dict[str, Any], words: str) -> None:
    """A mistake of the bot is refused with Telegram's own words and status, and changes nothing."""
    before = (len(server.world.messages), server.world.taps[TAP], server.world.inline_queries[TYPED])
    made: dict[str, Any] = {name: bytes(value) if isinstance(value, Zeros) else value for name, value in values.items()}
    answer = await call(server, method, **made)
    assert not answer["ok"]
    assert words in answer["description"]
    status = 403 if words.startswith(FORBIDDEN) else {"Not Found": 404}.get(words, 413 if "Entity" in words else 400)
    assert answer["error_code"] == status
    assert answer.get("parameters", {}) == ({"migrate_to_chat_id": NEW} if words == MIGRATED else {})
    assert before == (len(server.world.messages), server.world.taps[TAP], server.world.inline_queries[TYPED])


TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", TO | {"text": "a" * 4096}),
    ("sendMessage", TO | {"text": "&amp;" * 4096, **HTML}),
    ("sendMessage", TO | {"text": "👩" * 2048}),
    ("sendMessage", TO | {"reply_markup": markup(data("x" * 64), {"text": "x", "url": "https://example.org/?a=b"})}),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x", "url": "tg://resolve?domain=news_test_bot"})}),
    ("sendMessage", TO | {"reply_markup": markup({"text": "x", "switch_inline_query_current_chat": ""})}),
    ("sendMessage", TO | {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}}),
    ("sendMessage", TO | {"reply_parameters": {"message_id": THEIRS, "quote": "ell"}}),
    ("sendMessage", TO | {"chat_id": FORUM, "message_thread_id": OPEN}),
    ("sendMessage", TO | {"chat_id": CHANNEL}),
    ("sendMessage", TO | {"chat_id": NEW}),
    ("editMessageText", EDIT | {"text": "own"}),
    ("editMessageMedia", {"chat_id": USER, "message_id": OWN_FILE, "media": PHOTO, "p": picture(9, 9)}),
    ("deleteMessage", {"chat_id": USER, "message_id": THEIRS}),
    ("copyMessage", {"chat_id": USER, "from_chat_id": USER, "message_id": OWN_FILE, "caption": "other"}),
    ("forwardMessage", {"chat_id": GROUP, "from_chat_id": USER, "message_id": THEIRS}),
    ("sendPhoto", {"chat_id": USER, "photo": picture(200, 10), "caption": "a" * 1024}),
    ("answerInlineQuery", ANSWER | {"results": [article(str(n)) for n in range(50)], "next_offset": "50"}),
    ("answerCallbackQuery", {"callback_query_id": TAP, "text": "x" * 200, "show_alert": True}),
    ("setMyCommands", {"commands": [COMMAND] * 100, "language_code": "de"}),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat_member", "chat_id": GROUP, "user_id": USER}}),
    ("setMyShortDescription", {"short_description": "News, word for word."}),
    ("getChat", {"chat_id": FORUM}),
    ("getChatMemberCount", {"chat_id": GROUP}),
    ("getMe", {}),
    ("getMyDescription", {}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "values"), TAKEN)
async def test_what_is_right_is_taken(server: Server, method: str, values: dict[str, Any]) -> None:
    """Just within each limit, a call works, and its answer is of the type that the manual promises."""
    assert (await call(server, method, **values))["ok"]


async def test_a_made_up_refusal(server: Server) -> None:
    """A test can have the next call of a method refused, once, with everything that the answer carries."""
    server.world.refuse_next("sendMessage", ApiError(429, "Too Many Requests: retry after 2", retry_after=2))
    answer = await call(server, "sendMessage", **TO)
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 2})
    assert (await call(server, "sendMessage", **TO))["ok"]
