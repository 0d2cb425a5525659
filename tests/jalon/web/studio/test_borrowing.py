"""Beginning from a file, the register or others' work; following the source; translating side by side."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.design import FIRST_OUTCOME, a_specification, complete_content
from tests.factories.frameworks import a_concept, an_edition
from tests.factories.people import a_member, a_user, an_organisation
from tests.jalon.web.studio.conftest import Studio

from jalon.design.models import Licence, MicroCredential, Specification
from jalon.design.queries import adaptation_of
from jalon.design.rules import plain
from jalon.design.rules.content import CriterionContent
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.texts import Text

BEGIN = "/atelier/reprendre/"


def _give(studio: Studio, data: bytes, name: str) -> object:
    file = SimpleUploadedFile(name, data)
    organisation = str(studio.organisation.id)
    return studio.client.post(BEGIN, {"from": "file", "file-file": file, "file-organisation": organisation})


def _ask(studio: Studio, code: str) -> object:
    organisation = str(studio.organisation.id)
    return studio.client.post(
        BEGIN, {"from": "register", "register-code": code, "register-organisation": organisation}
    )


def _drafts(studio: Studio) -> list[MicroCredential]:
    return list(MicroCredential.objects.exclude(id=studio.draft.micro_credential_id))


def test_sheet_of_a_draft_filled_again_opens_another_draft(studio: Studio) -> None:
    sheet = studio.client.get(studio.url("referentiel.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    book.active.append(["Acquis", "Lier la haie", "Bind the hedge"])
    written = io.BytesIO()
    book.save(written)

    answer = _give(studio, written.getvalue(), "haie.xlsx")

    (made,) = _drafts(studio)
    assert answer.status_code == 302
    content = made.specifications.get().read()
    assert str(content.learning_outcomes[-1].statement) == "Lier la haie"
    assert len(content.learning_outcomes) == 4


def test_formula_in_a_text_stays_a_text(studio: Studio) -> None:
    studio.save("titre", **{"title.fr": '=HYPERLINK("http://x")'})

    sheet = studio.client.get(studio.url("referentiel.xlsx"))

    cell = openpyxl.load_workbook(io.BytesIO(sheet.content)).active["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1}', "pas reconnu de r"),
        (b"", "Ce fichier est vide"),
        (b"PK\x03\x04 not really", "XLSX"),
        (json.dumps({"specification": {"title": "x", "workload_hours": "trop"}}).encode(), "workload_hours"),
    ],
)
def test_file_that_gives_nothing_is_refused_and_opens_nothing(studio: Studio, data: bytes, said: str) -> None:
    answer = _give(studio, data, "fichier")

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert _drafts(studio) == []


def test_bloc_of_the_register_opens_a_draft_that_cites_it(studio: Studio) -> None:
    a_concept(
        "Valoriser les produits",
        edition=an_edition("rncp", "2026-08-16"),
        kind=ConceptKind.BLOCK,
        uri="https://www.francecompetences.fr/recherche/rncp/38093/#RNCP38093BC05",
        code="RNCP38093BC05",
        descriptions={"fr": "- Commercialiser un produit  - Négocier un contrat"},
    )

    answer = _ask(studio, "rncp38093bc05")

    (made,) = _drafts(studio)
    assert answer.status_code == 302
    assert len(made.specifications.get().read().learning_outcomes) == 2
    page = studio.client.get(f"/atelier/{made.id}/source/").content.decode()
    assert "francecompetences.fr/recherche/rncp/38093/#RNCP38093BC05" in page


def test_code_that_is_not_there_is_said(studio: Studio) -> None:
    answer = _ask(studio, "RNCP00001")

    assert answer.status_code == 422
    assert "RNCP00001" in answer.content.decode()


def test_published_work_of_others_is_adapted_with_its_source(studio: Studio) -> None:
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)
    address = f"/atelier/adapter/{source.micro_credential.slug}/"

    before = studio.client.get(address).content.decode()
    studio.client.post(address, {"organisation": str(studio.organisation.id), "do": "adapt"})

    assert "creativecommons.org/licenses/by/4.0" in before
    (made,) = (
        _drafts(studio)[:1] if _drafts(studio)[0].organisation == studio.organisation else _drafts(studio)[1:]
    )
    assert made.organisation == studio.organisation
    page = studio.client.get(f"/atelier/{made.id}/source/").content.decode()
    assert "Lycée du Jura" in page
    assert "Rien n’a changé là-bas" in page


def test_what_changed_at_the_source_is_shown_until_read(studio: Studio) -> None:
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)
    studio.client.post(
        f"/atelier/adapter/{source.micro_credential.slug}/",
        {"organisation": str(studio.organisation.id), "do": "adapt"},
    )
    made = MicroCredential.objects.get(adaptation__isnull=False)
    a_specification(
        source.micro_credential.organisation,
        published=True,
        content=replace(complete_content(), title=Text.of({"fr": "Plesser en hiver"})),
        micro_credential=source.micro_credential,
        number=2,
    )

    page = studio.client.get(f"/atelier/{made.id}/source/").content.decode()
    studio.client.post(f"/atelier/{made.id}/source/", {"do": "read"})

    assert "hiver" in page
    assert "Rien n’a changé là-bas" in studio.client.get(f"/atelier/{made.id}/source/").content.decode()


def _adapted(studio: Studio) -> tuple[Specification, MicroCredential]:
    """Another organisation's version 1, and our copy of it."""
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)
    studio.client.post(
        f"/atelier/adapter/{source.micro_credential.slug}/",
        {"organisation": str(studio.organisation.id), "do": "adapt"},
    )
    return source, MicroCredential.objects.get(adaptation__isnull=False)


