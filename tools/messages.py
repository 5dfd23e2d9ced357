"""Keep the catalogues of translations in step with the source: `python tools/messages.py [--check]`.

Gathers every sentence: literals given to `say`, `noted` and `gettext`, `{% translate %}` and `{% blocktranslate %}`
in templates, and what models, sheets, figures, acts and roles declare. Each package keeps its own catalogue,
`locale/en/LC_MESSAGES/django.po`; a sentence used by several belongs to the lowest of them, but each area keeps all its
own, so that a new area takes none from another. Translations are written into the .po files by hand; this tool adds what
is new and removes what is gone. `tools/compile_messages.py` compiles them.

With --check nothing is written; it fails where a catalogue is not in step, or a sentence is not translated or is
translated in two ways.
"""

import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
if "SHANHAI_HOME" not in os.environ:
    os.environ["SHANHAI_HOME"] = tempfile.mkdtemp()

import django

django.setup()

import polib
from django.apps import apps
from django.conf import settings
from django.template.base import Lexer, TokenType

from shanhai.access.terms import ROLES
from shanhai.base.fields import FIELDS
from shanhai.base.units import UNITS
from shanhai.catalogue.config import areas
from shanhai.figures import declare
from shanhai.intake.declare import SHEETS
from shanhai.journal.acts import KINDS
from shanhai.web import urls as _all_pages  # noqa: F401 - importing every page declares its acts
from shanhai.web.declare import HOME_SECTIONS, PAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "shanhai"
HAN = re.compile(r"[\u3400-\u9fff]")
#: Chinese, and the signs only Chinese uses: `、` between words is translated like a word.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
#: Values side by side, such as an amount and its unit: other languages put a space between.
VALUES = re.compile(r"(\{\w+\}){2,}")
#: Stands between the context of a sentence and the sentence, as in compiled catalogues.
CONTEXT = "\x04"
CALLS = {"say", "noted", "gettext", "gettext_lazy", "gettext_noop"}
#: The layers from the bottom up; a sentence belongs to the first that uses it.
LAYERS = (
    "base", "database", "catalogue", "journal", "reference", "access", "intake", "figures", "asking", "search", "loading", "check", "web",
)  # fmt: skip
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "zh-hans"]


def package_of(path: Path) -> str:
    """The package a file belongs to, as a folder below shanhai: `intake`, `areas/funds`."""
    parts = path.relative_to(PACKAGE).parts
    return "/".join(parts[:2]) if parts[0] == "areas" and len(parts) > 2 else parts[0]


def packages() -> list[str]:
    """Every package that may have a catalogue, from the bottom up."""
    found = [name for name in LAYERS if (PACKAGE / name).is_dir()]
    return [
        *found,
        *sorted(f"areas/{path.name}" for path in (PACKAGE / "areas").iterdir() if (path / "apps.py").exists()),
    ]


def in_python(path: Path) -> Iterator[str]:
    """Sentences in a module: the literals given to the functions that translate or mark."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in CALLS:
            first = node.args[0]
            literals = [first] if not isinstance(first, ast.IfExp) else [first.body, first.orelse]
            yield from (one.value for one in literals if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def in_template(path: Path) -> Iterator[str]:
    """Sentences in a template, block translations with their values as Django looks them up."""
    inside: list[str] | None = None
    trimmed = False
    for token in Lexer(path.read_text("utf-8")).tokenize():
        words = token.contents.split()
        tag = words[0] if token.token_type == TokenType.BLOCK and words else ""
        if tag in ("blocktranslate", "blocktrans"):
            inside, trimmed = [], "trimmed" in words
        elif tag in ("endblocktranslate", "endblocktrans"):
            whole = "".join(inside or [])
            yield " ".join(line.strip() for line in whole.strip().splitlines()) if trimmed else whole
            inside = None
        elif inside is not None:
            inside.append(
                f"%({token.contents.partition('|')[0].strip()})s"
                if token.token_type == TokenType.VAR
                else token.contents.replace("%", "%%")
            )
        elif tag in ("translate", "trans"):
            found = re.match(r'\s*(?:translate|trans)\s+"([^"]*)"(?:\s+context\s+"([^"]*)")?', token.contents)
            if found:
                yield f"{found[2]}{CONTEXT}{found[1]}" if found[2] else found[1]


def declared() -> Iterator[tuple[str, str]]:
    """What is declared and shown, with the package it is declared in."""
    yield from ((f"areas/{area.label}", str(area.verbose_name)) for area in areas())
    yield from ((f"areas/{one.area}", one.zh) for one in PAGES.values())
    yield from ((_package(one.part.__module__), one.zh) for one in HOME_SECTIONS)
    for figure in declare.registry():
        yield from ((_of_name(figure.name), text) for text in (figure.zh, figure.rule, figure.basis))
    yield from ((_of_name(kind.code), kind.zh) for kind in KINDS.values())
    yield from (("access", text) for role in ROLES.values() for text in (role.zh, role.sentence))
    yield from (("base", one.zh) for one in (*UNITS.values(), *FIELDS.values()))
    yield from _of_models()
    yield from _of_sheets()


def _of_models() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model.__module__.startswith("shanhai."):
            package = _package(model.__module__)
            yield package, str(model._meta.verbose_name)
            for field in model._meta.concrete_fields:
                yield package, str(field.verbose_name)
                yield from ((package, str(label)) for _, label in field.flatchoices)


def _of_sheets() -> Iterator[tuple[str, str]]:
    for sheet in SHEETS.values():
        package = _of_name(sheet.name)
        yield from ((package, text) for text in (sheet.zh, sheet.note))
        for column in sheet.columns:
            texts = (column.zh, column.note, column.expected, getattr(column, "shape", ""))
            yield from ((package, text) for text in texts)


def _package(module: str) -> str:
    parts = module.split(".")[1:]
    return f"areas/{parts[1]}" if parts[0] == "areas" else parts[0]


def _of_name(name: str) -> str:
    label = name.partition(".")[0]
    return f"areas/{label}" if (PACKAGE / "areas" / label).is_dir() else label


def gathered() -> dict[str, list[str]]:
    """Every sentence with Chinese in it, or of values only, by the package it belongs to, of areas each its own."""
    found: dict[str, set[str]] = {name: set() for name in packages()}
    for package in found:
        folder = PACKAGE / package
        for path in folder.rglob("*.py"):
            if "tests" not in path.parts and "migrations" not in path.parts and package_of(path) == package:
                found[package].update(in_python(path))
        for path in folder.glob("templates/**/*.html"):
            found[package].update(in_template(path))
    for package, text in declared():
        found.setdefault(package, set()).add(text)
    return sorted_out(found)


def sorted_out(found: dict[str, set[str]]) -> dict[str, list[str]]:
    """The sentences of each package that no lower one has; areas stand side by side, none below another."""
    lower: set[str] = set()
    kept: dict[str, list[str]] = {}
    for package, texts in found.items():
        own = {text for text in texts if CHINESE.search(text) or VALUES.fullmatch(text)} - lower
        if not package.startswith("areas/"):
            lower |= own
        kept[package] = sorted(own)
    return kept


def placeholders(text: str) -> set[str]:
    """The values a sentence has room for."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        named = set()
    return named | set(re.findall(r"%\((\w+)\)s", text))


