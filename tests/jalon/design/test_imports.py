"""Files, spreadsheets, credentials and the register become drafts; what cannot is said."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.factories.design import complete_content
from tests.factories.frameworks import a_concept, an_edition

from jalon.design import labels
from jalon.design.errors import ImportRefusedError, InvalidContentError
from jalon.design.importers import LARGEST_FILE, read_file, register_entry
from jalon.design.labels.imports import import_refusal, left_words
from jalon.design.rules import plain, spreadsheet
from jalon.design.rules.competences import competences
from jalon.design.rules.content import Alignment, CriterionContent, ModuleContent, RecognitionContent
from jalon.design.rules.imports import as_own_draft, from_register
from jalon.foundation.errors import UnreadableFileError
from jalon.frameworks.models import ConceptRelation
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from sceau import testing
from sceau.formats import european, open_badges_3
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text


def _whole() -> object:
    content = complete_content()
    first = content.learning_outcomes[0].id
    return replace(
        content,
        criteria=(
            CriterionContent(
                "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b11", Text.of({"fr": "Tient"}), (first,)
            ),
        ),
        modules=(
            ModuleContent(
                "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b12",
                Text.of({"fr": "Au champ"}),
                Decimal("10.5"),
                "on_site",
                (first,),
            ),
        ),
    )


def _workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _word_document() -> bytes:
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Objectifs : poser une clôture.")
    document.save(written)
    return written.getvalue()


# — Our own JSON —


def test_own_json_is_read_back_whole_with_whose_words_they_are() -> None:
    content = _whole()
    document = {"specification": plain.write(content), "title": "Plesser", "owner": "MFR", "country": "FR"}

    imported = read_file(json.dumps(document).encode(), "haie.json")

    assert imported.content == content
    assert (imported.title, imported.owner, imported.country, imported.left) == ("Plesser", "MFR", "FR", ())


def test_own_json_with_a_value_that_cannot_be_read_names_its_place() -> None:
    document = {"specification": {"title": {"fr": "x"}, "workload_hours": "beaucoup"}}

    with pytest.raises(InvalidContentError) as refused:
        read_file(json.dumps(document).encode())

    assert [problem.path for problem in refused.value.problems] == ["workload_hours"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1}', "not_known"),
        (b"[1, 2]", "not_known"),
        (b'{"specification": ', "not_readable"),
        (b'{"specification": {}}', "nothing_in_it"),
        (b'{"specification": {"workload_hours": NaN}}', "not_readable"),
        (b'{"a":' * 5000, "not_readable"),
        (b"{\xff\xfe}", "not_readable"),
        (b"{" + b" " * LARGEST_FILE + b"}", "too_large"),
        (b"Nom;Age\nx;3\n", "not_known"),
        (b'{"payload": "{\\"specification\\": ", "signatures": []}', "not_readable"),
        (b'{"payload": "[1]", "signatures": []}', "not_known"),
        (b'{"payload": "{\\"payload\\": \\"{}\\"}", "signatures": []}', "not_known"),
        (b"%PDF-1.7\n", "programme"),
        (_word_document(), "programme"),
    ],
)
def test_what_is_no_specification_is_refused_in_plain_words(data: bytes, reason: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_file(data, "fichier")

    assert refused.value.reason == reason
    assert len(import_refusal(refused.value)) > 40
    assert labels.refusal_sentence(refused.value) == import_refusal(refused.value)


# — Credentials of others —


@pytest.mark.parametrize("format_", ["open badges", "european"])
def test_credential_of_any_format_gives_its_micro_credential(format_: str) -> None:
    credential = testing.whole_credential()
    if format_ == "european":
        document = european.to_document(credential, pictures={})
    else:
        document = open_badges_3.to_document(credential)

    imported = read_file(json.dumps(document).encode())

    assert str(imported.content.title) == str(credential.micro_credential.title)
    assert [str(o.statement) for o in imported.content.learning_outcomes] == [
        str(o.statement) for o in credential.micro_credential.outcomes
    ]
    assert imported.owner == credential.issuer.name
    assert imported.content.workload_hours == credential.micro_credential.workload.hours
    assert imported.content.assessment.types
    # Worth and quality assurance are for whoever awards to say.
    assert imported.content.recognition == RecognitionContent()
    assert imported.content.quality_assurance == ()


def test_official_samples_give_a_draft_sealed_or_not(shared: Path) -> None:
    samples = sorted((shared / "elm/samples/edc").glob("*.json*"))

    read = {path.name: read_file(path.read_bytes(), path.name) for path in samples}

    assert {name: len(imported.content.learning_outcomes) for name, imported in read.items()} == {
        "AA-Annex1-MC-signed.jsonld": 2,
        "AA-Annex1-MC-unsigned.json": 2,
        "Sample-CertOfPart-signed.jsonld": 0,
        "Sample-MC-Annex1-2023-signed.jsonld": 2,
        "Sample-MC-Annex1-2023-unsigned.jsonld": 2,
        "Sample-MastersDegree-signed.jsonld": 7,
    }
    assert all(imported.content.title for imported in read.values())


# — Spreadsheets —


def test_template_filled_with_a_specification_is_read_back() -> None:
    content = _whole()

    imported = spreadsheet.read(spreadsheet.template(content))

    read = imported.content
    assert (read.title, read.description, read.workload_hours) == (
        content.title,
        content.description,
        content.workload_hours,
    )
    assert [o.statement for o in read.learning_outcomes] == [o.statement for o in content.learning_outcomes]
    assert [places for _c, places in read.placed_criteria] == [(1,)]
    assert [(m.hours, places) for m, places in read.placed_modules] == [(Decimal("10.5"), (1,))]
    assert imported.left == ()


def test_template_carries_all_but_what_its_organisation_alone_can_say() -> None:
    link = Alignment("ESCO", "http://data.europa.eu/esco/skill/1", "tailler des haies", "")
    fiche = Alignment(
        "RNCP", "https://www.francecompetences.fr/recherche/rncp/1/", "CS Haies | bocage", "RNCP1"
    )
    whole = _whole()
    first, *others = whole.learning_outcomes
    content = replace(
        whole,
        title=Text.of({"fr": "Plesser une haie", "oc": "Plaissar una randa"}),
        learning_outcomes=(replace(first, alignments=(link,)), *others),
        stacks_into=(fiche,),
        validity_months=60,
        stackability=Text.of({"fr": "Avec la taille."}),
        price_note=Text.of({"fr": "Repas compris."}),
    )

    imported = spreadsheet.read(spreadsheet.template(content))

    read = imported.content
    alone = {"quality_assurance": (), "recognition": RecognitionContent()}
    ids = {"learning_outcomes": read.learning_outcomes, "criteria": read.criteria, "modules": read.modules}
    assert imported.left == ()
    assert read == replace(content, **alone, **ids)
    assert spreadsheet.template(read) == spreadsheet.template(content)
    assert read.learning_outcomes[0].alignments == (link,)
    assert read.modules[0].participation == "on_site"


def test_choice_that_no_list_has_is_named_and_link_without_its_parts_too() -> None:
    rows = [
        ["Rubrique", "fr", "Acquis", "Forme"],
        ["Acquis", "Choisir", "", ""],
        ["Types d'évaluation", "Mise en situation pratique; Dictée", "", ""],
        ["Étape", "Au champ", "1", "À cheval"],
        ["Lien", "ESCO, tailler", "1", ""],
    ]

    imported = spreadsheet.read(rows)

    assert imported.content.assessment.types == ("practical",)
    assert imported.content.learning_outcomes[0].alignments == ()
    assert imported.left == (
        "Types d'évaluation : Dictée",
        "Étape : À cheval",
        "Lien : ESCO, tailler",
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lines_that_nobody_knows_are_named_and_the_rest_is_taken(kind: str) -> None:
    rows = [
        ["RUBRIQUE", "FR", "oc", "Acquis"],
        ["Titre", "Plesser une haie", "Plaissar", ""],
        ["Météo", "Beau", "", ""],
        ["Acquis", "Choisir", "", ""],
        ["Acquis", "Coucher", "", ""],
        ["critere", "Tient au vent", "", "1, 2 , 9"],
        ["Heures de travail", 21, "", ""],
        ["Niveau", 3, "", ""],
        [],
    ]
    data = _workbook(rows) if kind == "xlsx" else "\n".join(";".join(map(str, r)) for r in rows).encode()

    imported = read_file(data, f"haie.{kind}")

    content = imported.content
    assert content.title.as_dict() == {"fr": "Plesser une haie", "oc": "Plaissar"}
    assert (content.workload_hours, content.level.framework, content.level.value) == (
        Decimal(21),
        "nqf_fr",
        3,
    )
    assert [places for _c, places in content.placed_criteria] == [(1, 2)]
    assert imported.left == ("Météo",)
    assert left_words("Météo") == "«Météo»"


def test_number_of_an_outcome_that_is_none_is_told_by_its_line() -> None:
    rows = [["Rubrique", "fr", "Acquis"], ["Acquis", "Choisir", ""], ["Critère", "Tient", "le premier"]]

    with pytest.raises(InvalidContentError) as refused:
        spreadsheet.read(rows)

    assert [problem.path for problem in refused.value.problems] == ["ligne 3"]


def test_template_without_content_is_no_specification_yet() -> None:
    with pytest.raises(ImportRefusedError) as refused:
        spreadsheet.read(spreadsheet.template())

    assert refused.value.reason == "nothing_in_it"


def test_damaged_workbook_is_refused_by_the_reader_of_tables() -> None:
    with pytest.raises(UnreadableFileError):
        read_file(_workbook([["Rubrique", "fr"]])[:-40], "x.xlsx")


# — The register —


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Analyser le dossier  - Proposer une solution", ["Analyser le dossier", "Proposer une solution"]),
        (
            "A1C1. Evaluer le contexte      A1C2.Apprécier les choix",
            ["Evaluer le contexte", "Apprécier les choix"],
        ),
        ("C.6. Etablir une liste   C.7. Planifier le projet", ["Etablir une liste", "Planifier le projet"]),
        (
            "Apporter des contributions   dans le cadre d'échanges",
            ["Apporter des contributions dans le cadre d'échanges"],
        ),
        ("Accueillir le client\nAccueillir le client", ["Accueillir le client"]),
        ("", []),
        ("😀", []),
    ],
)
def test_competences_of_a_bloc_are_cut_as_certifiers_write_them(text: str, found: list[str]) -> None:
    assert competences(text) == found


def test_competences_are_bounded() -> None:
    assert len(competences("\n".join(f"Réaliser la tâche {'x' * n}" for n in range(500)))) == 60


@pytest.mark.django_db
def test_bloc_of_the_register_gives_outcomes_and_assessment_marked_as_theirs() -> None:
    edition = an_edition("rncp", "2026-08-16")
    page = "https://www.francecompetences.fr/recherche/rncp/38093/"
    fiche = a_concept(
        "Responsable d'entreprise agricole",
        edition=edition,
        kind=ConceptKind.CERTIFICATION,
        uri=page,
        code="RNCP38093",
        facts={"level": 4, "certifiers": [{"name": "Ministère de l'agriculture"}]},
    )
    block = a_concept(
        "Valoriser les produits",
        edition=edition,
        kind=ConceptKind.BLOCK,
        uri=f"{page}#RNCP38093BC05",
        code="RNCP38093BC05",
        descriptions={"fr": "- Commercialiser un produit  - Négocier un contrat"},
        facts={"level": 4, "assessment": "Mise en situation   et entretien"},
    )
    ConceptRelation.objects.create(source=block, kind=RelationKind.PART_OF, target=fiche, edition=edition)

    entry = register_entry("rncp38093 bc05")
    assert entry is not None
    imported = from_register(entry)

    content = imported.content
    assert [str(o.statement) for o in content.learning_outcomes] == [
        "Commercialiser un produit",
        "Négocier un contrat",
    ]
    assert {a.code for o in content.learning_outcomes for a in o.alignments} == {"RNCP38093BC05"}
    assert str(content.assessment.description) == "Mise en situation et entretien"
    assert (content.level.framework, content.level.value) == ("nqf_fr", 4)
    assert imported.owner == "Ministère de l'agriculture"
    # An aim, never a claim.
    assert content.recognition.status is None
    whole = register_entry("RNCP38093")
    assert whole is not None
    assert len(from_register(whole).content.learning_outcomes) == 2


@pytest.mark.django_db
def test_code_that_the_register_does_not_have_gives_nothing() -> None:
    a_concept("Tailler", code="S1.2")

    assert register_entry("RNCP99999") is None
    assert register_entry("S1.2") is None


def test_fiche_without_competences_says_what_is_left_to_write() -> None:
    from jalon.design.rules.imports import RegisterEntry

    imported = from_register(
        RegisterEntry("RS6396", "Guide composteur", "https://x.example/", None, [], [], "")
    )

    assert imported.left == ("competences",)
    assert "compétences" in left_words("competences")


# — Somebody else's words —


def test_draft_of_others_words_has_its_own_identities_and_claims_nothing() -> None:
    source = replace(
        _whole(), recognition=RecognitionContent(RecognitionStatus.BLOC, "RNCP38093BC05", "Bloc", "Ministère")
    )

    own = as_own_draft(source)

    assert {o.id for o in own.learning_outcomes}.isdisjoint({o.id for o in source.learning_outcomes})
    assert [places for _c, places in own.placed_criteria] == [(1,)]
    assert [places for _m, places in own.placed_modules] == [(1,)]
    assert (own.recognition, own.quality_assurance, own.price_euros) == (RecognitionContent(), (), None)
    assert (own.title, own.assessment) == (source.title, source.assessment)
