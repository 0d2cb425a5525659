"""The public page of one of our credentials, under its unguessable link, and the files to take away."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jalon.awarding import actions as awarding
from jalon.awarding import documents, queries
from jalon.awarding.errors import ChangedDocumentError
from jalon.awarding.labels import sentence
from jalon.awarding.models import Credential
from jalon.verification import actions
from jalon.verification.actions import CREDENTIAL_TYPE
from jalon.verification.labels import formats as words
from jalon.verification.labels.supports import said_by_others
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Tone
from jalon.web.verify import own
from jalon.web.verify.article import article, steps, technical
from jalon.web.verify.privacy import about_one_person
from sceau.errors import DataModelError


def credential_or_404(token: str) -> Credential:
    """
    Raises:
        Http404: Nothing behind *token*; one query either way.
    """
    found = queries.credential_by_token(token)
    if found is None:
        raise Http404
    return found


@require_safe
@about_one_person
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The three answers as of this moment, then what it says. Our own keys and lists: no network."""
    credential = credential_or_404(token)
    result = own.with_withdrawal(actions.verify_bytes(credential.document_bytes, offline=True), credential)
    cap = credential.award.specification.read().domain
    return render(
        request,
        "verify/credential.html",
        {
            "verdict": verdict(result),
            "article": article(own.in_every_language(result, credential), cap=cap),
            "supports": said_by_others(result),
            "technical": technical(result),
            "steps": steps(result),
            "own": own.own_page(credential, absolute=f"{settings.PUBLIC_URL}{own.page_url(credential)}"),
            "offers": () if verdict(result).tone is Tone.BAD else own.offers(credential),
        },
    )


@require_safe
@about_one_person
def document(request: HttpRequest, token: str) -> HttpResponse:
    """The exact signed bytes. Any page may read them: other people's verifiers run in browsers."""
    credential = credential_or_404(token)
    response = file(credential, credential.document_bytes, CREDENTIAL_TYPE, "json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@about_one_person
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate to print, in the language of the page, with the signed file attached."""
    credential = credential_or_404(token)
    language = (get_language() or "fr").split("-")[0]
    made = documents.certificate_pdf(credential, language=language)
    return file(credential, made, "application/pdf", "pdf")


@require_safe
@about_one_person
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """The drawn stone with the credential baked in."""
    credential = credential_or_404(token)
    baked = documents.badge_svg(credential).encode("utf-8")
    return file(credential, baked, "image/svg+xml; charset=utf-8", "svg")


@require_safe
@about_one_person
def badge_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The same in pixels."""
    credential = credential_or_404(token)
    return file(credential, documents.badge_png(credential), "image/png", "png")


@require_safe
@about_one_person
def other(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The credential in a form that was installed beside ours."""
    if form not in documents.forms.others():
        raise Http404
    return _in_form(credential_or_404(token), form)


@require_safe
@about_one_person
def form(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The credential in another form; where it cannot take it, the reason and no file."""
    return _in_form(credential_or_404(token), form)


def _in_form(credential: Credential, form: str) -> HttpResponse:
    try:
        made = awarding.file_of(credential, form)
    except DataModelError as error:
        return _refused(words.refusal(error, credential.award.specification.read().level.none_reason), 404)
    except ChangedDocumentError as error:
        return _refused(sentence(error.code, error.facts), 409)
    response = file(credential, made.data, made.media_type, made.suffix.removeprefix("."))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=status)


def file(credential: Credential, content: bytes, content_type: str, ending: str) -> HttpResponse:
    """A file to keep; its name says the reference, and not who the person is."""
    response = HttpResponse(content, content_type=content_type)
    name = f"attestation-{credential.reference}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Drawn by a browser it could run nothing, even so.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
