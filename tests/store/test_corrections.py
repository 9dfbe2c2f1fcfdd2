"""What an admin says about a quotation holds wherever the same words are the same saying, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.document import Field
from analysis.model import Quotation, QuoteKind, Span, Speaker, SpeakerKind
from store import Store
from store.errors import StoreError
from store.model import Added, Article, Outcome, StoredQuotation, Verdict
from store.records import document_of
from tests.store.samples import BODY, LATER, MAYOR, article, raw, reading

LONG, SHORT, DEAR = "today the boats are back", "we waited for years", "it is too dear"
OKORO = "Ben Okoro"
LINK = "https://h.example/1"
WITH_OKORO = f"{BODY}\n\nBen Okoro, a captain, was there."


def put(store: Store, of: Article, people: tuple[str, ...] = (MAYOR, OKORO)) -> Added:
    """Add an article, all quotations of which are read as the mayor's."""
    return store.add(of, reading(of, people))


def said(store: Store, words: str, article_id: int | None = None) -> list[StoredQuotation]:
    """The quotations of the newest story with these words, as they are shown."""
    found = store.quotations(store.stories()[0].id)
    return [each for each in found if each.words == words and article_id in {None, each.article_id}]


def who(store: Store, words: str, article_id: int | None = None) -> list[str | None]:
    """Their speakers."""
    return [each.speaker for each in said(store, words, article_id)]


def correct(store: Store, words: str, speaker: str | None = OKORO, verdict: Verdict = Verdict.SPEAKER) -> None:
    """Correct the first of them."""
    read = store.quotation_at(said(store, words)[0].parts[0], as_read=True)
    assert read is not None
    kind = SpeakerKind.PERSON if speaker else None
    store.correct(read, verdict, speaker, kind, set_by="7")


def test_a_speaker_is_set(store: Store) -> None:
    """The right person is shown, found under that person and not under the other one, and marked as set."""
    put(store, article(body=WITH_OKORO))
    before = said(store, LONG)[0]
    correct(store, LONG)
    (after,) = said(store, LONG)
    cast = {member.name: member.id for member in store.cast(store.stories()[0].id)}
    assert (after.speaker, after.people, after.set_by_admin) == (OKORO, (cast[OKORO],), True)
    assert (after.attribution, after.mention, after.cue, after.confidence) == (None, None, None, 1.0)
    assert after.parts == before.parts
    assert [each.words for each in store.quotations_of(cast[OKORO])] == [LONG]
    assert LONG not in [each.words for each in store.quotations_of(cast[MAYOR])]
    assert not said(store, SHORT)[0].set_by_admin
    assert store.verify() == []


def test_unattributed_and_no_quotation(store: Store) -> None:
    """Nobody is named any more, or the words are shown as nobody's speech at all; the words as read stay."""
    put(store, article())
    correct(store, LONG, None, Verdict.UNATTRIBUTED)
    correct(store, DEAR, None, Verdict.NOT_A_QUOTATION)
    (after,) = said(store, LONG)
    assert (after.speaker, after.speaker_kind, after.people, after.set_by_admin) == (None, None, (), True)
    assert said(store, DEAR) == []
    assert [(each.verdict, each.given) for each in store.corrections()] == [
        (Verdict.UNATTRIBUTED, MAYOR),
        (Verdict.NOT_A_QUOTATION, MAYOR),
    ]
    assert store.verify() == []


def test_confirming_keeps_all_that_is_printed(store: Store) -> None:
    """A speaker that was right stays with cue and people, and is marked."""
    put(store, article())
    before = said(store, LONG)[0]
    correct(store, LONG, MAYOR)
    after = said(store, LONG)[0]
    assert (after.cue, after.people) == (before.cue, before.people)
    assert after.set_by_admin


