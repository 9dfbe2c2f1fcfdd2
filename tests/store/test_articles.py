"""Adding articles: new ones, new versions, the same text, and readings that do not fit."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from analysis.document import Field
from analysis.model import Mention, MentionKind, Person, Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from store import Store
from store.model import Article, Outcome
from tests.store.samples import BODY, LATER, article, raw, reading


def test_an_article_comes_back_as_it_was_given(store: Store) -> None:
    """What the source states is kept, and nothing is added to it."""
    given = article(
        outlet="Harbour Post", authors=("A. Writer", "B. Writer"), published=LATER, url="https://h.example/1"
    )
    added = store.add(given, reading(given))
    row = store.article(added.article_id)
    assert row is not None
    assert (added.outcome, row.version_number, row.newest) == (Outcome.NEW, 1, True)
    assert (row.headline, row.outlet, row.authors) == (given.headline, given.outlet, given.authors)
    assert (row.published, row.url) == (LATER, given.url)
    assert datetime.now(UTC) - row.loaded_at < timedelta(minutes=1)
    assert store.text(added.version_id, Field.HEADLINE) == given.headline
    assert store.text(added.version_id, Field.BODY) == given.body
    assert store.text(added.version_id, Field.CAPTION) == "\n".join(given.captions)


def test_an_article_without_an_outlet_is_named_by_its_headline(store: Store) -> None:
    """Neither outlet nor date is invented."""
    added = store.add(article(), reading(article()))
    row = store.article(added.article_id)
    assert row is not None
    assert (row.outlet, row.published, row.url, row.authors) == (None, None, None, ())
    assert row.name == "Ferry line reopens"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 5, 6, 7, 8),
        datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=timezone(timedelta(hours=-7))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_a_date_is_kept_as_stated(store: Store, moment: datetime) -> None:
    """A date keeps its zone, or that it has none, and no date can keep an article out."""
    given = article(published=moment)
    row = store.article(store.add(given, reading(given)).article_id)
    assert row is not None
    assert row.published == moment
    assert row.published.tzinfo == moment.tzinfo


def test_the_same_text_is_not_loaded_twice(store: Store) -> None:
    """Letter case, marks and spacing aside, the same words are the same article, from whatever link."""
    first = store.add(article(), reading(article()))
    again = article(body=BODY.replace('"', "”").replace("\n\n", "\n \n").upper(), url="https://h.example/2")
    second = store.add(again, Reading())
    assert (second.outcome, second.article_id, second.version_id) == (Outcome.SAME, first.article_id, first.version_id)
    assert second.story_id == first.story_id
    assert store.stats()["versions"] == 1


@pytest.mark.parametrize("body", ["…", "🚢 🚢", "—"])
def test_texts_without_words_are_told_apart(store: Store, body: str) -> None:
    """Two texts that hold no word at all are not the same text."""
    assert store.add(article("!", "?"), Reading()).outcome is Outcome.NEW
    assert store.add(article("!", body), Reading()).outcome is Outcome.NEW


def test_other_text_from_the_same_link_is_a_new_version(store: Store) -> None:
    """Versions are never altered: answers use the newest, old passages still open and say that they are old."""
    link = "https://h.example/1"
    old, new = article(url=link), article(url=link, body=BODY.replace("too dear", "far too dear"))
    first, second = store.add(old, reading(old)), store.add(new, reading(new))
    assert (second.outcome, second.article_id, second.story_id) == (
        Outcome.NEW_VERSION,
        first.article_id,
        first.story_id,
    )
    rows = store.articles(first.story_id)
    assert [(row.version_id, row.version_number) for row in rows] == [(second.version_id, 2)]
    before = store.version(first.version_id)
    assert before is not None
    assert (before.newest, before.version_number) == (False, 1)
    place = old.body.index("It is too dear")
    assert store.passage(first.version_id, Field.BODY, Span(place, place + 14)).text == "It is too dear"
    assert {part.version_id for said in store.quotations(first.story_id) for part in said.parts} == {second.version_id}
    assert {hit.window.version_id for hit in store.search("dear fare")} == {second.version_id}
    assert store.verify() == []


def test_going_back_to_an_older_text_is_another_version(store: Store) -> None:
    """The newest version is what the outlet prints now, also when it printed that before."""
    link = "https://h.example/1"
    one, two = article(url=link), article(url=link, body="The ferry line did not reopen.")
    outcomes = [store.add(each, reading(each)).outcome for each in (one, two, one, one)]
    assert outcomes == [Outcome.NEW, Outcome.NEW_VERSION, Outcome.NEW_VERSION, Outcome.SAME]


def test_a_link_decides_before_the_words(store: Store) -> None:
    """When an outlet's page comes to print another article's text, it is that page's new version."""
    copy, page = article(), article("Other news", "Something else.", url="https://h.example/1")
    store.add(copy, reading(copy))
    first = store.add(page, reading(page))
    again = store.add(article(url="https://h.example/1"), reading(article()))
    assert (again.outcome, again.article_id) == (Outcome.NEW_VERSION, first.article_id)


