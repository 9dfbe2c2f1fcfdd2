"""Verify finds whatever was changed in the file behind the store's back, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store import Store
from store.model import Difference
from store.records import document_of
from tests.store.samples import BODY, article, raw, reading, spans_of


@pytest.fixture
def filled(path: Path) -> Path:
    """A store with three articles, one of them in two versions, that was closed."""
    link = "https://h.example/1"
    texts = [
        article(url=link, outlet="Tide"),
        article(url=link, outlet="Tide", body=BODY.replace("dear", "cheap")),
        article("Boats are back", BODY.replace("Monday", "Sunday")),
        article("Volcano smokes", "It smokes. It smokes more.", captions=()),
    ]
    with Store.open(path) as store:
        for each in texts:
            store.add(each, reading(each))
        assert store.verify() == []
    return path


def differences(path: Path) -> list[Difference]:
    """What verify says now."""
    with Store.open(path) as store:
        return store.verify()


def test_a_sound_store_stays_sound(filled: Path) -> None:
    """Verify reports nothing that is not there, however often it runs."""
    assert differences(filled) == differences(filled) == []


CHANGES = {
    "a letter of an old version": (
        "UPDATE versions SET body = replace(body, 'dear', 'deaf') WHERE number = 1",
        "version 1",
    ),
    "a letter outside all sentences": (
        "UPDATE versions SET body = replace(body, char(10) || char(10), '  ')",
        "text hash",
    ),
    "a headline": ("UPDATE versions SET headline = 'Ferry line closes' WHERE id = 2", "version 2"),
    "a caption": ("UPDATE versions SET captions = captions || '!' WHERE id = 3", "version 3"),
    "a shifted sentence": (
        "UPDATE spans SET start = start + 1 WHERE what = 'sentence' AND version_id = 1 AND number = 2",
        "sentence 2",
    ),
    "a shifted part": (
        "UPDATE spans SET start = start + 1, stop = stop + 1 WHERE what = 'part' AND version_id = 1 AND owner = 1",
        "part 0 of quotation 1",
    ),
    "a shifted cue": ("UPDATE spans SET stop = stop + 1 WHERE what = 'cue' AND version_id = 3", "cue 0 of quotation"),
    "a shifted role": (
        "UPDATE spans SET start = 0, stop = 5 WHERE what = 'role' AND version_id = 1",
        "role 0 of person 0",
    ),
    "a mention elsewhere": (
        "UPDATE spans SET start = 0, stop = 6 WHERE what = 'person' AND version_id = 1 AND number = 1",
        "mention 1 of person 0",
    ),
    "a span outside the text": (
        "UPDATE spans SET stop = 99999 WHERE what = 'part' AND version_id = 2",
        "part 0 of quotation",
    ),
    "a span in another field": (
        "UPDATE spans SET field = 'caption', start = 0, stop = 9 WHERE what = 'part' AND version_id = 3 AND owner = 0",
        "part 0 of quotation 0",
    ),
    "a sentence that is gone": ("DELETE FROM spans WHERE what = 'sentence' AND version_id = 4", "version 4"),
    "a cue that is gone": ("DELETE FROM spans WHERE what = 'cue' AND version_id = 1", "version 1"),
    "a quotation that is gone": ("DELETE FROM quotations WHERE version_id = 1 AND number = 0", "version 1"),
    "another speaker": ("UPDATE quotations SET speaker = 'Ben Okoro' WHERE version_id = 1 AND number = 0", "version 1"),
    "a surer speaker": ("UPDATE quotations SET confidence = 1 WHERE version_id = 1 AND number = 0", "version 1"),
    "other words of a quotation": (
        "UPDATE quotations SET words = 'yes' WHERE version_id = 2 AND number = 1",
        "quotation 1",
    ),
    "nobody speaks": ("DELETE FROM speakers WHERE version_id = 3", "version 3"),
    "another name": ("UPDATE people SET name = 'Ben Okoro' WHERE version_id = 1", "version 1"),
    "a version that is gone": ("DELETE FROM versions WHERE number = 2", "article 1"),
    "no newest version": ("UPDATE versions SET newest = 0 WHERE id = 3", "article 2"),
    "a membership that is gone": ("DELETE FROM memberships WHERE article_id = 2", "article 2"),
    "a story without articles": ("INSERT INTO stories (title, first, last) VALUES ('x', '', '')", "story"),
    "an article of no version": ("INSERT INTO articles (loaded_at) VALUES ('')", "article"),
    "a word that is counted wrongly": (
        "UPDATE term_counts SET articles = 9 WHERE term LIKE 'fer%'",
        "words of stories",
    ),
    "nobody in the cast": ("DELETE FROM cast_people", "person 0 of version"),
    "a row that belongs to nothing": ("UPDATE memberships SET story_id = 99 WHERE article_id = 2", "memberships"),
    "a window that is gone": ("DELETE FROM windows WHERE version_id = 4", "search windows"),
    "a window's words": ("UPDATE windows SET words = 'it rained' WHERE version_id = 4", "search windows"),
    "an index that knows too little": ("DELETE FROM window_words_data WHERE id > 10", "search index|file"),
    "an index that knows too much": ("INSERT INTO window_words (rowid, words) VALUES (999, 'unicorn')", "search index"),
    "an index emptied": ("INSERT INTO window_words (window_words) VALUES ('delete-all')", "search index"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_behind_the_stores_back_is_found(filled: Path, change: str) -> None:
    """Each kind of row is compared: verify names the place."""
    statement, where = CHANGES[change]
    with raw(filled) as db:
        assert db.execute(statement).rowcount != 0
    found = differences(filled)
    assert any(re.search(where, each.where) for each in found), found


def test_a_difference_says_what_it_found_in_plain_words(filled: Path) -> None:
    """An admin reads where, what was stored, and what stands there now."""
    with raw(filled) as db:
        db.execute("UPDATE versions SET body = replace(body, 'ribbon', 'cables') WHERE id = 1")
    told = [(each.where, each.found) for each in differences(filled)]
    assert any("version 1 (Ferry line reopens), sentence 2" in where and "cables" in found for where, found in told)


def test_what_was_changed_in_one_version_is_told_of_that_version(filled: Path) -> None:
    """Sound versions are not accused."""
    with raw(filled) as db:
        db.execute("UPDATE versions SET body = replace(body, 'ribbon', 'cables') WHERE id = 3")
    assert {each.where.split(" (")[0] for each in differences(filled)} == {"version 3"}


def test_a_broken_page_is_found(filled: Path) -> None:
    """Bytes that the disk changed are found, or the file is refused in words."""
    content = bytearray(filled.read_bytes())
    at = content.index(b"cut the ribbon")
    content[at - 400 : at + 400] = b"\xff" * 800
    filled.write_bytes(content)
    assert differences(filled) != []


def test_progress_is_told_step_by_step(filled: Path) -> None:
    """A long run shows that it goes on, and that it ends."""
    steps: list[tuple[int, int]] = []
    with Store.open(filled) as store:
        store.verify(lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert {total for _, total in steps} == {len(steps)}
    assert len(steps) > 4


def test_a_reading_of_an_older_analysis_is_not_a_difference(filled: Path) -> None:
    """After an upgrade that compares words in another way, nothing has changed in the store."""
    with raw(filled) as db:
        db.execute("UPDATE versions SET reading_version = 0, words_hash = 'old' || id")
        db.execute("UPDATE windows SET words = words || ' more'")
        db.execute("INSERT INTO window_words (window_words) VALUES ('rebuild')")
    assert differences(filled) == []


def test_every_stored_passage_is_looked_at(filled: Path) -> None:
    """One letter changed anywhere inside a passage is found in that passage: none is skipped."""
    of = article()
    text = document_of(of).text
    assert spans_of(text, "Mayor")
    with raw(filled) as db:
        whats = [what for (what,) in db.execute("SELECT DISTINCT what FROM spans")]
        db.execute("UPDATE spans SET checksum = checksum + 1")
        wanted = db.execute("SELECT count(*) FROM spans").fetchone()[0]
    found = [each for each in differences(filled) if each.stored.startswith("checksum")]
    assert len(found) == wanted
    assert set(whats) >= {"sentence", "part", "cue", "role", "person"}
