"""The one way in: every question gets a plain answer, whatever was typed, tapped or forged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.words import key
from handlers import COMMANDS, reply
from handlers.answer import Answer, Entry, Quoted
from handlers.paging import PAGE
from handlers.question import Attachment, Question, Role
from handlers.table import Command
from handlers.who import ROLES
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import blocks_in, is_printed, ours, put, quoted

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SORRY = "Sorry, that did not work."
HOSTILE = (
    "' OR 1=1 --",
    '" NEAR/2 "',
    "* AND ( OR",
    "headline:^x",
    "<b>&amp;</b>",
    "%s %d {0}",
    "../../.env",
    "@1:body:0:5",
    "@-1:body:0:5",
    "#1",
    "Vladimir Putin #2",
    "\0\x1b[31m",
    "\ud800\udfff",
    "\u202e\u2066",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "Z̶͖̅a̷͙̐l̶̰̎g̵̬̈o̴͈͐",
    "ﬁ ＫＩＭ ½",
    "what did " * 50,
    "who said " * 50,
)


def test_every_command_is_complete() -> None:
    """The table tells of each command what menus, help and documentation need."""
    for name, command in COMMANDS.items():
        assert isinstance(command, Command)
        assert command.name == name
        assert command.usage.startswith(f"/{name}")
        assert all(example.startswith(f"/{name}") for example in command.examples)
        assert 0 < len(command.help) <= 60
        assert not command.help.endswith(".")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(COMMANDS))
def test_an_empty_store(name: str, role: Role, ask: Ask) -> None:
    """With nothing loaded, each command is answered, and those about stories say what to do."""
    answer = ask(name, "putin", role=role)
    assert answer.heading
    assert answer.heading != SORRY
    if COMMANDS[name].needs_story:
        assert answer.heading == "No articles are loaded yet."
        assert "/load" in ours(answer)


def test_help_misspelt_is_offered_once(ask: Ask) -> None:
    """One button leads to /help, not two."""
    assert [way.label for way in ask("hlep").next] == ["Help"]


@pytest.mark.parametrize(
    ("command", "offered"), [("quote", "/quotes"), ("whois", "/who"), ("SUMARY", "/summary"), ("xyzzy", None)]
)
def test_unknown_commands(command: str, offered: str | None, ask: Ask) -> None:
    """No such command is said plainly; one that is spelt nearly so is offered."""
    answer = ask(command)
    assert answer.heading == "There is no such command."
    labels = [each.label for each in answer.next]
    assert labels[-1] == "Help"
    assert (offered in labels) if offered else len(labels) == 1


@pytest.mark.parametrize("command", ["Help", "/help", " HELP "])
def test_a_command_may_be_written_anyhow(command: str, ask: Ask) -> None:
    """Letter case, a slash and spaces do not matter."""
    assert ask(command).heading == "What you can ask"


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not command.raw])
def test_a_megabyte_of_words(name: str, ask_seeds: Ask) -> None:
    """Very long words are refused before anything is matched."""
    assert ask_seeds(name, "Putin " * 200_000, role=Role.ADMIN).heading == "That is too long to look up."


@pytest.mark.parametrize("name", list(COMMANDS))
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(name: str, words: str, ask_seeds: Ask) -> None:
    """Search syntax, markup, controls, forged places and odd scripts get a plain answer."""
    answer = ask_seeds(name, words)
    assert answer.heading
    assert answer.heading != SORRY
    answer.heading.encode()


words_of_any_kind = st.one_of(
    st.text(st.characters(), max_size=80),
    st.sampled_from(HOSTILE),
    st.lists(
        st.sampled_from(
            ["what", "did", "Putin", "Kim", "say", "about", "who", "is", "the", "sanctions", "?", "@1:body:0:9", "#"]
        )
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    command=st.one_of(st.sampled_from(list(COMMANDS)), st.text(max_size=20)),
    words=words_of_any_kind,
    reply_to=st.none() | words_of_any_kind,
    page=st.one_of(st.integers(-3, 9), st.integers()),
    story=st.none() | st.integers(-2, 3) | st.integers(),
    role=st.sampled_from(Role),
    local=st.booleans(),
    files=st.lists(st.builds(Attachment, st.text(max_size=9), st.binary(max_size=9)), max_size=2).map(tuple),
)
def test_never_raises(
    command: str,
    words: str,
    reply_to: str | None,
    page: int,
    story: int | None,
    role: Role,
    local: bool,
    files: tuple[Attachment, ...],
    fresh: Store,
) -> None:
    """Any question over any command gets an answer, no answer is an excuse, and every passage in it is printed."""
    question = Question(
        command=command,
        words=words,
        reply=reply_to,
        page=page,
        story=story,
        role=role,
        local=local,
        attachments=files,
        now=NOW,
    )
    answer = reply(question, fresh)
    assert isinstance(answer, Answer)
    assert answer.heading != SORRY
    assert all(is_printed(part, fresh) for block in quoted(answer) for part in block.parts)


@pytest.fixture(scope="module")
def fresh(seeded: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with articles that questions may write to."""
    made = Store.open(tmp_path_factory.mktemp("fresh") / "store.db")
    put(made, "Putin and Kim met. Nothing about sanctions.")
    put(made, "A quiet day.", headline="Second story", filler=False, people=())
    return made


