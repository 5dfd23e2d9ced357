"""Where the data, the keys and the socket lie."""

import os
from pathlib import Path

import pytest

from shanhai.database import DatabaseUnavailable, Home, home_from_environment
from shanhai.database.home import fits_a_socket, private_folder


def test_keys_lie_beside_the_data_folder(place):
    assert Home.at(place / "var").keys == (place / "var.keys").resolve()


@pytest.mark.parametrize("keys", ["var", "var/keys", "var/a/b"])
def test_keys_inside_the_data_folder_are_refused(place, keys):
    with pytest.raises(DatabaseUnavailable, match=r"密钥文件夹.*在数据文件夹.*之内"):
        Home.at(place / "var", place / keys)


def test_a_link_cannot_hide_that_keys_lie_inside(place):
    (place / "var").mkdir()
    (place / "elsewhere").symlink_to(place / "var")
    with pytest.raises(DatabaseUnavailable):
        Home.at(place / "var", place / "elsewhere" / "keys")


def test_the_environment_names_both_folders(place, monkeypatch):
    monkeypatch.setenv("SHANHAI_HOME", str(place / "data"))
    monkeypatch.setenv("SHANHAI_KEYS", str(place / "secret"))
    assert home_from_environment() == Home((place / "data").resolve(), (place / "secret").resolve())


def test_without_environment_the_home_is_var_here(place, monkeypatch):
    monkeypatch.delenv("SHANHAI_HOME", raising=False)
    monkeypatch.delenv("SHANHAI_KEYS", raising=False)
    monkeypatch.chdir(place)
    assert home_from_environment() == Home.at(place / "var")


@pytest.mark.parametrize(("length", "fits"), [(93, True), (94, False)])
def test_a_socket_path_has_107_bytes_at_most(length, fits):
    folder = Path("/" + "a" * (length - 1))
    assert fits_a_socket(folder) is fits
    assert (len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107) is fits


def test_a_chinese_path_counts_in_bytes():
    assert not fits_a_socket(Path("/" + "协作办公室" * 7))


@pytest.mark.parametrize("name", ["山" * 60, "a,b"])
def test_a_socket_that_cannot_lie_in_the_data_folder_lies_under_a_hash(place, name):
    home = Home.at(place / name)
    assert home.root not in home.socket_folder.parents
    assert fits_a_socket(home.socket_folder)
    assert home.socket_folder == Home.at(place / name).socket_folder != Home.at(place / f"{name}2").socket_folder


def test_a_recorded_socket_folder_holds_where_the_temporary_folder_changes(place, monkeypatch):
    home = Home.at(place / ("山" * 60))
    home.root.mkdir()
    home.socket_record.write_text("/somewhere/else\n")
    assert home.socket_folder == Path("/somewhere/else")


def test_a_private_folder_is_closed_to_others(place):
    private_folder(place / "run", owner=os.geteuid())
    private_folder(place / "run", owner=os.geteuid())
    assert (place / "run").stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_that_others_may_enter_is_refused_and_left_alone(place):
    (place / "run").mkdir()
    (place / "run").chmod(0o755)
    with pytest.raises(DatabaseUnavailable, match=r"0700"):
        private_folder(place / "run", owner=os.geteuid())
    assert (place / "run").stat().st_mode & 0o777 == 0o755


def test_a_link_in_place_of_the_socket_folder_is_refused(place):
    (place / "real").mkdir(mode=0o700)
    (place / "run").symlink_to(place / "real")
    with pytest.raises(DatabaseUnavailable):
        private_folder(place / "run", owner=os.geteuid())
