"""Speech without marks: the kinds of cues, the borders of contents, the sources, and what must stay silent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.document import lines
from analysis.indirect import Candidate, CueClass, find, may_hold
from analysis.indirect.confidence import FLOOR, TRUST, confidence
from analysis.indirect.lists import forms, verb_of
from analysis.masking import paragraph_of
from analysis.model import Block, BlockKind, QuoteKind, Span
from analysis.parsing import Parsed, parse


def parsed_of(text: str) -> list[Parsed]:
    """Every line of a text as a parsed paragraph of its body."""
    return list(parse([paragraph_of(text, Block(BlockKind.BODY, span)) for span in lines(text)]))


def found(text: str) -> list[Candidate]:
    """All candidates of a text."""
    return [one for parsed in parsed_of(text) for one in find(parsed)]


def told(text: str) -> list[tuple[str, str]]:
    """(source as printed, content; parts joined by " … ") of all candidates."""
    return [
        (one.mention.cut(text) if one.mention else "", " … ".join(span.cut(text) for span in one.spans))
        for one in found(text)
    ]


CASES = [
    ("Ida Moss said that the bridge would close.", "Ida Moss", "the bridge would close"),
    ("Ida Moss said the bridge would close.", "Ida Moss", "the bridge would close"),
    ("The bridge would close, Ida Moss said.", "Ida Moss", "The bridge would close"),
    ("The bridge would close in May, said Ida Moss, who runs the ferry.", "Ida Moss", "The bridge would close in May"),
    ("The bridge, she said, would close.", "she", "The bridge … would close"),
    ("As the mayor noted, the bridge was closed for a month.", "the mayor", "the bridge was closed for a month"),
    ("According to Ida Moss, the bridge was sound.", "Ida Moss", "the bridge was sound"),
    ("The bridge was sound, according to the mayor of Brill.", "the mayor of Brill", "The bridge was sound"),
    ("In Ida Moss's view, the bridge was a waste.", "Ida Moss's", "the bridge was a waste"),
    ("The bridge, according to the mayor, cost too much.", "the mayor", "The bridge … cost too much"),
    ("Her message is that the bridge will hold.", "Her", "the bridge will hold"),
    ("The survey found little support for a second bridge.", "The survey", "little support for a second bridge"),
    ("Ida Moss denied having sold the bridge.", "Ida Moss", "having sold the bridge"),
    ("Ida Moss told the court that the bridge was sound.", "Ida Moss", "the bridge was sound"),
    ("Residents think the bridge is too narrow for lorries.", "Residents", "the bridge is too narrow for lorries"),
    ("The survey found that most bridges leak.", "The survey", "most bridges leak"),
    ("Ida Moss promised to mend the bridge before Easter.", "Ida Moss", "to mend the bridge before Easter"),
    ("Ida Moss urged the council to mend the bridge.", "Ida Moss", "the council to mend the bridge"),
    ("Ida Moss called the bridge a danger to children.", "Ida Moss", "the bridge a danger to children"),
    ("Ida Moss described the bridge as a gift to the town.", "Ida Moss", "the bridge as a gift to the town"),
    ("The union accused the firm of hiding the test results.", "The union", "hiding the test results"),
    ("Ida Moss expressed hope that the bridge would hold.", "Ida Moss", "the bridge would hold"),
    ("Few liked Ida Moss's claim that the bridge would hold.", "Ida Moss's", "the bridge would hold"),
    ("Ida Moss is confident that the bridge will hold.", "Ida Moss", "the bridge will hold"),
    ("Ida Moss, who says the bridge is sound, lives beside it.", "Ida Moss", "the bridge is sound"),
    ("Ida Moss voted for the plan, saying the bridge was sound.", "Ida Moss", "the bridge was sound"),
    ("It said the bridge was sound.", "It", "the bridge was sound"),
    (
        "Repairs fell by a third last year, official figures show.",
        "official figures",
        "Repairs fell by a third last year",
    ),
]


@pytest.mark.parametrize(("text", "source", "content"), CASES)
def test_source_and_content(text: str, source: str, content: str) -> None:
    """Each way of reporting gives its content to the words that name its source."""
    assert (source, content) in told(text)


SILENT = [
    "Ida Moss did not say when the bridge would close.",
    "Ida Moss declined to comment.",
    "Ida Moss is expected to announce a new ferry contract next month.",
    "Nobody would say who had built the bridge.",
    "The bridge might say something about the town that built it.",
    "Ida Moss shows her garden to visitors.",
    "Ministers talked about neither last week.",
    "The driver found his keys under the bridge.",
    "Clara Voss asked, according to the minutes.",
    "Chop two onions and fry them until soft.",
    "",
    " \t ",
    "…",
]


@pytest.mark.parametrize("text", SILENT)
def test_silence(text: str) -> None:
    """What is not said, only expected, or no speech at all gives nothing."""
    assert told(text) == []


def test_carrier_is_not_the_speaker() -> None:
    """Where an agency reports what somebody said, the speaker is that person and the agency only carries it."""
    text = "Prime Minister Nadia Costin said on Friday she would call an election, the Atlantic Wire reported."
    (one,) = found(text)
    assert told(text) == [("Prime Minister Nadia Costin", "she would call an election")]
    assert one.reported_by is not None
    assert one.reported_by.cut(text) == "the Atlantic Wire"


def test_documents_carry_nothing() -> None:
    """Papers that show what somebody said are no outlet."""
    (one,) = found("The judges ruled that the trial was unfair, court documents show.")
    assert one.reported_by is None


def test_attribution_is_the_reporting_phrase() -> None:
    """The attribution is printed whole, without the content and with what is said of the source."""
    text = "The bridge was sound, according to Ida Moss, an engineer at the Brill Institute."
    (one,) = found(text)
    assert one.attribution.cut(text) == "according to Ida Moss, an engineer at the Brill Institute"
    text = "Ida Moss told the court on Monday that the bridge was sound."
    (one,) = found(text)
    assert one.attribution.cut(text).startswith("Ida Moss told the court")
    assert "sound" not in one.attribution.cut(text)


def test_partly_marked_content_is_mixed_and_whole() -> None:
    """A content that holds marked words is taken whole, marks and all, and is called mixed."""
    text = "Ida Moss said the bridge was “a gift to rust” and a shame."
    (one,) = found(text)
    assert one.kind is QuoteKind.MIXED
    assert one.spans[0].cut(text) == "the bridge was “a gift to rust” and a shame"


def test_marked_words_are_never_cut() -> None:
    """A content never ends inside a pair of marks, wherever the parser sees its end."""
    text = "Opposition leader Signe Dahl called the budget “a bill with no dinner”."
    for one in found(text):
        for span in one.spans:
            assert span.cut(text).count("“") == span.cut(text).count("”")


def test_direct_speech_is_left_alone() -> None:
    """Whole quotations in marks belong to another part of the reading."""
    assert told("“The bridge is sound,” Ida Moss said. “It will stand.”") == []


def test_speech_after_a_colon_has_its_own_speaker() -> None:
    """What a reported person said in marks does not become part of what the reporter of it said."""
    text = "Ida Moss said the captain, Leo Grant, had told her: “Do not open that door.”"
    assert all("“" not in content for _, content in told(text))


def test_two_sources_in_a_sentence_keep_their_own() -> None:
    """A content ends where the next source begins to speak."""
    text = "Half of them said they would vote early, while a third said they would stay at home."
    assert told(text) == [("Half of them", "they would vote early"), ("a third", "they would stay at home")]


def test_offsets_are_those_of_the_article() -> None:
    """Candidates of a later paragraph stand where the whole text has them."""
    text = "A bridge fell.\n\nIda Moss said the other one would stand."
    (one,) = found(text)
    assert one.spans == (Span(text.index("the other"), len(text) - 1),)
    assert one.cue is not None
    assert one.cue.cut(text) == "said"
    assert one.cue_class is CueClass.SPEECH


def test_headline_colon_is_no_subject() -> None:
    """Who stands before a headline's colon is not the one who wants or says what follows it."""
    text = "President Ida Moss: Spain and France both want the bridge to stay open"
    assert all("Moss" not in source for source, _ in told(text))