def test_a_reading_again_does_not_touch_it(store: Store) -> None:
    """Another reading of the version, with other people in another order, leaves corrections as they are."""
    of = article(body=WITH_OKORO)
    added = put(store, of)
    for words, verdict in ((LONG, Verdict.SPEAKER), (SHORT, Verdict.UNATTRIBUTED), (DEAR, Verdict.NOT_A_QUOTATION)):
        correct(store, words, OKORO if verdict is Verdict.SPEAKER else None, verdict)
    shown = [who(store, words) for words in (LONG, SHORT, DEAR)]
    assert shown == [[OKORO], [None], []]
    assert store.reread(added.version_id, reading(of, (OKORO, MAYOR)))
    assert [who(store, words) for words in (LONG, SHORT, DEAR)] == shown
    people = said(store, LONG)[0].people
    names = {each.name for each in store.cast(added.story_id) if each.id in people}
    assert names == {OKORO}
    assert store.verify() == []


def test_a_reading_with_other_ends_does_not_touch_it(store: Store) -> None:
    """A quotation that another reading cuts shorter is still the corrected one; its neighbours are not."""
    of = article()
    added = put(store, of)
    correct(store, LONG)
    made = reading(of)
    text = document_of(of).text
    cut = (_shorter(each) if "Today" in each.span.cut(text) else each for each in made.quotations)
    assert store.reread(added.version_id, replace(made, quotations=tuple(cut)))
    assert who(store, "today the boats are") == [OKORO]
    assert who(store, SHORT) == [MAYOR]
    assert store.verify() == []


def _shorter(quotation: Quotation) -> Quotation:
    return replace(quotation, span=Span(quotation.span.start, quotation.span.end - len(' back."')))


def test_a_new_version_with_the_same_words(store: Store) -> None:
    """Where the words are printed again they stay corrected, few words too where their paragraph is the same."""
    put(store, article(body=WITH_OKORO, url=LINK))
    correct(store, LONG)
    correct(store, DEAR, None, Verdict.NOT_A_QUOTATION)
    later = article(body=f"It rained before.\n\n{WITH_OKORO}", url=LINK)
    assert put(store, later).outcome is Outcome.NEW_VERSION
    assert who(store, LONG) == [OKORO]
    assert said(store, DEAR) == []
    assert store.verify() == []


def test_a_new_version_with_other_words(store: Store) -> None:
    """Words that were edited are other words, and read anew."""
    put(store, article(url=LINK))
    correct(store, LONG)
    put(store, article(url=LINK, body=BODY.replace("Today the boats", "Now the boats")))
    assert who(store, "now the boats are back") == [MAYOR]


def test_every_carrier_of_the_story(store: Store) -> None:
    """The same words have the same speaker: the other articles of the story show it, before and after."""
    put(store, article(outlet="Tide"))
    put(store, article("Boats are back", BODY.replace("Monday", "Sunday"), outlet="Post"))
    assert len(store.stories()) == 1
    correct(store, LONG)
    put(store, article("Ferry is back", BODY.replace("Monday", "Tuesday"), outlet="Radio"))
    assert who(store, LONG) == [OKORO] * 3
    assert store.verify() == []


def test_few_words_may_be_anybodys(store: Store) -> None:
    """Four words are corrected elsewhere only where the whole paragraph is the same."""
    put(store, article())
    other = put(store, article("Boats are back", BODY.replace("One rider was not pleased.", "A pilot shrugged.")))
    same = put(store, article("Ferry is back", BODY.replace("Monday", "Sunday")))
    assert len(store.stories()) == 1
    correct(store, DEAR)
    assert who(store, DEAR, other.article_id) == [MAYOR]
    assert who(store, DEAR, same.article_id) == [OKORO]


def test_words_that_are_printed_twice(store: Store) -> None:
    """Of the same words said twice in one article, only the corrected place changes, or what was read alike."""
    body = f'{BODY}\n\n"Today the boats are back," Ben Okoro said.'
    of = article(body=body)
    made = reading(of, (MAYOR, OKORO))
    last = made.quotations[-1]
    other = replace(last, speaker=Speaker(OKORO, SpeakerKind.PERSON, (1,)))
    store.add(of, replace(made, quotations=(*made.quotations[:-1], other)))
    correct(store, LONG, "Cy Dorn")
    assert who(store, LONG) == ["Cy Dorn", OKORO]


