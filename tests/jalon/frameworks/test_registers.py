"""RNCP and RS: what is kept of a fiche, from the XML flow or the CSV export, and what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.factories.frameworks import block_xml, fiche_xml, flow, imported, successor_xml

from jalon.foundation import clock
from jalon.frameworks.errors import ImportFileError, UnknownFilesError, WrongFrameworkError
from jalon.frameworks.models import Concept, ConceptRelation, Replacement
from jalon.frameworks.queries.concepts import active_certification, blocks_of, concept_at
from jalon.frameworks.queries.fates import fate_of
from jalon.frameworks.rules import fiches
from jalon.frameworks.rules.fates import Heir, as_kept
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, Fate

pytestmark = pytest.mark.django_db

OLD = "https://www.francecompetences.fr/recherche/rncp/100/"
NEW = "https://www.francecompetences.fr/recherche/rncp/200/"
LATER = "https://www.francecompetences.fr/recherche/rncp/300/"


@pytest.fixture(autouse=True)
def in_2026() -> object:
    with clock.frozen(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        yield


def test_a_fiche_is_kept_with_its_blocs(tmp_path: Path) -> None:
    blocks = block_xml("RNCP38093BC01", "Se situer", "Situer son métier", "Entretien") + block_xml(
        "RNCP38093BC02"
    )
    more = (
        "<CODES_NSF><NSF><CODE>210</CODE><LIBELLE>Agriculture</LIBELLE></NSF></CODES_NSF>"
        "<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>MINISTERE</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>"
        "<SI_JURY_VAE><ACTIF>Oui</ACTIF></SI_JURY_VAE><SI_JURY_FI><ACTIF>Non</ACTIF></SI_JURY_FI>"
        "<PARTENAIRES><PARTENAIRE><NOM_PARTENAIRE>X</NOM_PARTENAIRE></PARTENAIRE></PARTENAIRES>"
    )

    imported("rncp", flow(tmp_path / "f_2026-08-16.xml", fiche_xml(blocks=blocks, more=more)))

    fiche = concept_at("rncp38093")
    assert fiche is not None
    assert (fiche.kind, fiche.valid_until) == (ConceptKind.CERTIFICATION, date(2029, 1, 1))
    assert fiche.last_edition.version == "2026-08-16"
    assert fiche.facts["nsf"] == [{"code": "210", "label": "Agriculture"}]
    assert fiche.facts["access_routes"] == ["experience"]
    assert fiche.facts["certifiers"] == [{"name": "MINISTERE", "siret": "", "is_active": False}]
    assert (fiche.facts["level"], fiche.facts["is_active"]) == (4, True)
    block = blocks_of(fiche)[0]
    assert (block.code, block.uri) == ("RNCP38093BC01", f"{fiches.page('RNCP38093')}#RNCP38093BC01")
    assert block.description() == "Situer son métier"
    assert block.facts["assessment"] == "Entretien"
    assert [b.code for b in blocks_of(fiche)] == ["RNCP38093BC01", "RNCP38093BC02"]


def test_blocs_with_wrong_or_doubled_codes_are_all_kept(tmp_path: Path) -> None:
    blocks = block_xml("01", "Premier") + block_xml("01", "Second") + block_xml("", "Sans code")

    outcome = imported("rncp", flow(tmp_path / "f.xml", fiche_xml(blocks=blocks)), version="2026-08-16")

    page = fiches.page("RNCP38093")
    kept = Concept.objects.filter(kind=ConceptKind.BLOCK).order_by("pk").values_list("uri", flat=True)
    assert list(kept) == [f"{page}#RNCP38093-01", f"{page}#RNCP38093-01-2"]
    assert outcome.report.skipped["block"]["count"] == 1


def test_a_replaced_fiche_leads_to_the_last_one_of_its_line(tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.xml",
        fiche_xml("RNCP100", "Ancienne", active="Non", end="31/08/2024", more=successor_xml("RNCP200")),
        fiche_xml("RNCP200", "Moyenne", active="Non", end="31/08/2025", more=successor_xml("RNCP300")),
        fiche_xml("RNCP300", "Nouvelle"),
    )

    outcome = imported("rncp", path, version="2026-08-16")

    fate = fate_of([OLD])[OLD]
    assert (fate.fate, fate.ended_on) == (Fate.REPLACED, date(2024, 8, 31))
    assert fate.heirs == (Heir(LATER, "Nouvelle", "RNCP300", is_current=True),)
    assert outcome.report.counts["replaced"] == 2


def test_a_fiche_with_several_heirs_is_split(tmp_path: Path) -> None:
    heirs = successor_xml("RNCP200") + successor_xml("RNCP300")
    old = fiche_xml("RNCP100", active="Non", end="31/08/2024", more=heirs)

    outcome = imported("rncp", flow(tmp_path / "f.xml", old), version="2026-08-16")

    fate = fate_of([OLD])[OLD]
    assert fate.fate == Fate.SPLIT
    assert [heir.uri for heir in fate.heirs] == [NEW, LATER]
    assert outcome.report.counts["split"] == 1


def test_a_successor_that_names_itself_or_its_ancestor_ends(tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.xml",
        fiche_xml("RNCP100", active="Non", end="31/08/2024", more=successor_xml("RNCP200")),
        fiche_xml("RNCP200", more=successor_xml("RNCP100") + successor_xml("RNCP200")),
    )

    imported("rncp", path, version="2026-08-16")

    assert [heir.uri for heir in fate_of([OLD])[OLD].heirs] == [NEW]


def test_a_bloc_of_a_replaced_fiche_points_to_the_new_fiche(tmp_path: Path) -> None:
    old = fiche_xml(
        "RNCP100",
        active="Non",
        end="31/08/2024",
        blocks=block_xml("RNCP100BC01"),
        more=successor_xml("RNCP200"),
    )
    imported("rncp", flow(tmp_path / "f.xml", old, fiche_xml("RNCP200", "Nouvelle")), version="2026-08-16")

    fate = fate_of([f"{OLD}#RNCP100BC01"])[f"{OLD}#RNCP100BC01"]

    assert fate.fate == Fate.REPLACED
    assert [heir.code for heir in fate.heirs] == ["RNCP200"]


@pytest.mark.parametrize(
    ("end", "active", "expected"),
    [
        ("01/09/2026", "Oui", Fate.CURRENT),
        ("31/08/2026", "Oui", Fate.ENDED),
        ("01/01/2029", "Non", Fate.ENDED),
    ],
)
def test_a_registration_holds_through_its_last_day(
    tmp_path: Path, end: str, active: str, expected: Fate
) -> None:
    imported(
        "rncp", flow(tmp_path / "f.xml", fiche_xml("RNCP100", end=end, active=active)), version="2026-08-16"
    )

    assert fate_of([OLD])[OLD].fate == expected
    assert (active_certification("RNCP100") is not None) == (expected == Fate.CURRENT)


def test_nothing_is_said_against_what_was_never_imported() -> None:
    fate = fate_of(["http://data.europa.eu/esco/skill/none"])["http://data.europa.eu/esco/skill/none"]

    assert fate.fate == Fate.UNKNOWN
    assert fate.is_fine


@pytest.mark.parametrize(
    "typed",
    [
        "http://www.francecompetences.fr/recherche/rncp/100",
        "https://www.francecompetences.fr/recherche/RNCP/100/",
        "https://francecompetences.fr/recherche/rncp/100#RNCP100BC01",
        " https://www.francecompetences.fr/recherche/rncp/100/",
    ],
)
def test_the_address_of_a_fiche_is_known_however_it_was_copied(tmp_path: Path, typed: str) -> None:
    imported(
        "rncp",
        flow(
            tmp_path / "f.xml",
            fiche_xml("RNCP100", active="Non", end="31/08/2024", more=successor_xml("RNCP200")),
            fiche_xml("RNCP200"),
        ),
        version="2026-08-16",
    )

    fate = fate_of([typed])[typed]

    assert (fate.uri, fate.fate, [heir.uri for heir in fate.heirs]) == (typed, Fate.REPLACED, [NEW])
    found = concept_at(typed)
    assert (found is not None) == ("#" not in typed)


@pytest.mark.parametrize(
    "address",
    ["http://data.europa.eu/esco/skill/x", "https://www.francecompetences.fr/", "urn:jalon:nsf:212", ""],
)
def test_other_addresses_are_left_as_they_are(address: str) -> None:
    assert as_kept(address) == address


def test_an_archived_fiche_is_withdrawn(tmp_path: Path) -> None:
    archived = fiche_xml("RNCP100").replace("Publiée", "Dépubliée/Archivée")

    imported("rncp", flow(tmp_path / "f.xml", archived), version="2026-08-16")

    assert Concept.objects.get().status == ConceptStatus.WITHDRAWN


def test_a_date_that_does_not_exist_is_told_and_the_fiche_kept(tmp_path: Path) -> None:
    outcome = imported("rncp", flow(tmp_path / "f.xml", fiche_xml(end="31/02/2027")), version="2026-08-16")

    assert Concept.objects.get().valid_until is None
    assert outcome.report.skipped["date"]["examples"][0]["met"] == "31/02/2027"


def test_rows_of_a_flow_that_are_wrong_are_told_and_the_others_kept(tmp_path: Path) -> None:
    path = flow(
        tmp_path / "f.xml",
        fiche_xml("RNCP100"),
        fiche_xml("RNCP100", "Double"),
        fiche_xml("RS6396"),
        fiche_xml("numéro"),
        fiche_xml("RNCP200", title=""),
    )

    outcome = imported("rncp", path, version="2026-08-16")

    reasons = {reason: each["count"] for reason, each in outcome.report.skipped.items()}
    assert reasons == {"double": 1, "other_register": 1, "fiche_number": 1, "no_label": 1}
    assert Concept.objects.get().code == "RNCP100"


BOMB = """<?xml version="1.0"?>
<!DOCTYPE FICHES [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>&b;&c;</INTITULE></FICHE></FICHES>
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "entities"),
        ("<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>coupée", "xml"),
        ("<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE></FICHE></AUTRE>", "xml"),
        ("<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE>" + "<A>" * 60, "xml_bounds"),
        ("<AUTRE><FICHES/><NUMERO_FICHE>RNCP1</NUMERO_FICHE></AUTRE>", "not_fiches"),
    ],
)
def test_a_flow_that_is_cut_or_hostile_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "f.xml").write_text(text, encoding="utf-8")

    with pytest.raises(ImportFileError) as refused:
        imported("rncp", tmp_path / "f.xml", version="2026-08-16")

    assert refused.value.code == f"frameworks.{code}"
    assert not Concept.objects.exists()


