"""One message that is edited by its buttons: more and less, parts, and back; in private chats."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bot import telegram_work
from handlers.answer import Answer, Next, Note
from handlers.question import Question
from store import Store
from tests.bot.working import ADMIN, READER, told
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import ApiError, Json, World


async def shows(person: Person, message: Json, label: str, start: str) -> None:
    """Tap a button, after which the same message reads otherwise."""
    await person.taps(message, label)
    await person.waits(lambda: message["text"].startswith(start))


async def test_a_walk_and_the_way_back(world: World) -> None:
    """From a page to a context, wider and narrower, to a person, to the sources, and back through all of it."""
    person = Person(world, READER)
    message = await person.asks("/quotes")
    first = message["text"]
    await shows(person, message, "Next ›", "Quotes, page 2")
    await shows(person, message, "Context 2", "Context")
    narrow = message["text"]
    await person.taps(message, "More around it")
    await person.waits(lambda: len(message["text"]) > len(narrow))
    await person.taps(message, "Less around it")
    await person.waits(lambda: message["text"] == narrow)
    await person.taps(message, next(label for label in buttons(message) if label.startswith("About ")))
    await person.waits(lambda: "Mentioned" in message["text"])
    await shows(person, message, "Quotes", "Quotes of")
    await shows(person, message, "Sources", "2 loaded articles")
    await shows(person, message, "‹ Back", "Quotes of")
    await person.taps(message, "‹ Back")
    await person.waits(lambda: "Mentioned" in message["text"])
    await person.taps(message, "‹ Back")
    await person.waits(lambda: message["text"] == narrow)
    await shows(person, message, "‹ Back", "Quotes, page 2")
    await shows(person, message, "‹ Previous", "Quotes, page 1")
    assert message["text"] == first
    assert "‹ Back" not in buttons(message)
    assert person.seen() == [message]


async def test_longer_and_shorter(world: World) -> None:
    """A summary grows and shrinks in its place."""
    person = Person(world, READER)
    message = await person.asks("/summary")
    short = message["text"]
    await person.taps(message, "Longer")
    await person.waits(lambda: len(message["text"]) > len(short))
    await person.taps(message, "Shorter")
    await person.waits(lambda: message["text"] == short)


async def test_parts_of_a_long_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no room in one message is turned part by part, cut between blocks; nothing else is sent."""
    blocks = tuple(Note(f"{number}: " + "word " * 500) for number in range(4))
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Long", blocks))
    person = Person(world, READER)
    message = await person.asks("/who")
    assert message["text"].startswith("Long, part 1 of 4\n\n0: ")
    await shows(person, message, "Part 2 of 4 ›", "Long, part 2 of 4\n\n1: ")
    await shows(person, message, "Part 3 of 4 ›", "Long, part 3 of 4\n\n2: ")
    await shows(person, message, "‹ Part 2", "Long, part 2 of 4\n\n1: ")
    assert len(person.seen()) == 1


async def test_no_part_is_passed_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button to the next page stands below the last part of a page only: what is read on is all of it."""
    blocks = tuple(Note(f"{number}: " + "word " * 500) for number in range(2))
    onward = (Next("Next ›", Question(command="who", page=1)), Next("Quotes", Question(command="quotes")))
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Long", blocks, onward))
    person = Person(world, READER)
    message = await person.asks("/who")
    assert list(buttons(message)) == ["Part 2 of 2 ›", "Quotes"]
    await shows(person, message, "Part 2 of 2 ›", "Long, part 2 of 2")
    assert list(buttons(message)) == ["‹ Part 1", "Next ›", "Quotes"]


async def test_a_long_answer_that_is_not_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done is told whole, in several messages: it cannot be asked for again part by part."""
    blocks = tuple(Note(f"{number}: " + "word " * 500) for number in range(3))
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Long", blocks))
    person = Person(world, ADMIN)
    await person.writes("/cancel")
    assert [each["text"][:19] for each in await person.sees(3)] == [f"Long, part {n} of 3\n\n" for n in (1, 2, 3)]
    await person.taps(person.seen()[0], "data:e|cancel||||")
    assert len(await person.sees(5)) == 5


