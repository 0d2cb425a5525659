"""Who gets into the studio's pages: members; for anybody else there is nothing there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from jalon.design.models import MicroCredential, Specification
from jalon.design.queries import micro_credential_for, specification_for
from jalon.people.models import User


def member(request: HttpRequest) -> User:
    """Who is signed in; views call it behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404("nobody is signed in")
    return request.user


def specification_or_404(request: HttpRequest, specification_id: UUID) -> Specification:
    """The version, for a member of its organisation; its existence itself is private."""
    found = specification_for(request.user, specification_id)
    if found is None:
        raise Http404("no such version for this person")
    return found


def micro_credential_or_404(request: HttpRequest, micro_credential_id: UUID) -> MicroCredential:
    """The micro-credential, for a member of its organisation; its existence itself is private."""
    found = micro_credential_for(request.user, micro_credential_id)
    if found is None:
        raise Http404("no such micro-credential for this person")
    return found
