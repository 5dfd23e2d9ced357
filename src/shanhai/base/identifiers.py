"""Identity numbers, organisation codes, accounts: checked, masked, and made up for examples.

Example numbers carry the region prefix 999999: no division of the country has it, none can (provinces
run from 11 to 83), and the cards of foreign residents, which begin with 9, go on with a province. So a
made-up number can never be somebody's.
"""

import re
from datetime import date, timedelta

from stdnum.cn import ric, uscc

from shanhai.base.findings import Finding, Place
from shanhai.base.language import say
from shanhai.base.text import squeeze

#: The region prefix of every made-up number.
EXAMPLE_REGION = "999999"
#: The first two digits of the regions that the national standard allots.
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_OLDEST = 130
_KEPT_DIGITS = 15
_LETTERS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
#: Who registers: numbers are ministries, A the army, N agriculture (collectives of villages), Y others.
_REGISTRARS = frozenset("123456789ANY")
_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?(\d{2,3})", re.ASCII)


def plain_identity(text: str) -> str:
    """An identity number or organisation code in its one form: half-width, no spaces or dashes, capitals."""
    return squeeze(text).replace(" ", "").replace("-", "").upper()


def check_identity(number: str, *, today: date, examples: bool = False, place: Place | None = None) -> list[Finding]:
    """What is wrong with a 居民身份证 number: length, check digit, region, day of birth; empty when nothing is.

    A made-up number is refused unless `examples` says that the pairing is one of examples. The findings
    show the number masked.
    """
    plain = plain_identity(number)
    code, message, expected = _identity_fault(plain, today=today, examples=examples)
    if not code:
        return []
    return [Finding(f"identity.{code}", message, place, found=mask_identity(plain), expected=expected)]


def _identity_fault(plain: str, *, today: date, examples: bool) -> tuple[str, str, str]:
    shown = mask_identity(plain)
    if len(plain) == 15 and plain.isdigit():
        return "old", say("身份证号“{shown}”是15位的旧号码。请填写现行18位号码。", shown=shown), say("18位号码")
    if not _IDENTITY.fullmatch(plain):
        return "form", say("身份证号“{shown}”不是18位。请对照证件核对。", shown=shown), say("17位数字加1位校验码")
    if looks_like_lost_digits(plain):
        return (
            "lost_digits",
            say("身份证号“{shown}”曾按数字保存，末几位已丢失。请把单元格设为文本后重新填写。", shown=shown),
            say("18位文本"),
        )
    if plain[17] != ric.calc_check_digit(plain):
        return (
            "check_digit",
            say("身份证号“{shown}”校验码不符，必有一位填错。请对照证件核对。", shown=shown),
            say("校验码相符"),
        )
    if is_example(plain):
        return (
            ("", "", "")
            if examples
            else ("example", say("身份证号“{shown}”是示例号码，只能用于示例结对。", shown=shown), say("真实号码"))
        )
    if plain[:2] not in PROVINCES:
        return (
            "region",
            say("身份证号“{shown}”前两位不是任何省份的代码。请对照证件核对。", shown=shown),
            say("前六位为行政区划代码"),
        )
    born = birth_date(plain)
    if born is None or not today.year - _OLDEST <= born.year or born > today:
        return (
            "birth_date",
            say("身份证号“{shown}”中的出生日期不存在或不可信。请对照证件核对。", shown=shown),
            say("第7至14位为出生日期"),
        )
    return "", "", ""


def check_organisation(code: str, *, examples: bool = False, place: Place | None = None) -> list[Finding]:
    """What is wrong with a 统一社会信用代码: form or check digit, or a made-up code where none may be."""
    plain = plain_identity(code)
    fault, message, expected = "", "", say("18位，末位为校验码")
    if not _has_form_of_organisation(plain):
        fault, message = (
            "form",
            say("统一社会信用代码“{plain}”不是18位，或含有不用的字母（I、O、S、V、Z）。请核对。", plain=plain),
        )
    elif plain[17] != uscc.calc_check_digit(plain):
        fault, message = "check_digit", say("统一社会信用代码“{plain}”校验码不符，必有一位填错。请核对。", plain=plain)
    elif is_example(plain) and not examples:
        fault, message, expected = (
            "example",
            say("统一社会信用代码“{plain}”是示例代码，只能用于示例结对。", plain=plain),
            say("真实代码"),
        )
    return [Finding(f"organisation.{fault}", message, place, found=plain, expected=expected)] if fault else []


