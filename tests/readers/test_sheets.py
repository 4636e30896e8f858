"""Sheets whose outer size says nothing: cells and merges far from the table, too many cells."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import openpyxl
import pytest
from making import cells, xls, zipped
from pace import WORST, growth, paces

from extract import extract_bytes
from extract.readers import read
from extract.readers.sheets import grid_of

TABLE = [["序号", "重点任务", "责任单位"], [1, "推进改革", "市教育局"], [2, "组织培训", "市司法局"]]
FAR = '<row r="1048576"><c r="{0}1048576" t="inlineStr"><is><t>远</t></is></c></row>'


def workbook(rows: str = "", tail: str = "") -> bytes:
    """The table in XLSX, with more rows behind its own and more parts behind the cells, as XML."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in TABLE:
        sheet.append(row)
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name).replace(b"</sheetData>", f"{rows}</sheetData>{tail}".encode())
            new.writestr(name, xml)
    return changed.getvalue()


def declaring(entities: str, named: str) -> bytes:
    """The workbook whose sheet declares entities and names one behind its last word."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                xml = f"<!DOCTYPE x [{entities}]>".encode() + xml[xml.find(b"<w") :]
                xml = f"{named}</t>".encode().join(xml.rsplit(b"</t>", 1))
            new.writestr(name, xml)
    return changed.getvalue()


def merged(*areas: str) -> str:
    """The element for merged areas."""
    each = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{each}</mergeCells>"


@pytest.mark.parametrize(
    "data",
    [
        workbook('<row r="1048576"><c r="B1048576" s="0"/></row>'),
        workbook('<row r="9"><c r="XFD9" s="0"/></row>'),
        workbook(tail=merged("D2:D1048576")),
        workbook(tail=merged("D2:XFD1048576")),
        workbook(tail=merged("A4:XFD1048576")),
        workbook(tail='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
    ],
    ids=["empty row", "empty column", "merged column", "merged rest", "merged rows", "link"],
)
def test_what_is_empty_far_out_costs_no_task(data: bytes) -> None:
    found = extract_bytes(data, "a.xlsx")
    assert [task.text for task in found.tasks] == ["推进改革", "组织培训"]
    assert not found.diagnostics


@pytest.mark.parametrize("column", ["B", "XFD"])
def test_a_filled_cell_far_out_is_the_next_row(column: str) -> None:
    data = workbook(FAR.format(column))
    row, _, _, _, words = cells(read(data, "a.xlsx"))[-1 if column == "XFD" else -2]
    assert (row, words) == (3, "远")
    assert len(extract_bytes(data, "a.xlsx").tasks) >= 2


def test_what_a_merged_cell_hides_is_no_row_and_no_column() -> None:
    hidden = '<row r="4"><c r="A4"><v>7</v></c><c r="E4"><v>8</v></c></row>'
    source = read(workbook(hidden, merged("A3:A4", "D1:E4")), "a.xlsx")
    assert cells(source) == cells(read(workbook(), "a.xlsx"))


@pytest.mark.parametrize("words", ["乙", "甲"])
def test_words_that_a_merged_cell_hides_are_told(words: str) -> None:
    values = {(1, 1): "甲", (1, 2): words, (2, 1): "丙", (2, 2): "丁"}
    places = [(row - 1, column - 1, text) for (row, column), text in values.items()]
    gaps = read(xls(places, [(0, 0, 0, 1)]), "a.xls").gaps
    assert [gap.code for gap in gaps if gap.code != "no_chinese"] == ["hidden_cells"] * (
        words == "乙"
    )


def test_merged_cells_that_overlap_hide_nothing() -> None:
    source = read(workbook(tail=merged("A1:C2", "A2:C3", "D1:D3")), "a.xlsx")
    assert (cells(source), source.gaps) == (cells(read(workbook(), "a.xlsx")), ())


def test_a_sheet_whose_part_is_missing_is_told() -> None:
    book, out = openpyxl.load_workbook(io.BytesIO(workbook())), io.BytesIO()
    book.create_sheet("分工").append(["责任单位"])
    book.save(out)
    lost = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != lost}
    source = read(zipped({**parts}), "a.xlsx")
    assert cells(source) == cells(read(workbook(), "a.xlsx"))
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith(f"sheet 分工 could not be read: its part {lost} is missing")


def test_a_merged_cell_goes_over_the_filled_rows_and_columns_only() -> None:
    source = read(workbook(tail=merged("B2:B1048576", "C1:XFD1")), "a.xlsx")
    spans = {(row, column): (down, across) for row, column, down, across, _ in cells(source)}
    assert (spans[1, 1], spans[0, 2]) == ((2, 1), (1, 1))
    assert (2, 1) not in spans


WIDE = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(4, 2000))
SLANTING = "".join(
    f'<row r="{n}"><c r="{openpyxl.utils.get_column_letter(n)}{n}"><v>1</v></c></row>'
    for n in range(4, 1500)
)
TALL = xls([(row, row % 256, 1.0) for row in range(8000)], [])


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbook(WIDE), "a.xlsx"), (workbook(SLANTING), "a.xlsx"), (TALL, "a.xls")],
    ids=["wide", "slanting", "xls"],
)
def test_a_sheet_that_is_too_large_says_what_to_do(data: bytes, name: str) -> None:
    (gap,) = (gap for gap in read(data, name).gaps if gap.code == "sheet_too_large")
    assert "save its table as a file of its own" in gap.message


def test_xls_with_an_empty_cell_far_out() -> None:
    near = [(0, 0, "任务"), (0, 1, "数量"), (1, 0, "培训"), (1, 1, 3.0)]
    far = xls([*near, (65_535, 255, "")], [(1, 65_535, 0, 0)])
    assert cells(read(far, "a.xls")) == cells(read(xls(near, []), "a.xls"))
    assert paces(lambda: read(far, "a.xls")) < WORST / 2


def test_grids_grow_about_linearly() -> None:
    def work(rows: int) -> None:
        places = {(row, column): "甲" for row in range(rows) for column in range(2)}
        grid_of(places, {(row, 0): (row + 1, 0) for row in range(0, rows, 2)})

    assert growth(work, 3000, 12_000) < WORST


def hiding(sheet: str = "visible", row: str = "") -> bytes:
    """A workbook whose first sheet holds other words, its second, 台账, the table: shown in this
    way, with this attribute at the table's second row."""
    book = openpyxl.Workbook()
    book.create_sheet("台账")
    book.worksheets[0].append(["see", "sheet", "2"])
    for line in TABLE:
        book.worksheets[1].append(line)
    book.worksheets[1].sheet_state = sheet
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="2"', f'<row r="2" {row}'.encode()))
    return changed.getvalue()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_left_out_and_told(state: str) -> None:
    """It was said that the file holds no Chinese."""
    source = read(hiding(state), "a.xlsx")
    assert [cell[4] for cell in cells(source)] == ["see", "sheet", "2"]
    (gap,) = source.gaps
    assert gap.code == "hidden_sheet"
    assert gap.message.startswith("hidden sheet(s) 台账 were left out, as on the screen; show them")


