"""Small files of every format, made in memory, so that each test shows what it reads."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from hashlib import md5

from msoffcrypto.method.rc4 import DocumentRC4

from extract.model import Grid, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def texts(source: Source) -> list[str]:
    """The text of each paragraph that has one, lines joined by ⏎; of a table, cells by |."""
    found = []
    for block in source.blocks:
        if isinstance(block, Grid):
            found.append(" | ".join("/".join(line.text for line in c.lines) for c in block.cells))
        else:
            text = "⏎".join(line.text for line in block.lines)
            if text.strip():
                found.append(text)
    return found


def cells(source: Source) -> list[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of each cell of the first table."""
    grid = next(block for block in source.blocks if isinstance(block, Grid))
    return [
        (c.row, c.column, c.row_span, c.column_span, "/".join(line.text for line in c.lines))
        for c in grid.cells
    ]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """A DOCX whose document body is this XML (prefix w)."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:{{0}} xmlns:w="{W}"'
    head += (
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
    )

    def part(name: str, inner: str) -> str:
        return head.format(name) + inner + f"</w:{name}>"

    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    if numbering:
        files["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        files["word/styles.xml"] = part("styles", styles)
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = part(name, inner)
    return zipped(files)


def p(text: str, properties: str = "") -> str:
    """A DOCX paragraph."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{inner}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


Placed = tuple[float, float, float, str]
"""x and baseline from the page's top left in points, size of type, text."""


def pdf(
    pages: list[list[Placed]],
    rules: list[list[tuple[float, float, float, float]]] | None = None,
    size: tuple[float, float] = (595, 842),
    rotate: int = 0,
    extra: str = "",
    *,
    entries: str = "",
    inherited: bool = False,
    forms: Mapping[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """A PDF with text at places and ruled lines (x0, y0, x1, y1 from the top left); what else is
    drawn on each page first, what its dictionary says besides, and whether its size and turn stand
    in that of all pages instead. `forms`: entries and stream of drawings by name; each may show all
    of them."""
    width, height = size
    objects: list[bytes] = [b"", b""]
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1[500] 814[500] 17 26 500]"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -120 1000 880]"
        b"/Ascent 880/Descent -120/ItalicAngle 0/CapHeight 880/StemV 80>>>>]>>"
    )
    objects.append(font)
    forms = forms or {}
    named = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(forms, 4))
    resources = f"/Resources<</Font<</F1 3 0 R>>/XObject<<{named}>>>>"
    for own, stream in forms.values():
        said = f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]{own}"
        said += "" if "/Resources" in own else resources
        head = f"<<{said.replace('/Resources none', '')}/Length {len(stream)}>>stream".encode()
        objects.append(head + b"\n" + stream + b"\nendstream")
    kids = []
    shape = f"/MediaBox[0 0 {width} {height}]/Rotate {rotate}"
    for i, page in enumerate(pages):
        content = extra
        for x, y, points, text in page:
            code = text.encode("utf-16-be").hex()
            content += f"BT /F1 {points} Tf 1 0 0 1 {x} {height - y} Tm <{code}> Tj ET\n"
        for x0, y0, x1, y1 in rules[i] if rules else ():
            content += f"{x0} {height - y0} m {x1} {height - y1} l S\n"
        body = content.encode("ascii")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
        objects.append(
            f"<</Type/Page/Parent 2 0 R{'' if inherited else shape}{entries}"
            f"{resources}/Contents {len(objects)} 0 R>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    above = shape if inherited else ""
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}{above}>>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return out


