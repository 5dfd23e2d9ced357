"""An area names records of another area only by string, and only of areas its apps.py says it needs."""

import ast
import re

import pytest
from house_measures import cycles

KEY = re.compile(r"([a-z_]+)\.([A-Za-z][A-Za-z_]*)")


def area_of(name):
    parts = name.split(".")
    return parts[2] if parts[:2] == ["shanhai", "areas"] and len(parts) > 3 else ""


def needs_of(tree):
    """The value of `needs` in the class of an apps.py."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "needs" for target in targets) and node.value:
            return set(ast.literal_eval(node.value))
    return set()


def needs(source):
    areas = {area_of(module.name): set() for module in source if area_of(module.name)}
    told = {area_of(m.name): needs_of(m.tree) for m in source if m.name.endswith(".apps") and area_of(m.name)}
    return areas | told


def foreign_keys(module, areas):
    """Line, text and area of every string in a module that names something of another area; examples aside."""
    examples = {id(n.value) for n in module.nodes if isinstance(n, ast.keyword) and n.arg == "example"}
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in examples:
            match = KEY.fullmatch(node.value)
            if match and match[1] in areas and match[1] != area_of(module.name):
                yield node.lineno, node.value, match[1]


def strangers(source):
    needed = needs(source)
    return [
        f"{module.name}:{line} names {text}, but {area_of(module.name)} does not need {other}"
        for module in source
        if area_of(module.name)
        for line, text, other in foreign_keys(module, needed)
        if other not in needed[area_of(module.name)]
    ]


def test_an_area_names_only_the_areas_it_needs(source):
    assert strangers(source) == []


def test_areas_need_only_areas_there_are(source):
    needed = needs(source)
    assert {name: sorted(others - needed.keys()) for name, others in needed.items() if others - needed.keys()} == {}


def test_needs_go_one_way(source):
    assert cycles(needs(source)) == []


@pytest.fixture
def sample():
    from house_measures import Module

    return [
        Module("shanhai.areas.funds.apps", "class Config:\n    needs = ('projects',)\n"),
        Module("shanhai.areas.funds.models", "a = Key('projects.Project')\nb = Key('talent.Post')\n"),
        Module("shanhai.areas.funds.sheets", "c = code(example='talent.posts')\n"),
        Module("shanhai.areas.projects.models", "a = 'funds.paid'\n"),
        Module("shanhai.areas.talent.apps", "class Config:\n    needs: tuple[str, ...] = ()\n"),
    ]


def test_a_key_to_an_area_not_needed_is_found(sample):
    assert strangers(sample) == [
        "shanhai.areas.funds.models:2 names talent.Post, but funds does not need talent",
        "shanhai.areas.projects.models:1 names funds.paid, but projects does not need funds",
    ]
