"""Ways of reporting in many wordings: on a listener, pointing back, at a headline's end, inside marked speech."""

from __future__ import annotations

from itertools import product

import pytest

import analysis
from analysis.document import lines
from analysis.indirect import STATEMENTS, Candidate, find
from analysis.masking import paragraph_of
from analysis.model import Block, BlockKind
from analysis.parsing import parse


def found(text: str, first: BlockKind = BlockKind.BODY) -> list[tuple[Candidate, str]]:
    """All statements of a text with their words, parts joined by " … "; ``first`` says what its first line is."""
    kinds = [first] + [BlockKind.BODY] * text.count("\n")
    blocks = [Block(kind, span) for kind, span in zip(kinds, lines(text), strict=False)]
    parsed = list(parse(paragraph_of(text, block) for block in blocks))
    every = [one for each in parsed for one in find(each) if one.cue_class in STATEMENTS]
    return [(one, " … ".join(span.cut(text) for span in one.spans)) for one in every]


def told(text: str, first: BlockKind = BlockKind.BODY) -> list[tuple[str, str]]:
    """(source as printed, content) of all statements."""
    return [(one.mention.cut(text) if one.mention else "", words) for one, words in found(text, first)]


NAMES = ["Noor Aziz", "Kofi Mensah and Ewa Lind", "The pilot", "Two nurses", "She"]
LISTENERS = ["the inquest", "the coroner", "MPs", "Reuters", "a public meeting", "the planning board", "BBC Radio 4"]
STATED = ["the alarm had failed", "no gift had been taken", "he would not resign"]
TOLD = [
    *((f"{name} told {heard} that {said}.", name, said) for name, heard, said in product(NAMES, LISTENERS, STATED)),
    *((f"{name} told {heard} {said}.", name, said) for name, heard, said in product(NAMES, LISTENERS[:5], STATED[:1])),
    ("Hana Roth and Otis Bell both told the inquest that the alarm had not sounded.", "Hana Roth and Otis Bell", ""),
    ("Ada Voss, the surveyor, told the tribunal that the wall was cracked.", "Ada Voss", "the wall was cracked"),
    ("Ada Voss, who built it, told the hearing the wall was cracked.", "Ada Voss", "the wall was cracked"),
    ("He told the tribunal he had never seen the contract.", "He", "he had never seen the contract"),
    (
        "The minister later told the chamber that no decision had been made.",
        "The minister",
        "no decision had been made",
    ),
    ("She informed the board that she would resign.", "She", "she would resign"),
    ("Doctors warned the family that he might not walk again.", "Doctors", "he might not walk again"),
    ("The firm notified the exchange that it had sold the mill.", "The firm", "it had sold the mill"),
    ("Rosa Lind reminded the jury that the door was locked.", "Rosa Lind", "the door was locked"),
    ("Rosa Lind assured the regulator that the pipes were safe.", "Rosa Lind", "the pipes were safe"),
    ("A nurse told investigators on Friday the alarm was broken.", "A nurse", "the alarm was broken"),
    ("Kofi Mensah promised voters that taxes would fall.", "Kofi Mensah", "taxes would fall"),
]


@pytest.mark.parametrize(("text", "source", "content"), TOLD)
def test_what_somebody_is_told(text: str, source: str, content: str) -> None:
    """Whoever the listener is, and with or without "that", the clause is what the subject said."""
    ((said_by, words),) = told(text)
    assert said_by == source
    assert words == content or (not content and words)


AFTER = [
    *(
        (f"{said}, {name} told {heard}{when}.", name, said)
        for name, heard, said, when in product(
            ["Noor Aziz", "his office", "the surveyor Ada Voss", "two engineers"],
            ["Reuters", "reporters", "the Interflux agency", "the town council"],
            ["The mine will reopen in May", "Pyotr Lazarev will not seek another term"],
            ["", " on Sunday"],
        )
    ),
    ("Prices rose by a tenth, a shopkeeper told this newspaper.", "a shopkeeper", "Prices rose by a tenth"),
    ("All staff will be paid, the firm assured its workers.", "the firm", "All staff will be paid"),
    ("A second wall may fall, police warned residents.", "police", "A second wall may fall"),
    ("The strike is over, Ana Brandt reminded members.", "Ana Brandt", "The strike is over"),
    ("Taxes will fall, Kofi Mensah promised voters.", "Kofi Mensah", "Taxes will fall"),
    ("The wall was cracked, he told the Evening Star in an interview.", "he", "The wall was cracked"),
    ("The wall must go, two engineers told the council last week.", "two engineers", "The wall must go"),
    ("Rates will rise, as the governor told lawmakers.", "the governor", "Rates will rise"),
    ("The wall, Kofi Mensah told reporters on Monday, will have to go.", "Kofi Mensah", "The wall … will have to go"),
    ("The dam, Rosa Lind told the BBC, could burst.", "Rosa Lind", "The dam … could burst"),
    ("The harbour, Wei Chen assured members, is safe.", "Wei Chen", "The harbour … is safe"),
    ("The harbour, he told Sky News on Sunday, would stay open.", "he", "The harbour … would stay open"),
    ("The boats, she said, pointing at the map, were late.", "she", "The boats … were late"),
    ("Ferry to close, owner tells staff", "owner", "Ferry to close"),
    ("Harbour open again after storm, mayor tells BBC", "mayor", "Harbour open again after storm"),
    ("PM to resign in May, aides tell Star", "aides", "PM to resign in May"),
]


