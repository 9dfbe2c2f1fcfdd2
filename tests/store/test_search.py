"""Search finds windows by words, and no words can break it."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.document import Field
from analysis.model import Reading
from store import Store
from store.search import MOST_TERMS, terms
from tests.store.samples import BODY, article, raw, reading


def found(store: Store, words: str, story: int | None = None) -> list[str]:
    """The texts of the windows, likeliest first."""
    return [hit.window.text for hit in store.search(words, story)]


def loaded(store: Store, **fields: str) -> int:
    """An article of its own story; the story's id."""
    of = article(**fields)
    return store.add(of, reading(of, people=())).story_id


def test_a_window_is_three_sentences_with_exact_cuts(store: Store) -> None:
    """A hit says where it stands, and its sentences are those of the article."""
    loaded(store, body="One is red. Two is blue. Three is green. Four is grey. Five is black.")
    (hit,) = store.search("blue")
    assert hit.window.text == "One is red. Two is blue. Three is green."
    assert [each.text for each in hit.sentences] == ["One is red.", "Two is blue.", "Three is green."]
    assert all(store.passage(each.version_id, each.field, each.span) == each for each in (hit.window, *hit.sentences))


def test_neighbours_share_a_window(store: Store) -> None:
    """A fact told over two sentences is found in one piece, wherever it stands."""
    loaded(store, body=" ".join(f"Word{at} is here." for at in range(10)))
    for one, two in pairwise(range(10)):
        best = found(store, f"word{one} word{two}")[0]
        assert f"Word{one} " in best
        assert f"Word{two} " in best


@pytest.mark.parametrize(
    ("words", "held"), [("fares", "The fare is 4.50"), ("reopening", "reopened"), ("RIDERS", "rider")]
)
def test_words_are_found_in_their_other_forms(store: Store, words: str, held: str) -> None:
    """People do not ask in the words of the page."""
    loaded(store)
    assert any(held in text for text in found(store, words))


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("The U.S. agreed.", "US"),
        ("The US agreed.", "U.S."),
        ("Moon Jae-in spoke.", "moon jae in"),
        ("Putin’s aide spoke.", "Putin"),
        ("Putin spoke.", "Putin's"),
        ("It fell 5% then.", "5%"),
        ("A cafe\u0301 closed.", "café"),
        ("A café closed.", "cafe"),
        ("Некоторые сказали «да».", "НЕКОТОРЫЕ"),
    ],
)
def test_spellings_of_one_word_find_each_other(store: Store, printed: str, asked: str) -> None:
    """Dots, hyphens, apostrophes, letter case and accents do not hide a passage."""
    loaded(store, body=printed)
    assert found(store, asked) == [printed]


def test_title_and_outlet_count_for_every_window(store: Store) -> None:
    """A question may name the outlet or the headline instead of the passage."""
    loaded(store, headline="Ferry strike ends", body="They went home.", outlet="Harbour Post")
    assert "They went home." in found(store, "strike")
    assert "They went home." in found(store, "what did the harbour post write")


def test_any_of_the_words_is_enough_and_more_are_better(store: Store) -> None:
    """Retrieval is generous; ranking decides afterwards."""
    loaded(store, headline="A", body="The cook sang. He danced too. It rained hard.")
    loaded(store, headline="B", body="The cook baked bread. It was dark. All slept.")
    assert len(found(store, "cook baked unicorns")) == 2
    assert "baked" in found(store, "cook baked unicorns")[0]


def test_words_that_stand_everywhere_find_nothing(store: Store) -> None:
    """A question of stop words alone is no question about the articles."""
    loaded(store)
    assert found(store, "what is it that they were about") == []
    assert found(store, "") == []


def test_a_story_limits_the_search(store: Store) -> None:
    """A chat's answers come from its story."""
    one = loaded(store, headline="Ferry", body="The ferry is late.")
    two = loaded(store, headline="Boat", body="The ferry is early.")
    assert found(store, "late early", one) == ["The ferry is late."]
    assert found(store, "late early", two) == ["The ferry is early."]
    assert found(store, "late", 99) == []
    assert len(found(store, "late early")) == 2


