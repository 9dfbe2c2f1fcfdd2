"""The real application against a Bot API server over HTTP, seen from a person's side."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot import job_items, telegram_work
from bot.settings import ROOT
from handlers.answer import Answer
from handlers.question import Question
from store import Store
from store.model import Job
from tests.bot.working import ADMIN, GROUP, READER, told
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import ApiError, World


async def test_start(world: World) -> None:
    """/start says what the bot is, and its buttons lead into the story."""
    message = await Person(world, READER).asks("/start")
    assert "word for word" in message["text"]
    assert {"Summary", "Quotes", "People", "Sources", "Help"} <= buttons(message).keys()


async def test_quotes(world: World) -> None:
    """/quotes shows passages as quotations, with the speaker and the number of articles."""
    message = await Person(world, READER).asks("/quotes Kelly")
    quoted = [each for each in message["entities"] if "blockquote" in each["type"]]
    assert len(quoted) == 3
    assert '"Kim Jong Un is now happy to talk to anyone."' in message["text"]
    assert "Robert Kelly" in message["text"]
    assert "2 of 2 articles" in message["text"]


async def test_a_button(world: World) -> None:
    """A tap is closed and answered; a next page takes the place of the message."""
    person = Person(world, READER)
    message = await person.asks("/quotes")
    tap = await person.taps(message, "Next ›")
    await person.waits(lambda: "page 2" in message["text"])
    assert world.taps[tap] is not None
    assert len(person.seen()) == 1
    await person.taps(message, "Context 1")
    await person.waits(lambda: message["text"].startswith("Context — "))
    await person.taps(message, "‹ Back")
    await person.waits(lambda: "page 2" in message["text"])
    assert len(person.seen()) == 1


async def test_who_misspelt(world: World) -> None:
    """/who putn is Vladimir Putin."""
    assert (await Person(world, READER).asks("/who putn"))["text"].startswith("Vladimir Putin")


async def test_a_mention_in_private(world: World) -> None:
    """Whoever writes the bot's name there, out of habit, is answered all the same."""
    person = Person(world, READER)
    assert (await person.asks("@news_test_bot, who is Putin?"))["text"].startswith("Vladimir Putin")
    assert (await person.asks("@News_Test_Bot /who Kelly"))["text"].startswith("Robert Kelly")


async def test_plain_words(world: World) -> None:
    """In a private chat plain words are a question, and an unknown command is told."""
    person = Person(world, READER)
    asked = await person.asks("what did Kelly say about Trump?")
    assert "Kool-Aid" in asked["text"]
    assert "no such command" in (await person.asks("/qoutes"))["text"]


async def test_groups_are_left_in_peace(world: World) -> None:
    """In a group only known commands are answered, there, as a reply; commands for other bots are not."""
    world.privacy = False  # whatever it hears
    person = Person(world, READER, group=GROUP)
    for text in ("hello all", "/qoutes", "/quotes@other_bot Kelly", "what did Kelly say?"):
        await person.writes(text)
    asked = await person.writes("/quotes@News_Test_Bot Kelly")
    (message,) = await person.sees(1)
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    assert "Robert Kelly" in message["text"]


async def test_topics(world: World) -> None:
    """An answer stays in its topic; the thread of a plain reply is no topic."""
    topic = Person(world, READER, group=GROUP, forum=True)
    message = await topic.asks("/who Putin", message_thread_id=5, is_topic_message=True)
    assert message["message_thread_id"] == 5
    plain = Person(world, READER, group=GROUP - 1)
    await plain.asks("/who Putin", message_thread_id=5)
    sent = [values for name, values in world.calls if name == "sendMessage"]
    assert ["message_thread_id" in values for values in sent] == [True, False]


async def test_reply_to_a_message(world: World) -> None:
    """/quotes in reply to a message is about that message, or about the part that was marked."""
    person = Person(world, READER, group=GROUP)
    other = world.new_message(GROUP, **{"from": {"id": 9, "is_bot": False, "first_name": "x"}}, text="Kelly")
    answer = await person.asks("/quotes", reply_to_message=other)
    assert answer["text"].startswith("Quotes of Robert Kelly")
    marked = await person.asks("/quotes", reply_to_message=other, quote={"text": "Plant", "position": 0})
    assert marked["text"].startswith("Quotes of Tom Plant")


