"""Make the reference pages from what the code declares: `python tools/docs.py [--check]`.

Each area's reference is the README.md of its own folder, so that a new area changes no page outside it;
docs/reference holds what belongs to no area. With --check nothing is written; a page that is stale, missing or left
over fails.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
if "SHANHAI_HOME" not in os.environ:
    os.environ["SHANHAI_HOME"] = tempfile.mkdtemp()

import django

django.setup()

from django.apps import apps
from django.db.models import Model

from shanhai.access.terms import ROLES
from shanhai.catalogue.config import AreaConfig, areas
from shanhai.figures import declare
from shanhai.intake.declare import Sheet
from shanhai.journal.acts import KINDS
from shanhai.loading.executing import ordered_sheets

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = Path("docs", "reference")
AREAS = Path("src", "shanhai", "areas")
HEAD = "<!-- Made by tools/docs.py from the declarations; do not edit. -->\n\n"
#: The owner of what belongs to no area.
CORE = ""
LABELS = {area.label for area in areas()}


def owner(name: str) -> str:
    """The area a dotted name begins with; of no area where there is none of that name."""
    label = name.partition(".")[0]
    return label if label in LABELS else CORE


def owner_of_sheet(sheet: Sheet) -> str:
    """The area whose action saves the rows: areas keep registers too, whose sheets bear the register's name."""
    module = getattr(sheet.action, "__module__", "")
    return owner(module.removeprefix("shanhai.areas.")) or owner(sheet.name)


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(columns)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in rows:
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
    return "\n".join(lines) + "\n"


def heading(of: str) -> str:
    """How a part's own entries are headed: an area's page holds all parts, one level down."""
    return "##" if of == CORE else "###"


def figures(of: str) -> Iterator[str]:
    """Every figure of an area with its definition."""
    for figure in declare.registry():
        if owner(figure.name) == of:
            slices = "、".join(figure.slices) or "无"
            yield (
                f"\n{heading(of)} {figure.name} {figure.zh}\n\n{figure.en}.\n\n- 单位：{figure.unit.zh}（{figure.unit.code}）；阶段：{figure.stage}；"
                f"时间性质：{figure.time}；合计方式：{figure.how}；版本 {figure.version}\n- 计数规则：{figure.rule}\n- 依据：{figure.basis}\n"
                f"- 可按此收窄：{slices}\n" + (f"- 由这些指标得出：{'、'.join(figure.parts)}\n" if figure.parts else "")
            )


def sheets(of: str) -> Iterator[str]:
    """Every worksheet of an area with its columns."""
    for sheet in ordered_sheets():
        if owner_of_sheet(sheet) == of:
            rows = (
                (c.zh, c.field, "是" if sheet.requires(c) else "否", c.expected, c.note, c.example)
                for c in sheet.columns
            )
            yield f"\n{heading(of)} {sheet.name} {sheet.zh}\n\n{sheet.note}\n\n主键：{'、'.join(sheet.key)}\n\n"
            yield table(("列", "字段", "必填", "应填", "说明", "例"), rows)


def roles() -> str:
    """The roles and what each is for."""
    return "\n" + table(("角色", "名称", "职责"), ((role.code, role.zh, role.sentence) for role in ROLES.values()))


def rights(of: str) -> Iterator[str]:
    """Who may do what with the records of an area."""
    kinds = sorted((kind for kind in KINDS.values() if owner(kind.code) == of), key=lambda kind: kind.code)
    if kinds:
        yield "\n" + table(
            ("操作", "名称", *(role.zh for role in ROLES.values())),
            (
                (kind.code, kind.zh, *("●" if role in kind.duties or not kind.duties else "" for role in ROLES))
                for kind in kinds
            ),
        )


def _terms(model: type[Model]) -> Iterator[tuple[str, object, str]]:
    yield model._meta.label, model._meta.verbose_name, (model.__doc__ or "").split("\n")[0]
    for field in model._meta.fields:
        yield f"{model._meta.label}.{field.name}", field.verbose_name, field.get_internal_type()


def glossary(of: str) -> Iterator[str]:
    """Every term of an area: identifier, Chinese term, where it is used."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("shanhai."))
    rows = [row for model in ours if owner(model._meta.app_label) == of for row in _terms(model)]
    if rows:
        yield "\n" + table(("标识符", "术语", "说明"), rows)


#: The parts of a reference: its page under docs/reference, title, what it says before anything, what it lists.
PARTS: tuple[tuple[str, str, str, Callable[[str], Iterator[str]]], ...] = (
    (
        "figures.md",
        "指标 Figures",
        "每个指标的定义、计数规则和依据。`shanhai open 指标名` 打开它的每一行记录。",
        figures,
    ),
    (
        "sheets.md",
        "工作簿 Sheets",
        "`shanhai template 表名 文件.xlsx` 写出空白模板，`shanhai load 文件` 装载。",
        sheets,
    ),
    ("rights.md", "谁可以做什么 Rights", "角色只在授权的范围（结对关系）和授权的一方有效。", rights),
    ("glossary.md", "术语 Glossary", "标识符与中文术语，由数据模型得出。", glossary),
)


def reference() -> Iterator[tuple[Path, str]]:
    """The pages of what belongs to no area; a part without anything has none."""
    for name, title, opening, listed in PARTS:
        text = (roles() if listed is rights else "") + "".join(listed(CORE))
        if text:
            yield REFERENCE / name, f"{HEAD}# {title}\n\n{opening}\n{text}"


def readme(area: AreaConfig) -> str:
    """What an area is, its figures, its worksheets, who may do what, its terms."""
    about = (import_module(area.name).__doc__ or "").strip()
    parts = [(title, opening, "".join(listed(area.label))) for _, title, opening, listed in PARTS]
    return f"{HEAD}# {area.verbose_name} {area.label}\n\n{about}\n" + "".join(
        f"\n## {title}\n\n{opening}\n{text}" for title, opening, text in parts if text
    )


def pages() -> dict[Path, str]:
    """Every page there should be, by its place in the repository."""
    return dict(reference()) | {AREAS / area.label / "README.md": readme(area) for area in areas()}


def unlike(root: Path, wanted: dict[Path, str]) -> tuple[list[Path], list[Path]]:
    """The pages that are missing or stale, and those that were made once and belong to nothing any more."""
    stale = [
        name for name, text in wanted.items() if not (root / name).is_file() or (root / name).read_text("utf-8") != text
    ]
    made = (*(root / REFERENCE).glob("*.md"), *(root / AREAS).glob("*/README.md"))
    left = [path.relative_to(root) for path in made if path.read_text("utf-8").startswith(HEAD)]
    return stale, sorted(set(left) - wanted.keys())


def write(root: Path, wanted: dict[Path, str], *, check: bool) -> int:
    """Write the pages, or say which are not as they should be; answers how many those are."""
    stale, left = unlike(root, wanted)
    if check:
        for name, fault in (
            *((name, "is stale or missing") for name in stale),
            *((name, "is left over") for name in left),
        ):
            print(f"{name} {fault}; run make docs")
        return len(stale) + len(left)
    for name in stale:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(wanted[name], "utf-8")
    for name in left:
        (root / name).unlink()
    return 0


def main() -> int:
    """Write or check every page of this repository."""
    wanted = pages()
    if write(ROOT, wanted, check="--check" in sys.argv):
        return 1
    print(f"reference: {len(wanted)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
