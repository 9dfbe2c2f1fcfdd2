"""The two founding texts must be read without a fault, raw and cleaned: who said what, as printed, and who is who."""

from __future__ import annotations

from collections import Counter

import pytest

import ingest
from analysis.model import BlockKind, Quotation, Span
from tests.gold.details import answers, called, group_faults, people_faults
from tests.gold.readings import SEED_FORMS, seed_reading
from tests.gold.scoring import faults
from tests.gold.seeds import GOLD, Seed, raw, seed

READ_LINES = {BlockKind.HEADLINE, BlockKind.BODY, BlockKind.SUBHEADING}
each_form = pytest.mark.parametrize(("name", "form"), SEED_FORMS)


def listed(wrong: list[str]) -> str:
    """All faults, one a line."""
    return "\n".join(["", *wrong])


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


@each_form
def test_who_said_what(name: str, form: str) -> None:
    """Every quotation, marked or not, has its speaker, and nothing else is quoted."""
    gold, reading = seed_reading(name, form)
    wrong = faults(gold.case, reading)
    assert not wrong, listed(wrong)


@each_form
def test_pompeo_says_nothing(name: str, form: str) -> None:
    """The man whose replacement was demanded is never quoted."""
    _, reading = seed_reading(name, form)
    assert not [q for q in reading.quotations if q.speaker and "Pompeo" in q.speaker.name]


def as_printed(gold: Seed, index: int, said: Quotation) -> list[str]:
    """What is wrong with the places of one answer's mention, cue, reporting phrase and reporter."""
    text, printed, quote = gold.case.text, gold.printed[index], gold.case.quotes[index]
    wrong: list[tuple[str, Span | None, Span | None]] = []
    if not quote.nobody and not (said.mention and said.mention.meets(printed.mention)):
        wrong.append(("mention", said.mention, printed.mention))
    if printed.cue and not (said.cue and said.cue.meets(printed.cue)):
        wrong.append(("cue", said.cue, printed.cue))
    phrase = said.attribution.cut(text).strip(" ,.") if said.attribution else None
    if printed.attribution and phrase != printed.attribution.cut(text):
        wrong.append(("attribution", said.attribution, printed.attribution))
    by = (said.reported_by, printed.reported_by)
    if any(by) and not (by[0] and by[1] and by[0].meets(by[1])):
        wrong.append(("reported by", said.reported_by, printed.reported_by))
    what = quote.span.cut(text)[:40]
    return [f"{key} {a and a.cut(text)!r}, not {b and b.cut(text)!r}: {what!r}" for key, a, b in wrong]


@each_form
def test_attributions_are_as_printed(name: str, form: str) -> None:
    """Mention, cue, the whole reporting phrase and the agency stand where the table says."""
    gold, reading = seed_reading(name, form)
    wrong = [fault for index, said in answers(gold.case, reading).items() for fault in as_printed(gold, index, said)]
    assert not wrong, listed(wrong)


@each_form
def test_kinds_and_parts(name: str, form: str) -> None:
    """Words in marks are direct or mixed, the rest indirect; split quotations keep together."""
    gold, reading = seed_reading(name, form)
    said = answers(gold.case, reading)
    wrong = group_faults(gold.case, said)
    for index, answer in said.items():
        kind = gold.case.quotes[index].kind
        if answer.kind != kind and index not in gold.headlines:
            wrong.append(f"{answer.kind}, not {kind}: {gold.case.quotes[index].span.cut(gold.case.text)[:40]!r}")
    assert not wrong, listed(wrong)


@each_form
def test_people(name: str, form: str) -> None:
    """Everybody has one entry with all names and roles, and photographers, places and drinks have none."""
    gold, reading = seed_reading(name, form)
    wrong = people_faults(gold.case, reading)
    assert not wrong, listed(wrong)


@each_form
def test_stand_ins_are_the_same_people(name: str, form: str) -> None:
    """Whoever is called a dictator or a ruler instead of his name is known to be the same man."""
    gold, reading = seed_reading(name, form)
    wrong = []
    for who, phrase in gold.stand_ins:
        entry = next(iter(called(who, reading.people)), None)
        spans = [*(m.span for m in entry.mentions), *entry.roles] if entry else []
        heads = [span for span in spans if phrase in span.cut(gold.case.text) or span.cut(gold.case.text) in phrase]
        if not any(" " in span.cut(gold.case.text) for span in heads):
            wrong.append(f"{phrase!r} is {who}, and the reading does not say so")
    assert not wrong, listed(wrong)


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
