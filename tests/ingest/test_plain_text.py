"""What becomes of pasted texts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.document import Field
from ingest import IngestError, clean_text, document_of, read_article

SEEDS = Path(__file__).parents[2] / "seeds"
LEAD = "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust."
SAID = "“Nobody wanted this,” said Ines Calder, who chairs it. “But the steel does not wait for us.”"


def seed(number: str) -> str:
    """One of the two founding texts."""
    return next(SEEDS.glob(f"{number}*.txt")).read_text(encoding="utf-8")


def test_first_seed() -> None:
    """The whole first line is the headline; the body is the source's own paragraphs with nothing of the site."""
    text = seed("000")
    article = clean_text(text)
    lines = [line for line in text.split("\n") if line.strip()]
    assert article.headline == lines[0]
    assert article.body.split("\n\n") == [line for line in lines[1:-3] if line != article.subheadings[0]]
    assert article.subheadings == ("What's really behind Putin's meeting with Kim Jong Un?",)
    assert article.captions == ()
    assert (article.outlet, article.published, article.authors, article.url) == (None, None, (), None)


def test_second_seed() -> None:
    """Captions are kept once each and apart, the photographer's name is nowhere, nothing is invented."""
    article = clean_text(seed("001"))
    assert article.headline == "When Putin met Kim: What's the real motive?"
    assert article.captions == (
        "Image: Russian President Vladimir Putin and North Korean leader Kim Jong Un",
        "Putin and Kim share a toast.",
        "Putin met Kim at the Far Eastern Federal University campus on Russky Island.",
    )
    assert len(article.body.split("\n\n")) == 22
    assert all(paragraph in seed("001") for paragraph in article.body.split("\n\n"))
    assert "Nikolsky" not in article.body + "".join(article.captions) + "".join(article.authors)
    assert (article.outlet, article.published, article.authors, article.url) == (None, None, (), None)


def test_what_the_text_states_becomes_metadata() -> None:
    """Byline and date line leave the body; the dateline stays as printed."""
    head = "Council shuts both bridges\nBy Ana Ruiz and Piotr Nowak\nPublished: 4 May 2021 at 10:22\n"
    article = clean_text(f"{head}\nLEEDS — {LEAD}\n{SAID}")
    assert article.authors == ("Ana Ruiz", "Piotr Nowak")
    assert article.published == datetime(2021, 5, 4, 10, 22, tzinfo=UTC)
    assert article.body == f"LEEDS — {LEAD}\n\n{SAID}"


def test_a_head_of_labelled_lines() -> None:
    """What a saved text says of itself before it begins is metadata."""
    head = "Author: Ana Ruiz\nPublication: Daily Courier\nDate: 2021-05-04\nURL: https://courier.example/a\n"
    article = clean_text(f"{head}\nCouncil shuts both bridges\n\n{LEAD}\n\n{SAID}")
    assert (article.headline, article.body) == ("Council shuts both bridges", f"{LEAD}\n\n{SAID}")
    assert (article.authors, article.outlet) == (("Ana Ruiz",), "Daily Courier")
    assert (article.published, article.url) == (datetime(2021, 5, 4, tzinfo=UTC), "https://courier.example/a")


def test_lines_broken_at_the_page_are_paragraphs_again() -> None:
    """A text that a mail program or a PDF has broken into lines gets its whole sentences back."""
    wrapped = (
        "The council voted on Tuesday night to close the two bridges until\n"
        "the spring, after a survey of all crossings found rust in the old\n"
        "bearings of both and a crack in one of the four piers that carry\n"
        "the eastern span.\n\n"
        "“Nobody wanted this,” said Ines Calder, who chairs it and who had\n"
        "asked for the survey in the autumn. “But the steel does not wait.”\n"
    )
    assert clean_text(wrapped).body.split("\n\n") == [part.replace("\n", " ").strip() for part in wrapped.split("\n\n")]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_line_ends_of_all_kinds(ends: str) -> None:
    """Old and foreign line ends break lines as usual ones do."""
    text = f"Council shuts both bridges\n\n{LEAD}\n\n{SAID}"
    assert clean_text(text.replace("\n", ends)) == clean_text(text)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x00", "\ufeff", "No comments\n\nShare this\n", "By Ana Ruiz\n"])
def test_no_article_is_one_plain_sentence(text: str) -> None:
    """Empty texts and texts of chrome alone are refused, not stored."""
    with pytest.raises(IngestError, match=r"^There is no article text in it\.$"):
        clean_text(text)


def test_nul_bytes_are_left_out() -> None:
    """Code points that no page prints do not reach the store."""
    article = clean_text(f"Council shuts\x00 both bridges\n\n{LEAD}\x00\n{SAID}\ud800")
    assert article.headline == "Council shuts both bridges"
    assert article.body == f"{LEAD}\n\n{SAID}"


def test_right_to_left_text_stays_as_it_is() -> None:
    """Hebrew and Arabic paragraphs come out with the same code points in the same order."""
    text = "מועצת העיר סגרה שני גשרים\n\nהמועצה הצביעה ביום שלישי לסגור את שני הגשרים.\n\n«لم يكن أحد يريد هذا»."
    article = clean_text(text)
    assert "\n\n".join([article.headline, article.body]) == text


def test_five_megabytes_of_one_line() -> None:
    """A huge line is one paragraph."""
    text = "word " * 1_000_000
    assert clean_text(text).body == text.strip()


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (LEAD, LEAD),
        (f"{LEAD}\n\n{SAID}", LEAD),
        (f"UPDATE:\n\n{LEAD}", LEAD),
        (f"{SAID} {SAID} {SAID}", "“Nobody wanted this,” said Ines Calder, who chairs it."),
        ("and so on " * 60, "and so on " * 9 + "and so on"),
        ("x" * 5000, "x" * 100),
    ],
)
def test_without_a_headline_an_article_goes_by_its_opening_words(text: str, headline: str) -> None:
    """No headline is made up: it is the text's own first words, which stay in the body and are read once."""
    article = clean_text(text)
    assert (article.headline, article.body) == (headline, text.strip())
    document = document_of(article)
    places = [document.locate(quotation.span) for quotation in read_article(article).quotations]
    assert all(place and place.field is Field.BODY for place in places)


@given(st.text(alphabet=st.sampled_from("aA. \n\r\x00\u2028“”-:\u05d0\U0001f600\u0301By1"), min_size=1))
def test_nothing_is_rewritten(text: str) -> None:
    """Whatever is pasted, each paragraph of the result stands in it, spacing aside."""
    try:
        article = clean_text(text)
    except IngestError:
        return
    source = "".join(text.replace("\x00", "").split())
    for paragraph in (article.headline, *article.body.split("\n\n"), *article.captions, *article.subheadings):
        assert "".join(paragraph.split()) in source


@pytest.mark.parametrize(
    ("text", "named"), [("one two three", "one two three"), ("x", "x"), ("word " * 40, "word " * 19 + "word")]
)
def test_what_an_article_without_a_headline_goes_by(text: str, named: str) -> None:
    """Its opening words, of which none is cut off where they are few."""
    assert clean_text(text).headline == named
