"""Loading makes a job of what an admin hands in, and of nothing else."""

from __future__ import annotations

import pytest

from handlers import load, reply
from handlers.answer import Answer
from handlers.question import Attachment, Question, Role
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import ours

TEXT = "The bridge was closed. " * 20


def items(store: Store, answer: Answer) -> list[tuple[str, bytes]]:
    """The kinds and payloads of the job that an answer started."""
    assert answer.job is not None
    job = store.job(answer.job)
    assert job is not None
    return [(item.kind, store.payload(item.id)) for item in job.items]


def from_chat(store: Store, words: str = "", **more: object) -> Answer:
    """An admin's /load in a chat."""
    return reply(Question(command="load", words=words, chat="telegram:1", role=Role.ADMIN, **more), store)  # type: ignore[arg-type]


def at_machine(store: Store, words: str) -> Answer:
    """A /load by somebody at the machine."""
    return reply(Question(command="load", words=words, role=Role.ADMIN, local=True), store)


@pytest.mark.parametrize(
    "words",
    [
        ".env",
        "/etc/passwd",
        "../.env",
        "~/.ssh/id_rsa",
        "seeds",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://example.org/a",
        "C:\\Users\\a.txt",
        "'.env'",
        '"unbalanced',
        "\0.env",
        "seeds/*.txt more.txt",
    ],
)
def test_no_path_from_a_chat(words: str, store: Store) -> None:
    """A path sent in a chat starts nothing and is answered plainly."""
    answer = from_chat(store, words)
    assert answer.job is None
    assert not store.open_jobs()
    assert "Send a link, a file, or the text" in ours(answer)


def test_paths_are_said_not_to_be_taken(store: Store) -> None:
    """The plain answer says what the matter is."""
    assert from_chat(store, ".env").heading == "Paths are not taken here."
    assert from_chat(store, "file:///etc/passwd").heading == "Only http and https links are taken."


@pytest.mark.parametrize("words", ["hi", "one two"])
def test_a_few_words_are_no_article(words: str, store: Store) -> None:
    """Whoever sends a word or two is told what they are not, not of paths that nobody named."""
    assert from_chat(store, words).heading == "That is neither a link nor long enough for an article."


def test_a_path_in_a_reply_is_no_path_even_at_the_machine(store: Store) -> None:
    """Replied-to text was written by others, so it never names a file."""
    answer = reply(Question(command="load", role=Role.ADMIN, local=True, reply=".env"), store)
    assert answer.job is None


def test_paths_at_the_machine(store: Store) -> None:
    """Somebody at the machine names files, with spaces in quotes."""
    answer = at_machine(store, "seeds 'my articles/a b.txt' https://example.org/x")
    assert items(store, answer) == [
        ("link", b"https://example.org/x"),
        ("path", b"seeds"),
        ("path", b"my articles/a b.txt"),
    ]
    assert answer.heading == "Loading 3 items."


def test_links(store: Store) -> None:
    """Links are found in what was sent, each once, without the sentence's full stop."""
    answer = from_chat(store, "please: https://example.org/a?b=1, www.example.org/c. (https://example.org/a?b=1)")
    assert items(store, answer) == [("link", b"https://example.org/a?b=1"), ("link", b"https://www.example.org/c")]


@pytest.mark.parametrize("words", ["http://", "https://[::1", "http://" + "a" * 3000, "https://?x"])
def test_broken_links(words: str, store: Store) -> None:
    """A link that names no host is refused plainly."""
    assert from_chat(store, words).job is None


def test_pasted_text(store: Store) -> None:
    """A pasted article is kept as it was sent, links in it and all."""
    text = f"A headline\n\n{TEXT}\nMore: https://example.org/more"
    assert items(store, from_chat(store, text)) == [("text", text.encode())]


def test_replied_to_text_and_links(store: Store) -> None:
    """A replied-to article is loaded; of a short message, the links are."""
    assert items(store, from_chat(store, reply=TEXT)) == [("text", TEXT.encode())]
    assert items(store, from_chat(store, reply="look: https://example.org/a")) == [("link", b"https://example.org/a")]


