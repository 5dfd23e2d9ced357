"""The house's system checks find what a reader would stumble over."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

import shanhai.areas
from shanhai.catalogue.checks import breaches, check_house
from shanhai.catalogue.config import AreaConfig, areas

AREAS = Path(shanhai.areas.__file__).parent


def found(fields, **meta):
    """The codes of the breaches of a model with these fields."""
    with isolate_apps("shanhai.journal"):
        names = {"verbose_name": "示例", "verbose_name_plural": "示例"} | meta
        inner = type("Meta", (), {"app_label": "journal", **names})
        model = type("Toy", (models.Model,), {"__module__": "shanhai.journal.models", "Meta": inner, **fields})
        return [error.id for error in breaches([model])]


def test_the_program_itself_has_no_breach():
    assert check_house(None) == []


def test_the_checks_are_known_to_the_framework():
    assert run_checks(tags=["shanhai"]) == []


def test_a_good_model_has_none():
    assert found({"signed_on": models.DateField("签订日期"), "amount_fen": models.BigIntegerField("金额")}) == []


@pytest.mark.parametrize(
    ("name", "field", "code"),
    [
        ("signed", models.DateField("签订日期"), "shanhai.E003"),
        ("signed_at", models.DateField("签订日期"), "shanhai.E003"),
        ("opened", models.DateTimeField("登录时间"), "shanhai.E003"),
        ("opened_on", models.DateTimeField("登录时间"), "shanhai.E003"),
        ("agreed_on", models.TextField("约定"), "shanhai.E003"),
        ("title", models.TextField(), "shanhai.E002"),
        ("title", models.TextField("title"), "shanhai.E002"),
        ("amount_fen", models.DecimalField("金额", max_digits=9, decimal_places=2), "shanhai.E004"),
        ("share", models.FloatField("占比"), "shanhai.E005"),
        ("kind_code", models.CharField("类别", max_length=9, choices=[("a", "甲"), ("b", "b")]), "shanhai.E006"),
    ],
)
def test_a_field_that_misleads_or_has_no_chinese_word_is_found(name, field, code):
    assert code in found({name: field})


@pytest.mark.parametrize("name", ["verbose_name", "verbose_name_plural"])
def test_a_model_without_a_chinese_name_is_found(name):
    assert found({}, **{name: "toy"}) == ["shanhai.E001"]


def test_only_the_programs_own_applications_are_looked_at():
    assert check_house([apps.get_app_config("staticfiles")]) == []


def test_every_folder_of_an_area_is_found_and_has_a_chinese_name():
    folders = {path.parent.name for path in AREAS.glob("*/apps.py")}
    assert len(folders) > 1
    assert {config.label for config in areas()} == folders
    assert [
        config.label for config in areas() if not any("一" <= letter <= "鿿" for letter in config.verbose_name)
    ] == []


def test_the_menu_follows_the_order_and_no_two_areas_claim_one_place():
    places = [config.order for config in areas()]
    assert places == sorted(set(places))
    assert AreaConfig.order not in places, "an area says where it stands"


def test_an_area_stands_after_those_it_needs():
    """Sheets load in the order of the menu: what a row refers to must have been saved before it."""
    place = {config.label: config.order for config in areas()}
    late = [(config.label, name) for config in areas() for name in config.needs if place[name] > config.order]
    assert late == []
