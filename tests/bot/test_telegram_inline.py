"""Passages inserted in any chat, and guest calls, with the real application against a Bot API server."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from tests.bot.working import ADMIN, READER, at_work
from tests.handlers.made import RUIZ, Said, put
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server
from tests.telegram_server.world import ApiError, Json, World

SAID = '"Kim Jong Un is now happy to talk to anyone."'
NOT_PARSED = ApiError(400, "Bad Request: can't parse entities: unsupported start tag")
OVER = ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


def links(message: Json) -> list[str]:
    """The addresses below a message."""
    return [button["url"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_words_of_a_quotation(world: World) -> None:
    """What is chosen becomes a message with the words as a quotation, who said them, and a way to their context."""
    person = Person(world, READER)
    (result, *_) = await person.asks_inline("happy to talk to anyone")
    assert result["title"] == "Robert Kelly"
    assert len(result["description"]) <= 120
    message = await person.chooses(result)
    assert [each for each in message["entities"] if "blockquote" in each["type"]]
    assert SAID in message["text"]
    assert "Robert Kelly" in message["text"]
    assert "2 of 2 articles" in message["text"]
    (link,) = links(message)
    assert link.startswith(f"https://t.me/{world.bot['username']}?start=p-")
    shown = await person.asks(f"/start {link.partition('start=')[2]}")
    assert shown["text"].startswith("Context")
    assert SAID in shown["text"]


@pytest.mark.parametrize("words", ["kelly", "putn", "sanctions", "what did Kelly say about Trump?", "11-mile border"])
async def test_ways_to_ask(world: World, words: str) -> None:
    """Names, misspelt names, words, questions and an outlet's own sentences are offered; each once, under one id."""
    person = Person(world, READER)
    results = await person.asks_inline(words)
    assert 0 < len(results) <= 20
    assert len({each["id"] for each in results}) == len(results)
    assert [each["id"] for each in await person.asks_inline(words)] == [each["id"] for each in results]
    assert len({each["input_message_content"]["message_text"] for each in results}) == len(results)


async def test_nothing_is_typed(world: World) -> None:
    """The quotations that stand best alone are offered, of people who are named."""
    results = await Person(world, READER).asks_inline("")
    assert {"Robert Kelly", "Tom Plant", "Vladimir Putin"} <= {each["title"] for each in results}


async def test_nothing_is_found(world: World) -> None:
    """No result, and a button that leads into the private chat, which answers."""
    person = Person(world, READER)
    assert await person.asks_inline("zebra pancake") == []
    button = person.inline_answer["button"]
    assert button["text"] == "The loaded articles do not say"
    assert "word for word" in (await person.asks(f"/start {button['start_parameter']}"))["text"]


@pytest.mark.parametrize(
    "words", ["x" * 256, "<b>&amp;", "\0\u202e", '"', "/quotes Kelly", "%s {}", "что он сказал", "' OR 1=1 --"]
)
async def test_hostile_queries(world: World, words: str) -> None:
    """Whatever is typed is answered."""
    person = Person(world, READER)
    await person.asks_inline(words)
    assert "results" in person.inline_answer


async def test_pages(server: Server, tmp_path: Path) -> None:
    """Many passages come page by page, none twice and none left out; a forged offset begins anew."""
    said = [f"“The bridge has to be repaired before day number {at} of the year.”" for at in range(50)]
    with Store.open(tmp_path / "many.db") as store:
        put(store, *said, said=[Said((each,), RUIZ.name) for each in said], outlet="Norrvik Post")
    async with at_work(server, tmp_path / "many.db"):
        person = Person(server.world, READER)
        seen: list[str] = []
        offset = ""
        while True:
            seen += [each["description"] for each in await person.asks_inline("Ruiz", offset)]
            offset = person.inline_answer.get("next_offset", "")
            if not offset:
                break
        assert [each for each in seen if "day number" in each] == said
        for forged in ("-5", "9" * 60, "x", "٣"):
            assert [each["description"] for each in await person.asks_inline("Ruiz", forged)] == seen[:20]
        assert await person.asks_inline("Ruiz", "9999") == []


async def test_long_quotations_fit(server: Server, tmp_path: Path) -> None:
    """One answer is never larger than Telegram takes; what has no room comes on the next page."""
    said = [
        f"“Number {at}. " + "The bridge has to be repaired, dear citizens of Norrvik. " * 45 + "”" for at in range(25)
    ]
    with Store.open(tmp_path / "long.db") as store:
        put(store, *said, said=[Said((each,), RUIZ.name) for each in said])
    async with at_work(server, tmp_path / "long.db"):
        person = Person(server.world, READER)
        first = await person.asks_inline("Ruiz")
        assert 5 < len(first) < 20
        offset = person.inline_answer["next_offset"]
        assert offset == str(len(first))
        second = await person.asks_inline("Ruiz", offset)
        assert not {each["id"] for each in first} & {each["id"] for each in second}


