"""The table on which precision and recall are measured: listed names, spoilt by rules, and hard negatives.

Every name is invented. The rules, each with one seed: a letter left out, two swapped, one doubled or
another one; words in another order; the legal form left out, added or another; another
transliteration; accents; capitals and points; a word too many. A negative is as near to a listed name as
another company or person may well be: the same general words or legal form around another name, the
same given name with another family name, general words alone, the same name in another country
with another date of birth.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.screening.records import Entry, Subject

SEED = 20180219

COMPANIES = (
    ("Vymyshlennaya Stal Severa", "Вымышленная Сталь Севера", "ru"),
    ("Nesushchestvuyushchiy Bank Razvitiya", "Несуществующий Банк Развития", "ru"),
    ("Fantaziya Morskie Perevozki", "Фантазия Морские Перевозки", "ru"),
    ("Pridumannyi Zavod Traktorov", "Придуманный Завод Тракторов", "by"),
    ("Khayali Petrochemical Complex", "مجتمع خيالي للبتروكيماويات", "ir"),
    ("Al Wahmi General Contracting", None, "sy"),
    ("Sharikat Sarab Trading", "شركة سراب", "sy"),
    ("Xugou Gangtie Jituan", "虚构钢铁集团", "cn"),
    ("Huanxiang Dianzi Keji", "幻想电子科技", "cn"),
    ("Imaginary Shipping Lines", None, "ir"),
    ("Nonexistent Aerospace Industries", None, "kp"),
    ("Pretend Machinery Import Export Corporation", None, "kp"),
    ("Verzinsel Holding International", None, "by"),
    ("Onbestaande Diamant Handel", None, "cf"),
    ("Société Imaginaire de Forage", None, "ly"),
    ("Phantasie Werkzeugbau", None, "de"),
    ("Empresa Inventada de Cementos", None, "ve"),
    ("Kuso Denki Seisakusho", "クウソウ電機製作所", "jp"),
)
PEOPLE = (
    ("Ivan Petrovich Vydumov", "Иван Петрович Выдумов", "1961-07-03", "ru"),
    ("Aleksandr Nikolaevich Nesushchev", "Александр Николаевич Несущев", "1968-11-21", "ru"),
    ("Yevgeniya Pridumkina", "Евгения Придумкина", "1975-02-14", "ru"),
    ("Muhammad Khayali Al Wahmi", "محمد خيالي الوهمي", "1974-01-09", "sy"),
    ("Hossein Sarabi Khialpour", None, "1960-03-12", "ir"),
    ("Xu Huanxiang", "徐幻想", "1970-08-30", "cn"),
    ("Erika Erfundenberg", None, "1959-12-31", "de"),
    ("Sofie Van Bedachtegem", None, "1965-03-12", "be"),
    ("Jean-Baptiste Imaginaire-Dubidon", None, "1958-05-05", "cf"),
    ("Kim Chong Fiktsun", None, "1971-10-10", "kp"),
)
FORMS = ("Ltd", "LLC", "OOO", "JSC", "GmbH", "NV", "SA", "Co., Ltd.")
OTHER = (
    "Zuiderlicht",
    "Mirabelle",
    "Quasar",
    "Hazelwood",
    "Bergkristal",
    "Lindenhof",
    "Kormoran",
    "Tamarisk",
)
GENERAL = (
    "Bank",
    "Trading Co",
    "Trading Company Ltd",
    "International Holding",
    "Import Export",
    "General Trading LLC",
    "Shipping Lines",
    "The Company",
    "Group SA",
    "Holding NV",
    "ООО Банк",
    "Industries Ltd",
)
SCRIPTS = str.maketrans({"y": "i", "z": "s", "k": "q", "e": "é", "a": "á", "o": "ö", "u": "ü"})


@dataclass(frozen=True)
class Row:
    """A name to screen, and the entry that it should match; `None`: none."""

    rule: str
    subject: Subject
    expected: str | None


def entries() -> list[Entry]:
    """The list: invented companies and persons."""
    made = [
        Entry(
            f"c{n}",
            "Company",
            latin,
            names=tuple(filter(None, (latin, other))),
            countries=(country,),
            identifiers=(f"INV-{n:05}",),
        )
        for n, (latin, other, country) in enumerate(COMPANIES)
    ]
    made += [
        Entry(
            f"p{n}",
            "Person",
            latin,
            names=tuple(filter(None, (latin, other))),
            countries=(country,),
            dates=(born,),
        )
        for n, (latin, other, born, country) in enumerate(PEOPLE)
    ]
    return made


def _drop(name: str, dice: random.Random) -> str:
    place = dice.choice([n for n, c in enumerate(name) if c.isalpha() and n > 0])
    return name[:place] + name[place + 1 :]


def _swap(name: str, dice: random.Random) -> str:
    place = dice.choice([n for n in range(1, len(name) - 1) if name[n : n + 2].isalpha()])
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _double(name: str, dice: random.Random) -> str:
    place = dice.choice([n for n, c in enumerate(name) if c.isalpha()])
    return name[:place] + name[place] + name[place:]


def _turn(name: str, dice: random.Random) -> str:
    words = name.split()
    turned = words[1:] + words[:1] if dice.random() < 0.5 else words[-1:] + words[:-1]
    return " ".join(turned)


def _capitals(name: str, _: random.Random) -> str:
    return name.upper().replace(" ", "  ")


def _accents(name: str, dice: random.Random) -> str:
    place = dice.choice([n for n, c in enumerate(name) if c in "eaou"])
    return name[:place] + name[place].translate(SCRIPTS) + name[place + 1 :]


def _sounds(name: str, _: random.Random) -> str:
    """Another romanisation of the same sounds."""
    for one, other in (("shch", "sch"), ("kh", "h"), ("ya", "ia"), ("yi", "y"), ("x", "ks"), ("ou", "u")):
        if one in name:
            return name.replace(one, other)
    return name.replace("y", "i")


SPOIL: dict[str, Callable[[str, random.Random], str]] = {
    "a letter left out": _drop,
    "two letters swapped": _swap,
    "a letter doubled": _double,
    "words in another order": _turn,
    "capitals and spaces": _capitals,
    "an accent": _accents,
    "another romanisation": _sounds,
}


def rows() -> Iterator[Row]:
    """The table, the same at every run."""
    dice = random.Random(SEED)
    for n, (latin, other, country) in enumerate(COMPANIES):
        for rule, spoil in SPOIL.items():
            yield Row(rule, Subject((spoil(latin, dice),), "organization", (country,)), f"c{n}")
        yield Row("a legal form added", Subject((f"{latin} {dice.choice(FORMS)}",), "organization"), f"c{n}")
        if other:
            yield Row("the other script", Subject((other,), "organization"), f"c{n}")
    for n, (latin, other, born, country) in enumerate(PEOPLE):
        for rule, spoil in SPOIL.items():
            yield Row(rule, Subject((spoil(latin, dice),), "person", (country,), (born[:4],)), f"p{n}")
        if other:
            yield Row("the other script", Subject((other,), "person"), f"p{n}")
    yield from _negatives(dice)


def _negatives(dice: random.Random) -> Iterator[Row]:
    for name in GENERAL:
        yield Row("general words alone", Subject((name,), "organization"), None)
    for latin, _, country in COMPANIES:
        general = " ".join(latin.split()[1:])
        name = f"{dice.choice(OTHER)} {general} {dice.choice(FORMS)}"
        yield Row("the general words around another name", Subject((name,), "organization", ("be",)), None)
        yield Row("another company of the country", Subject((f"{dice.choice(OTHER)} {dice.choice(FORMS)}",), "organization", (country,)), None)  # fmt: skip
    for latin, _, born, country in PEOPLE:
        given = latin.split()[0]
        name = f"{given} {dice.choice(OTHER)}"
        yield Row("the given name of another", Subject((name,), "person", (country,)), None)
        year = str(int(born[:4]) + 20)
        yield Row(
            "the same name, another country and year", Subject((latin,), "person", ("nz",), (year,)), None
        )
    for name in OTHER:
        yield Row("a name that is on no list", Subject((name,), "organization"), None)
