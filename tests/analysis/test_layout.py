"""What the lines of pasted news texts are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.layout import blocks_of
from analysis.line_kinds import is_name
from analysis.model import BlockKind

SEEDS = Path(__file__).parents[2] / "seeds"


def of_kind(text: str, kind: BlockKind) -> list[str]:
    """The lines of one kind, as printed."""
    return [block.span.cut(text) for block in blocks_of(text) if block.kind is kind]


def seed(number: str) -> str:
    """One of the two founding texts."""
    return next(SEEDS.glob(f"{number}*.txt")).read_text(encoding="utf-8")


def test_first_seed_loses_its_chrome_and_nothing_else() -> None:
    """The headline is the whole first line, the repeated half of it a subheading, the site's tail chrome."""
    text = seed("000")
    assert of_kind(text, BlockKind.HEADLINE) == [text.split("\n")[0]]
    assert of_kind(text, BlockKind.SUBHEADING) == ["What's really behind Putin's meeting with Kim Jong Un?"]
    assert of_kind(text, BlockKind.CHROME) == ["No comments", "Poster Speaks", "Poster Speaks/box"]
    assert len(of_kind(text, BlockKind.BODY)) == len([line for line in text.split("\n") if line.strip()]) - 5


def test_second_seed_has_each_caption_once_and_its_credit_apart() -> None:
    """Captions that are printed two and three times, with a credit glued on, are kept once and without it."""
    text = seed("001")
    assert of_kind(text, BlockKind.HEADLINE) == ["When Putin met Kim: What's the real motive?"]
    assert of_kind(text, BlockKind.CAPTION) == [
        "Image: Russian President Vladimir Putin and North Korean leader Kim Jong Un",
        "Putin and Kim share a toast.",
        "Putin met Kim at the Far Eastern Federal University campus on Russky Island.",
    ]
    assert set(of_kind(text, BlockKind.CREDIT)) == {"-", "Alexey Nikolsky"}
    body = of_kind(text, BlockKind.BODY)
    assert not [line for line in body if "Nikolsky" in line or "toast." in line or "Aa Aa" in line]
    assert len(body) == 22


BODY = (
    "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust.\n\n"
    "“Nobody wanted this,” said Ines Calder, who chairs it. “But the steel does not wait for us.”"
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ana Ruiz", BlockKind.BYLINE),
        ("BY ANA RUIZ", BlockKind.BYLINE),
        ("By Ana Ruiz and Piotr Nowak, Harbour Correspondents", BlockKind.BYLINE),
        ("Published: 4 May 2021 at 10:22", BlockKind.BYLINE),
        ("May 4, 2021", BlockKind.BYLINE),
        ("(Reporting by Ana Ruiz; Editing by Piotr Nowak)", BlockKind.BYLINE),
        ("Photograph: Ana Ruiz/Agency", BlockKind.CREDIT),
        ("Photo by Ana Ruiz", BlockKind.CREDIT),
        ("Getty Images", BlockKind.CREDIT),
        ("Ana Ruiz/AFP", BlockKind.CREDIT),
        ("Share on Facebook", BlockKind.CHROME),
        ("12 comments", BlockKind.CHROME),
        ("Advertisement", BlockKind.CHROME),
        ("• • •", BlockKind.CHROME),
        ("Image: The east bridge in March", BlockKind.CAPTION),
        ("By now the river had risen.", BlockKind.BODY),
        ("By Tuesday the river had risen over both banks", BlockKind.BODY),
        ("May 4 was the last day", BlockKind.BODY),
        ("Photo albums were lost.", BlockKind.BODY),
        ("“No comment.”", BlockKind.BODY),
        ("He shared it on Facebook.", BlockKind.BODY),
        ("“We lost,” Joel Adler said.", BlockKind.BODY),
    ],
)
def test_a_line_of_its_own(line: str, kind: BlockKind) -> None:
    """What a single line's wording says, between a headline and the body."""
    text = f"Council shuts both bridges\n\n{line}\n\n{BODY}"
    assert [block.kind for block in blocks_of(text) if block.span.cut(text) == line] == [kind]


