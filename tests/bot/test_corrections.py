"""What admins decide leaves the bot as JSON lines and as gold cases, and stays when articles are read again."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from analysis.document import Field
from analysis.model import Person, Quotation, QuoteKind, Reading, Span, Speaker, SpeakerKind
from bot import gold_cases, job_items
from bot.jobs import Loader
from handlers import reread
from ingest.worker import Worker
from store import Store
from store.model import Article, Job, JobState, Verdict
from tests.bot.test_main import run
from tests.gold.loading import Case, case_of

BODY = (
    "Ann Lee runs the bridge.\n\n"
    "Bob Ray, a diver, spoke of “rust” first.\n\n"
    "“It is long,” she said on Monday. “It is very long, and it'll stay \\ so.”\n\n"
    "It was “rust” and “rust” that he saw."
)


def store_of(path: Path, body: str = BODY) -> Store:
    """A store with one article, each stretch in curly marks of which is read as Bob Ray's."""
    store = Store.open(path)
    article = Article(headline="Bridge opened", body=body, outlet="Post")
    text = ingest.document_of(article).text
    spans, at = [], 0
    while (start := text.find("“", at)) >= 0:
        at = text.index("”", start) + 1
        spans.append(Span(start, at))
    long = [each for each in spans if "long" in each.cut(text)]
    quotations = tuple(
        Quotation(each, QuoteKind.DIRECT, 99 if each in long else n, Speaker("Bob Ray", SpeakerKind.PERSON, (1,)))
        for n, each in enumerate(spans)
    )
    store.add(article, Reading(quotations=quotations, people=(Person("Ann Lee", aliases=("Lee",)), Person("Bob Ray"))))
    return store