@pytest.mark.parametrize(("text", "source", "content"), AFTER)
def test_told_after_the_content(text: str, source: str, content: str) -> None:
    """A reporting clause after or inside its content may name a listener, a day and a place."""
    assert told(text) == [(source, content)]


def test_the_listener_is_no_carrier() -> None:
    """The agency that was told something stands in the attribution, and is not said to have reported it."""
    text = "The mine will reopen in May, Noor Aziz told the Interflux agency on Sunday."
    ((one, _),) = found(text)
    assert one.attribution.cut(text) == "Noor Aziz told the Interflux agency on Sunday"
    assert one.reported_by is None


FACT = "The wall was cracked"
BACK = [
    *(
        (f"{FACT}. So {verb} {name}{more}.", name)
        for verb, name, more in product(
            ["says", "said", "claims", "argues", "insists"],
            ["Kofi Mensah", "Dr. Ada Voss", "the council"],
            ["", ", who looked at it twice"],
        )
    ),
    *(
        (f"{FACT}. That is what {name} {verb}.", name)
        for name in ("Ada Voss", "engineers")
        for verb in ("say", "claim")
    ),
    *((f"{FACT}. That’s what {name} {verb}.", name) for name in ("Ada Voss", "he") for verb in ("says", "argues")),
    (f"{FACT}. This, at least, is what the council claims.", "the council"),
    (f"{FACT}. That's according to Ada Voss.", "Ada Voss"),
    (f"{FACT}. That is according to the surveyor.", "the surveyor"),
    (f"{FACT}, or so says Ada Voss.", "Ada Voss"),
    (f"{FACT}, or so Ada Voss claims.", "Ada Voss"),
    (f"{FACT}. Or so says Ada Voss.", "Ada Voss"),
    (f"{FACT}. So say two engineers from Hull.", "two engineers from Hull"),
]


@pytest.mark.parametrize(("text", "source"), BACK)
def test_pointing_back(text: str, source: str) -> None:
    """A sentence that only says whose words the one before was gives them their source."""
    assert told(text) == [(source, FACT)]


ROLES = ["union chief", "minister", "police", "former mayor", "head of union", "union chiefs", "report", "Moen"]
NEWS = ["Harbour strike to end on Sunday", "Ferry ban will be lifted", "Trains cancelled after storm"]
HEADLINES = [(f"{news}{mark}{role}", role, news) for news, mark, role in product(NEWS, [" – ", " - ", ": "], ROLES)]
STORY = "\nTerje Moen, the union chief, said it was over."


@pytest.mark.parametrize(("headline", "source", "content"), HEADLINES)
def test_headline_ends_with_its_source(headline: str, source: str, content: str) -> None:
    """A dash or colon and a role, body or known speaker at the end of a headline say whose words it is."""
    assert told(headline + STORY, BlockKind.HEADLINE)[0] == (source, content)


def test_first_line_counts_as_headline() -> None:
    """A text whose lines are not told apart has its headline first; the same words later are no headline."""
    headline = "Harbour strike to end on Sunday – union chief"
    assert told(headline + STORY)[0] == ("union chief", "Harbour strike to end on Sunday")
    assert told("It rained.\n" + headline + STORY) == [("Terje Moen", "it was over")]


NOT_HEADLINES = [
    "Harbour strike to end on Sunday - BBC News",
    "Harbour strike to end on Sunday - Reuters",
    "Harbour strike to end on Sunday – live",
    "Harbour strike to end on Sunday – video",
    "Harbour strike to end on Sunday – but when?",
    "Harbour strike to end on Sunday – with a new chief",
    "Harbour strike to end on Sunday – thanks to union chief",
    "Will the harbour strike end? – union chief",
    "Police arrest driver – a former minister",
    "Terje Moen – union chief",
    "Obituary: Terje Moen – union chief",
    "A harbour and its people – union chief",
    "How to end a strike – opinion",
    "He built the bridge – and became chief",
    "Strike ends – union wins",
    "Harbour strike to end on Sunday – Hansen",
    "– minister",
    ": : –",
]


@pytest.mark.parametrize("headline", NOT_HEADLINES)
def test_headline_without_a_source(headline: str) -> None:
    """Outlets, rubrics, appositions, questions and unknown names at the end of a headline are nobody's source."""
    assert told(headline + STORY, BlockKind.HEADLINE) == [("Terje Moen", "it was over")]


