"""Articles of the same events come together, and others stay apart."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stories import Counts, Fingerprint, choose_story, fingerprint, likeness, most_central, rare_terms

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
COUNCIL = """The city council of Millbrook voted seven to two on Tuesday to close the old iron bridge over the Wend.
Mayor Anna Lee said that rust had eaten through two of its main beams. The council will spend 4 million pounds on a
new crossing, engineers told the meeting, and buses will go round by the northern road until it opens. Residents of
the eastern bank complained that the closure would add half an hour to each trip to school."""
AGAIN = """Millbrook is to lose its iron bridge. Councillors decided by seven votes to two to shut the crossing over
the Wend after engineers found rust in its main beams, Mayor Anna Lee said. People on the eastern bank fear that their
children will need half an hour more to reach school while buses take the northern road."""
OTHER_TOWN = """The city council of Ashford voted five to four on Tuesday to build a swimming pool beside the railway
station. Mayor Tom Grey said that the pool would open in two years and cost 9 million pounds. Opponents told the
meeting that the money was needed for teachers, and handed in a list of 3,000 names against the plan."""


def counts(*prints: Fingerprint) -> Counts:
    """The counts of a store that holds just these articles."""
    found: Counter[str] = Counter()
    for one in prints:
        found.update(one.terms.keys())
    return Counts(len(prints), found)


def test_the_founding_texts_are_one_story() -> None:
    """Two copies of one syndicated story belong together, even as the only two articles."""
    first, second = (fingerprint("", path.read_text("utf-8")) for path in SEEDS)
    assert choose_story(second, {7: [first]}, counts(first, second)) == 7


def test_same_events_in_other_words() -> None:
    """Another outlet's own report of the same vote joins its story; another town's vote opens a new one."""
    one, two, three = (
        fingerprint("Bridge to close", COUNCIL),
        fingerprint("", AGAIN),
        fingerprint("New pool", OTHER_TOWN),
    )
    known = {"bridge": [one], "pool": [three]}
    assert choose_story(two, known, counts(one, two, three)) == "bridge"
    assert choose_story(three, {"bridge": [one, two]}, counts(one, two, three)) is None


def test_days_apart() -> None:
    """The same words a year later are another story; a day that is not stated excludes nothing."""
    then = fingerprint("Bridge to close", COUNCIL, date(2020, 5, 5))
    soon, late = (fingerprint("", AGAIN, day) for day in (date(2020, 5, 8), date(2021, 5, 5)))
    unknown = fingerprint("", AGAIN)
    assert choose_story(soon, {1: [then]}, counts(then, soon)) == 1
    assert choose_story(late, {1: [then]}, counts(then, late)) is None
    assert choose_story(unknown, {1: [then]}, counts(then, unknown)) == 1
    assert choose_story(late, {1: [then, unknown]}, counts(then, unknown, late)) == 1


@pytest.mark.parametrize("text", ["", "…", "The of and.", "No comments", "\x00", "12 34"])
def test_texts_that_tell_nothing(text: str) -> None:
    """An empty page, or one of chrome alone, joins no story, not even its own kind."""
    empty = fingerprint(text, text)
    assert choose_story(empty, {1: [empty], 2: [], 3: [fingerprint("", COUNCIL)]}, counts(empty, empty)) is None


def test_names_and_lead_count_more() -> None:
    """What opens an article, and who is in it, tells more of its story than a passing word."""
    told = fingerprint("Bridge closes", COUNCIL + " Nobody spoke. " * 40 + "Geese flew over the town.")
    assert told.terms["lee"] > told.terms["rust"]
    assert "the" not in told.terms
    assert "gees" in told.terms
    assert "gees" not in told.lead
    assert "bridg" in told.lead


def test_most_central_article() -> None:
    """A story's title is that of the article nearest to all others."""
    one, two, three = fingerprint("", COUNCIL), fingerprint("", AGAIN), fingerprint("", OTHER_TOWN)
    assert most_central([three, two, one], counts(one, two, three)) in (1, 2)
    assert most_central([one], counts(one)) == 0
    assert most_central([], Counts()) == 0


def test_rare_terms_lead_to_the_story() -> None:
    """What is looked up to find candidate stories is what few articles share."""
    one, two, three = fingerprint("", COUNCIL), fingerprint("", AGAIN), fingerprint("", OTHER_TOWN)
    rare = rare_terms(two, counts(one, two, three))
    assert len(rare) == 12
    assert "millbrook" in rare
    assert "say" not in rare


def test_fingerprint_survives_the_store() -> None:
    """A fingerprint read back finds the same story; anything else is refused."""
    one = fingerprint("Brücke – “closed”", COUNCIL, date(2020, 2, 29))
    back = Fingerprint.load(one.dump())
    assert (back.day, back.lead.keys()) == (one.day, one.lead.keys())
    assert likeness(one, back, counts(one)) == pytest.approx(1)
    for text in ("", "[]", "{}", "[null]", '["x",{}]', "[null,5]", "[null,{}]"):
        with pytest.raises(ValueError, match="not a fingerprint"):
            Fingerprint.load(text)


@given(st.text(), st.text(), st.text())
def test_any_text(headline: str, body: str, other: str) -> None:
    """Of any text there is a fingerprint; likeness is even-handed and between 0 and 1."""
    one, two = fingerprint(headline, body), fingerprint("", other)
    known = counts(one, two)
    assert -1e-9 <= likeness(one, two, known) <= 1 + 1e-9
    assert likeness(one, two, known) == pytest.approx(likeness(two, one, known))
    choose_story(one, {1: [two], 2: [one, two]}, known)
