"""/feeds tells how each feed is and starts what was asked for; nothing is fetched by answering."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from handlers import feeds, reply
from handlers.answer import Answer
from handlers.question import Attachment, Question, Role
from store import Store
from store.feed_rows import FeedState, Polled
from tests.handlers.made import entries, ours

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://norrvik.example/feed"


def ask(store: Store, words: str = "", **more: object) -> Answer:
    """An admin's /feeds in a chat."""
    question = Question(command="feeds", words=words, chat="telegram:1", asker="7", role=Role.ADMIN, now=NOW)
    return reply(replace(question, **more), store)  # type: ignore[arg-type]


@pytest.fixture
def three(store: Store) -> Store:
    """A store with a feed that works, one that fails, and one that is gone."""
    for name in ("a", "b", "c"):
        store.feeds.follow(f"{URL}/{name}", title=f"Courier {name}", by="7", now=NOW - 48 * HOUR)
    store.feeds.succeeded(1, Polled(site="https://norrvik.example/"), now=NOW - HOUR, next_at=NOW + HOUR)
    for _ in range(3):
        store.feeds.loaded(1, NOW - HOUR)
    store.feeds.failed(2, "The site answered 500 (Internal Server Error).", now=NOW, next_at=NOW + 5 * HOUR)
    store.feeds.stop(3, FeedState.GONE, "It is gone.", now=NOW)
    return store


def kinds(store: Store, answer: Answer) -> list[tuple[str, bytes]]:
    """The items of the job that an answer started."""
    job = store.job(answer.job) if answer.job is not None else None
    assert job
    return [(each.kind, store.payload(each.id)) for each in job.items]


def test_health(three: Store) -> None:
    """Last success, last error, articles a day and the next poll of each, those that fail first."""
    answer = ask(three)
    assert answer.heading == "3 feeds, 1.5 articles a day"
    failing, gone, working = [each.detail for each in entries(answer)]
    assert failing == (
        "number 2 · error: The site answered 500 (Internal Server Error) · last success never · 0 articles a day · "
        "next poll in 5 hours"
    )
    assert gone.startswith("number 3 · gone · error: It is gone ·")
    assert "next poll" not in gone
    assert working == "number 1 · last success 1 hour ago · 1.5 articles a day · next poll in 1 hour"


def test_one_feed(three: Store) -> None:
    """Each line of the list leads to all about a feed, and what can be done with it."""
    chosen = entries(ask(three))[0].question
    assert chosen
    answer = reply(replace(chosen, role=Role.ADMIN), three)
    assert answer.heading == "Courier b"
    assert "Last error: The site answered 500" in ours(answer)
    assert [each.label for each in answer.next] == ["Pause", "Poll now", "Remove", "All feeds"]
    assert ask(three, "3").next[0].label == "Resume"


@pytest.mark.parametrize("words", ["2", "#2", f"{URL}/b", "courier b", "COURIER B"])
def test_a_feed_is_named_by_number_address_or_name(three: Store, words: str) -> None:
    """Whatever an admin knows of it will do, as long as it is one feed."""
    assert ask(three, f"pause {words}").heading == "Paused: Courier b"


@pytest.mark.parametrize("words", ["9", "courier", "", "https://elsewhere.example/", "999999999999999999999"])
def test_no_such_feed(three: Store, words: str) -> None:
    """What names none, or several, changes nothing and shows what there is."""
    answer = ask(three, f"pause {words}")
    assert (answer.heading, len(entries(answer))) == ("There is no such feed.", 3)
    assert [each.state for each in three.feeds.every(NOW)].count(FeedState.PAUSED) == 0


def test_pausing_and_resuming(three: Store) -> None:
    """A paused feed is not polled; a resumed one is, at once."""
    ask(three, "pause 1")
    assert three.feeds.claim(NOW + 2 * HOUR, HOUR) is None
    assert "paused" in entries(ask(three))[2].detail
    ask(three, "resume 1")
    found = three.feeds.claim(NOW, HOUR)
    assert found
    assert found.id == 1


def test_polling_now(three: Store) -> None:
    """An impatient admin cannot make the bot impolite."""
    assert ask(three, "poll 2").heading == "It is not polled now."
    assert ask(three, "poll 1").heading == "To be polled now: Courier a"
    three.feeds.unchanged(1, now=NOW, next_at=NOW + HOUR)
    assert ask(three, "poll 1").heading == "It was polled within the last minute."


