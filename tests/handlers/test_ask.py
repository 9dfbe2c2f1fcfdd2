"""/ask: the passages that answer, with their speakers, and silence where the articles do not say."""

from __future__ import annotations

import pytest

from handlers.plain import NOT_SAID
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, Somebody, entries, ours, put, quoted, texts

BERG = Somebody("Olof Berg", ("Berg",), ("minister of transport",))
RUIZ = Somebody("Ana Ruiz", ("Ruiz",))


LINES = [
    "The Norrvik bridge was closed on Monday.",
    "Children waited in the rain.",
    "“Enough is enough,” a driver told a rally of some three hundred people.",
]


@pytest.fixture
def bridge(store: Store) -> None:
    """Two copies of a story with two people's quotations and a role's."""
    lines = (
        '"Repairs of the piers will cost nine million crowns," Olof Berg, minister of transport, said.',
        '"Steel sanctions delay us," Ruiz said. Engineers say that the steel is tired.',
        "The bridge opened in 1931 and carries eleven thousand cars a day.",
    )
    said = [
        Said(('"Repairs of the piers will cost nine million crowns,"',), "Olof Berg"),
        Said(('"Steel sanctions delay us,"',), "Ana Ruiz"),
    ]
    put(store, *lines, said=said, people=[RUIZ, BERG], outlet="Post")
    put(store, *lines, "Desk two.", said=said, people=[RUIZ, BERG], outlet="Radio")


@pytest.mark.usefixtures("bridge")
@pytest.mark.parametrize("words", ["who is Olof Berg?", "who's the minister of transport", "tell me about berg"])
def test_who_questions(words: str, ask: Ask) -> None:
    """A question for a person gets the portrait."""
    answer = ask("ask", words)
    assert answer.heading.startswith("Olof Berg — ")
    assert texts(ask("who", "Olof Berg")) == texts(answer) != []


@pytest.mark.usefixtures("bridge")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("what did Ruiz say about sanctions?", ['"Steel sanctions delay us,"']),
        ("What did Ana Ruiz say?", ['"Steel sanctions delay us,"']),
        ("did Berg say that repairs cost millions", ['"Repairs of the piers will cost nine million crowns,"']),
        ("who said steel sanctions delay us?", ['"Steel sanctions delay us,"']),
        ("what did Berg say about sanctions?", []),
        ("did Ruiz say that repairs are cheap?", []),
    ],
)
def test_said_questions(words: str, found: list[str], ask: Ask) -> None:
    """A question for somebody's words gets these words, never another's and none on another matter."""
    answer = ask("ask", words)
    assert texts(answer) == found
    if not found:
        assert answer.heading == NOT_SAID


@pytest.mark.usefixtures("bridge")
def test_a_passage_of_a_quotation_has_its_speaker(ask: Ask) -> None:
    """What is found inside a quotation is shown as the quotation, once for both copies."""
    (shown,) = quoted(ask("ask", "how much will the repairs of the piers cost?"))
    assert (shown.speaker, shown.spoken, len(shown.carriers)) == ("Olof Berg", True, 2)


def test_a_headline_makes_no_passage_an_answer(store: Store, ask: Ask) -> None:
    """A sentence with no word of the question is not shown because its article's headline has them."""
    put(store, *LINES, headline="Norrvik bridge closed")
    shown = texts(ask("ask", "was the Norrvik bridge closed?"))
    assert LINES[0] in shown
    assert not set(LINES[1:]) & set(shown)


@pytest.mark.usefixtures("bridge")
def test_a_passage_of_the_outlet_has_none(ask: Ask) -> None:
    """The outlet's own sentence is shown as its own, with all who carry it, cut from the first article."""
    answer = ask("ask", "when was the bridge opened?")
    shown = quoted(answer)[0]
    assert shown.parts[0].text == "The bridge opened in 1931 and carries eleven thousand cars a day."
    assert (shown.speaker, shown.spoken) == (None, False)
    assert [carrier.article.name for carrier in shown.carriers] == ["Post", "Radio"]
    assert "Norrvik bridge closed" in answer.heading


@pytest.mark.usefixtures("bridge")
@pytest.mark.parametrize(
    "words",
    [
        "who won the chess olympiad in Budapest?",
        "what is the capital of Mongolia",
        "how do I bake bread?",
        "unicorns",
        "what did she say",
        "the of and",
        "?",
        "🙂",
    ],
)
def test_silence(words: str, ask: Ask) -> None:
    """What the articles do not say gets no passage, and a way on."""
    answer = ask("ask", words)
    assert answer.heading == NOT_SAID
    assert not quoted(answer)
    assert answer.next


@pytest.mark.usefixtures("bridge")
def test_another_story_that_may_say_is_offered(store: Store, ask: Ask) -> None:
    """Where another loaded story has strong evidence, it is offered, and its passages are not mixed in."""
    choir = ("The choir of Ekby sang in Lund on Friday.", "Forty singers of the Ekby choir travel on by train.")
    story = store.stories()[0].id
    put(store, *choir, headline="Choir tours", filler=False, people=[])
    answer = ask("ask", "where did the Ekby choir sing?", story=story)
    assert answer.heading == "The articles of this story do not say."
    (entry,) = entries(answer)
    assert entry.question is not None
    again = ask(entry.question.command, entry.question.words, story=entry.question.story)
    assert "The choir of Ekby sang in Lund on Friday." in texts(again)


