"""Beginning from what exists: a spreadsheet, a file, an entry of the register, others' published work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalon.design import actions, labels
from jalon.design.errors import ImportRefusedError, InvalidContentError
from jalon.design.importers import read_file, register_entry
from jalon.design.labels.imports import LICENCE_ADDRESSES, left_words, licence_name
from jalon.design.models import Licence, MicroCredential
from jalon.design.queries import (
    adaptation_of,
    newer_source,
    published_version,
)
from jalon.design.rules.imports import Imported, from_register
from jalon.foundation.errors import NotAllowedError, UnreadableFileError
from jalon.people.models import Organisation, User
from jalon.people.permissions import may, organisations_where
from jalon.people.rules import Capability
from jalon.web import refusals
from jalon.web.issuing.uploads import bounded
from jalon.web.studio.access import member, micro_credential_or_404
from jalon.web.studio.versions import lines_between


class OrganisationForm(forms.Form):
    """For which organisation: asked only where there are several."""

    organisation = forms.ChoiceField(
        label=gettext_lazy("Organisme"),
        error_messages={
            "required": gettext_lazy("Il manque l'organisme : c'est lui qui délivrera les attestations."),
            "invalid_choice": gettext_lazy("Choisissez un organisme dans la liste."),
        },
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {str(each.id): each for each in organisations}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker
        field.choices = [(key, each.legal_name) for key, each in self._organisations.items()]
        if len(organisations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(organisations[0].id)

    @property
    def chosen(self) -> Organisation:
        """The organisation, once the form is valid."""
        return self._organisations[self.cleaned_data["organisation"]]


class FileForm(OrganisationForm):
    """A file to begin from."""

    file = forms.FileField(
        label=gettext_lazy(
            "Tableur (XLSX, CSV), JSON de Jalon, attestation européenne ou Open Badge en JSON"
        ),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )


class RegisterForm(OrganisationForm):
    """A code of the register to begin from."""

    code = forms.CharField(
        label=gettext_lazy("Code de la fiche ou du bloc"),
        max_length=40,
        help_text=gettext_lazy("RNCP38093, RNCP38093BC05 pour un bloc, RS6396."),
        error_messages={"required": gettext_lazy("Il manque le code.")},
    )


def _own_organisations(user: User) -> list[Organisation]:
    """
    Those that *user* may write for.

    Raises:
        NotAllowedError: There is none.
    """
    found = list(organisations_where(user, Capability.DESIGN))
    if not found:
        raise NotAllowedError(capability=Capability.DESIGN.value)
    return found


@login_required
@bounded
def begin(request: HttpRequest) -> HttpResponse:
    """The page with its two forms; what was read opens a draft at once."""
    user = member(request)
    organisations = _own_organisations(user)
    asked = request.POST.get("from", "")
    file_form = FileForm(
        request.POST if asked == "file" else None,
        request.FILES if asked == "file" else None,
        organisations=organisations,
        prefix="file",
    )
    register_form = RegisterForm(
        request.POST if asked == "register" else None, organisations=organisations, prefix="register"
    )
    form: OrganisationForm = file_form if asked == "file" else register_form
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            imported = _read(form)
            made = actions.start_from_import(imported=imported, organisation=form.chosen, by=user)
        except (ImportRefusedError, UnreadableFileError) as error:
            form.add_error("file" if asked == "file" else "code", refusals.sentence(error))
        except InvalidContentError as error:
            problems = [
                f"{problem.path} : {labels.problem_sentence(problem)}" for problem in error.problems[:20]
            ]
        else:
            return _opened(request, made, imported)
    values = {"file_form": file_form, "register_form": register_form, "problems": problems}
    return render(request, "studio/begin.html", values, status=422 if form.is_bound else 200)


def _read(form: OrganisationForm) -> Imported:
    if isinstance(form, FileForm):
        file = form.cleaned_data["file"]
        return read_file(file.read(), file.name)
    code = form.cleaned_data["code"].strip()
    entry = register_entry(code)
    if entry is None:
        raise ImportRefusedError("not_in_register", code)
    return from_register(entry)


def _opened(request: HttpRequest, made: MicroCredential, imported: Imported) -> HttpResponse:
    if imported.left:
        left = ", ".join(left_words(each) for each in imported.left[:12])
        messages.warning(request, _("Le dossier est ouvert. N’a pas été repris : %(left)s.") % {"left": left})
    else:
        messages.success(request, _("Le dossier est ouvert. Relisez chaque rubrique."))
    draft = made.draft
    return redirect("studio:dossier", draft.id) if draft else redirect("studio:home")


@login_required
def adapt(request: HttpRequest, slug: str) -> HttpResponse:
    """Copy a published micro-certification: what that means, for which organisation, then the draft."""
    user = member(request)
    source = published_version(slug)
    if source is None:
        raise Http404("nothing published under this name")
    # Whoever may not write reads what it would mean, and whose turn it is.
    organisations = (
        _own_organisations(user)
        if request.method == "POST"
        else list(organisations_where(user, Capability.DESIGN))
    )
    form = OrganisationForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        made = actions.adapt_specification(
            source=source,
            organisation=form.chosen,
            by=user,
            translated=request.POST.get("do") == "translate",
        )
        draft = made.draft
        if draft is None:
            return redirect("studio:home")
        if request.POST.get("do") == "translate":
            return redirect("studio:translate", draft.id)
        messages.success(request, _("Le dossier est ouvert. La source y reste citée."))
        return redirect("studio:dossier", draft.id)
    values = {
        "form": form,
        "can_write": bool(organisations),
        "source": source,
        "content": source.read(),
        "licence": licence_name(source.micro_credential.licence),
        "licence_address": LICENCE_ADDRESSES.get(source.micro_credential.licence, ""),
        "reserved": source.micro_credential.licence == Licence.RESERVED,
    }
    return render(request, "studio/adapt.html", values, status=422 if form.is_bound else 200)


@login_required
def source(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Where a micro-certification was copied from, what changed there, and what others may do with ours."""
    user = member(request)
    design = micro_credential_or_404(request, micro_credential_id)
    adaptation = adaptation_of(design)
    if request.method == "POST":
        return _said(request, design, user)
    newer = newer_source(adaptation) if adaptation else None
    newest = design.newest
    values = {
        "design": design,
        "content": newest.read() if newest else None,
        "adaptation": adaptation,
        "licence_of_source": licence_name(adaptation.licence) if adaptation else "",
        "newer": newer,
        "lines": lines_between(adaptation.read(), newer.read()) if adaptation and newer else [],
        "licences": [(each.value, licence_name(each.value)) for each in Licence],
        "can_write": may(user, Capability.DESIGN, design.organisation),
        "can_publish": may(user, Capability.PUBLISH, design.organisation),
    }
    return render(request, "studio/source.html", values)


def _said(request: HttpRequest, design: MicroCredential, user: User) -> HttpResponse:
    """One of the two gestures of the page."""
    adaptation = adaptation_of(design)
    if request.POST.get("do") == "read" and adaptation:
        actions.follow_newer_source(adaptation=adaptation, by=user)
        messages.success(request, _("Noté. Vous serez prévenus du prochain changement."))
    elif (wanted := request.POST.get("licence", "")) in set(Licence):
        actions.set_licence(micro_credential=design, licence=Licence(wanted), by=user)
        messages.success(request, _("Gardé."))
    return redirect("studio:source", design.id)
