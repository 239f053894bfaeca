"""An installation of invented companies, and sanctions lists of invented persons and companies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.build import build_release
from graph.screening import loading
from graph.screening.lists import Version
from graph.settings import Settings

LISTS = Path(__file__).parent / "lists"
FILES = {
    "fict": "entities.ftm.json",
    "simple": "targets.simple.csv",
    "eu-csv": "eu.csv",
    "eu": "eu.xml",
    "un": "un.xml",
    "ofac": "sdn.xml",
}
"""Name of a list -> its file; each says its own day."""

SOURCES = """source_id,url,publisher,date,language,title
s1,https://example.org/1,An Invented Paper,2018-02-19,nl,Een verzonnen bericht
s2,https://example.org/2,Another Invented Paper,2020,en,An invented report
"""
ORGANIZATIONS = """org_id,name,kind,country,municipality,postcode,enterprise_number,source_id
verzonnen,Werkhuis Verzonnen,company,BE,Genk,3600,0403.170.701,s1
tussen,Tussenholding Fictie,company,LU,,,,s1
stal,Vymyshlennaya Stal,company,RU,,,,s2
cirkel-a,Cirkel Aleph,company,BE,Hasselt,3500,,s1
cirkel-b,Cirkel Beet,company,BE,Hasselt,3500,,s1
filiaal,Werkhuis Verzonnen Japan,branch,JP,,,,s1
vroeger,Vroeger Fantasie,company,BE,Genk,3600,,s1
"""
RELATIONS = """from_org,relation,to_org,country,since,until,as_of,share_percent,share_min,share_max,basis,exclusivity,note,source_id
verzonnen,subsidiary_of,tussen,,2015,,,100,,,,,,s1
tussen,subsidiary_of,stal,,2016,,,60,,,,,,s2
cirkel-a,subsidiary_of,cirkel-b,,,,,,,,,,,s1
cirkel-b,subsidiary_of,cirkel-a,,,,,,,,,,,s2
filiaal,branch_of,verzonnen,JP,,,,,,,,,,s1
vroeger,subsidiary_of,stal,,2001,2010,,,,,,,,s2
"""


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio: what uvicorn runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a release of the invented companies; not to be written to."""
    folder = tmp_path_factory.mktemp("screening")
    sheets = folder / "sheets"
    sheets.mkdir()
    for name, text in (("sources", SOURCES), ("organizations", ORGANIZATIONS), ("relations", RELATIONS)):
        (sheets / f"{name}.csv").write_text(text, "utf-8")
    built = build_release(Settings(home=folder / "home"), [sheets])
    assert not built.rejects, built.result.problems
    return folder / "home"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Version]]:
    """A home with every list loaded, to be copied, and what the lists are. Needs the extra."""
    settings = Settings(home=tmp_path_factory.mktemp("lists"))
    return settings.home, {
        name: loading.load(settings, loading.Order(LISTS / file, name)) for name, file in FILES.items()
    }


@pytest.fixture
def bare(release: Path, tmp_path: Path) -> Settings:
    """An installation with the release and without lists."""
    for name in ("releases", "current", "remote"):
        if (release / name).exists():
            (tmp_path / name).symlink_to(release / name)
    return Settings(home=tmp_path, readers=1, spare_readers=0)


@pytest.fixture
def listed(bare: Settings, loaded: tuple[Path, dict[str, Version]]) -> Settings:
    """An installation with the release and with lists."""
    shutil.copytree(loaded[0] / "screening", bare.home / "screening")
    return bare
