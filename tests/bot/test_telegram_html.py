"""Answers as Telegram messages, with Telegram's own library as the judge of what they say and how long they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from analysis.model import Span
from bot.choices import choices
from bot.telegram_html import parts
from bot.wording import safe
from handlers.answer import Answer, Block, Carrier, Change, Entry, Group, Note, Quoted, Wording
from handlers.question import Question
from tests.bot.made import LONG, SAID, answers, article, judged, passage, quoted, whole


def test_everything_is_shown() -> None:
    """Heading, passages as quotations, speaker, attribution, carriers, entries and links: all of it."""
    (message,) = judged(whole())
    assert message.cut("expandable_blockquote") == [LONG, SAID]
    assert message.cut("bold") == ["Quotes — When Putin met Kim", "Robert Kelly", "People"]
    assert message.cut("italic") == ["according to Robert Kelly, a professor of international relations"]
    assert "2 of 2 articles: Reuters; Reuters" in message.text
    assert "• Vladimir Putin — President\n• Xi" in message.text
    links = [each["url"] for each in message.entities if each["type"] == "text_link"]
    assert links == ["https://example.org/1?a=1&b=2", "https://example.org/2?a=1&b=2", "https://example.org/a"]


def test_passages_are_numbered_when_several_have_a_context() -> None:
    """The buttons name the passage they belong to."""
    (message,) = judged(Answer("x", (quoted("One."), quoted("Two.", context=False), quoted("Three."))))
    assert "\n1. Robert Kelly" in message.text
    assert "\n2. Robert Kelly" in message.text
    assert "1. " not in judged(Answer("x", (quoted("One."),)))[0].text


def test_choices_stay_with_their_blocks() -> None:
    """Each part of a long answer knows which of the answer's choices stand in it, and reads well without a format."""
    ask = Question(command="who")
    blocks: tuple[Block, ...] = (
        *(quoted("word " * 300) for _ in range(4)),
        Entry("A person", question=ask),
        Entry("B"),
    )
    answer = Answer("x", (*blocks, Group("More", (Entry("C", question=ask, link="https://example.org/c"),))))
    found = parts(answer)
    assert [sorted(part.choices) for part in found] == [[1, 2], [3, 4, 5, 6]]
    assert [each.number for each in choices(answer)] == [1, 2, 3, 4, 5, 6]
    assert "C (https://example.org/c)" in found[1].plain
    assert "<" not in found[1].plain


def test_group_title_stays_with_its_first_block() -> None:
    """A title never ends a message."""
    filler = Note("x" * 3900)
    messages = judged(Answer("x", (filler, Group("Reuters", (quoted("Words " * 60),)))))
    assert ["\n\nReuters\n" in message.text for message in messages] == [False, True]


def test_many_carriers() -> None:
    """A passage that hundreds of outlets print names the first ones and says how many more there are."""
    carriers = tuple(Carrier(article(n, outlet=f"Outlet {n}"), ()) for n in range(300))
    (message,) = judged(Answer("x", (Quoted((passage(SAID),), carriers, 300),)))
    assert "300 of 300 articles: Outlet 0; " in message.text
    assert "and 294 more" in message.text


@pytest.mark.parametrize(
    "link", ["tg://user?id=1", "javascript:alert(1)", "https://", "http://[", "//x", "https://a\nb"]
)
def test_links_that_do_not_lead_to_the_web(link: str) -> None:
    """Such an address is never made into a link."""
    (message,) = judged(Answer("x", (Entry("label", link=link),)))
    assert [each["type"] for each in message.entities] == ["bold"]


def test_nothing_to_say() -> None:
    """Even an answer that is all white space is a message that Telegram takes."""
    assert [message.text for message in judged(Answer(" ", (Note("\n"),)))] == ["…"]


@given(answers())
@settings(max_examples=150, deadline=None)
def test_hostile_text(answer: Answer) -> None:
    """No article, name or question can break the format, and every passage arrives as printed."""
    shown = "".join(message.text for message in judged(answer))
    for block in answer.blocks:
        if isinstance(block, Quoted):
            assert all(safe(part.text).strip() in shown for part in block.parts)


def test_what_an_admin_set_is_marked() -> None:
    """Beside the speaker, in words of ours."""
    (message,) = judged(Answer("x", (replace(quoted(SAID), set_by_admin=True),)))
    assert "Robert Kelly, speaker set by an admin, as printed: according to" in message.text


def changed(before: str, after: str, *struck: str, bold: tuple[str, ...] = ()) -> Change:
    """Two wordings with the first place of each of some words marked."""

    def spans(text: str, words: tuple[str, ...]) -> tuple[Span, ...]:
        return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)

    printed = Wording("Printed", after, spans(after, bold), article=article(outlet="Reuters"))
    return Change("One word replaced", Wording("You asked", before, spans(before, struck)), printed)


def test_a_change() -> None:
    """Both wordings are quotations; what differs is struck through in the first and bold in the second."""
    change = changed("Kim is <not> happy & well", "Kim is happy & very well", "<not>", bold=("very",))
    (message,) = judged(Answer("x", (change,)))
    assert message.cut("expandable_blockquote") == ["Kim is <not> happy & well", "Kim is happy & very well"]
    assert message.cut("strikethrough") == ["<not>"]
    assert message.cut("bold") == ["x", "One word replaced", "very"]
    assert "Printed, Reuters" in message.text


def test_a_change_with_one_side() -> None:
    """What was only added has one wording."""
    (message,) = judged(Answer("x", (changed("", "New words.", bold=("New words.",)),)))
    assert message.cut("expandable_blockquote") == ["New words."]
    assert "You asked" not in message.text


def test_a_change_longer_than_a_message() -> None:
    """Marks stay on their words over the cut, and hundreds of them are shown as one."""
    text = " ".join(f"This is the sentence number {n}." for n in range(400))
    messages = judged(Answer("x", (changed(text, text, "number 3.", bold=("number 399",)),)))
    assert "".join(piece for message in messages for piece in message.cut("strikethrough")) == "number 3."
    assert [message.cut("bold") for message in messages][-1] == ["x", "number 399"]
    wide = Wording("Printed", text, tuple(Span(at, at + 1) for at in range(0, 4000, 2)))
    messages = judged(Answer("x", (Change("Much", wide, wide),)))
    assert "".join(piece for message in messages for piece in message.cut("strikethrough")).startswith(text[:1000])
