"""Texts, codes, choices, references, identity and account numbers, places."""

import difflib
import re
from functools import partial

import polars as pl

from shanhai.base.findings import Refused
from shanhai.base.identifiers import check_organisation, is_example, looks_like_lost_digits, plain_identity
from shanhai.base.language import listed, noted, say, together
from shanhai.base.text import half_width, plain_name, squeeze
from shanhai.intake import columns as kinds
from shanhai.intake.cells import Cells, show_number
from shanhai.intake.typed import (
    Fault,
    Known,
    Misread,
    Typed,
    by_value,
    first_of,
    keep_where,
    others,
    positions,
    without,
)

_LOST = noted("数字已按数值保存，15 位以后的数字已丢失，无法恢复。请把这一列设为文本格式，再对照原件重新填写。")
_AS_NUMBER = noted(
    "这一格是数值格式，开头的 0 和 15 位以后的数字可能已丢失。请把这一列设为文本格式，再对照原件重新填写。"
)
_FULL_WIDTH = "[\uff01-\uff5e\u3000\u200b-\u200d\u2060\ufeff\u00ad]"
_YES = {"是", "Y", "y", "YES", "Yes", "yes", "√", "✓", "TRUE", "True", "true", "1"}
_NO = {"否", "N", "n", "NO", "No", "no", "×", "✗", "FALSE", "False", "false", "0"}
_MOST_LABELS = 12
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PLACE = re.compile(r"(\d{6})(?:\d{6})?\s*[（(]?([^\d()（）]*)[）)]?|([^\d]+)")


def text(column: kinds.Text, cells: Cells) -> Typed:
    """Free text; numbers and dates in such a cell are taken as the worksheet shows them."""
    values, faults = _texts(cells)
    return Typed({column.field: values}, faults + _too_long(values, column.max_length))


def code(column: kinds.Code, cells: Cells) -> Typed:
    """Codes, half-width and without the apostrophe that some systems put in front."""
    values, faults = _texts(cells)
    values = _half_width(values).str.strip_prefix("'")
    faults += _too_long(values, column.max_length)
    if column.pattern:
        unlike = positions(~values.str.contains(f"^(?:{column.pattern})$"))
        faults += [
            Fault(place, "intake.code_shape", say("请核对。"), say("这里需要{shape}。", shape=say(column.shape)))
            for place in unlike
        ]
    return Typed({column.field: without(values, faults)}, faults)


def ref(column: kinds.Ref, cells: Cells) -> Typed:
    """Keys of other records; whether they exist is asked when the load is planned."""
    return code(kinds.Code(column.field, column.zh), cells)


def choice(column: kinds.Choice, cells: Cells) -> Typed:
    """Codes of a list, from their Chinese label or from the code itself."""
    values, faults = _texts(cells)
    by_word = {label: name for name, label in column.choices.items()}
    by_word |= {name: name for name in column.choices}
    by_word |= {plain_name(label).replace(" ", ""): name for name, label in column.choices.items()}
    codes, more = by_value(values, partial(_chosen, column, by_word), dtype=pl.String(), code="intake.not_in_list")
    return Typed({column.field: codes}, faults + more)


def _chosen(column: kinds.Choice, by_word: dict[str, str], word: str) -> str:
    found = by_word.get(word) or by_word.get(plain_name(word).replace(" ", ""))
    if found is not None:
        return found
    labels = list(column.choices.values())
    near = difflib.get_close_matches(word, labels, n=1, cutoff=0.5)
    told = say("可选：{labels}。", labels=listed(labels))
    if len(labels) > _MOST_LABELS:
        told = say("可选：{labels}等 {count} 项。", labels=listed(labels[:_MOST_LABELS]), count=len(labels))
    todo = say("是不是“{label}”？", label=near[0]) if near else say("请从下拉列表中选择。")
    raise Misread("intake.not_in_list", together(told, todo))


def yes_no(column: kinds.YesNo, cells: Cells) -> Typed:
    """是 and 否, with the marks clerks use for them."""
    values, faults = _texts(cells)
    words = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    if cells.other:
        values = values.scatter(list(cells.other), list(cells.other.values()))
        faults = []
    answers, more = by_value(values, partial(_answered, words), dtype=pl.Boolean(), code="intake.not_yes_no")
    return Typed({column.field: answers}, faults + more)


def _answered(words: dict[str, bool], word: str) -> bool:
    if word not in words:
        raise Misread("intake.not_yes_no", say("请改为“是”或“否”。"))
    return words[word]


def identity(column: kinds.Identity, cells: Cells) -> Typed:
    """Identity numbers with a right check character; a number cell has lost digits and is refused.

    Region and day of birth, and whether made-up numbers are allowed, are asked by the area, which knows the scope.
    """
    faults = _numbers(cells, "intake.identity_form") + others(cells)
    values = _plain(cells.text)
    formed = values.str.contains(r"^[0-9]{17}[0-9X]$")
    numbers = keep_where(values, formed)
    total = sum(
        (numbers.str.slice(place, 1).cast(pl.Int32) * weight for place, weight in enumerate(_WEIGHTS)),
        start=pl.Series([0], dtype=pl.Int32).new_from_index(0, len(values)),
    )
    last = (total % 11).cast(pl.Int64).replace_strict(list(range(11)), list(_CHECKS), default=None)
    right = formed & (last.cast(pl.String) == numbers.str.slice(17, 1))
    faults += [_identity_fault(place, values[place]) for place in positions(~right)]
    return Typed({column.field: keep_where(values, right)}, faults)


