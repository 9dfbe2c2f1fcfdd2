"""A reader calls a quotation wrong, an admin decides, and every command shows what was decided."""

from __future__ import annotations

import re

import pytest

from analysis.model import Reading
from handlers.answer import Answer, Next, Quoted
from handlers.question import Role
from store import Store
from store.model import JobState
from tests.handlers.conftest import Ask
from tests.handlers.made import RUIZ, Said, Somebody, entries, ours, put, quoted, texts

LINE = '"It will hold for many years," Ruiz said. Ole Dahl, a diver, went down.'
WORDS = '"It will hold for many years,"'
DAHL = Somebody("Ole Dahl", ("Dahl",))
REFUSED = "Only admins of this bot can do that."
URL = "https://example.org/a"


@pytest.fixture(autouse=True)
def copies(store: Store) -> None:
    """Two copies of a story in which the wrong person is named."""
    for outlet in ("Post", "Radio"):
        line = LINE if outlet == "Post" else f"{LINE} It rained."
        put(store, line, said=[Said((WORDS,), "Ana Ruiz")], people=(RUIZ, DAHL), outlet=outlet, url=f"{URL}/{outlet}")


def context(ask: Ask, role: Role = Role.READER) -> Answer:
    """What the button of the quotation in /quotes opens."""
    listed = quoted(ask("quotes"))[0]
    assert listed.context is not None
    return ask("context", listed.context.words, story=listed.context.story, role=role)


def place(ask: Ask) -> str:
    """The quotation's place."""
    (middle,) = [block for block in quoted(context(ask)) if block.wrong is not None]
    assert middle.wrong is not None
    assert middle.wrong.command == "wrong"
    return middle.wrong.words


def button(answer: Answer, label: str) -> Next:
    """The one with this label."""
    return next(each for each in answer.next if each.label == label)


def tap(ask: Ask, answer: Answer, label: str, role: Role = Role.ADMIN) -> Answer:
    """What a tap on a button gives to somebody of this role."""
    asked = button(answer, label).question
    return ask(asked.command, asked.words, story=asked.story, role=role, asker="7")


def shown(ask: Ask) -> list[Quoted]:
    """All quotations that /quotes shows."""
    return quoted(ask("quotes"))


def test_a_reader_reports(ask: Ask, store: Store) -> None:
    """One line of thanks; the admins get the passage with what was shown and all that they may decide."""
    at = place(ask)
    answer = ask("wrong", at, asker="8")
    assert answer.heading == "Thank you. The admins of this bot will look at it."
    assert not answer.blocks
    assert not answer.next
    told = answer.tell_admins
    assert told is not None
    assert (texts(told), quoted(told)[0].speaker) == ([WORDS], "Ana Ruiz")
    labels = ["Ole Dahl", "Unattributed", "Not a quotation", "It is right"]
    assert [each.label for each in told.next] == labels
    assert f"/fix {at} NAME" in ours(told)
    assert [ask("wrong", at, asker=asker).tell_admins for asker in ("8", "9")] == [None, None]
    assert ask("wrong", at, asker="8").heading.startswith("You have reported this passage already.")
    assert store.reports()[0].readers == 2


def test_an_admin_decides_at_once(ask: Ask, store: Store) -> None:
    """An admin's own tap on "Wrong?" leads to the choice; nothing is reported and nobody else is told."""
    answer = ask("wrong", place(ask), role=Role.ADMIN)
    assert answer.heading == "Who says this?"
    assert answer.tell_admins is None
    assert store.reports() == []


def test_the_right_speaker(ask: Ask, store: Store) -> None:
    """The choice shows in every command and article, marked, and can be taken back; open reports are closed."""
    ask("wrong", place(ask), asker="8")
    choice = ask("wrong", place(ask), role=Role.ADMIN)
    done = tap(ask, choice, "Ole Dahl")
    assert (quoted(done)[0].speaker, quoted(done)[0].set_by_admin) == ("Ole Dahl", True)
    assert store.reports() == []
    assert [(each.speaker, each.set_by_admin, len(each.carriers)) for each in shown(ask)] == [("Ole Dahl", True, 2)]
    assert texts(ask("quotes", "Dahl")) == [WORDS]
    assert WORDS not in texts(ask("quotes", "Ruiz"))
    assert quoted(ask("ask", "what did Dahl say?"))[0].speaker == "Ole Dahl"
    assert "Quoted in it: Ole Dahl, set by an admin" in ours(context(ask))
    tap(ask, done, "As it was read")
    assert [(each.speaker, each.set_by_admin) for each in shown(ask)] == [("Ana Ruiz", False)]
    assert store.verify() == []