def test_new_version_of_the_source_is_told_where_the_copy_is_written(studio: Studio) -> None:
    source, made = _adapted(studio)
    pages = ("/atelier/", f"/atelier/dossier/{made.draft.id}/titre/")
    address = f'href="/atelier/{made.id}/source/"'
    before = [studio.client.get(page).content.decode() for page in pages]
    a_specification(
        source.micro_credential.organisation,
        published=True,
        content=complete_content(workload_hours=Decimal(30)),
        micro_credential=source.micro_credential,
    )

    home, dossier = (studio.client.get(page).content.decode() for page in pages)

    assert not any("la source a changé" in page or "sa source est parue" in page for page in before)
    changes = studio.client.get(f"/atelier/{made.id}/source/").content.decode()
    assert address in home
    assert home.count("la source a changé") == 1
    assert address in dossier
    assert "de sa source est parue" in dossier
    assert "<del>21 h</del> <ins>30 h</ins>" in changes

    studio.client.post(f"/atelier/{made.id}/source/", {"do": "read"})
    assert "la source a changé" not in studio.client.get("/atelier/").content.decode()


def test_preview_of_a_copy_credits_its_source_and_hands_over_no_file(studio: Studio) -> None:
    _source, made = _adapted(studio)

    page = studio.client.get(f"/atelier/dossier/{made.draft.id}/apercu/").content.decode()

    assert "Lycée du Jura" in page
    assert "creativecommons.org/licenses/by/4.0" in page
    assert f"/{made.slug}/versions/1/" not in page
    assert ".xlsx" not in page


def test_reserved_work_is_shown_without_a_button_and_refused(studio: Studio) -> None:
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)
    MicroCredential.objects.filter(id=source.micro_credential_id).update(licence=Licence.RESERVED)
    address = f"/atelier/adapter/{source.micro_credential.slug}/"

    page = studio.client.get(address).content.decode()
    answer = studio.client.post(address, {"organisation": str(studio.organisation.id), "do": "adapt"})

    assert 'value="adapt"' not in page
    assert answer.status_code == 422
    assert not MicroCredential.objects.filter(adaptation__isnull=False).exists()


def test_licence_is_chosen_by_whoever_publishes(
    studio: Studio, as_role: Callable[[Role | None], User]
) -> None:
    address = f"/atelier/{studio.draft.micro_credential_id}/source/"
    studio.client.post(address, {"licence": "CC0-1.0"})
    studio.draft.micro_credential.refresh_from_db()
    chosen = studio.draft.micro_credential.licence

    as_role(Role.TRAINER)
    refused = studio.client.post(address, {"licence": "reserved"})

    studio.draft.micro_credential.refresh_from_db()
    assert (chosen, refused.status_code, studio.draft.micro_credential.licence) == ("CC0-1.0", 403, "CC0-1.0")


