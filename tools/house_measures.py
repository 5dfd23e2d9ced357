"""What can be measured of a package from its syntax trees alone: sizes, imports, repetition, words.

Nothing here imports the package it measures. Tests and migrations are set apart: the measures of
code are taken without them, the measures of tests from them only.
"""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path

WINDOW = 8
LONG_FUNCTION = 50
AREAS = "areas"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its text, and what the measures ask of it."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their line ends."""
        return self.text.splitlines()

    @cached_property
    def filled_lines(self) -> int:
        """How many lines are not blank."""
        return sum(1 for line in self.lines if line.strip())

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method, nested ones too."""
        return [node for node in self.nodes if isinstance(node, Function)]

    @cached_property
    def comments(self) -> list[tuple[int, str]]:
        """Line number and text of every comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def read_modules(root: Path, prefix: str = "") -> Iterator[Module]:
    """The modules under a folder, named by their place; migrations are left out."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" in parts:
            continue
        is_package = parts[-1] == "__init__"
        dotted = ".".join((*filter(None, (prefix,)), *(parts[:-1] if is_package else parts)))
        yield Module(dotted, path.read_text(encoding="utf-8"), is_package)


def is_test(name: str) -> bool:
    """Whether a dotted name lies in a tests folder or is a test module."""
    parts = name.split(".")
    return "tests" in parts or parts[-1].startswith("test_") or parts[-1] == "conftest"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value with at least this share of the values at or below it; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * share) - 1, 0)] if ordered else 0


def part(number: float, whole: float) -> float:
    """Percentage of the whole; 0 of nothing."""
    return 100 * number / whole if whole else 0.0


def length(node: Function | ast.ClassDef) -> int:
    """Lines from the `def` or `class` line to the last; decorators are not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


# --- imports -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    """One import statement: who imports, which modules of the package, inside a function or not."""

    importer: str
    targets: tuple[str, ...]
    deferred: bool


def imports_of(module: Module, known: frozenset[str]) -> list[Import]:
    """The import statements of a module, those for type checking left out."""
    return [
        Import(module.name, tuple(t for t in _targets(node, module, known) if t != module.name), deferred)
        for node, deferred in _import_nodes(module.tree, deferred=False)
    ]


