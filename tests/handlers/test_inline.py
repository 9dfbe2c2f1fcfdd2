"""Passages for any chat: the right ones, each once, page by page, from every story; and one for a guest call."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.answer import Change, Quoted
from handlers.inline import MOST, PAGE, Offers, guest, offers
from handlers.links import target
from handlers.question import Question
from store import Store
from tests.bot.made import hostile
from tests.handlers.made import RUIZ, Said, Somebody, blocks_in, is_printed, ours, put, quoted, texts

HOLM = Somebody("Lena Holm", ("Holm",))
SHUT = "“The bridge stays shut until all of its piers are repaired.”"
COMET = "“The comet will pass the earth at a distance of two million miles,”"
NOBODY = "“This should have been seen years ago by the inspectors.”"


@pytest.fixture
def two(store: Store) -> Store:
    """Two stories, each with somebody who speaks."""
    said = (Said((SHUT,), RUIZ.name), Said((NOBODY,)))
    put(store, f"{SHUT} Ruiz said.", NOBODY, said=said, outlet="Norrvik Post", url="https://example.org/1")
    body = f"Astronomers watch the sky. {COMET} said Lena Holm, an astronomer at the observatory of Falun."
    put(store, body, said=(Said((COMET,), HOLM.name),), people=(HOLM,), headline="A comet", filler=False)
    return store


def words_of(found: Offers) -> list[str]:
    """The words of each offer."""
    return [each.words for each in found.items]


@pytest.mark.parametrize(
    ("typed", "first", "title"),
    [
        ("Ruiz", SHUT, "Ana Ruiz"),
        ("ana ruis", SHUT, "Ana Ruiz"),
        ("bridge stays shut", SHUT, "Ana Ruiz"),
        ("what did Holm say about the comet?", COMET, "Lena Holm"),
        ("distance of two million miles", COMET, "Lena Holm"),
        ("inspectors", NOBODY, "Unattributed"),
        (
            "passengers and cars across the harbour",
            "Ferries carry passengers and cars across the harbour until the piers of the bridge are repaired.",
            "Norrvik Post",
        ),
    ],
)
def test_what_is_offered_first(two: Store, typed: str, first: str, title: str) -> None:
    """Names, misspelt names, words and questions find their passage, whatever story it is of."""
    best = offers(typed, 0, two).items[0]
    assert (best.words, best.title) == (first, title)


def test_an_offer_is_a_whole_answer(two: Store) -> None:
    """It has the story, the speaker, the outlet, no button that needs the bot's chat, and a link that leads to it."""
    best = offers("bridge stays shut", 0, two).items[0]
    (block,) = quoted(best.answer)
    assert best.answer.heading == "Norrvik bridge closed"
    assert (block.speaker, block.carriers[0].article.outlet) == ("Ana Ruiz", "Norrvik Post")
    assert block.context is None
    assert block.wrong is None
    assert is_printed(block.parts[0], two)
    led = target(best.link, two)
    assert led is not None
    assert led.command == "context"
    assert offers("bridge stays shut", 0, two).items[0].key == best.key


def test_with_nothing_typed_each_story_has_its_turn(two: Store) -> None:
    """The newest stories come one after the other, and only people who are named."""
    assert words_of(offers("", 0, two)) == [COMET, SHUT]


def test_nothing_is_offered_on_weak_evidence(two: Store) -> None:
    """What no article says is not offered, nor what somebody did not say."""
    assert offers("zebra pancakes", 0, two) == Offers()
    assert offers("what did Ruiz not say?", 0, two) == Offers()


def test_pages(store: Store) -> None:
    """Pages follow each other without gap or repetition, up to a limit."""
    said = [f"“The bridge has to be repaired before day number {at} of the year.”" for at in range(MOST + 30)]
    put(store, *said, said=[Said((each,), RUIZ.name) for each in said])
    pages = [offers("Ruiz", start, store) for start in range(0, MOST, PAGE)]
    assert [len(page.items) for page in pages] == [PAGE] * (MOST // PAGE)
    assert [page.more for page in pages] == [True] * (MOST // PAGE - 1) + [False]
    assert len({each.key for page in pages for each in page.items}) == MOST
    assert offers("Ruiz", MOST, store) == offers("Ruiz", 10**9, store) == Offers()
    assert offers("Ruiz", -5, store) == pages[0]


def test_a_guest_gets_the_best_passage(two: Store) -> None:
    """One passage with its speaker and story, or the plain sentence."""
    answer = guest(Question(command="ask", words="what did Holm say about the comet?"), two)
    assert (answer.heading, texts(answer)) == ("A comet", [COMET])
    assert guest(Question(command="ask", words="zebra pancakes?"), two).heading == "The loaded articles do not say."
    assert guest(Question(command="ask"), two).heading == "What would you like to know?"


def test_a_guest_is_told_who_has_a_role(seeded: Store) -> None:
    """A role says nothing without whose it is, and nothing else in the message would."""
    answer = guest(Question(command="ask", words="who is Kelly?"), seeded)
    assert answer.heading.startswith("Robert Kelly — ")
    assert "a professor of international relations" in texts(answer)[0]


@pytest.mark.parametrize("command", ["ask", "check"])
def test_a_guest_call_in_reply_is_a_check(two: Store, command: str) -> None:
    """The claim that is replied to is judged, without buttons."""
    asked = Question(
        command=command, reply="Holm: “The comet will pass the earth at a distance of three million miles”"
    )
    answer = guest(asked, two)
    assert answer.heading == "Altered — A comet"
    assert "A number or date was changed" in [each.kind for each in blocks_in(answer) if isinstance(each, Change)]
    assert all(each.context is None for each in blocks_in(answer) if isinstance(each, Quoted))
    assert answer.next == ()


def test_an_empty_store(store: Store) -> None:
    """There is nothing to offer, and a guest is told so."""
    assert offers("", 0, store) == offers("words", 0, store) == Offers()
    assert ours(guest(Question(command="ask", words="x"), store)) == "No articles are loaded yet."


@given(hostile(30), st.integers(-(10**9), 10**9), st.none() | hostile(30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_words(two: Store, typed: str, start: int, reply: str | None) -> None:
    """Whatever is typed, or replied to, is answered without an error: nobody else would catch it."""
    offers(typed, start, two)
    for command in ("ask", "check"):
        assert guest(Question(command=command, words=typed, reply=reply), two).heading