def _has_form_of_organisation(plain: str) -> bool:
    """The form alone; stdnum's own check knows no letter in front and would refuse the collectives of villages."""
    return len(plain) == 18 and set(plain) <= _LETTERS and plain[0] in _REGISTRARS and plain[2:8].isdigit()


def birth_date(number: str) -> date | None:
    """The day of birth in an identity number of 18 digits, None where the digits are no day."""
    try:
        return ric.get_birth_date(number) if len(number) == 18 else None
    except (ric.InvalidComponent, ValueError):
        return None


def identity_region(number: str) -> str:
    """The region code in an identity number: where it was given, by the codes of that time."""
    return plain_identity(number)[:6]


def organisation_region(code: str) -> str:
    """The region code in a 统一社会信用代码: where the organisation was first registered."""
    return plain_identity(code)[2:8]


def is_example(number: str) -> bool:
    """Whether an identity number or organisation code is a made-up one."""
    plain = plain_identity(number)
    return len(plain) == 18 and EXAMPLE_REGION in {plain[:6], plain[2:8]}


def example_identity(seed: int, birth: date) -> str:
    """A made-up identity number with a right check digit; odd seeds are men, even ones women, 0 to 999."""
    if not 0 <= seed <= 999:
        raise ValueError("a made-up number has three digits of its own")
    body = f"{EXAMPLE_REGION}{birth:%Y%m%d}{seed:03d}"
    return body + ric.calc_check_digit(body + "0")


def example_birth(seed: int, *, on: date, youngest: int = 18, oldest: int = 64) -> date:
    """A believable day of birth for a made-up person of working age on that day; the same seed, the same day."""
    latest = date(on.year - youngest, on.month, min(on.day, 28))
    span = (oldest - youngest) * 365
    return latest - timedelta(days=seed * 7919 % span)


def example_organisation(seed: int, kind: str = "91") -> str:
    """A made-up 统一社会信用代码 with a right check digit.

    `kind`: 91 firm, 93 farmers' cooperative, 11 office, 12 institution, N2 collective of a village.
    """
    body = f"{kind}{EXAMPLE_REGION}{_with_own_check(seed)}"
    return body + uscc.calc_check_digit(body)


def _with_own_check(seed: int) -> str:
    """The nine characters of an organisation: eight of the seed and their own check digit (GB 11714)."""
    own = f"{seed:08d}"
    rest = -sum(int(digit) * weight for digit, weight in zip(own, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return own + ("X" if rest == 10 else str(rest))


def looks_like_lost_digits(value: object) -> bool:
    """Whether an identity or account number was kept as a number by a spreadsheet, which keeps 15 digits.

    True for a number of 16 or more digits, a text such as `3.30106E+17`, and a text of 16 or more digits that
    ends in zeros from the 16th on, unless it is an identity number whose check digit is right.
    """
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return value == value and abs(value) >= 10**_KEPT_DIGITS
    text = plain_identity(str(value)).removesuffix(".0")
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        return int(scientific[2]) >= _KEPT_DIGITS
    cut = len(text) > _KEPT_DIGITS and text.isdigit() and not text[_KEPT_DIGITS:].strip("0")
    return cut and not (len(text) == 18 and text[17] == ric.calc_check_digit(text))


def mask_identity(number: str) -> str:
    """An identity number as pages show it: the first three and the last two characters, never the day of birth."""
    return _masked(plain_identity(number), 3, 2)


def mask_name(name: str) -> str:
    """A person's name as pages show it: 张*, 张*山, 欧**山; a name with a dot keeps its first character only."""
    plain = squeeze(name)
    if len(plain) <= 1:
        return "*" * len(plain)
    return _masked(plain, 1, 0 if len(plain) == 2 or "·" in plain else 1)


def mask_phone(number: str) -> str:
    """A telephone number as pages show it: 138****5678."""
    plain = squeeze(number).replace(" ", "")
    return _masked(plain, 3, 4) if len(plain) == 11 else _masked(plain, 0, 2)


def mask_account(number: str) -> str:
    """An account number as pages show it: the last four digits."""
    return _masked(squeeze(number).replace(" ", ""), 0, 4)


def _masked(text: str, before: int, after: int) -> str:
    """The text with its middle starred; one too short to keep both ends is starred whole."""
    hidden = len(text) - before - after
    return text[:before] + "*" * hidden + text[len(text) - after :] if hidden > 0 else "*" * len(text)