def test_credit_glued_to_a_caption_is_cut_off() -> None:
    """The sentences before the credit are the caption, quotations in it included."""
    line = (
        "Wanda Krol with the last of her hives. “They took the queen first,” she says. Photograph: Dieter Amsel/Polar"
    )
    text = f"Council shuts both bridges\n\n{line}\n{BODY}"
    assert of_kind(text, BlockKind.CAPTION) == [line[: line.index(" Photograph")]]
    assert of_kind(text, BlockKind.CREDIT) == ["Photograph: Dieter Amsel/Polar"]


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("‘We will not pay’: minister rejects refund plan\n", True),
        ("Minister: we will not drain the docks\n", True),
        ("Council Shuts Both Bridges Until Spring.\n\n", True),
        ("Who shut the bridges?\n\n", True),
        ("Ines Calder, who runs the shelter, was blunt.\n", False),
        ("Ines Calder began:\n", False),
        (
            "The council had shut the bridges and nobody had told the ferries, the buses or the people who wait.\n\n",
            False,
        ),
    ],
)
def test_first_line_is_a_headline_only_when_it_reads_like_one(first: str, headline: bool) -> None:
    """A lead paragraph is not taken for a headline."""
    text = first + BODY
    assert (blocks_of(text)[0].kind is BlockKind.HEADLINE) is headline


def test_clean_article_is_all_body() -> None:
    """Short quotations, transcripts and lists in a text without chrome all stay body."""
    said = "1. “I have been here since four.” (Goran Vuk, baker)\nQ: Why?\nA: Ask them.\n"
    text = f"Three views from the queue\n{BODY}\n{said}"
    assert {block.kind for block in blocks_of(text)[1:]} == {BlockKind.BODY}


@pytest.mark.parametrize("words", ["Ana Ruiz", "Ana Ruiz/Agency", "Getty Images", "Ana de la Ruiz / AFP", "A. B. Ruiz"])
def test_names(words: str) -> None:
    """Names of people and agencies are told from other words."""
    assert is_name(words)


@pytest.mark.parametrize(
    "words", ["", "The east bridge in March", "ana ruiz", "Ana", "President Putin and leader Kim", "1"]
)
def test_words_that_are_no_names(words: str) -> None:
    """Captions and single words are not taken for a credit."""
    assert not is_name(words)


@given(st.text(alphabet=st.sampled_from("aA. \n\r\t\x00\u2028“”-/:&#\u05d0\U0001f600\u0301By1")))
def test_blocks_are_in_order_and_cover_every_word(text: str) -> None:
    """Whatever the text, blocks never overlap, never leave the text and leave out white space alone."""
    at = 0
    for block in blocks_of(text):
        assert at <= block.span.start < block.span.end <= len(text)
        assert not text[at : block.span.start].strip()
        at = block.span.end
    assert not text[at:].strip()


def test_five_million_signs_in_one_line() -> None:
    """A huge line is read at once, as body."""
    text = "word " * 1_000_000
    assert [block.kind for block in blocks_of(text)] == [BlockKind.BODY]


def test_lines_broken_at_the_page_are_one_paragraph() -> None:
    """A paragraph of a text that was set to a width is one block, so that its sentences are read whole."""
    text = (
        "The council voted on Tuesday night to close the two bridges until\n"
        "the spring, after a survey of all crossings found rust in the old\n"
        "bearings of both and a crack in one of the piers.\n\n"
        "“Nobody wanted this,” said Ines Calder, who chairs it and who had\n"
        "asked for the survey in the autumn. “But the steel does not wait.”\n"
    )
    assert of_kind(text, BlockKind.BODY) == text.strip().split("\n\n")


MENU = [
    "Home",
    "News",
    "Sport",
    "Weather",
    "Travel",
    "Log in",
    "Subscribe",
    "E-paper",
    "Jobs",
    "Council shuts both bridges",
]
PARAGRAPHS = [
    f"{opening} the council's engineers found rust in {count} bearings of the old bridges, and said so at once."
    for count, opening in enumerate(("On Monday", "On Tuesday", "On Wednesday", "On Thursday", "In the end"), start=2)
]


