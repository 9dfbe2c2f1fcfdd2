"""Quotations with who said them, and every article that carries the same words."""

from __future__ import annotations

from analysis.model import Person, Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from store import Store
from store.model import Article, StoredQuotation
from store.records import document_of
from tests.store.samples import BODY, article, reading, spans_of

TALK = (
    '"The quay is too short," said Ben Okoro, who runs the port. "It was built for small boats."\n\n'
    "According to Okoro, work starts in May, the Tide reported."
)
OKORO = Speaker("Ben Okoro", SpeakerKind.PERSON, (0,))


def talk(body: str = TALK, headline: str = "Port to grow") -> tuple[Article, Reading]:
    """One quotation in two parts, and one indirect."""
    of = article(headline, body, captions=())
    text = document_of(of).text

    def place(words: str) -> Span:
        return spans_of(text, words)[0]

    quotations = (
        Quotation(place("work starts in May"), QuoteKind.INDIRECT, 7, OKORO, place("Okoro,"), place("According to")),
        Quotation(
            place('"It was built for small boats."'),
            QuoteKind.DIRECT,
            3,
            OKORO,
            reported_by=place("Tide"),
            confidence=0.8,
        ),
        Quotation(
            place('"The quay is too short,"'),
            QuoteKind.DIRECT,
            3,
            OKORO,
            mention=place("Ben Okoro"),
            cue=place("said"),
            attribution=place("said Ben Okoro, who runs the port"),
            confidence=0.9,
        ),
    )
    return of, Reading(sentences=(), quotations=quotations, people=(Person("Ben Okoro"),))


def said(store: Store, made: tuple[Article, Reading]) -> list[StoredQuotation]:
    """The quotations of one article."""
    return store.quotations(store.add(*made).story_id)


def test_a_quotation_has_all_its_parts_in_order(store: Store) -> None:
    """Parts that a reporting clause splits are one quotation, with all that is printed about its speaker."""
    first, second = said(store, talk())
    assert [part.text for part in first.parts] == ['"The quay is too short,"', '"It was built for small boats."']
    assert (first.kind, first.speaker, first.speaker_kind) == (QuoteKind.DIRECT, "Ben Okoro", SpeakerKind.PERSON)
    details = [first.mention, first.cue, first.attribution, first.reported_by]
    assert [each and each.text for each in details] == [
        "Ben Okoro",
        "said",
        "said Ben Okoro, who runs the port",
        "Tide",
    ]
    assert first.confidence == 0.8
    assert first.words == "the quay is too short it was built for small boats"
    assert (second.kind, [part.text for part in second.parts]) == (QuoteKind.INDIRECT, ["work starts in May"])


def test_the_speaker_of_a_quotation_is_in_the_cast(store: Store) -> None:
    """What somebody said is found from the quotation and from the person."""
    added = store.add(*talk())
    (member,) = store.cast(added.story_id)
    quotations = store.quotations(added.story_id)
    assert {each.people for each in quotations} == {(member.id,)}
    assert store.quotations_of(member.id) == quotations
    assert store.quotations_of(member.id + 1) == []


def test_speech_without_a_speaker_stays_unattributed(store: Store) -> None:
    """Nothing is made up where the reading names nobody, and a role is nobody of the cast."""
    of = article()
    made = reading(of, speakers={"too dear": "One rider", "boats are back": None})
    found = {each.parts[0].text: each for each in said(store, (of, made))}
    rider, boats = found['"It is too dear,"'], found['"Today the boats are back."']
    assert (rider.speaker, rider.speaker_kind, rider.people) == ("One rider", SpeakerKind.ROLE, ())
    assert (boats.speaker, boats.speaker_kind, boats.people) == (None, None, ())


def test_a_joint_statement_has_two_people(store: Store) -> None:
    """Both are told, and both said it."""
    of = article()
    both = Speaker("Ada Brandt and Ben Okoro", SpeakerKind.PERSON, (1, 0, 1))
    span = spans_of(document_of(of).text, '"We waited for years,"')[0]
    made = Reading(
        quotations=(Quotation(span, QuoteKind.DIRECT, 0, both),), people=(Person("Ben Okoro"), Person("Ada Brandt"))
    )
    (found,) = said(store, (of, made))
    names = {each.name for each in store.cast(1) if each.id in found.people}
    assert names == {"Ada Brandt", "Ben Okoro"}
    assert len(found.people) == 2
    assert all(store.quotations_of(each) == [found] for each in found.people)


def test_parts_that_name_two_speakers_are_two_quotations(store: Store) -> None:
    """A slip of the analysis never puts one's words into another's mouth."""
    of, made = talk()
    other = Speaker("Ada Brandt", SpeakerKind.PERSON, (1,))
    parts = [
        Quotation(each.span, each.kind, 3, speaker)
        for each, speaker in zip(made.quotations, (OKORO, other, OKORO), strict=True)
    ]
    found = said(store, (of, Reading(quotations=tuple(parts), people=(Person("Ben Okoro"), Person("Ada Brandt")))))
    assert [(each.speaker, len(each.parts)) for each in found] == [("Ben Okoro", 2), ("Ada Brandt", 1)]


def test_equal_words_have_equal_keys(store: Store) -> None:
    """The same words in another article, with other marks, can be shown once."""
    one, two = article(), article("Boats are back", BODY.replace('"We', "“WE").replace('years,"', "years”,"))
    store.add(one, reading(one))
    span = spans_of(document_of(two).text, "“WE waited for years”")[0]
    store.add(two, Reading(quotations=(Quotation(span, QuoteKind.DIRECT, 0),), people=(Person("Ada Brandt"),)))
    keys = [each.words for story in store.stories() for each in store.quotations(story.id)]
    assert keys.count("we waited for years") == 2
