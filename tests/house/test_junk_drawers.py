"""No module is a drawer for what has no home; the missing home is the finding."""

JUNK = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "manager", "managers", "tools"}


def junk_among(names):
    return [name for name in names if JUNK & set(name.split("."))]


def test_no_module_is_a_junk_drawer(source):
    assert junk_among(module.name for module in source) == []


def test_a_drawer_would_be_found_and_a_field_word_would_not():
    names = ["shanhai.web.utils", "shanhai.areas.gov_services.models", "shanhai.base.helpers.money"]
    assert junk_among(names) == ["shanhai.web.utils", "shanhai.base.helpers.money"]
