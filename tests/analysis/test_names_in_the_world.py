"""Names from every continent, jobs before names, gender by the text, nations and deeds: who is meant, case by case."""

from __future__ import annotations

import pytest

from analysis import read

ARRIVED = "{} arrived in Lisbon with a borrowed coat. “Nobody believed it,” {} said."
MEN = (
    "Abdoulaye Cissé|Babatunde Okoro|Mwangi Njoroge|Tariku Desta|Xolani Mthembu|Harbinder Sandhu|Damir Kovačić"
    "|Pyotr Gusev|Eero Virtanen|Amaru Condori|Wiremu Ngata|Mosese Tuilagi|Giles Harker|Kwabena Boateng|Chidi Nwosu"
    "|Imran Chaudhry|Zoltan Kerekes|Lorenzo Bassi|Kenji Morita|Nguyen Van Thanh|Rhodri Pugh|Ruaridh Munro|Dawit Tesfaye"
    "|Bjarki Jónsson"
)
WOMEN = (
    "Zuleikha Osman|Consolata Wafula|Hadiza Sani|Nkechi Obi|Almaz Worku|Kalinda Mehta|Soraya Ahmadi|Sunniva Berge"
    "|Leocadia Prat|Marit Solbakken|Rukmini Nair|Nayra Mamani|Reiko Hayashi|Aroha Tamihana|Ffion Morgan|Gráinne Walsh"
    "|Siobhan Kerr|Yetunde Alabi|Gulnara Akhmetova|Oksana Bondar"
)
NAMED = [(ARRIVED.format(name, "he"), name) for name in MEN.split("|")] + [
    (ARRIVED.format(name, "she"), name) for name in WOMEN.split("|")
]
TOLD = [
    ("Objector Clement Shaw stood up. “No,” he said.", "Clement Shaw"),
    ("PC Dinah Marsh took notes. “It was dark,” she said.", "Dinah Marsh"),
    ("Promoter Vic Hollis said: “It is on.”", "Vic Hollis"),
    ("Alderman Roy Pike said: “I object.”", "Roy Pike"),
    ("Mayors Ida Falk and Jonas Berg said: “We agree.”", "Ida Falk and Jonas Berg"),
    ("Colonel-General Artem Bondar said: “They fell back.”", "Artem Bondar"),
    ("Bernard Coyle KC said: “There is no case.”", "Bernard Coyle"),
    ("“It’s a field,” groundsman Fergal O’Dowd told reporters.", "Fergal O’Dowd"),
    ("US Secretary of State Ann Rowley spoke. “Talks go on,” she said.", "Ann Rowley"),
    ("Elena Gil de la Torre opened the shop. “We sell lamps,” Gil de la Torre said.", "Elena Gil de la Torre"),
    ("Joost van der Laan opened the shop. “We sell lamps,” Van der Laan said.", "Joost van der Laan"),
    ("Wen Aiguo founded the firm with He Bo. “We sell lamps,” He Bo said.", "He Bo"),
    ("Ghana’s Kofi Asante beat Finland’s Eero Salo in Turin. “I ran,” the Ghanaian said.", "Kofi Asante"),
    ("Ghana’s Kofi Asante beat Finland’s Eero Salo in Turin. “I lost,” the Finn said.", "Eero Salo"),
    ("Ana Reis of Portugal beat Maria Holm. “I won,” the Portuguese said.", "the Portuguese"),
    (
        "Maud Perry told the court she knew lace. Barrister Ian Blake put it to her. “I was,” the witness replied.",
        "Maud Perry",
    ),
    (
        "Ann Bell told the court it rained. Sam Orr told the court it did not. “I was there,” the witness said.",
        "the witness",
    ),
    (
        "Petra Král lost her leg. Her trainer, Jan Dvořák, retired because of his knees. “It was hard,” she said.",
        "Petra Král",
    ),
    ("Sasha Rossi broke his wrist. “It hurt,” he said.", "Sasha Rossi"),
    (
        "Her successor, a consultant called Giles Marlow, has never seen it.\n‘People talk,’ he complains.",
        "Giles Marlow",
    ),
    ("Zuleikha Omar finished her tea. Then she continued:\n“One was a tailor.”\nLatifa Said took it.", "Zuleikha Omar"),
    ("Qwyzira Tolmonde wept at the door. “It is gone,” she said.", "Qwyzira Tolmonde"),
    ("Brunkild Ostermo’s husband drove north. “I stayed,” she said.", "Brunkild Ostermo"),
    ("Theresa May left in May. “I am done,” May said.", "Theresa May"),
]


@pytest.mark.parametrize(("text", "speaker"), [*NAMED, *TOLD])
def test_the_speaker_is_named(text: str, speaker: str) -> None:
    """Protects people with names that no English list holds from being left as "he" or given to somebody else."""
    quotation = next(one for one in read(text).quotations if one.kind == "direct")
    assert quotation.speaker is not None
    assert quotation.speaker.name == speaker


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Professor Ewa Kowal of Gdansk said: “We dig.”", "Gdansk"),
        ("State broadcaster MTK said the mine was shut. “It is shut,” Ann Bell said.", "MTK"),
        ("“The mine will reopen in May,” a spokesman told reporters.", "May"),
        ("Kestrel Air, whose chief executive, Mona Hadid, left, is broke.", "Kestrel Air"),
        ("“I lost,” the Finn said.", "Finn"),
    ],
)
def test_what_is_no_person(text: str, nobody: str) -> None:
    """Protects the cast from places, broadcasters, months, companies and peoples."""
    assert nobody not in {one.name for one in read(text).people if one.kind == "person"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("US Secretary of State Mike Pompeo said it was good.", "Mike Pompeo", "US Secretary of State"),
        ("Manaia Ruru, the ferry master whose nephew, Rewi Tane, steers, waved.", "Manaia Ruru", "the ferry master"),
        ("Manaia Ruru, the ferry master whose nephew, Rewi Tane, steers, waved.", "Rewi Tane", "nephew"),
        ("Objector Clement Shaw stood up.", "Clement Shaw", "Objector"),
        ("Her trainer, Jan Dvořák, retired.", "Jan Dvořák", "Her trainer"),
    ],
)
def test_roles_as_printed(text: str, name: str, role: str) -> None:
    """Protects roles from being cut, and from hanging on somebody else."""
    person = next(one for one in read(text).people if one.name == name)
    assert [span.cut(text) for span in person.roles] == [role]


def test_another_persons_role_is_not_taken() -> None:
    """Protects "X, whose lawyer, Y, …": X is no lawyer."""
    reading = read("Svetlana Belova, whose lawyer, Gleb Titov, left, said no.")
    assert not next(one for one in reading.people if one.name == "Svetlana Belova").roles
