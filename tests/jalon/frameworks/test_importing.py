"""An edition is kept whole: twice changes nothing, killed goes on, later ones withdraw and never delete."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.frameworks import OCCUPATION, SKILL, esco_files, imported
from tests.jalon.conftest import Installation

from jalon.foundation.events import _receivers
from jalon.foundation.models import JournalEntry
from jalon.frameworks import labels
from jalon.frameworks.errors import (
    ImportFileError,
    OlderEditionError,
    UnknownFilesError,
    VersionNeededError,
    WrongFrameworkError,
)
from jalon.frameworks.events import ConceptsReplaced, EditionImported
from jalon.frameworks.models import Concept, ConceptRelation, Edition, Framework
from jalon.frameworks.queries.concepts import attribution, latest_edition
from jalon.frameworks.rules.kinds import ConceptStatus, EditionState

pytestmark = pytest.mark.django_db

HEADING = "occupationUri,relationType,skillType,skillUri\n"


def relation(kind: str, skill: str) -> str:
    return f"{OCCUPATION}plesseur,{kind},skill/competence,{SKILL}{skill}\n"


def labels_of(uri: str) -> dict[str, str]:
    return Concept.objects.get(uri=uri).labels


def test_an_edition_is_kept_with_its_source_its_languages_and_its_counts(tmp_path: Path) -> None:
    folder = esco_files(tmp_path / "fr", skills=("haie", "mare"))

    outcome = imported("esco", folder, version="1.2.0")

    edition = Edition.objects.get()
    assert (edition.framework_id, edition.version, edition.languages) == ("esco", "1.2.0", ["fr"])
    assert edition.state == EditionState.COMPLETE
    assert [source["name"] for source in edition.sources] == ["occupations_fr.csv", "skills_fr.csv"]
    assert {k: n for k, n in outcome.report.counts.items() if n} == {"read": 3, "new": 3}
    concept = Concept.objects.get(uri=SKILL + "haie")
    assert concept.labels == {"fr": "haie (fr)"}
    assert concept.alt_labels == {"fr": ["autre haie", "encore haie"]}
    assert concept.descriptions == {"fr": "Ce que haie demande."}
    assert concept.facts == {"reuse_level": "sector-specific"}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    folder = esco_files(tmp_path / "fr", occupationSkillRelations=HEADING + relation("essential", "haie"))
    imported("esco", folder, version="1.2.0")
    before = list(Concept.objects.order_by("pk").values())
    links = list(ConceptRelation.objects.order_by("pk").values())

    outcome = imported("esco", folder, version="1.2.0")

    assert list(Concept.objects.order_by("pk").values()) == before
    assert list(ConceptRelation.objects.order_by("pk").values()) == links
    assert (outcome.report.counts["new"], outcome.report.counts["changed"]) == (0, 0)
    assert outcome.report.counts["unchanged"] == 2


def test_languages_given_together_or_later_are_laid_side_by_side(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "fr"), esco_files(tmp_path / "en", "en"), version="1.2.0")
    assert labels_of(SKILL + "haie") == {"fr": "haie (fr)", "en": "haie (en)"}

    outcome = imported("esco", esco_files(tmp_path / "de", "de"), version="1.2.0")

    assert labels_of(SKILL + "haie") == {"fr": "haie (fr)", "en": "haie (en)", "de": "haie (de)"}
    assert outcome.edition.languages == ["fr", "en", "de"]
    assert Edition.objects.count() == 1


def test_the_second_language_of_a_new_concept_is_no_change(tmp_path: Path) -> None:
    outcome = imported("esco", esco_files(tmp_path / "fr"), esco_files(tmp_path / "en", "en"), version="1")

    assert (outcome.report.counts["new"], outcome.report.counts["changed"]) == (2, 0)


def test_a_later_edition_withdraws_what_it_lacks_and_deletes_nothing(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1", skills=("haie", "mare")), version="1.1")
    old = Concept.objects.get(uri=SKILL + "mare")

    outcome = imported("esco", esco_files(tmp_path / "2", skills=("haie", "pré")), version="1.2")

    old.refresh_from_db()
    assert old.status == ConceptStatus.WITHDRAWN
    assert old.last_edition.version == "1.1"
    assert outcome.report.counts["withdrawn"] == 1
    assert outcome.report.changes["withdrawn"] == [{"uri": SKILL + "mare", "label": "mare (fr)"}]
    assert outcome.gone == (SKILL + "mare",)
    assert Concept.objects.get(uri=SKILL + "pré").first_edition.version == "1.2"


def test_a_concept_that_comes_back_is_current_again(tmp_path: Path) -> None:
    for version, skills in (("1", ("haie", "mare")), ("2", ("haie",)), ("3", ("haie", "mare"))):
        imported("esco", esco_files(tmp_path / version, skills=skills), version=version)

    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.CURRENT


def test_a_relation_that_is_gone_is_kept_and_no_longer_current(tmp_path: Path) -> None:
    both = HEADING + relation("essential", "haie") + relation("optional", "mare")
    one = HEADING + relation("essential", "haie")
    for version, links in (("1", both), ("2", one)):
        folder = esco_files(tmp_path / version, skills=("haie", "mare"), occupationSkillRelations=links)
        imported("esco", folder, version=version)

    found = ConceptRelation.objects.order_by("kind").values_list("kind", "is_current")
    assert list(found) == [("essential", True), ("optional", False)]


def test_relations_stay_where_a_new_edition_does_not_speak_of_them(tmp_path: Path) -> None:
    links = HEADING + relation("essential", "haie")
    imported("esco", esco_files(tmp_path / "1", occupationSkillRelations=links), version="1")

    imported("esco", esco_files(tmp_path / "2"), version="2")

    assert ConceptRelation.objects.get().is_current


def test_an_extract_taken_for_the_whole_withdraws_nothing_until_a_person_says_so(tmp_path: Path) -> None:
    many = [f"compétence-{i}" for i in range(60)]
    imported("esco", esco_files(tmp_path / "1", skills=many), version="1")
    short = esco_files(tmp_path / "2", skills=many[:10])

    outcome = imported("esco", short, version="2")
    assert outcome.report.counts["withdrawn"] == 0
    assert outcome.report.notes == [{"code": "looks_partial", "facts": {"unseen": 50, "current": 61}}]

    outcome = imported("esco", short, version="2", is_whole=True)
    assert outcome.report.counts["withdrawn"] == 50


def test_an_extract_that_is_said_to_be_one_withdraws_nothing(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1", skills=("haie", "mare")), version="1")

    outcome = imported("esco", esco_files(tmp_path / "2", skills=("haie",)), version="2", is_partial=True)

    assert outcome.report.counts["withdrawn"] == 0
    assert Concept.objects.filter(status=ConceptStatus.WITHDRAWN).count() == 0


def test_the_same_version_again_withdraws_what_vanished_only_when_said_to_be_whole(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1", skills=("haie", "mare")), version="1")
    corrected = esco_files(tmp_path / "2", skills=("haie",))

    silent = imported("esco", corrected, version="1")
    whole = imported("esco", corrected, version="1", is_whole=True)

    assert silent.report.counts["withdrawn"] == 0
    assert (whole.report.counts["withdrawn"], whole.gone) == (1, (SKILL + "mare",))
    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.WITHDRAWN
    assert Concept.objects.get(uri=SKILL + "haie").status == ConceptStatus.CURRENT


def test_a_whole_file_of_one_kind_leaves_other_kinds_of_the_same_version(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1"), version="1")
    skills = esco_files(tmp_path / "2", skills=("mare",))
    (skills / "occupations_fr.csv").unlink()

    imported("esco", skills, version="1", is_whole=True)

    assert Concept.objects.get(uri=OCCUPATION + "plesseur").status == ConceptStatus.CURRENT
    assert Concept.objects.get(uri=SKILL + "haie").status == ConceptStatus.WITHDRAWN


def test_an_older_edition_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "new"), version="1.10")

    with pytest.raises(OlderEditionError) as refused:
        imported("esco", esco_files(tmp_path / "old", skills=("mare",)), version="1.9")

    assert refused.value.facts == {"framework": "esco", "later": "1.10", "version": "1.9"}
    assert "--version 1.10" in labels.sentence(refused.value.code, refused.value.facts)
    assert not Concept.objects.filter(uri=SKILL + "mare").exists()


def test_a_version_is_asked_for_where_nothing_tells_it(tmp_path: Path) -> None:
    with pytest.raises(VersionNeededError):
        imported("esco", esco_files(tmp_path / "fr"))


def test_essential_wins_over_optional_in_whatever_order(tmp_path: Path) -> None:
    links = (
        HEADING + relation("optional", "haie") + relation("essential", "haie") + relation("optional", "mare")
    )
    folder = esco_files(tmp_path / "fr", skills=("haie", "mare"), occupationSkillRelations=links)

    outcome = imported("esco", folder, version="1")

    kept = ConceptRelation.objects.order_by("target__uri").values_list("kind", "target__uri")
    assert list(kept) == [("essential", SKILL + "haie"), ("optional", SKILL + "mare")]
    assert outcome.report.skipped["essential_too"]["count"] == 1


def test_skipped_rows_are_counted_with_their_reason_and_place(tmp_path: Path) -> None:
    heading = "conceptUri,skillType,preferredLabel,altLabels,hiddenLabels,status,description\n"
    rows = (
        f"{SKILL}haie,skill/competence,plesser,,,released,\n"
        f"{SKILL}haie,skill/competence,plesser bis,,,released,\n"
        f"{SKILL}mare,skill/competence,,,,released,\n"
        "http://elsewhere.example/1,skill/competence,autre,,,released,\n"
        f"{SKILL}pre,knowledge\n"
    )
    links = HEADING + relation("essential", "nulle-part") + relation("parfois", "haie")
    folder = esco_files(tmp_path / "fr", skills=(), skills_=heading, occupationSkillRelations=links)
    (folder / "skills_fr.csv").write_text(heading + rows, encoding="utf-8")
    (folder / "skills__fr.csv").unlink()

    outcome = imported("esco", folder, version="1")

    reasons = {reason: each["count"] for reason, each in outcome.report.skipped.items()}
    assert reasons == {"double": 1, "no_label": 1, "address": 1, "width": 1, "unknown_end": 1, "relation": 1}
    assert outcome.report.skipped["no_label"]["examples"] == [
        {"where": "skills_fr.csv, ligne 4", "met": SKILL + "mare"}
    ]
    assert labels_of(SKILL + "haie") == {"fr": "plesser"}


def test_examples_of_what_was_skipped_are_bounded(tmp_path: Path) -> None:
    links = HEADING + "".join(relation("essential", f"nulle-part-{i}") for i in range(300))

    outcome = imported("esco", esco_files(tmp_path / "fr", occupationSkillRelations=links), version="1")

    assert outcome.report.skipped["unknown_end"]["count"] == 300
    assert len(outcome.report.skipped["unknown_end"]["examples"]) == 20


def test_a_file_of_another_framework_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongFrameworkError) as refused:
        imported("rncp", esco_files(tmp_path / "fr"))

    assert (refused.value.facts["is_of"], refused.value.facts["wanted"]) == ("esco", "rncp")


def test_a_file_of_nothing_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("nom,prénom\nRoux,Anne\n", encoding="utf-8")

    with pytest.raises(UnknownFilesError):
        imported("esco", tmp_path / "liste.csv")


def test_a_cut_file_fails_without_withdrawing_and_the_whole_one_completes_it(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1", skills=("haie", "mare")), version="1")
    folder = esco_files(tmp_path / "2", skills=("haie", "pré"))
    whole = (folder / "skills_fr.csv").read_text(encoding="utf-8")
    (folder / "skills_fr.csv").write_text(whole[: whole.rindex("encore")], encoding="utf-8")

    with pytest.raises(ImportFileError):
        imported("esco", folder, version="2")

    edition = Edition.objects.get(version="2")
    assert edition.state == EditionState.FAILED
    assert edition.report["error"]["code"] == "frameworks.cut"
    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.CURRENT
    assert latest_edition("esco") == Edition.objects.get(version="1")

    (folder / "skills_fr.csv").write_text(whole, encoding="utf-8")
    outcome = imported("esco", folder, version="2")

    assert outcome.edition.state == EditionState.COMPLETE
    assert "error" not in Edition.objects.get(version="2").report
    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.WITHDRAWN


def test_what_happened_is_announced_and_journalled(tmp_path: Path) -> None:
    heard: list[object] = []
    for event in (EditionImported, ConceptsReplaced):
        _receivers[event].append(heard.append)
    try:
        imported("esco", esco_files(tmp_path / "1", skills=("haie", "mare")), version="1")
        imported("esco", esco_files(tmp_path / "2", skills=("haie",)), version="2")
    finally:
        for event in (EditionImported, ConceptsReplaced):
            _receivers[event].remove(heard.append)

    assert [type(each).__name__ for each in heard] == [
        "EditionImported",
        "EditionImported",
        "ConceptsReplaced",
    ]
    assert heard[2] == ConceptsReplaced("esco", "2", (SKILL + "mare",))
    entry = JournalEntry.objects.get(object_id="esco 2")
    assert (entry.verb, entry.facts) == ("framework.imported", {"read": 2, "unchanged": 2, "withdrawn": 1})


def test_the_attribution_names_the_edition(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "1"), version="1.2.0")

    assert attribution("esco").endswith("(version 1.2.0).")
    assert "ESCO classification of the European Commission" in attribution("esco", "en")
    assert attribution("rome") == ""
    assert Framework.objects.get().licence


def test_a_batch_asks_the_database_as_often_for_many_concepts_as_for_few(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few = esco_files(tmp_path / "few", skills=[f"a{i}" for i in range(3)])
    many = esco_files(tmp_path / "many", skills=[f"b{i}" for i in range(90)])
    with CaptureQueriesContext(connection) as for_few:
        imported("esco", few, version="1", is_partial=True)
    with CaptureQueriesContext(connection) as for_many:
        imported("esco", many, version="2", is_partial=True)

    assert len(for_many) <= len(for_few) + 2


KILLED = """
import os
from pathlib import Path
from jalon.frameworks.actions import importing
importing.BATCH_RECORDS = 10
from tests.factories.frameworks import imported
import jalon.frameworks.actions.keeping as keeping
keep, kept = keeping.Keeper.keep, []
def killed_after_three(self, records):
    keep(self, records)
    kept.append(1)
    if len(kept) == int(os.environ["KILL_AFTER"]):
        os.kill(os.getpid(), 9)