def test_removing_asks_first(three: Store) -> None:
    """A feed goes only when that was confirmed; its articles stay."""
    asked = ask(three, "remove 1")
    assert asked.confirm
    assert three.feeds.one(1, NOW)
    done = reply(replace(asked.confirm, role=Role.ADMIN, confirmed=True), three)
    assert done.heading == "Followed no longer: Courier a"
    assert three.feeds.one(1, NOW) is None


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("add https://a.example/feed", ["https://a.example/feed"]),
        ("ADD a.example/feed b.example", ["https://a.example/feed", "https://b.example"]),
        ("add feed://a.example/f feed:https://b.example/f", ["https://a.example/f", "https://b.example/f"]),
        ("https://a.example/feed", ["https://a.example/feed"]),
        ("add <https://a.example/feed>, https://a.example/feed", ["https://a.example/feed"]),
    ],
)
def test_adding(store: Store, words: str, links: list[str]) -> None:
    """A job looks for the feeds; answering fetches nothing."""
    assert kinds(store, ask(store, words)) == [(feeds.FOLLOW, link.encode()) for link in links]


@pytest.mark.parametrize(
    "words",
    ["add", "add nonsense", "add ftp://a.example", "add file:///etc/passwd", "add http://[::1", "add /etc/passwd",
     "add https://" + "a" * 3_000 + ".example", "add https://a.example javascript:alert(1)", "add \0"],
)  # fmt: skip
def test_what_cannot_be_added(store: Store, words: str) -> None:
    """Whatever is no link starts nothing and is answered plainly."""
    answer = ask(store, words)
    assert answer.job is None
    assert "/feeds add link" in ours(answer)
    assert store.open_jobs() == []


def test_importing(store: Store) -> None:
    """A list that was handed in is read by a job; without one the answer says how."""
    file = Attachment("my\nfeeds.opml", b"<opml/>")
    for words in ("import", ""):
        assert kinds(store, ask(store, words, attachments=(file,))) == [(feeds.LIST, b"<opml/>")]
    assert "caption /feeds import" in ours(ask(store, "import"))
    assert ask(store, "import", attachments=(Attachment("x", b"x" * 20_000_001),)).job is None


def test_exporting(three: Store) -> None:
    """All feeds come as a list that is well-formed whatever their names are."""
    three.feeds.follow("https://odd.example/?a=1&b=2", title='<"&\x01>', by="7", now=NOW)
    (file,) = ask(three, "export").files
    assert file.name == "feeds.opml"
    found = [dict(each.attrib) for each in ElementTree.parse(file.path).iter("outline")]
    file.path.unlink()
    file.path.parent.rmdir()
    assert sorted(each["xmlUrl"] for each in found) == [f"{URL}/{n}" for n in "abc"] + ["https://odd.example/?a=1&b=2"]
    assert {each["type"] for each in found} == {"rss"}


def test_nothing_is_followed(store: Store) -> None:
    """The first /feeds says how to begin, and an export of nothing is no file."""
    assert "/feeds add link" in ours(ask(store))
    assert (ask(store, "export").files, ask(store, "export").heading) == ((), "No feeds are followed.")


@pytest.mark.parametrize("words", ["delete 1", "what is this", "add" * 500])
def test_what_is_not_understood(three: Store, words: str) -> None:
    """Other words are answered with what there is."""
    assert ask(three, words).heading == "That is not understood."


def test_many_feeds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long lists are turned over page by page, and there is an end to them."""
    for number in range(25):
        store.feeds.follow(f"{URL}/{number}", by="7", now=NOW)
    assert ask(store).heading == "25 feeds, 0 articles a day, page 1 of 3"
    assert len(entries(ask(store, page=2))) == 5
    monkeypatch.setattr(feeds, "MOST", 25)
    assert ask(store, "add https://a.example").heading == "At most 25 feeds can be followed."


@pytest.mark.parametrize("role", [Role.READER, Role.GROUP_ADMIN])
def test_admins_only(three: Store, role: Role) -> None:
    """Others neither see what is followed nor change it."""
    for words in ("", "1", "add https://a.example", "remove 1", "export", "import"):
        assert ask(three, words, role=role, confirmed=True).heading == "Only admins of this bot can do that."
    assert len(three.feeds.every(NOW)) == 3
    assert three.open_jobs() == []