def _import_nodes(node: ast.AST, *, deferred: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, deferred
        elif not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield from _import_nodes(child, deferred=deferred or isinstance(child, Function))


def _targets(node: ast.Import | ast.ImportFrom, module: Module, known: frozenset[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
        return
    base = node.module or ""
    if node.level:
        parts = module.name.split(".")
        kept = parts[: len(parts) - node.level + module.is_package]
        base = ".".join([*kept, *filter(None, (node.module,))])
    for alias in node.names:
        below = f"{base}.{alias.name}"
        if below in known or base in known:
            yield below if below in known else base


def cycles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Groups of nodes that reach each other, each sorted; none in a sound package."""
    reach = {node: _reachable(node, edges) for node in edges}
    groups = {
        tuple(sorted(other for other in seen if node in reach.get(other, ()))): None
        for node, seen in reach.items()
        if node in seen
    }
    return [list(group) for group in groups]


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(edges.get(node, ()))
    return seen


def measure_imports(modules: list[Module]) -> dict[str, float]:
    """Cycles between modules and between first-level packages, deferred share, fan-out."""
    known = frozenset(module.name for module in modules)
    statements = [statement for module in modules for statement in imports_of(module, known)]
    edges: dict[str, set[str]] = {name: set() for name in known}
    packages: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        edges[statement.importer].update(statement.targets)
        own = _first_level(statement.importer)
        packages[own].update({_first_level(target) for target in statement.targets} - {own})
    fan_out = [len(targets) for targets in edges.values()]
    return {
        "import_cycles": len(cycles(edges)),
        "package_cycles": len(cycles(packages)),
        "deferred_imports": part(sum(s.deferred for s in statements), len(statements)),
        "fan_out_p90": percentile(fan_out, 0.9),
        "fan_out_max": max(fan_out, default=0),
    }


def _first_level(name: str) -> str:
    return ".".join(name.split(".")[:2])


# --- sizes, words, repetition ----------------------------------------------------------------------


def measure_sizes(modules: list[Module]) -> dict[str, float]:
    """Lines of functions, modules and classes."""
    functions = [length(node) for module in modules for node in module.functions]
    classes = [length(n) for m in modules for n in m.nodes if isinstance(n, ast.ClassDef)]
    sizes = [len(module.lines) for module in modules]
    return {
        "function_lines_p50": percentile(functions, 0.5),
        "function_lines_p90": percentile(functions, 0.9),
        "function_lines_p99": percentile(functions, 0.99),
        "function_lines_max": max(functions, default=0),
        "functions_over_50": part(sum(lines > LONG_FUNCTION for lines in functions), len(functions)),
        "module_lines_p90": percentile(sizes, 0.9),
        "module_lines_max": max(sizes, default=0),
        "class_lines_p90": percentile(classes, 0.9),
    }


def measure_words(modules: list[Module]) -> dict[str, float]:
    """Docstrings, comments, annotations, reminders left in comments, prints."""
    functions = [function for module in modules for function in module.functions]
    public = [function for module in modules for function in _public_of_mechanism(module)]
    worded = sum(len(_docstring_lines(m.tree)) + len({line for line, _ in m.comments}) for m in modules)
    reminder = re.compile(r"\b(TODO|FIXME|XXX)\b(?!.*#\d)")
    return {
        "docstrings_modules": part(sum(bool(ast.get_docstring(m.tree)) for m in modules), len(modules)),
        "docstrings_functions": part(sum(bool(ast.get_docstring(f)) for f in public), len(public)) if public else 100,
        "comment_share": part(worded, sum(module.filled_lines for module in modules)),
        "annotated_functions": part(sum(map(_annotated, functions)), len(functions)) if functions else 100,
        "reminders": sum(bool(reminder.search(text)) for module in modules for _, text in module.comments),
        "prints": sum(_is_print(node) for module in modules for node in module.nodes),
    }


def _public_of_mechanism(module: Module) -> list[Function]:
    if f".{AREAS}." in f"{module.name}.":
        return []
    return [node for node in module.tree.body if isinstance(node, Function) and not node.name.startswith("_")]


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node, clean=False):
            first = node.body[0]
            lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def _annotated(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    if named and named[0].arg in ("self", "cls"):
        named = named[1:]
    return function.returns is not None and all(argument.annotation for argument in named)


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def measure_repetition(modules: list[Module]) -> dict[str, float]:
    """Share of lines in a window of eight that stands somewhere else too; imports and comments passed over."""
    seen: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    total = 0
    for module in modules:
        lines = _telling_lines(module)
        total += len(lines)
        for start in range(len(lines) - WINDOW + 1):
            seen[tuple(lines[start : start + WINDOW])].append((module.name, start))
    repeated = {
        (name, start + offset)
        for places in seen.values()
        if len(places) > 1
        for name, start in places
        for offset in range(WINDOW)
    }
    return {"duplicated_lines": part(len(repeated), total)}


def _telling_lines(module: Module) -> list[str]:
    passed_over: set[int] = set()
    for node in module.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            passed_over.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    stripped = ((number, " ".join(line.split())) for number, line in enumerate(module.lines, 1))
    return [line for number, line in stripped if line and not line.startswith("#") and number not in passed_over]


def measure_tests(modules: list[Module], tests: list[Module]) -> dict[str, float]:
    """Lines of tests to lines of code, and how long a test is."""
    lengths = [length(node) for test in tests for node in test.functions if node.name.startswith("test_")]
    code = sum(module.filled_lines for module in modules)
    return {
        "test_to_code": sum(test.filled_lines for test in tests) / code if code else 0,
        "test_lines_p50": percentile(lengths, 0.5),
        "test_lines_p90": percentile(lengths, 0.9),
    }


def measure_trees(modules: list[Module], tests: list[Module]) -> dict[str, float]:
    """All measures that syntax trees give."""
    return {
        **measure_imports(modules),
        **measure_sizes(modules),
        **measure_words(modules),
        **measure_repetition(modules),
        **measure_tests(modules, tests),
    }