@pytest.mark.parametrize(("limit", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3), (10**9, 20)])
def test_no_more_hits_than_asked_for(store: Store, limit: int, count: int) -> None:
    """The limit holds, whatever it is."""
    for at in range(20):
        loaded(store, headline=f"N{at}", body=f"The ferry came {at} times.")
    assert len(store.search("came", limit=limit)) == count


def test_headlines_and_captions_are_found(store: Store) -> None:
    """All three fields are searched, and a window lies in one of them."""
    of = article("Storm over Aldport", "Nobody slept. It was loud.", captions=("A broken mast.",))
    store.add(of, reading(of, people=()))
    assert store.search("mast")[0].window.field is Field.CAPTION
    assert Field.HEADLINE in {hit.window.field for hit in store.search("aldport")}


HOSTILE = [
    '"',
    '""',
    "'",
    "NEAR(ferry line)",
    "ferry NEAR/2 line",
    "AND OR NOT",
    "ferry AND",
    "* ferry*",
    "^ferry",
    "title:ferry",
    "words : ferry",
    "{title outlet}: ferry",
    "-ferry +line",
    "(ferry",
    "ferry)",
    "ferry;--",
    "'; DROP TABLE articles; --",
    ":words",
    "?1",
    "%",
    "& && $ €",
    "a\0b",
    "\0",
    "👩‍👩‍👧 🚢",
    "\ud800",
    "²³¼",
    "\u0301",
    "١٢٣ ௧௨",
    "ferry\ufffe\uffff",
    "x" * 100_000,
    "ferry " * 20_000,
    '"' * 100_000,
    " ".join(f"w{at}" for at in range(30_000)),
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_are_an_error(store: Store, words: str) -> None:
    """Nothing that a person can type reaches the search engine as its own language."""
    loaded(store)
    hits = store.search(words)
    assert ("ferry" not in words.lower()) or hits


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from("\"'*^:()+-{}\0ANDORNT ")), max_size=80))
def test_any_text_can_be_searched_for(shared: Store, words: str) -> None:
    """As above, for text that nobody thought of."""
    shared.search(words)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store with one article for many searches."""
    with Store.open(tmp_path_factory.mktemp("search") / "news.db") as store:
        loaded(store, headline="AND OR NOT NEAR", body=BODY)
        yield store


def test_a_flood_of_terms_is_cut() -> None:
    """The work of one question is bounded."""
    assert len(terms(" ".join(f"word{at}" for at in range(1000)))) == MOST_TERMS


def test_common_words_give_way_to_rare_ones(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large store, words that stand in very many windows are left out; a common word alone finds the newest."""
    for at in range(12):
        loaded(store, headline=f"N{at}", body=f"The barge came {at} times." + " Otters watched." * (at == 7))
    monkeypatch.setattr("store.search.BUDGET", 5)
    assert found(store, "barge otters") == ["The barge came 7 times. Otters watched."]
    assert found(store, "barge")[0] == "The barge came 11 times."
    assert len(found(store, "barge came times")) == 12


def test_random_letters_never_fail(shared: Store) -> None:
    """Every printable character at the beginning, middle and end of a word."""
    letters = random.Random(3).sample(string.printable, len(string.printable))
    for letter in letters:
        for words in (letter, f"{letter}ferry", f"fe{letter}rry", f"ferry{letter}"):
            shared.search(words)


def test_the_index_follows_unloading_and_versions(store: Store, path: Path) -> None:
    """What is gone is not found, and the index holds nothing more than the windows."""
    link = "https://h.example/1"
    first = store.add(article(url=link), reading(article()))
    store.add(article(url=link, body="Everything is different now."), Reading())
    assert found(store, "ribbon") == []
    store.unload(first.article_id)
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM windows").fetchone() == (0,)
    assert store.verify() == []
