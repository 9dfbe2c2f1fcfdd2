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


@pytest.fixture
def namesakes(store: Store) -> int:
    """Two stories; the id of one without any Hagen, Mujíca or Holm, while the other one has two Hagens."""
    put(store, "Eda Hollman crossed the bridge.", people=[RUIZ, Somebody("Eda Hollman")])
    story = store.stories()[0].id
    lines = (f"{WORDS} Edda Holm said.", '"We sing at noon," Lars Hagen said.', "Mona Hagen and José Mujíca sang, too.")
    said = [Said((WORDS,), "Edda Holm"), Said(('"We sing at noon,"',), "Lars Hagen")]
    people = [Somebody(name) for name in ("Edda Holm", "Lars Hagen", "Mona Hagen", "José Mujíca")]
    put(store, *lines, said=said, people=people, headline="Choir tours", filler=False)
    return story


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("who", "Hagen"),  # several of the name
        ("quotes", "Hagen"),
        ("who", "Mujika"),  # misspelt, so that no article prints the words
        ("quotes", "Haggen"),
        ("who", "Edda Holm"),  # somebody of a name like it is in this story
        ("quotes", "Edda Holm"),
    ],
)
def test_names_that_are_not_found_by_their_letters_alone(command: str, words: str, namesakes: int, ask: Ask) -> None:
    """A name that several have, that is misspelt, or that is like one of this story, is offered where it is, too."""
    answer = ask(command, words, story=namesakes)
    (there,) = [each for each in answer.next if each.label == "In: Choir tours"]
    found = ask(there.question.command, there.question.words, story=there.question.story)
    assert quoted(found) or "Hagen" in " ".join(each.label for each in found.next) or "Mujíca" in found.heading


def test_a_name_of_this_story_is_not_sent_elsewhere(namesakes: int, ask: Ask, store: Store) -> None:
    """Where several people of this story have the name, nobody is led to another story."""
    other = next(each.id for each in store.stories() if each.id != namesakes)
    put(store, "Nils Hagen spoke.", people=[RUIZ, Somebody("Nils Hagen")])
    answer = ask("who", "Hagen", story=other)
    assert answer.heading == "Did you mean …?"
    assert not [each for each in answer.next if each.label.startswith("In: ")]
