"""DOCX as Word prints it: automatic numbers, accepted changes, merged cells."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from making import W, cells, docx, p, texts, zipped

from extract.readers import ReadError, read
from extract.readers.docx_numbering import ordinal


def num(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def lvl(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + lvl(0, "chineseCountingThousand", "%1、")
    + lvl(1, "chineseCounting", "（%2）")
    + lvl(2, "decimal", "%3.")
    + lvl(3, "decimal", "%1.%3.%4", '<w:isLgl/><w:suff w:val="space"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_numbers_are_printed() -> None:
    body = (
        p("总体要求", num(0)) + p("重点任务", num(0)) + p("培训", num(1)) + p("甲。", num(2))
        + p("无号段落。") + p("乙。", num(2)) + p("细目", num(3)) + p("监督", num(1))
        + p("丙。", num(2))
        + p("保障", num(0)) + p("组织", num(1)) + p("附件一", num(0, 2)) + p("附件二", num(0, 2))
    )  # fmt: skip
    assert texts(read(docx(body, LISTS), "a.docx")) == [
        "一、总体要求",
        "二、重点任务",
        "（一）培训",
        "1. 甲。",
        "无号段落。",
        "2. 乙。",
        "2.2.1 细目",
        "（二）监督",
        "1. 丙。",
        "三、保障",
        "（一）组织",
        "一、附件一",
        "二、附件二",
    ]


def test_numbers_from_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="a"/>'
        f"<w:pPr>{num(0)}</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="H1b"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    )
    lists = LISTS.replace(
        '<w:numFmt w:val="chineseCounting"/>',
        '<w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H2"/>',
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>{more}')
        for style, text, more in (
            ("TOC1", "一、总体要求\t1", ""),
            ("H1", "总体要求", ""),
            ("H2", "目标", ""),
            ("H1b", "任务", ""),
            ("H1", "无号标题", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        )
    )
    assert texts(read(docx(body, lists, styles), "a.docx")) == [
        "一、总体要求",
        "（一）目标",
        "二、任务",
        "无号标题",
    ]


def test_bullets_print_nothing() -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{lvl(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert texts(read(docx(p("甲", num(0)), lists), "a.docx")) == ["甲"]


ORDINALS = [
    ("decimal", 12, "12"),
    ("chineseCounting", 10, "十"),
    ("chineseCounting", 21, "二十一"),
    ("chineseCountingThousand", 101, "一百零一"),
    ("chineseCountingThousand", 110, "一百一十"),
    ("japaneseCounting", 19, "十九"),
    ("ideographTraditional", 2, "乙"),
    ("ideographZodiac", 3, "寅"),
    ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalEnclosedCircleChinese", 21, "㉑"),
    ("decimalFullWidth", 12, "１２"),
    ("chineseLegalSimplified", 3, "叁"),
    ("upperLetter", 27, "AA"),
    ("lowerLetter", 2, "b"),
    ("upperRoman", 14, "XIV"),
    ("lowerRoman", 4, "iv"),
    ("decimalZero", 7, "07"),
    ("decimalEnclosedParen", 1, "⑴"),
    ("none", 1, ""),
    ("neverHeardOf", 5, "5"),
]


@pytest.mark.parametrize(("kind", "value", "expected"), ORDINALS)
def test_ordinal(kind: str, value: int, expected: str) -> None:
    assert ordinal(value, kind) == expected


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
RUBY = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>{}"
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    "</mc:Choice><mc:Fallback><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
DELETED = f"<w:del>{r('删').replace('w:t>', 'w:delText>')}</w:del>"
CONTROL = "<w:hyperlink>{}</w:hyperlink><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
RUNS = [
    (r("甲") + DELETED + f"<w:ins>{r('增')}</w:ins>", ["甲增"]),
    (f"<w:moveFrom>{r('移')}</w:moveFrom>{r('甲')}<w:moveTo>{r('移')}</w:moveTo>", ["甲移"]),
    (r("甲") + r("隐", "<w:vanish/>") + r("乙", '<w:vanish w:val="0"/>'), ["甲乙"]),
    (FIELD.format(r("5")), ["5"]),
    (CONTROL.format(r("链接"), r("控件")), ["链接控件"]),
    (r("甲") + "<w:r><w:tab/></w:r>" + r("乙") + "<w:r><w:br/></w:r>" + r("丙"), ["甲\t乙", "丙"]),
    (RUBY.format(r("han"), r("汉"), r("字")), ["汉字"]),
    (BOX.format(p("框内")) + r("正文"), ["框内", "正文"]),
]


@pytest.mark.parametrize(("runs", "expected"), RUNS)
def test_runs(runs: str, expected: list[str]) -> None:
    assert texts(read(docx(f"<w:p>{runs}</w:p>"), "a.docx")) == expected


def test_deleted_paragraph_mark_joins() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(read(docx(p("前半", mark) + p("后半") + p("完")), "a.docx")) == ["前半后半", "完"]


def test_centred_break_is_one_title() -> None:
    centred = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}<w:r><w:br/></w:r>{}</w:p>'
    assert texts(read(docx(centred.format(r("明城市关于"), r("某事的通知"))), "a.docx")) == [
        "明城市关于⏎某事的通知"
    ]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells() -> None:
    rows = (
        "<w:tr>" + cell("序号", DOWN) + cell("任务", '<w:gridSpan w:val="2"/>') + "</w:tr>"
        "<w:tr>" + cell("", ON) + cell("名称") + cell("单位") + "</w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr>" + cell("删") + cell("除") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        + cell("培训")
        + cell("司法局")
        + "</w:tr>"
    )
    source = read(docx(f"{p('表')}<w:tbl>{rows}</w:tbl>{p('后')}"), "a.docx")
    assert cells(source) == [
        (0, 0, 2, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 1, 1, 1, "名称"),
        (1, 2, 1, 1, "单位"),
        (2, 1, 1, 1, "培训"),
        (2, 2, 1, 1, "司法局"),
    ]
    assert [texts(source)[0], texts(source)[-1]] == ["表", "后"]


def test_framed_text_is_no_table() -> None:
    rows = f"<w:tr>{cell('第一段。')}</w:tr><w:tr>{cell('第二段。')}</w:tr>"
    assert texts(read(docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx")) == ["第一段。", "第二段。"]


def test_footnotes_follow_and_headers_are_left_out() -> None:
    notes = f'<w:footnote w:type="separator">{p("线")}</w:footnote>'
    notes += f"<w:footnote>{p('注释。')}</w:footnote>"
    data = docx(p("正文。"), footnotes=notes, header1=p("页眉"), footer1=p("第1页"))
    assert texts(read(data, "a.docx")) == ["正文。", "注释。"]


def test_fields_at_the_head_are_printed() -> None:
    lines = (
        "关于户口管理的通知",
        "发文单位：明城市公安局",
        "文　　号：明公〔2024〕3号",
        "各分局：",
    )
    source = read(docx("".join(p(line) for line in lines)), "a.docx")
    assert texts(source) == ["关于户口管理的通知", "各分局："]
    assert source.printed == {"发文单位": "明城市公安局", "文号": "明公〔2024〕3号"}


def test_strict_namespace() -> None:
    data = docx(p("正文。"))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    xml = xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(read(zipped({"word/document.xml": xml}), "a.docx")) == ["正文。"]


def test_entities_are_not_expanded() -> None:
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>'
        f"<w:p><w:r><w:t>甲&b;&f;乙</w:t></w:r></w:p></w:body></w:document>"
    )
    text = "".join(texts(read(zipped({"word/document.xml": xml}), "a.docx")))
    assert text[0] == "甲"
    assert "aaaa" not in text
    assert "root" not in text


BROKEN = [
    (zipped({"word/document.xml": "no xml"}), "broken_file"),
    (zipped({"word/document.xml": "<a/>"}), "broken_file"),
    (docx(p("甲"))[:-30], "broken_file"),
    (zipped({"word/document.xml": b"\0" * (40 << 20)}), "too_large"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN, ids=["text", "other", "cut", "bomb"])
def test_broken(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, "a.docx")
    assert caught.value.code == code


FLAT = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
    f'<w:document xmlns:w="{W}"><w:body>{p("正文。")}</w:body></w:document>'
    "</pkg:xmlData></pkg:part></pkg:package>"
)
WORD_2003 = (
    '<?xml version="1.0"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">'
    f"<w:body><wx:sect>{p('正文。')}</wx:sect></w:body></w:wordDocument>"
)


@pytest.mark.parametrize("xml", [FLAT, WORD_2003], ids=["flat", "2003"])
def test_word_xml_in_one_file(xml: str) -> None:
    source = read(xml.encode(), "a.doc")
    assert (source.format, texts(source)) == ("docx", ["正文。"])


def test_numbers_and_notes_of_a_flat_package() -> None:
    part = (
        '<pkg:part pkg:name="/word/{0}.xml"><pkg:xmlData><w:{0} xmlns:w="' + W + '">'
        "{1}</w:{0}></pkg:xmlData></pkg:part>"
    )
    body = p("总体要求", num(0)) + p("指导思想", num(1)) + p("重点任务", num(0))
    xml = (
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        + part.format("document", f"<w:body>{body}</w:body>")
        + part.format("numbering", LISTS)
        + part.format("footnotes", f'<w:footnote w:id="2">{p("注文。")}</w:footnote>')
        + "</pkg:package>"
    )
    assert texts(read(xml.encode(), "a.xml")) == [
        "一、总体要求",
        "（一）指导思想",
        "二、重点任务",
        "注文。",
    ]


def test_numbers_notes_and_merged_cells_of_word_2003() -> None:
    def numbered(words: str, level: int) -> str:
        return p(words, f'<w:listPr><w:ilvl w:val="{level}"/><w:ilfo w:val="3"/></w:listPr>')

    def cell(words: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(words)}</w:tc>"

    note = f"<w:r><w:footnote>{p('注文。')}</w:footnote></w:r><w:r><w:t>一段。</w:t></w:r>"
    first = '<w:vmerge w:val="restart"/>'
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:nfc w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    )
    lists = (
        '<w:lists><w:listDef w:listDefId="5">'
        + level.format(0, 39, "%1、")
        + level.format(1, 37, "（%2）")
        + '</w:listDef><w:list w:ilfo="3"><w:ilst w:val="5"/></w:list></w:lists>'
    )
    body = (
        numbered("总体要求", 0)
        + f"<w:p><w:r><w:t>正文</w:t></w:r>{note}</w:p>"
        + numbered("指导思想", 1)
        + numbered("重点任务", 0)
        + "<w:p><w:r><w:t>上</w:t><w:br w:type='text-wrapping'/><w:t>下</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr>{cell('甲', first)}{cell('乙')}</w:tr>"
        + f"<w:tr>{cell('', '<w:vmerge/>')}{cell('丙')}</w:tr></w:tbl>"
    )
    xml = WORD_2003.replace("<w:body>", f"{lists}<w:body>").replace(p("正文。"), body)
    source = read(xml.encode(), "a.doc")
    assert texts(source) == [
        "一、总体要求",
        "正文一段。",
        "（一）指导思想",
        "二、重点任务",
        "上",
        "下",
        "甲 | 乙 | 丙",
        "注文。",
    ]
    assert [found[:4] for found in cells(source)] == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="{}" cy="{}"/><a:graphic xmlns:a="http://schemas.'
    'openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.'
    'openxmlformats.org/drawingml/2006/picture"/></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("width", "height", "told"),
    [
        (5274310, 4164330, 1),
        (900000, 900000, 0),
        (5391150, 85725, 0),
        ("5in", "4in", 0),
        ("-9", "", 0),
    ],
    ids=["chart", "seal", "rule", "no number", "no size"],
)
def test_pictures_of_some_size_are_told_of(width: int | str, height: int | str, told: int) -> None:
    source = read(docx(p("正文一段。") + DRAWN.format(width, height)), "a.docx")
    assert [gap.code for gap in source.gaps] == ["picture_in_text"] * told


CHART = DRAWN.format(5274310, 4164330)
NATIVE = CHART.replace("pic:pic xmlns:pic", "c:chart xmlns:c").replace("2006/picture", "2006/chart")
FRAMED = CHART.replace(
    "</a:graphicData>", '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
    'picture"/></a:graphicData>',
)  # fmt: skip
VML = "<w:p><w:r><w:pict>{}</w:pict></w:r></w:p>"
SHAPE = '<v:shape style="{}"><v:imagedata/></v:shape>'
LARGE = SHAPE.format("position:absolute;width:415.3pt;height:200pt")
DIAGRAM = CHART.replace("2006/picture", "2006/diagram").replace("pic:pic", "pic:relIds")
TWICE = (
    f"<mc:AlternateContent><mc:Choice>{CHART}</mc:Choice>"
    f"<mc:Fallback>{VML.format(LARGE)}</mc:Fallback></mc:AlternateContent>"
)
GROUP = (
    f'<v:group style="width:400pt;height:200pt">{SHAPE.format("width:90;height:90") * 2}</v:group>'
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (NATIVE, "a picture stands"),
        (DIAGRAM, "a picture stands"),
        (CHART.replace("pic:pic", "wps:wsp"), None),
        (CHART + NATIVE, "2 pictures stand"),
        (FRAMED, "a picture stands"),
        (f"<w:p><w:del>{CHART}</w:del></w:p>", None),
        (f"<w:p><w:moveFrom>{CHART}</w:moveFrom></w:p>", None),
        (TWICE, "a picture stands"),
        (VML.format(LARGE), "a picture stands"),
        (VML.format(SHAPE.format("width:15cm;height:3in")), "a picture stands"),
        (VML.format(SHAPE.format("width:60mm;height:60px")), "a picture stands"),
        (VML.format(SHAPE.format("width:90pt;height:90pt")), None),
        (VML.format(SHAPE.format("line-width:900pt;height:90pt")), None),
        (VML.format(SHAPE.format("")), None),
        (VML.format(GROUP), "a picture stands"),
        (VML.format('<v:shape style="width:400pt;height:200pt"/>'), None),
    ],
    ids=[
        "chart", "diagram", "text box", "two", "two in a frame", "deleted", "moved", "fallback",
        "older Word", "centimetres", "pixels", "seal", "line width", "no size", "group", "shape",
    ],
)  # fmt: skip
def test_pictures_of_all_kinds_are_counted_once(body: str, told: str | None) -> None:
    source = read(docx(p("正文一段。") + body), "a.docx")
    assert [gap.message.partition(" in ")[0] for gap in source.gaps] == ([told] if told else [])


def test_pictures_under_the_names_of_strict_ooxml_are_told_of() -> None:
    with zipfile.ZipFile(BytesIO(docx(p("正文一段。") + CHART))) as archive:
        xml = archive.read("word/document.xml").decode()
    for part in ("wordprocessingml", "drawingml"):
        old, new = f"schemas.openxmlformats.org/{part}/2006", f"purl.oclc.org/ooxml/{part}"
        assert old in xml
        xml = xml.replace(old, new)
    source = read(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}), "a.docx")
    assert texts(source) == ["正文一段。"]
    assert [gap.code for gap in source.gaps] == ["picture_in_text"]
