"""/quotes: each quotation once over all copies, with its own article's attribution and every carrier."""

from __future__ import annotations

import pytest

from analysis.model import QuoteKind
from analysis.words import key
from handlers.answer import Answer, Next
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, Somebody, ours, put, quoted, texts

RUIZ = Somebody("Ana Ruiz", ("Ruiz",), ("the harbour master",))
BERG = Somebody("Olof Berg", ("Berg",))
PEOPLE = (RUIZ, BERG)


def counts(answer: Answer) -> list[tuple[int, int]]:
    """For each passage how many carry it, of how many articles."""
    return [(len(block.carriers), block.of) for block in quoted(answer)]


def test_punctuation_and_spacing_aside_it_is_one_quotation(store: Store, ask: Ask) -> None:
    """Copies that differ in marks, commas, spaces and letter case only give one entry, with two carriers."""
    put_two(
        store,
        ('"There are reasons for it, and  one is money," Ruiz said.', '"There are reasons for it, and  one is money,"'),
        ("“There are reasons for it and one is Money”, Ruiz said.", "“There are reasons for it and one is Money”"),
    )
    answer = ask("quotes")
    assert texts(answer) == ['"There are reasons for it, and  one is money,"']
    assert counts(answer) == [(2, 2)]
    (shown,) = quoted(answer)
    assert [carrier.article.name for carrier in shown.carriers] == ["Paper 1", "Paper 2"]
    assert key(shown.carriers[1].parts[0].text) == key(shown.parts[0].text)
    assert "Money" in shown.carriers[1].parts[0].text


def put_two(store: Store, *copies: tuple[str, str]) -> None:
    """Two copies of a story, each with one line and the quotation of Ruiz in it."""
    for number, (line, words) in enumerate(copies, start=1):
        said = [Said((words,), "Ana Ruiz")]
        put(store, line, f"By the desk of paper {number}.", said=said, people=PEOPLE, outlet=f"Paper {number}")


def test_an_altered_word_is_another_passage(store: Store, ask: Ask) -> None:
    """A copy that changes a word is shown too, each with its own count."""
    put_two(
        store,
        ('"The piers are old and weak," Ruiz said.', '"The piers are old and weak,"'),
        ('"The piers are old and cracked," Ruiz said.', '"The piers are old and cracked,"'),
    )
    answer = ask("quotes")
    assert texts(answer) == ['"The piers are old and weak,"', '"The piers are old and cracked,"']
    assert counts(answer) == [(1, 2), (1, 2)]


def test_few_words_of_somebody_else_are_no_copy(store: Store, ask: Ask) -> None:
    """An article that prints the same few words as another's speech, or as its own, does not carry the quotation."""
    put(store, 'It will open "before July," Ruiz said.', said=[Said(('"before July,"',), "Ana Ruiz")], people=PEOPLE)
    put(store, '"Not before July," Berg said.', said=[Said(('"Not before July,"',), "Olof Berg")], people=PEOPLE)
    put(store, "The ferry was built before July.", people=PEOPLE)
    put(store, 'It opens "before July," Ruiz says.', said=[Said(('"before July,"',), "Ana Ruiz")], people=PEOPLE)
    assert counts(ask("quotes", "Ruiz")) == [(2, 4)]


def test_a_shorter_cut_is_not_shown_again(store: Store, ask: Ask) -> None:
    """Where one copy's quotation was cut shorter, the full one stands for both, in two parts."""
    line = '"We closed it at six," Ruiz said. "Nobody was hurt that day."'
    parts = ('"We closed it at six,"', '"Nobody was hurt that day."')
    put(store, line, said=[Said(parts[:1], "Ana Ruiz")], people=PEOPLE)
    put(store, line + " That is all.", said=[Said(parts, "Ana Ruiz")], people=PEOPLE)
    answer = ask("quotes")
    assert texts(answer) == [" | ".join(parts)]
    assert counts(answer) == [(2, 2)]


