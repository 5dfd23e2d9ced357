"""The compiled SQL of each figure, kept as text beside its area: a changed meaning is seen as a changed text."""

from collections.abc import Iterable
from pathlib import Path

from shanhai.base.findings import Finding, Place
from shanhai.figures import compiling
from shanhai.figures.compiling import Leaf, Shape
from shanhai.figures.model import Figure, Registry
from shanhai.figures.terms import How

_SHAPE = Shape(bounded=(True,), scoped=True)
_SHOWN = {"':start0'": ":start", "':end0'": ":end", str(compiling.SCOPES): ":scopes"}
_SIGNS = {How.RATIO: " / ", How.SPAN_YEARS: " … "}


def snapshot(figure: Figure, registry: Registry) -> str:
    """The text kept for a figure: what it is, and the SQL of its fold for PostgreSQL, or the formula over its parts."""
    head = f"-- {figure.name} v{figure.version}: {figure.how}, {figure.unit.code}, {figure.time}, {figure.stage}\n"
    if figure.how.derived:
        return f"{head}-- = {_formula(figure)}\n"
    (query,) = compiling.folds((Leaf(figure, figure.time),), _SHAPE, "postgres")
    text = query.text
    for mark, shown in _SHOWN.items():
        text = text.replace(mark, shown)
    return f"{head}{text}\n"


def _formula(figure: Figure) -> str:
    if figure.how is How.TOTAL:
        return " + ".join(figure.of) + "".join(f" - {name}" for name in figure.minus)
    named = [*figure.parts, ":end"] if figure.how is How.SPAN_YEARS and not figure.ends else figure.parts
    return _SIGNS[figure.how].join(named)


def place(figure: Figure, areas: Path) -> Path:
    """Where the snapshot of a figure is kept."""
    return areas / figure.area / "tests" / "snapshots" / f"{figure.name}.sql"


def write(registry: Registry, areas: Path) -> list[Path]:
    """Write the snapshots that are missing or stale; gives their files."""
    written = []
    for figure in registry:
        file, text = place(figure, areas), snapshot(figure, registry)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            written.append(file)
    return written


def findings(registry: Registry, areas: Path) -> list[Finding]:
    """Figures whose snapshot is missing or stale, and snapshots of figures that are gone."""
    kept = {file for area in {figure.area for figure in registry} for file in _kept(areas / area)}
    wanted = {place(figure, areas): figure for figure in registry}
    found = [
        _finding(file, "figures.snapshot.orphan", "此快照对应的指标已不存在，请删除。")
        for file in sorted(kept - wanted.keys())
    ]
    for file, figure in wanted.items():
        if not file.exists():
            found.append(_finding(file, "figures.snapshot.missing", "缺少此指标的 SQL 快照，请生成后一并提交。"))
        elif file.read_text(encoding="utf-8") != snapshot(figure, registry):
            found.append(
                _finding(file, "figures.snapshot.stale", "指标的 SQL 已变，含义可能不同；核对后请重新生成快照。")
            )
    return found


def _kept(area: Path) -> Iterable[Path]:
    return (area / "tests" / "snapshots").glob("*.sql")


def _finding(file: Path, code: str, message: str) -> Finding:
    return Finding(code=code, message=message, place=Place(file=file.name))