@pytest.mark.parametrize("text", [text for text, _, _ in CASES])
def test_may_hold_lets_every_case_pass(text: str) -> None:
    """The quick test never turns away a paragraph that holds reported speech."""
    assert may_hold(text)


def test_may_hold_turns_plain_paragraphs_away() -> None:
    """Paragraphs without any word of speech need no parser."""
    assert not may_hold("The river rose by a metre in the night and took the lower field.")
    assert not may_hold("")


@pytest.mark.parametrize(
    ("verb", "form"),
    [("deny", "denied"), ("say", "said"), ("argue", "arguing"), ("admit", "admitted"), ("stress", "stresses")],
)
def test_forms(verb: str, form: str) -> None:
    """Verbs are known in all their forms, so that the parser needs no lemmas."""
    assert form in forms(verb)
    assert verb_of(CueClass.SPEECH)[form] == verb


def test_confidence_is_a_share() -> None:
    """Every form has a share between 0 and 1, and being inside another report never raises it."""
    for form in TRUST:
        for words in (1, 20):
            assert 0 < confidence(form, words, nested=True) <= confidence(form, words, nested=False) < 1
    assert min(trust.long for form, trust in TRUST.items() if form != "passive") > FLOOR


ODD = ["said said said that that", "“", "He said “", ": said", "according to", "according", "x" * 5000, "said, " * 200]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_does_no_harm(text: str) -> None:
    """Malformed text gives valid spans or nothing."""
    for one in found(text):
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"“”\"':,.—\n", "he", "Ida", "said", "that", "according", "to", "the", "is"]), max_size=25
    )
)
def test_any_order_of_words_gives_valid_spans(words: list[str]) -> None:
    """However words and marks are thrown together, spans stay inside the text, in order, and not empty."""
    text = " ".join(words)
    for one in found(text):
        places = [at for span in one.spans for at in span]
        assert places == sorted(places)
        assert all(span.cut(text).strip() for span in (*one.spans, one.cue or one.attribution, one.attribution))