async def test_an_admin_loads_a_file(world: World) -> None:
    """An upload becomes a load: one message that is edited, and ends with what became of it."""
    admin = Person(world, ADMIN)
    text = "Mayor opens bridge\n\nThe mayor opened a bridge on Monday.\n\n“It is long,” said the mayor, Ann Lee."
    await admin.uploads("bridge.txt", text.encode(), "/load")
    (message,) = await admin.sees(1)
    await admin.waits(lambda: message["text"].startswith("Loading is done"))
    assert "Mayor opens bridge: loaded" in message["text"]
    assert len(admin.seen()) == 1
    await admin.taps(message, "Quotes")
    assert "“It is long,”" in (await admin.sees(2))[1]["text"]


async def test_an_admin_loads_by_reply(world: World) -> None:
    """/load in reply to somebody's file takes that file."""
    admin = Person(world, ADMIN, group=GROUP)
    file_id = world.new_file("a.txt", b"Rain in Spain\n\nIt rained in Spain on Monday, as it does every day there.")
    document = {"file_id": file_id, "file_unique_id": "1", "file_name": "a.txt", "file_size": 60}
    other = world.new_message(GROUP, **{"from": {"id": 9, "is_bot": False, "first_name": "x"}}, document=document)
    message = await admin.asks("/load", reply_to_message=other)
    await admin.waits(lambda: "Rain in Spain: loaded" in message["text"])


async def test_an_admin_pastes_a_text(world: World) -> None:
    """/load with an article in the message itself, and with a link that stands behind a word."""
    admin = Person(world, ADMIN)
    text = "Mayor opens bridge\n\n" + "The mayor opened a long bridge in the north on Monday. " * 5
    message = await admin.asks(f"/load {text}")
    await admin.waits(lambda: "Mayor opens bridge: loaded" in message["text"])
    link = [{"type": "bot_command", "offset": 0, "length": 5}, {"type": "text_link", "offset": 6, "length": 4}]
    linked = await admin.asks("/load this", entities=[link[0], link[1] | {"url": "http://127.0.0.1/private"}])
    await admin.waits(lambda: linked["text"].startswith("Nothing was loaded."))
    assert "127.0.0.1" in linked["text"]


async def test_stopping_a_load(world: World, seeded: Path) -> None:
    """The button below a load that runs stops it; a reader's tap on it does not."""
    with Store.open(seeded) as store:
        admin, reader = Person(world, ADMIN), Person(world, READER)
        message = await admin.asks("/start")
        store.new_job(f"telegram:{ADMIN}", str(ADMIN), [("text", "a", b"never begun")])
        tap = await reader.taps(await reader.asks("/start"), "data:n|cancel||||")
        assert "Only admins" in await told(reader, world, tap)
        assert store.open_jobs()
        tap = await admin.taps(message, "data:n|cancel||||")
        assert await told(admin, world, tap) == "Loading is stopped."
        assert store.open_jobs() == []


async def test_readers_do_not_load(world: World) -> None:
    """A reader's upload is refused before it is fetched, by command, by file and by an admin's button."""
    reader = Person(world, READER)
    await reader.uploads("x.txt", b"Some text", "/load")
    await reader.uploads("x.txt", b"Some text")
    first, second = await reader.sees(2)
    assert first["text"] == second["text"] == "Only admins of this bot can do that."
    tap = await reader.taps(first, "data:n|load||||https://example.org/")
    assert await told(reader, world, tap) == first["text"]
    assert len(reader.seen()) == 2
    assert "getFile" not in [name for name, _ in world.calls]


