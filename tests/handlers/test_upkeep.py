"""/unload, /stats and /backup, as admins ask them."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest

from handlers import reply
from handlers.answer import Answer
from handlers.question import Question, Role
from handlers.stats import lasting
from handlers.typed import size
from store import Store
from store.model import Verdict
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, entries, ours, put
from tests.store.samples import raw

LINK = "https://example.org/news/bridge"
SAID = Said(('"We will mend it,"',), "Ana Ruiz")


@pytest.fixture
def admin(store: Store) -> Ask:
    """Asks as an admin."""

    def ask(command: str, words: str = "", **more: object) -> Answer:
        return reply(Question(command=command, words=words, role=Role.ADMIN, **more), store)  # type: ignore[arg-type]

    return ask


def loaded(store: Store) -> tuple[int, int]:
    """Two articles of one story."""
    first = put(store, '"We will mend it," said Ana Ruiz.', said=[SAID], outlet="Norrvik Post", url=LINK)
    second = put(store, "Ferries were full.", headline="Ferries are full in Norrvik", outlet="Harbour News")
    return first, second


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "#1",
        LINK,
        f"{LINK}/",
        f"{LINK}#top",
        f"{LINK}.",
        f"{LINK}?utm_source=x",
        LINK.replace("https://", "http://www."),
        "norrvik BRIDGE closed",
        "Norrvik Post",
        "@1:body:0:10",
        "=1",
    ],
)
def test_naming_an_article(admin: Ask, store: Store, words: str) -> None:
    """By number in /sources, by link, by words of its headline or outlet, or by a place in it."""
    first, second = loaded(store)
    asked = admin("unload", words)
    assert asked.heading == "Forget this article?"
    assert asked.confirm is not None
    assert store.article(first) is not None
    done = reply(asked.confirm, store)
    assert done.heading == "Forget this article?"  # nothing is forgotten until it is confirmed
    confirmed = reply(Question(command="unload", words=asked.confirm.words, role=Role.ADMIN, confirmed=True), store)
    assert confirmed.heading == "The article is forgotten."
    assert store.article(first) is None
    assert store.article(second) is not None
    assert store.verify() == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"Look: {LINK} is wrong", "Norrvik bridge closed"),
        ("In: Norrvik bridge closed (Norrvik Post)", "Norrvik bridge closed"),
        ("“We will mend it,” Ana Ruiz · Harbour News", "Ferries are full in Norrvik"),
    ],
)
def test_naming_it_by_a_reply(admin: Ask, store: Store, text: str, wanted: str) -> None:
    """A reply to a message means the article whose link, headline or outlet it has."""
    loaded(store)
    asked = admin("unload", reply=text)
    assert asked.confirm is not None
    assert entries(asked)[0].label == wanted


def test_what_goes_is_said_first(admin: Ask, store: Store) -> None:
    """Versions, quotations, corrections and reports are counted before anything is done."""
    first, _ = loaded(store)
    story = store.story_of(first)
    assert story is not None
    said = store.quotations(story)[0]
    store.correct(said, Verdict.UNATTRIBUTED, set_by="1")
    told = ours(admin("unload", "1"))
    assert "1 version, 1 quotation and 1 correction by admins" in told
    assert "what admins decided about it cannot" in told
    assert "only article" not in told


def test_the_last_article_of_a_story(admin: Ask, store: Store) -> None:
    """It is said that the story goes, and for whom; those chats then get the newest story, and nothing is left over."""
    first = put(store, "Rain fell on Monday.", filler=False, headline="Rain in Norrvik")
    other = put(
        store, "Chess players met in Tallinn for a tournament.", filler=False, headline="Chess in Tallinn", people=()
    )
    story, newest = store.story_of(first), store.story_of(other)
    assert story is not None
    assert story != newest
    store.choose_story("telegram:5", story)
    told = ours(admin("unload", "Rain"))
    assert "the story “Rain in Norrvik” goes, too. 1 chat that chose it gets the newest story instead." in told
    assert "Its story is gone" in ours(admin("unload", f"={first}", confirmed=True))
    assert store.current_story("telegram:5") == newest
    assert store.story(story) is None
    assert store.verify() == []


def test_twice_is_no_harm(admin: Ask, store: Store) -> None:
    """A second tap on Yes, or a restart in between, forgets nothing else."""
    first, second = loaded(store)
    admin("unload", f"={first}", confirmed=True)
    assert "not loaded" in admin("unload", f"={first}", confirmed=True).heading
    assert store.article(second) is not None


def test_choosing_among_several(admin: Ask, store: Store) -> None:
    """Words that several articles fit, or none at all, lead to a list; choosing one asks about that one."""
    loaded(store)
    for words in ("Norrvik", ""):
        lines = entries(admin("unload", words))
        assert [line.label for line in lines] == ["Norrvik bridge closed", "Ferries are full in Norrvik"]
        assert lines[1].question is not None
        asked = reply(lines[1].question, store)
        assert entries(asked)[0].label == "Ferries are full in Norrvik"


@pytest.mark.parametrize(
    "words",
    [
        "99",
        "=99",
        f"={10**14}",
        "=" + "9" * 900,
        "@1:body:5:4",
        "@x",
        "https://[",
        "https://x/" * 50,
        "zebra",
        "?",
        "=-1",
    ],
)
def test_nothing_fits(admin: Ask, store: Store, words: str) -> None:
    """What means no article forgets none, also where a forged tap says that it is confirmed."""
    loaded(store)
    for confirmed in (False, True):
        answer = admin("unload", words, confirmed=confirmed)
        assert "not loaded" in answer.heading or "There is no such" in answer.heading
    assert store.stats()["articles"] == 2


def test_a_confirmed_tap_without_words(admin: Ask, store: Store) -> None:
    """A forged "yes" to no question forgets nothing."""
    loaded(store)
    assert "Which article" in admin("unload", confirmed=True).heading
    assert store.stats()["articles"] == 2


def test_an_empty_store(admin: Ask) -> None:
    """There is nothing to forget."""
    assert admin("unload").heading == "No articles are loaded."


def test_stats(admin: Ask, store: Store) -> None:
    """What is counted is there, and nothing that anybody wrote, nor an address of the machine."""
    loaded(store)
    store.new_job("telegram:5", "5", [("text", "SECRETLABEL", b"x")])
    store.access.begin({7}, listed=True)
    answer = admin("stats")
    told = ours(answer)
    for line in ("Articles 2 in 2 versions", "Stories 1", "Open loads 1", "1 admin and 0 on the list", "Version 0."):
        assert line in told
    assert "SECRETLABEL" not in told
    assert str(store.path.parent) not in told
    assert answer.next == ()


def test_articles_that_were_read_long_ago(admin: Ask, store: Store) -> None:
    """After an upgrade of the analysis the figures say how many articles are to be read again, and offer it."""
    loaded(store)
    with raw(store.path) as db:
        db.execute("UPDATE versions SET reading_version = 0 WHERE id = 1")
    answer = admin("stats")
    assert "1 article by an older one" in ours(answer)
    (again,) = answer.next
    assert reply(again.question, store).job is not None


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(days=3, hours=4, minutes=9), "3 d 4 h"),
        (timedelta(seconds=-5), "0 min"),
    ],
)
def test_how_long(time: timedelta, told: str) -> None:
    """The time since the start, as people say it; a clock that was set back does no harm."""
    assert lasting(time) == told


@pytest.mark.parametrize(("amount", "told"), [(0, "0.1 kB"), (999_949, "999.9 kB"), (3_400_000, "3.4 MB")])
def test_sizes(amount: int, told: str) -> None:
    """Bytes as people say them."""
    assert size(amount) == told


def test_a_backup(admin: Ask, store: Store) -> None:
    """It is a file that opens as a store; what it leaves out is said."""
    loaded(store)
    answer = admin("backup")
    (file,) = answer.files
    assert "2 articles" in ours(answer)
    assert "leaves out what people wrote" in ours(answer)
    with Store.open(file.path, create=False) as copy:
        assert copy.stats()["articles"] == 2
        assert copy.verify() == []


def test_no_backup_in_a_group(admin: Ask, store: Store) -> None:
    """A group is told to ask in private, and no file is made."""
    answer = admin("backup", private=False)
    assert "private" in answer.heading
    assert answer.files == ()
    assert not (store.path.parent / "backups").exists()


def test_a_backup_that_cannot_be_made(admin: Ask, store: Store) -> None:
    """Why not is said in one plain sentence."""
    store.upkeep.backups.stop()
    answer = admin("backup")
    assert answer.heading == "There is no backup."
    assert "ending" in ours(answer)


def test_why_there_is_no_backup_names_no_folder(admin: Ask, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders of the machine are told only to who sits at it."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1, 1, 1))
    assert "MB in backups." in ours(admin("backup", private=True))
    assert str(store.path.parent) in ours(admin("backup", local=True))
