"""What is to be drawn, as plain data that goes to the drawing process: only words that are also in the answer."""

from __future__ import annotations

from typing import Any

from bot import wording
from handlers.answer import Card, Chart, Quoted

BETWEEN_PARTS = " […] "
"""Stands where the reporting clause stood that splits a quotation."""


LONGEST_SOURCE = 120
"""Most code points of an outlet's name, or of the headline where no outlet is stated."""


def spec_of(picture: Card | Chart) -> dict[str, Any]:
    """A dictionary for JSON; its "kind" is "card" or "chart"."""
    return _card(picture.quoted) if isinstance(picture, Card) else _chart(picture)


def _card(quoted: Quoted) -> dict[str, Any]:
    article = quoted.carriers[0].article
    published = article.published
    day = f"{published.day} {published:%B %Y}" if published else ""
    return {
        "kind": "card",
        "words": BETWEEN_PARTS.join(wording.one_line(part.text) for part in quoted.parts),
        "speaker": wording.said_by(quoted),
        "remarks": ", ".join(" ".join(filter(None, remark)) for remark in wording.remarks(quoted)),
        "printed": ", ".join(filter(None, [wording.one_line(article.name, LONGEST_SOURCE), day])),
        "counted": f"Word for word in {wording.counted(quoted)}",
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "kind": "chart",
        "title": wording.one_line(chart.title),
        "unit": chart.unit,
        "parts": [wording.one_line(part, wording.NAME_LENGTH) for part in chart.parts],
        "bars": [[wording.one_line(bar.label, wording.NAME_LENGTH), list(bar.counts)] for bar in chart.bars],
    }
