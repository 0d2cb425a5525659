"""What design lends to frameworks: which specifications rely on a concept, with addresses of ours."""

from __future__ import annotations

from django.urls import reverse

from jalon.design.models import Specification
from jalon.design.queries.alignment_uses import SpecificationAlignments


def _page(specification: Specification) -> str:
    return reverse("public:version", args=[specification.micro_credential.slug, specification.number])


def _desk(specification: Specification) -> str:
    return reverse("studio:dossier", args=[specification.id])


ALIGNMENTS = SpecificationAlignments(page=_page, desk=_desk)
