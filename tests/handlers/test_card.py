"""/card gives one passage for a picture, the same words that are shown as text."""

from __future__ import annotations

import pytest

from handlers.answer import Card, Note, Quoted
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import put


def quoted(answer_blocks: tuple[object, ...]) -> Quoted:
    """The one passage of an answer."""
    (block,) = answer_blocks
    assert isinstance(block, Quoted)
    return block


def test_a_quotation(ask_seeds: Ask) -> None:
    """Words of a quotation give all of it, with its speaker, and the picture is of what stands in the answer."""
    answer = ask_seeds("card", "the only game in town")
    shown = quoted(answer.blocks)
    assert shown.speaker == "Tom Plant"
    assert shown.parts[0].text.startswith('"There are a number of reasons')
    assert answer.picture == Card(shown)


def test_the_outlets_own_words(ask: Ask, store: Store) -> None:
    """Words that nobody is quoted with give their sentence, as the outlet's own."""
    put(store, "The piers were measured twice.", outlet="Post")
    shown = quoted(ask("card", "piers were measured").blocks)
    assert (shown.spoken, shown.speaker) == (False, None)
    assert shown.parts[0].text == "The piers were measured twice."


def test_by_reply_and_by_button(ask_seeds: Ask) -> None:
    """A replied-to message with a quotation in it, and the button below a context, lead to the same picture."""
    by_reply = ask_seeds("card", reply='He said: "Kim Jong Un is now happy to talk to anyone." Really?')
    around = ask_seeds("context", "Kim Jong Un is now happy to talk to anyone")
    (button,) = (each for each in around.next if each.label == "Picture")
    by_button = ask_seeds("card", button.question.words)
    one, other = quoted(by_reply.blocks), quoted(by_button.blocks)
    assert by_reply.picture == Card(one)
    assert (one.parts, one.speaker) == (other.parts, "Robert Kelly")


def test_a_long_passage(ask_seeds: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be too small to read is not drawn, and can be read as text."""
    monkeypatch.setattr("handlers.card.LONGEST", 20)
    answer = ask_seeds("card", "the only game in town")
    assert answer.picture is None
    assert "too long" in answer.heading
    assert [each.question.command for each in answer.next] == ["context"]


@pytest.mark.parametrize("words", ["@9:body:1:5", "@x:body", "@1:body:5:1", "@1:body:0:999999999"])
def test_stale_and_forged_places(ask_seeds: Ask, words: str) -> None:
    """A place that is not there is told so."""
    answer = ask_seeds("card", words)
    assert answer.picture is None
    assert answer.heading == "That passage is not there any more."


def test_nothing_asked_and_nothing_found(ask_seeds: Ask) -> None:
    """Without words the use is told; words that nobody prints are not drawn."""
    assert "which passage" in ask_seeds("card").heading
    missing = ask_seeds("card", "we will never surrender")
    assert missing.picture is None
    assert isinstance(missing.blocks[0], Note)
