"""Names, dates and links are read where they are printed, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest import clean_text
from ingest.stated import date_in, names_in

DAY = datetime(2021, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("May 4, 2021", DAY),
        ("Published Tuesday 4th May 2021", DAY),
        ("4 May, 2021 - 06:36", DAY.replace(hour=6, minute=36)),
        ("2021-05-04", DAY),
        ("2021-05-04T10:22:33.123Z", DAY.replace(hour=10, minute=22, second=33)),
        ("2021-05-04T10:22:33-0500", datetime(2021, 5, 4, 10, 22, 33, tzinfo=timezone(timedelta(hours=-5)))),
        ("May 4, 2021 at 1:05 p.m.", DAY.replace(hour=13, minute=5)),
        ("May 4, 2021 12:30 am", DAY.replace(minute=30)),
        ("May 4, 2021 99:99", DAY),
        ("14/05/2021", DAY.replace(day=14)),
        ("05/14/2021", DAY.replace(day=14)),
        ("04.04.2021", DAY.replace(month=4)),
        ("04/05/2021", None),
        ("February 31, 2021", None),
        ("2021-13-40", None),
        ("May 2021", None),
        ("Thursday", None),
        ("", None),
        ("0000-00-00T00:00:00+99:99", None),
        ("2021-05-04T10:22:00+99:99", DAY),
    ],
)
def test_dates(words: str, date: datetime | None) -> None:
    """A date is read as printed; what could be two days, or none, is no date."""
    assert date_in(words) == date


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("BY ANA RUIZ", ("Ana Ruiz",)),
        ("Ana Ruiz in London", ("Ana Ruiz",)),
        ("By Ana Ruiz and Piotr Nowak, Harbour Correspondents", ("Ana Ruiz", "Piotr Nowak")),
        ("By Ana de la Ruiz, The Daily Courier Press Agency", ("Ana de la Ruiz",)),
        ("By Ana Ruiz @anaruiz ana@courier.example", ("Ana Ruiz",)),
        ("(Reporting by Ana Ruiz and Piotr Nowak in Leeds; Editing by Mette Solheim)", ("Ana Ruiz", "Piotr Nowak")),
        ("(Editing by Mette Solheim)", ()),
        ("By our own correspondent", ()),
        ("Publication: Daily Courier", ()),
        ("https://courier.example/Ana Ruiz", ()),
        ("", ()),
    ],
)
def test_names(byline: str, names: tuple[str, ...]) -> None:
    """Names come without titles, places and addresses, and editors are not authors."""
    assert names_in(byline) == names


LEAD = "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust."


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"https://courier.example/a\n\nCouncil shuts bridges\n\n{LEAD}", "https://courier.example/a"),
        (f"Council shuts bridges\n\n{LEAD}\n\nhttps://courier.example/a", "https://courier.example/a"),
        (f"Council shuts bridges\n\n{LEAD}\n\nhttps://other.example/post\n\n{LEAD[4:]}", None),
        (f"Council shuts bridges\n\n{LEAD} See https://other.example/post for more.", None),
    ],
)
def test_links(text: str, link: str | None) -> None:
    """A link above or below a paste is the article's; one in the middle leads elsewhere."""
    assert clean_text(text).url == link
