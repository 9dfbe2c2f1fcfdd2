"""Pictures are drawn for real, in their own process, and hold the words that the answer holds."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageFont

from bot import pictures
from bot.pictures import card, chart, fonts
from handlers.answer import Bar, Card, Chart
from tests.bot.made import quoted

CARD = {"kind": "card", "words": "“x”", "speaker": "Ann", "remarks": "", "printed": "Post", "counted": "1 of 1"}


def opened(drawn: bytes) -> Image.Image:
    """The picture, if it is one."""
    image = Image.open(BytesIO(drawn))
    image.load()
    return image


async def test_a_card_from_its_process() -> None:
    """A passage becomes a PNG that phones show whole."""
    image = opened(await pictures.draw(Card(quoted("“It is long,”", speaker="Ann Lee"))))
    assert image.format == "PNG"
    assert image.width == card.WIDTH
    assert card.LEAST_HEIGHT <= image.height <= 2 * card.WIDTH


async def test_a_chart_from_its_process() -> None:
    """Names that would steer the drawing, as $ and _ do, are only names."""
    drawn = await pictures.draw(Chart("A $x$ story", "quotations", ("_Post", "$$"), (Bar("$\\frac{1}", (1, 2)),)))
    assert opened(drawn).format == "PNG"


async def test_signs_that_no_font_has() -> None:
    """A picture with empty boxes in it is not drawn."""
    with pytest.raises(pictures.NotDrawn, match="no font"):
        await pictures.draw(Card(quoted("“漢字 are not covered”")))


async def test_a_drawing_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time the process is ended, and the next picture is drawn."""
    with monkeypatch.context() as short:
        short.setattr(pictures, "SECONDS", 0.001)
        with pytest.raises(pictures.NotDrawn, match="too long"):
            await pictures.draw(Card(quoted("x")))
    assert opened(await pictures.draw(Card(quoted("x"))))


@pytest.mark.parametrize("text", ["Ärger, Łódź, naïve", "Ελλάδα", "Москва, Київ", "Հայաստան", "საქართველო", "“…” – —"])
def test_scripts(text: str) -> None:
    """Latin, Greek, Cyrillic, Armenian and Georgian are covered by the first font."""
    assert fonts.font(text, fonts.SERIF, 20).getname()[0] == "DejaVu Serif"


def test_a_script_of_another_font() -> None:
    """Arabic is not in the serif font but in the other one."""
    assert fonts.font("السلام", fonts.SERIF, 20).getname()[0] == "DejaVu Sans"


@pytest.mark.parametrize("words", ["one " * 170, "x" * 700, "W" * 30 + " iii", "a", "\u200b"])
def test_lines_stay_inside(words: str) -> None:
    """No line is wider than the card, and no character is lost."""
    font = ImageFont.truetype(fonts.path(fonts.SERIF), 42)
    lines = card.wrapped(words, font)
    assert all(font.getlength(line) <= card.WIDTH - 2 * card.MARGIN for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_longer_words_are_smaller_and_the_card_grows() -> None:
    """Every length up to the longest that is drawn has a size."""
    heights = [opened(card.draw(CARD | {"words": "word " * number})).height for number in (1, 40, 80, 140)]
    assert all(one <= other for one, other in pairwise(heights))


def test_hardly_any_bars() -> None:
    """One bar with nothing in it can be drawn."""
    spec = {"kind": "chart", "title": "", "unit": "", "parts": ["Post"], "bars": [["", [0]]]}
    assert opened(chart.draw(spec)).width == 1080
