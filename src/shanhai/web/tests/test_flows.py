"""The layout of flow drawings: nothing overlaps, bands fill their places, names are cut where there is no room."""

from itertools import pairwise

from shanhai.web.flows import Band, Place, laid_out


def place(key, column, amount, label="名"):
    return Place(key, column, label, amount, "1元", f"{label}：1元", f"/{key}")


def drawn(places, bands):
    return laid_out(["从", "到"], places, [Band(origin, target, amount, "t", "/b") for origin, target, amount in bands])


def test_places_of_a_column_stand_below_each_other_however_small():
    laid = drawn([place(f"a{n}", 0, 1) for n in range(30)] + [place("b", 1, 10_000)], [])
    column = [one for one in laid["places"] if one["x"] == 0]
    assert all(lower["y"] - upper["y"] >= max(upper["height"], 34) for upper, lower in pairwise(column))
    assert all(one["y"] + one["height"] <= laid["height"] for one in laid["places"])


def test_the_bands_into_a_place_fill_it_and_keep_its_order():
    places = [place("a", 0, 30), place("b", 0, 70), place("z", 1, 100)]
    laid = drawn(places, [("b", "z", 70), ("a", "z", 30)])
    heights = {one["label"] + one["url"]: one["height"] for one in laid["places"]}
    assert heights["名/z"] == round(heights["名/a"] + heights["名/b"], 1)
    first, second = laid["bands"]
    target = next(one for one in laid["places"] if one["url"] == "/z")
    assert f" {target['y']:.1f}L" in first["d"]
    assert f" {target['y'] + heights['名/a']:.1f}L" in second["d"]


def test_a_long_name_is_cut_and_told_whole():
    laid = drawn([place("a", 0, 1, "很长的名字" * 6), place("z", 1, 1, "很长的名字" * 6)], [])
    first, last = laid["places"]
    assert len(first["label"]) == 20
    assert len(last["label"]) == 14
    assert first["label"].endswith("…")
    assert "很长的名字" * 6 in first["told"]


def test_nothing_at_all_is_an_empty_drawing():
    assert drawn([], [])["places"] == []
