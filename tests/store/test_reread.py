"""A new reading takes the place of the one before, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.model import Quotation, QuoteKind, Reading, Span
from store import Store
from tests.store.samples import BODY, MAYOR, article, raw, reading

LINK = "https://h.example/1"


def test_everything_that_was_read_is_replaced(store: Store) -> None:
    """Quotations, people, cast, sentences and search are those of the new reading; article and story stay."""
    of = article(url=LINK, outlet="Tide", subheadings=("Fares",), authors=("Cy Dorn",))
    added = store.add(of, reading(of))
    story = store.stories()[0]
    new = replace(reading(of, ("Ben Okoro",)), sentences=(Span(0, 12),))
    assert store.reread(added.version_id, new)
    assert store.verify() == []
    assert {each.speaker for each in store.quotations(story.id)} == {"Ben Okoro"}
    assert [member.name for member in store.cast(story.id)] == ["Ben Okoro"]
    assert [each.text for each in store.sentences(added.version_id)] == ["Ferry line r"]
    assert store.search("ribbon") == []
    assert store.stories() == [story]
    assert store.loaded(added.version_id) == of


def test_the_same_reading_changes_nothing(store: Store) -> None:
    """Reading again with the same analysis gives the same answers, and people keep their ids."""
    of = article()
    added = store.add(of, reading(of))
    story = store.stories()[0].id
    before = (store.quotations(story), store.cast(story), store.sentences(added.version_id), store.stats())
    assert store.reread(added.version_id, reading(of))
    after = (store.quotations(story), store.cast(story), store.sentences(added.version_id), store.stats())
    assert {**before[3], "bytes": 0} == {**after[3], "bytes": 0}
    assert before[:3] == after[:3]
    assert store.verify() == []


def test_a_reading_of_another_text_is_refused(store: Store) -> None:
    """Before anything is written, and what was there stays."""
    of = article()
    added = store.add(of, reading(of))
    with pytest.raises(ValueError, match="outside the text"):
        store.reread(added.version_id, Reading(quotations=(Quotation(Span(0, 99_999), QuoteKind.DIRECT, 0),)))
    assert [each.speaker for each in store.quotations(store.stories()[0].id)] == [MAYOR] * 3
    assert store.verify() == []


def test_only_newest_versions(store: Store) -> None:
    """An older version stays as it was read; so does one that is not there."""
    of = article(url=LINK)
    first = store.add(of, reading(of))
    later = article(url=LINK, body=BODY.replace("dear", "cheap"))
    store.add(later, reading(later))
    assert not store.reread(first.version_id, reading(of))
    assert not store.reread(99, reading(of))
    assert [row.version_id for row in store.newest()] == [2]
    assert store.verify() == []


def test_a_reading_of_an_older_analysis_is_brought_up_to_date(store: Store, path: Path) -> None:
    """After an upgrade, reading again renews the words that are compared, and verify compares them again."""
    of = article()
    added = store.add(of, reading(of))
    quotation = store.quotations(store.stories()[0].id)[1]
    store.report(quotation, "8")
    with raw(path) as db:
        db.execute("UPDATE versions SET reading_version = 0, words_hash = 'old'")
        db.execute("UPDATE quotations SET words = 'old ' || words")
    assert store.reread(added.version_id, reading(of))
    assert store.verify() == []
    with raw(path) as db:
        assert db.execute("SELECT reading_version > 0, words_hash <> 'old' FROM versions").fetchone() == (1, 1)