async def test_a_store_with_nothing_in_it(server: Server, tmp_path: Path) -> None:
    """Before anything is loaded there is nothing to offer, and it is said so."""
    with Store.open(tmp_path / "empty.db") as store:
        store.unload(put(store))
    async with at_work(server, tmp_path / "empty.db"):
        person = Person(server.world, READER)
        assert await person.asks_inline("") == []
        assert person.inline_answer["button"]["text"] == "No articles are loaded yet"
        assert (await person.guest("what happened?"))["text"] == "No articles are loaded yet."


async def test_only_for_listed_people(server: Server, seeded: Path) -> None:
    """Where access is listed, others get nothing inline but a line, one sentence as guests, and nothing is shared."""
    async with at_work(server, seeded, access="listed"):
        reader, admin = Person(server.world, READER), Person(server.world, ADMIN)
        assert await reader.asks_inline("Kelly") == []
        assert reader.inline_answer["button"]["text"] == "Only for people its admins chose"
        assert await admin.asks_inline("Kelly") != []
        assert reader.inline_answer["is_personal"] is admin.inline_answer["is_personal"] is True
        assert "Kelly" not in (await Person(server.world, READER, group=-55).guest("what did Kelly say?"))["text"]


async def test_answers_are_shared_where_all_may_ask(world: World) -> None:
    """Telegram may give the same words the same results, for a minute."""
    person = Person(world, READER)
    await person.asks_inline("Kelly")
    assert not person.inline_answer.get("is_personal")
    assert int(person.inline_answer["cache_time"]) <= 60


async def test_a_query_that_is_over(world: World) -> None:
    """Its end is no fault of anybody: nothing is said, nothing is tried again, the next one is answered."""
    person = Person(world, READER)
    world.refuse_next("answerInlineQuery", OVER)
    await person.types_inline("Kelly")
    await person.waits(lambda: [name for name, _ in world.calls].count("answerInlineQuery") == 1)
    assert await person.asks_inline("Kelly") != []
    assert [name for name, _ in world.calls].count("answerInlineQuery") == 2


async def test_html_that_is_refused(world: World) -> None:
    """Should Telegram ever not take the format, passages are offered, and guests answered, as plain text."""
    person = Person(world, READER, group=-77)
    world.refuse_next("answerInlineQuery", NOT_PARSED)
    (result, *_) = await person.asks_inline("happy to talk to anyone")
    message = await person.chooses(result)
    assert {each["type"] for each in message.get("entities", [])} <= {"url"}
    assert SAID in message["text"]
    world.refuse_next("answerGuestQuery", NOT_PARSED)
    message = await person.guest("what did Kelly say about Trump?")
    assert {each["type"] for each in message.get("entities", [])} <= {"url"}
    assert "Robert Kelly" in message["text"]
    assert "<" not in message["text"]


async def test_a_guest(world: World) -> None:
    """Called in a chat that it is not in, the bot sends one message: the best passage, with its speaker."""
    person = Person(world, READER, group=-77)
    message = await person.guest("what did Kelly say about Trump?")
    assert "Robert Kelly" in message["text"]
    assert [each for each in message["entities"] if "blockquote" in each["type"]]
    assert links(message)[0].startswith("https://t.me/")
    assert (await person.guest("zebra pancake?"))["text"] == "The loaded articles do not say."
    assert (await person.guest(""))["text"].startswith("What would you like to know?")


@pytest.mark.parametrize("call", ["", "/check", "/check@news_test_bot"])
async def test_a_guest_is_asked_about_a_message(world: World, call: str) -> None:
    """A call in reply to somebody's claim checks it, in one message without buttons that need the bot's chat."""
    person = Person(world, READER, group=-77)
    claim = await person.writes('Kelly said "Kim Jong Un is now unhappy to talk to anyone"')
    message = await person.guest(call, reply_to_message=claim)
    assert message["text"].startswith("Altered")
    assert "A negation was added" in message["text"]
    assert "reply_markup" not in message


async def test_a_guest_call_that_is_over(world: World) -> None:
    """It is closed in silence too."""
    person = Person(world, READER, group=-77)
    world.refuse_next("answerGuestQuery", OVER)
    await person.calls_guest("Kelly?")
    await person.waits(lambda: [name for name, _ in world.calls].count("answerGuestQuery") == 1)
    assert "Robert Kelly" in (await person.guest("what did Kelly say?"))["text"]
