"""/stories, /story and /sources: what is loaded, and which of it a chat talks about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import entries, ours, put

CHOIR = ("The choir of Ekby sang in Lund on Friday.", "Its forty singers travel on to Malmo by train.")


@pytest.fixture
def two(store: Store) -> None:
    """A story of two articles, and another, newer one of one article."""
    put(store, "One.", outlet="Post", published=datetime(2024, 3, 1, tzinfo=UTC), url="https://example.org/1")
    put(store, "Two.", published=datetime(2024, 3, 2, tzinfo=UTC), headline="Bridge shut")
    put(
        store,
        *CHOIR,
        headline="Choir tours",
        filler=False,
        people=(),
        published=datetime(2024, 6, 1, tzinfo=UTC),
        outlet="Radio",
    )


@pytest.mark.parametrize("command", ["stories", "summary", "help", "start"])
def test_a_store_whose_first_load_is_not_over_says_so(ask: Ask, store: Store, command: str) -> None:
    """Readers of a new bot are told to wait, not that somebody has to load what is being loaded."""
    job = store.new_job("terminal", "terminal", [("text", "a", b"a")])
    told = ours(ask(command))
    assert "Articles are being loaded; ask again in a moment." in told
    assert "No articles are loaded yet." not in told
    store.cancel_job(job)
    assert "No articles are loaded yet." in ours(ask(command))


@pytest.mark.usefixtures("two")
def test_stories_are_numbered_newest_first(ask: Ask) -> None:
    """Each story once, with its articles counted, and the chat's current one marked."""
    answer = ask("stories")
    assert answer.heading == "2 stories loaded"
    assert [(entry.label, entry.detail) for entry in entries(answer)] == [
        ("1. Choir tours", "1 article · Radio · current"),
        ("2. Norrvik bridge closed", "2 articles · Post"),
    ]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("words", ["2", "#2", "norrvik", "bridge closed"])
def test_a_story_is_chosen_for_its_chat_only(words: str, ask: Ask) -> None:
    """By number or by words of the title; other chats keep theirs."""
    chosen = ask("story", words)
    assert chosen.heading == "Story — Norrvik bridge closed"
    assert "2 loaded articles" in ours(chosen)
    assert ask("sources").heading == "2 loaded articles — Norrvik bridge closed"
    assert ask("sources", chat="telegram:5").heading == "1 loaded article — Choir tours"


@pytest.mark.usefixtures("two")
def test_an_entry_chooses_the_story_it_names(ask: Ask, store: Store) -> None:
    """A tap means that story even when the numbers have moved meanwhile."""
    button = entries(ask("stories"))[1].question
    put(store, "A fire.", headline="Fire in Oslo", filler=False, people=(), published=datetime(2024, 9, 1, tzinfo=UTC))
    assert button is not None
    assert ask(button.command, button.words, story=button.story).heading == "Story — Norrvik bridge closed"


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("words", ["3", "0", "-1", "999999999999", "nothing", "1 2", "²"])
def test_no_such_story(words: str, ask: Ask) -> None:
    """A number or words that fit no story choose nothing."""
    assert ask("story", words).heading == "There is no such story."
    assert ask("sources").heading == "1 loaded article — Choir tours"


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("story", [0, -1, 99, 2**63, 10**30])
@pytest.mark.parametrize("command", ["quotes", "summary", "who", "sources", "context", "ask", "story"])
def test_forged_story(command: str, story: int, ask: Ask) -> None:
    """A story that is not there is said so, and the way out leads to the list."""
    answer = ask(command, story=story)
    assert answer.heading == "There is no such story."
    assert ask("stories", story=answer.next[0].question.story).heading == "2 stories loaded"


@pytest.mark.usefixtures("two")
def test_sources_state_what_is_stated(ask: Ask) -> None:
    """Outlet, headline, date and link where there are such; an article without an outlet is named by its headline."""
    ask("story", "2")
    post, bare = entries(ask("sources"))
    assert (post.label, post.link) == ("Post", "https://example.org/1")
    assert post.detail.startswith("Norrvik bridge closed · 1 March 2024 · loaded ")
    assert (bare.label, bare.link) == ("Bridge shut", None)
    assert bare.detail.startswith("2 March 2024 · loaded ")


def test_sources_invent_no_date(store: Store, ask: Ask) -> None:
    """With no date stated, only the day of loading is told; a new version is."""
    put(store, "One.", url="https://example.org/1")
    put(store, "One more.", url="https://example.org/1")
    (entry,) = entries(ask("sources"))
    assert entry.detail.startswith("version 2 · loaded ")


def test_words_that_fit_several_stories(store: Store, ask: Ask) -> None:
    """Two stories with the word are offered, and nothing is chosen."""
    put(store, *CHOIR, headline="Choir tours", filler=False, people=())
    put(store, "Wet roads and rain.", headline="Tours by bus end", filler=False, people=())
    answer = ask("story", "tours")
    assert answer.heading == "Did you mean …?"
    assert {each.label for each in answer.next} == {"Choir tours", "Tours by bus end"}
