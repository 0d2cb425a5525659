"""What every template may know about the page it draws."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jalon.web import sheets


@dataclass(frozen=True)
class Link:
    """A link of the main navigation; `section` is the first part of its addresses."""

    label: Any
    url: str
    current: bool


# Only what leads somewhere: a name that no address answers to is left out.
_NAVIGATION = (
    (_("Catalogue"), "public:catalogue", ("catalogue", "micro-certifications", "organismes")),
    (_("Vérifier"), "verify:home", ("verifier", "a")),
    (_("Atelier"), "studio:home", ("atelier",)),
    (_("Délivrer"), "issuing:home", ("delivrer",)),
)


def address(name: str) -> str:
    """The address called *name*, or ``""`` where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Page:
    """
    Attributes:
        section: First part of the address: ``"catalogue"``.
        sheet: The style sheet to inline, or ``""`` when the browser has it.
        fonts: The font rules to inline, or ``""`` when the visitor spares data.
        here: The address of this page, for the language switch to come back to.
    """

    section: str
    here: str
    sheet: str
    fonts: str
    demo: bool
    version: str
    public_url: str
    language: str
    languages: tuple[tuple[str, str], ...]

    @property
    def navigation(self) -> list[Link]:
        """The main links, the current one marked."""
        links = ((label, address(name), sections) for label, name, sections in _NAVIGATION)
        return [Link(label, url, self.section in sections) for label, url, sections in links if url]


def _version() -> str:
    try:
        return version("jalon")
    except PackageNotFoundError:
        return ""


VERSION = _version()


def _page(*, path: str, here: str, inline: bool, spare: bool) -> Page:
    texts = sheets.sheets()
    return Page(
        section=path.strip("/").split("/", 1)[0],
        here=here,
        sheet=texts.sheet if inline else "",
        fonts="" if spare else texts.fonts,
        demo=settings.DEMO,
        version=VERSION,
        public_url=settings.PUBLIC_URL,
        language=get_language() or settings.LANGUAGE_CODE,
        languages=tuple(settings.LANGUAGES),
    )


def page_without_request() -> Page:
    """For a page drawn when nothing else can be relied on."""
    return _page(path="", here="/", inline=True, spare=True)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `page`, made only when a template asks for it."""

    def make() -> Page:
        return _page(
            path=request.path,
            here=request.get_full_path() if request.method in {"GET", "HEAD"} else "/",
            inline=request.COOKIES.get(sheets.COOKIE) != sheets.sheets().version,
            spare=request.headers.get("Save-Data", "").lower() == "on",
        )

    return {"page": SimpleLazyObject(make)}
