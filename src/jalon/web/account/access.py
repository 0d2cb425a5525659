"""The access rule of these pages: one's own account, and organisations in which one holds a role."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest

from jalon.people.models import Organisation, User
from jalon.people.permissions import may, require
from jalon.people.rules import Capability


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in, behind `login_required`."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user


def organisation_for(
    request: HttpRequest, slug: str, capability: Capability = Capability.SEE
) -> Organisation:
    """
    The organisation at *slug*, for which this person may do *capability*.

    Raises:
        Http404: There is none, or this person holds no role in it: both look the same from outside.
        NotAllowedError: They hold a role, but not one for this.
    """
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None or not may(request.user, Capability.SEE, organisation):
        raise Http404
    require(request.user, capability, organisation)
    return organisation
