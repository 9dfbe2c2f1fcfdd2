"""A question gets the passages that answer it, best first, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.asked import Asked
from analysis.expected import Expected, Kind
from analysis.ranking import Window, WindowCounts, rank
from analysis.sentences import split

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def windows(text: str, article: int) -> list[Window]:
    """Three sentences at a time, as the store keeps them."""
    title, body = text.split("\n", 1)
    sentences = [span.cut(body) for span in split(body)]
    return [Window(tuple(sentences[at : at + 3]), title, "", article) for at in range(0, len(sentences) - 1, 2)]


FOUND = [window for number, path in enumerate(SEEDS) for window in windows(path.read_text("utf-8"), number)]

ANSWERED = [
    ("Where did the summit take place?", "Thursday's summit took place on Russky Island"),
    ("where was the summit", "Thursday's summit took place on Russky Island"),
    ("What did Kelly say about Trump?", "Trump, as is his wont"),
    ("how long is the border with Russia", "11-mile land border"),
    ("what does CVID mean", "complete, verifiable and irreversible dismantlement, or CVID"),
    ("who is Robert Kelly", "a professor of international relations"),
    ("WHO IS ROBERT KELLY", "a professor of international relations"),
    ("when did Kim arrive", "Kim arrived here in his train on Wednesday"),
    ("how many summits with Xi", "four summits with Chinese President Xi Jinping"),
    ("who is the president of China", "Chinese President Xi Jinping"),
    ("what weapon did North Korea test", "tactical guided weapon"),
    ("gas pipeline", "gas pipeline and rail routes"),
    ("How did Trump describe his bond with Kim?", "special bond"),
    ("why did Kim go to Russia", "turning to Russia"),
    ("tell me about the missile", "intercontinental ballistic missile"),
]

REFUSED = [
    "What is the capital of France?",
    "who won the world cup",
    "did Putin meet Macron?",
    "did putin meet macron",
    "asdf",
    "",
    "?!",
    "the",
    "what happened?",
    "who is Emmanuel Macron",
    "What did Merkel say?",
    "When is the next election?",
    "what happened in Vietnam?",
    "Which team did Heather Knight captain in the series that Bloomberg and the BBC both wrote about last summer?",
]
WEAK = ["how tall is Putin?", "Is Trump a Russian spy?", "why did the last summit fail", "Putin's favourite fish"]


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_questions_that_the_articles_answer(question: str, words: str) -> None:
    """The best sentence of the best window holds the answer, in whatever form the question is typed."""
    best = rank(question, FOUND)[0]
    assert words in FOUND[best.at].sentences[best.sentence]


@pytest.mark.parametrize("question", REFUSED + WEAK)
def test_questions_that_they_do_not_answer(question: str) -> None:
    """A weak match is never shown: neither a shared name nor a common word makes an answer."""
    assert rank(question, FOUND) == []


@pytest.mark.parametrize("question", REFUSED)
def test_questions_that_research_refuses_too(question: str) -> None:
    """What has next to nothing to do with the articles finds nothing in any case."""
    assert rank(question, FOUND, strict=False) == []


def test_order_and_number() -> None:
    """No more than asked for, by falling score, and the same every time."""
    found = rank("what do experts say about sanctions", FOUND, most=4)
    assert len(found) == 4
    assert found == rank("what do experts say about sanctions", FOUND, most=4)
    assert len({one.at for one in found}) == 4


def test_research_takes_weaker_windows_with_a_strong_one() -> None:
    """Readers see only windows that hold the answer themselves; research sees what else was found."""
    question = "Where did the summit take place?"
    assert len(rank(question, FOUND, most=99)) < len(rank(question, FOUND, most=99, strict=False))


def test_a_kind_of_answer_is_needed() -> None:
    """A passage without a number does not answer "how many", nor one without a name "who"."""
    ships = [Window(("The ships left the harbour.",)), Window(("The nine ships left the harbour.",))]
    assert [one.at for one in rank("How many ships left the harbour?", ships)] == [1]
    sailed = [
        Window(("He was the captain of the ships, and he left.",)),
        Window(("And so Ann Lee, captain of the ships, left.",)),
    ]
    assert [one.at for one in rank("who is captain of the ships", sailed)] == [1]


def test_counts_of_the_whole_store() -> None:
    """A word that is common in the store weighs little, even when few of the windows given have it."""
    given_windows = [
        Window(("The talks on fish were long.",)),
        Window(("The talks on trade were long.",)),
        Window(("Cod.",)),
    ]
    common = WindowCounts(10_000, {"talks": 9_000, "fish": 3, "whaling": 0})
    assert rank("talks on whaling", given_windows, common) == []
    assert rank("talks on fish", given_windows, common)[0].at == 0


def test_headline_and_outlet_count() -> None:
    """A window whose article is named in its headline answers without naming it again."""
    there = [Window(("It sank at night.", "Two drowned."), "The ferry Astra sinks", "Gazette")]
    assert rank("when did the Astra sink", there)


def test_no_windows() -> None:
    """Nothing found, empty windows and windows of marks are no error."""
    assert rank("who is Kim", []) == []
    assert rank("who is Kim", [Window(()), Window(("",)), Window(("…", "?!"))]) == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many died?", Kind.NUMBER),
        ("Since when is it open?", Kind.TIME),
        ("What year was it?", Kind.TIME),
        ("Who won?", Kind.NAME),
        ("Where is it?", Kind.NAME),
        ("Why?", Kind.ANYTHING),
        ("", Kind.ANYTHING),
    ],
)
def test_what_a_question_expects(question: str, kind: Kind) -> None:
    """The question word tells what kind of thing the answer must have."""
    assert Expected.of(question).kind is kind


def test_what_a_question_asks() -> None:
    """Names stay together, function words fall away, and words that only ask do not ask for anything."""
    asked = Asked.of("What did Kim Jong Un and the U.S. say about long borders, how long?")
    assert asked.names == (("kim", "jong", "un"), ("american",))
    assert [word.form for word in asked.words] == ["kim", "jong", "un", "american", "sai", "long", "border"]
    assert asked.asking == {"sai", "long"}
    assert Asked.of("What happened, how long?").words == ()


@given(st.text(), st.lists(st.lists(st.text(), max_size=3), max_size=3), st.booleans())
def test_any_question_any_windows(question: str, texts: list[list[str]], strict: bool) -> None:
    """No input is an error, and what is ranked is among what was given, each once."""
    given_windows = [Window(tuple(each), "title", "outlet", 1) for each in texts]
    ranked = rank(question, given_windows, strict=strict)
    assert len({one.at for one in ranked}) == len(ranked)
    assert all(0 <= one.sentence < max(1, len(texts[one.at])) for one in ranked)