def test_the_other_verdicts(ask: Ask, store: Store) -> None:
    """Nobody named; no quotation at all, whose words are the outlet's own then; and that it is right."""
    at = place(ask)
    tap(ask, ask("fix", at, role=Role.ADMIN), "Unattributed")
    assert [(each.spoken, each.speaker, each.set_by_admin) for each in shown(ask)] == [(True, None, True)]
    tap(ask, ask("fix", at, role=Role.ADMIN), "Not a quotation")
    assert shown(ask) == []
    assert not any(block.spoken for block in quoted(ask("ask", "will it hold for many years")))
    assert ask("wrong", at, asker="8").heading == "That is not shown as a quotation any more."
    tap(ask, ask("fix", at, role=Role.ADMIN), "As it was read")
    tap(ask, ask("fix", at, role=Role.ADMIN), "It is right")
    assert [(each.speaker, each.set_by_admin) for each in shown(ask)] == [("Ana Ruiz", True)]
    assert store.verify() == []


@pytest.mark.parametrize(
    ("typed", "now"), [("It is right", ("Ana Ruiz", True)), ("as it was read", ("Ana Ruiz", False))]
)
def test_the_label_of_a_button_may_be_typed(typed: str, now: tuple[str, bool], ask: Ask) -> None:
    """What a button says is no name: typed after the place it does the same."""
    at = place(ask)
    ask("fix", f"{at} Ole Dahl", role=Role.ADMIN)
    if typed == "It is right":
        tap(ask, ask("fix", at, role=Role.ADMIN), "As it was read")
    assert ask("fix", f"{at} {typed}", role=Role.ADMIN).confirm is None
    assert [(each.speaker, each.set_by_admin) for each in shown(ask)] == [now]


@pytest.mark.parametrize("role", [Role.READER, Role.GROUP_ADMIN])
def test_forged_taps(role: Role, ask: Ask, store: Store) -> None:
    """Whoever is no admin of the bot changes nothing with an admin's buttons, and is shown nothing of the reports."""
    at = place(ask)
    told = ask("wrong", at, asker="8").tell_admins
    assert told is not None
    for each in told.next:
        assert tap(ask, told, each.label, role).heading == REFUSED
    for words in (at, f"{at} Ole Dahl", f"{at} not a quotation", f"{at} as read"):
        assert ask("fix", words, role=role, confirmed=True).heading == REFUSED
    assert ask("reports", role=role).heading == ask("reread", role=role).heading == REFUSED
    assert store.corrections() == []
    assert store.open_jobs() == []
    assert len(store.reports()) == 1


def test_a_typed_name(ask: Ask) -> None:
    """A misspelt name of the cast is understood; one that is nobody's is set only when confirmed, as written."""
    at = place(ask)
    assert quoted(ask("fix", f"{at} Ole Dahll", role=Role.ADMIN))[0].speaker == "Ole Dahl"
    asked = ask("fix", f"{at} Xaver Quint", role=Role.ADMIN)
    assert asked.confirm is not None
    assert (not asked.next, "Choose somebody" in ours(asked)) == (True, False)
    assert shown(ask)[0].speaker == "Ole Dahl"
    ask("fix", asked.confirm.words, role=Role.ADMIN, confirmed=True)
    assert shown(ask)[0].speaker == "Xaver Quint"
    assert ask("fix", f"{at} {'x' * 200}", role=Role.ADMIN).heading == "That is too long for a name."


def test_in_reply_to_the_message(ask: Ask) -> None:
    """/fix NAME in reply to the message for admins is about the place that it tells."""
    told = ask("wrong", place(ask), asker="8").tell_admins
    assert told is not None
    ask("fix", "Dahl", role=Role.ADMIN, reply=ours(told))
    assert shown(ask)[0].speaker == "Ole Dahl"