def whole_page() -> str:
    """What is on the clipboard when somebody selects all of a page."""
    head = [*MENU, "By Ana Ruiz", "4 May 2021", "Share"]
    between = ["The east bridge, seen from the old ferry pier in March before it closed"]
    foot = ["Related articles", "Ten ferries that never left the harbour at all", "Why tolls rise", "Comments (2)"]
    foot += ["I cross this bridge every day of the year and nobody has ever asked me what I think of it.", "Reply"]
    foot += ["We use cookies to give you the best experience on our site.", "Terms", "Privacy", "© 2021 Courier"]
    return "\n\n".join([*head, *PARAGRAPHS[:3], *between, *PARAGRAPHS[3:], *foot])


def test_whole_page() -> None:
    """Menus before, and related stories, comments and cookie notices after an article are chrome."""
    text = whole_page()
    assert of_kind(text, BlockKind.BODY) == PARAGRAPHS
    assert of_kind(text, BlockKind.HEADLINE) == ["Council shuts both bridges"]
    assert of_kind(text, BlockKind.BYLINE) == ["By Ana Ruiz", "4 May 2021"]
    assert of_kind(text, BlockKind.CAPTION) == [
        "The east bridge, seen from the old ferry pier in March before it closed"
    ]


def test_article_without_a_page_around_it_is_never_cut() -> None:
    """Subheadings, lists and a heading like those of sites stay in an article that was pasted alone."""
    lines = ["Council shuts both bridges", PARAGRAPHS[0], "Related", "Why now?", PARAGRAPHS[1], "- rust", "- cracks"]
    text = "\n\n".join([*lines, *PARAGRAPHS[2:]])
    assert of_kind(text, BlockKind.BODY) == [line for line in (*lines[1:], *PARAGRAPHS[2:]) if line != "Related"]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("The mayor at the bridge. (Photo by Ana Ruiz/Getty Images)", "The mayor at the bridge."),
        ("The mayor at the bridge [Ana Ruiz/Reuters]", "The mayor at the bridge"),
        ("The mayor at the bridge on May 4, 2021. REUTERS/Ana Ruiz", "The mayor at the bridge on May 4, 2021."),
        ("FILE - The mayor at the bridge, May 4, 2021.", "FILE - The mayor at the bridge, May 4, 2021."),
        ("The mayor at the bridge. Photograph: Ana Ruiz", "The mayor at the bridge."),
    ],
)
def test_captions_by_their_credit(line: str, caption: str) -> None:
    """The ways in which agencies print captions are told from paragraphs."""
    text = "\n\n".join(["Council shuts both bridges", PARAGRAPHS[0], line, *PARAGRAPHS[1:]])
    assert of_kind(text, BlockKind.CAPTION) == [caption]


@pytest.mark.parametrize(
    "line",
    [
        "The bridges will stay shut until spring, the agency said. (Reuters)",
        "He told The Courier (Leeds) that he had not been asked about it by anybody.",
        "“They took the bearings out in the night and nobody at the town hall knew” was all he would say",
        "She said the photo by Ana Ruiz was the first that showed the rust.",
    ],
)
def test_paragraphs_that_look_like_captions(line: str) -> None:
    """An agency's sign-off, an aside in brackets and a quotation without a full stop are body."""
    text = "\n\n".join(["Council shuts both bridges", PARAGRAPHS[0], line, *PARAGRAPHS[1:]])
    assert line in of_kind(text, BlockKind.BODY)


def test_line_printed_twice_in_a_row_is_a_caption() -> None:
    """A picture's description and its caption, pasted as two equal lines, are one caption."""
    line = "The east bridge in March, before it was closed"
    text = "\n\n".join(["Council shuts both bridges", PARAGRAPHS[0], f"{line}\n{line}", *PARAGRAPHS[1:]])
    assert of_kind(text, BlockKind.CAPTION) == [line]
    assert of_kind(text, BlockKind.BODY) == PARAGRAPHS
