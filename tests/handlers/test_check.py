"""/check: exact, altered with the difference marked, or not in the loaded articles; never a match on weak evidence."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from handlers import reply
from handlers.answer import Answer, Change, Quoted
from handlers.question import Question
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import RUIZ, Said, Somebody, blocks_in, is_printed, ours, put, quoted, texts

BERG = Somebody("Tor Berg", ("Berg",))
REPAIRS = "“The bridge will not open before the piers are repaired, and that takes 12 weeks,”"
PATIENT = "“Everybody in the town has to be very patient with us.”"
LINES = (
    f"{REPAIRS} Ruiz said. {PATIENT}",
    "“We have asked the ministry for forty million crowns,” Berg told reporters.",
    "“Nobody told the ferry crews about the closure,” one captain said.",
    "“This should have been seen years ago by the inspectors.”",
)
SAID = (
    Said((REPAIRS, PATIENT), "Ana Ruiz", attribution="Ruiz said"),
    Said(("“We have asked the ministry for forty million crowns,”",), "Tor Berg"),
    Said(("“Nobody told the ferry crews about the closure,”",), "one captain", role=True),
    Said(("“This should have been seen years ago by the inspectors.”",)),
)


@pytest.fixture
def bridge(store: Store) -> Store:
    """One article with quotations of several people, of somebody who is not named, and of nobody."""
    put(store, *LINES, said=SAID, people=(RUIZ, BERG), outlet="Norrvik Post")
    return store


@pytest.fixture
def check(bridge: Store) -> Callable[..., Answer]:
    """Checks words against that article."""
    return lambda words="", **more: reply(Question(command="check", words=words, **more), bridge)


def changes(answer: Answer) -> list[Change]:
    """The compared wordings of an answer."""
    return [block for block in blocks_in(answer) if isinstance(block, Change)]


def marked(answer: Answer) -> tuple[str, list[str], list[str]]:
    """What differs in the one change of an answer: in words of ours, as asked, as printed."""
    (change,) = changes(answer)
    return (
        change.kind,
        [span.cut(change.before.text) for span in change.before.marked],
        [span.cut(change.after.text) for span in change.after.marked],
    )


@pytest.mark.parametrize(
    "words",
    [
        "Everybody in the town has to be very patient with us.",
        "“Everybody in the town has to be very patient with us.”",
        '"everybody in the TOWN   has to be very patient with us"',
        "Ruiz said: «Everybody in the town has to be very patient with us!»",
        "did Ana Ruiz say that everybody in the town has to be very patient with us?",
        "Everybody in the town has to be very patient with us, Ruiz said",
        "is it true that everybody in the town has to be very patient with us?",
        "Breaking: Ana Ruiz says everybody in the town has to be very patient with us",
        "ruiz: everybody in the town has to be very patient with us",
    ],
)
def test_exact(check: Callable[..., Answer], words: str) -> None:
    """Letter case, marks and spacing aside, the same words are exact; who said it and who printed it is shown."""
    answer = check(words)
    assert answer.heading == "Exact, word for word — Norrvik bridge closed"
    assert texts(answer) == [f"{REPAIRS} | {PATIENT}"]
    assert [(block.speaker, block.carriers[0].article.outlet) for block in quoted(answer)] == [
        ("Ana Ruiz", "Norrvik Post")
    ]
    assert "gives the words" not in ours(answer)
    assert "part of a longer" not in ours(answer)


def test_a_part_of_a_sentence(check: Callable[..., Answer]) -> None:
    """Words out of the middle of a sentence are exact, and the whole of it is shown and told of."""
    answer = check("the piers are repaired, and that takes 12 weeks")
    assert answer.heading.startswith("Exact")
    assert "A part of a longer quotation." in ours(answer)
    assert texts(answer) == [f"{REPAIRS} | {PATIENT}"]


@pytest.mark.parametrize(
    ("words", "kind", "asked", "printed"),
    [
        ("We have asked the ministry for fifty million crowns", "A number or date was changed", ["fifty"], ["forty"]),
        (
            "the bridge will open before the piers are repaired, and that takes 12 weeks",
            "A negation was left out",
            [],
            ["not"],
        ),
        ("Nobody told the ferry crews about the accident", "1 word was replaced", ["accident"], ["closure"]),
        ("Everybody in the old town has to be very patient with us", "1 word was added", ["old"], []),
        ("Everybody has to be very patient with us", "3 words were left out", [], ["in the town"]),
        (
            "This should not have been seen years ago by the inspectors",
            "A negation was added",
            ["not"],
            [],
        ),
    ],
)
def test_altered(check: Callable[..., Answer], words: str, kind: str, asked: list[str], printed: list[str]) -> None:
    """What was changed is told and marked in both wordings, and the printed quotation stands below."""
    answer = check(words)
    assert answer.heading.startswith("Altered — ")
    assert marked(answer) == (kind, asked, printed)
    assert len(quoted(answer)) == 1


def test_altered_words_of_another(check: Callable[..., Answer]) -> None:
    """Both faults are told: the words and the speaker."""
    answer = check("Ruiz said “We have asked the ministry for fifty million crowns”")
    assert "The message gives the words to Ruiz; the article gives them to Tor Berg." in ours(answer)
    assert marked(answer)[0] == "A number or date was changed"


@pytest.mark.parametrize(
    "words",
    [
        "Berg said “Everybody in the town has to be very patient with us”",
        "berg said “Everybody in the town has to be very patient with us”",
        "“Everybody in the town has to be very patient with us,” said Tor Berg",
        "did Berg say everybody in the town has to be very patient with us?",
        "Moon Jae-in said “Everybody in the town has to be very patient with us”",
        "Joe Biden: “Everybody in the town has to be very patient with us”",
    ],
)
def test_another_speaker(check: Callable[..., Answer], words: str) -> None:
    """Exact words that are given to somebody else are told as that, with the printed speaker."""
    answer = check(words)
    assert answer.heading == "Exact words, but another speaker — Norrvik bridge closed"
    assert "the article gives them to Ana Ruiz." in ours(answer)


@pytest.mark.parametrize(
    "words",
    [
        "Ruiz: “Everybody in the town has to be very patient with us”",
        "Ana Ruis said “Everybody in the town has to be very patient with us”",
        "The harbour master said “Everybody in the town has to be very patient with us”",
        "She said “Everybody in the town has to be very patient with us”",
        "Norrvik Post: “Everybody in the town has to be very patient with us”",
    ],
)
def test_no_other_speaker(check: Callable[..., Answer], words: str) -> None:
    """A short or misspelt name, a role, a pronoun or the outlet is no other speaker."""
    assert check(words).heading.startswith("Exact, word for word")


@pytest.mark.parametrize("words", ["Trump said there are no secrets", "Kelly: “there are no secrets”"])
def test_whoever_else_stands_in_the_attribution(ask_seeds: Ask, words: str) -> None:
    """Somebody whom the reporting clause only mentions ("of the talk with Trump") is another speaker."""
    assert ask_seeds("check", words).heading.startswith("Exact words, but another speaker")


def test_people_who_share_a_last_name(store: Store) -> None:
    """Where an article knows both, words of one are not let pass as those of the other."""
    words = "“I never went near the warehouse that night.”"
    brothers = (Somebody("Tom Harlow"), Somebody("Ed Harlow"))
    line = f"{words} Tom Harlow said. Ed Harlow shook his head."
    put(store, line, said=[Said((words,), "Tom Harlow", attribution="Tom Harlow said")], people=brothers)
    for who, told in (("Tom Harlow", "Exact, word for word"), ("Ed Harlow", "Exact words, but another speaker")):
        assert reply(Question(command="check", words=f"{who} said {words}"), store).heading.startswith(told)


SECOND_HAND = "“In 2019 Berg promised us that ‘not one ferry of the harbour fleet will be sold’. Two were.”"


@pytest.mark.parametrize("who", ["", "Ana Ruiz: ", "Tor Berg: "])
@pytest.mark.parametrize(
    "words", ["not one ferry of the harbour fleet will be sold", "not one ferry of the harbour fleet will be scrapped"]
)
def test_words_at_second_hand(store: Store, who: str, words: str) -> None:
    """What somebody quotes in a quotation is neither told as their own words nor as words of nobody else."""
    put(store, f"{SECOND_HAND} Ruiz said.", said=[Said((SECOND_HAND,), "Ana Ruiz")], people=(RUIZ, BERG))
    answer = reply(Question(command="check", words=f"{who}“{words}”"), store)
    assert answer.heading.startswith(("Exact words, at second hand", "Altered"))
    assert "Ana Ruiz quotes these words: they may be somebody else's." in ours(answer)
    assert "the article gives them to" not in ours(answer)


def test_the_whole_of_what_quotes_somebody(store: Store) -> None:
    """What is around the inner marks is the speaker's own."""
    put(store, f"{SECOND_HAND} Ruiz said.", said=[Said((SECOND_HAND,), "Ana Ruiz")], people=(RUIZ, BERG))
    answer = reply(Question(command="check", words="Berg: In 2019 Berg promised us that not one ferry"), store)
    assert answer.heading.startswith("Exact words, but another speaker")


