"""OFD, XLSX, CSV, RTF, mail and archives."""

from __future__ import annotations

import io
import tarfile
import zipfile
from email.message import EmailMessage

import openpyxl
import pytest
from making import cells, docx, ofd, p, texts, xls, zipped
from pace import WORST, paces

from extract import extract_bytes
from extract.readers import ReadError, read
from extract.readers.archive import is_archive, members


def text_object(x: float, y: float, text: str, more: str = "", size: float = 5.6) -> str:
    """An OFD text object with its baseline at x, y in millimetres."""
    delta = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 8" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="5" {delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def test_ofd_reads_by_place_with_template() -> None:
    content = '<ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>'
    content += text_object(30, 80, "下行。") + text_object(30, 60, "上行没有写完")
    content += text_object(80, 60, "接着写") + "</ofd:Layer></ofd:Content>"
    template = (
        f"<ofd:Content><ofd:Layer>{text_object(30, 30, '明城市文件')}</ofd:Layer></ofd:Content>"
    )
    source = read(ofd([content], {"9": template}), "a.ofd")
    assert (source.format, source.pages) == ("ofd", 1)
    assert [text.strip("　") for text in texts(source)] == [
        "明城市文件",
        "上行没有写完　　　接着写",
        "下行。",
    ]
    line = source.blocks[0].lines[0]  # type: ignore[union-attr]
    assert line.page == 1
    assert line.box == pytest.approx((85, 85.6, 164.4, 101.4), abs=1)


@pytest.mark.parametrize(
    ("signatures", "said"), [(None, []), (0, []), (1, ["1 signature"]), (2, ["2 signature"])]
)
def test_a_signed_ofd_says_so_and_is_whole(signatures: int | None, said: list[str]) -> None:
    content = f"<ofd:Content><ofd:Layer>{text_object(30, 60, '某市文件')}</ofd:Layer></ofd:Content>"
    data = ofd([content], signatures=signatures)
    found = extract_bytes(data, "a.ofd")
    assert (found.document.status, found.document.text) == ("ok", "某市文件")
    notes = [gap.message for gap in found.diagnostics if gap.code == "signed"]
    assert [note.split("carries ")[1][:11] for note in notes] == said