def test_unloading_forgets_an_article_and_never_gives_its_ids_away(store: Store) -> None:
    """An old link opens nothing, and never another article."""
    given = article()
    first = store.add(given, reading(given))
    store.unload(first.article_id)
    store.unload(first.article_id)
    assert (store.stories(), store.search("ferry"), store.article(first.article_id)) == ([], [], None)
    assert store.version(first.version_id) is None
    with pytest.raises(ValueError, match="no version"):
        store.text(first.version_id, Field.BODY)
    second = store.add(given, reading(given))
    assert second.outcome is Outcome.NEW
    assert second.article_id > first.article_id
    assert second.version_id > first.version_id
    assert second.story_id > first.story_id
    assert store.verify() == []


def test_an_article_without_text_is_refused(store: Store) -> None:
    """An empty article is nobody's news."""
    for empty in (article("", " \n ", captions=()), article("\t", " ", captions=(" ", "\n"))):
        with pytest.raises(ValueError, match="no text"):
            store.add(empty, Reading())
    assert store.stats()["articles"] == 0


LENGTH = len(article().headline) + 2 + len(BODY) + 2 + len(article().captions[0])
OUTSIDE = [Span(0, LENGTH + 1), Span(-1, 3), Span(-5, -2), Span(9, 8), Span(LENGTH + 5, LENGTH + 9)]


@pytest.mark.parametrize("span", OUTSIDE)
@pytest.mark.parametrize(
    "where", ["sentence", "quotation", "mention", "cue", "attribution", "reported_by", "role", "person"]
)
def test_a_span_outside_the_text_is_refused_before_anything_is_written(store: Store, where: str, span: Span) -> None:
    """A reading of another text cannot get in, not even in part."""
    inside = Span(0, 5)
    quotation = Quotation(inside, QuoteKind.DIRECT, 0)
    wrong = {
        "sentence": Reading(sentences=(inside, span)),
        "quotation": Reading(quotations=(replace(quotation, span=span),)),
        "mention": Reading(quotations=(replace(quotation, mention=span),)),
        "cue": Reading(quotations=(replace(quotation, cue=span),)),
        "attribution": Reading(quotations=(replace(quotation, attribution=span),)),
        "reported_by": Reading(quotations=(replace(quotation, reported_by=span),)),
        "role": Reading(people=(Person("A", roles=(span,)),)),
        "person": Reading(people=(Person("A", mentions=(Mention(span, MentionKind.NAME),)),)),
    }
    with pytest.raises(ValueError, match="outside the text"):
        store.add(article(), wrong[where])
    assert store.stats()["articles"] == 0


