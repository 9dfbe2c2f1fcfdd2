"""Links lead back to just the passage, person or story that an answer shows, for good; forged ones do no harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import reply
from handlers.answer import Answer
from handlers.question import Question
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, ours, put, quoted

WORDS = "“We build a bridge in the harbour.”"


WAYS = (("context", WORDS.strip("“”")), ("who", "Ruiz"))


def made(store: Store, words: str = WORDS, url: str = "https://example.org/a", more: str = "") -> int:
    """An article with one quotation; its number."""
    return put(store, f"{words}, said Ruiz.{more}", said=[Said((words,), "Ana Ruiz")], url=url)


def opened(store: Store, link: str, chat: str = "telegram:5", *, private: bool = True) -> Answer:
    """What a link shows in a chat."""
    return reply(Question(command="start", words=link, chat=chat, private=private), store)


def test_answers_have_links_that_lead_back(ask_seeds: Ask) -> None:
    """What a link shows has the same heading and passages, and the same link; each fits Telegram's rule."""
    for command, words in (("context", "happy to talk to anyone"), ("who", "Putin"), ("summary", "")):
        shown = ask_seeds(command, words)
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", shown.link)
        again = ask_seeds("start", shown.link)
        assert (again.heading, again.link) == (shown.heading, shown.link)
        assert [each.parts for each in quoted(again)] == [each.parts for each in quoted(shown)]


@pytest.mark.parametrize("command", ["quotes", "sources", "story", "who"])
def test_lists_link_to_their_story(ask_seeds: Ask, command: str) -> None:
    """Whoever opens the link of a list is shown its story."""
    assert ask_seeds("start", ask_seeds(command).link).heading.startswith("Summary")


def test_quotes_of_somebody_link_to_them(ask_seeds: Ask) -> None:
    """The link of somebody's quotations leads to that person."""
    assert ask_seeds("start", ask_seeds("quotes", "Kelly").link).heading.startswith("Robert Kelly")


def test_an_older_version(store: Store) -> None:
    """A link outlives an update of its article, and says that there is a newer version; a person's leads on."""
    made(store)
    passage, person = (reply(Question(command=each, words=words), store).link for each, words in WAYS)
    made(store, "“We never build a bridge in the harbour.”", more=" Ana Ruiz said no more.")
    shown = opened(store, passage)
    assert any(WORDS in part.text for each in quoted(shown) for part in each.parts)
    assert "A newer version is loaded." in ours(shown)
    assert opened(store, person).heading.startswith("Ana Ruiz")


def test_the_story_of_a_link_becomes_the_chats(store: Store) -> None:
    """In private the chat goes on with it, which is said once; a group keeps its own."""
    made(store)
    link = reply(Question(command="who", words="Ruiz"), store).link
    put(store, "Another thing.", headline="Quite another story", filler=False, people=())
    old, new = (story.id for story in reversed(store.stories()))
    assert store.current_story("telegram:5") == new
    assert "now come from this story" in ours(opened(store, link))
    assert "now come from this story" not in ours(opened(store, link))
    assert store.current_story("telegram:5") == old
    assert "now come from this story" not in ours(opened(store, link, "telegram:-6", private=False))
    assert store.current_story("telegram:-6") == new


def test_what_is_not_there_any_more(store: Store) -> None:
    """A link to an article that was unloaded says so, and welcomes."""
    article = made(store)
    found = [reply(Question(command=each, words=words), store).link for each, words in (*WAYS, ("summary", ""))]
    store.unload(article)
    for link in found:
        assert "leads to nothing that is loaded any more" in ours(opened(store, link))
    assert "leads to nothing" not in ours(opened(store, "inline"))


@given(st.text(max_size=80) | st.from_regex(r"[pws]-[0-9]{1,20}(-[hbcx](-[0-9]{1,12}){1,3})?", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_forged_links(seeded: Store, words: str) -> None:
    """Whatever comes by a link is answered, and chooses nothing that is not there."""
    assert opened(seeded, words, "telegram:9").heading
    assert seeded.current_story("telegram:9") == seeded.stories()[0].id