def _numbers(cells: Cells, code: str) -> list[Fault]:
    """Number cells where 18 characters belong: long ones have lost digits, short ones are simply wrong."""
    long = positions(cells.number.abs() >= 1e15)
    short = positions(cells.number.abs() < 1e15)
    lost = [Fault(place, "intake.digits_lost", say(_LOST)) for place in long]
    return lost + [Fault(place, code, say("这里只有不足 16 位的数字，请对照证件核对。")) for place in short]


def _identity_fault(place: int, number: str) -> Fault:
    if looks_like_lost_digits(number):
        return Fault(place, "intake.digits_lost", say(_LOST))
    if len(number) == 15 and number.isdigit():
        return Fault(place, "intake.identity_old", say("这是 15 位的旧号码，请填写现行的 18 位号码。"))
    if len(number) != 18:
        return Fault(place, "intake.identity_form", say("这里有 {n} 位，请对照证件核对。", n=len(number)))
    return Fault(place, "intake.identity_check", say("校验码不符，必有一位填错，请对照证件核对。"))


def account(column: kinds.Account, cells: Cells) -> Typed:
    """Account numbers as text with all their digits; number cells are refused."""
    faults = [Fault(place, "intake.digits_lost", say(_AS_NUMBER)) for place in positions(cells.number.is_not_null())]
    faults += others(cells)
    values = _plain(cells.text)
    right = values.str.contains(r"^[0-9]{8,32}$")
    for place in positions(~right):
        if looks_like_lost_digits(values[place]):
            faults.append(Fault(place, "intake.digits_lost", say(_LOST)))
        else:
            faults.append(Fault(place, "intake.account_form", say("账号应为 8 至 32 位数字，请核对。")))
    return Typed({column.field: keep_where(values, right)}, faults)


def credit_code(column: kinds.CreditCode, cells: Cells) -> Typed:
    """Organisation codes with a right check character."""
    faults = _numbers(cells, "intake.credit_code") + others(cells)
    codes, more = by_value(_plain(cells.text), _credit_code, dtype=pl.String(), code="intake.credit_code")
    return Typed({column.field: codes}, faults + more)


def _credit_code(value: str) -> str:
    if looks_like_lost_digits(value):
        raise Misread("intake.digits_lost", say(_LOST))
    for finding in check_organisation(value, examples=is_example(value)):
        raise Refused(finding.message)
    return value


def region(column: kinds.Region, cells: Cells, known: Known) -> Typed:
    """Places by code, by code and name, or by a name only one place has."""
    values, faults = _texts(cells)
    by_name: dict[str, list[str]] = {}
    for place, name in known.regions.items():
        by_name.setdefault(name, []).append(place)
    codes, more = by_value(values, partial(_region, known, by_name), dtype=pl.String(), code="intake.region_form")
    return Typed({column.field: codes}, faults + more)


def _region(known: Known, by_name: dict[str, list[str]], value: str) -> str:
    found = _PLACE.fullmatch(squeeze(value))
    if not found:
        raise Misread("intake.region_form", say("请填写 6 位代码，如 331081。"))
    place, name = found[1], (found[2] or "").strip()
    if not place:
        return _region_called(found[3].strip(), by_name)
    if known.regions and place not in known.regions:
        raise Misread("intake.region_unknown", say("行政区划代码表中没有这个代码，请核对。"))
    official = known.regions.get(place, name)
    if name and name not in official and official not in name:
        raise Misread(
            "intake.region_mismatch",
            say("代码 {place} 是{official}，与“{name}”不符，请核对。", place=place, official=official, name=name),
        )
    return str(place)


def _region_called(name: str, by_name: dict[str, list[str]]) -> str:
    places = by_name.get(name, [])
    if len(places) == 1:
        return places[0]
    if not places:
        raise Misread("intake.region_name", say("没有这个名称的行政区划，请填写 6 位代码。"))
    raise Misread(
        "intake.region_name",
        say("叫这个名称的有 {n} 处（{codes}），请填写代码。", n=len(places), codes=listed(places[:5])),
    )


def _texts(cells: Cells) -> tuple[pl.Series, list[Fault]]:
    """Every cell as text; numbers of more than 15 digits have lost some and are found."""
    faults = [Fault(place, "intake.wrong_kind") for place in cells.other]
    values = cells.text
    if cells.number.null_count() < len(values):
        lost = positions(cells.number.abs() >= 1e15)
        faults += [Fault(place, "intake.digits_lost", say(_LOST)) for place in lost]
        numbers, _ = by_value(cells.number, show_number, dtype=pl.String(), code="")
        values = first_of(values, numbers.scatter(lost, None) if lost else numbers)
    if cells.moment.null_count() < len(values):
        values = first_of(values, cells.moment.dt.strftime("%Y-%m-%d"))
    return values, faults


def _half_width(values: pl.Series) -> pl.Series:
    if values.str.contains(_FULL_WIDTH).any():
        changed, _ = by_value(values, lambda value: half_width(squeeze(value)), dtype=pl.String(), code="")
        return changed
    return values


def _plain(values: pl.Series) -> pl.Series:
    """Identity numbers, accounts, organisation codes in their one form."""
    odd = values.str.contains(r"[^0-9A-Z]")
    if not odd.any():
        return values
    slow = keep_where(values, odd)
    changed, _ = by_value(slow, lambda value: plain_identity(value.removeprefix("'")), dtype=pl.String(), code="")
    return first_of(keep_where(values, ~odd), changed)


def _too_long(values: pl.Series, longest: int | None) -> list[Fault]:
    if longest is None:
        return []
    advice = say("最多 {longest} 个字，请缩短。", longest=longest)
    return [Fault(place, "intake.too_long", advice) for place in positions(values.str.len_chars() > longest)]