def test_the_newest_decision_counts(store: Store) -> None:
    """A later correction takes the place of an earlier one, also one that was made in another article."""
    first = put(store, article())
    second = put(store, article("Boats are back", BODY.replace("Monday", "Sunday")))
    correct(store, LONG, "Cy Dorn")
    read = store.quotation_at(said(store, LONG, second.article_id)[0].parts[0], as_read=True)
    assert read is not None
    store.correct(read, Verdict.SPEAKER, OKORO, SpeakerKind.PERSON, set_by="8")
    assert who(store, LONG, first.article_id) == who(store, LONG, second.article_id) == [OKORO]
    assert len(store.corrections()) == 1
    store.uncorrect(read)
    assert who(store, LONG) == [MAYOR, MAYOR]
    assert store.corrections() == []


def test_another_story_is_not_touched(store: Store) -> None:
    """The same words in another story may be somebody else's."""
    put(store, article(published=LATER))
    ashes = ' Lava ran down the slopes of Ildra. "Today the boats are back," Ada Brandt said of the ash.'
    other = article("Volcano smokes", "Ash fell on the roofs." + ashes, captions=(), published=LATER.replace(year=1999))
    put(store, other)
    assert len(store.stories()) == 2
    ids = [story.id for story in store.stories()]
    read = next(each for each in store.quotations(ids[0]) if each.words == LONG)
    store.correct(read, Verdict.SPEAKER, OKORO, SpeakerKind.PERSON, set_by="7")
    assert [each.speaker for each in store.quotations(ids[1]) if each.words == LONG] == [MAYOR]


def test_unloading_takes_it_along(store: Store) -> None:
    """With an article go its reports and corrections: nothing of its text stays."""
    added = put(store, article())
    store.report(said(store, DEAR)[0], "8")
    correct(store, LONG)
    store.unload(added.article_id)
    assert store.corrections() == []
    assert store.reports() == []
    assert store.verify() == []


def test_senseless_corrections(store: Store) -> None:
    """No name where one is needed, a name where none is, or a place that is nowhere: nothing is kept."""
    added = put(store, article())
    read = said(store, LONG)[0]
    with pytest.raises(ValueError, match="named"):
        store.correct(read, Verdict.SPEAKER, set_by="7")
    with pytest.raises(ValueError, match="named"):
        store.correct(read, Verdict.NOT_A_QUOTATION, OKORO, set_by="7")
    store.unload(added.article_id)
    with pytest.raises((ValueError, StoreError)):
        store.correct(read, Verdict.UNATTRIBUTED, set_by="7")
    assert store.corrections() == []


def test_verify_finds_a_moved_correction(store: Store, path: Path) -> None:
    """What an admin said is never about other words than those it was said about."""
    put(store, article())
    correct(store, LONG)
    store.report(said(store, DEAR)[0], "8")
    assert store.verify() == []
    with raw(path) as db:
        db.execute("UPDATE corrections SET start = start + 1")
        db.execute("UPDATE reports SET stop = 99999")
    assert {each.where for each in store.verify()} == {"correction 1", "report 1"}


def test_a_place_finds_its_quotation(store: Store) -> None:
    """Just that one of its place, else the one that most of the place is; none where nobody is quoted."""
    added = put(store, article())
    body = store.text(added.version_id, Field.BODY)
    at = body.index("Today the")
    found = store.quotation_at(store.passage(added.version_id, Field.BODY, Span(at, at + 9)))
    assert found is not None
    assert (found.words, found.kind) == (LONG, QuoteKind.DIRECT)
    assert store.quotation_at(store.passage(added.version_id, Field.BODY, Span(0, 20))) is None


def test_a_store_of_before_gets_the_tables(path: Path) -> None:
    """A store that was made before there were corrections is brought up to date, with all that it has."""
    with Store.open(path) as made:
        put(made, article())
    with raw(path) as db:
        db.execute("DROP TABLE corrections")
        db.execute("DROP TABLE reports")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_corrections'")
    with Store.open(path) as opened:
        correct(opened, LONG)
        assert who(opened, LONG) == [OKORO]
        assert opened.verify() == []