def test_unattributed(check: Callable[..., Answer]) -> None:
    """Where the article names nobody, nobody is named, whoever the message names."""
    answer = check("Berg said “This should have been seen years ago by the inspectors”")
    assert "the article does not say who said them" in ours(answer)
    (block,) = quoted(answer)
    assert block.spoken
    assert block.speaker is None


def test_the_outlets_own_words(check: Callable[..., Answer]) -> None:
    """What no person said is told to be the outlet's own, also where the message gives it to somebody."""
    answer = check("Berg said “Ferries carry passengers and cars across the harbour”")
    assert "The outlet's own words, not a quotation." in ours(answer)
    assert "The message gives the words to Berg." in ours(answer)
    (block,) = quoted(answer)
    assert not block.spoken
    assert block.parts[0].text == (
        "Ferries carry passengers and cars across the harbour until the piers of the bridge are repaired."
    )


@pytest.mark.parametrize("dots", ["…", "...", " . . . ", "[...]", "(…)"])
def test_an_ellipsis(check: Callable[..., Answer], dots: str) -> None:
    """A quotation that is cut with an ellipsis is exact but for that, and what it leaves out is marked."""
    answer = check(f"“The bridge will not open {dots} and that takes 12 weeks”")
    assert answer.heading.startswith("Exact, but for what the ellipsis leaves out")
    assert marked(answer) == ("The ellipsis stands for the marked words", [], ["before the piers are repaired"])