@pytest.mark.parametrize("person", [-1, 1])
def test_a_speaker_who_is_none_of_the_people_is_refused(store: Store, person: int) -> None:
    """A wrong position would attribute words to somebody else."""
    said = Quotation(Span(0, 5), QuoteKind.DIRECT, 0, Speaker("A", SpeakerKind.PERSON, (person,)))
    with pytest.raises(ValueError, match="none of the 1 people"):
        store.add(article(), Reading(quotations=(said,), people=(Person("A"),)))


@pytest.mark.parametrize("confidence", [math.nan, math.inf, -0.1, 1.1])
def test_a_confidence_that_is_no_chance_is_refused(store: Store, confidence: float) -> None:
    """What is kept as a chance is one."""
    said = Quotation(Span(0, 5), QuoteKind.DIRECT, 0, confidence=confidence)
    with pytest.raises(ValueError, match="between 0 and 1"):
        store.add(article(), Reading(quotations=(said,)))


@pytest.mark.parametrize("confidence", [0, -0.0, 1, 0.1 + 0.2])
def test_any_chance_is_kept(store: Store, confidence: float) -> None:
    """Whole numbers and odd fractions come back from the file as they went in."""
    said = Quotation(Span(0, 5), QuoteKind.DIRECT, 0, confidence=confidence)
    story = store.add(article(), Reading(quotations=(said,))).story_id
    assert store.quotations(story)[0].confidence == confidence
    assert store.verify() == []


@pytest.mark.parametrize(
    "given",
    [
        article("A \ud800 headline"),
        article(body="half \udfff of it"),
        article(outlet="\ud800"),
        article(authors=("\ud800",)),
        article(captions=("\ud800",)),
    ],
)
def test_half_a_character_is_refused(store: Store, given: Article) -> None:
    """A lone surrogate cannot be kept in a file, and says so."""
    with pytest.raises(ValueError, match="half a character"):
        store.add(given, Reading())
    with pytest.raises(ValueError, match="half a character"):
        store.add(article(), Reading(people=(Person("\ud800"),)))


def test_odd_characters_are_kept(store: Store) -> None:
    """NULs, right-to-left text, joined emoji and combining marks come back code point for code point."""
    body = "a\0b \u202eשלום\u202c e\u0301 👩‍👩‍👧 \r\n end\x85\u2028.\n"
    given = article("h\0", body)
    whole = Span(0, len("h\0") + 2 + len(body))
    added = store.add(given, Reading(sentences=(Span(4, whole.end),)))
    assert store.text(added.version_id, Field.BODY) == body
    assert [each.text for each in store.sentences(added.version_id)] == [body]
    assert store.verify() == []


def test_a_million_characters_are_one_article(store: Store) -> None:
    """A huge paste is kept like any other."""
    given = article("Long", ("The ferry waits " * 10 + "here. ") * 6_000)
    spans = tuple(Span(6 + 166 * at, 6 + 166 * at + 165) for at in range(6_000))
    added = store.add(given, Reading(sentences=spans))
    assert store.sentences(added.version_id)[-1].text.endswith("ferry waits here.")
    assert len(store.search("ferry", limit=7)) == 7


def test_an_error_in_the_midst_leaves_nothing_behind(store: Store, path: Path) -> None:
    """An article is in whole or not at all, and the next one gets in."""
    with raw(path) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON memberships BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        store.add(article(), reading(article()))
    assert {name: count for name, count in store.stats().items() if count and name != "bytes"} == {}
    assert store.search("ferry") == []
    with raw(path) as db:
        db.execute("DROP TRIGGER full")
    store.add(article(), reading(article()))
    assert store.verify() == []


def test_stats_count_what_is_kept(store: Store) -> None:
    """An admin sees how much there is."""
    given = article()
    story = store.add(given, reading(given)).story_id
    store.choose_story("terminal", story)
    store.new_job("terminal", "terminal", [])
    found = store.stats()
    assert found.pop("bytes") > 4096
    assert found == {
        "articles": 1,
        "versions": 1,
        "stories": 1,
        "quotations": 3,
        "people": 1,
        "chats": 1,
        "open_jobs": 1,
    }