def test_a_fiche_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.frameworks.importers import fiche_stream

    monkeypatch.setattr(fiche_stream, "MAX_FICHE_SIGNS", 10_000)
    path = flow(tmp_path / "f.xml", fiche_xml(title="a" * 20_000))

    with pytest.raises(ImportFileError) as refused:
        imported("rncp", path, version="2026-08-16")

    assert refused.value.code == "frameworks.xml_bounds"


def test_each_register_is_told_from_the_other(tmp_path: Path) -> None:
    path = flow(tmp_path / "f.xml", fiche_xml("RS6396"))

    with pytest.raises(WrongFrameworkError) as refused:
        imported("rncp", path)

    assert refused.value.facts["is_of"] == "rs"


def test_an_xml_of_something_else_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text("<lheo/>", encoding="utf-8")

    with pytest.raises(UnknownFilesError):
        imported("rncp", tmp_path / "f.xml")


def test_the_real_extracts_are_read_whole(shared: Path) -> None:
    folder = shared / "france" / "data" / "rncp"

    rncp = imported("rncp", folder / "export_fiches_RNCP_V4_1_extract.xml")
    rs = imported("rs", folder / "export_fiches_RS_V4_1_extract.xml")

    assert (rncp.report.counts["read"], rncp.report.skipped) == (65, {})
    assert (rs.report.counts["read"], rs.report.skipped) == (8, {})
    assert rncp.report.notes == [{"code": "dated_today", "facts": {"version": "2026-09-01"}}]
    assert fate_of([fiches.page("RNCP34762")])[fiches.page("RNCP34762")].heirs[0].code == "RNCP39568"


