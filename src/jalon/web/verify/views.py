"""The verify page: four ways in, one answer, no account and nothing kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jalon.verification import actions, labels
from jalon.verification.errors import (
    TooManyTriesError,
    TooMuchError,
    UnknownReferenceError,
    VerificationError,
)
from jalon.verification.labels.supports import alone, said_by_others
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import MAX_BYTES, Form, Result, own_token, recognise_text
from jalon.web.verify import own, throttle
from jalon.web.verify.article import article, steps, technical
from jalon.web.verify.forms import FileForm, ReferenceForm, TextForm
from jalon.web.verify.privacy import about_one_person

# What surrounds a file in a request: boundaries, names, the other fields.
_ENVELOPE_BYTES = 16 * 1024
AnyForm = ReferenceForm | FileForm | TextForm


# Exempt: nothing is changed, nobody is signed in, and a token would need a cookie on this page.
# It also lets the size be checked before anything of the body is read.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The four ways in, and the answer to whichever was taken."""
    return _taken(request) if request.method == "POST" else _page(request)


@about_one_person
def _taken(request: HttpRequest) -> HttpResponse:
    """The answer to what was given."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _ENVELOPE_BYTES:
        return _too_much(request)
    ways = {"reference": _reference, "file": _file, "text": _text}
    return ways.get(request.POST.get("way", ""), _text)(request)


def _page(request: HttpRequest, bad: AnyForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page with its forms; *bad* is the one that could not be taken in, with what was typed."""
    forms: dict[str, AnyForm] = {
        "reference_form": ReferenceForm(auto_id="reference_%s"),
        "file_form": FileForm(auto_id="file_%s"),
        "text_form": TextForm(auto_id="text_%s"),
    }
    for name, form in forms.items():
        if bad is not None and type(form) is type(bad):
            forms[name] = bad
    return render(request, "verify/home.html", {**forms, "bad_form": bad}, status=status)


def _too_much(request: HttpRequest) -> HttpResponse:
    """Heavier than any credential: said without reading it, so without knowing which way it took."""
    form = FileForm({}, {}, auto_id="file_%s")
    form.errors.clear()
    return _refused(request, form, TooMuchError(limit_mb=MAX_BYTES // 1024**2), "file")


def _refused(request: HttpRequest, form: AnyForm, error: VerificationError, field: str) -> HttpResponse:
    form.add_error(field, labels.sentence(error.code, error.facts))
    status = 422
    if isinstance(error, TooMuchError):
        status = 413
    elif isinstance(error, TooManyTriesError):
        status = 429
    response = _page(request, form, status=status)
    if isinstance(error, TooManyTriesError):
        response.headers["Retry-After"] = str(60 * int(error.facts["minutes"]))
    return response


def _reference(request: HttpRequest) -> HttpResponse:
    form = ReferenceForm(request.POST, auto_id="reference_%s")
    if not form.is_valid():
        return _page(request, form, status=422)
    typed: str = form.cleaned_data["reference"]
    try:
        if recognise_text(typed) is Form.LINK:
            return _link(request, typed)
        return _by_reference(request, typed)
    except VerificationError as error:
        return _refused(request, form, error, "reference")


def _by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    throttle.WRONG_REFERENCES.check(request)
    credential = own.by_reference(reference)
    if credential is None:
        throttle.WRONG_REFERENCES.count(request)
        raise UnknownReferenceError
    return HttpResponseRedirect(own.page_url(credential))


def _file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    if not form.is_valid():
        return _page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        if file.size > MAX_BYTES:
            raise TooMuchError(limit_mb=MAX_BYTES // 1024**2)
        _count(request, throttle.CONTENTS)
        return _answer(request, actions.verify_bytes(file.read()))
    except VerificationError as error:
        return _refused(request, form, error, "file")


def _text(request: HttpRequest) -> HttpResponse:
    form = TextForm(request.POST, auto_id="text_%s")
    if not form.is_valid():
        return _page(request, form, status=422)
    typed: str = form.cleaned_data["text"]
    try:
        match recognise_text(typed):
            case Form.LINK:
                return _link(request, typed)
            case Form.REFERENCE:
                return _by_reference(request, typed)
        _count(request, throttle.CONTENTS)
        return _answer(request, actions.verify_text(typed))
    except VerificationError as error:
        return _refused(request, form, error, "text")


def _link(request: HttpRequest, url: str) -> HttpResponse:
    """Our own links lead to their page, with no network; the others are opened with care."""
    token = own_token(url, settings.PUBLIC_URL)
    if token:
        return HttpResponseRedirect(own.page_of_token(token))
    _count(request, throttle.LINKS)
    return _answer(request, actions.verify_link(url.strip()))


def _count(request: HttpRequest, limit: throttle.Throttle) -> None:
    limit.check(request)
    limit.count(request)


def _answer(request: HttpRequest, result: Result) -> HttpResponse:
    """The three answers, drawn at once."""
    known = own.with_withdrawal(result)
    return render(
        request,
        "verify/result.html",
        {
            "verdict": verdict(known),
            "article": article(known),
            "supports": said_by_others(known),
            "alone": alone(known),
            "technical": technical(known),
            "steps": steps(known),
        },
    )