@pytest.mark.usefixtures("bridge")
def test_a_message_replied_to_is_the_question(ask: Ask) -> None:
    """A bare /ask in reply to a message asks with the message's words; with none, it says what it needs."""
    assert texts(ask("ask", reply="when was the bridge opened?")) == texts(ask("ask", "when was the bridge opened?"))
    assert ask("ask").heading == "What would you like to know?"


@pytest.mark.parametrize(
    "words",
    [
        "is that true?",
        "Did he really say that?!",
        "who said that",
        "and where is this from?",
        "Source?",
        "can you check?",
    ],
)
def test_a_question_that_only_points_at_a_message(ask_seeds: Ask, words: str) -> None:
    """In reply to a message, its words are checked; by itself, nothing is said of words that nobody gave."""
    message = "Trump: “Kim Jong Un is now happy to talk to anyone.”"
    assert ask_seeds("ask", words, reply=message).heading.startswith("Exact words, but another speaker")
    assert not ask_seeds("ask", words).heading.startswith("Exact")
    assert not ask_seeds("ask", "is that bridge true?", reply=message).heading.startswith("Exact")


SAID = "Kim Jong Un is now happy to talk to anyone."


@pytest.mark.parametrize(("name", "right"), [("Trump", False), ("Kelly", True), ("kelly", True), ("trump", False)])
def test_whether_somebody_said_what_is_pointed_at(ask_seeds: Ask, name: str, right: bool) -> None:
    """The name in the question counts for the words of the message, also where another one quotes them."""
    answer = ask_seeds("ask", f"did {name} really say that?", reply=SAID)
    assert answer.heading.startswith("Exact, word for word" if right else "Exact words, but another speaker")
    assert right or "the article gives the words to Robert Kelly." in ours(answer)


def test_other_things_to_point_at(ask_seeds: Ask) -> None:
    """Whom the message is about, what stands around its words, and what somebody of the story says."""
    assert ask_seeds("ask", "who is he?", reply="Tom Plant speaks").heading.startswith("Tom Plant — ")
    assert ask_seeds("ask", "context please", reply=SAID).heading.startswith("Context — ")
    assert ask_seeds("ask", "what did Plant say about this?", reply=SAID).heading.startswith("Quotes of Tom Plant — ")
    assert ask_seeds("ask", "who said this?").heading == "Which words?"


def test_a_message_that_is_sent_without_a_question(ask_seeds: Ask) -> None:
    """A short claim is compared with what is printed; where nothing is like it, and for a question, passages follow."""
    assert ask_seeds("ask", reply=SAID).heading.startswith("Exact, word for word")
    assert ask_seeds("ask", "what is this?", reply=SAID.replace("now ", "not ")).heading.startswith("Altered")
    assert ask_seeds("ask", reply="Putin and the nuclear weapons of Kim").heading.startswith("On “Putin and the")
    assert ask_seeds("ask", reply="what did Kelly say about Trump?").heading.startswith("Quotes of Robert Kelly")


def test_the_founding_articles(ask_seeds: Ask) -> None:
    """Real questions about the real articles: answered by the right passage, or not at all."""
    border = quoted(ask_seeds("ask", "how long is the border between Russia and North Korea?"))
    assert any("11-mile land border" in block.parts[0].text for block in border)
    where = quoted(ask_seeds("ask", "where did the summit take place?"))
    assert any("Russky Island" in block.parts[0].text for block in where)
    kelly = quoted(ask_seeds("ask", "what did Kelly say about Trump?"))
    assert any(block.parts[0].text.startswith('"Trump, as is his wont,') for block in kelly)
    assert {block.speaker for block in kelly} == {"Robert Kelly"}
    for words in ("what did Putin say about sanctions?", "who won the football?", "what did Merkel say?"):
        assert ask_seeds("ask", words).heading == NOT_SAID, words


@pytest.mark.parametrize("words", ["what happened?", "What’s going on", "summary please", "so what is the story?"])
def test_what_happened(ask_seeds: Ask, words: str) -> None:
    """Who asks about the story as a whole gets its summary; with anything more it is a question like others."""
    assert texts(ask_seeds("ask", words)) == texts(ask_seeds("summary"))
    assert ask_seeds("ask", "what happened in Norrvik?").heading == NOT_SAID


def test_the_way_on_is_told(ask_seeds: Ask) -> None:
    """Silence comes with what can be asked instead."""
    assert "You can ask who is in the story" in ours(ask_seeds("ask", "how do I bake bread?"))


@pytest.mark.usefixtures("bridge")
@pytest.mark.parametrize(
    "words", ["what did Ruiz not say?", "did Ruiz not say so", "Didn’t Ruiz say that?", "who did not speak?"]
)
def test_what_was_not_said_is_not_looked_up(words: str, ask: Ask) -> None:
    """A negated question never gets what somebody did say as its answer."""
    answer = ask("ask", words)
    assert answer.heading == "What somebody did not say cannot be looked up."
    assert not quoted(answer)


@pytest.mark.usefixtures("bridge")
def test_a_not_inside_the_words_asked_for_is_no_negated_question(ask: Ask) -> None:
    """Only the asking itself is refused."""
    assert ask("ask", "what did Ruiz say about ferries not running?").heading == NOT_SAID
