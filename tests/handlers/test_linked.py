"""A link instead of a question: whether its article is loaded, and the ways into its story."""

from __future__ import annotations

import pytest

from handlers.question import Role
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import entries, ours, put

LINK = "https://example.org/bridge"


@pytest.mark.parametrize("link", [LINK, f" {LINK}?utm_source=x ", "HTTPS://example.org/bridge", f"{LINK}.", f"{LINK}»"])
def test_a_link_that_is_loaded(link: str, store: Store, ask: Ask) -> None:
    """The article is named, and the buttons lead into its story, which need not be the chat's."""
    put(store, "It was opened in 1931.", url=LINK)
    home = store.stories()[0].id
    put(store, "The choir sang.", headline="Choir tours", filler=False, people=[])
    other = next(each.id for each in store.stories() if each.id != home)
    answer = ask("ask", link, story=other)
    assert answer.heading == "This article is loaded."
    (entry,) = entries(answer)
    assert (entry.label, entry.link) == ("Norrvik bridge closed", LINK)
    assert {each.question.story for each in answer.next} == {home}


def test_a_link_in_a_message_replied_to(store: Store, ask: Ask) -> None:
    """It is looked up like one that is typed."""
    put(store, "It was opened in 1931.", url=LINK)
    assert ask("ask", reply=LINK).heading == "This article is loaded."


def test_a_link_that_is_not_loaded(store: Store, ask: Ask) -> None:
    """Nothing is claimed of it; words beside a link are a question."""
    put(store, "It was opened in 1931.", url=LINK)
    answer = ask("ask", "https://example.org/other")
    assert answer.heading == "That link is not loaded."
    assert "Only admins" in ours(answer)
    for more in ({"role": Role.ADMIN}, {"local": True}):
        assert "/load" in ours(ask("ask", "https://example.org/other", **more))
    assert ask("ask", f"when was the bridge opened? {LINK}").heading != "This article is loaded."
