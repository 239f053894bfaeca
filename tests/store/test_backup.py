"""A release as one file, and back; a byte that has changed is noticed."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest

from graph.errors import InputError, StoreError
from graph.model.terms import NamedNode
from graph.store import backup, checksums
from graph.store.release import Release
from graph.store.releases import Releases
from tests.store.small import EDIT, MINT, NO_DERIVE, ONE, TWO, contents, merge_is_right, named, quad, sells

SECRET = MINT.restricted_meta


def made(home: Path) -> Releases:
    releases = Releases(home)
    with releases.write() as writer:
        writer.replace({ONE: {named("luminex"), sells("luminex", "jp")}, TWO: {named("luminex")}}, built=True)
        writer.commit("build", NO_DERIVE)
    with releases.write() as writer:
        writer.add([quad(named("punch"), EDIT), quad(sells("punch", "cn"), SECRET)])
        writer.commit("edit", NO_DERIVE)
    return releases


def current(releases: Releases) -> Release:
    release = releases.current()
    assert release is not None
    return release


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1
    path.unlink()  # the file of another release may be the same one
    path.write_bytes(content)


def test_a_whole_release_has_no_faults(tmp_path: Path) -> None:
    found = backup.verify(current(made(tmp_path)))
    assert found.faults == ()
    assert found.files > 10


def test_any_flipped_byte_of_any_file_is_found(tmp_path: Path) -> None:
    chance = random.Random(7)
    release = current(made(tmp_path))
    names = [name for name, held in checksums.read(release.path).items() if held.size]
    assert {"manifest.json", "store/CURRENT"} <= set(names)
    for name in names:
        path = release.path / name
        before = path.read_bytes()
        flip(path, chance.randrange(len(before)))
        (fault,) = checksums.faults(release.path)
        assert str(path) in fault
        path.write_bytes(before)
    assert backup.verify(release).faults == ()


def test_the_checksums_themselves_are_covered(tmp_path: Path) -> None:
    release = current(made(tmp_path))
    flip(release.path / checksums.NAME, 70)
    with pytest.raises(StoreError, match="damaged themselves"):
        backup.verify(release)


def test_a_missing_and_a_longer_file_are_found(tmp_path: Path) -> None:
    release = current(made(tmp_path))
    (release.path / "store" / "CURRENT").unlink()
    with (release.path / "manifest.json").open("ab") as stream:
        stream.write(b" ")
    faults = sorted(checksums.faults(release.path))
    assert len(faults) == 2
    assert "bytes, and had" in faults[0]
    assert "is gone" in faults[1]


def test_a_shared_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    releases, read = made(tmp_path), list[str]()
    old = checksums.read(current(releases).path)
    real = checksums.digest

    def noted(path: Path) -> str:
        read.append(path.as_posix().rpartition("/release/")[2])
        return real(path)

    monkeypatch.setattr(checksums, "digest", noted)
    with releases.write() as writer:
        writer.add([quad(named("bee"), EDIT)])
        release = writer.commit("edit", NO_DERIVE)
    new = checksums.read(release.path)
    shared = {name for name, held in new.items() if name.endswith(".sst") and old.get(name) == held}
    assert shared
    assert not shared & set(read)
    assert backup.verify(release).faults == ()


def test_a_backup_is_restored_with_all_its_parts(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    path = backup.backup(releases, current(releases), tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    elsewhere = Releases(tmp_path / "elsewhere")
    restored = backup.restore(elsewhere, path, NO_DERIVE)
    for part in ("public", "whole"):
        old, new = current(releases).open(part), restored.open(part)
        assert contents(new) == contents(old)
        assert merge_is_right(new)
    assert restored.manifest.kind == "restore"
    assert SECRET not in contents(restored.open())


def test_a_restore_goes_over_what_is_there_as_a_release_of_its_own(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    before = contents(current(releases).open())
    path = backup.backup(releases, current(releases), tmp_path)
    with releases.write() as writer:
        writer.drop(ONE)
        writer.commit("edit", NO_DERIVE)
    restored = backup.restore(releases, path, NO_DERIVE)
    assert contents(restored.open()) == before
    assert restored.name == "000004"
    assert ONE not in contents(releases.get("000003").open())


def test_what_was_erased_since_stays_away(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    path = backup.backup(releases, current(releases), tmp_path)
    punch = named("punch").subject
    assert isinstance(punch, NamedNode)
    with releases.write() as writer:
        writer.forget([punch.value])
    restored = backup.restore(releases, path, NO_DERIVE)
    assert not list(restored.open().match(punch, None, None))
    assert not list(restored.open("whole").match(punch, None, None))


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    path = backup.backup(releases, current(releases), tmp_path)
    size = path.stat().st_size
    for place in (size // 3, size // 2):
        whole = path.read_bytes()
        flip(path, place)
        with pytest.raises(StoreError, match=r"damaged|unpacked"):
            backup.restore(releases, path, NO_DERIVE)
        path.write_bytes(whole)
    assert current(releases).name == "000002"
    assert not list((tmp_path / "home" / "staging").iterdir())


def test_a_damaged_release_is_not_backed_up(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    flip(current(releases).path / "manifest.json", 40)
    with pytest.raises(StoreError, match="damaged"):
        backup.backup(releases, current(releases), tmp_path)
    assert not list(tmp_path.glob("*.tar"))


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    path = backup.backup(releases, current(releases), tmp_path / "one.tar")
    with pytest.raises(InputError, match="there already"):
        backup.backup(releases, current(releases), path)
    with pytest.raises(InputError, match=r"a \.tar"):
        backup.backup(releases, current(releases), tmp_path / "one.zip")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "000001/../../outside"])
def test_a_path_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(InputError, match="holds nothing like"):
        backup.restore(made(tmp_path / "home"), path, NO_DERIVE)
    assert not (tmp_path / "outside").exists()


def test_a_link_in_a_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("000001/manifest.json")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(InputError, match="holds nothing like"):
        backup.restore(made(tmp_path / "home"), path, NO_DERIVE)


@pytest.mark.parametrize("content", [b"", b"no archive at all" * 100])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.tar"
    path.write_bytes(content)
    with pytest.raises((InputError, StoreError), match="no backup"):
        backup.restore(made(tmp_path / "home"), path, NO_DERIVE)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        backup.restore(made(tmp_path / "home"), tmp_path / "none.tar", NO_DERIVE)


def test_known_backups_and_downloads_can_be_forgotten(tmp_path: Path) -> None:
    releases = made(tmp_path / "home")
    path = backup.backup(releases, current(releases), tmp_path)
    download = tmp_path / "home" / "downloads" / "000002.nq.gz"
    download.parent.mkdir()
    download.touch()
    assert backup.known(tmp_path / "home") == [path]
    assert backup.forget(tmp_path / "home") == {}
    assert not path.exists()
    assert not download.exists()
    assert backup.known(tmp_path / "home") == []


def test_a_bare_release_comes_back_with_its_default_graph(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "bare", bare=True)
    said = named("luminex")
    with releases.write() as writer:
        writer.add([quad(sells("punch", "cn"), ONE)])
        writer.engine().update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        writer.touch()
        writer.commit("edit", NO_DERIVE)
    path = backup.backup(releases, current(releases), tmp_path)
    restored = backup.restore(Releases(tmp_path / "other", bare=True), path, NO_DERIVE)
    assert len(list(restored.open().triples())) == 1
    assert contents(restored.open()) == {ONE: {sells("punch", "cn")}}
    assert said not in set(restored.open().triples())
