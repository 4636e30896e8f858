"""Words: one jieba tokenizer for the package, its dictionary extended by the lexicon's units.

Rules anchor on characters; jieba decides on single sentences what characters cannot. Its dictionary
is built when it is first needed and kept in the user's own cache folder, never in a shared one.
"""

from __future__ import annotations

import logging
import marshal
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import jieba
import platformdirs

from extract.lexicon import terms

jieba.setLogLevel(logging.CRITICAL + 1)

_SHORTEST = 2
_UNIT_TAG = "nt"


def cut(text: str) -> list[str]:
    """The words of a text in order; joined they are the text."""
    words: list[str] = _tokenizer().lcut(text)
    return words


def tag(text: str) -> list[tuple[str, str]]:
    """The words with jieba's part of speech (n, v, nt, …); some ten times slower than `cut`."""
    return [(pair.word, pair.flag) for pair in _tagger().lcut(text)]


@cache
def _tokenizer() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = _dictionary(tokenizer)
    tokenizer.initialized = True
    for word in _unit_words():
        tokenizer.add_word(word, tag=_UNIT_TAG)
    return tokenizer


def _dictionary(tokenizer: jieba.Tokenizer) -> tuple[dict[str, int], int]:
    """jieba's words with their frequencies, and the sum.

    jieba itself reads its cache piece by piece, which takes three times as long.
    """
    frequencies, total = _kept(
        "jieba", tuple, lambda: tokenizer.gen_pfdict(tokenizer.get_dict_file())
    )
    return frequencies, total


def _kept(name: str, kind: type, make: Callable[[], Any]) -> Any:
    """What is made of jieba's dictionary (a dict or a tuple); from the cache where there is one."""
    folder = private_folder()
    file = folder and folder / f"{name}-{jieba.__version__}.cache"
    if file is not None:
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = marshal.loads(file.read_bytes())
            if isinstance(kept, kind):
                return kept
    made = make()
    if file is not None:
        with suppress(OSError):
            _write(file, marshal.dumps(made))
    return made


def _write(file: Path, data: bytes) -> None:
    """Write a file as a whole, so that another process never reads half of it."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as half:
        half.write(data)
    os.replace(name, file)


@cache
def _tagger() -> jieba.posseg.POSTokenizer:
    import jieba.posseg  # takes time that few runs need

    class Tagger(jieba.posseg.POSTokenizer):  # type: ignore[misc]
        """Takes jieba's own tags from the cache, as reading them takes as long as the import."""

        def load_word_tag(self, file: BinaryIO) -> None:
            self.word_tag_tab = _kept("jieba-tags", dict, lambda: _tags(file))
            file.close()

    return Tagger(_tokenizer())


def _tags(file: BinaryIO) -> dict[str, str]:
    """Each word of jieba's dictionary with its part of speech."""
    lines = (line.decode("utf-8").strip().split(" ") for line in file)
    return {word: tag for word, _, tag in lines}


def _unit_words() -> list[str]:
    """Departments by every name they go by, and the organs among the units' endings."""
    words = {*terms("departments", "long_form"), *terms("departments", "also_called")}
    words |= set(terms("unit_heads", "head", kind="organ"))
    return sorted(word for word in words if len(word) >= _SHORTEST and word.isalpha())


def private_folder() -> Path | None:
    """The user's cache folder; None where it cannot be written or where others can write to it."""
    folder = Path(platformdirs.user_cache_dir("gongwen"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    shared = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    foreign = hasattr(os, "getuid") and status.st_uid != os.getuid()
    return None if shared or foreign or not os.access(folder, os.W_OK) else folder
