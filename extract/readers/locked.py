"""Office files under a password: opened where the password is given."""

from __future__ import annotations

import io

import olefile

from extract.readers.errors import ReadError


def unlocked(data: bytes, password: str | None) -> bytes:
    """The bytes of an Office file without its password; other bytes as they are."""
    if password is None or not data.startswith(olefile.MAGIC):
        return data
    import msoffcrypto

    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not file.is_encrypted():
            return data
        file.load_key(password=password, verify_password=True)
        out = io.BytesIO()
        file.decrypt(out)
    except Exception as error:  # a stranger's bytes can fail in the library in any way
        raise ReadError(
            "encrypted", "the password given does not open the file; check it", "docx"
        ) from error
    return out.getvalue()
