"""Which articles print the same words as a passage, and where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis.document import Field
from analysis.model import Person, Reading, Span
from store import Store
from store.model import Passage
from tests.store.samples import article

SAME_STORY = Reading(people=(Person("Ada Brandt"), Person("Ben Okoro"), Person("Cleo Dahl")))
EVENT = "Harbour pilots of Aldport blocked the Tarn lock with twenty barges on Friday.\n\n"


def load(store: Store, *bodies: str, captions: Sequence[str] = ()) -> list[int]:
    """Articles of one story; their version ids."""
    added = [
        store.add(article(f"Number {at}", EVENT + body, captions=tuple(captions) if at else ()), SAME_STORY)
        for at, body in enumerate(bodies)
    ]
    assert len({each.story_id for each in added}) == 1
    return [each.version_id for each in added]


def cut(store: Store, version: int, *words: str) -> list[Passage]:
    """Passages of the body, each found after the one before."""
    body, found, at = store.text(version, Field.BODY), [], 0
    for each in words:
        at = body.index(each, at)
        found.append(store.passage(version, Field.BODY, Span(at, at + len(each))))
    return found


def carried(store: Store, parts: Sequence[Passage]) -> list[tuple[str, ...]]:
    """The texts of each carrier."""
    (story,) = store.stories()
    return [tuple(part.text for part in places) for _, places in store.carriers(story.id, parts)]


def test_each_carrier_prints_the_words_its_own_way(store: Store) -> None:
    """Letter case, marks and spacing aside, the same words are carried, each cut from its own article."""
    first, _, _ = load(
        store,
        'He said: "Peace, at last!" today.',
        "“PEACE at  last”, he said. Then he left.",
        "Peace at long last, he said.",
    )
    parts = cut(store, first, '"Peace, at last!"')
    assert carried(store, parts) == [('"Peace, at last!"',), ("“PEACE at  last”",)]


def test_the_own_article_comes_first_with_its_own_spans(store: Store) -> None:
    """The words shown are those of the passage that was asked for, also where the article prints them twice."""
    _, second = load(store, "It rained. It rained.", "It rained. Then it rained again. It rained.")
    body = store.text(second, Field.BODY)
    last = body.rindex("It rained")
    given = store.passage(second, Field.BODY, Span(last, last + 9))
    (story,) = store.stories()
    (own, own_parts), (other, _) = store.carriers(story.id, [given])
    assert (own.version_id, own_parts) == (second, (given,))
    assert other.version_id != second


def test_an_article_carries_a_quotation_only_with_all_its_parts(store: Store) -> None:
    """Half of what somebody said is not what they said."""
    first, _, _ = load(
        store,
        '"We won," she said. "We sail at dawn."',
        '"We won," she said.',
        'She said: "We won." And: "We sail at dawn."',
    )
    assert carried(store, cut(store, first, '"We won,"', '"We sail at dawn."')) == [
        ('"We won,"', '"We sail at dawn."'),
        ('"We won."', '"We sail at dawn."'),
    ]


def test_parts_are_taken_where_they_stand_together(store: Store) -> None:
    """When a part is printed twice, the place beside the other parts is its place."""
    first, second = load(store, "Yes, he said. We go.", "Yes, said one. Much later on: Yes, he said. We go. Yes.")
    (story,) = store.stories()
    _, (_, places) = store.carriers(story.id, cut(store, first, "Yes", "We go"))
    body = store.text(second, Field.BODY)
    assert [part.span.start for part in places] == [body.index("Yes, he"), body.index("We go")]


def test_parts_in_another_order_are_still_printed(store: Store) -> None:
    """Each part is its own run of words; an article that turns them round prints them too."""
    first, _ = load(store, "One thing, he said. Another thing.", "Another thing, he said. One thing.")
    assert carried(store, cut(store, first, "One thing", "Another thing"))[1] == ("One thing", "Another thing")


def test_the_same_kind_of_field_is_preferred(store: Store) -> None:
    """Words of a body are shown from a body, even where a headline has them too; else from where they are."""
    (first,) = load(store, "The ferry sinks. Nobody was hurt. A boat waits.")
    with_all = article("The ferry sinks", EVENT + "It is true: the ferry sinks.", captions=("Nobody was hurt",))
    store.add(with_all, SAME_STORY)
    (story,) = store.stories()
    for words, field in (("The ferry sinks", Field.BODY), ("Nobody was hurt", Field.CAPTION)):
        _, (_, (place,)) = store.carriers(story.id, cut(store, first, words))
        assert place.field == field


def test_parts_of_words_are_no_words(store: Store) -> None:
    """The same letters inside longer words are not the same words."""
    first, _ = load(store, "An art is long. Then more.", "A part is longer. An artist is long.")
    assert len(carried(store, cut(store, first, "art is long"))) == 1


def test_words_never_run_over_from_one_field_to_the_next(store: Store) -> None:
    """A headline's end and a body's beginning are not one passage."""
    (first,) = load(store, "Number two people waited. And so on.")
    store.add(article("He is number", "Two people waited.\n\n" + EVENT), SAME_STORY)
    assert len(carried(store, cut(store, first, "Number two people"))) == 1


def test_a_passage_without_words_is_carried_by_its_own_article_alone(store: Store) -> None:
    """Marks alone are nothing that another article can print too."""
    first, _ = load(store, "Well … yes.", "No … no.")
    assert carried(store, cut(store, first, "…")) == [("…",)]


def test_only_newest_versions_carry(store: Store) -> None:
    """What an outlet has taken back is not counted as printed by it; an old passage still shows its own version."""
    link = "https://h.example/1"
    one = store.add(article("Number 0", EVENT + "They will come. All of them.", url=link), SAME_STORY)
    two = store.add(article("Number 1", EVENT + "They will come. All said so."), SAME_STORY)
    (own,) = cut(store, two.version_id, "They will come")
    assert len(store.carriers(two.story_id, [own])) == 2
    store.add(article("Number 0", EVENT + "They will not come after all.", url=link), SAME_STORY)
    assert len(store.carriers(two.story_id, [own])) == 1
    (old,) = cut(store, one.version_id, "They will come")
    rows = [(row.version_id, row.newest) for row, _ in store.carriers(one.story_id, [old])]
    assert rows == [(one.version_id, False), (two.version_id, True)]


def test_passages_that_cannot_be_are_refused(store: Store) -> None:
    """Parts of two articles, no parts, and spans out of range are errors, never a wrong carrier."""
    first, second = load(store, "It is so. Yes.", "It is so. No.")
    (story,) = store.stories()
    one, two = cut(store, first, "It is so"), cut(store, second, "It is so")
    for wrong in ([], [*one, *two], [Passage(first, Field.BODY, Span(0, 999), "It is so")]):
        with pytest.raises(ValueError, match=r"one article version|outside"):
            store.carriers(story.id, wrong)


def test_many_repetitions_stay_quick(store: Store) -> None:
    """A hostile article that repeats the words thousands of times does not hold up an answer."""
    first, _ = load(store, "no no no. No more, no less.", "No more, no " * 10_000 + "more")
    found = carried(store, cut(store, first, "no no", "No more", "no"))
    assert len(found) == 2