def correct(store: Store, at: int, verdict: Verdict, speaker: str | None = None, kind: str = "person") -> None:
    """Decide on a quotation by its number in the article."""
    story = store.stories()[0].id
    place = [each.parts[0] for each in store.quotations(story)][at]
    read = store.quotation_at(place, as_read=True)
    assert read is not None
    store.correct(read, verdict, speaker, SpeakerKind(kind) if speaker else None, set_by="7")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with that article."""
    with store_of(tmp_path / "bot.db") as opened:
        yield opened


def cases(store: Store, tmp_path: Path) -> list[Case]:
    """The cases of the store as the gold tables load them."""
    done = run("corrections", "--toml", "--store", str(tmp_path / "bot.db"))
    assert (done.returncode, done.stderr) == (0, "")
    return [case_of(name, table, "corrected") for name, table in tomllib.loads(done.stdout).items()]


def test_json_lines(store: Store, tmp_path: Path) -> None:
    """A line a correction: the paragraph, where the quotation stands in it, what was given and what is right."""
    correct(store, 1, Verdict.SPEAKER, "Ann Lee")
    correct(store, 0, Verdict.NOT_A_QUOTATION)
    done = run("corrections", "--store", str(tmp_path / "bot.db"))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["text"] == BODY.split("\n\n")[2]
    assert [first["text"][start:end] for start, end in first["spans"]] == [
        "“It is long,”",
        "“It is very long, and it'll stay \\ so.”",
    ]
    assert (first["given"], first["right"], first["right_kind"]) == ("Bob Ray", "Ann Lee", "person")
    assert (second["verdict"], second["given"], second["right"]) == ("not a quotation", "Bob Ray", None)
    assert "set_by" not in first


def test_gold_cases(store: Store, tmp_path: Path) -> None:
    """The tables load again and say the same: the speaker, nobody to be quoted, nobody to be named."""
    correct(store, 1, Verdict.SPEAKER, "Ann Lee")
    correct(store, 0, Verdict.NOT_A_QUOTATION)
    correct(store, 2, Verdict.UNATTRIBUTED)
    loaded = cases(store, tmp_path)
    by_kind = {bool(each.quotes) + 2 * bool(each.forbid): each for each in loaded}
    assert len(loaded) == 3
    spoken, silent, unspoken = by_kind[1], by_kind[2], by_kind[0]
    assert [each.span.cut(spoken.text) for each in spoken.quotes] == [
        "“It is long,”",
        "“It is very long, and it'll stay \\ so.”",
    ]
    assert {each.who.names for each in spoken.quotes} == {("Ann Lee",)}
    assert len({each.group for each in spoken.quotes}) == 1
    assert spoken.quotes[0].who.mention.cut(spoken.text) == "Ann Lee"
    assert [each.cut(silent.text) for each in silent.forbid] == ["“rust”"]
    assert unspoken.text == BODY.split("\n\n")[3]
    assert unspoken.unspoken == (Span(18, 24),)


@pytest.mark.parametrize(("name", "kind"), [("Bob Ray", "person"), ("a diver", "role"), ("Bridge", "organisation")])
def test_kinds_of_speakers(store: Store, tmp_path: Path, name: str, kind: str) -> None:
    """People, roles and institutions come back as what they are; a name that is not printed is told, not made up."""
    correct(store, 0, Verdict.SPEAKER, name, kind)
    loaded = cases(store, tmp_path)
    assert [(each.quotes[0].who.phrase, each.quotes[0].who.kind) for each in loaded] == (
        [] if name == "Bridge" else [(name, kind)]
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'\"\\|~+⟨⟩ \n\r\u2028“⍽"), max_size=30),
    around=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'\"\\| \n\t"), max_size=20),
)
def test_hostile_texts(tmp_path_factory: pytest.TempPathFactory, words: str, around: str) -> None:
    """Whatever an article prints, the table can be read, and it tells what was corrected or nothing."""
    body = f"{around}“x{words.replace('”', '')}” said Ann Lee. {around}"
    with store_of(tmp_path_factory.mktemp("store") / "bot.db", body) as made:
        correct(made, 0, Verdict.SPEAKER, "Ann Lee")
        (correction,) = made.corrections()
        text = made.text(correction.parts[0].version_id, Field.BODY)
        written = gold_cases.case(correction, text, ("Ann Lee", "Lee"))
        for name, table in tomllib.loads(written).items():
            found = case_of(name, table, "corrected")
            told = "".join(each.span.cut(found.text) for each in found.quotes)
            assert "".join(told.split()) == "".join(correction.parts[0].text.split())
            assert {each.who.names for each in found.quotes} == {("Ann Lee",)}


def test_nothing_corrected(tmp_path: Path) -> None:
    """Nothing is written; a store that is not there is told of in one line."""
    store_of(tmp_path / "bot.db").close()
    assert run("corrections", "--store", str(tmp_path / "bot.db")).stdout == ""
    missing = run("corrections", "--store", str(tmp_path / "none.db"))
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
    assert run("reread", "--store", str(tmp_path / "none.db")).returncode == 2


def test_reread_on_the_command_line(seeded: Path) -> None:
    """`reread` reads everything again with the real analysis: the same quotations, and what an admin set stays set."""
    with Store.open(seeded) as store:
        story = store.stories()[0].id
        correct(store, 0, Verdict.SPEAKER, "Tom Plant")
        before = [(each.parts, each.speaker, each.set_by_admin) for each in store.quotations(story)]
    done = run("reread", "--store", str(seeded))
    assert (done.returncode, done.stdout, done.stderr) == (0, "Read again: 2 articles.\n", "")
    with Store.open(seeded) as store:
        assert [(each.parts, each.speaker, each.set_by_admin) for each in store.quotations(story)] == before
        assert any(marked for _, _, marked in before)
        assert store.verify() == []
        assert store.open_jobs() == []


def test_an_article_that_cannot_be_read_again(store: Store) -> None:
    """It stays as it was read before, and the admin is told which one it was."""
    before = store.quotations(store.stories()[0].id)
    job = rerun(store, Worker(limit=0.01))
    assert job.state is JobState.FAILED
    assert store.quotations(store.stories()[0].id) == before
    shown = job_items.summary(job, store)
    assert shown.heading == "Reading again is done."
    assert "Bridge opened" in str(shown.blocks)
    assert job_items.progress(job).heading == "Reading again: 1 of 1 done"


def rerun(store: Store, worker: Worker) -> Job:
    """Run the job of /reread."""
    loader = Loader(store, worker)
    job = loader.run(store.new_job("telegram:7", "7", reread.items(store)), lambda job: None)
    loader.close()
    assert job
    return job
