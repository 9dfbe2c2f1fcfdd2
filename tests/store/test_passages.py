"""Passages are exact cuts, for any article and any reading of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.document import Document, Field
from analysis.model import Mention, MentionKind, Person, Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from store import Store
from store.model import Article, Passage
from store.records import document_of
from tests.store.samples import BODY, article, reading


def test_a_passage_is_the_exact_substring(store: Store) -> None:
    """What is shown is what was printed."""
    version = store.add(article(), reading(article())).version_id
    found = store.passage(version, Field.BODY, Span(4, 14))
    assert found == Passage(version, Field.BODY, Span(4, 14), "ferry line")


@pytest.mark.parametrize("span", [Span(-1, 4), Span(0, len(BODY) + 1), Span(5, 5), Span(6, 5), Span(10**30, 10**31)])
@pytest.mark.parametrize("version", [0, 1])
def test_a_passage_that_is_not_there_is_refused(store: Store, span: Span, version: int) -> None:
    """A forged or outdated link gets an error that a handler can tell of, not a wrong cut."""
    added = store.add(article(), reading(article())).version_id
    with pytest.raises(ValueError, match=r"outside|no version"):
        store.passage(added + version, Field.BODY, span)


def test_sentences_come_in_order_with_captions_last(store: Store) -> None:
    """A summary reads them as the article prints them."""
    version = store.add(article(), reading(article())).version_id
    found = store.sentences(version)
    assert [each.field for each in found] == [Field.HEADLINE, *[Field.BODY] * (len(found) - 2), Field.CAPTION]
    assert found[1].text == "The ferry line reopened on Monday."
    assert found == sorted(found, key=lambda each: (list(Field).index(each.field), each.span))


def around(store: Store, words: str, count: int) -> list[str | None]:
    """The texts before, of and after some words of the body."""
    version = store.add(article(), reading(article())).version_id
    at = BODY.index(words)
    given = store.passage(version, Field.BODY, Span(at, at + len(words)))
    return [each.text if each else None for each in store.around(given, count)]


def test_the_text_around_a_passage_completes_its_sentences(store: Store) -> None:
    """A quotation is shown with its own sentence and two more on each side, all cut from the article."""
    before, own, after = around(store, "Today the boats are back.", 1)
    assert own == "Today the boats are back."
    assert before == '"We waited for years," Brandt said. "'
    assert after == '"\n\nOne rider was not pleased.'


def test_the_text_around_begins_and_ends_with_the_article(store: Store) -> None:
    """At the edge of a field there is nothing before or after, and that is told."""
    assert around(store, "The ferry line reopened on Monday.", 2)[0] is None
    assert around(store, "The fare is 4.50.", 2)[2] is None
    assert around(store, BODY, 5) == [None, BODY, None]


def test_no_more_sentences_are_shown_than_asked_for(store: Store) -> None:
    """With none asked for, only the rest of the passage's own sentence is shown."""
    assert around(store, "waited for", 0) == ['"We', "waited for", 'years," Brandt said.']


def test_a_crossing_span_is_left_out(store: Store) -> None:
    """A span from the headline into the body is no passage of either; the rest of the reading is kept."""
    of = article()
    edge = len(of.headline)
    crossing = Span(edge - 2, edge + 5)
    said = Quotation(Span(edge + 2, edge + 8), QuoteKind.MIXED, 0, mention=crossing, cue=crossing)
    lost = Quotation(crossing, QuoteKind.DIRECT, 1)
    person = Person("A", roles=(crossing,), mentions=(Mention(crossing, MentionKind.NAME),))
    made = Reading(sentences=(Span(0, edge), crossing), quotations=(said, lost), people=(person,))
    added = store.add(of, made)
    assert [each.text for each in store.sentences(added.version_id)] == [of.headline]
    (kept,) = store.quotations(added.story_id)
    assert (kept.mention, kept.cue) == (None, None)
    (member,) = store.cast(added.story_id)
    assert (member.roles, member.mentions) == ((), ())
    assert store.verify() == []


CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(st.one_of(st.sampled_from(" \n.,\"“”'aAbz1é\0\u200d🚢"), CHARACTERS), max_size=60)
ARTICLES = st.builds(
    Article, headline=TEXT, body=TEXT, captions=st.lists(TEXT, max_size=3).map(tuple), source=st.just("")
)


def _spans(length: int) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


def _readings(of: Article) -> st.SearchStrategy[tuple[Article, Reading]]:
    spans = _spans(len(document_of(of).text))
    some = st.none() | spans
    mentions = st.builds(Mention, spans, st.sampled_from(MentionKind))
    people = st.lists(
        st.builds(
            Person,
            TEXT,
            st.sampled_from(SpeakerKind),
            st.lists(TEXT, max_size=2).map(tuple),
            st.lists(spans, max_size=2).map(tuple),
            st.lists(mentions, max_size=3).map(tuple),
            st.sampled_from([None, "m", "f"]),
        ),
        max_size=3,
    )

    def quotations(count: int) -> st.SearchStrategy[tuple[Quotation, ...]]:
        numbers = st.lists(st.integers(0, count - 1), max_size=2, unique=True) if count else st.just([])
        speakers = st.builds(Speaker, TEXT, st.sampled_from(SpeakerKind), numbers.map(tuple))
        kinds, groups, chances = st.sampled_from(QuoteKind), st.integers(0, 3), st.floats(0, 1)
        one = st.builds(Quotation, spans, kinds, groups, st.none() | speakers, some, some, some, some, chances)
        return st.lists(one, max_size=5).map(tuple)

    return people.flatmap(
        lambda found: st.builds(
            lambda sentences, said: (of, Reading((), tuple(sentences), said, tuple(found))),
            st.lists(spans, max_size=5),
            quotations(len(found)),
        )
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for many articles, one after the other."""
    with Store.open(tmp_path_factory.mktemp("passages") / "news.db") as store:
        yield store


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ARTICLES.filter(lambda of: document_of(of).text).flatmap(_readings))
def test_any_reading_comes_back_with_exact_cuts(shared: Store, both: tuple[Article, Reading]) -> None:
    """Whatever the analysis finds in whatever text, each passage is the exact words of its span, and verify agrees."""
    of, made = both
    document = document_of(of)
    store, added = shared, shared.add(of, made)
    try:
        fields = {Field.HEADLINE: of.headline, Field.BODY: of.body, Field.CAPTION: "\n".join(of.captions)}
        passages = list(_all_passages(store, added.version_id, added.story_id))
        for each in passages:
            assert each.text == each.span.cut(fields[each.field]) != ""
        _same_places(document, made.sentences, store.sentences(added.version_id))
        quotations = store.quotations(added.story_id)
        _same_places(document, [each.span for each in made.quotations], [p for q in quotations for p in q.parts])
        cast = store.cast(added.story_id)
        mentions = [mention.span for person in made.people for mention in person.mentions]
        _same_places(document, mentions, [passage for member in cast for passage, _ in member.mentions])
        _same_places(document, [s for p in made.people for s in p.roles], [r for member in cast for r in member.roles])
        for quotation in quotations:
            ((row, parts),) = store.carriers(added.story_id, quotation.parts)
            assert (row.id, parts) == (added.article_id, quotation.parts)
        assert store.verify() == []
    finally:
        store.unload(added.article_id)
    assert store.verify() == []


def _all_passages(store: Store, version_id: int, story_id: int) -> Iterable[Passage]:
    yield from store.sentences(version_id)
    for said in store.quotations(story_id):
        details = (said.mention, said.cue, said.attribution, said.reported_by)
        yield from (*said.parts, *filter(None, details))
        yield from filter(None, store.around(said.parts[0]))
    for member in store.cast(story_id):
        yield from (*member.roles, *(passage for passage, _ in member.mentions))


def _same_places(document: Document, spans: Iterable[Span], found: Iterable[Passage]) -> None:
    """All spans that are in one field and not empty are there, and no others."""
    placed = [document.locate(span) for span in spans if span.start < span.end]

    wanted = sorted((one.field, one.span) for one in placed if one is not None)
    assert sorted((each.field, each.span) for each in found) == wanted