def test_attribution_is_that_of_the_article_it_is_cut_from(store: Store, ask: Ask) -> None:
    """When the copies attribute differently, words, attribution and first carrier are of one article."""
    said = '"The bridge must stay closed until June,"'
    for tail, attribution in ((" one official said.", "one official said"), (" Ruiz told NRK.", "Ruiz told NRK")):
        role = attribution.startswith("one")
        speaker = "one official" if role else "Ana Ruiz"
        put(store, said + tail, said=[Said((said,), speaker, role=role, attribution=attribution)], people=PEOPLE)
    (shown,) = quoted(ask("quotes"))
    assert shown.attribution is not None
    assert (shown.speaker, shown.attribution.text) == ("Ana Ruiz", "Ruiz told NRK")
    assert shown.attribution.version_id == shown.parts[0].version_id == shown.carriers[0].article.version_id
    assert len(shown.carriers) == 2


def test_the_same_few_words_of_two_people_stay_two(store: Store, ask: Ask) -> None:
    """Two times "No comment" by two people in one article is two quotations."""
    line = '"No comment," Ruiz said. "No comment," Berg said.'
    words = '"No comment,"'
    put(store, line, said=[Said((words,), "Ana Ruiz"), Said((words,), "Olof Berg")], people=PEOPLE)
    assert [block.speaker for block in quoted(ask("quotes"))] == ["Ana Ruiz", "Olof Berg"]


def test_words_in_marks_stand_for_the_report_around_them(store: Store, ask: Ask) -> None:
    """Of a report and the words in marks in it, these are shown, with the attribution; a count is of these words."""
    for verb in ("signalling", "signaling"):
        line = f'It is partly a way of {verb} that she "can shop around," according to Ruiz, the harbour master.'
        report = f'It is partly a way of {verb} that she "can shop around,"'
        marked = Said(('"can shop around,"',), "Ana Ruiz", QuoteKind.MIXED)
        attribution = "according to Ruiz, the harbour master"
        said = [marked, Said((report,), "Ana Ruiz", QuoteKind.MIXED, attribution=attribution)]
        put(store, line, said=said, people=PEOPLE)
    (shown,) = quoted(ask("quotes", "Ruiz"))
    assert (shown.parts[0].text, shown.indirect, len(shown.carriers)) == ('"can shop around,"', False, 2)
    assert shown.attribution is not None
    assert shown.attribution.text == "according to Ruiz, the harbour master"
    reports = quoted(ask("quotes", "partly a way"))
    assert [(block.indirect, len(block.carriers)) for block in reports] == [(True, 1), (True, 1)]


@pytest.fixture
def three(store: Store) -> Store:
    """One article with quotations of two people, of a role, and one of nobody."""
    put(
        store,
        '"The ferries cost too much," Ruiz said. She added that the piers date from 1931.',
        '"Sanctions on steel delay us," Berg said.',
        'Experts say the steel is tired. "It groans," the night watch heard.',
        said=[
            Said(('"The ferries cost too much,"',), "Ana Ruiz"),
            Said(("that the piers date from 1931",), "Ana Ruiz", QuoteKind.INDIRECT, reported_by="Ruiz"),
            Said(('"Sanctions on steel delay us,"',), "Olof Berg"),
            Said(("the steel is tired",), "Experts", QuoteKind.INDIRECT, role=True),
            Said(('"It groans,"',)),
        ],
        people=PEOPLE,
    )
    return store


