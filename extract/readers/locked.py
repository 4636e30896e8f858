"""Office files under a password: opened where the password is given, or where it is Excel's own.

A workbook that is only guarded against changes is encrypted too, under a password that Excel and
WPS try by themselves: nobody is asked for one, so its reader would not know of any.
"""

from __future__ import annotations

import io

import olefile

from extract.readers.errors import ReadError

_OF_EXCEL = "VelvetSweatshop"
"""What a workbook without a password to open is encrypted with. Source: [MS-XLS] 2.2.10."""


def unlocked(data: bytes, password: str | None) -> bytes:
    """The bytes of an Office file without its password; other bytes as they are, as are those of a
    locked file for which no password is given.

    Raises ReadError where the password given does not open it.
    """
    if not data.startswith(olefile.MAGIC):
        return data
    opened = _opened(data, _OF_EXCEL)
    if opened is None and password is not None:
        opened = _opened(data, password)
        if opened is None:
            raise ReadError("encrypted", "the password given does not open the file; check it")
    return data if opened is None else opened


def _opened(data: bytes, password: str) -> bytes | None:
    """The bytes without the password; as they are where they have none, None where it is another,
    or where the file is so damaged that the library cannot tell."""
    import msoffcrypto

    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not file.is_encrypted():
            return data
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:  # DOC and XLS, where the password is always verified
            file.load_key(password=password)
        out = io.BytesIO()
        file.decrypt(out)
    except Exception:  # a stranger's bytes can fail in the library in any way
        return None
    return out.getvalue()
