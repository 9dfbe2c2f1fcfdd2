"""The two founding texts must be read without a fault, raw and cleaned: who said what, as printed, and who is who."""

from __future__ import annotations

from collections import Counter

import pytest

import ingest
from analysis.model import BlockKind, Span
from tests.gold.expected import judged
from tests.gold.readings import SEED_FORMS, seed_reading, torn
from tests.gold.seed_checks import CHECKS
from tests.gold.seeds import GOLD, raw, seed

READ_LINES = {BlockKind.HEADLINE, BlockKind.BODY, BlockKind.SUBHEADING}


@pytest.mark.parametrize("name", GOLD)
def test_offsets_of_the_gold_give_its_words(name: str) -> None:
    """The table itself is right: its offsets cut the words that it prints."""
    for entry in GOLD[name]["quotation"]:
        assert Span(*entry["span"]).cut(raw(name)) == entry["words"]


def test_the_gold_has_the_counts_that_are_asked_for() -> None:
    """Fourteen quotations in seventeen marked segments in the first text, eight in eleven in the second."""
    counts = {}
    for name in GOLD:
        marked = [entry for entry in GOLD[name]["quotation"] if entry["kind"] != "indirect"]
        counts[name] = (sum(not entry.get("part", False) for entry in marked), len(marked))
    assert counts == {"first": (14, 17), "second": (8, 11)}


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(("name", "form"), SEED_FORMS)
def test_the_founding_texts_are_read_right(name: str, form: str, check: str) -> None:
    """Each check of ``seed_checks`` finds nothing wrong, on the raw file and on the article that it becomes."""
    judged(f"{name}-{form}:{check}", CHECKS[check](*seed_reading(name, form)))


@pytest.mark.parametrize(("name", "form"), SEED_FORMS)
def test_words_are_whole(name: str, form: str) -> None:
    """No role, name or speaker begins or ends within a word."""
    gold, reading = seed_reading(name, form)
    assert torn(gold.case.text, reading) == []


@pytest.mark.parametrize("name", GOLD)
def test_chrome_captions_and_credits_are_set_aside(name: str) -> None:
    """Lines that no reporter wrote are never read as body text."""
    gold, reading = seed_reading(name, "raw")
    for span in gold.aside:
        kinds = {block.kind for block in reading.blocks if block.span.meets(span)}
        assert not kinds & READ_LINES, (span.cut(gold.case.text), kinds)


@pytest.mark.parametrize("name", GOLD)
def test_the_cleaned_article_has_nothing_but_the_story(name: str) -> None:
    """Cleaning keeps every paragraph, each caption once, and nothing of the site."""
    gold = seed(name)
    article = ingest.clean_text(gold.case.text, source=name)
    for chrome in ("No comments", "Poster Speaks", "Text size", "Nikolsky", "toast. -"):
        assert chrome not in article.headline + article.body, chrome
    assert max(Counter(article.captions).values(), default=1) == 1
    assert not [caption for caption in article.captions if "Nikolsky" in caption]
    for quote in gold.case.quotes:
        assert quote.span.cut(gold.case.text) in article.headline + article.body
