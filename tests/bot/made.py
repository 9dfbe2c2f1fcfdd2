"""Answers made by hand and by chance, for the tests of every front."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from analysis.document import Field
from analysis.model import Span
from bot.telegram_cuts import MESSAGE_ENTITIES, MESSAGE_UNITS
from bot.telegram_html import parts
from handlers.answer import Answer, Block, Carrier, Change, Entry, Group, Next, Note, Quoted, Wording
from handlers.question import Question
from store.model import ArticleRow, Passage
from tests.telegram_server.judge import Parsed, parse

NOW = datetime(2019, 4, 26, tzinfo=UTC)
SAID = '"Kim Jong Un is now happy to talk to anyone."'
LONG = (
    '"Trump, as is his wont, has turned the engagement with Kim into an all-encompassing personal psychodrama, '
    'and the U.S. public and media drank that Kool-Aid,"'
)


def passage(text: str, version: int = 1, start: int = 0) -> Passage:
    """Words that stand in a body."""
    return Passage(version, Field.BODY, Span(start, start + len(text)), text)


def article(number: int = 1, headline: str = "When Putin met Kim", outlet: str | None = None) -> ArticleRow:
    """A loaded article."""
    url = None if outlet is None else f"https://example.org/{number}?a=1&b=2"
    return ArticleRow(number, number, 1, True, headline, outlet, (), None, url, NOW)


def quoted(
    *parts: str, speaker: str | None = "Robert Kelly", carriers: int = 1, of: int = 2, context: bool = True
) -> Quoted:
    """A quotation with as many parts as are given."""
    passages = tuple(passage(part, start=number * 1000) for number, part in enumerate(parts))
    return Quoted(
        parts=passages,
        carriers=tuple(Carrier(article(number + 1, outlet="Reuters"), passages) for number in range(carriers)),
        of=of,
        spoken=True,
        speaker=speaker,
        attribution=passage("according to Robert Kelly, a professor of international relations"),
        context=Question(command="context", words="@1:body:0:45") if context else None,
    )


def whole() -> Answer:
    """An answer with every kind of block."""
    return Answer(
        "Quotes — When Putin met Kim",
        (
            Note("Two of three."),
            quoted(LONG, SAID, carriers=2),
            Group(
                "People", (Entry("Vladimir Putin", "President", Question(command="who", words="Putin")), Entry("Xi"))
            ),
            Entry("A page", link="https://example.org/a"),
        ),
        (Next("Next ›", Question(command="quotes", page=1)), Next("Sources", Question(command="sources"))),
        confirm=Question(command="unload", words="1"),
    )


HOSTILE = [
    "<b>", "</blockquote>", "&amp;", "&#0;", "&lt", "<!--", "]]>", "<tg-spoiler>", "<a href='tg://user?id=1'>",
    "*_[]()", "$$", "{}", "%s", "`", '"', "@admin", "/start", "https://example.org/?a=<b>&c", "javascript:alert(1)",
    "👩\u200d👩\u200d👧", "🇺🇸", "é", "e\u0301" * 5, "שלום", "مرحبا", "漢字", "a" * 50, " ", "\t", "\n\n", "\r",
    "\r\n", "\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\0", "\x08", "\u2028", "\u202e", "\u2066", "\u200d", "\ufeff",
    "\u0333", "\ud800", "\udfff", "\U000e0001", "\u061c", "\u200f",
]  # fmt: skip


def hostile(most: int = 6) -> st.SearchStrategy[str]:
    """Text that an attacker, or the web, might put into an article or a question."""
    return st.lists(st.sampled_from(HOSTILE) | st.characters(), max_size=most).map("".join)


def _passages(most: int) -> st.SearchStrategy[Passage]:
    return hostile(most).filter(bool).map(passage)


def _articles() -> st.SearchStrategy[ArticleRow]:
    return st.builds(
        lambda headline, outlet, url: ArticleRow(1, 1, 1, True, headline, outlet, (), None, url, NOW),
        hostile(),
        st.none() | hostile(),
        st.none() | hostile() | hostile().map("https://example.org/".__add__),
    )


def _questions() -> st.SearchStrategy[Question]:
    return st.builds(
        Question,
        command=st.sampled_from(["quotes", "who", "context"]),
        words=hostile(),
        page=st.integers(0, 10**9),
        story=st.none() | st.integers(1, 2**62),
    )


def _quoted(most: int) -> st.SearchStrategy[Quoted]:
    return st.builds(
        lambda parts, rows, extra, spoken, indirect, speaker, attribution, reported_by, context, wrong, admin: Quoted(
            tuple(parts), tuple(Carrier(row, tuple(parts)) for row in rows), len(rows) + extra, spoken, indirect,
            speaker, attribution, reported_by, context, wrong, admin,
        ),
        st.lists(_passages(most), min_size=1, max_size=3), st.lists(_articles(), min_size=1, max_size=3),
        st.integers(0, 3),
        st.booleans(), st.booleans(), st.none() | hostile(), st.none() | _passages(9), st.none() | _passages(5),
        st.none() | _questions(), st.none() | _questions(), st.booleans(),
    )  # fmt: skip


def _wordings(most: int) -> st.SearchStrategy[Wording]:
    edges = st.lists(st.integers(0, 200), max_size=6).map(sorted)
    marks = edges.map(lambda at: tuple(Span(*pair) for pair in zip(at[::2], at[1::2], strict=False)))
    return st.builds(Wording, hostile(), hostile(most), marks, st.none(), st.none() | _articles())


def blocks(most: int = 12) -> st.SearchStrategy[Block]:
    """Any block, with passages of up to ``most`` pieces."""
    leaf: st.SearchStrategy[Block] = (
        st.builds(Note, hostile())
        | _quoted(most)
        | st.builds(Entry, hostile(), hostile(), st.none() | _questions(), st.none() | hostile())
        | st.builds(Change, hostile(), _wordings(most), _wordings(most))
    )
    return st.recursive(
        leaf, lambda inner: st.builds(Group, hostile(), st.lists(inner, max_size=3).map(tuple)), max_leaves=4
    )


def answers(most: int = 12) -> st.SearchStrategy[Answer]:
    """Any answer."""
    following = st.lists(st.builds(Next, hostile(), _questions()), max_size=3).map(tuple)
    return st.builds(
        Answer, hostile(), st.lists(blocks(most), max_size=4).map(tuple), following, st.none() | _questions()
    )


def judged(answer: Answer) -> list[Parsed]:
    """The messages as readers would see them, each within the limits."""
    messages = [parse(part.html, "HTML") for part in parts(answer)]
    for message in messages:
        assert message.text.strip()
        assert message.units <= MESSAGE_UNITS
        assert len(message.entities) <= MESSAGE_ENTITIES
    return messages