SILENT = [
    "Rosa Lind told the man that had robbed her.",
    "Rosa Lind told the story that made her famous.",
    "Rosa Lind told the committee that investigates fraud.",
    "Rosa Lind told a joke that nobody understood.",
    "Rosa Lind told lies that hurt people.",
    "Rosa Lind told the committee about the alarm that had not sounded.",
    "Rosa Lind told the class to sit down.",
    "Rosa Lind did not tell the inquest that the alarm had failed.",
    "Nobody told the inquest that the alarm had failed.",
    "After the vote, Kofi Mensah told reporters.",
    "When he came home, Kofi Mensah told his mother.",
    "The wall fell on Monday, and Kofi Mensah told the council.",
    "Asked about the wall, Kofi Mensah told reporters: “It was cracked.”",
    "Asked about the wall, Kofi Mensah said, “It was cracked.”",
    "In a letter to Judge Carmen Vega dated 4 May, the clerk wrote: “I resign.”",
    "In a note to the council dated 3 June, Kofi Mensah wrote: “It was cracked.”",
    "In a statement on Friday, the firm said: “It was cracked.”",
    "In a message to staff sent on Monday, Ada Voss wrote: “We are closing.”",
    "On Monday Kofi Mensah wrote, “It was cracked.”",
    "Speaking to reporters in Hull, she said: “It was cracked.”",
    "“It is a cut,” said Ada Voss. Treasurer Moira Lund disagreed: “It is a saving,” she said.",
    "“It is a cut.” Treasurer Moira Lund disagreed: “It is a saving,” she said, and the room groaned.",
    "“It is a cut.” Moira Lund shook her head. “It is a saving,” she said.",
    "Kofi Mensah disagreed.",
    "She wanted to know who had the keys.",
    "He asked.",
    "Does the wall lean? So says Kofi Mensah.",
    "The wall was cracked. So be it.",
    "The wall was cracked. So the council said nothing.",
    "The wall was cracked. He said so.",
    "So says Kofi Mensah.",
    "That is what Kofi Mensah says.",
    "That is according to Kofi Mensah.",
    "The wall was cracked. So said nobody.",
    "Coach says ‘nobody is bigger than the club’ as striker is dropped",
    "Captain says ‘the boat was sound’ after crew is saved",
    "Wei Chen said “the wall was cracked” and left the room.",
    "“First,” Mary Hale told the panel, “we count the boats. Then,” she added, “we count the men.”",
    "“First,” Kofi Mensah told the board, “we measure. Then,” he went on, “we dig.”",
    "“First,” Ji-woo Han told the panel, “we count. Then,” he added, glancing at the mayor, “we go.”",
    "“We dig,” she replied, smiling at the mayor, Ana Brandt, “and then we rest.”",
    "“No,” Wei Chen told Ana Brandt. “The wall,” he added, “was never sound.”",
    "“We measure,” he said, “and we dig,” she replied, “until it holds.”",
    "“Stop,” he shouted, waving at the boats, “or you will sink,” he added, running down the pier.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_statement_without_marks(text: str) -> None:
    """Relative clauses, settings, deeds, pointers to nothing and marked speech give no reported statement."""
    assert told(text) == []


@pytest.mark.parametrize("text", [text for text in SILENT if "“" in text])
def test_marked_speech_is_given_once(text: str) -> None:
    """No second entry takes in marked speech together with the narration around it."""
    spans = [one.span for one in analysis.read(text).quotations]
    assert spans
    assert not any(one.meets(other) for at, one in enumerate(spans) for other in spans[at + 1 :])


ATTITUDES = [
    "Ida Moss wants to build a pipeline under the bay.",
    "Ida Moss hopes to build a pipeline under the bay.",
    "Ida Moss vowed to build a pipeline under the bay.",
    "Ida Moss urged the council to build a pipeline.",
    "Ida Moss called the pipeline a danger to the whole bay.",
    "Ida Moss sees the pipeline as a danger to children.",
    "Ida Moss described the pipeline as a gift to the town.",
    "Ida Moss warned of a leak in the new pipeline.",
    "Ida Moss spoke about the new pipeline under the bay.",
    "Ida Moss announced a new pipeline under the bay.",
    "Ida Moss rejected the claim that the dam had failed.",
    "Few liked Ida Moss's claim that the pipeline would hold.",
    "Ida Moss is confident that the pipeline will hold.",
    "It is believed that the pipeline will never be built.",
    "It is said that the pipeline will never be built.",
    "She wanted to know who had the keys.",
]


@pytest.mark.parametrize("text", ATTITUDES)
def test_attitudes_are_no_speech(text: str) -> None:
    """What somebody wants, is said to speak of, or what nobody in print says is marked as no speech."""
    assert {one.speech for one in analysis.read(text).quotations} <= {False}


SPEECH = [
    "Ida Moss said the pipeline would hold.",
    "Experts believe the pipeline will never be built.",
    "Ida Moss thinks the pipeline will never be built.",
    "The survey found that most pipelines leak.",
    "According to Ida Moss, the pipeline was sound.",
    "The pipeline was sound, Ida Moss told reporters.",
    "“The pipeline is sound,” Ida Moss said.",
]


@pytest.mark.parametrize("text", SPEECH)
def test_statements_are_speech(text: str) -> None:
    """What somebody says, writes, finds or believes is speech."""
    assert {one.speech for one in analysis.read(text).quotations} == {True}
