"""
The competences of a bloc as a list: a register writes them as one text, each certificateur in its own way.

    "C.6. Etablir une liste…      C.7. Planifier…"    →  ["Etablir une liste…", "Planifier…"]
"""

from __future__ import annotations

import re

# A line end, a bullet, a wide gap, or a gap before the code of the next competence.
_CUT = re.compile(r"\n+|\s{3,}|(?:^|\s+)[-–—•▪●]\s+(?=\S)|\s+(?=[A-Z]{0,2}\.?\d+C?\.?\d*\s*[.):]\s*[A-ZÀ-Ý])")
_CODE = re.compile(
    r"^(?:(?:[A-Z]{1,3}\.?)?\d+(?:[.C]\d+)*\s*[.):/–-]*\s*|[A-Z]{1,2}\d+[A-Z]?\d*\s*[.):–-]*\s+)+"
)
_BULLET = re.compile(r"^[-–—•▪●*]\s*")
SHORTEST = 8


def competences(text: str, *, most: int = 60) -> list[str]:
    """
    The competences of *text*, codes and bullets off, none twice; at most *most*.

    A piece that goes on in lower case belongs to the one before it: wide gaps also stand inside sentences.
    """
    pieces: list[str] = []
    for raw in _CUT.split(text.replace("\u00a0", " ")):
        piece = _BULLET.sub("", " ".join(raw.split()))
        piece = _CODE.sub("", piece).strip(" ;")
        if not piece:
            continue
        if pieces and (piece[0].islower() or not piece[0].isalpha()):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    kept = [piece for piece in dict.fromkeys(pieces) if len(piece) >= SHORTEST]
    return kept[:most]
