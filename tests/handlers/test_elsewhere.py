"""Where the current story does not say: nothing is claimed of other stories, and those that do say are offered."""

from __future__ import annotations

import pytest

from handlers.plain import NOT_SAID, NOT_SAID_HERE
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import RUIZ, Said, Somebody, put, quoted

WORDS = '"We sing in every town,"'


@pytest.fixture
def bridge(store: Store) -> int:
    """Two stories; the id of that of the bridge, in which nobody of the other one is printed."""
    put(store, "The bridge opened in 1931.", people=[RUIZ])
    story = store.stories()[0].id
    lines = (f"{WORDS} Edda Holm said in Lund.", "Forty singers of the Ekby choir travel on by train.")
    said = [Said((WORDS,), "Edda Holm")]
    put(store, *lines, said=said, people=[Somebody("Edda Holm", ("Holm",))], headline="Choir tours", filler=False)
    return story


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("quotes", "Holm"),
        ("quotes", "sing in every town"),
        ("who", "Edda Holm"),
        ("context", "travel on by train"),
        ("ask", "what did Holm say?"),
    ],
)
def test_the_other_story_is_offered(command: str, words: str, bridge: int, ask: Ask) -> None:
    """The button asks the same of the story that has it, and that answers."""
    answer = ask(command, words, story=bridge)
    assert answer.heading == NOT_SAID_HERE
    (there,) = [each for each in answer.next if each.label == "In: Choir tours"]
    assert quoted(ask(there.question.command, there.question.words, story=there.question.story))


@pytest.mark.parametrize(("command", "words"), [("quotes", "Zebedee"), ("who", "Zebedee"), ("context", "no such line")])
def test_no_more_is_claimed_than_was_looked_at(command: str, words: str, bridge: int, store: Store, ask: Ask) -> None:
    """With two stories it is this story that does not say, and no other is offered; with one it is all articles."""
    answer = ask(command, words, story=bridge)
    assert answer.heading == NOT_SAID_HERE
    assert not [each for each in answer.next if each.label.startswith("In: ")]
    other = next(each for each in store.stories() if each.id != bridge)
    store.unload(other.articles[0])
    assert ask(command, words, story=bridge).heading == NOT_SAID