def test_the_csv_export_holds_both_registers(shared: Path) -> None:
    folder = shared / "france" / "data" / "rncp" / "csv_2024-02-22"

    rncp = imported("rncp", folder)
    imported("rs", folder)

    assert rncp.edition.version == "2024-02-22"
    fiche = concept_at("RNCP509")
    assert fiche is not None
    assert fiche.facts["certifiers"][0]["siret"] == "11004301500012"
    assert fiche.facts["is_active"] is False
    assert set(fiche.facts["access_routes"]) == set(fiches.ACCESS_ROUTES)
    assert len(blocks_of(fiche)) == 6
    assert concept_at("RS6117") is not None
    assert Replacement.objects.filter(
        old_uri=fiches.page("RNCP19468"), new_uri=fiches.page("RS6117")
    ).exists()


def test_the_csv_leaves_what_only_the_flow_says(tmp_path: Path, shared: Path) -> None:
    blocks = block_xml("RNCP509BC05", "Ancien titre", "Calculer", "Écrit")
    imported("rncp", flow(tmp_path / "f.xml", fiche_xml("RNCP509", blocks=blocks)), version="2024-01-01")

    imported("rncp", shared / "france" / "data" / "rncp" / "csv_2024-02-22")

    block = Concept.objects.get(code="RNCP509BC05")
    assert block.label().startswith("UG2")
    assert block.facts["assessment"] == "Écrit"
    assert block.description() == "Calculer"


