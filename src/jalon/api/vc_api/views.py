"""The addresses of the door: JSON in, JSON out, and never a fault of the server."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from jalon.api.vc_api import answers, interop, issuing, lists, requests, verifying
from sceau.errors import SceauError, TooLargeError

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def _answering(*methods: str) -> Callable[[View], View]:
    """
    A view that answers *methods*, in JSON whatever happens.

    What is sent comes from anybody, and a caller must be able to tell «refused» from «broken»: here is the
    one broad catch, and it is journalled.
    """

    def decorate(view: View) -> View:
        @csrf_exempt  # no cookie means anything here, and only JSON is taken
        @functools.wraps(view)
        def answer(request: HttpRequest, **given: str) -> HttpResponse:
            if request.method not in methods:
                met = str(request.method)[:20]
                refusal = answers.with_problem(
                    "http.method", f"expected {' or '.join(methods)}, met {met!a}", status=405
                )
                refusal["Allow"] = ", ".join(methods)
                return refusal
            if request.method == "POST" and not requests.is_json(request):
                met = str(request.content_type)[:60]
                # Without a type there is, mostly, nothing at all: that is malformed, and the suites want 400.
                return answers.with_problem(
                    "http.content_type",
                    f"expected application/json, met {met!a}",
                    status=415 if met else 400,
                )
            try:
                return view(request, **given)
            except TooLargeError as error:
                return answers.refused(error, status=413)
            except SceauError as error:
                return answers.refused(error)
            except Exception:
                logger.exception("%s could not be answered", request.path)
                return answers.with_problem(
                    "door.unexpected", "expected a request that can be dealt with here", status=422
                )

        return answer

    return decorate


@_answering("POST")
def issue_credential(request: HttpRequest) -> HttpResponse:
    """``{"credential": {…}, "options": {…}}`` → 201 ``{"verifiableCredential": {…}}``."""
    body = requests.read_body(request)
    signed = issuing.issue(requests.secured(body, "credential"), requests.options_of(body))
    return JsonResponse({"verifiableCredential": signed}, status=201)


@_answering("POST")
def verify_credential(request: HttpRequest) -> HttpResponse:
    """``{"verifiableCredential": {…}, "options": {…}}`` → 200 or 400 with what was found."""
    body = requests.read_body(request)
    document = requests.secured(body, "verifiableCredential")
    return answers.found(verifying.credential(document, requests.options_of(body)))


@_answering("POST")
def verify_presentation(request: HttpRequest) -> HttpResponse:
    """``{"verifiablePresentation": {…}, "options": {…}}`` → 200 or 400 with what was found."""
    body = requests.read_body(request)
    document = requests.secured(body, "verifiablePresentation")
    return answers.found(verifying.presentation(document, requests.options_of(body)))


@_answering("GET", "HEAD")
def interop_config(request: HttpRequest) -> HttpResponse:
    """Where everything is, for whoever configures the suites."""
    return JsonResponse(interop.config())


@_answering("GET", "HEAD")
def status_list(request: HttpRequest, name: str) -> HttpResponse:
    """A signed status list of a test issuer."""
    body = lists.signed(name)
    if body is None:
        return answers.with_problem("http.not_found", f"expected a list, met {name[:60]!a}", status=404)
    answer = HttpResponse(body, content_type=lists.CONTENT_TYPE)
    answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