def test_attachments(store: Store) -> None:
    """Files that the front fetched become items, an odd name and all."""
    files = (Attachment("a.html", b"<p>x"), Attachment("\0\u202e", b"y"))
    assert items(store, from_chat(store, attachments=files)) == [("file", b"<p>x"), ("file", b"y")]


def test_limits(store: Store) -> None:
    """Too much of anything is refused plainly, and nothing is started."""
    many = " ".join(f"https://example.org/{n}" for n in range(101))
    big = (Attachment("a.txt", b"x" * 20_000_001),)
    for answer in (from_chat(store, many), from_chat(store, "word " * 300_000), from_chat(store, attachments=big)):
        assert answer.job is None
    assert not store.open_jobs()


def test_nothing_to_load(store: Store) -> None:
    """A bare /load says what to send."""
    assert from_chat(store).heading == "There is nothing to load."


@pytest.mark.parametrize("role", [Role.READER, Role.GROUP_ADMIN])
def test_only_admins_load_and_cancel(role: Role, store: Store) -> None:
    """Readers and group admins start and stop nothing."""
    from_chat(store, TEXT)
    for command in ("load", "cancel"):
        answer = reply(Question(command=command, words="https://example.org/a", role=role, chat="telegram:1"), store)
        assert answer.heading == "Only admins of this bot can do that."
    assert len(store.open_jobs()) == 1


def test_cancel_stops_the_loads_of_its_chat(store: Store) -> None:
    """The jobs of this chat end; those of another chat go on."""
    from_chat(store, TEXT)
    other = at_machine(store, "seeds")
    answer = reply(Question(command="cancel", chat="telegram:1", role=Role.ADMIN), store)
    assert answer.heading == "Loading is stopped."
    assert [job.id for job in store.open_jobs()] == [other.job]
    again = reply(Question(command="cancel", chat="telegram:1", role=Role.ADMIN), store)
    assert again.heading == "Nothing is being loaded in this chat."


def test_labels_show_no_article_words(store: Store) -> None:
    """What is told of a pasted text is its length, not its words."""
    assert "bridge" not in ours(from_chat(store, TEXT))


def test_load_is_offered_nowhere_else(ask: Ask) -> None:
    """An empty store tells a reader that an admin can load, and an admin how."""
    assert "An admin can send /load" in ours(ask("quotes"))
    assert "Send /load" in ours(ask("quotes", role=Role.ADMIN))


@pytest.mark.parametrize("words", ['""', "''", '"\0"', '" "'])
def test_an_empty_path_at_the_machine(words: str, store: Store) -> None:
    """Nothing named is not the current folder."""
    answer = at_machine(store, words)
    assert answer.job is None
    assert answer.heading == "An empty path is not taken."


def asked_for(text: str, *, forwarded: bool = False) -> list[tuple[str, str]]:
    """What may be done with a message of an admin that has no command: commands and their words."""
    offer = load.offered(Question(command="ask", words=text, role=Role.ADMIN), forwarded=forwarded)
    return [] if offer is None else [(each.question.command, each.question.words) for each in offer.next]


def test_what_a_message_without_a_command_offers() -> None:
    """Links alone, forwarded posts and long texts may be loaded; all else is a question."""
    link, text = "https://example.org/a", "The mayor opened a long bridge in the north on Monday. " * 4
    assert asked_for(link) == [("load", link)]
    assert asked_for(f"{link} {link}, www.example.org/b") == [("load", f"{link} https://www.example.org/b")]
    assert asked_for(f"what is {link}?") == []
    assert asked_for("what did Kelly say?") == []
    assert asked_for("what did Kelly say?", forwarded=True) == []
    assert asked_for(text) == []
    assert asked_for(text, forwarded=True) == [("load", text), ("ask", "")]
    assert asked_for(f"{text}{link}", forwarded=True) == [("load", link), ("load", f"{text}{link}"), ("ask", "")]
    assert asked_for(text * 10) == [("load", text * 10)]
    assert asked_for("http://[ http://", forwarded=True) == []
