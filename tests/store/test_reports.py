"""Reports of readers are kept once each, told of once a passage, limited, and closed by a decision."""

from __future__ import annotations

import pytest

from analysis.model import SpeakerKind
from store import Store, reports
from store.model import Reported, StoredQuotation, Verdict
from tests.store.samples import BODY, MAYOR, article, reading


@pytest.fixture
def said(store: Store) -> list[StoredQuotation]:
    """The three quotations of an article, and those of another one that prints the same."""
    for of in (article(), article("Boats are back", BODY.replace("Monday", "Sunday"))):
        store.add(of, reading(of))
    return store.quotations(store.stories()[0].id)


def test_a_reader_reports_a_passage_once(store: Store, said: list[StoredQuotation]) -> None:
    """The first report of a passage is to be told to admins; another reader's counts; the same reader's does not."""
    became = [store.report(said[0], reader) for reader in ("8", "8", "9")]
    assert became == [Reported.FIRST, Reported.ALREADY, Reported.KEPT]
    (found,) = store.reports()
    assert (found.readers, found.shown, found.passage) == (2, MAYOR, said[0].parts[0])


def test_the_most_reported_comes_first(store: Store, said: list[StoredQuotation]) -> None:
    """Admins see first what most readers call wrong."""
    for quotation, reader in ((said[0], "8"), (said[1], "8"), (said[1], "9")):
        store.report(quotation, reader)
    assert [each.passage for each in store.reports()] == [said[1].parts[0], said[0].parts[0]]


def test_a_decision_closes_the_reports_of_the_same_saying(store: Store, said: list[StoredQuotation]) -> None:
    """Reports of the same words in other articles are answered, too; a reader's later one is not told again."""
    same = [each for each in said if each.words == "today the boats are back"]
    other = next(each for each in said if each.words == "it is too dear")
    for quotation in (*same, other):
        store.report(quotation, "8")
    store.correct(same[0], Verdict.SPEAKER, "Ben Okoro", SpeakerKind.PERSON, set_by="7")
    assert [each.passage for each in store.reports()] == [other.parts[0]]
    assert store.report(same[0], "8") is Reported.ALREADY
    store.close_reports(other.parts[0])
    assert store.reports() == []


def test_limits(store: Store, said: list[StoredQuotation], monkeypatch: pytest.MonkeyPatch) -> None:
    """One reader cannot fill the list, and many together cannot flood the admins with messages."""
    monkeypatch.setattr(reports, "MOST_A_DAY", 2)
    assert [store.report(each, "8") for each in said[:3]] == [Reported.FIRST, Reported.FIRST, Reported.TOO_MANY]
    monkeypatch.setattr(reports, "MOST_TOLD", 2)
    assert store.report(said[3], "9") is Reported.KEPT
    assert len(store.reports()) == 3
