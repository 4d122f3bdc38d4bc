"""What is handed in: opened, bounded, decoded."""

import struct
import zipfile
from pathlib import Path

import pytest

from zvonok.interop import source as sources
from zvonok.interop.source import (
    BrokenZip,
    DoubledName,
    EncryptedZip,
    NothingThere,
    NotText,
    SuspiciousZip,
    TooLarge,
    TooManyFiles,
    UnknownPacking,
    UnsafeName,
    open_source,
)


def zipped(path: Path, files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_file_a_folder_and_a_zip_read_alike(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"x")
    archive = zipped(tmp_path / "set.zip", {"a.csv": b"x"})
    for path in (folder, archive, folder / "a.csv"):
        source = open_source(path)
        assert (source.names, source.bytes("a.csv"), source.warnings) == (("a.csv",), b"x", [])


def test_a_zip_is_known_by_its_beginning_whatever_its_name(tmp_path):
    assert open_source(zipped(tmp_path / "upload.tmp", {"a.csv": b"x"})).names == ("a.csv",)


def test_one_folder_around_all_files_is_taken_off_with_a_warning(tmp_path):
    source = open_source(zipped(tmp_path / "set.zip", {"export/a.csv": b"x", "export/b.csv": b"y"}))
    assert source.names == ("a.csv", "b.csv")
    assert "export" in source.warnings[0].reason


def test_litter_of_operating_systems_is_left_out(tmp_path):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x", "__MACOSX/._a.csv": b"y", ".DS_Store": b"z"})
    assert open_source(path).names == ("a.csv",)


def test_names_in_the_old_dos_encoding_are_read(tmp_path):
    path = zipped(tmp_path / "set.zip", {"XXXXX.csv": b"x"})
    path.write_bytes(path.read_bytes().replace(b"XXXXX", "Школа".encode("cp866")))
    assert open_source(path).names == ("Школа.csv",)


@pytest.mark.parametrize(
    ("raw", "warned"),
    [
        ("Ёлка\n7Б".encode(), 0),
        ("Ёлка\n7Б".encode("utf-8-sig"), 0),
        ("Ёлка\r\n7Б".encode("utf-16"), 0),
        ("Ёлка\r7Б".encode("cp1251"), 1),
    ],
)
def test_text_is_decoded_and_its_lines_end_alike(tmp_path, raw, warned):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    source = open_source(path)
    assert [source.text("a.csv"), source.text("a.csv")] == ["Ёлка\n7Б", "Ёлка\n7Б"]
    assert [warning.file for warning in source.warnings] == ["a.csv"] * warned


@pytest.mark.parametrize("raw", [b"a\0b", b"\xff\0", b"\x98", "a\0".encode("utf-16")])
def test_what_is_no_text_is_refused(tmp_path, raw):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(NotText):
        open_source(path).text("a.csv")


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:\\a.csv", "..\\a.csv", "a\x1b.csv"]
)
def test_a_name_that_points_outside_is_refused(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(UnsafeName):
        open_source(tmp_path / "set.zip")


def test_two_files_of_one_name_are_refused(tmp_path):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x", "b.csv": b"y"})
    path.write_bytes(path.read_bytes().replace(b"b.csv", b"a.csv"))
    with pytest.raises(DoubledName):
        open_source(path)


def test_a_zip_bomb_is_refused_while_it_is_read(tmp_path):
    source = open_source(zipped(tmp_path / "set.zip", {"a.csv": bytes(40 * sources.MEGABYTE)}))
    with pytest.raises(SuspiciousZip):
        source.bytes("a.csv")


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x" * 5000})
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 5000), struct.pack("<L", 10)))
    with pytest.raises(BrokenZip):
        open_source(path).bytes("a.csv")


def test_sizes_are_limited_for_a_file_and_for_all_files_together(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "FILE_LIMIT", 1000)
    monkeypatch.setattr(sources, "UPLOAD_LIMIT", 1500)
    folder = tmp_path / "set"
    folder.mkdir()
    for name, size in (("a", 900), ("b", 900), ("c", 1001)):
        (folder / name).write_bytes(b"x" * size)
    source = open_source(folder)
    assert len(source.bytes("a") + source.bytes("a")) == 1800
    for name in ("b", "c"):
        with pytest.raises(TooLarge):
            source.bytes(name)


def test_an_upload_over_the_limit_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "huge.fet").open("wb") as file:
        file.truncate(sources.UPLOAD_LIMIT + 1)
    with pytest.raises(TooLarge, match="200"):
        open_source(tmp_path / "huge.fet")


def test_too_many_files_are_refused(tmp_path):
    files = {f"{number}.csv": b"x" for number in range(sources.FILES_LIMIT + 1)}
    with pytest.raises(TooManyFiles):
        open_source(zipped(tmp_path / "set.zip", files))
    with zipfile.ZipFile(tmp_path / "set.zip") as archive:
        archive.extractall(tmp_path / "set")
    with pytest.raises(TooManyFiles):
        open_source(tmp_path / "set")


def test_an_encrypted_zip_is_refused(tmp_path):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(EncryptedZip):
        open_source(path).bytes("a.csv")


def test_an_unusual_packing_is_refused(tmp_path):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x"}, zipfile.ZIP_LZMA)
    with pytest.raises(UnknownPacking):
        open_source(path).bytes("a.csv")


@pytest.mark.parametrize("keep", [30, 60, -1])
def test_a_damaged_zip_is_refused(tmp_path, keep):
    path = zipped(tmp_path / "set.zip", {"a.csv": b"x" * 100})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BrokenZip):
        open_source(path)


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(NothingThere):
        open_source(tmp_path / "nowhere")


def test_hidden_files_and_links_to_folders_are_not_followed(tmp_path):
    folder = tmp_path / "set"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_bytes(b"x")
    (folder / "a.csv").write_bytes(b"x")
    (folder / "round").symlink_to(folder)
    assert open_source(folder).names == ("a.csv",)