def ofd(
    pages: list[str],
    templates: dict[str, str] | None = None,
    signatures: int | None = None,
    units: dict[str, str] | None = None,
) -> bytes:
    """An OFD whose pages have this content (prefix ofd); templates and composite units by their
    id; with a list of so many signatures, where a number is given."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>"
    }
    if signatures is not None:
        listed = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
        parts["OFD.xml"] = str(parts["OFD.xml"]).replace("</ofd:DocBody>", listed)
        parts["Doc_0/Signs/Signatures.xml"] = (
            f"<ofd:Signatures {space}><ofd:MaxSignId>{signatures}</ofd:MaxSignId>"
            + '<ofd:Signature ID="1" BaseLoc="Sign_1/Signature.xml"/>' * signatures
            + "</ofd:Signatures>"
        )
    entries = ""
    for i, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = f"<ofd:Page {space}>{content}</ofd:Page>"
        entries += f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>'
    tpls = ""
    for key, content in (templates or {}).items():
        parts[f"Doc_0/Tpls/{key}.xml"] = f"<ofd:Page {space}>{content}</ofd:Page>"
        tpls += f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/{key}.xml"/>'
    held = "".join(
        f'<ofd:CompositeGraphicUnit ID="{key}" Width="100" Height="20"><ofd:Content>{content}'
        "</ofd:Content></ofd:CompositeGraphicUnit>"
        for key, content in (units or {}).items()
    )
    if units:
        parts["Doc_0/PublicRes.xml"] = (
            f'<ofd:Res {space} BaseLoc="Res"><ofd:CompositeGraphicUnits>{held}'
            "</ofd:CompositeGraphicUnits></ofd:Res>"
        )
        tpls += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{tpls}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages>"
        "</ofd:Document>"
    )
    return zipped(parts)


def ole(streams: dict[str, bytes]) -> bytes:
    """An Office 97-2003 container (compound file) of streams, each padded to 4096 bytes."""
    sector = 512
    padded = {
        name: data + b"\0" * (max(4096, -(-len(data) // sector) * sector) - len(data))
        for name, data in streams.items()
    }
    fat: list[int] = []
    starts = {}
    for name, data in padded.items():
        count = len(data) // sector
        starts[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE]
    names = list(padded)
    directory = _entry("Root Entry", 5, (0xFFFFFFFE, 0), child=1 if names else -1)
    for i, name in enumerate(names):
        right = i + 2 if i + 1 < len(names) else -1
        directory += _entry(name, 2, (starts[name], len(padded[name])), right=right)
    directory += b"\0" * (-len(directory) % sector)
    directory_at = len(fat)
    count = len(directory) // sector
    fat += [*range(directory_at + 1, directory_at + count), 0xFFFFFFFE]
    fat_at = len(fat)
    sectors = -(-(len(fat) + 1) // 128)
    while -(-(len(fat) + sectors) // 128) > sectors:
        sectors += 1
    fat += [0xFFFFFFFD] * sectors
    fat += [0xFFFFFFFF] * (sectors * 128 - len(fat))
    difat = [fat_at + i for i in range(sectors)] + [0xFFFFFFFF] * (109 - sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack(
        "<IIIIIIIII", 0, sectors, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", *difat)
    return header + b"".join(padded.values()) + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, place: tuple[int, int], child: int = -1, right: int = -1) -> bytes:
    start, size = place
    raw = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<HBB", len(raw), kind, 1)
    fields += struct.pack("<III", 0xFFFFFFFF, right & 0xFFFFFFFF, child & 0xFFFFFFFF)
    entry = raw + b"\0" * (64 - len(raw)) + fields + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)


def doc(
    paragraphs: list[tuple[str, bytes]],
    flags: int = 0x0200,
    others: tuple[int, int, int] = (0, 0, 0),
    boxes: list[tuple[int, int]] | None = None,
) -> bytes:
    """A Word 97 file of paragraphs, each its text with its end mark (\\r or \\x07) and its
    properties (a list of sprms). `others`: how many characters at the end are footnotes, headers
    and text boxes; `boxes`: for each box the character it hangs on and its length."""
    text = "".join(text for text, _ in paragraphs)
    start = 1024
    body = text.encode("utf-16-le")
    places = [start]
    for each, _ in paragraphs:
        places.append(places[-1] + 2 * len(each))
    end = start + len(body)
    fkp_at = -(-end // 512)
    page = bytearray(512)
    page[511] = len(paragraphs)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = 510
    for i, (_, sprms) in enumerate(paragraphs):
        value = b"\0\0" + sprms + b"\0" * (len(sprms) % 2)
        size = len(value) // 2
        at -= 2 + len(value)
        at -= at % 2
        page[at : at + 2 + len(value)] = bytes([0, size]) + value
        page[4 * len(places) + 13 * i] = at // 2
    piece = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, start, 0)
    clx = b"\x02" + struct.pack("<I", len(piece)) + piece
    plc = struct.pack("<III", start, end, fkp_at)
    shapes = struct.pack(f"<{len(boxes or ()) + 1}i", *(at for at, _ in boxes or ()), len(text))
    ends, spans = [0], b""
    for number, (_, length) in enumerate(boxes or (), 1):
        shapes += struct.pack("<i", number) + bytes(22)
        ends.append(ends[-1] + length)
        spans += bytes(14) + struct.pack("<i", number) + bytes(4)
    spans = struct.pack(f"<{len(ends)}i", *ends) + spans
    table = clx + plc + shapes + spans
    main = bytearray(fkp_at * 512 + 512)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, len(text) - sum(others))
    struct.pack_into("<ii", main, 0x50, *others[:2])
    struct.pack_into("<i", main, 0x64, others[2])
    if boxes:
        struct.pack_into("<II", main, 0x01DA, len(clx + plc), len(shapes))
        struct.pack_into("<II", main, 0x025A, len(clx + plc + shapes), len(spans))
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    struct.pack_into("<II", main, 0x0102, len(clx), len(plc))
    main[start:end] = body
    main[fkp_at * 512 :] = page
    return ole({"WordDocument": bytes(main), "1Table": table})


def xls(
    cells: list[tuple[int, int, str | float]],
    merged: list[tuple[int, int, int, int]],
    *,
    hidden_row: int | None = None,
    state: int = 0,
    password: str | None = None,
) -> bytes:
    """A workbook of Excel 97 with one sheet; merged areas as first row, last row, columns; `state`
    1 hides the sheet."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(value: str, width: str) -> bytes:
        return struct.pack(width, len(value)) + b"\x01" + value.encode("utf-16-le")

    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    if password is not None:
        start += record(_FILE_PASS, _verifier(password))
    font = record(0x0031, bytes(14) + text("SimSun", "<B"))
    styles = record(0x00E0, bytes(20))
    name = text("任务清单", "<B")
    place = len(start + font * 5 + styles) + 4 + 6 + len(name) + 4
    head = start + font * 5 + styles
    head += record(0x0085, struct.pack("<IBB", place, state, 0) + name) + record(0x000A, b"")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    if hidden_row is not None:
        sheet += record(0x0208, struct.pack("<HHHHHHI", hidden_row, 0, 9, 0, 0, 0, 0x20))
    for row, column, value in cells:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            sheet += record(0x0204, at + text(value, "<H"))
        else:
            sheet += record(0x0203, at + struct.pack("<d", value))
    areas = struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *m) for m in merged)
    sheet += record(0x00E5, areas) + record(0x000A, b"")
    return ole({"Workbook": _enciphered(head + sheet, password)})


