"""Who may load and who gets answers, as admins set it in the chat; hostile numbers; and the rights of each command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from handlers import COMMANDS, reply
from handlers.answer import Answer
from handlers.question import Question, Role, Whom
from store import Store
from store.access import SHARED_IDS
from tests.handlers.conftest import Ask
from tests.handlers.made import empty_store, entries, ours, put

ROOT_ADMIN, ANN, BEN, GROUP = 7, 77, 78, -1001234567890
ONLY_ADMINS = "Only admins of this bot can do that."
HOSTILE = [
    "0", "-0", "-5 5", "9" * 16, "9" * 30, "9" * 900, "1e9", "0x10", "٣٤٥", "１２３", "12 34", "12;drop table admins",
    "+5", "--5", "NaN", "None", "\u2212", "-", "@ann", "@", "ann lee", "=1", "?", "? ?", *map(str, sorted(SHARED_IDS)),
]  # fmt: skip


@pytest.fixture
def admin(store: Store) -> Ask:
    """Asks as the admin whom the settings name, in a private chat."""
    store.access.begin({ROOT_ADMIN}, listed=True)

    def ask(command: str, words: str = "", **more: object) -> Answer:
        values = {"chat": f"telegram:{ROOT_ADMIN}", "asker": str(ROOT_ADMIN), "role": Role.ADMIN, **more}
        return reply(Question(command=command, words=words, **values), store)  # type: ignore[arg-type]

    return ask


def in_group(**more: object) -> dict[str, object]:
    """A question from the group."""
    return {"chat": f"telegram:{GROUP}", "private": False, **more}


def test_adding_and_removing_an_admin(admin: Ask, store: Store) -> None:
    """By reply with the name, by number without; removal is asked first where it is tapped."""
    added = admin("admins", "add", whom=Whom(ANN, "Ann\u202e Lee\n"))
    assert added.heading == "Ann Lee (77) is an admin of this bot now."
    assert store.access.is_admin(ANN)
    assert admin("admins", "add 78").heading == "78 is an admin of this bot now."
    assert admin("admins", "ADD 78").heading == "78 is an admin of this bot."
    listed = entries(admin("admins"))
    assert [line.label for line in listed] == ["7", "Ann Lee (77)", "78"]
    assert "BOT_ADMINS" in listed[0].detail
    assert listed[0].question is None
    question = listed[1].question
    assert question is not None
    asked = reply(question, store)
    assert asked.confirm is not None
    assert store.access.is_admin(ANN)
    assert reply(asked.confirm, store).heading == "Ann Lee (77) is not an admin of this bot any more."
    assert not store.access.is_admin(ANN)
    assert admin("admins", "remove 77").heading == "77 is not an admin of this bot."


def test_admins_of_the_settings_stay(admin: Ask, store: Store) -> None:
    """Whom the settings name cannot be removed in a chat, and it is said where they can be."""
    answer = admin("admins", f"remove {ROOT_ADMIN}")
    assert ".env" in ours(answer)
    assert store.access.is_admin(ROOT_ADMIN)
    assert "already" in admin("admins", f"add {ROOT_ADMIN}").heading


def test_the_last_admin_stays(store: Store) -> None:
    """Nobody locks everybody out by removing the only admin, unless at the machine."""
    store.access.add_admin(ANN, "Ann", "")
    asked = Question(command="admins", words="remove 77", role=Role.ADMIN, asker="77", chat="telegram:77")
    assert "only admin" in reply(asked, store).heading
    assert store.access.is_admin(ANN)
    assert (
        "not an admin"
        in reply(Question(command="admins", words="remove 77", role=Role.ADMIN, local=True), store).heading
    )


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("command", ["admins add", "admins remove", "admins remove?", "allow", "deny", "deny ?"])
def test_hostile_numbers(admin: Ask, store: Store, command: str, words: str) -> None:
    """Whatever is sent in the place of a number, somebody is told plainly, and the lists stay as they are."""
    name, _, before = command.partition(" ")
    answer = admin(name, f"{before} {words}".strip())
    assert "Sorry" not in answer.heading
    assert len(answer.heading) < 200
    assert store.access.admins() == {ROOT_ADMIN}
    assert store.access.allowed() == []


@pytest.mark.parametrize("number", ["5", "\u2212100123", "-100123", "4503599627370495"])
def test_numbers_that_can_be(admin: Ask, store: Store, number: str) -> None:
    """Any number that Telegram gives is taken, also with the minus sign that phones type."""
    assert "gets answers now" in admin("allow", number).heading
    assert [row.id for row in store.access.allowed()] == [int(number.replace("\u2212", "-"))]


@pytest.mark.parametrize("whom", [Whom(5, "A bot", person=False), Whom(GROUP, "Group", person=False)])
def test_who_cannot_be_an_admin(admin: Ask, store: Store, whom: Whom) -> None:
    """A reply to a bot, a channel or somebody who writes as the group makes nobody an admin."""
    assert "only people" in admin("admins", "add", whom=whom).heading
    assert store.access.admins() == {ROOT_ADMIN}


def test_without_anybody(admin: Ask) -> None:
    """An admin who names nobody is told how."""
    assert "Reply to a message" in ours(admin("admins", "add"))
    assert "does not tell bots" in ours(admin("admins", "add @ann"))
    assert "/admins add" in ours(admin("admins", "promote 5"))


def test_allowing(admin: Ask, store: Store) -> None:
    """By number, by reply, or the group where it is sent; the list in private; and all of it can be taken back."""
    assert "Nobody" in admin("allow").heading
    assert admin("allow", **in_group()).heading == f"Group ({GROUP}) gets answers now."
    assert admin("allow", **in_group(whom=Whom(ANN, "Ann"))).heading == "Ann (77) gets answers now."
    assert admin("allow", "78").heading == "78 gets answers now."
    assert {row.id for row in store.access.allowed()} == {GROUP, ANN, BEN}
    assert "already" in admin("allow", "78").heading
    listed = [line for line in entries(admin("deny")) if line.question]
    assert len(listed) == 3
    assert f"Group ({GROUP})" in [line.label for line in listed]
    asked = reply(listed[1].question or Question(command=""), store)
    assert asked.confirm is not None
    assert "off the list" in reply(asked.confirm, store).heading
    assert "off the list" in admin("deny", **in_group()).heading
    assert "not on the list" in admin("deny", **in_group()).heading
    assert [row.id for row in store.access.allowed()] == [BEN]


def test_allowing_bots_and_admins(admin: Ask, store: Store) -> None:
    """Bots get no place on the list, channels do, and admins need none."""
    assert "Bots" in admin("allow", whom=Whom(5, "A bot", person=False)).heading
    assert "gets answers now" in admin("allow", whom=Whom(-100777, "A channel", person=False)).heading
    assert "admin" in admin("allow", str(ROOT_ADMIN)).heading
    assert "admin" in admin("deny", str(ROOT_ADMIN)).heading


def test_it_is_said_that_access_is_open(admin: Ask, store: Store) -> None:
    """An admin who denies somebody while everybody gets answers is told that it changes nothing."""
    store.access.begin({ROOT_ADMIN}, listed=False)
    admin("allow", "78")
    assert "BOT_ACCESS=listed" in ours(admin("deny", "78"))
    assert "BOT_ACCESS=listed" in ours(admin("allow", "79"))


def test_a_long_list_is_turned_over(admin: Ask, store: Store) -> None:
    """Two hundred allowed chats do not make one endless message."""
    for number in range(200):
        store.access.allow(1_000 + number, "x" * 64, "1")
    page = admin("allow", page=2)
    assert page.heading.endswith("page 3 of 10")
    assert len(entries(page)) == 20


def test_id(store: Store) -> None:
    """Anybody learns the numbers of themselves, the group, its topic and whom they reply to."""
    store.access.begin((), listed=False)
    asked = Question(command="id", chat="telegram:-100123:7", asker="55", private=False, whom=Whom(77, "Ann"))
    told = ours(reply(asked, store))
    for line in ("You: 55", "This chat: -100123", "This topic: 7", "Replied to: Ann (77)", "BOT_ADMINS"):
        assert line in told
    private = ours(reply(Question(command="id", chat="telegram:55", asker="55"), store))
    assert "This chat" not in private
    store.access.begin({ROOT_ADMIN}, listed=True)
    told = ours(reply(Question(command="id", chat="telegram:55", asker="55"), store))
    assert "/allow" in told
    assert "BOT_ADMINS" not in told


@pytest.mark.parametrize("asker", ["", *map(str, sorted(SHARED_IDS))])
def test_id_of_those_who_write_as_a_group(store: Store, asker: str) -> None:
    """A number that many share is never told as somebody's own."""
    told = ours(reply(Question(command="id", chat="telegram:-100123", asker=asker, private=False), store))
    assert "You write as a chat" in told
    assert "This chat: -100123" in told