async def test_an_answer_that_shrank(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that is not there any more is the last one there is."""
    blocks = tuple(Note(f"{number}: " + "word " * 500) for number in range(3))
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Long", blocks))
    person = Person(world, READER)
    message = await person.asks("/who")
    monkeypatch.setattr(telegram_work, "reply", lambda *_: Answer("Short"))
    await person.taps(message, "Part 2 of 3 ›")
    await person.waits(lambda: message["text"] == "Short")
    assert "reply_markup" not in message


async def test_tapped_twice(world: World) -> None:
    """The second tap on the same button changes nothing, adds nothing, and is closed like the first."""
    person = Person(world, READER)
    message = await person.asks("/quotes")
    data = f"data:{buttons(message)['Next ›']}"
    taps = [await person.taps(message, data) for _ in range(3)]
    for tap in taps:
        assert await told(person, world, tap) == ""
    await person.waits(lambda: message["text"].startswith("Quotes, page 2"))
    assert person.seen() == [message]


async def test_a_message_that_is_gone(world: World) -> None:
    """Where the message was deleted meanwhile, or cannot be edited, the answer is another message."""
    person = Person(world, READER)
    message = await person.asks("/quotes")
    world.refuse_next("editMessageText", ApiError(400, "Bad Request: message to edit not found"))
    await person.taps(message, "Sources")
    assert "loaded articles" in (await person.sees(2))[1]["text"]


async def test_a_picture_is_a_message_of_its_own(world: World) -> None:
    """It is sent below, the text stays, and what its buttons show is a message too."""
    person = Person(world, READER)
    message = await person.asks("/who")
    await person.taps(message, "Chart")
    photo = (await person.sees(2))[1]
    assert "photo" in photo
    assert message["text"].startswith("People")
    await person.taps(photo, "Sources")
    sources = (await person.sees(3))[2]
    assert "loaded articles" in sources["text"]
    assert "‹ Back" not in buttons(sources)


async def test_plain_text_keeps_links(world: World) -> None:
    """Should the format be refused in an edit, the words come as plain text."""
    person = Person(world, READER)
    message = await person.asks("/quotes")
    world.refuse_next("editMessageText", ApiError(400, "Bad Request: can't parse entities: unsupported start tag"))
    await person.taps(message, "Summary")
    await person.waits(lambda: message["text"].startswith("Summary"))
    assert "entities" not in message
    assert "<" not in message["text"]


async def test_links_open_and_choose(world: World, seeded: Path) -> None:
    """A link shows its passage, with Back to it; the private chat goes on with its story, and says so once."""
    person = Person(world, READER)
    with Store.open(seeded) as store:
        (story,) = store.stories()
        place = store.quotations(story.id)[0].parts[0]
    payload = f"p-{place.version_id}-{place.field.value[0]}-{place.span.start}-{place.span.end}"
    message = await person.asks(f"/start {payload}")
    assert message["text"].startswith("Context")
    assert place.text in message["text"]
    await shows(person, message, "Sources", "2 loaded articles")
    await shows(person, message, "‹ Back", "Context")
    share = [each["url"] for row in message["reply_markup"]["inline_keyboard"] for each in row if "url" in each]
    assert share[0].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fnews_test_bot%3Fstart%3Dp-")


@pytest.mark.parametrize("payload", ["p-1-b-0-0", "p-999-b-1-9", "s-999999999999999", "w-1-h-0-3", "p-1-c-1-999999999"])
async def test_forged_links(world: World, payload: str) -> None:
    """They lead nowhere, say so, and the bot welcomes whoever came by one."""
    message = await Person(world, READER).asks(f"/start {payload}")
    assert "leads to nothing that is loaded any more" in message["text"]
    assert "word for word" in message["text"]


async def test_what_cannot_be_read(world: World) -> None:
    """A voice or a picture in private gets one line, an album one for all of it; a caption is a question."""
    person = Person(world, READER)
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    await person._sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
    for _ in range(3):
        await person._sends(photo=photo, media_group_id="1")
    await person._sends(photo=photo, caption="who is Putin?", caption_entities=[])
    for number in range(3):
        await person.uploads(f"{number}.txt", b"Some text", media_group_id="2")
    texts = [message["text"].partition("\n")[0] for message in await person.sees(4)]
    assert texts[:2] == ["I can read text, links and files only."] * 2
    assert texts[2].startswith("Vladimir Putin")
    assert texts[3] == "Only admins of this bot can do that."
    await person.asks("/who Putin")
    assert len(person.seen()) == 5


async def test_forwarded_posts(world: World) -> None:
    """An admin is asked what to do with one, a link alone too; a reader's is looked up."""
    admin, reader, wire = Person(world, ADMIN), Person(world, READER), Person(world, READER, channel=-1009)
    await reader.forwards(await wire.posts("They say that Kim Jong Un is now happy to talk to anyone, at last."))
    assert "Kim Jong Un" in (await reader.sees(1))[0]["text"]
    assert "Load" not in "".join(buttons(reader.seen()[0]))
    text = "Mayor opens bridge\n\n" + "The mayor opened a long bridge in the north on Monday. " * 5
    post = await wire.posts(f"{text} http://127.0.0.1/private")
    await admin.forwards(post)
    (offer,) = await admin.sees(1)
    assert {"Load the link (127.0.0.1)", "Ask about it"} < buttons(offer).keys()
    await admin.taps(offer, next(label for label in buttons(offer) if label.startswith("Load the text")))
    await admin.waits(lambda: "Mayor opens bridge: loaded" in offer["text"])
    assert "Load the link (127.0.0.1)" in buttons(await admin.asks("http://127.0.0.1/private"))


async def test_loading_by_reply(world: World) -> None:
    """/load in reply to a message takes its links, those behind words too, also of a message in another chat."""
    admin, wire = Person(world, ADMIN), Person(world, ADMIN, channel=-1009)
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "http://127.0.0.1/behind"}
    message = await admin.writes("here", entities=[link])
    await admin.sees(1)
    post = await wire.posts("look", link_preview_options={"url": "http://127.0.0.1/previewed"})
    for count, (replied, host) in enumerate(((message, "127.0.0.1/behind"), (post, "127.0.0.1/previewed")), start=2):
        await admin.replies(replied, "/load")
        shown = (await admin.sees(count))[-1]
        await admin.waits(partial(nothing_loaded, shown))
        assert host in shown["text"]
    assert "Only admins" in (await loads_as_a_reader(world, post))["text"]


def nothing_loaded(message: Json) -> bool:
    """Whether a load has ended without an article."""
    return str(message["text"]).startswith("Nothing was loaded")


async def loads_as_a_reader(world: World, post: Json) -> Json:
    """What a reader gets who replies to a post with /load."""
    reader = Person(world, READER)
    await reader.replies(post, "/load")
    return (await reader.sees(1))[0]


async def test_own_inline_results_are_no_questions(world: World) -> None:
    """What somebody inserts into the private chat by the bot's name is not looked up again."""
    person = Person(world, READER)
    (result, *_) = await person.asks_inline("happy to talk to anyone")
    await person.chooses(result)
    assert (await person.asks("/who Putin"))["text"].startswith("Vladimir Putin")
    assert len(person.seen()) == 1