def test_a_fault_is_answered_plainly(tmp_path_factory: pytest.TempPathFactory) -> None:
    """When the store cannot be read, the answer says sorry and nothing about the inside."""
    made = Store.open(tmp_path_factory.mktemp("closed") / "store.db")
    made.close()
    answer = reply(Question(command="quotes"), made)
    assert answer.heading == SORRY
    assert "store" not in ours(answer)


def walk(start: Question, store: Store, most: int) -> list[tuple[Question, Answer]]:
    """The answers to a question and to all questions that follow from it, each asked once."""
    waiting, seen = [start], set[Question]()
    answers: list[tuple[Question, Answer]] = []
    while waiting and len(answers) < most:
        question = replace(waiting.pop(0), now=NOW)
        if question in seen:
            continue
        seen.add(question)
        answer = reply(question, store)
        answers.append((question, answer))
        waiting += [each.question for each in answer.next]
        for block in blocks_in(answer):
            waiting += [block.question] if isinstance(block, Entry) and block.question else []
            waiting += [block.context] if isinstance(block, Quoted) and block.context else []
    return answers


@pytest.fixture(scope="module")
def walked(seeded: Store) -> list[tuple[Question, Answer]]:
    """What a reader sees who taps every button, from the start on."""
    return walk(Question(command="start", chat="telegram:7"), seeded, 250)


def test_every_button_is_answered(walked: list[tuple[Question, Answer]]) -> None:
    """No button leads to an excuse, to nothing, or to a question back."""
    assert len(walked) > 50
    for question, answer in walked:
        assert answer.heading != SORRY, question
        assert not answer.heading.startswith(("There is no such", "The loaded articles do not say", "That ")), question


def test_every_passage_is_printed(walked: list[tuple[Question, Answer]], seeded: Store) -> None:
    """Whatever is shown is cut from a stored article, by each of its carriers, in the same words."""
    shown = [block for _, answer in walked for block in quoted(answer)]
    assert shown
    for block in shown:
        words = key(" ".join(part.text for part in block.parts))
        assert block.carriers[0].parts == block.parts
        assert 1 <= len(block.carriers) <= block.of
        assert len({carrier.article.id for carrier in block.carriers}) == len(block.carriers)
        for carrier in block.carriers:
            assert all(is_printed(part, seeded) for part in carrier.parts)
            assert all(part.version_id == carrier.article.version_id for part in carrier.parts)
            assert key(" ".join(part.text for part in carrier.parts)) == words
        for printed in (block.attribution, block.reported_by):
            assert printed is None or (is_printed(printed, seeded) and printed.version_id == block.parts[0].version_id)


def test_no_page_shows_a_passage_twice(walked: list[tuple[Question, Answer]]) -> None:
    """A passage that both copies carry stands once in an answer."""
    for question, answer in walked:
        if question.command == "context":
            continue
        words = [key(" ".join(part.text for part in block.parts)) for block in quoted(answer)]
        assert len(set(words)) == len(words), question


def test_every_answer_with_passages_names_its_story(walked: list[tuple[Question, Answer]], seeded: Store) -> None:
    """The heading says which story the passages are from."""
    beginning = seeded.stories()[0].title[:40]
    for question, answer in walked:
        assert not quoted(answer) or beginning in answer.heading, question


def test_pages_are_short(walked: list[tuple[Question, Answer]]) -> None:
    """No answer has more passages than a page and a few roles, unless a longer one was asked for."""
    assert all(len(quoted(answer)) <= PAGE + ROLES for question, answer in walked if question.command != "summary")


def test_words_of_ours_tell_no_article(walked: list[tuple[Question, Answer]], seeded: Store) -> None:
    """No sentence of the articles' bodies is repeated in words of ours."""
    versions = [article.version_id for article in seeded.articles(seeded.stories()[0].id)]
    body = {key(each.text) for version in versions for each in seeded.sentences(version) if each.field == "body"}
    for question, answer in walked:
        told = key(ours(answer))
        assert not any(f" {sentence} " in f" {told} " for sentence in body if len(sentence.split()) > 4), question