@pytest.mark.parametrize("words", [".env", str(ROOT / ".env"), "/etc/passwd", "file:///etc/passwd", "../.env seeds"])
async def test_paths_are_never_taken(world: World, words: str) -> None:
    """/load with a path of the server shows nothing of the file, not even to an admin, and loads nothing."""
    message = await Person(world, ADMIN).asks(f"/load {words}")
    assert "root:" not in message["text"]
    assert "BOT_TOKEN" not in message["text"]
    assert "not taken" in message["text"] or "Only http" in message["text"]


async def test_forged_and_stale_buttons(world: World) -> None:
    """What no button holds is told to be too old; an expired tap does no harm."""
    person = Person(world, READER)
    message = await person.asks("/start")
    for data in ("data:n#unknown", "data:;drop table"):
        tap = await person.taps(message, data)
        assert await told(person, world, tap) == "This button is too old. Please ask again."
    await person.taps(message, "data:n|nonsense||||")
    assert "no such command" in (await person.sees(2))[1]["text"]
    expired = await person.taps(message, "Sources")
    world.taps[expired] = {}
    await person.waits(lambda: "loaded articles" in message["text"].lower())


async def test_menus(world: World) -> None:
    """Readers are offered what they may use; /load is offered to admins alone, once they wrote to the bot."""
    await Person(world, READER).waits(lambda: "all_private_chats:" in world.commands)
    assert "quotes" in {each["command"] for each in world.commands["all_private_chats:"]}
    assert "load" not in {each["command"] for each in world.commands["all_private_chats:"]}


async def test_each_chat_in_order(world: World) -> None:
    """Questions of one chat are answered in the order they came."""
    person = Person(world, READER)
    for name in ("Putin", "Kelly", "Plant", "Pompeo", "Trump"):
        await person.writes(f"/who {name}")
    shown = [message["text"].partition(" —")[0].partition(",")[0] for message in await person.sees(5)]
    assert shown == ["Vladimir Putin", "Robert Kelly", "Tom Plant", "Mike Pompeo", "Donald Trump"]


async def test_a_flood_is_waited_out(world: World) -> None:
    """Told to wait, the bot waits and sends then; other chats do not wait with it."""
    slow, quick = Person(world, READER), Person(world, READER + 1)
    world.refuse_next("sendMessage", ApiError(429, "Too Many Requests: retry after 2", retry_after=2))
    await slow.writes("/who Putin")
    await slow.waits(lambda: not world.refusals)
    await quick.asks("/who Putin")
    assert slow.seen() == []
    assert (await slow.sees(1))[0]["text"].startswith("Vladimir Putin")


async def test_html_that_is_refused(world: World) -> None:
    """Should Telegram ever not take the format, the answer comes as plain text."""
    world.refuse_next("sendMessage", ApiError(400, "Bad Request: can't parse entities: unsupported start tag"))
    message = await Person(world, READER).asks("/quotes Kelly")
    assert "entities" not in message
    assert '"Kim Jong Un is now happy to talk to anyone."' in message["text"]
    assert "<" not in message["text"]


async def test_typing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that takes a while is announced, in its topic."""
    monkeypatch.setattr(telegram_work, "TYPING_SECONDS", 0.05)

    def late(question: Question, store: Store) -> Answer:
        time.sleep(0.5)
        return Answer("Late")

    monkeypatch.setattr(telegram_work, "reply", late)
    await Person(world, READER, group=GROUP, forum=True).asks("/who", message_thread_id=5, is_topic_message=True)
    shown = [values for name, values in world.calls if name == "sendChatAction"]
    assert shown == [{"chat_id": GROUP, "action": "typing", "message_thread_id": 5}]


async def test_what_is_answered_at_once_is_not_announced(world: World) -> None:
    """Only work of more than 300 ms is: other signs would only flicker."""
    assert pytest.approx(0.3) == telegram_work.TYPING_SECONDS
    person = Person(world, READER)
    message = await person.asks("/who Putin")
    await person.taps(message, "People")
    await person.waits(lambda: message["text"].startswith("People"))
    assert "sendChatAction" not in [name for name, _ in world.calls]


async def test_edits_are_left_alone(world: World) -> None:
    """What was answered stands; a message that is changed gets no second answer, in private neither."""
    person = Person(world, READER)
    asked = await person.writes("/who Putin")
    await person.sees(1)
    await person.edits(asked, "/who Kelly")
    assert (await person.asks("/who Plant"))["text"].startswith("Tom Plant")
    assert len(person.seen()) == 2


async def test_asking_before_doing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question to be confirmed is done on Yes only, once; No takes the buttons away."""
    done: list[str] = []

    def answer(question: Question, store: Store) -> Answer:
        if question.confirmed:
            done.append(question.asker)
            return Answer("Done")
        return Answer("Sure?", confirm=question)

    monkeypatch.setattr(telegram_work, "reply", answer)
    person = Person(world, READER)
    first, second = await person.asks("/who"), await person.asks("/who")
    await person.taps(first, "No")
    await person.waits(lambda: "reply_markup" not in first)
    assert done == []
    await person.taps(second, "Yes")
    await person.waits(lambda: second["text"] == "Done")
    assert "reply_markup" not in second
    assert done == [str(READER)]


