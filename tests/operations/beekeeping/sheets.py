"""The worksheet of the made-up area."""

from shanhai.areas.beekeeping import actions
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging

APIARY = sheet.sheet(
    "beekeeping.apiary", "蜂场", key=("apiary_no",), action=actions.open_apiaries, note="一处蜂场一行。",
    columns=(
        *belonging(),
        sheet.code("apiary_no", "蜂场编号", example="FC-001"),
        sheet.text("name", "蜂场名称", required=True, max_length=80, example="示例蜂场"),
        sheet.day("opened_on", "建成日期", required=True, example="2023-04-01"),
    ),
)  # fmt: skip
