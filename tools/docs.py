"""Make the reference pages of docs/reference from what the code declares: `python tools/docs.py [--check]`.

With --check nothing is written; a page that is stale fails.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
os.environ.setdefault("SHANHAI_HOME", tempfile.mkdtemp())

import django

django.setup()

from django.apps import apps

from shanhai.access.terms import ROLES
from shanhai.figures import declare
from shanhai.journal.acts import KINDS
from shanhai.loading.executing import ordered_sheets

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference"
HEAD = "<!-- Made by tools/docs.py from the declarations; do not edit. -->\n\n"


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(columns)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in rows:
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
    return "\n".join(lines) + "\n"


def figures() -> str:
    """Every figure with its definition."""
    parts = ["# 指标目录 Figures\n\n每个指标的定义、计数规则和依据。`shanhai open 指标名` 打开它的每一行记录。\n"]
    for figure in declare.registry():
        slices = "、".join(figure.slices) or "无"
        parts.append(
            f"\n## {figure.name} {figure.zh}\n\n{figure.en}.\n\n- 单位：{figure.unit.zh}（{figure.unit.code}）；阶段：{figure.stage}；"
            f"时间性质：{figure.time}；合计方式：{figure.how}；版本 {figure.version}\n- 计数规则：{figure.rule}\n- 依据：{figure.basis}\n"
            f"- 可按此收窄：{slices}\n" + (f"- 由这些指标得出：{'、'.join(figure.parts)}\n" if figure.parts else "")
        )
    return "".join(parts)


def sheets() -> str:
    """Every worksheet with its columns."""
    parts = ["# 工作簿 Sheets\n\n`shanhai template 表名 文件.xlsx` 写出空白模板，`shanhai load 文件` 装载。\n"]
    for sheet in ordered_sheets():
        rows = (
            (
                column.zh,
                column.field,
                "是" if sheet.requires(column) else "否",
                column.expected,
                column.note,
                column.example,
            )
            for column in sheet.columns
        )
        parts.append(f"\n## {sheet.name} {sheet.zh}\n\n{sheet.note}\n\n主键：{'、'.join(sheet.key)}\n\n")
        parts.append(table(("列", "字段", "必填", "应填", "说明", "例"), rows))
    return "".join(parts)


def rights() -> str:
    """Who may do what."""
    roles = table(("角色", "名称", "职责"), ((role.code, role.zh, role.sentence) for role in ROLES.values()))
    acts = table(
        ("操作", "名称", *(role.zh for role in ROLES.values())),
        (
            (kind.code, kind.zh, *("●" if role in kind.duties or not kind.duties else "" for role in ROLES))
            for kind in sorted(KINDS.values(), key=lambda kind: kind.code)
        ),
    )
    return f"# 谁可以做什么 Rights\n\n角色只在授权的范围（结对关系）和授权的一方有效。\n\n{roles}\n{acts}"


def glossary() -> str:
    """Every term: identifier, Chinese term, where it is used."""
    rows = []
    for model in apps.get_models():
        if model.__module__.startswith("shanhai"):
            rows.append((model._meta.label, model._meta.verbose_name, (model.__doc__ or "").split("\n")[0]))
            rows += [
                (f"{model._meta.label}.{field.name}", field.verbose_name, field.get_internal_type())
                for field in model._meta.fields
            ]
    return "# 术语 Glossary\n\n标识符与中文术语，由数据模型得出。\n\n" + table(("标识符", "术语", "说明"), rows)


PAGES = {"figures.md": figures, "sheets.md": sheets, "rights.md": rights, "glossary.md": glossary}


def main() -> int:
    """Write the pages, or say which are stale."""
    stale = []
    for name, make in PAGES.items():
        text, path = HEAD + make(), TARGET / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            TARGET.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if stale and "--check" in sys.argv:
        print(f"docs/reference is stale: {', '.join(stale)}; run make docs")
        return 1
    print(f"docs/reference: {len(PAGES)} pages, {len(stale)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
