"""Stories: which articles belong together, and what a story is told to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from analysis.model import Person, Reading
from store import Store
from store.model import Added
from tests.store.samples import article, reading


def load(store: Store, headline: str, body: str, **more: object) -> Added:
    """An article about the ferry strike or about something else."""
    of = article(headline, body, captions=(), **more)
    people = tuple(Person(name) for name in ("Ada Brandt", "Ben Okoro", "Cleo Dahl") if name in body)
    return store.add(of, Reading(sentences=reading(of).sentences, people=people))


STRIKE = (
    "Ferry workers in Aldport struck on Monday. Ada Brandt of the union met Ben Okoro of the port. {} Boats stayed in."
)
ELSEWHERE = "A volcano in the far south began to smoke. Scientists flew there with instruments. Nobody lives near it."


def test_articles_about_the_same_events_are_one_story(store: Store) -> None:
    """Two outlets' reports are compared, counted and searched together; other news stays apart."""
    one = load(store, "Ferry strike in Aldport", STRIKE.format("Talks failed."), outlet="Tide")
    two = load(store, "Aldport ferry strike begins", STRIKE.format("More talks come."), outlet="Harbour Post")
    other = load(store, "Volcano smokes", ELSEWHERE, outlet="Tide")
    assert one.story_id == two.story_id != other.story_id
    story = store.story(one.story_id)
    assert story is not None
    assert story.articles == (one.article_id, two.article_id)
    assert story.outlets == ("Tide", "Harbour Post")
    assert story.title in ("Ferry strike in Aldport", "Aldport ferry strike begins")
    assert [row.id for row in store.articles(one.story_id)] == [one.article_id, two.article_id]


def test_stories_are_listed_newest_first(store: Store) -> None:
    """The newest is that with the latest article, whatever order they were loaded in and whatever their zones."""
    east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-7))
    days = [
        datetime(2024, 5, 2, 1, tzinfo=east),
        datetime(2024, 5, 1, 23, tzinfo=west),
        datetime(2023, 1, 1, tzinfo=UTC),
    ]
    bodies = (ELSEWHERE, STRIKE, "Bakers baked the longest loaf of the county. It was eaten at once.")
    made = [load(store, f"N{at}", body, published=day) for at, (body, day) in enumerate(zip(bodies, days, strict=True))]
    assert [each.id for each in store.stories()] == [made[1].story_id, made[0].story_id, made[2].story_id]


def test_a_story_runs_from_its_first_article_to_its_last(store: Store) -> None:
    """Dates that sources state bound the story, with or without a zone."""
    load(store, "A", STRIKE.format("One."), published=datetime(2024, 5, 2, 12, tzinfo=UTC))
    load(store, "B", STRIKE.format("Two."), published=datetime(2024, 5, 1, 12))
    added = load(store, "C", STRIKE.format("Three."), published=datetime(2024, 5, 3, 12, tzinfo=UTC))
    story = store.story(added.story_id)
    assert story is not None
    assert len(story.articles) == 3
    assert (story.first, story.last) == (datetime(2024, 5, 1, 12, tzinfo=UTC), datetime(2024, 5, 3, 12, tzinfo=UTC))


def test_a_story_without_dates_is_as_new_as_its_loading(store: Store) -> None:
    """What was loaded now is the newest there is."""
    dated = load(store, "A", ELSEWHERE, published=datetime(2020, 1, 1, tzinfo=UTC))
    undated = load(store, "B", STRIKE)
    assert [each.id for each in store.stories()] == [undated.story_id, dated.story_id]


def test_unloading_leaves_the_rest_of_the_story(store: Store) -> None:
    """A story shrinks, and is gone with its last article."""
    one, two = load(store, "A", STRIKE.format("One.")), load(store, "B", STRIKE.format("Two."))
    store.unload(one.article_id)
    story = store.story(one.story_id)
    assert story is not None
    assert (story.articles, story.title) == ((two.article_id,), "B")
    store.unload(two.article_id)
    assert store.story(one.story_id) is None
    assert store.stories() == []


def test_a_new_version_renews_the_story(store: Store) -> None:
    """A corrected headline is the one that is shown."""
    link = "https://h.example/1"
    load(store, "Ferri strike", STRIKE.format("One."), url=link)
    added = load(store, "Ferry strike", STRIKE.format("Now two."), url=link)
    story = store.story(added.story_id)
    assert story is not None
    assert story.title == "Ferry strike"


def test_an_unknown_story_is_nothing(store: Store) -> None:
    """An old button for a story that is gone gets nothing, not an error."""
    assert store.story(7) is None
    assert store.articles(7) == []
    assert store.quotations(7) == []