def _translation(page: str) -> dict[str, str]:
    return {
        name: value.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
        for name, value in re.findall(r'name="(seen:[^"]+)" value="([^"]*)"', page)
    }


def test_texts_are_translated_side_by_side_in_lists_too(studio: Studio) -> None:
    criterion = CriterionContent(
        "https://example.org/c", Text.of({"fr": "La haie tient au vent"}), (FIRST_OUTCOME,)
    )
    Specification.objects.filter(id=studio.draft.id).update(
        content=plain.write(replace(complete_content(), criteria=(criterion,)))
    )
    address = studio.url("traduire/?de=fr&vers=oc")
    page = studio.client.get(address).content.decode()

    answer = studio.client.post(
        address,
        {
            **_translation(page),
            "title.oc": "Plaissar una randa",
            f"learning_outcomes.{FIRST_OUTCOME}.statement.oc": "Causir las brancas",
            "criteria|0": "La randa ten al vent",
        },
    )

    content = Specification.objects.get(id=studio.draft.id).read()
    assert answer.status_code == 302
    assert content.title.as_dict()["oc"] == "Plaissar una randa"
    assert content.learning_outcomes[0].statement.as_dict()["oc"] == "Causir las brancas"
    assert content.criteria[0].statement.as_dict() == {
        "fr": "La haie tient au vent",
        "oc": "La randa ten al vent",
    }


def test_translation_written_meanwhile_by_somebody_else_is_kept(studio: Studio) -> None:
    address = studio.url("traduire/?de=fr&vers=oc")
    page = studio.client.get(address).content.decode()
    studio.client.post(address, {**_translation(page), "title.oc": "La primièra"})

    answer = studio.client.post(address, {**_translation(page), "title.oc": "La segonda"})

    assert answer.status_code == 409
    assert "La segonda" in answer.content.decode()
    assert Specification.objects.get(id=studio.draft.id).read().title.as_dict()["oc"] == "La primièra"
    assert [kept.value for kept in studio.draft.set_aside.all()] == ["La segonda"]


def test_strangers_and_readers_get_none_of_it(studio: Studio, as_role: Callable[[Role | None], User]) -> None:
    pages = [
        studio.url("traduire/"),
        studio.url("referentiel.xlsx"),
        f"/atelier/{studio.draft.micro_credential_id}/source/",
    ]

    as_role(None)
    assert [studio.client.get(url).status_code for url in pages] == [404, 404, 404]
    as_role(Role.PARTNER)
    assert [studio.client.get(url).status_code for url in pages] == [302, 200, 200]
    assert studio.client.get(BEGIN).status_code == 403
    assert studio.client.post(studio.url("traduire/"), {"title.oc": "x"}).status_code == 302
    assert "oc" not in Specification.objects.get(id=studio.draft.id).read().title.as_dict()


def test_somebody_elses_organisation_is_no_choice(studio: Studio) -> None:
    other = an_organisation("Ailleurs", slug="ailleurs")
    a_member(a_user(), other, Role.DESIGNER)
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)

    answer = studio.client.post(
        f"/atelier/adapter/{source.micro_credential.slug}/", {"organisation": str(other.id), "do": "adapt"}
    )

    assert answer.status_code == 422
    assert adaptation_of(source.micro_credential) is None
    assert not MicroCredential.objects.filter(organisation=other).exists()


def test_whoever_may_not_write_reads_whose_turn_it_is(
    studio: Studio, as_role: Callable[[Role | None], User]
) -> None:
    source = a_specification(an_organisation("Lycée du Jura", slug="jura"), published=True)
    address = f"/atelier/adapter/{source.micro_credential.slug}/"

    as_role(Role.SIGNATORY)
    page = studio.client.get(address)
    refused = studio.client.post(address, {"organisation": str(studio.organisation.id), "do": "adapt"})

    assert (page.status_code, refused.status_code) == (200, 403)
    assert "chargée de la conception" in page.content.decode()
    assert 'value="adapt"' not in page.content.decode()
