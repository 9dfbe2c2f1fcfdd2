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


MENU = "World\nPolitics\nBusiness\nSport\nCulture\nScience\nTravel\nOpinion\n"
FOOT = "About us\nContact\nPrivacy policy\nTerms of use\n© 2024 The Courier. All rights reserved.\n"
LONG = (
    "The harbour board said on Monday that it would close the old pier for two years, after divers found cracks in it.",
    "About 4,000 people a day use the pier, most of them on their way to the islands, and many have no other way.",
    "The board first heard of the damage in 2019, according to minutes that were published last week under the rules.",
    "Engineers had asked for three million to mend the columns, and the council offered a third of that in two parts.",
    "A temporary landing stage will open in May, but it takes only small boats and will be shut in high winds.",
    "The school boat will leave from the fishing quay, a mile to the north, until the new pier is ready for them.",
)


def whole(*between: str, heading: str = "Old pier to close for two years", above: str = "") -> str:
    """A page of a news site that was pasted whole."""
    story = "\n".join((*LONG[:3], *between, *LONG[3:]))
    return f"The Courier\n{MENU}{heading}\n{above}{story}\n{FOOT}"


@pytest.mark.parametrize(
    "between",
    [
        ("Sign up to Tide Lines", "Our weekly email on the islands"),
        ("RELATED ARTICLE Why the ferries never came back",),
        ("More on this story", "Ferries stop as storm closes in on the islands", "How a pier is mended under water"),
        ("Lesen Sie auch: Warum die Fähren nie zurückkamen",),
        ("Suscríbete para seguir leyendo", "Lee sin límites"),
        ("Advertisement", "Artikel anhören", "25 commentaires"),
    ],
)
def test_boxes_in_a_page_that_was_pasted_whole(between: tuple[str, ...]) -> None:
    """A newsletter or links in mid-article do not cut the article in two, and are no part of it."""
    article = clean_text(whole(*between))
    assert article.headline == "Old pier to close for two years"
    assert article.body.split("\n\n") == list(LONG)


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Die Seebrücke am SonntagabendFoto: Ana Ruhz / dpa", "Die Seebrücke am Sonntagabend"),
        ("The old pier, which was built in 1902.Credit...Ana Ruiz for The Courier", None),
        ("The old pier on Sunday evening. (Ana Ruiz/The Courier)", "The old pier on Sunday evening."),
        ("La jetée, le 3 mars 2024. ANNE RUIZ / AFP", "La jetée, le 3 mars 2024."),
        ("Kaien søndag kveld. Foto: Anne Rud / NRX", "Kaien søndag kveld."),
        ("El muelle, el domingo por la tarde. © Ana Ruiz", "El muelle, el domingo por la tarde."),
        ("Blick auf die Seebrücke Bild: picture alliance/dpa", "Blick auf die Seebrücke"),
    ],
)
def test_credits_of_many_languages(line: str, caption: str | None) -> None:
    """A line that ends in a credit is a caption, whatever language names the photographer."""
    article = clean_text(whole(line))
    assert article.captions == (caption or "The old pier, which was built in 1902.",)
    assert article.body.split("\n\n") == list(LONG)


@pytest.mark.parametrize(
    "line", ["She showed me a photo: Tom Hale was in it.", "Nobody asked for credit: the bank did."]
)
def test_words_that_only_look_like_a_credit(line: str) -> None:
    """A sentence with a picture or a credit in it stays."""
    assert line in clean_text(whole(line)).body


def test_the_headline_stands_above_byline_and_caption() -> None:
    """A line without a full stop that follows the byline is not the headline."""
    above = "By Ana Ruiz\n5 March 2024\nThe pier has been closed to lorries since the winter\n"
    article = clean_text(whole(above=above))
    assert article.headline == "Old pier to close for two years"
    assert article.authors == ("Ana Ruiz",)


def test_writing_without_spaces() -> None:
    """Lines of a language that sets no spaces are measured by their signs, so that a whole page gives its article."""
    story = (
        "港湾局は月曜日、九本の橋脚にひびが見つかったとして、古い桟橋を二年間閉鎖すると発表した。",
        "局長の丸山恵子氏は記者会見で「できれば船を続けたかったが、報告書を読めばほかに道はない」と述べた。",
        "桟橋は一日におよそ四千人が利用し、そのほとんどが島へ通う人たちで、ほかに仕事へ行く道はないという。",
    )
    article = clean_text(f"新聞\n{MENU}旧桟橋、二年間閉鎖へ\n" + "\n".join(story) + f"\n{FOOT}")
    assert [line for line in article.body.split("\n\n") if line in story] == list(story)
    assert "Sport" not in article.body


def test_sentences_that_end_in_other_marks() -> None:
    """A paragraph that ends in a German quotation is a paragraph and not a headline."""
    said = "„Wir hätten die Fähren gern weiter fahren lassen“, sagte sie am Montag. „Die Gutachten lassen keine Wahl.“"
    assert said in clean_text(whole(said)).body