@pytest.mark.parametrize("role", [Role.READER, Role.GROUP_ADMIN])
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("name", sorted(name for name, command in COMMANDS.items() if command.role is Role.ADMIN))
def test_only_admins_of_the_bot(store: Store, name: str, private: bool, role: Role) -> None:
    """No command of admins does anything for others, confirmed or not, however it is written."""
    article = put(store, "It rained.")
    for words in ("", "add 5", "1", f"={article}", "5"):
        asked = Question(command=f"/{name.upper()}", words=words, role=role, private=private, confirmed=True, asker="5")
        assert reply(asked, store).heading == ONLY_ADMINS
    assert store.article(article) is not None
    assert store.access.admins() == frozenset()
    assert store.access.allowed() == []
    assert not (store.path.parent / "backups").exists()


def test_the_story_of_a_group(store: Store) -> None:
    """Readers choose for themselves in private; in a group its admins choose, and readers can look all the same."""
    article = put(store, "It rained.")
    story = store.story_of(article)
    for role, private in ((Role.READER, True), (Role.GROUP_ADMIN, False), (Role.ADMIN, False)):
        chosen = reply(Question(command="story", words="1", role=role, private=private), store)
        assert chosen.heading.startswith("Story")
    refused = reply(Question(command="story", story=story, private=False, chat="telegram:-5"), store)
    assert refused.heading == "Only admins of this group can do that."
    assert {each.question.command for each in refused.next} >= {"summary", "quotes"}
    assert all(each.question.story == story for each in refused.next)
    assert store.stats()["chats"] == 1


@pytest.mark.parametrize("access", ["open", "listed"])
def test_settings_reach_the_store(tmp_path: Path, access: str) -> None:
    """BOT_ACCESS and BOT_ADMINS are what the store judges by."""
    settings = Settings(admins=frozenset({7}), access=access)
    with empty_store(tmp_path) as store:
        store.access.begin(settings.admins, listed=settings.access == "listed")
        assert store.access.may_ask([8]) is (access == "open")
        assert store.access.may_ask([7])