keeping.Keeper.keep = killed_after_three
imported("esco", Path(os.environ["FOLDER"]), version="1")
"""
GOES_ON = """
import os
from pathlib import Path
from jalon.frameworks.actions import importing
importing.BATCH_RECORDS = 10
from tests.factories.frameworks import imported
from jalon.frameworks.models import Concept, ConceptRelation, Edition
import jalon.frameworks.actions.keeping as keeping
keep, batches = keeping.Keeper.keep, []
def counted(self, records):
    batches.append(1)
    keep(self, records)
keeping.Keeper.keep = counted
begun = Concept.objects.count()
outcome = imported("esco", Path(os.environ["FOLDER"]), version="1")
counts = outcome.report.counts
print(begun, outcome.resumed, len(batches), Concept.objects.count(), ConceptRelation.objects.count(),
      Edition.objects.get().state, counts["new"], counts["changed"], counts["unchanged"])
"""


def _killed_and_gone_on(installation: Installation, tmp_path: Path) -> str:
    skills = [f"compétence-{i}" for i in range(45)]
    links = HEADING + "".join(relation("essential", each) for each in skills)
    folder = str(esco_files(tmp_path / "both", skills=skills, occupationSkillRelations=links))
    esco_files(tmp_path / "both", "en", skills=skills)

    process = installation.start(KILLED, FOLDER=folder, KILL_AFTER="3")
    process.wait(timeout=120)
    assert process.returncode == -9

    return installation.run(GOES_ON, FOLDER=folder)


def test_a_killed_import_goes_on_where_it_was(installation: Installation, tmp_path: Path) -> None:
    told = _killed_and_gone_on(installation, tmp_path)

    # Two batches of ten were kept, the third one died with its transaction. Left: three of one language, five
    # of the other, one for each list of occupations, five of relations. The second language is no change.
    assert told == "20 True 15 46 45 complete 46 0 0"


@pytest.mark.postgresql
def test_a_killed_import_goes_on_where_it_was_on_postgresql(
    postgresql_installation: Installation, tmp_path: Path
) -> None:
    told = _killed_and_gone_on(postgresql_installation, tmp_path)

    assert told == "20 True 15 46 45 complete 46 0 0"


def _one_nameless(path: Path) -> Path:
    """The same files, in which the last skill has no name in this language."""
    table = path / "skills_fr.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",mare (fr),", ",,"), encoding="utf-8")
    return path


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_concept_that_is_not_translated_is_not_withdrawn(tmp_path: Path, is_whole: bool) -> None:
    skills = ("haie", *"abcdef", "mare")
    both = [esco_files(tmp_path / "1", language, skills=skills) for language in ("en", "fr")]
    imported("esco", *both, version="1")

    outcome = imported(
        "esco",
        _one_nameless(esco_files(tmp_path / "2", skills=skills)),
        version="2",
        is_whole=is_whole,
    )

    assert outcome.report.counts["withdrawn"] == 0
    assert outcome.report.counts["skipped"] == 1
    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.CURRENT
    assert labels_of(SKILL + "mare") == {"en": "mare (en)", "fr": "mare (fr)"}


def test_a_concept_that_comes_back_without_a_name_is_current_again(tmp_path: Path) -> None:
    skills = ("haie", *"abcdef")
    imported("esco", esco_files(tmp_path / "1", skills=(*skills, "mare")), version="1")
    imported("esco", esco_files(tmp_path / "2", skills=skills), version="2")
    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.WITHDRAWN

    imported("esco", _one_nameless(esco_files(tmp_path / "3", skills=(*skills, "mare"))), version="3")

    assert Concept.objects.get(uri=SKILL + "mare").status == ConceptStatus.CURRENT
