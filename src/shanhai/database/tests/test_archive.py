"""The backup file: whole, or refused."""

import io
import tarfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.database import DatabaseUnavailable, archive


@pytest.fixture
def written(place):
    (place / "dump").write_bytes(b"PGDMP" + bytes(range(256)) * 8)
    (place / "letter").write_bytes("凭证".encode() * 100)
    with (place / "a.bak").open("wb") as target:
        writing = archive.Writing(target)
        writing.add(archive.DUMP, place / "dump")
        writing.add("files/evidence/ab/凭证.pdf", place / "letter")
        writing.finish({"moment": "2024-06-30"})
    return place / "a.bak"


def test_what_was_written_is_verified_and_unpacked(written, place):
    manifest = archive.verify(written)
    assert manifest.made["moment"] == "2024-06-30"
    archive.unpack(written, manifest, place / "out")
    assert (place / "out/files/evidence/ab/凭证.pdf").read_bytes() == (place / "letter").read_bytes()
    assert (place / "out/database.dump").read_bytes() == (place / "dump").read_bytes()
    assert (place / "out/database.dump").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_bit_is_seen_or_changes_nothing(written, data):
    content = bytearray(written.read_bytes())
    good = archive.verify(written)
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    changed = written.with_name("changed.bak")
    changed.write_bytes(content)
    try:
        assert archive.verify(changed) == good
    except DatabaseUnavailable as refusal:
        assert "现有数据没有改动" in str(refusal) or "格式" in str(refusal)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_tail_is_seen(written, data):
    content = written.read_bytes()
    ends = len(content.rstrip(b"\0"))
    cut = written.with_name("cut.bak")
    cut.write_bytes(content[: data.draw(st.integers(0, ends - 1))])
    with pytest.raises(DatabaseUnavailable, match=r"不完整或被改动"):
        archive.verify(cut)


def test_a_file_of_another_kind_is_refused(place):
    (place / "report.docx").write_bytes(b"PK\x03\x04 not a backup")
    assert not archive.is_backup(place / "report.docx")
    with pytest.raises(DatabaseUnavailable, match=r"report.docx"):
        archive.verify(place / "report.docx")


def test_a_missing_file_is_told(place):
    with pytest.raises(DatabaseUnavailable, match=r"读不了备份文件"):
        archive.verify(place / "nothing.bak")


@pytest.mark.parametrize("name", ["files/../../etc/passwd", "/etc/passwd", "elsewhere", "files/"])
def test_a_name_that_leads_outside_is_refused(place, name):
    (place / "x").write_bytes(b"x")
    with (place / "a.bak").open("wb") as target:
        writing = archive.Writing(target)
        writing.add(archive.DUMP, place / "x")
        writing.add(name, place / "x")
        writing.finish({})
    with pytest.raises(DatabaseUnavailable, match=r"名称"):
        archive.verify(place / "a.bak")


def test_a_link_in_a_backup_is_refused(written):
    content = io.BytesIO(written.read_bytes())
    with tarfile.open(fileobj=content, mode="a") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    written.write_bytes(content.getvalue())
    with pytest.raises(DatabaseUnavailable, match=r"不应有的内容"):
        archive.verify(written)
