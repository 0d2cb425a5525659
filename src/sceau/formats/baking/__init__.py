"""
Baking: a badge as a picture that carries its own credential.

    baked = bake_svg(drawing, issue(credential, signer=signer, created=now))
    unbake(baked.encode())  # Baked(content=b'{"@context": …}', kind=Kind.OPEN_BADGES_3)

A picture carries one credential: two, even of two generations of Open Badges, could say different things, and
then none is taken out.
"""

from sceau.formats.baking.baked import MAX_BYTES, Baked, Kind
from sceau.formats.baking.png import SIGNATURE, bake_png, unbake_png
from sceau.formats.baking.svg import NAMESPACE, bake_svg, find_in_svg, unbake_svg


def unbake(data: bytes) -> Baked:
    """
    Take the credential out of a PNG or an SVG.

    Raises:
        TooLargeError: More than 5 MB.
        NothingFoundError: A picture with no credential, or more than one.
        UnreadableError: Not a picture that may be read.
    """
    return unbake_png(data) if data.startswith(SIGNATURE) else find_in_svg(data)


__all__ = [
    "MAX_BYTES",
    "NAMESPACE",
    "SIGNATURE",
    "Baked",
    "Kind",
    "bake_png",
    "bake_svg",
    "find_in_svg",
    "unbake",
    "unbake_png",
    "unbake_svg",
]
