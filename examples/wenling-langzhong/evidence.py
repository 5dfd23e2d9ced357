"""Make the pictures that stand for evidence in the example: python examples/wenling-langzhong/evidence.py.

Each says on its face that it is invented. `evidence/index.csv` names the record each is given to.
"""

import csv
from pathlib import Path
from xml.sax.saxutils import escape

import noto_cjk_sans_otc
import vl_convert

FOLDER = Path(__file__).resolve().parent / "evidence"
#: Record type, local key, file, the words on the picture, the colour of its hills.
PICTURES = (
    ("projects.project", "XM-2022-010", "XM-2022-010-施工中.png", ("示例图片：施工中", "XM-2022-010"), "#7fb89b"),
    ("projects.project", "XM-2022-010", "XM-2022-010-完工.png", ("示例图片：完工", "XM-2022-010"), "#5d8f76"),
    ("projects.project", "XM-2021-002", "XM-2021-002-教学楼.png", ("示例图片：教学楼", "XM-2021-002"), "#c98a1b"),
    ("projects.project", "XM-2021-001", "XM-2021-001-园区道路.png", ("示例图片：园区道路", "XM-2021-001"), "#7d8c90"),
    ("projects.project", "XM-2021-005", "XM-2021-005-油橄榄基地.png", ("示例图片：油橄榄基地", "XM-2021-005"), "#2f6b4f"),
    ("funds.payment", "ZF-2021-0001", "ZF-2021-0001-回单.png", ("示例凭证：银行回单", "ZF-2021-0001"), "#c9d2d3"),
)  # fmt: skip


def drawn(words: tuple[str, str], colour: str) -> str:
    """A landscape with its words: no photograph, no place, no person."""
    title, number = (escape(each) for each in words)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320" viewBox="0 0 480 320">
<rect width="480" height="320" fill="#e5eef9"/><circle cx="390" cy="70" r="34" fill="#ffd24a"/>
<path d="M0 230 110 110 190 190 270 90 480 250V320H0z" fill="{colour}"/>
<rect y="250" width="480" height="70" fill="#ffffff"/>
<g font-family="Noto Sans CJK SC" fill="#17242b"><text x="20" y="282" font-size="22" font-weight="700">{title}</text>
<text x="20" y="308" font-size="16">{number}，人物、地点与内容均为虚构</text></g></svg>"""


def main() -> None:
    """Write every picture and the list of what each is given to."""
    vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("record_type", "key", "file"))
        for record_type, key, name, words, colour in PICTURES:
            (FOLDER / name).write_bytes(vl_convert.svg_to_png(drawn(words, colour)))
            writer.writerow((record_type, key, name))


if __name__ == "__main__":
    main()
