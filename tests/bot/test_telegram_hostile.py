"""Ten thousand hostile texts as articles, names and links: Telegram's own parser says what readers see."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import telegram_cuts, telegram_html
from bot.buttons import Step, View
from bot.settings import SEEDS
from bot.telegram_keyboard import Below, keyboard
from handlers.answer import Answer, Carrier, Entry, Group, Next, Note, Quoted
from handlers.question import Question
from store import Store
from tests.bot.made import HOSTILE, article, passage
from tests.telegram_server.judge import Parsed, cleaned, parse, units_of
from tests.telegram_server.schema import check_request
from tests.telegram_server.texts import markup_of

COUNT = 10_000
OURS = {"bold", "italic", "blockquote", "expandable_blockquote", "text_link"}

TAGS = [
    *("<b>", "</b>", "<b", "</b", "<>", "</>", "< b>", "<B>", "<b/>", "<!-- ", " -->", "<![CDATA[", "]]>", "<?xml ?>"),
    *("<a href=\"https://evil.example/\">", "<a href='tg://user?id=1'>"),
    *("<a\nhref=x>", "</a>", "<img src=x onerror=1>"),
    *("<script>", "</script>", "<blockquote expandable>", "</blockquote>", "<pre><code class='language-x'>", "</code>"),
    *("<tg-spoiler>", "<span class=\"tg-spoiler\">", "<tg-emoji emoji-id=\"5368324170671202286\">", "</tg-emoji>"),
    *("<tg-time unix=\"0\">", "<u", "<s>", "<ins>", "<del>", "<em>", "<strong>", "<", ">", "\"", "'", "=", "/", "\\"),
]  # fmt: skip
ENTITIES = [
    *("&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&nbsp;", "&lt", "&amp;lt;", "&#60;", "&#x3c;", "&#0;", "&#55296;"),
    *("&#x110000;", "&#99999999999999999999;", "&;", "&", "&&", "&#;", "&#x;", "&lt;b&gt;", "&amp;amp;", "&copy;"),
]  # fmt: skip
SIGNS = [
    *("👩\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "🇺🇸", "🇺", "👍🏽"),
    *("1\ufe0f\u20e3", "\U0001f469", "e\u0301", "a" + "\u0300" * 40),
    *("Å", "A\u030a", "漢字", "ไทย", "שלום", "مرحبا بالعالم", "नमस्ते", "ﷺ", "ſ", "İ", "ß", "\U0001d573", "𒐫"),
]  # fmt: skip
STEERING = [
    *("\0", "\1", "\t", "\b", "\x0b", "\x0c", "\r", "\r\n"),
    *("\n\n\n", "\x1b[2J", "\x7f", "\x85", "\x9b", "\xa0", "\xad"),
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f\u200e\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066"),
    *("\u2069", "\u061c", "\u180e", "\u3164", "\ufeff", "\ufff9"),
    *("\ufffe", "\ufffd", "\ud800", "\udfff", "\udc00\ud800"),
    *("\U000e0001", "\U000e0020", "\U000fffff", "\U0010ffff", "\u0333", "\u033f", "\u030a", "\u2800"),
]  # fmt: skip
PLACES = [
    *("@admin", "@news_test_bot", "/start", "/load@news_test_bot x", "#tag", "$TSLA", "a@b.org", "+1 202 555 0143"),
    *("https://example.org/?a=<b>&c=\"d\"", "tg://user?id=1"),
    *("javascript:alert(1)", "t.me/x", "example.org", "{}", "%s"),
    *("*bold*", "_it_", "`code`", "[x](https://evil.example)", "||spoiler||", "\\u003cb\\u003e", "%3Cb%3E", "${x}"),
]  # fmt: skip
LINKS = [
    None,
    "https://example.org/",
    "https://example.org/?q=",
    "http://example.org:80/#",
    "https://user@example.org/",
    "",
]


def hostile(count: int = COUNT) -> Iterator[str]:
    """The same texts each time: pieces, pieces inside real sentences, any characters at all, and now and then much."""
    chance = random.Random(20190426)
    pieces = [*TAGS, *ENTITIES, *SIGNS, *STEERING, *PLACES, *HOSTILE]
    words = " ".join(file.read_text("utf-8") for file in sorted(SEEDS.glob("*.txt"))).split()
    for number in range(count):
        some = chance.choices(pieces, k=chance.randint(1, 8))
        if number % 101 == 100:
            yield "".join(some) * chance.randint(50, 1000)
        elif number % 4 == 0:
            yield "".join(some)
        elif number % 4 == 1:
            start = chance.randrange(len(words))
            mixed = [*words[start : start + chance.randint(3, 30)], *some]
            chance.shuffle(mixed)
            yield " ".join(mixed)
        elif number % 4 == 2:
            most = chance.choice([0x7F, 0xFF, 0x2FFF, 0xFFFF, 0x10FFFF])
            yield "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(1, 60)))
        else:
            yield "".join(chance.choices(chance.choice([TAGS, ENTITIES, SIGNS, STEERING]), k=chance.randint(1, 20)))


def answer(text: str, link: str | None) -> Answer:
    """One that shows a text in all places where text of articles and of people stands."""
    row = replace(article(1, headline=text), outlet=text or None, url=link)
    printed = (passage(text or "x"),)
    quoted = Quoted(printed, (Carrier(row, printed),), 1, speaker=text, attribution=printed[0], indirect=True)
    again = Question(command="who", words=text)
    return Answer(text, (Note(text), Group(text, (Entry(text, text, again, link), quoted))))


def letters(text: str) -> str:
    """What must arrive whatever else is done to a text."""
    return "".join(character for character in unicodedata.normalize("NFD", text) if character.isalnum())


def judged(parts: list[telegram_html.Part]) -> list[Parsed]:
    """The messages as readers would see them, each taken and within the limits before and after cleaning."""
    shown = []
    for part in parts:
        read = parse(part.html, "HTML")
        kept = cleaned(read)
        assert 1 <= kept.units <= read.units <= telegram_cuts.MESSAGE_UNITS
        assert len(read.entities) <= telegram_cuts.MESSAGE_ENTITIES
        assert {each["type"] for each in read.entities} <= OURS
        assert 1 <= units_of(part.plain) <= telegram_cuts.MESSAGE_UNITS
        shown.append(kept)
    return shown


@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_hostile_texts(part: int) -> None:
    """Each is taken by Telegram, shows every letter of its passage, and formats or links nothing of its own."""
    for number, text in enumerate(hostile()):
        if number % 4 == part:
            check(text, LINKS[number // 4 % len(LINKS)])


def check(text: str, begun: str | None) -> None:
    """One text, which the link that was begun goes on with."""
    link = None if begun is None else begun + text[:50]
    made = answer(text, link)
    parts = telegram_html.parts(made)
    shown = judged(parts)
    quotations = letters("".join(cut for each in shown for cut in each.cut("expandable_blockquote")))
    assert quotations == letters(text or "x"), repr(text)
    linked = [each["url"] for one in shown for each in one.entities if each["type"] == "text_link"]
    assert all(url.startswith(("http://", "https://")) for url in linked), repr(text)
    if begun:
        assert all("example.org" in url.partition("//")[2].partition("/")[0] for url in linked), repr(text)
    if link is None:
        assert linked == []
        assert [each.text for each in shown] == [cleaned(parse(part.plain, None)).text for part in parts], repr(text)


@pytest.mark.parametrize(("text", "arrives"), [("A\u030angstro\u0308m", "Ångstro\u0308m"), ("x\u0333y\u033fz", "xyz")])
def test_marks_that_telegram_drops(text: str, arrives: str) -> None:
    """A ring above a letter, which Telegram takes away where it stands alone, stays with its letter."""
    (shown,) = judged(telegram_html.parts(Answer("x", (Note(text),))))
    assert shown.text == f"x\n\n{arrives}"


def test_buttons_of_hostile_questions(tmp_path: Path) -> None:
    """No text, however hostile, becomes a button that Telegram refuses: an empty label, too much data, a bad link."""
    with Store.open(tmp_path / "bot.db") as store:
        for text in hostile(300):
            made = replace(answer(text, None), next=(Next(text, Question(command="quotes", words=text)),))
            view = View(Step(Question(command="quotes", chat="telegram:1", asker="1")))
            for part in telegram_html.parts(made):
                found = keyboard(Below(made, view, part), store)
                if found is not None:
                    sent = {"chat_id": 1, "text": "x", "reply_markup": found.to_dict()}
                    assert markup_of(sent) == {"reply_markup": found.to_dict()}
                    check_request("sendMessage", sent)
