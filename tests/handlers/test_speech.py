"""What somebody only wants or is said to discuss is kept, and is never shown as their speech."""

from __future__ import annotations

import ingest
from handlers.answer import Quoted
from store import Store
from store.model import Article
from tests.handlers.conftest import Ask
from tests.handlers.made import quoted, texts

BODY = """Mayor Ida Moss wants to build a tunnel under the bay.

Ida Moss said the old bridge was sound.

Ida Moss spoke about the price of the ferry at length."""
SAID = "the old bridge was sound"


def put(store: Store) -> None:
    """One article with one statement, one wish and one topic, read as articles are."""
    article = Article(headline="Mayor has plans for the bay", body=BODY, outlet="The Bay Times")
    store.add(article, ingest.read_article(article))


def test_the_store_keeps_both_apart(store: Store) -> None:
    """A wish comes out of the store as one, beside the statement."""
    put(store)
    (story,) = store.stories()
    kept = {said.parts[0].text: said.speech for said in store.quotations(story.id)}
    assert kept[SAID] is True
    assert kept["to build a tunnel under the bay"] is False
    assert not list(store.verify())


def test_quotes_give_what_was_said(store: Store, ask: Ask) -> None:
    """Neither all quotations nor those of a person hold wishes and topics."""
    put(store)
    assert texts(ask("quotes")) == [SAID]
    assert texts(ask("quotes", "Ida Moss")) == [SAID]
    assert texts(ask("quotes", "tunnel")) == []


def test_an_answer_with_a_wish_has_no_speaker(store: Store, ask: Ask) -> None:
    """The sentence that tells a wish is shown as the outlet's own words."""
    put(store)
    shown = [one for one in quoted(ask("ask", "tunnel under the bay")) if "tunnel" in one.parts[0].text]
    assert shown
    assert all(isinstance(one, Quoted) and not one.spoken and one.speaker is None for one in shown)


def test_a_portrait_lists_wishes_elsewhere(store: Store, ask: Ask) -> None:
    """About a person, the sentence with the wish stands under what the outlet writes, not under what was said."""
    put(store)
    shown = {one.parts[0].text: one.spoken for one in quoted(ask("who", "Ida Moss"))}
    assert shown[SAID] is True
    assert shown["Mayor Ida Moss wants to build a tunnel under the bay."] is False
