"""A draft one section at a time, without script: everything typed is kept."""

from __future__ import annotations

import json
import re

import pytest
from tests.factories.design import FIRST_OUTCOME, SECOND_OUTCOME, THIRD_OUTCOME, a_specification
from tests.factories.people import a_member, a_user, an_accreditation
from tests.jalon.web.studio.conftest import Studio

from jalon.design import actions
from jalon.design.models import Specification
from jalon.design.rules.content import SpecificationContent
from jalon.people.rules import Role
from jalon.web.studio.sections import SECTIONS


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_saving_an_untouched_section_changes_nothing(studio: Studio, section: str) -> None:
    before = studio.draft.read()

    answer = studio.save(section)

    assert answer.status_code == 302
    studio.draft.refresh_from_db()
    assert (Specification.objects.get(id=studio.draft.id).read(), studio.draft.revision) == (before, 0)


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_section_shows_one_form_with_labels_and_no_inline_style(studio: Studio, section: str) -> None:
    page = studio.client.get(studio.url(f"{section}/")).content.decode()

    assert page.count("<h1>") == 1
    assert page.count('class="lame"') == 1
    assert " style=" not in page
    assert "<script>" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("section", "typed", "field", "held"),
    [
        ("titre", {"title.fr": "  Plesser  une haie\r\n"}, "title.fr", "Plesser  une haie"),
        ("titre", {"description.en": "By hand."}, "description.en", "By hand."),
        ("titre", {"domain": "terre"}, "domain", "terre"),
        ("titre", {"languages": ["fr", "oc"]}, "languages", ["fr", "oc"]),
        ("duree-niveau", {"workload_hours": "10,5"}, "workload_hours", "10.5"),
        ("duree-niveau", {"level": "nqf_fr:4"}, "level", {"framework": "nqf_fr", "value": 4}),
        ("duree-niveau", {"level": ""}, "level", {}),
        ("duree-niveau", {"level.none_reason.fr": "Trop court."}, "level.none_reason.fr", "Trop court."),
        ("evaluation", {"assessment.types": ["portfolio"]}, "assessment.types", ["portfolio"]),
        ("evaluation", {"assessment.types": []}, "assessment.types", []),
        ("evaluation", {"assessment.supervision": ""}, "assessment.supervision", ""),
        ("participation", {"participation": ["online", "blended"]}, "participation", ["online", "blended"]),
        (
            "qualite",
            {"quality_assurance.1.name.fr": "Label", "quality_assurance.1.kind": "programme"},
            "quality_assurance",
            [
                {"kind": "institutional", "name": {"fr": "Qualiopi"}},
                {"kind": "programme", "name": {"fr": "Label"}},
            ],
        ),
        (
            "cumul",
            {
                "stacks_into.0.framework": "RNCP",
                "stacks_into.0.code": "rncp38093bc05",
                "stacks_into.0.label": "Bloc 5",
            },
            "stacks_into",
            [
                {
                    "framework": "RNCP",
                    "uri": "https://www.francecompetences.fr/recherche/rncp/38093/",
                    "label": "Bloc 5",
                    "code": "RNCP38093BC05",
                }
            ],
        ),
        ("reconnaissance", {"recognition.status": "badge"}, "recognition.status", "badge"),
        ("validite-prix", {"validity_months": "24"}, "validity_months", "24"),
        ("validite-prix", {"price_euros": ""}, "price_euros", ""),
        ("complement", {"further_information.fr": "Bottes."}, "further_information.fr", "Bottes."),
        (
            "acquis",
            {f"learning_outcomes.{FIRST_OUTCOME}.statement.fr": "Choisir"},
            f"learning_outcomes.{FIRST_OUTCOME}.statement.fr",
            "Choisir",
        ),
    ],
)
def test_field_is_saved_and_found_again(
    studio: Studio, section: str, typed: dict[str, object], field: str, held: object
) -> None:
    answer = studio.save(section, **typed)

    assert answer.status_code == 302
    assert studio.held(field) == held
    page = studio.client.get(answer["Location"]).content.decode()
    assert re.search(r"Gardé à \d+ h\s\d\d|Gardé à \d+\xa0h\xa0\d\d|Gardé à", page)


def test_what_cannot_be_read_is_kept_shown_again_and_said_with_422(studio: Studio) -> None:
    answer = studio.save("duree-niveau", workload_hours="abc", credits_ects="1")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="abc"' in page
    assert "n’est pas un nombre" in page
    assert 'role="alert"' in page
    assert (studio.held("workload_hours"), studio.held("credits_ects")) == ("21", "1")

    another_day = studio.client.get(studio.url("duree-niveau/")).content.decode()
    assert 'value="abc"' in another_day

    assert studio.save("duree-niveau", workload_hours="24").status_code == 302
    assert studio.held("workload_hours") == "24"
    assert 'value="abc"' not in studio.client.get(studio.url("duree-niveau/")).content.decode()