def test_ofd_table() -> None:
    rules = [(20, y, 100, 0.3) for y in (20, 30, 40)] + [(x, 20, 0.3, 20) for x in (20, 60, 120)]
    content = "".join(
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {w} {h}"/>' for x, y, w, h in rules
    )
    for x, y, text in ((25, 22, "任务"), (65, 22, "单位"), (25, 32, "培训"), (65, 32, "司法局")):
        content += text_object(x, y, text)
    source = read(ofd([f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"]), "a.ofd")
    assert cells(source) == [
        (0, 0, 1, 1, "任务"),
        (0, 1, 1, 1, "单位"),
        (1, 0, 1, 1, "培训"),
        (1, 1, 1, 1, "司法局"),
    ]


def test_ofd_composites_stand_where_the_page_places_them() -> None:
    layer = "<ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content>"
    placed = '<ofd:CompositeObject ID="7" ResourceID="{}" Boundary="30 {} 100 20" {}/>'
    content = placed.format(70, 20, "") + text_object(30, 60, "各县区要开展培训。")
    content += placed.format(71, 80, 'CTM="2 0 0 2 0 0"')
    units = {
        "70": text_object(0, 0, "明城市文件"),
        "71": '<ofd:CompositeObject ID="8" ResourceID="70" Boundary="5 5 100 20"/>',
    }
    source = read(ofd([layer.format(content)], units=units), "a.ofd")
    assert not source.gaps
    lines = [line for block in source.blocks for line in block.lines if line.text]
    assert [line.text for line in lines] == ["明城市文件", "各县区要开展培训。", "明城市文件"]
    first, _, last = (line.box for line in lines)
    assert first is not None
    assert last is not None
    assert last[3] - last[1] == pytest.approx(2 * (first[3] - first[1]), abs=0.1)
    assert last[0] - first[0] == pytest.approx(10 * 72 / 25.4, abs=0.1)


@pytest.mark.parametrize(
    "units", [None, {"70": '<ofd:CompositeObject ResourceID="70" Boundary="0 0 9 9"/>'}]
)
def test_ofd_composites_that_cannot_be_placed_are_told(units: dict[str, str] | None) -> None:
    content = text_object(30, 60, "各县区要开展培训。")
    content += '<ofd:CompositeObject ID="7" ResourceID="70" Boundary="30 20 100 20"/>'
    page = f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
    found = extract_bytes(ofd([page], units=units), "a.ofd")
    assert found.document.status == "partial"
    [gap] = [gap for gap in found.diagnostics if gap.code == "page_unreadable"]
    assert "places 1 object(s)" in gap.message


@pytest.mark.parametrize(
    ("old", "new"),
    [("30 80 100 8", "NaN NaN NaN NaN"), ("30 80 100 8", "30 80"), ('Size="9"', 'Size="x"')],
)
def test_ofd_text_without_a_place_is_told(old: str, new: str) -> None:
    lost = text_object(30, 80, "各县区要组织考核。", size=9).replace(old, new)
    content = (
        text_object(30, 60, "各县区要开展培训。") + lost + lost.replace("各县区要组织考核。", " ")
    )
    content += lost.replace("<ofd:TextObject", '<ofd:TextObject Visible="false"')
    source = read(ofd([f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"]), "a.ofd")
    assert [text.strip("　") for text in texts(source)] == ["各县区要开展培训。"]
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("page 1 has 1 text(s) whose place or size is no number")


TURNED = text_object(10, 10, "加强培训。", more='CTM="0 1 -1 0 0 0"')


def test_ofd_text_that_does_not_stand_upright_is_told() -> None:
    """It was said that the file holds no Chinese; beside other words it is a watermark."""
    page = "<ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content>"
    (gap,) = read(ofd([page.format(TURNED)]), "a.ofd").gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("page 1 has 1 text(s), but none in Chinese that stands upright")
    upright = text_object(10, 50, "市教育局要组织培训。")
    assert not read(ofd([page.format(TURNED + upright)]), "a.ofd").gaps


def test_ofd_picture_is_a_gap() -> None:
    content = "<ofd:Content><ofd:Layer><ofd:ImageObject/></ofd:Layer></ofd:Content>"
    assert [gap.code for gap in read(ofd([content]), "a.ofd").gaps] == ["page_without_text"]


def _without(data: bytes, lost: str, damage: str) -> bytes:
    """A zip file without one of its parts, or with that one's bytes damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        at = archive.getinfo(lost).header_offset + 30 + len(lost)
    if damage == "gone":
        del parts[lost]
    elif damage == "no XML":
        parts[lost] = b"\x00\x01"
    else:
        return data[:at] + bytes(20) + data[at + 20 :]
    return zipped(parts)


@pytest.mark.parametrize("damage", ["gone", "no XML", "bytes"])
@pytest.mark.parametrize(
    ("lost", "kept", "told"),
    [
        (
            "Doc_0/Pages/Page_1/Content.xml",
            ["机关", "一", "机关", "三"],
            "page 2 could not be read",
        ),
        (
            "Doc_0/Tpls/9.xml",
            ["一", "二", "三"],
            "template 9, which lies under pages, could not be",
        ),
    ],
)
def test_ofd_that_lacks_a_part_says_so(lost: str, kept: list[str], told: str, damage: str) -> None:
    head, layer = (
        '<ofd:Template TemplateID="9"/>',
        "<ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content>",
    )
    pages = [head + layer.format(text_object(30, 60, f"第{n}页。")) for n in "一二三"]
    data = ofd(pages, {"9": layer.format(text_object(30, 100, "明城市机关事务。"))})
    assert extract_bytes(data, "a.ofd").document.status == "ok"
    found = extract_bytes(_without(data, lost, damage), "a.ofd")
    assert (found.document.status, found.document.pages) == ("partial", 3)
    words = "".join(char for char in str(found.document.text) if char in "一二三机关")
    assert sorted(words) == sorted("".join(kept))
    (gap,) = [gap for gap in found.diagnostics if gap.stage == "read"]
    assert lost in gap.message
    if damage != "no XML":
        assert gap.code == "page_unreadable"
        assert gap.message.startswith(told)
    assert found.document.pages == 3


def test_ofd_without_pages() -> None:
    with pytest.raises(ReadError) as caught:
        read(zipped({"OFD.xml": "<OFD/>"}), "a.ofd")
    assert caught.value.code == "broken_file"


def test_xlsx() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务清单"
    for row in (
        ["重点任务分工表", None, None],
        ["序号", "任务", "完成率"],
        [1, "培训", 0.9],
        [2, None, 1],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:B4")
    sheet["C3"].number_format = "0%"
    book.create_sheet("隐藏").sheet_state = "hidden"
    book["隐藏"]["A1"] = "看不见"
    buffer = io.BytesIO()
    book.save(buffer)
    source = read(buffer.getvalue(), "a.xlsx")
    assert texts(source)[:2] == ["任务清单", "重点任务分工表"]
    assert cells(source) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (0, 2, 1, 1, "完成率"),
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "培训"),
        (1, 2, 1, 1, "90%"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "1"),
    ]


def test_xls() -> None:
    values = [(0, 0, "任务"), (0, 1, "数量"), (1, 0, "培训"), (1, 1, 3.0), (2, 1, 0.5)]
    source = read(xls(values, [(1, 2, 0, 0)]), "a.xls")
    assert (source.format, texts(source)[0]) == ("xls", "任务清单")
    assert cells(source) == [
        (0, 0, 1, 1, "任务"),
        (0, 1, 1, 1, "数量"),
        (1, 0, 2, 1, "培训"),
        (1, 1, 1, 1, "3"),
        (2, 1, 1, 1, "0.5"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv(encoding: str) -> None:
    text = '序号,任务\r\n1,"培训，\n考核"\r\n\r\n2,监督\r\n'
    assert cells(read(text.encode(encoding), "a.csv")) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "培训，/考核"),
        (2, 0, 1, 1, "2"),
        (2, 1, 1, 1, "监督"),
    ]


OPENED = [
    ('1,"甲,乙\n2,丙,丁\n3,戊,己', ["1", '"甲', "乙", "2", "丙", "丁", "3", "戊", "己"], 1, 2),
    ('1,甲\n2,"乙\n3,丙\n4,"丁,戊"', ["1", "甲", "2", '"乙', "3", "丙", "4", "丁,戊"], 2, 2),
    ('1,甲\n2,"乙', ["1", "甲", "2", '"乙'], 2, 1),
]


@pytest.mark.parametrize(("text", "expected", "line", "count"), OPENED)
def test_csv_whose_quotation_mark_is_not_closed(
    text: str, expected: list[str], line: int, count: int
) -> None:
    source = read(text.encode(), "a.csv")
    assert [words for *_, words in cells(source)] == expected
    (gap,) = source.gaps
    assert gap.code == "file_cut"
    assert gap.message.startswith(f"line {line} opens a quotation mark that is not closed")
    assert f"; {count} line(s) were read as they stand" in gap.message


def test_csv_that_states_what_parts_its_columns() -> None:
    source = read("sep=;\r\n序号;任务\r\n1;甲,乙,丙\r\n".encode(), "a.csv")
    assert [cell[4] for cell in cells(source)] == ["序号", "任务", "1", "甲,乙,丙"]


def test_csv_with_a_word_behind_a_closed_mark_is_whole() -> None:
    source = read('1,"甲,"乙,丙\n2,丁,戊'.encode(), "a.csv")
    assert [words for *_, words in cells(source)] == ["1", "甲,乙", "丙", "2", "丁", "戊"]
    assert not source.gaps


def test_csv_with_a_cell_of_many_characters() -> None:
    source = read(f'1,"{"甲" * 150_000}"\n2,乙'.encode(), "a.csv")
    assert [len(words) for *_, words in cells(source)] == [1, 150_000, 1, 1]


def test_csv_with_marks_in_every_line_is_read_in_linear_time() -> None:
    lines = '甲",",乙\n' * 20_000
    assert paces(lambda: read(lines.encode(), "a.csv")) < WORST


def hexed(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def test_rtf() -> None:
    body = (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}"
        r"{\*\generator x;}{\info{\title t}}"
        rf"\f0 {hexed('关于印发')}\u26041 ?{hexed('案的通知')}\par "
        rf"{{\v {hexed('隐藏')}}}A\{{1\}}{{\field{{\*\fldinst PAGE}}{{\fldrslt 5}}}}\par\pard "
        rf"\trowd\clvmgf\cellx1000\cellx3000\intbl {hexed('任务')}\cell {hexed('甲')}\cell\row "
        rf"\trowd\clvmrg\cellx1000\cellx3000\intbl \cell {hexed('乙')}\cell\row\pard "
        rf"{hexed('完')}\par}}"
    )
    source = read(body.encode("ascii"), "a.doc")
    assert source.format == "rtf"
    assert [texts(source)[0], texts(source)[1], texts(source)[-1]] == [
        "关于印发方案的通知",
        "A{1}5",
        "完",
    ]
    assert cells(source) == [(0, 0, 2, 1, "任务"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]


def test_rtf_behind_a_byte_order_mark() -> None:
    source = read(b"\xef\xbb\xbf{\\rtf1\\ansi " + hexed("通知").encode() + b"}", "a.doc")
    assert (source.format, texts(source)) == ("rtf", ["通知"])


def test_rtf_that_nests_too_deep() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"{\\rtf1" + b"{" * 100_000, "a.rtf")
    assert caught.value.code == "broken_file"


def letter(attachment: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "a@example.cn"
    message["Subject"] = "通知"
    message["MIME-Version"] = "1.0"
    message.set_content("各县区：\n请认真落实。\n", charset="gb2312")
    if attachment:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="附件.pdf")
    return message.as_bytes()


def test_mail() -> None:
    source = read(letter(), "a.eml")
    assert (source.format, texts(source), source.gaps) == ("eml", ["各县区：", "请认真落实。"], ())
    gaps = read(letter(attachment=True), "a.eml").gaps
    assert [gap.code for gap in gaps] == ["attachment_not_read"]
    assert "附件.pdf" in gaps[0].message


@pytest.mark.parametrize(
    ("body", "text", "code"),
    [
        ("5LiA5LqM", "一二", None),
        ("5LiA!5LqM", "一二", "damaged_mail"),
        ("!!!!", "", "damaged_mail"),
    ],
)
@pytest.mark.parametrize("kind", ["html", "plain"])
def test_letter_that_says_what_it_is_not(kind: str, body: str, text: str, code: str | None) -> None:
    data = (
        f"From: a@b.cn\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=nonsense\n"
        f"Content-Transfer-Encoding: base64\n\n{body}\n"
    )
    found = extract_bytes(data.encode(), "a.eml")
    gaps = [gap.code for gap in found.diagnostics if gap.stage == "read"]
    assert (found.document.text, gaps) == (text, [code] if code else [])
    assert found.document.status == ("partial" if code else "ok")


PLAIN, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
PARTS = [
    ("mixed", [(PLAIN, "甲一。"), (PLAIN, "乙二。")], ["甲一。", "乙二。"]),
    ("mixed", [(PLAIN, "甲一。"), (PAGE, "<p>免责声明</p>")], ["甲一。", "免责声明"]),
    ("mixed", [(PLAIN, "甲一。"), ("image/png", "x"), (PLAIN, "乙。")], ["甲一。", "乙。"]),
    ("alternative", [(PLAIN, "甲一。"), (PAGE, "<p></p>")], ["甲一。"]),
    (
        "alternative",
        [(PLAIN, "各县区要认真落实。"), (PAGE, "<p>见正文</p>")],
        ["各县区要认真落实。"],
    ),
    ("alternative", [(PLAIN, "甲一。"), (PAGE, "<p>甲<b>一</b>。</p>")], ["甲一。"]),
    ("alternative", [(PLAIN, "甲一。"), (PAGE, "<p>甲一</p>")], ["甲一"]),
    (
        "related",
        [(PAGE, "<p>各县区要认真落实。</p>"), (PAGE, "<p>广告</p>")],
        ["各县区要认真落实。"],
    ),
]


def letter_of(kind: str, parts: list[tuple[str, str]]) -> bytes:
    """A letter of these parts, each a content type and what it holds."""
    inner = "".join(f"--b\nContent-Type: {each}\n\n{held}\n" for each, held in parts)
    head = f'From: a@b.cn\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n'
    return f"{head}{inner}--b--\n".encode()


@pytest.mark.parametrize(("kind", "parts", "lines"), PARTS)
def test_letter_of_several_texts(kind: str, parts: list[tuple[str, str]], lines: list[str]) -> None:
    source = read(letter_of(kind, parts), "a.eml")
    assert (texts(source), source.gaps) == (lines, ())


def test_letter_with_a_part_that_is_no_text() -> None:
    source = read(letter_of("mixed", [(PLAIN, "甲一。"), (PLAIN, "\x01\x02" * 99)]), "a.eml")
    assert texts(source) == ["甲一。"]
    (gap,) = source.gaps
    assert gap.code == "damaged_mail"
    assert gap.message.startswith("a part of the letter was not read: the file is binary data")


def test_mhtml() -> None:
    html = "<html><body><p>各县区：</p><p>现将方案印发给你们，请认真落实。</p></body></html>"
    data = (
        "From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        f"{html}\r\n--b\r\nContent-Type: image/gif\r\n\r\nx\r\n--b--\r\n"
    )
    source = read(data.encode(), "a.mht")
    assert source.format == "mhtml"
    assert texts(source) == ["各县区：", "现将方案印发给你们，请认真落实。"]


def gbk_zip() -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, no mark that says so."""
    data = zipped({"AAAA.txt": b"x"})
    return data.replace(b"AAAA.txt", "通知".encode("gbk") + b".txt")


def tar_gz() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("甲/乙.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


ARCHIVES = [
    (zipped({"a/": b"", "a/b.txt": b"1", "__MACOSX/a/._b.txt": b"2"}), [("a/b.txt", b"1")]),
    (gbk_zip(), [("通知.txt", b"x")]),
    (zipped({"in.zip": zipped({"b.txt": b"1"})}), [("in.zip!/b.txt", b"1")]),
    (tar_gz(), [("甲/乙.txt", b"abc")]),
]


@pytest.mark.parametrize(("data", "expected"), ARCHIVES, ids=["junk", "GBK", "nested", "tar"])
def test_archive_members(data: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert is_archive(data)
    assert list(members(data)) == expected


def test_office_files_are_no_archives() -> None:
    assert not is_archive(docx(p("甲")))
    assert not is_archive(ofd([""]))
    assert not is_archive(b"text")


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.txt": b"secret"}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    return bytes(data)


HOSTILE = [
    (zipped({"a.txt": b"\0" * (80 << 20)}), "too_large"),
    (locked_zip(), "encrypted"),
    (zipped({"a.txt": b"0123456789" * 100})[:60], "broken_archive"),
    (tar_gz()[:60], "broken_archive"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE, ids=["bomb", "locked", "cut zip", "cut tar"])
def test_hostile_archives(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(members(data))
    assert caught.value.code == code


def tar(*kinds: bytes) -> bytes:
    """A TAR of a member of a block for each of these kinds: 0.txt, 1.txt …"""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for i, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"{i}.txt")
            info.type, info.size = kind, 3
            archive.addfile(info, io.BytesIO(b"abc"))
    return buffer.getvalue()


def linked_zip() -> bytes:
    """A ZIP as Info-ZIP makes it with --symlinks, a link to /etc/passwd first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("0.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("1.txt", "abc")
    return buffer.getvalue()


THREE = tar(b"0", b"0", b"0")
WITH_LOSS = [
    (THREE[:1030] + b"x" + THREE[1031:], ["0.txt"], "broken_archive"),
    (THREE[:1024] + bytes(512) + THREE[1536:], ["0.txt"], "broken_archive"),
    (THREE[:2148], ["0.txt", "1.txt"], "broken_archive"),
    (THREE[:2048], ["0.txt", "1.txt"], "broken_archive"),
    (tar(b"0", b"Z", b"0"), ["0.txt", "2.txt"], "left_out"),
    (linked_zip(), ["1.txt"], "left_out"),
    (
        zipped({"a.tar": THREE[:2048], "b.txt": b"1"}),
        ["a.tar!/0.txt", "a.tar!/1.txt", "b.txt"],
        "broken_archive",
    ),
]


@pytest.mark.parametrize(
    ("data", "names", "code"),
    WITH_LOSS,
    ids=[
        "damaged head",
        "head of zeros",
        "cut in a head",
        "cut before one",
        "unknown kind",
        "link in a ZIP",
        "inside another",
    ],
)
def test_archives_of_which_members_are_lost(data: bytes, names: list[str], code: str) -> None:
    walk = members(data)
    assert [next(walk)[0] for _ in names] == names
    with pytest.raises(ReadError) as caught:
        next(walk)
    assert caught.value.code == code


def test_size_in_the_head_that_lies() -> None:
    data = bytearray(zipped({"a.txt": b"0123456789" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (5).to_bytes(4, "little")
    with pytest.raises(ReadError) as caught:
        list(members(bytes(data)))
    assert caught.value.code == "broken_archive"


def test_zip_of_many_archives_stops_at_depth() -> None:
    data = zipped({"x.txt": b"1"})
    for _ in range(5):
        data = zipped({"z.zip": data})
    names = [name for name, _ in members(data)]
    assert names == ["z.zip!/z.zip!/z.zip"]
    assert zipfile.is_zipfile(io.BytesIO(data))