@pytest.mark.usefixtures("three")
def test_the_order_is_the_printed_one(ask: Ask) -> None:
    """Reported speech stands where it is printed and is marked; speech of nobody has no speaker."""
    blocks = quoted(ask("quotes"))
    assert [(block.speaker, block.indirect) for block in blocks] == [
        ("Ana Ruiz", False),
        ("Ana Ruiz", True),
        ("Olof Berg", False),
        ("Experts", True),
        (None, False),
    ]
    assert all(block.spoken for block in blocks)
    assert blocks[1].reported_by is not None


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ruiz", ['"The ferries cost too much,"', "that the piers date from 1931"]),
        ("Ana Ruis", ['"The ferries cost too much,"', "that the piers date from 1931"]),
        ("harbour master", ['"The ferries cost too much,"', "that the piers date from 1931"]),
        ("sanctions", ['"Sanctions on steel delay us,"']),
        ("sanction", ['"Sanctions on steel delay us,"']),
        ("steel", ['"Sanctions on steel delay us,"', "the steel is tired"]),
        ("experts", ["the steel is tired"]),
        ("Ruiz ferries", ['"The ferries cost too much,"']),
        ("ferries Ana Ruiz", ['"The ferries cost too much,"']),
        ('"it groans"', ['"It groans,"']),
    ],
)
def test_by_speaker_or_words(words: str, found: list[str], ask: Ask) -> None:
    """A name first, misspelt or a role too, then words inside quotations, then both at once."""
    assert texts(ask("quotes", words)) == found


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("words", ["unicorns", "steel unicorns", "Berg unicorns", "???", "😀"])
def test_nothing_found_is_said_plainly(words: str, ask: Ask) -> None:
    """No match, no passage."""
    answer = ask("quotes", words)
    assert answer.heading == "The loaded articles do not say."
    assert not quoted(answer)


@pytest.mark.usefixtures("three")
def test_a_replied_to_message(ask: Ask) -> None:
    """The quotation that a message holds, or is part of, or the person it names."""
    inside = ask("quotes", reply="Look what Berg says: “sanctions on steel delay us”, can you believe it, all of you?")
    assert texts(inside) == ['"Sanctions on steel delay us,"']
    named = ask("quotes", reply="I really wonder what this Ana Ruiz thinks about all of that, to be honest")
    assert quoted(named)[0].speaker == "Ana Ruiz"


def test_namesakes_are_asked_about(store: Store, ask: Ask) -> None:
    """A surname of two people gives buttons, and each button gives one person's quotations."""
    other = Somebody("Eva Berg")
    said = [Said(('"It is late."',), "Olof Berg"), Said(('"It is early."',), "Eva Berg")]
    put(store, 'Olof Berg: "It is late." Eva Berg: "It is early."', said=said, people=[Somebody("Olof Berg"), other])
    answer = ask("quotes", "Berg")
    assert answer.heading == "Did you mean …?"
    assert not quoted(answer)
    found = {each.label: texts(ask("quotes", each.question.words)) for each in answer.next}
    assert found == {"Olof Berg": ['"It is late."'], "Eva Berg": ['"It is early."']}


def next_page(answer: Answer) -> Next | None:
    """The button to the page after."""
    return next((each for each in answer.next if each.label.startswith("Next")), None)


def test_pages(store: Store, ask: Ask) -> None:
    """Twelve quotations are three pages; the buttons keep speaker and story; every quotation is on one page."""
    lines = [f'"Pier number {n} is cracked," Ruiz said.' for n in range(12)]
    said = [Said((f'"Pier number {n} is cracked,"',), "Ana Ruiz") for n in range(12)]
    put(store, *lines, said=said, people=PEOPLE)
    first = ask("quotes", "Ruiz")
    assert "page 1 of 3" in first.heading
    seen, further = texts(first), next_page(first)
    while further is not None:
        page = ask("quotes", further.question.words, page=further.question.page, story=further.question.story)
        seen += texts(page)
        further = next_page(page)
    assert seen == [f'"Pier number {n} is cracked,"' for n in range(12)]


def test_the_heading_names_the_story(store: Store, ask: Ask) -> None:
    """Whatever shows passages says from which story."""
    put_two(store, ('"It holds," Ruiz said.', '"It holds,"'))
    assert ask("quotes").heading == "Quotes — Norrvik bridge closed"
    assert ask("quotes", "Ruiz").heading == "Quotes of Ana Ruiz — Norrvik bridge closed"
    assert "About Ana Ruiz" in ours(ask("quotes", "Ruiz"))


def test_a_description_is_found_by_its_own_words_only(ask_seeds: Ask) -> None:
    """What is printed with "one expert said" is found by "one expert", and nothing that "experts" said is."""
    (shown,) = quoted(ask_seeds("quotes", "one expert"))
    assert "not the only game in town" in shown.parts[0].text
    assert {block.speaker for block in quoted(ask_seeds("quotes", "experts"))} >= {"experts"}
