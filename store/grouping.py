"""Finds the story that an article belongs to, among all that are loaded, by the words that tell most of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from analysis.stories import WINDOW, Counts, Fingerprint, choose_story, rare_terms
from store.connections import Connection

LOOKED_UP = 12  # words of an article that lead to the stories it may belong to (figures: docs/decisions/0002-store.md)
MOST_STORIES = 8  # that are looked at closely, those with most of these words first
MOST_MEMBERS = 40  # of one story, the newest first
CHUNK = 500  # words in one statement


def choose(db: Connection, new: Fingerprint) -> int | None:
    """The story that an article with this fingerprint belongs to, None where it opens a new one."""
    alone = counts(db, new.terms, new)
    stories = _candidates(db, new, rare_terms(new, alone, LOOKED_UP))
    known = {story: members(db, story) for story in stories}
    terms = {term for each in known.values() for one in each for term in one.terms}
    return choose_story(new, known, counts(db, terms | new.terms.keys(), new))


def _candidates(db: Connection, new: Fingerprint, terms: Sequence[str]) -> list[int]:
    """Stories with an article of about the same days that shares some of the words."""
    values = {"first": _moved(new.day, -WINDOW), "last": _moved(new.day, WINDOW)}
    shared: dict[int, int] = defaultdict(int)
    for names, words in _chunks(terms):
        asked = f"""
            SELECT story_id, count(*) AS shared FROM story_terms JOIN memberships USING (article_id)
            WHERE term IN ({names}) AND (day IS NULL OR :first IS NULL OR day BETWEEN :first AND :last)
            GROUP BY story_id
        """  # noqa: S608 - names are parameters
        for row in db.execute(asked, {**values, **words}):
            shared[row["story_id"]] += row["shared"]
    return sorted(shared, key=lambda story: (-shared[story], -story))[:MOST_STORIES]


def _moved(day: date | None, by: int) -> str | None:
    """A day some days earlier or later, as kept; the first and last day that there are stay."""
    if day is None:
        return None
    return date.fromordinal(min(max(day.toordinal() + by, date.min.toordinal()), date.max.toordinal())).isoformat()


def members(db: Connection, story_id: int) -> list[Fingerprint]:
    """The fingerprints of a story's newest articles, in order of loading."""
    return [fingerprint for _, fingerprint in headlines(db, story_id)]


def headlines(db: Connection, story_id: int) -> list[tuple[str, Fingerprint]]:
    """The headlines and fingerprints of a story's newest articles, in order of loading."""
    asked = """
        SELECT headline, fingerprint FROM versions JOIN memberships USING (article_id)
        WHERE newest = 1 AND story_id = :story ORDER BY memberships.article_id DESC LIMIT :most
    """
    rows = db.execute(asked, {"story": story_id, "most": MOST_MEMBERS}).fetchall()
    return [(row["headline"], loaded(row["fingerprint"])) for row in reversed(rows)]


def loaded(text: str) -> Fingerprint:
    """A kept fingerprint; one that another version of the analysis made is like nothing."""
    try:
        return Fingerprint.load(text)
    except ValueError:
        return Fingerprint({})


def counts(db: Connection, terms: Iterable[str], new: Fingerprint | None = None) -> Counts:
    """In how many articles each word stands, an article that is about to be loaded included."""
    of: dict[str, int] = {}
    for names, words in _chunks(sorted(terms)):
        asked = f"SELECT term, articles FROM term_counts WHERE term IN ({names})"  # noqa: S608 - names are parameters
        of.update((row["term"], row["articles"]) for row in db.execute(asked, words))
    articles = int(db.execute("SELECT count(*) AS n FROM articles").fetchone()["n"])
    for term in new.terms if new else ():
        of[term] = of.get(term, 0) + 1
    return Counts(articles + (new is not None), of)


def _chunks(terms: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Parts of a list with the names of their parameters."""
    for at in range(0, len(terms), CHUNK):
        words = {f"t{number}": term for number, term in enumerate(terms[at : at + CHUNK])}
        yield ", ".join(f":{name}" for name in words), words


def learn(db: Connection, article_id: int, fingerprint: Fingerprint) -> None:
    """Count the words of an article, and let those that tell most of it lead to it."""
    counted = """INSERT INTO term_counts (term, articles) VALUES (:term, 1)
        ON CONFLICT (term) DO UPDATE SET articles = term_counts.articles + 1"""
    db.executemany(counted, [{"term": term} for term in sorted(fingerprint.terms)])
    rare = rare_terms(fingerprint, counts(db, fingerprint.terms), LOOKED_UP)
    day = fingerprint.day.isoformat() if fingerprint.day else None
    db.executemany(
        "INSERT INTO story_terms (term, article_id, day) VALUES (:term, :article, :day)",
        [{"term": term, "article": article_id, "day": day} for term in rare],
    )


def forget(db: Connection, article_id: int, fingerprint: Fingerprint) -> None:
    """Take back what was learnt of an article."""
    less = "UPDATE term_counts SET articles = articles - 1 WHERE term = :term"
    db.executemany(less, [{"term": term} for term in sorted(fingerprint.terms)])
    gone = "DELETE FROM term_counts WHERE term = :term AND articles <= 0"
    db.executemany(gone, [{"term": term} for term in sorted(fingerprint.terms)])
    db.execute("DELETE FROM story_terms WHERE article_id = :article", {"article": article_id})