@pytest.mark.parametrize(
    "words", ["", "@", "@1:body:0:3", "@99:body:0:9", "@1:body:5:99999", "Dahl", "@1:body:0:3 right"]
)
@pytest.mark.parametrize("command", ["wrong", "fix"])
def test_places_of_no_quotation(command: str, words: str, ask: Ask, store: Store) -> None:
    """Nothing is reported or set for a place where nobody is quoted, nor for none."""
    for role in (Role.READER, Role.ADMIN):
        assert ask(command, words, role=role).heading != "Sorry, that did not work."
    assert store.reports() == []
    assert store.corrections() == []


@pytest.mark.parametrize(
    ("before", "after", "is_meant"), [(0, 0, True), (-3, -4, True), (2, 3, True), (25, 0, False), (-9, 8, False)]
)
def test_a_place_that_a_quotation_only_reaches_into(before: int, after: int, is_meant: bool, ask: Ask) -> None:
    """A decision is about the quotation of just that place or around it, never about one that lies beside."""
    version, start, end = re.findall("[0-9]+", place(ask))
    moved = f"@{version}:body:{int(start) - before}:{int(end) + after}"
    ask("fix", f"{moved} Dahl", role=Role.ADMIN)
    assert shown(ask)[0].speaker == ("Ole Dahl" if is_meant else "Ana Ruiz")
    if not is_meant:
        assert ask("fix", f"{moved} Dahl", role=Role.ADMIN).heading == "There is no quotation at that place."


def test_open_reports(ask: Ask, store: Store) -> None:
    """/reports lists the passages with what is shown, and each line leads to the choice; a lost one can be closed."""
    assert ask("reports", role=Role.ADMIN).heading == "There are no open reports."
    ask("wrong", place(ask), asker="8")
    ask("wrong", place(ask), asker="9")
    listed = ask("reports", role=Role.ADMIN)
    (entry,) = entries(listed)
    assert entry.question is not None
    assert entry.detail.startswith("2 readers, ")
    assert (texts(listed), quoted(listed)[0].speaker) == ([WORDS], "Ana Ruiz")
    assert ask("fix", entry.question.words, role=Role.ADMIN).heading == "Who says this?"
    assert store.reread(store.reports()[0].passage.version_id, Reading())
    (entry,) = entries(ask("reports", role=Role.ADMIN))
    assert entry.label == "Close"
    assert entry.question is not None
    ask("fix", entry.question.words, role=Role.ADMIN)
    assert store.reports() == []


def test_it_stays_in_a_new_version(ask: Ask, store: Store) -> None:
    """An update that prints the same words keeps the speaker that an admin set."""
    tap(ask, ask("wrong", place(ask), role=Role.ADMIN), "Ole Dahl")
    said = [Said((WORDS,), "Ana Ruiz")]
    put(store, "Rain fell.", LINE, said=said, people=(RUIZ, DAHL), outlet="Post", url=f"{URL}/Post")
    assert [(each.speaker, each.set_by_admin) for each in shown(ask)] == [("Ole Dahl", True)]
    assert store.verify() == []


def test_reading_again_is_a_job(ask: Ask, store: Store) -> None:
    """/reread makes one job over all newest versions; with nothing loaded there is none."""
    answer = ask("reread", role=Role.ADMIN, chat="telegram:7")
    assert answer.job is not None
    job = store.job(answer.job)
    assert job is not None
    assert [(item.kind, item.state) for item in job.items] == [("reread", JobState.WAITING)] * 2
    assert [store.payload(item.id) for item in job.items] == [b"1", b"2"]
    for row in store.newest():
        store.unload(row.id)
    assert ask("reread", role=Role.ADMIN).job is None


def test_reading_again_with_words_says_how_it_is_used(store: Store, ask: Ask) -> None:
    """/reread takes no words; nothing runs until it is sent alone."""
    put(store)
    answer = ask("reread", "the second article", role=Role.ADMIN)
    assert answer.job is None
    assert "Send /reread alone" in ours(answer)
