"""Another library's client, which shares no code with the bot's, works with the server and understands it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from PIL import Image

from tests.telegram_server.person import Person, buttons
from tests.telegram_server.server import TOKEN, Server, running

USER, GROUP = 8, -1001
KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="more")]])


def client(server: Server, token: str = TOKEN) -> Bot:
    """The client of aiogram, pointed at the server."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server with a private chat."""
    async with running() as started:
        Person(started.world, USER)
        yield started


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    """The client."""
    async with client(server) as started:
        yield started


def png(color: str) -> BufferedInputFile:
    """A picture."""
    written = io.BytesIO()
    Image.new("RGB", (30, 20), color).save(written, "png")
    return BufferedInputFile(written.getvalue(), "picture.png")


async def test_messages(bot: Bot) -> None:
    """Sent, answered, edited, copied, forwarded and deleted."""
    assert (await bot.me()).supports_guest_queries
    sent = await bot.send_message(
        USER, "<b>👩 x</b>", reply_markup=KEYBOARD, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    assert (sent.text, sent.html_text) == ("👩 x", "<b>👩 x</b>")
    reply = await bot.send_message(USER, "y", reply_parameters=ReplyParameters(message_id=sent.message_id, quote="x"))
    assert reply.reply_to_message
    assert reply.quote
    assert (reply.reply_to_message.message_id, reply.quote.text) == (sent.message_id, "x")
    edited = await bot.edit_message_text("<i>z</i>", chat_id=USER, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.html_text, edited.reply_markup) == ("<i>z</i>", None)
    forwarded = await bot.forward_message(USER, USER, sent.message_id)
    assert forwarded.forward_origin
    assert (await bot.copy_message(USER, USER, sent.message_id)).message_id > forwarded.message_id
    assert await bot.delete_message(USER, sent.message_id)
    assert await bot.send_chat_action(USER, "typing")


async def test_files(bot: Bot) -> None:
    """Up, down, and one picture in the place of another."""
    sent = await bot.send_document(USER, BufferedInputFile(bytes(range(256)), "ä b.bin"), caption="<u>x</u>")
    assert sent.document
    fetched = await bot.download(sent.document)
    assert fetched
    assert (sent.document.file_name, fetched.read()) == ("ä b.bin", bytes(range(256)))
    photo = await bot.send_photo(USER, png("red"), caption="x", reply_markup=KEYBOARD)
    assert photo.photo
    media = InputMediaPhoto(media=png("blue"), caption="<b>y</b>")
    other = await bot.edit_message_media(media, chat_id=USER, message_id=photo.message_id)
    assert isinstance(other, Message)
    assert other.photo
    assert (other.caption, other.photo[-1].width) == ("y", 30)
    assert other.photo[-1].file_id != photo.photo[-1].file_id


async def test_a_bot_of_its_own(server: Server, bot: Bot) -> None:
    """The polling and dispatching of aiogram answer a person's words, tap and inline query."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def on_message(message: Message) -> None:
        await message.reply(f"You said {message.text}", reply_markup=KEYBOARD)

    @dispatcher.callback_query()
    async def on_tap(query: CallbackQuery) -> None:
        await query.answer("closed")
        assert isinstance(query.message, Message)
        await query.message.edit_text("tapped")

    @dispatcher.inline_query()
    async def on_inline(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"<b>{query.query}</b>")
        article = InlineQueryResultArticle(id="1", title="x", input_message_content=content, reply_markup=KEYBOARD)
        await query.answer([article], next_offset="1", cache_time=0)

    @dispatcher.guest_message()
    async def on_guest(message: Message) -> None:
        assert message.guest_query_id
        content = InputTextMessageContent(message_text="guest")
        article = InlineQueryResultArticle(id="1", title="x", input_message_content=content)
        await bot.answer_guest_query(message.guest_query_id, article)

    serving = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=2))
    person = Person(server.world, USER)
    answer = await person.asks("hello")
    assert answer["text"] == "You said hello"
    tap = await person.taps(answer, "More")
    await person.waits(lambda: answer["text"] == "tapped")
    assert (server.world.taps[tap] or {})["text"] == "closed"
    assert buttons(answer) == {}
    (found,) = await person.asks_inline("word")
    assert (person.inline_answer["next_offset"], (await person.chooses(found))["text"]) == ("1", "word")
    assert (await Person(server.world, 9, group=GROUP, bot_inside=False).guest("hello"))["text"] == "guest"
    await dispatcher.stop_polling()
    await asyncio.wait_for(serving, 10)


async def test_every_update_is_read(server: Server, bot: Bot) -> None:
    """What a person does is of aiogram's types, with nothing left over."""
    person, channel = Person(server.world, USER, group=GROUP, forum=True), Person(server.world, 9, channel=-1002)
    await person.adds_bot()
    await person.opens_topic("x")
    await person.anonymously("/who")
    await person.replies(await channel.posts("said"), "/check", quote="said")
    await person.forwards(await person.mentions("x"))
    await person.kicks_bot()
    updates = await bot.get_updates(allowed_updates=[])
    assert len(updates) == 9
    assert all(isinstance(each, Update) and each.event_type for each in updates)


async def test_settings(bot: Bot) -> None:
    """Commands, webhook, chat and members."""
    commands = [BotCommand(command="who", description="Who is that?")]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=USER))
    (found,) = await bot.get_my_commands(scope=BotCommandScopeChat(chat_id=USER))
    assert found.command == "who"
    assert await bot.set_webhook("http://127.0.0.1:9/x", secret_token="x", allowed_updates=["message"])
    assert (await bot.get_webhook_info()).allowed_updates == ["message"]
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert (await bot.get_chat(USER)).type == "private"
    assert (await bot.get_chat_member(USER, USER)).status == "member"


async def test_refusals(server: Server, bot: Bot) -> None:
    """Each is the exception that aiogram has for it."""
    group = Person(server.world, USER, group=GROUP)
    await group.kicks_bot()
    await Person(server.world, USER, group=-55, basic=True).migrates(-1055)

    async def refused(kind: type[TelegramAPIError], chat_id: int = USER, text: str = "x") -> TelegramAPIError:
        with pytest.raises(kind) as told:
            await bot.send_message(chat_id, text)
        return told.value

    assert "can't parse entities" in (await refused(TelegramBadRequest, text="<b>")).message
    assert "kicked" in (await refused(TelegramForbiddenError, GROUP)).message
    migrated = await refused(TelegramMigrateToChat, -55)
    assert isinstance(migrated, TelegramMigrateToChat)
    assert migrated.migrate_to_chat_id == -1055
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(USER, BufferedInputFile(bytes(50 * 2**20 + 1), "x"))
    async with client(server, "1:x") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
    with pytest.raises(TelegramNotFound):
        await bot.send_dice(USER)
    async with running(floods=True) as slow, client(slow) as hurried:
        Person(slow.world, USER)
        for _ in range(3):
            await hurried.send_message(USER, "x", reply_markup=ForceReply(force_reply=True))
        with pytest.raises(TelegramRetryAfter) as told:
            await hurried.send_message(USER, "x")
        assert told.value.retry_after == 1