_FILE_PASS, _SALT = 0x002F, bytes(range(16))
_IN_CLEAR = {0x0809: None, _FILE_PASS: None, 0x0085: 4}
"""Records of which the first bytes, or all (None), are never enciphered."""


def _verifier(password: str) -> bytes:
    """What a workbook keeps of its password: RC4, salt, verifier and its hash ([MS-OFFCRYPTO]
    2.3.6.1)."""
    known = bytes(16)
    kept = DocumentRC4.decrypt(password, _SALT, io.BytesIO(known + md5(known).digest())).read()
    return struct.pack("<HHH", 1, 1, 1) + _SALT + kept


def _enciphered(stream: bytes, password: str | None) -> bytes:
    """The records of a workbook under a password; RC4 goes on over what stays in clear."""
    if password is None:
        return stream
    key = DocumentRC4.decrypt(
        password, _SALT, io.BytesIO(bytes(len(stream))), blocksize=1024
    ).read()
    out, at = bytearray(stream), 0
    while at < len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        clear = _IN_CLEAR.get(kind, 0)
        for i in range(at + 4 + (length if clear is None else clear), at + 4 + length):
            out[i] ^= key[i]
        at += 4 + length
    return bytes(out)


def html_table(*rows: str) -> str:
    """An HTML table from rows of cells parted by |; one after ^n spans n columns, _n n rows."""
    lines = ""
    for row in rows:
        lines += f"<tr>{''.join(_html_cell(words) for words in row.split('|'))}</tr>"
    return f"<table>{lines}</table>"


def _html_cell(words: str) -> str:
    spans = ""
    while words[:1] in ("^", "_"):
        spans += f' {"colspan" if words[0] == "^" else "rowspan"}="{words[1]}"'
        words = words[2:]
    return f"<td{spans}>{words}</td>"
