"""/context: the text around a passage, from a button, from words, or from a message."""

from __future__ import annotations

import pytest

from handlers.answer import Answer, Group
from handlers.plain import NOT_SAID_HERE
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import FILLER, Said, ours, put, quoted, texts

LINE = '"It holds," Ruiz said. The piers were measured. "It holds well enough."'


@pytest.fixture(autouse=True)
def copies(store: Store) -> None:
    """Two copies; in the second one another sentence stands after the passage."""
    said = [Said(('"It holds,"',), "Ana Ruiz"), Said(('"It holds well enough."',), "Ana Ruiz")]
    put(store, LINE, "Divers go down today.", said=said, outlet="Post")
    put(store, LINE, "Nobody dives today.", said=said, outlet="Radio")


def around(answer: Answer) -> dict[str, list[str]]:
    """The three groups of an answer about the context."""
    return {each.title: texts(each) for each in answer.blocks if isinstance(each, Group)}


def test_by_words(ask: Ask) -> None:
    """Words as printed are found, letter case and punctuation aside, and shown in their whole sentence."""
    answer = ask("context", "the PIERS were “measured”")
    assert around(answer) == {
        "Before": [f'{FILLER[2]}\n\n"It holds," Ruiz said.'],
        "The passage": ["The piers were measured."],
        "After": ['"It holds well enough."\n\nDivers go down today.'],
    }
    assert answer.heading == "Context — Norrvik bridge closed"


def test_a_quotation_keeps_its_speaker(ask: Ask) -> None:
    """A sentence that is wholly somebody's words is shown as theirs; one with its reporting clause is the outlet's."""
    middle = quoted(ask("context", "holds well enough"))[1]
    assert (middle.spoken, middle.speaker) == (True, "Ana Ruiz")
    assert [len(block.carriers) for block in quoted(ask("context", "holds well enough"))] == [2, 2, 1]
    assert not quoted(ask("context", "it holds ruiz said"))[1].spoken


def test_the_button_of_a_quotation(ask: Ask) -> None:
    """Each quotation's own button opens its context; "More" widens it; another carrier has a button too."""
    for block in quoted(ask("quotes")):
        assert block.context is not None
        answer = ask("context", block.context.words, story=block.context.story)
        assert block.parts[0].text in around(answer)["The passage"][0]
        more = next(each for each in answer.next if each.label == "More around it")
        wider = ask("context", more.question.words, page=more.question.page)
        assert len(around(wider)["Before"][0]) > len(around(answer)["Before"][0])
        other = next(each for each in answer.next if each.label == "In Radio")
        assert quoted(ask("context", other.question.words))[1].carriers[0].article.name == "Radio"


def test_a_replied_to_message(ask: Ask) -> None:
    """An answer of ours that is replied to is searched for the passage that it shows."""
    message = "Quotes — Norrvik bridge closed\n\nAna Ruiz\n│ “It holds well enough.”\n2 of 2 articles: Post, Radio"
    assert around(ask("context", reply=message))["The passage"] == ['"It holds well enough."']


def test_words_that_are_not_printed(ask: Ask) -> None:
    """Other words, however near, have no context."""
    assert ask("context", "the piers were weighed").heading == "The loaded articles do not say."


def test_nothing_given(ask: Ask) -> None:
    """A bare /context says what it needs."""
    assert ask("context").heading == "Which passage?"


@pytest.mark.parametrize("words", ["@1:body:0:0", "@99:body:0:5", "@1:body:0:5000", "@:::", "@1:nothing:1:2"])
def test_forged_places(words: str, ask: Ask) -> None:
    """A place that is nowhere is answered plainly."""
    assert ask("context", words).heading == "That passage is not there any more."


def test_an_older_version_still_opens_and_says_so(store: Store, ask: Ask) -> None:
    """A button made before an update shows the words as they were printed then."""
    url = "https://example.org/a"
    put(store, "The mast is red.", headline="Mast painted", filler=False, people=(), url=url)
    words = quoted(ask("context", "the mast is red"))[0].parts[0]
    assert words.text == "The mast is red."
    put(store, "The mast is blue.", headline="Mast painted", filler=False, people=(), url=url)
    answer = ask("context", f"@{words.version_id}:body:0:16")
    assert "The mast is red." in texts(answer)
    assert "From version 1 of this article. A newer version is loaded." in ours(answer)
    assert ask("context", "the mast is red").heading == NOT_SAID_HERE