def test_an_ellipsis_does_not_hide_a_change(check: Callable[..., Answer]) -> None:
    """A word that was changed beside an ellipsis is told."""
    answer = check("“The bridge will open … and that takes 13 weeks”")
    assert answer.heading.startswith("Altered")
    kind, asked, printed = marked(answer)
    assert kind == "A negation was left out; a number or date was changed"
    assert asked == ["13"]
    assert printed == ["not", "before the piers are repaired", "12"]


def test_put_together(check: Callable[..., Answer]) -> None:
    """Words of two speakers in one quotation are told to be two passages, each with its own speaker."""
    answer = check("“The bridge will not open before the piers are repaired, nobody told the ferry crews about it”")
    assert answer.heading == "Put together from 2 printed passages — Norrvik bridge closed"
    assert [block.speaker for block in quoted(answer)] == ["Ana Ruiz", "one captain"]


@pytest.mark.parametrize(
    "words",
    [
        "The bridge stays shut until the repair of the piers is done in three months",
        "Citizens must show patience, the harbour master thinks",
        "Ruiz: “I am proud of the people of Norrvik”",
        "The bridge at Norrvik was opened by the king on a Sunday in June",
        "Engineers of the ministry found forty cracks in the ferries of the harbour",
        "What is the capital of France and how many people live there?",
        "Nous avons demandé quarante millions de couronnes au ministère",
        "х у й так далее и тому подобное слово",
    ],
)
def test_not_there(check: Callable[..., Answer], words: str) -> None:
    """A paraphrase, an invention, a shared subject or another language is no match, and no more is claimed."""
    answer = check(words)
    assert answer.heading.startswith("Not in the loaded articles")
    assert "None of 1 loaded article prints these words" in ours(answer)
    assert "That does not tell whether they were said." in ours(answer)
    assert quoted(answer) == []
    assert changes(answer) == []
    assert "Passages about it" in [each.label for each in answer.next]


@pytest.mark.parametrize("words", ["patient", "very patient", "has to be", "“the bridge”", "it is what it is", "?"])
def test_too_few_words(check: Callable[..., Answer], words: str) -> None:
    """Words that may be anybody's are not judged."""
    assert check(words).heading.startswith("Too few words to tell")
    assert quoted(check(words)) == []


@pytest.mark.parametrize("words", ["Ruiz said “very patient”", "Ruiz said: very patient", "“very patient”, Ruiz said"])
def test_too_few_words_with_a_speaker(check: Callable[..., Answer], words: str) -> None:
    """The name beside them makes a few words no longer: it is not told that nobody prints what an article prints."""
    assert check(words).heading.startswith("Too few words to tell")


