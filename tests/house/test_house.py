"""The measures themselves, on samples small enough to count by hand."""

from datetime import date

import house
import house_measures as measures
import pytest

TODAY = date(2026, 11, 23)
LONGEST = next(m for m in house.MEASURES if m.name == "function_lines_max")
TYPED = next(m for m in house.MEASURES if m.name == "annotated_functions")
SHARE = next(m for m in house.MEASURES if m.name == "comment_share")


def package(**texts):
    return [measures.Module(f"p.{name.replace('__', '.')}", text) for name, text in texts.items()]


def test_a_cycle_through_a_deferred_import_is_counted():
    modules = package(a="from p import b\n", b="def late():\n    from p.a import x\n    return x\n")
    found = measures.measure_imports(modules)
    assert found["import_cycles"] == 1
    assert found["deferred_imports"] == 50


def test_an_import_for_type_checking_makes_no_cycle():
    modules = package(a="from p import b\n", b="if TYPE_CHECKING:\n    from p import a\n")
    assert measures.measure_imports(modules)["import_cycles"] == 0


def test_packages_in_a_circle_are_found_where_no_module_is():
    modules = package(x__a="import p.y.a\n", y__a="", y__b="import p.x.b\n", x__b="")
    found = measures.measure_imports(modules)
    assert (found["import_cycles"], found["package_cycles"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "is_package", "target"),
    [
        ("from . import b", False, "p.x.b"),
        ("from .b import name", False, "p.x.b"),
        ("from ..y import name", False, "p.y"),
        ("from . import b", True, "p.x.b"),
        ("import p.y", False, "p.y"),
    ],
)
def test_relative_imports_lead_to_the_module_meant(text, is_package, target):
    module = measures.Module("p.x" if is_package else "p.x.a", text, is_package)
    known = frozenset({"p.x", "p.x.a", "p.x.b", "p.y"})
    assert measures.imports_of(module, known)[0].targets == (target,)


def test_three_in_a_ring_are_one_cycle():
    assert measures.cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_eight_lines_told_twice_are_duplicates_and_seven_are_not():
    eight = "".join(f"x{number} = {number}\n" for number in range(8))
    seven = "".join(f"y{number} = {number}\n" for number in range(7))
    assert measures.measure_repetition(package(a=eight, b=eight))["duplicated_lines"] == 100
    assert measures.measure_repetition(package(a=seven, b=seven))["duplicated_lines"] == 0


def test_imports_comments_and_spacing_do_not_hide_or_make_duplicates():
    imports = "".join(f"import m{number}\n" for number in range(9))
    told = "".join(f"x{number}  = {number}\n" for number in range(8))
    again = told.replace("  ", " ").replace("x4", "# reason\n\nx4")
    assert measures.measure_repetition(package(a=imports, b=imports))["duplicated_lines"] == 0
    assert measures.measure_repetition(package(a=told, b=again))["duplicated_lines"] == 100


def test_words_count_docstrings_comments_and_reminders():
    text = '"""Two\nlines."""\n# TODO later\n# TODO mend, #12\nprint("x")\n\n\ndef f(a):\n    return a\n'
    found = measures.measure_words(package(a=text))
    assert found["comment_share"] == pytest.approx(100 * 4 / 7)
    assert (found["reminders"], found["prints"], found["annotated_functions"]) == (1, 1, 0)
    assert (found["docstrings_modules"], found["docstrings_functions"]) == (100, 0)


def test_docstrings_are_asked_of_mechanisms_not_of_areas():
    assert measures.measure_words(package(areas__funds__actions="def pay(): ...\n"))["docstrings_functions"] == 100


def test_a_method_is_annotated_without_a_type_for_self():
    text = "class A:\n    def f(self, *, a: int) -> int:\n        return a\n"
    assert measures.measure_words(package(a=text))["annotated_functions"] == 100


def test_a_function_is_as_long_as_from_def_to_its_last_line():
    found = measures.measure_sizes(package(a="@late\ndef f():\n    a = 1\n\n    return a\n"))
    assert found["function_lines_max"] == 4


def test_percentiles_are_values_that_occur():
    assert measures.percentile([4, 1, 3, 2], 0.5) == 2
    assert measures.percentile(range(1, 101), 0.99) == 99
    assert measures.percentile([], 0.9) == 0


@pytest.mark.parametrize(
    ("measure", "value", "kept", "verdict"),
    [
        (LONGEST, 61, None, "over the limit 60"),
        (LONGEST, 45, 40, ""),
        (LONGEST, 46, 40, "worse than the kept 40"),
        (LONGEST, 20, 40, ""),
        (LONGEST, None, 40, "could not be measured"),
        (TYPED, 99.9, 100, "under the limit 100"),
        (SHARE, 9, 20, ""),
        (SHARE, 7, 20, "under the limit 8"),
    ],
)
def test_a_value_is_judged_by_its_limit_and_by_the_kept_one(measure, value, kept, verdict):
    assert house.judge(measure, value, kept) == verdict


def test_a_waiver_holds_to_its_last_day_and_no_longer():
    kept = {"waivers": [{"measure": "function_lines_max", "until": "2026-11-23", "reason": "being split"}]}
    values = {m.name: m.least or 0 for m in house.MEASURES} | {"function_lines_max": 70, "comment_share": 10}
    assert house.compare(values, kept, TODAY)[1] == []
    assert house.compare(values, kept, date(2026, 11, 24))[1] == ["longest function: 70, over the limit 60"]


def test_an_opt_out_must_say_why():
    silent = "try:\n    pass\nexcept Exception:  # noqa: BLE001\n    pass\n"
    told = silent.replace("BLE001", "BLE001 a page may fail, the shop stays open")
    assert house.count_silent_excepts(package(a=silent, b=told)) == 1


def test_every_measure_is_declared_once():
    names = [measure.name for measure in house.MEASURES]
    assert len(names) == len(set(names))
    assert set(measures.measure_trees([], [])) <= set(names)
