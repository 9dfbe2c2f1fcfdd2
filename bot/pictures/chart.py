"""Bars as a picture: who is quoted how often, each bar made of what the outlets print."""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.pictures import fonts
from bot.pictures.card import GREY, INK, PAPER
from bot.wording import one_line

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#999999")
"""Told apart by those who see few colours too: Okabe and Ito, 2008."""

WIDTH_INCHES, ROW_INCHES, FRAME_INCHES, PAD_INCHES, DOTS = 10.8, 0.46, 2.4, 0.15, 100
LONGEST_LABEL, LONGEST_TITLE = 34, 76


def draw(spec: dict[str, Any]) -> bytes:
    """The chart as PNG. Raises UnknownCharacters."""
    texts = [spec["title"], *spec["parts"], *(label for label, _ in spec["bars"])]
    if not all(fonts.covers(fonts.SANS, text) for text in texts):
        raise fonts.UnknownCharacters
    bars = list(reversed(spec["bars"]))  # the first one stands on top
    figure = Figure(figsize=(WIDTH_INCHES, FRAME_INCHES + ROW_INCHES * len(bars)), dpi=DOTS, facecolor=PAPER)
    figure.set_layout_engine("constrained", w_pad=PAD_INCHES, h_pad=PAD_INCHES)
    _fill(figure, spec, bars)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()


def _fill(figure: Figure, spec: dict[str, Any], bars: list[tuple[str, list[int]]]) -> None:
    axes = figure.add_subplot(facecolor=PAPER)
    labels = [_plain(one_line(label, LONGEST_LABEL)) for label, _ in bars]
    places = range(len(bars))
    ends = [list(accumulate(counts)) for _, counts in bars]
    for at, part in enumerate(spec["parts"]):
        widths = [counts[at] for _, counts in bars]
        starts = [end[at] - width for end, width in zip(ends, widths, strict=True)]
        axes.barh(places, widths, left=starts, label=_plain(part), color=COLOURS[at % len(COLOURS)], height=0.7)
    for place, end in zip(places, ends, strict=True):
        axes.annotate(f"{end[-1]}", (end[-1], place), (5, 0), textcoords="offset points", va="center", color=INK)
    axes.set_yticks(places, labels, fontsize=12)
    axes.set_xlabel(spec["unit"], color=GREY)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.06)
    figure.suptitle(f"Who is quoted — {_plain(one_line(spec['title'], LONGEST_TITLE))}", fontsize=13, color=INK)
    figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=11)


def _plain(text: str) -> str:
    """The text with nothing in it that Matplotlib takes for mathematics, or for a series without a label."""
    return text.replace("$", r"\$").replace("_", "\N{FULLWIDTH LOW LINE}", int(text.startswith("_")))
