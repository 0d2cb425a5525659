"""
Baking into an SVG: one element in the namespace of Open Badges. Nothing of the drawing is run or fetched.

    <svg xmlns="…" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">
      <openbadges:credential><![CDATA[{"@context": …}]]></openbadges:credential>
      …

Source:
    1EdTech Open Badges Specification 3.0, section 5.3.2, SVG baking; Open Badges Baking Specification 2.0.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sceau.errors import NothingFoundError, SeveralFoundError, TooLargeError, UnreadableError
from sceau.formats.baking.baked import MAX_BYTES, Baked, Kind

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_MAX_ELEMENTS = 100_000
_MAX_MARKS = 3 * _MAX_ELEMENTS
_SVG = "http://www.w3.org/2000/svg"
_CREDENTIAL = f"{{{NAMESPACE}}}credential"
_KINDS = {_CREDENTIAL: Kind.OPEN_BADGES_3, "{http://openbadges.org}assertion": Kind.OPEN_BADGES_2}
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?svg\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def bake_svg(svg: str, document: bytes | str) -> str:
    """
    Put a signed credential into a drawing, as its first element.

    Args:
        svg: A whole SVG document without a credential.
        document: The signed JSON; it is kept sign for sign.

    Raises:
        UnreadableError: Not an SVG, or one that already carries a credential.
    """
    if any(element.tag == _CREDENTIAL for element in _parse(svg.encode()).iter()):
        raise UnreadableError("expected a drawing without a credential, met one that carries it already")
    text = document.decode() if isinstance(document, bytes) else document
    root = _root_tag(svg)
    if root.group().endswith("/>"):
        raise UnreadableError("expected a drawing, met an empty one")
    # A CDATA section cannot hold its own end: it is cut in two there, and reads back as one.
    content = text.replace("]]>", "]]]]><![CDATA[>")
    element = (
        f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"><![CDATA[{content}]]></openbadges:credential>'
    )
    baked = svg[: root.end()] + element + svg[root.end() :]
    if unbake_svg(baked.encode()) != text.encode():
        raise UnreadableError("expected a drawing that gives its credential back, met one that does not")
    return baked


def _root_tag(svg: str) -> re.Match[str]:
    # Comments before the root could hold the look of a tag; they are stepped over.
    position = 0
    while (comment := re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL).match(svg, position)) is not None:
        position = comment.end()
    met = re.compile(r"\s*").match(svg, position)
    root = _ROOT.match(svg, met.end() if met else position)
    if root is None:
        raise UnreadableError("expected <svg> as the first element, met another")
    return root


def unbake_svg(data: bytes) -> bytes:
    """
    Take the credential out of a picture.

    Args:
        data: From a stranger: entities and document types are refused, size is bounded.

    Returns:
        The JSON as UTF-8, or the compact token of ``verify="…"``; not looked at.

    Raises:
        TooLargeError: More than 5 MB.
        NothingFoundError: A drawing with no credential, or more than one.
        UnreadableError: Not an SVG that may be read.
    """
    found = [element for element in _parse(data).iter() if element.tag == _CREDENTIAL]
    if len(found) > 1:
        raise SeveralFoundError(f"expected one credential in the picture, met {len(found)}")
    if not found:
        raise NothingFoundError("expected a credential in the picture, met none")
    return _content(found[0])


def find_in_svg(data: bytes) -> Baked:
    """
    As `unbake_svg`, for Open Badges 2 and 1 as well: then it may be the address of an assertion.

    Raises:
        TooLargeError, NothingFoundError, UnreadableError: As `unbake_svg`.
    """
    found = [element for element in _parse(data).iter() if element.tag in _KINDS]
    if len(found) > 1:
        raise SeveralFoundError(f"expected one credential in the picture, met {len(found)}")
    if not found:
        raise NothingFoundError("expected a credential in the picture, met none")
    return Baked(_content(found[0]), _KINDS[found[0].tag])


def _content(element: Element) -> bytes:
    """A text or a token; Open Badges 2 writes the address of an assertion beside its text."""
    token, text = element.get("verify", "").strip(), "".join(element.itertext()).strip()
    if token and text and element.tag == _CREDENTIAL:
        raise UnreadableError("expected one credential in the picture, met a token and a text beside it")
    if not (text or token):
        raise NothingFoundError("expected a credential in the picture, met an empty element")
    return (text or token).encode()


def _parse(data: bytes) -> Element:
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"expected a picture of at most {MAX_BYTES} bytes, met {len(data)}")
    if data.count(b"<") > _MAX_MARKS:  # before each takes a hundred bytes of memory and more
        raise TooLargeError(f"expected at most {_MAX_ELEMENTS} elements in a picture, met more")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError(
            f"expected an SVG without a document type, met {type(error).__name__}"
        ) from error
    except RecursionError:
        raise UnreadableError("expected an SVG, met one nested too deep") from None
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        raise UnreadableError(f"expected <svg>, met <{root.tag[:80]}>")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise TooLargeError(f"expected at most {_MAX_ELEMENTS} elements in a picture, met more")
    return root