def catalogue(package: str, language: str) -> Path:
    """The catalogue of a package."""
    return PACKAGE / package / "locale" / language / "LC_MESSAGES" / "django.po"


def known(language: str) -> dict[str, str]:
    """Every translation there is, whichever catalogue it stands in: a sentence may move to a lower package."""
    told: dict[str, str] = {figure.zh: figure.en for figure in declare.registry()} if language == "en" else {}
    for path in PACKAGE.glob(f"**/locale/{language}/LC_MESSAGES/django.po"):
        told |= translated(path)
    return told


def translated(path: Path) -> dict[str, str]:
    """What a catalogue translates; nothing where there is none yet."""
    entries = polib.pofile(str(path)) if path.exists() else ()
    return {_with_context(entry): entry.msgstr for entry in entries if entry.msgstr}


def _with_context(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def wanted(texts: list[str], told: dict[str, str], language: str) -> polib.POFile:
    """The catalogue of these sentences with the translations there are."""
    made = polib.POFile(wrapwidth=120)
    made.metadata = {
        "Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }  # fmt: skip
    for text in texts:
        flags = ["python-brace-format"] if "{" in text else ["python-format"] if "%(" in text else []
        context, _, sentence = text.rpartition(CONTEXT)
        made.append(polib.POEntry(msgid=sentence, msgctxt=context or None, msgstr=told.get(text, ""), flags=flags))
    return made


def faults_of(made: polib.POFile) -> Iterator[str]:
    """Sentences not translated, or whose translation has other values than the sentence."""
    for entry in made:
        if not entry.msgstr:
            yield f"not translated: {entry.msgid}"
        elif HAN.search(entry.msgstr):
            yield f"Chinese in the translation: {entry.msgstr}"
        elif placeholders(entry.msgid) != placeholders(entry.msgstr):
            yield f"values differ: {entry.msgid} -> {entry.msgstr}"


def two_ways(made: Iterable[polib.POFile]) -> Iterator[str]:
    """Sentences that two catalogues translate differently: which of them is read would be left to chance."""
    first: dict[str, str] = {}
    for entry in (entry for one in made for entry in one if entry.msgstr):
        told = first.setdefault(_with_context(entry), entry.msgstr)
        if told != entry.msgstr:
            yield f"translated in two ways: {entry.msgid} -> {told} | {entry.msgstr}"


def main(*, check: bool) -> int:
    """Write every catalogue, or say which is not in step; answers how many faults there are."""
    failed = 0
    for language in LANGUAGES:
        told, made = known(language), {}
        for package, texts in gathered().items():
            path = catalogue(package, language)
            if texts or path.exists():
                made[path] = wanted(texts, told | translated(path), language)
        failed += sum(_keep(path, one, check=check) for path, one in made.items())
        for fault in two_ways(made.values()):
            print(fault)
            failed += 1
    return failed


def _keep(path: Path, made: polib.POFile, *, check: bool) -> int:
    name, faults = path.relative_to(ROOT), list(faults_of(made))
    text = f"{made}\n"
    stale = not path.exists() or path.read_text("utf-8") != text
    if stale and not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    elif stale:
        print(f"{name} is not in step with the source; run make docs")
    for fault in faults[: 20 if check else 0]:
        print(f"{name}: {fault}")
    if faults:
        print(f"{name}: {len(faults)} of {len(made)} sentences to be mended")
    return len(faults) + (stale and check)


if __name__ == "__main__":
    found = main(check="--check" in sys.argv)
    sys.exit(1 if found and "--check" in sys.argv else 0)