def test_a_bloc_that_left_its_fiche_is_withdrawn_with_its_relation_kept(tmp_path: Path) -> None:
    both = block_xml("RNCP100BC01") + block_xml("RNCP100BC02")
    imported("rncp", flow(tmp_path / "1.xml", fiche_xml("RNCP100", blocks=both)), version="2026-01-01")

    imported(
        "rncp",
        flow(tmp_path / "2.xml", fiche_xml("RNCP100", blocks=block_xml("RNCP100BC01"))),
        version="2026-02-01",
    )

    assert Concept.objects.get(code="RNCP100BC02").status == ConceptStatus.WITHDRAWN
    assert ConceptRelation.objects.count() == 2


def test_the_kit_adds_codes_of_diplomas_to_fiches_and_withdraws_nothing(tmp_path: Path, shared: Path) -> None:
    more = "<OBJECTIFS_CONTEXTE>Son contexte</OBJECTIFS_CONTEXTE>"
    path = flow(tmp_path / "f.xml", fiche_xml("RNCP37566", more=more), fiche_xml("RNCP100"))
    imported("rncp", path, version="2025-01-01")

    outcome = imported("rncp", shared / "france" / "data" / "rncp" / "kit_apprentissage_2025-01-31_rural.csv")

    fiche = concept_at("RNCP37566")
    assert fiche is not None
    assert fiche.facts["diploma_codes"] == ["01022103", "56122103"]
    assert (fiche.description(), fiche.valid_until) == ("Son contexte", date(2026, 8, 31))
    assert (outcome.edition.version, outcome.report.counts["withdrawn"]) == ("2025-01-31", 0)
