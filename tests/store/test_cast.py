"""The cast of a story: one entry a person over all its articles, under an id that lasts."""

from __future__ import annotations

from pathlib import Path

from analysis.model import Mention, MentionKind, Person, Quotation, QuoteKind, Reading, Speaker, SpeakerKind
from store import Store
from store.model import Article, CastMember
from store.records import document_of
from tests.store.samples import article, raw, reading, spans_of


def told(of: Article, *people: Person) -> Reading:
    """A reading with these people, each with a mention wherever one of the names stands."""
    text = document_of(of).text
    full = [
        Person(one.name, one.kind, one.aliases, mentions=tuple(_mentions(text, one)), gender=one.gender)
        for one in people
    ]
    return Reading(people=tuple(full))


def _mentions(text: str, one: Person) -> list[Mention]:
    places = [span for name in (one.name, *one.aliases) for span in spans_of(text, name)]
    return [Mention(span, MentionKind.NAME) for span in sorted(places)]


def named(store: Store, story: int, name: str) -> CastMember:
    """The one member of that name."""
    (found,) = [each for each in store.cast(story) if each.name == name]
    return found


OTHERS = (Person("Ben Okoro"), Person("Cleo Dahl"))
ONE = article("Talks go on", "Ada Brandt met Ben Okoro and Cleo Dahl. Brandt smiled. Brandt left.")
TWO = article("Talks end", "Mayor Brandt met Ben Okoro and Cleo Dahl. Brandt signed.")
BRANDT = Person("Ada Brandt", aliases=("Brandt",))


def test_a_person_is_one_over_all_articles(store: Store) -> None:
    """A surname in one article and the full name in another are one entry, with the places of both."""
    first = store.add(ONE, told(ONE, BRANDT, *OTHERS))
    second = store.add(TWO, told(TWO, Person("Brandt"), *OTHERS))
    assert first.story_id == second.story_id
    found = named(store, first.story_id, "Ada Brandt")
    assert found.articles == (first.article_id, second.article_id)
    assert "Brandt" in found.aliases
    assert [(place.version_id, place.text) for place, _ in found.mentions].count((second.version_id, "Brandt")) == 2


def test_the_cast_is_ordered_by_weight(store: Store) -> None:
    """Who is mentioned and quoted most comes first."""
    said = Quotation(spans_of(document_of(ONE).text, "Cleo Dahl")[0], QuoteKind.DIRECT, 0, _speaker(2))
    made = told(ONE, BRANDT, *OTHERS)
    story = store.add(ONE, Reading(people=made.people, quotations=(said,))).story_id
    assert [(each.name, each.weight) for each in store.cast(story)] == [
        ("Ada Brandt", 4.0),
        ("Cleo Dahl", 4.0),
        ("Ben Okoro", 1.0),
    ]


def _speaker(person: int) -> Speaker:
    return Speaker("Cleo Dahl", SpeakerKind.PERSON, (person,))


def test_an_id_lasts_while_the_story_grows_and_shrinks(store: Store) -> None:
    """Buttons and links to a person still open that person after articles came and went."""
    first = store.add(ONE, told(ONE, BRANDT, *OTHERS))
    before = {each.name: each.id for each in store.cast(first.story_id)}
    second = store.add(TWO, told(TWO, Person("Eva Lind"), Person("Brandt"), *OTHERS))
    grown = {each.name: each.id for each in store.cast(first.story_id)}
    assert {name: grown[name] for name in before} == before
    store.unload(second.article_id)
    assert {each.name: each.id for each in store.cast(first.story_id)} == before
    assert "Eva Lind" not in {each.name for each in store.cast(first.story_id)}


def test_an_id_lasts_when_a_fuller_name_is_printed(store: Store) -> None:
    """The same person in the same article keeps the id, also under a longer name."""
    two = store.add(TWO, told(TWO, Person("Brandt"), *OTHERS))
    before = named(store, two.story_id, "Brandt")
    store.add(ONE, told(ONE, BRANDT, *OTHERS))
    assert named(store, two.story_id, "Ada Brandt").id == before.id


def test_an_id_lasts_over_a_new_version(store: Store) -> None:
    """An updated article changes what a person is told to have said, not who they are."""
    link = "https://h.example/1"
    one = article(ONE.headline, ONE.body, url=link)
    two = article(ONE.headline, f"{ONE.body} Now it rains.", url=link)
    first = store.add(one, told(one, BRANDT, *OTHERS))
    before = {each.name: each.id for each in store.cast(first.story_id)}
    second = store.add(two, told(two, *reversed(OTHERS), BRANDT))
    after = store.cast(first.story_id)
    assert {each.name: each.id for each in after} == before
    assert {place.version_id for each in after for place, _ in each.mentions} == {second.version_id}


def test_namesakes_stay_apart(store: Store) -> None:
    """Two people of one name in one article keep an entry and an id each."""
    sisters = article("Sisters meet", "Kim Ode and Kim Ode met Ben Okoro and Cleo Dahl.")
    twice = (Person("Kim Ode", gender="f"), Person("Kim Ode", gender="m"))
    first = store.add(sisters, told(sisters, *twice, *OTHERS))
    ids = sorted(each.id for each in store.cast(first.story_id) if each.name == "Kim Ode")
    assert len(ids) == 2
    store.add(ONE, told(ONE, *OTHERS))
    assert sorted(each.id for each in store.cast(first.story_id) if each.name == "Kim Ode") == ids


def test_an_organisation_that_speaks_is_listed_as_one(store: Store) -> None:
    """A ministry is no person."""
    of = article("Port", "The Harbour Board said no.")
    story = store.add(of, told(of, Person("Harbour Board", SpeakerKind.ORGANISATION))).story_id
    assert [(each.name, each.kind) for each in store.cast(story)] == [("Harbour Board", SpeakerKind.ORGANISATION)]


def test_a_cast_that_a_crash_left_behind_is_worked_out_at_the_next_start(path: Path) -> None:
    """Between an article and its cast the power may go; the next start makes up for it."""
    with Store.open(path) as store:
        story = store.add(ONE, told(ONE, BRANDT, *OTHERS)).story_id
        before = store.cast(story)
    with raw(path) as db:
        db.execute("DELETE FROM cast_people")
        db.execute("UPDATE stories SET derived_revision = revision - 1")
    with Store.open(path) as store:
        assert store.cast(story) == before
        assert store.verify() == []


def test_nobody_is_in_the_cast_of_no_story(store: Store) -> None:
    """An old link to a story or person that is gone gets nothing."""
    store.add(article(), reading(article(), people=()))
    assert store.cast(1) == []
    assert store.cast(99) == []