@pytest.mark.parametrize(
    "words", ["“It stays shut,” says Ruiz", "It stays shut", "Ruiz called: “It stays shut!” Two boats sank."]
)
def test_few_words_that_are_a_whole_quotation(store: Store, words: str) -> None:
    """What an article quotes just so is found however short it is, in this story; never told to be printed nowhere."""
    put(store, "“It stays shut,” said Ruiz.", said=[Said(("“It stays shut,”",), "Ana Ruiz")])
    assert reply(Question(command="check", words=words), store).heading.startswith("Exact, word for word")
    put(store, "Astronomers watch the sky, and it is a clear night.", headline="A comet", filler=False)
    away = next(story.id for story in store.stories() if story.title == "A comet")
    assert "loaded articles prints" not in ours(
        reply(Question(command="check", words="“It stays shut”", story=away), store)
    )


def test_few_marked_words_with_little_around_them(check: Callable[..., Answer]) -> None:
    """Nothing is claimed of words that are too few only because their sentence is not printed."""
    answer = check("Berg said “the morning traffic”")
    assert answer.heading.startswith("Too few words to tell")
    assert "prints these words" not in ours(answer)


def test_marks_around_a_few_words_of_a_sentence(check: Callable[..., Answer]) -> None:
    """Where all that is marked is too short, the sentence is looked at."""
    answer = check("Ana Ruiz, the “harbour master”, ordered the closure of the bridge before the evening traffic")
    assert marked(answer)[1:] == (["evening"], ["morning"])


def test_words_of_two_sentences_run_together(check: Callable[..., Answer]) -> None:
    """Words of a quotation and of a report beside it are two passages, also where both stand in one paragraph."""
    answer = check(
        "“We have asked the ministry for forty million crowns but nobody told the ferry crews about the closure”"
    )
    assert answer.heading.startswith("Put together from 2 printed passages")
    assert [block.speaker for block in quoted(answer)] == ["Tor Berg", "one captain"]


@pytest.mark.parametrize(
    "words",
    [
        "I think everybody in the town has to be very patient with us, as Berg put it.",
        "well everybody in the town has to be very patient with us, or so they say now",
    ],
)
def test_a_quoted_sentence_within_another(check: Callable[..., Answer], words: str) -> None:
    """What somebody writes around a whole printed sentence does not make it an altered one; which it is, is told."""
    answer = check(words)
    assert answer.heading.startswith("Exact, word for word")
    assert "“everybody in the town has to be very patient with us”" in ours(answer)
    assert [block.speaker for block in quoted(answer)] == ["Ana Ruiz"]


def test_which_words_were_looked_at(check: Callable[..., Answer]) -> None:
    """Where only a part of what was written is judged, that part is told."""
    words = "everybody in the town has to be very patient with us"
    assert f"“{words}”" in ours(check(f"Ruiz said {words}"))
    assert f"“{words}”" not in ours(check(words))


def test_nothing_to_check(check: Callable[..., Answer]) -> None:
    """Without words it is told how to ask."""
    assert check().heading == "Which words?"
    assert check(reply=" \n ").heading == "Which words?"


def test_a_message_with_several_quotations(check: Callable[..., Answer]) -> None:
    """Each is judged by itself, with what the message says about it."""
    answer = check(
        reply="Forwarded!\nRuiz said “Everybody in the town has to be very patient with us”.\n"
        "“We have asked the ministry for fifty million crowns,” Ruiz said.\n"
        "And Berg said: “I never liked that old bridge of theirs”. He called it “ugly”."
    )
    assert answer.heading.startswith("3 quotations checked")
    shown = ours(answer)
    assert "1. Exact, word for word" in shown
    assert "2. Altered" in shown
    assert "gives the words to Ruiz; the article gives them to Tor Berg" in shown
    assert "Not in the loaded articles\n" in f"{shown}\n"
    assert "I never liked that old bridge of theirs" in shown


def test_a_message_in_which_nothing_is_quoted(check: Callable[..., Answer]) -> None:
    """Its sentences are judged one by one; an invented one between printed ones is seen."""
    answer = check(
        reply="Ferries carry passengers and cars across the harbour until the piers of the bridge are repaired. "
        "Two boats sank in the storm of last winter near the mouth of the river. "
        "Ana Ruiz, the harbour master, ordered the closure of the bridge before the evening traffic."
    )
    assert answer.heading.startswith("3 quotations checked")
    assert marked(answer)[1:] == (["evening"], ["morning"])
    assert ours(answer).count("Not in the loaded articles") == 1


def test_the_words_of_the_command_come_before_the_reply(check: Callable[..., Answer]) -> None:
    """What was typed is the question; the message that was replied to is not."""
    answer = check(
        "Everybody in the town has to be very patient with us", reply="“Something else that nobody has said”"
    )
    assert answer.heading.startswith("Exact")