def test_hidden_rows_are_read_and_told() -> None:
    found = extract_bytes(hiding(row='hidden="1"'), "a.xlsx")
    assert [task.text for task in found.tasks] == ["推进改革", "组织培训"]
    (gap,) = found.diagnostics
    assert gap.code == "hidden_rows"
    assert gap.message.startswith(
        "1 row(s) of sheet 台账 are hidden and were read with the others (2)"
    )


def test_hidden_rows_and_sheets_of_xls() -> None:
    values: list[tuple[int, int, str | float]] = [
        (row, column, str(words))
        for row, line in enumerate(TABLE)
        for column, words in enumerate(line)
    ]
    shown = extract_bytes(xls(values, [], hidden_row=1), "a.xls")
    assert [task.text for task in shown.tasks] == ["推进改革", "组织培训"]
    (gap,) = shown.diagnostics
    assert gap.code == "hidden_rows"
    assert "read with the others (2)" in gap.message
    hidden = read(xls(values, [], state=1), "a.xls")
    assert not hidden.blocks
    assert [gap.code for gap in hidden.gaps] == ["hidden_sheet"]


def test_an_empty_hidden_sheet_is_nothing_to_tell() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["序号", "任务"])
    book.create_sheet("备用").sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    assert not read(saved.getvalue(), "a.xlsx").gaps


@pytest.mark.parametrize(
    ("stored", "count"),
    [("", 1), ("<v/>", 1), ("<v>推进改革</v>", 0), ("<v></v>", 1)],
    ids=["none", "empty", "stored", "blank"],
)
def test_formulas_without_a_value_are_told(stored: str, count: int) -> None:
    """As a program that writes sheets without working them out leaves them."""
    row = f'<row r="4"><c r="A4" t="str"><f>A2&amp;B2</f>{stored}</c></row>'
    found = extract_bytes(workbook(row), "a.xlsx")
    gaps = [gap for gap in found.diagnostics if gap.code == "formula_without_value"]
    assert [gap.message[:45] for gap in gaps] == [
        "1 formula(s) of sheet Sheet have no value in "
    ] * count
    assert found.document.status == ("partial" if count else "ok")


LAUGHS = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in pairwise("abcdefghij")
)


@pytest.mark.parametrize(
    ("entities", "named"),
    [
        (LAUGHS, "&j;"),
        ('<!ENTITY a "一词">', "&a;"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    ],
    ids=["a bomb", "a word", "a file"],
)
def test_entities_of_a_sheet_are_told(entities: str, named: str) -> None:
    """The whole file was called damaged, or a word of them was read, by what was installed."""
    found = extract_bytes(declaring(entities, named), "a.xlsx")
    assert found.document.status == "partial"
    (gap,) = (each for each in found.diagnostics if each.code == "entities_not_expanded")
    assert gap.message.startswith("xl/worksheets/sheet1.xml, line 1")
    assert "open it in Excel or WPS and save it again" in gap.message
    assert "重点任务" in str(found.document.text)
    assert not {"哈", "一词", "root"} & set(str(found.document.text).split())


def test_entities_that_nothing_names_cost_nothing() -> None:
    found = extract_bytes(declaring('<!ENTITY a "一词">', ""), "a.xlsx")
    assert [task.text for task in found.tasks] == ["推进改革", "组织培训"]
    assert not found.diagnostics


def test_a_sheet_that_is_cut_is_read_as_far_as_it_goes() -> None:
    """The whole file was called damaged."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(workbook())) as old:
        parts |= {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.rfind(b"</row>") - 20]  # type: ignore[arg-type,index]
    found = extract_bytes(zipped(parts), "a.xlsx")
    assert found.document.status == "partial"
    assert "damaged_xml" in {gap.code for gap in found.diagnostics}
    assert [task.text for task in found.tasks] == ["推进改革", "组织培训"]


def test_a_sheet_that_nests_too_deep_is_called_so() -> None:
    deep = "<a>" * 5000 + "</a>" * 5000
    found = extract_bytes(workbook(tail=deep), "a.xlsx").document
    assert found.status == "failed"
    assert "elements nest deeper than in any paper" in str(found.error)
