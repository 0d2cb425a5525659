"""QR codes for paper and screen."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """
    A QR code as a standalone SVG, error correction M, with its quiet zone of four modules.

    A page's address needs version 4 or so; over version 25 phones stop reading it from paper.
    """
    drawn = BytesIO()
    segno.make(text, error="m", micro=False, boost_error=True).save(
        drawn, kind="svg", border=4, dark="#10231b", light="#fff", xmldecl=False, nl=False, omitsize=True
    )
    return drawn.getvalue().decode("ascii")