async def test_being_thrown_out_is_no_fault(world: World) -> None:
    """A chat that the bot may not write to any more does not stop it from answering others."""
    world.refuse_next("sendMessage", ApiError(403, "Forbidden: bot was kicked from the supergroup chat"))
    person = Person(world, READER, group=GROUP)
    await person.writes("/who Putin")
    await person.waits(lambda: not world.refusals)
    assert (await person.asks("/who Putin"))["text"]


async def test_a_load_whose_answer_is_not_taken(world: World) -> None:
    """A load that was made runs also where its answer cannot be sent, and is told of in a message of its own."""
    admin = Person(world, ADMIN)
    world.refuse_next("sendMessage", ApiError(400, "Bad Request: not enough rights to send text messages to the chat"))
    await admin.uploads("bridge.txt", b"Mayor opens bridge\n\nThe mayor opened a bridge on Monday.", "/load")
    (message,) = await admin.sees(1)
    await admin.waits(lambda: "Mayor opens bridge: loaded" in message["text"])


async def test_a_report_whose_thanks_are_not_taken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The admins hear of it also where whoever reported it cannot be answered."""
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Thank you", tell_admins=Answer("Look")))
    reader, admin = Person(world, READER), Person(world, ADMIN)
    await admin.writes("/start")
    await admin.sees(2)
    world.refuse_next("sendMessage", ApiError(403, "Forbidden: bot was blocked by the user"))
    await reader.writes("/who")
    assert [message["text"] for message in await admin.sees(3)] == ["Thank you", "Look", "Look"]


async def test_the_network_fails_for_a_moment(world: World) -> None:
    """An answer is sent again after a failure of the network, and a tap is answered though it cannot be closed."""
    person = Person(world, READER)
    world.refuse_next("sendMessage", ApiError(502, "Bad Gateway"))
    message = await person.asks("/start")
    world.refuse_next("answerCallbackQuery", ApiError(502, "Bad Gateway"))
    await person.taps(message, "Sources")
    await person.waits(lambda: "loaded articles" in message["text"].lower())


async def test_a_load_that_breaks_costs_only_itself(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong with telling of one load, the next one runs, and the log holds no words of anybody."""
    real, broken = job_items.summary, list[Job]()

    def summary(job: Job, store: Store) -> Answer:
        if not broken:
            broken.append(job)
            raise ValueError("words of an article")
        return real(job, store)

    monkeypatch.setattr(job_items, "summary", summary)
    admin = Person(world, ADMIN)
    await admin.uploads("a.txt", b"Rain in Spain\n\nIt rained in Spain on Monday, as it does.", "/load")
    await admin.uploads("b.txt", b"Mayor opens bridge\n\nThe mayor opened a bridge on Monday.", "/load")
    _, message = await admin.sees(2)
    await admin.waits(lambda: "Mayor opens bridge: loaded" in message["text"])
    assert broken
    written = "".join(capfd.readouterr())
    assert "ValueError" in written
    assert "words of an article" not in written
