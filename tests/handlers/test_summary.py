"""/summary: a few central sentences, each once, none that needs the one before it."""

from __future__ import annotations

from itertools import combinations

from rapidfuzz import fuzz

from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import put, quoted, texts

LEANING = {"he", "she", "it", "they", "this", "that", "these", "those", "but", "however", "and", "his", "her", "their"}


def test_the_founding_articles(ask_seeds: Ask) -> None:
    """A handful of whole sentences with their carriers; no two tell the same; none leans on another one."""
    answer = ask_seeds("summary")
    assert answer.heading.startswith("Summary — President Vladimir Putin")
    shown = texts(answer)
    assert 3 <= len(shown) <= 6
    told = [block.parts[0].text for block in quoted(answer) if not block.spoken]
    assert not {text.split()[0].lower() for text in told} & LEANING
    assert all(fuzz.ratio(one, other) < 80 for one, other in combinations(shown, 2))
    assert any(len(block.carriers) == 2 for block in quoted(answer))
    assert all(block.of == 2 for block in quoted(answer))
    assert all(block.carriers[0].article.id <= block.carriers[-1].article.id for block in quoted(answer))


def test_no_speech_without_its_speaker(ask_seeds: Ask) -> None:
    """A sentence that is wholly somebody's words is shown with who said it."""
    for block in quoted(ask_seeds("summary")):
        assert block.spoken or not block.parts[0].text.startswith(('"', "“")), block.parts[0].text


def test_a_short_article(store: Store, ask: Ask) -> None:
    """An article of one sentence has a summary of that sentence or of its headline."""
    put(store, "The mast was painted red on Friday.", headline="Mast painted", filler=False, people=[])
    assert set(texts(ask("summary"))) & {"The mast was painted red on Friday.", "Mast painted"}


def test_no_words(store: Store, ask: Ask) -> None:
    """An article without sentences is answered with its headline."""
    put(store, "???", headline="Silence", filler=False, people=[])
    assert texts(ask("summary")) == ["Silence"]


def test_longer(ask_seeds: Ask) -> None:
    """The button gives what was there and more, until the longest."""
    first = ask_seeds("summary")
    more = next(each.question for each in first.next if each.label == "Longer")
    longer = ask_seeds(more.command, page=more.page, story=more.story)
    assert set(texts(first)) < set(texts(longer))
    assert "Longer" not in [each.label for each in ask_seeds("summary", page=99).next]
