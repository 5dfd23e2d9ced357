"""What stands against saving a form, told at its fields; and what merely deserves a look."""

from collections import defaultdict
from dataclasses import dataclass, field

from shanhai.base.findings import Finding
from shanhai.base.language import noted, say
from shanhai.intake.one_row import field_of
from shanhai.intake.rows import SheetRead
from shanhai.loading.executing import Outcome
from shanhai.web.forms_asked import AskedForm

_CORRECTION = "intake.correction"
#: Words of findings that are about sending a workbook again; on a form one mends the field and goes on.
_OF_WORKBOOKS = (noted(" 后重新上传"), noted("后重新上传"), noted("，本次上传的表里也没有"))


@dataclass(slots=True)
class Told:
    """Sentences about a form: beside its fields, about the whole of it, and warnings that stop nothing."""

    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    whole: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def blocks(self) -> bool:
        """Whether anything must be mended."""
        return bool(self.fields or self.whole)


def told_of(form: AskedForm, outcome: Outcome) -> Told:
    """Every finding of a load of this form in its place."""
    told = Told()
    read = outcome.plan.readings[0].sheets[0]
    if form.record is None and _known(outcome):
        told.fields[_number(form)].append(
            say("这个编号已经登记过。如果是要改那一条，请打开那条记录，用“更正”；如果是另一条，请换一个编号。")
        )
    for finding in outcome.findings:
        if finding.code != _CORRECTION:
            _tell(told, form, read, finding)
    return told


def _known(outcome: Outcome) -> bool:
    """Whether the number is recorded already, with the same content or another."""
    return any(sheet.changed.height or sheet.same for sheet in outcome.plan.sheets)


def _number(form: AskedForm) -> str:
    """The field that a clerk takes for the record's number: the last of its key that the form asks."""
    asked = {column.field for column in form.columns}
    return next((name for name in reversed(form.sheet.key) if name in asked), "")


def _tell(told: Told, form: AskedForm, read: SheetRead, finding: Finding) -> None:
    sentence = finding.message
    for words in _OF_WORKBOOKS:
        sentence = sentence.replace(say(words), "")
    name = field_of(read, finding)
    if name in form.personal and finding.found and not form.sheet.column(name).secret:
        sentence = say("这一项填写有误，请核对后重新填写。")
    if not finding.blocks:
        told.warnings.append(sentence)
    elif name in {column.field for column in form.columns}:
        told.fields[name].append(sentence)
    else:
        told.whole.append(sentence)
