"""Words in templates: sentences of declarations translated, and data told apart from the interface.

These filters are built into every template (see settings); `{% translate %}` and `{% blocktranslate %}` are too.
"""

import re

from django import template
from django.utils.html import format_html, format_html_join

from shanhai.web.reading import reading

register = template.Library()
HAN = re.compile(r"[\u3400-\u9fff]")
#: A run of Chinese with the signs between its words.
_RUN = re.compile(r"([\u3400-\u9fff](?:[\u3400-\u9fff、，。；：（）《》“”·]*[\u3400-\u9fff])?)")


@register.filter
def zh(text: object) -> object:
    """Text of a record as it was entered; on a page in another language it is marked as Chinese for who reads aloud."""
    if reading().language == "zh-hans" or not HAN.search(str(text)):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.filter
def lang(text: object) -> str:
    """The attribute that marks an element as Chinese, for those that hold text only, such as a choice of a list."""
    chinese = reading().language != "zh-hans" and HAN.search(str(text))
    return format_html(' lang="{}"', "zh-Hans") if chinese else ""


@register.filter
def with_data(sentence: object) -> object:
    """A sentence that quotes records: on a page in another language, what is Chinese in it is marked as such."""
    if reading().language == "zh-hans" or not HAN.search(str(sentence)):
        return sentence
    parts = _RUN.split(str(sentence))
    return format_html_join(
        "", "{}{}", ((plain, zh(run)) for plain, run in zip(parts[::2], [*parts[1::2], ""], strict=True))
    )