def test_field_changed_by_somebody_else_meanwhile_shows_both_texts_with_409(studio: Studio) -> None:
    karim = a_member(a_user(full_name="Karim Benali"), studio.organisation, Role.DESIGNER)
    opened = studio.form("participation")
    actions.save_field(
        specification=studio.draft,
        field="prerequisites.fr",
        value="Texte de Karim",
        seen="Pouvoir travailler dehors une journée.",
        by=karim,
    )

    answer = studio.client.post(
        studio.url("participation/"),
        {**opened, "prerequisites.fr": "Texte de Claire", "participation": ["online"], "do": ""},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Texte de Karim" in page
    assert "Texte de Claire" in page
    assert "Claire Delmas" in page
    assert studio.held("prerequisites.fr") == "Texte de Karim"
    # What nobody else touched is saved all the same.
    assert studio.held("participation") == ["online"]

    kept = studio.draft.set_aside.get()
    studio.save("participation", do=f"take:{kept.id}")
    assert studio.held("prerequisites.fr") == "Texte de Claire"
    assert not studio.draft.set_aside.exists()


def test_choice_that_is_no_longer_there_does_no_harm(studio: Studio) -> None:
    for target in (
        "take:00000000-0000-0000-0000-000000000000",
        "leave:rien",
        "up:rien",
        "remove:rien",
        "suggest:rien",
    ):
        assert studio.save("titre", do=target).status_code == 302


def test_outcome_is_added_with_its_field_ready_and_what_was_typed_saved(studio: Studio) -> None:
    field = f"learning_outcomes.{FIRST_OUTCOME}.statement.fr"

    answer = studio.save("acquis", do="add", **{field: "Choisir sur pied"})

    outcomes = Specification.objects.get(id=studio.draft.id).read().learning_outcomes
    assert studio.held(field) == "Choisir sur pied"
    assert len(outcomes) == 4
    page = studio.client.get(answer["Location"]).content.decode()
    assert re.search(
        rf'id="[^"]+" name="learning_outcomes\.{outcomes[-1].id}\.statement\.fr"[^>]* autofocus', page
    )


def test_outcomes_move_and_go_by_their_buttons(studio: Studio) -> None:
    studio.save("acquis", do=f"up:{THIRD_OUTCOME}")
    studio.save("acquis", do=f"down:{FIRST_OUTCOME}")
    studio.save("acquis", do=f"remove:{SECOND_OUTCOME}")

    outcomes = Specification.objects.get(id=studio.draft.id).read().learning_outcomes
    assert [o.id for o in outcomes] == [THIRD_OUTCOME, FIRST_OUTCOME]


def test_text_of_an_outcome_removed_meanwhile_is_shown_and_can_be_brought_back(studio: Studio) -> None:
    field = f"learning_outcomes.{SECOND_OUTCOME}.statement.fr"
    opened = studio.form("acquis")
    actions.remove_outcome(specification=studio.draft, outcome_id=SECOND_OUTCOME, by=studio.designer)

    answer = studio.client.post(studio.url("acquis/"), {**opened, field: "Texte orphelin", "do": ""})

    assert answer.status_code == 409
    assert "Texte orphelin" in answer.content.decode()
    studio.save("acquis", do=f"take:{studio.draft.set_aside.get().id}")
    assert studio.held(field) == "Texte orphelin"


def test_links_of_an_outcome_are_rows_of_their_own(studio: Studio) -> None:
    prefix = f"learning_outcomes.{FIRST_OUTCOME}.alignments"

    studio.save(
        "acquis",
        **{
            f"{prefix}.0.framework": "ESCO",
            f"{prefix}.0.label": "tailler des haies",
            f"{prefix}.0.uri": "http://data.europa.eu/esco/skill/1",
        },
    )
    assert studio.held(prefix) == [
        {"framework": "ESCO", "uri": "http://data.europa.eu/esco/skill/1", "label": "tailler des haies"}
    ]

    studio.save("acquis", do=f"drop:{prefix}|0")
    assert studio.held(prefix) == []


def test_row_is_removed_by_its_button_and_the_others_stay(studio: Studio) -> None:
    studio.save("qualite", **{"quality_assurance.1.name.fr": "Label"})

    studio.save("qualite", do="drop:quality_assurance|0")

    assert [row["name"]["fr"] for row in studio.held("quality_assurance")] == ["Label"]


def test_valid_accreditation_is_suggested_and_taken_in_one_gesture(studio: Studio) -> None:
    an_accreditation(studio.organisation, name="Agrément bocage")
    assert "Ajouter «\xa0Agrément bocage\xa0»" in studio.client.get(studio.url("qualite/")).content.decode()

    studio.save("qualite", do="suggest:Agrément bocage")

    assert [row["name"]["fr"] for row in studio.held("quality_assurance")] == ["Qualiopi", "Agrément bocage"]
    assert "Ajouter «\xa0Agrément bocage" not in studio.client.get(studio.url("qualite/")).content.decode()


def test_another_language_gets_a_field_beside_the_others(studio: Studio) -> None:
    answer = studio.save("titre", do="language", new_language="oc", **{"title.fr": "Gardé d'abord"})

    assert answer["Location"].endswith("?langue=oc")
    page = studio.client.get(answer["Location"]).content.decode()
    assert 'name="title.oc"' in page
    assert 'lang="oc"' in page
    assert studio.held("title.fr") == "Gardé d'abord"
    assert 'name="title.oc"' not in studio.client.get(studio.url("titre/")).content.decode()


def test_advice_stands_under_its_field_and_blocks_nothing(studio: Studio) -> None:
    field = f"learning_outcomes.{FIRST_OUTCOME}.statement.fr"

    answer = studio.save("acquis", **{field: "Comprendre le bocage"})

    page = studio.client.get(answer["Location"]).content.decode()
    assert "«\xa0comprendre\xa0» ne s’observe pas" in page


def test_missing_elements_and_units_are_named_in_the_language_of_the_page(studio: Studio) -> None:
    empty = a_specification(studio.organisation, content=SpecificationContent())
    url = f"/atelier/dossier/{empty.id}/validite-prix/"

    french = studio.client.get(url, headers={"accept-language": "fr"}).content.decode()
    english = studio.client.get(url, headers={"accept-language": "en"}).content.decode()
    home = studio.client.get("/atelier/", headers={"accept-language": "en"}).content.decode()

    for words, translation in {"Charge de travail": "Workload", ">mois<": ">months<"}.items():
        assert words in french
        assert words not in english
        assert translation in english
    assert "11 elements missing, among them: title" in " ".join(home.split())


def test_contents_and_missing_elements_are_said_in_words(studio: Studio) -> None:
    empty = a_specification(studio.organisation, content=SpecificationContent())
    url = f"/atelier/dossier/{empty.id}/"

    assert studio.client.get(url)["Location"] == f"{url}titre/"
    page = studio.client.get(f"{url}titre/").content.decode()

    assert page.count('class="pas non"') == 7
    assert page.count('class="pas libre"') == 3
    assert "Il manque encore 11 éléments" in page
    assert "employeur" in page
    assert f"{url}duree-niveau/#f-workload-hours" in page


def test_finished_file_opens_on_its_first_section(studio: Studio) -> None:
    assert studio.client.get(studio.url())["Location"] == studio.url("titre/")


def test_sections_that_do_not_exist_are_not_found(studio: Studio) -> None:
    assert studio.client.get(studio.url("poesie/")).status_code == 404


def test_what_no_page_of_ours_sends_is_left_alone(studio: Studio) -> None:
    before = studio.draft.read()

    answer = studio.client.post(
        studio.url("titre/"),
        {
            "seen:rien": '""',
            "rien": "x",
            "seen:title.fr": "{pas du JSON",
            "title.fr": "Plesser une haie",
            "do": "?",
        },
    )

    assert answer.status_code == 302
    assert Specification.objects.get(id=studio.draft.id).read() == before


def test_words_that_only_a_register_allows_are_pointed_out_in_the_section(studio: Studio) -> None:
    answer = studio.save("titre", **{"description.fr": "Formation éligible au CPF."})

    page = studio.client.get(answer["Location"]).content.decode()
    assert "seules les certifications et les blocs inscrits" in page


def test_script_like_text_is_shown_as_text(studio: Studio) -> None:
    nasty = '</textarea><script>alert("x")</script>\u202eنص'

    studio.save("titre", **{"description.fr": nasty})

    page = studio.client.get(studio.url("titre/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert studio.held("description.fr") == nasty


def test_field_is_saved_alone_for_the_script(studio: Studio) -> None:
    answer = studio.client.post(
        studio.url("champ/"),
        {"field": "workload_hours", "seen:workload_hours": '"21"', "workload_hours": "24"},
    )

    said = answer.json()
    assert (answer.status_code, said["state"], json.loads(said["seen"]), said["percent"]) == (
        200,
        "saved",
        "24",
        100,
    )
    assert re.fullmatch(r"Gardé à \d+\xa0h \d\d|Gardé à \d+ h \d\d|Gardé à \d+\xa0h\xa0\d\d", said["message"])
    assert studio.held("workload_hours") == "24"


@pytest.mark.parametrize(
    ("typed", "seen", "state"),
    [("abc", "21", "unreadable"), ("24", "20", "conflict"), ("21", "21", "unchanged"), ("", "21", "saved")],
)
def test_field_alone_says_what_became_of_it(studio: Studio, typed: str, seen: str, state: str) -> None:
    answer = studio.client.post(
        studio.url("champ/"),
        {"field": "workload_hours", "seen:workload_hours": json.dumps(seen), "workload_hours": typed},
    )

    said = answer.json()
    assert (answer.status_code, said["state"]) == (200, state)
    assert bool(said["problem"]) == (state == "unreadable")
    assert studio.held("workload_hours") == ("" if state == "saved" else "21")


def test_field_alone_gives_back_its_advice(studio: Studio) -> None:
    field = f"learning_outcomes.{FIRST_OUTCOME}.statement.fr"

    answer = studio.client.post(
        studio.url("champ/"),
        {"field": field, f"seen:{field}": json.dumps("Choisir les brins à coucher"), field: "Savoir choisir"},
    )

    assert answer.json()["advice"] == [
        "«\xa0Savoir\xa0» peut s’enlever\xa0: commencez par «\xa0choisir\xa0», qui s’observe."
    ]


def test_unknown_field_alone_is_refused(studio: Studio) -> None:
    assert studio.client.post(studio.url("champ/"), {"field": "titre", "titre": "x"}).status_code == 422
    assert studio.client.get(studio.url("champ/")).status_code == 405


@pytest.mark.parametrize(
    ("section", "field", "typed", "held"),
    [
        ("duree-niveau", "workload_hours", "21 h", "21"),
        ("duree-niveau", "workload_hours", "10,5 heures", "10.5"),
        ("validite-prix", "price_euros", "60 €", "60"),
        ("validite-prix", "validity_months", "36 mois", "36"),
    ],
)
def test_unit_written_beside_its_number_is_no_fault(
    studio: Studio, section: str, field: str, typed: str, held: str
) -> None:
    answer = studio.save(section, **{field: typed})

    assert answer.status_code == 302
    assert str(studio.held(field)) == held


def test_criterion_is_written_with_the_outcomes_it_looks_at_and_keeps_its_identity(studio: Studio) -> None:
    studio.save(
        "evaluation",
        **{
            "criteria.0.statement.fr": "La haie tient au vent",
            "criteria.0.outcomes": [FIRST_OUTCOME, SECOND_OUTCOME],
        },
    )
    studio.draft.refresh_from_db()
    (first,) = Specification.objects.get(id=studio.draft.id).read().criteria

    studio.save("evaluation", **{"criteria.0.statement.fr": "La haie tient au vent d'ouest"})

    (again,) = Specification.objects.get(id=studio.draft.id).read().criteria
    assert (again.id, again.outcomes) == (first.id, (FIRST_OUTCOME, SECOND_OUTCOME))
    assert str(again.statement) == "La haie tient au vent d'ouest"


def test_step_of_the_outline_takes_its_unit_and_shows_in_the_reading(studio: Studio) -> None:
    studio.save(
        "participation",
        **{
            "modules.0.title.fr": "Au pied de la haie",
            "modules.0.hours": "3,5 h",
            "modules.0.participation": "on_site",
            "modules.0.outcomes": [THIRD_OUTCOME],
        },
    )

    (module,) = Specification.objects.get(id=studio.draft.id).read().modules
    assert (str(module.hours), module.participation, module.outcomes) == ("3.5", "on_site", (THIRD_OUTCOME,))
    reading = studio.client.get(studio.url("lecture/")).content.decode()
    assert "Au pied de la haie · 3,5\u00a0h" in reading.replace("&nbsp;", "\u00a0").replace(
        "\u202f", "\u00a0"
    )


def test_hours_of_a_step_that_are_no_number_are_kept_and_said(studio: Studio) -> None:
    answer = studio.save("participation", **{"modules.0.title.fr": "Au champ", "modules.0.hours": "un jour"})

    assert answer.status_code == 422
    assert "un jour" in answer.content.decode()
    assert Specification.objects.get(id=studio.draft.id).read().modules == ()


def test_ticked_boxes_alone_make_no_row(studio: Studio) -> None:
    studio.save("evaluation", **{"criteria.0.outcomes": [FIRST_OUTCOME]})

    assert Specification.objects.get(id=studio.draft.id).read().criteria == ()
