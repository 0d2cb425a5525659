"""The catalogue for other machines: European Learning Opportunities, LHÉO for France, a feed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from math import ceil
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.cache import cache_control

from jalon.catalogue import labels, queries
from jalon.catalogue.queries import open_data
from jalon.catalogue.rules import elm, lheo, lheo_gaps
from jalon.foundation import clock
from jalon.people.models import Organisation
from jalon.web.templatetags.jalon import in_language

ROWS_A_PAGE = 50
ONE_HOUR = 3600


def _version(request: HttpRequest) -> elm.Version:
    """The version asked for by ``?elm=3.3``, else that of the installation."""
    try:
        return elm.Version(request.GET.get("elm") or settings.ELM_VERSION)
    except ValueError as error:
        raise Http404("expected a version of the model that is written here") from error


def _ending(request: HttpRequest, ending: str) -> str:
    """The serialisation: by the address, else by what the reader prefers, else JSON-LD."""
    if ending:
        if ending not in elm.FORMATS:
            raise Http404("expected jsonld, ttl or rdf")
        return ending
    types = {media: name for name, (_format, media) in elm.FORMATS.items()}
    return types.get(request.get_preferred_type(list(types)) or "", "jsonld")


def _unchanged(request: HttpRequest, etag: str, modified: float) -> bool:
    if asked := request.headers.get("If-None-Match"):
        return etag in {part.strip().removeprefix("W/") for part in asked.split(",")} or asked.strip() == "*"
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified) <= since


def _answer(request: HttpRequest, mark: tuple[Any, ...], ending: str, write: Any) -> HttpResponse:
    """What *write* gives, unless the reader has it already; *mark* changes whenever it would."""
    _many, last = mark[0]
    etag = quote_etag(sha256(repr((mark, ending, clock.today())).encode()).hexdigest()[:32])
    # A session begins and leaves by the date alone: the day counts as a change.
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    modified = max(last.timestamp() if last else 0.0, midnight)
    unchanged = _unchanged(request, etag, modified)
    answer = HttpResponse(status=304) if unchanged else HttpResponse(write())
    answer["Content-Type"] = elm.FORMATS[ending][1]
    answer["ETag"], answer["Last-Modified"] = etag, http_date(modified)
    answer["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    answer["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(answer, ["Accept"])
    return answer


def loq(request: HttpRequest, ending: str = "") -> HttpResponse:
    """The list of documents, some for each organisation."""
    form, version = _ending(request, ending), _version(request)

    def write() -> bytes:
        here = f"{settings.PUBLIC_URL}{reverse('public:loq')}"
        pages = [
            (f"{here}/{slug}.{form}" + (f"?page={page}" if page > 1 else ""), name)
            for slug, name, many in open_data.organisations()
            for page in range(1, ceil(many / ROWS_A_PAGE) + 1)
        ]
        return elm.write(elm.index(pages, url=here, version=version), form, version)

    return _answer(request, (queries.stamp(), version.value, "index"), form, write)


def loq_of(request: HttpRequest, slug: str, ending: str = "") -> HttpResponse:
    """The opportunities of one organisation, `ROWS_A_PAGE` a document."""
    organisation = get_object_or_404(Organisation, slug=slug)
    form, version = _ending(request, ending), _version(request)
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    if page < 1:
        raise Http404("expected a page from 1")
    found = open_data.some_of(organisation, start=(page - 1) * ROWS_A_PAGE, many=ROWS_A_PAGE)
    if not found:
        raise Http404("nothing offered there")
    mark = (queries.stamp(organisation), version.value, slug, page)
    return _answer(request, mark, form, lambda: elm.write(elm.graph(found, version), form, version))


@cache_control(max_age=ONE_HOUR, public=True)
def lheo_file(request: HttpRequest) -> HttpResponseBase:
    """Every offer that says all that LHÉO makes compulsory, written as it is read."""
    formations = (lheo.formation(o) + "\n" for o in open_data.fit_for_lheo() if not lheo_gaps.gaps(o))
    first = next(formations, None)
    if first is None:
        # The language wants one formation at least: an empty file would be no LHÉO.
        raise Http404("no offer says all that LHÉO makes compulsory")
    parts = chain([lheo.OPENING, first], formations, [lheo.CLOSING])
    return StreamingHttpResponse(parts, content_type="application/xml; charset=utf-8")


class _Echo:
    """Gives back each line that the writer makes."""

    def write(self, line: str) -> str:
        return line


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


@cache_control(max_age=ONE_HOUR, public=True)
def lheo_report(request: HttpRequest) -> StreamingHttpResponse:
    """Which offers are not in the LHÉO file, and what each lacks, as CSV."""
    writer = csv.writer(_Echo(), delimiter=";")

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(["organisme", "micro-certification", "adresse", "manque"])
        for offered in open_data.french():
            if lacking := lheo_gaps.gaps(offered):
                words = " ; ".join(str(labels.LHEO_GAPS[gap]) for gap in lacking)
                row = (offered.body.name, in_language(offered.content.title), offered.url, words)
                yield writer.writerow([_cell(cell) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lheo-absents.csv"'
    return answer


@cache_control(max_age=ONE_HOUR, public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """What was published last, for readers of feeds."""
    cards = queries.latest(30)
    values = {
        "cards": cards,
        "root": settings.PUBLIC_URL,
        "updated": cards[0].published_at if cards else clock.now(),
    }
    return render(request, "public/feed.xml", values, content_type="application/atom+xml")
