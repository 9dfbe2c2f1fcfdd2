"""/chart counts who is quoted, by outlet."""

from __future__ import annotations

from handlers.answer import Chart, Entry
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, ours, put


def chart_of(picture: object) -> Chart:
    """The chart of an answer."""
    assert isinstance(picture, Chart)
    return picture


def test_the_founding_articles(ask_seeds: Ask) -> None:
    """Each bar stands for one speaker, is made of both articles, and is told in words with the same numbers."""
    answer = ask_seeds("chart")
    chart = chart_of(answer.picture)
    assert len(chart.parts) == 2
    totals = {bar.label: sum(bar.counts) for bar in chart.bars}
    assert totals["Robert Kelly"] == 4
    told = {each.label: each.detail for each in answer.blocks if isinstance(each, Entry)}
    assert told.keys() == totals.keys()
    assert all(told[label].startswith(f"{total}: ") for label, total in totals.items())
    named = [sum(bar.counts) for bar in chart.bars if bar.label != "Unattributed"]
    assert named == sorted(named, reverse=True)


def test_a_line_leads_to_its_speaker(ask_seeds: Ask) -> None:
    """The entry of a person asks who that is; a phrase such as "experts" leads nowhere."""
    entries = {each.label: each for each in ask_seeds("chart").blocks if isinstance(each, Entry)}
    question = entries["Robert Kelly"].question
    assert question is not None
    assert (question.command, question.words) == ("who", "Robert Kelly")
    assert entries["experts"].question is None


def test_copies_and_both_speakers(ask: Ask, store: Store) -> None:
    """One article that prints a saying twice counts it once, each outlet counts its own, the nameless come last."""
    ruiz, nobody = Said(("“It holds well enough,”",), "Ana Ruiz"), Said(("“Go home now, all of you.”",))
    put(store, "“It holds well enough,” she said. “Go home now, all of you.”", said=[ruiz, nobody], outlet="Post")
    put(store, "“It holds well enough,” she said.", said=[ruiz], outlet="Radio")
    chart = chart_of(ask("chart").picture)
    assert chart.parts == ("Post", "Radio")
    assert [(bar.label, bar.counts) for bar in chart.bars] == [("Ana Ruiz", (1, 1)), ("Unattributed", (1, 0))]


def test_many_speakers_and_outlets(ask: Ask, store: Store) -> None:
    """Only the most quoted and the most printing ones are drawn; the rest is counted in words, or as one."""
    names = [f"Ana Ruiz{letter}" for letter in "abcdefghijklm"]
    said = [Said((f"“{name} says it in her own long way.”",), name, role=True) for name in names]
    for outlet in "ABCDEFGH":
        put(store, " ".join(each.parts[0] for each in said), f"By {outlet}.", said=said, outlet=f"Outlet {outlet}")
    answer = ask("chart")
    chart = chart_of(answer.picture)
    assert len(chart.bars) == 10
    assert chart.parts[-1] == "Others"
    assert {sum(bar.counts) for bar in chart.bars} == {8}
    assert "3 more speakers with 24 quotations" in ours(answer)


def test_a_story_without_quotations(ask: Ask, store: Store) -> None:
    """Nothing is drawn where nobody is quoted."""
    put(store, "The piers were measured.")
    answer = ask("chart")
    assert answer.picture is None
    assert "No quotation was found." in ours(answer)
