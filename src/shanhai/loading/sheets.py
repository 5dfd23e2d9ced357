"""The worksheet of no area: one side's words on the records of the other, whichever areas these are of.

It stands here because loading is the lowest layer that knows both worksheets and the writing of words. No area could
declare it: its drop-down names the record types of all of them, as their models say which cross the border.
"""

from shanhai.access import actions
from shanhai.base.language import noted
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.journal.terms import Word
from shanhai.loading.executing import ordered_sheets
from shanhai.loading.lookups import model_of


def _crossing() -> dict[str, str]:
    """The record types of which some cross the border, in the order of a load, by what they are called."""
    found = {one.name: model_of(one.name) for one in ordered_sheets()}
    return {name: str(model._meta.verbose_name) for name, model in found.items() if model.crossing is not None}


PARTNER_WORD = sheet.sheet(
    "journal.partnerword", "对方意见", action=actions.give_words, only_added=True,
    key=("record_type", "word", "said_on", "record_key"), key_separator="|",
    note="本方对对方登记的记录逐条表态。意见只增不改：情况有变的另写一行，以最后的意见为准。",
    columns=(
        *belonging(whose="表态的一方，也就是填这张表的一方；对方登记的记录由本方表态"),
        sheet.choice(
            "record_type", "记录类型", choices=_crossing(), example="资金拨付", note="对方登记的是哪一种记录；只列出需要对方表态的几种",
        ),
        sheet.code("record_key", "记录编号", example="BF-2021-001", note="对方登记时用的编号"),
        sheet.choice(
            "word", "意见", choices={str(Word.CONFIRMED): noted("已确认"), str(Word.DISPUTED): noted("有异议")}, example="已确认",
            aliases=("对方意见",), note="与本方的账一致填“已确认”，不一致填“有异议”",
        ),
        sheet.text("note", "说明", max_length=1000, note="有异议的必须填写：哪一项不一致，本方的账上是多少，依据哪份凭证"),
        sheet.day("said_on", "表态日期", example="2021-09-17", note="实际表态的日期，不早于这条记录登记的日期"),
    ),
)  # fmt: skip