def test_another_story(bridge: Store) -> None:
    """What only another story prints is found there, and it is said so."""
    other = "“The comet will pass the earth at a distance of two million miles,”"
    body = f"Astronomers watch the sky. {other} said Lena Holm, an astronomer at the observatory of Falun."
    put(
        bridge,
        body,
        said=(Said((other,), "Lena Holm"),),
        people=(Somebody("Lena Holm"),),
        headline="A comet",
        filler=False,
    )
    home = next(story.id for story in bridge.stories() if story.title == "Norrvik bridge closed")
    exact, altered = (
        reply(Question(command="check", words=words, story=home), bridge)
        for words in (
            "The comet will pass the earth at a distance of two million miles",
            "The comet will pass the earth at a distance of three million miles",
        )
    )
    assert exact.heading == "Exact, word for word — A comet"
    assert altered.heading == "Altered — A comet"
    for answer in (exact, altered):
        assert "Found in another story" in ours(answer)
        assert ours(answer).count("A comet") == 1
        assert [block.speaker for block in quoted(answer)] == ["Lena Holm"]


def test_what_a_newer_version_dropped(store: Store) -> None:
    """Words that only an older version prints are told to be that, with who said them, and what stands there now."""
    link = "https://example.org/bridge"
    old, new = "“We opened the bridge far too late last year,”", "“We opened the bridge a little late last year,”"
    for said in (old, new):
        put(store, f"{said} Ruiz said.", said=(Said((said,), RUIZ.name),), url=link)
    dropped, kept = (reply(Question(command="check", words=words), store) for words in (old, new))
    assert dropped.heading.startswith("Only in an older version")
    assert "Version 1 of this article printed these words; the newest version does not." in ours(dropped)
    assert [(block.speaker, block.parts[0].text) for block in quoted(dropped)] == [("Ana Ruiz", old)]
    assert marked(dropped) == ("2 words were replaced", ["far too"], ["a little"])
    assert kept.heading.startswith("Exact, word for word")


def test_the_same_words_of_a_vague_and_a_named_speaker(ask_seeds: Ask) -> None:
    """Of two articles that print the same words, the one that names the speaker is shown, and both are counted."""
    answer = ask_seeds("check", "one of them is to show the U.S. that they are not the only game in town")
    (block,) = quoted(answer)
    assert block.speaker == "Tom Plant"
    assert len(block.carriers) == 2


@pytest.mark.parametrize("amount", [10, 400, 4096, 100_000])
def test_hostile_messages(bridge: Store, amount: int) -> None:
    """Any amount of any text is answered, and soon."""
    for piece in ("“the bridge will not open before ", "bridge ", '" ', "\x00\ud800“", "piers are repaired. "):
        began = time.monotonic()
        answer = reply(Question(command="check", reply=(piece * amount)[:amount]), bridge)
        assert answer.heading != "Sorry, that did not work."
        assert time.monotonic() - began < 5


def test_what_is_shown_is_printed(check: Callable[..., Answer], bridge: Store) -> None:
    """Every passage and every printed wording is cut from its article."""
    for words in ("Everybody has to be very patient with us", "Ferries carry passengers and cars across the harbour"):
        answer = check(words)
        for block in blocks_in(answer):
            if isinstance(block, Quoted):
                assert all(is_printed(part, bridge) for part in block.parts)
            if isinstance(block, Change):
                assert block.after.passage is not None
                assert is_printed(block.after.passage, bridge)
                assert block.after.text == block.after.passage.text


CLAUSE = "“We will not leave the islands to the sea,” Berg repeated on Friday, “and we will come back with 40 boats.”"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "“We will not leave the islands to the sea, so there, and we will come back with 40 boats”",
            "2 words were added",
        ),
        ("“We shall not leave the islands to the sea and we will come back with 40 boats”", "1 word was replaced"),
        (
            "“We will not leave the islands to the sea and we will come back with 50 boats”",
            "A number or date was changed",
        ),
    ],
)
def test_words_between_the_parts_of_a_quotation(store: Store, words: str, told: str) -> None:
    """Who says it, and on what day, stands between two parts of a quotation; it is neither left out nor changed."""
    parts = ("“We will not leave the islands to the sea,”", "“and we will come back with 40 boats.”")
    put(store, CLAUSE, said=[Said(parts, "Tor Berg", attribution="Berg repeated")], people=(BERG,))
    answer = reply(Question(command="check", words=words), store)
    assert marked(answer)[0] == told
    assert not any("Friday" in each for each in marked(answer)[2])
