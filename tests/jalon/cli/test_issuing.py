"""`jalon issue`, from a list to signed files."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from tests.jalon.cli.conftest import EXAMPLES, Jalon, Ran

from jalon.cli import ledger, publication
from jalon.foundation import clock

HOLDERS = "Nom;Prénom;Né le\nVidal;Élodie;07/03/1984\nPagès;Jérôme;30/09/1968\n"
Write = Callable[..., Path]


def issue(
    jalon: Jalon, specification: Path, holders: Path, out: Path, *more: object, **environment: str
) -> Any:
    ran = jalon(
        "issue",
        "--specification",
        specification,
        "--holders",
        holders,
        "--out",
        out,
        "--json",
        *more,
        **environment,
    )
    assert ran.code == 0, ran.err
    return ran.json


def changed(specification: Path, path: Path, **changes: object) -> Path:
    """A copy of the example with other values; None takes a key away."""
    document = yaml.safe_load(specification.read_text(encoding="utf-8"))
    for key, value in changes.items():
        document.pop(key, None)
        if value is not None:
            document[key] = value
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path


def test_the_examples_are_issued_and_verified(jalon: Jalon, tmp_path: Path) -> None:
    report = issue(jalon, EXAMPLES / "specification.yaml", EXAMPLES / "holders.csv", tmp_path / "out")

    assert (report["issued"], report["already"], report["rejected"]) == (5, 0, [])
    assert sorted(report["files"]) == sorted(map(str, (tmp_path / "out").glob("*.json")))
    assert len(report["files"]) == 5
    assert jalon("verify", *report["files"]).code == 0


def test_each_element_of_annex_one_is_in_the_signed_file(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom;Né le\nVidal;Élodie;07/03/1984\n")

    (path,) = issue(jalon, specification, listed, tmp_path / "out")["files"]

    text = Path(path).read_text(encoding="utf-8")

    for words in (
        "Élodie Vidal",
        "Composter les déchets",
        '"FR"',
        "Atelier du Haut-Plateau",
        "Doser les apports",
        "28",
    ):
        assert words in text
    # A birth date tells namesakes apart on the list; nobody who is shown the file learns it.
    assert "1984-03-07" not in text
    assert "07/03/1984" not in text


def test_the_report_has_the_shape_that_was_promised(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = holders(HOLDERS + "Le Goff;Maëlle;31/02/1990\nVIDAL; élodie ;07/03/1984\n")

    report = issue(jalon, specification, path, tmp_path / "out")

    assert list(report) == ["issued", "already", "rejected", "files", "losses"]
    assert report["issued"] == len(report["files"]) == 2
    assert [(r["row"], r["column"], r["code"]) for r in report["rejected"]] == [
        (4, "Né le", "date_impossible"),
        (5, "Nom", "repeated"),
    ]
    assert "31/02/1990" in report["rejected"][0]["message"]


def test_an_excel_list_with_real_dates_is_issued(jalon: Jalon, specification: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Session"],
        [],
        ["Prénom", "Nom", "Né(e) le"],
        ["Zoé", "Roux", date(1990, 1, 2)],
    ):
        book.active.append(row)
    book.save(tmp_path / "liste.xlsx")

    report = issue(jalon, specification, tmp_path / "liste.xlsx", tmp_path / "out")

    assert (report["issued"], report["rejected"]) == (1, [])


def test_the_same_list_twice_awards_nobody_twice(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    issue(jalon, specification, holders(HOLDERS), tmp_path / "out")
    longer = holders(HOLDERS + "Roux;Zoé;01/01/1990\n", "plus.csv")

    again = issue(jalon, specification, longer, tmp_path / "out")

    assert (again["issued"], again["already"]) == (1, 2)
    assert len(list((tmp_path / "out").glob("*.json"))) == 3


def test_people_known_by_name_alone_are_already_and_shown(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = holders("Nom complet\nMarie Martin\n")
    issue(jalon, specification, path, tmp_path / "out")

    ran = jalon("issue", "--specification", specification, "--holders", path, "--out", tmp_path / "out")

    assert "Marie Martin l’avait déjà, sans date de naissance" in ran.out


def test_a_homonym_waits_for_a_person_to_say_so_and_the_answer_can_be_given_twice(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = holders("Nom complet\nMarie Martin\nmarie martin\n")
    first = issue(jalon, specification, path, tmp_path / "out")
    second = issue(jalon, specification, path, tmp_path / "out", "--distinct", "3")
    third = issue(jalon, specification, path, tmp_path / "out", "--distinct", "3")

    assert (first["issued"], [r["code"] for r in first["rejected"]]) == (1, ["homonym"])
    assert (second["issued"], second["already"]) == (1, 1)
    assert (third["issued"], third["already"]) == (0, 2)


def test_a_namesake_of_somebody_awarded_earlier_waits_too(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    issue(jalon, specification, holders("Nom complet;Né le\nMarie Martin;01/01/1990\n"), tmp_path / "out")

    report = issue(jalon, specification, holders("Nom complet\nMarie Martin\n", "b.csv"), tmp_path / "out")

    assert (report["issued"], report["already"]) == (0, 0)
    assert [r["code"] for r in report["rejected"]] == ["homonym.known"]


def test_after_expiry_a_new_award_needs_a_gesture(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    short = changed(specification, tmp_path / "s.yaml", validity_months=1)
    path = holders(HOLDERS)
    with clock.frozen(datetime(2026, 1, 2, 9, tzinfo=UTC)):
        issue(jalon, short, path, tmp_path / "out")
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        refused = issue(jalon, short, path, tmp_path / "out")
        wanted = issue(jalon, short, path, tmp_path / "out", "--again")
        after = issue(jalon, short, path, tmp_path / "out", "--again")

    assert [r["code"] for r in refused["rejected"]] == ["again.expired", "again.expired"]
    assert (wanted["issued"], after["already"]) == (2, 2)


def test_an_award_that_would_be_over_from_the_start_is_rejected(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    short = changed(specification, tmp_path / "s.yaml", validity_months=1)
    path = holders("Nom complet;Date d'obtention\nÉlodie Vidal;01/01/2020\n")

    report = issue(jalon, short, path, tmp_path / "out")

    assert [(r["column"], r["code"]) for r in report["rejected"]] == [
        ("Date d'obtention", "awarding.validity_over")
    ]


def test_a_version_that_was_awarded_cannot_change(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = holders(HOLDERS)
    issue(jalon, specification, path, tmp_path / "out")
    other = changed(specification, tmp_path / "s.yaml", workload_hours="30")
    newer = changed(other, tmp_path / "s2.yaml", version="2")

    refused = jalon("issue", "--specification", other, "--holders", path, "--out", tmp_path / "out")

    assert refused.code == 2
    assert 'version: "2"' in refused.err
    assert issue(jalon, newer, path, tmp_path / "out")["issued"] == 2


def test_a_specification_with_gaps_is_refused_with_all_of_them(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    poor = changed(
        specification,
        tmp_path / "s.yaml",
        workload_hours=None,
        learning_outcomes=None,
        issuer=None,
        participation=None,
    )

    ran = jalon("issue", "--specification", poor, "--holders", holders(HOLDERS), "--out", tmp_path / "out")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n  - ") == 4
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pas du yaml: [",
        "- une liste",
        "a: &a [x]\nb: *a",
        "title: {fr: A}\ntitle: {fr: B}",
        "[" * 3000,
        "title: !!python/object/apply:os.system ['true']",
        "\x00\x01",
    ],
)
def test_a_file_that_is_no_specification_is_refused(
    jalon: Jalon, holders: Write, tmp_path: Path, text: str
) -> None:
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")

    ran = jalon(
        "issue",
        "--specification",
        tmp_path / "s.yaml",
        "--holders",
        holders(HOLDERS),
        "--out",
        tmp_path / "o",
    )

    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "examples/specification.yaml" in ran.err


def test_a_wrong_siret_is_refused(jalon: Jalon, specification: Path, holders: Write, tmp_path: Path) -> None:
    issuer = {"name": "A", "country": "FR", "identifiers": {"SIRET": "12345678901234"}}
    wrong = changed(specification, tmp_path / "s.yaml", issuer=issuer)

    ran = jalon("issue", "--specification", wrong, "--holders", holders(HOLDERS), "--out", tmp_path / "o")

    assert (ran.code, "SIRET" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (bytes(range(256)) * 10, "pas un tableau"),
        (b"%PDF-1.7", "PDF"),
        (b"Ville;Age\nMende;3\n", "Aucune colonne"),
        (b"Nom;Prenom\n", "aucune ligne"),
        (b"x" * (21 * 1024 * 1024), "pèse"),
    ],
)
def test_a_list_that_cannot_be_read_leaves_nothing_behind(
    jalon: Jalon, specification: Path, tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "l.csv").write_bytes(data)

    ran = jalon(
        "issue", "--specification", specification, "--holders", tmp_path / "l.csv", "--out", tmp_path / "out"
    )

    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_missing_files_and_arguments_are_said(jalon: Jalon, specification: Path, tmp_path: Path) -> None:
    missing = jalon(
        "issue", "--specification", specification, "--holders", "absent.csv", "--out", tmp_path / "o"
    )

    assert (missing.code, "absent.csv" in missing.err) == (2, True)
    assert (
        jalon("issue", "--specification", "absent.yaml", "--holders", "x", "--out", tmp_path / "o").code == 2
    )
    assert jalon("issue").code == 2


def test_a_list_comes_from_the_standard_input_too(jalon: Jalon, specification: Path, tmp_path: Path) -> None:
    ran = jalon(
        "issue",
        "--specification",
        specification,
        "--holders",
        "-",
        "--out",
        tmp_path / "o",
        stdin=HOLDERS.encode(),
    )

    assert (ran.code, len(list((tmp_path / "o").glob("*.json")))) == (0, 2)


def test_a_person_chooses_columns(jalon: Jalon, specification: Path, holders: Write, tmp_path: Path) -> None:
    path = holders("Nom;Nom;Prénom\nFaux;Vidal;Élodie\n")

    report = issue(jalon, specification, path, tmp_path / "out", "--column", "family_name=2")

    assert "elodie-vidal" in report["files"][0]
    wrong = jalon(
        "issue",
        "--specification",
        specification,
        "--holders",
        path,
        "--out",
        tmp_path / "o",
        "--column",
        "age=1",
    )
    assert wrong.code == 2


def test_the_key_is_made_once_for_its_owner_alone(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    issue(jalon, specification, holders(HOLDERS), tmp_path / "a", "--key", "atelier")
    path = tmp_path / "data" / "keys" / "atelier"
    made = path.read_bytes()
    issue(jalon, specification, holders(HOLDERS), tmp_path / "b", "--key", "atelier")

    assert path.read_bytes() == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (
        jalon(
            "issue",
            "--specification",
            specification,
            "--holders",
            holders(HOLDERS),
            "--out",
            tmp_path / "c",
            "--key",
            "../x",
        ).code
        == 2
    )


def test_a_key_is_sealed_when_there_is_a_key_to_seal_it(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    one, other = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE", "QUJDRGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU"
    path = holders(HOLDERS)
    issue(jalon, specification, path, tmp_path / "out", JALON_KEY_ENCRYPTION_KEY=one)
    arguments = ("issue", "--specification", specification, "--holders", path, "--out", tmp_path / "out")

    assert "private" not in json.loads((tmp_path / "data" / "keys" / "default").read_text())
    assert jalon(*arguments, JALON_KEY_ENCRYPTION_KEY=one).code == 0
    assert jalon(*arguments, JALON_KEY_ENCRYPTION_KEY=other).code == 2
    assert jalon(*arguments).code == 2


def test_without_an_address_the_report_says_that_there_is_no_status(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    ran = jalon(
        "issue", "--specification", specification, "--holders", holders(HOLDERS), "--out", tmp_path / "out"
    )

    assert "did:key" in ran.out
    assert "ne portent pas d’état" in ran.out
    for path in (tmp_path / "out").glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert document["issuer"]["id"].startswith("did:key:")
        assert "credentialStatus" not in document
    assert not (tmp_path / "out" / "public").exists()


@pytest.mark.parametrize(
    ("address", "did", "document"),
    [
        ("https://exemple.org", "did:web:exemple.org", ".well-known/did.json"),
        ("https://exemple.org:8443", "did:web:exemple.org%3A8443", ".well-known/did.json"),
        ("https://exemple.org/a/b/", "did:web:exemple.org:a:b", "did.json"),
    ],
)
def test_with_an_address_what_must_be_published_is_ready(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path, address: str, did: str, document: str
) -> None:
    report = issue(jalon, specification, holders(HOLDERS), tmp_path / "out", JALON_PUBLIC_URL=address)
    public = tmp_path / "out" / "public"

    published = json.loads((public / document).read_text())
    places = []
    for path in report["files"]:
        credential = json.loads(Path(path).read_text(encoding="utf-8"))
        status = credential["credentialStatus"]
        status = status[0] if isinstance(status, list) else status
        places.append(int(status["statusListIndex"]))
        relative = status["statusListCredential"].removeprefix(address.rstrip("/") + "/")
        assert json.loads((public / relative).read_text())["id"] == status["statusListCredential"]
        assert credential["issuer"]["id"] == published["id"] == did
    assert len(set(places)) == 2
    assert jalon("verify", "--copies", public, *report["files"]).code == 0
    assert sorted(p.suffix for p in public.rglob("*") if p.is_file()) == [".json", ".json", ".jwt"]


def test_an_address_that_cannot_identify_is_refused(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    ran = jalon(
        "issue",
        "--specification",
        specification,
        "--holders",
        holders(HOLDERS),
        "--out",
        tmp_path / "o",
        JALON_PUBLIC_URL="https://127.0.0.1",
    )

    assert (ran.code, "JALON_PUBLIC_URL" in ran.err) == (2, True)


def test_files_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("avant")

    with pytest.raises(FileExistsError):
        publication.write_new_file(tmp_path / "a.json", b"x")

    assert (tmp_path / "a.json").read_text() == "avant"


def test_a_damaged_or_busy_record_stops_everything(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    issue(jalon, specification, holders(HOLDERS), out)
    arguments = ("issue", "--specification", specification, "--holders", holders(HOLDERS), "--out", out)
    with ledger.opened(out):
        busy = jalon(*arguments)
    record = out / ledger.NAME
    whole = record.read_bytes()
    record.write_bytes(b"{}\n" + whole)
    damaged = jalon(*arguments)
    record.write_bytes(whole + b'{"kind": "iss')
    torn = jalon(*arguments, "--json")

    assert (busy.code, "Une autre commande" in busy.err) == (2, True)
    assert (damaged.code, "abîmé à la ligne 1" in damaged.err) == (2, True)
    assert torn.json["already"] == 2
    assert record.read_bytes() == whole


@pytest.mark.parametrize("after", ["reserved", "half", "written"])
def test_a_run_that_stopped_in_the_middle_is_taken_up(
    jalon: Jalon,
    specification: Path,
    holders: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: str,
) -> None:
    out, path = tmp_path / "out", holders(HOLDERS)
    write, written = publication.write_new_file, []

    def stopping(target: Path, data: bytes) -> None:
        if after == "reserved" or (after == "half" and written):
            raise KeyboardInterrupt
        write(target, data)
        written.append(target)

    def confirming(self: ledger.Ledger, entries: Sequence[ledger.Entry]) -> None:
        if entries:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publication, "write_new_file", stopping)
        if after == "written":
            patched.setattr(ledger.Ledger, "issued", confirming)
        stopped = jalon("issue", "--specification", specification, "--holders", path, "--out", out)
    report = issue(jalon, specification, path, out)

    assert stopped.code == 130
    assert (report["issued"], report["already"]) == {"reserved": (2, 0), "half": (1, 1), "written": (0, 2)}[
        after
    ]
    names = [json.loads(p.read_text())["credentialSubject"]["identifier"] for p in out.glob("*.json")]
    assert len(names) == 2
    assert not list(out.glob(".*.tmp"))


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nobody_and_awards_nobody_twice(
    specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = holders(
        "Nom;Né le\n"
        + "".join(f"Personne {chr(97 + n // 26)}{chr(97 + n % 26)};01/01/1990\n" for n in range(250))
    )
    out = tmp_path / "out"
    environment = os.environ | {"JALON_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "jalon.cli.main", "issue", "--json"]
    command += ["--specification", str(specification), "--holders", str(path), "--out", str(out)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(out.glob("*.json")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = len(list(out.glob("*.json")))

    done = subprocess.run(command, env=environment, capture_output=True, check=True)

    report = json.loads(done.stdout)
    assert before < 250
    assert report["already"] == before
    assert report["issued"] + report["already"] == 250
    assert len(list(out.glob("*.json"))) == 250


def test_the_command_does_without_django(specification: Path, holders: Write, tmp_path: Path) -> None:
    script = (
        "import sys; from jalon.cli.main import main; code = main(sys.argv[1:]); "
        "assert not [m for m in sys.modules if m == 'django' or m.startswith('django.')]; sys.exit(code)"
    )
    environment = os.environ | {"JALON_DATA_DIR": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)  # where there is a database, it is asked who vouches for an issuer
    command = [sys.executable, "-c", script]
    issued = subprocess.run(
        [
            *command,
            "issue",
            "--specification",
            str(specification),
            "--holders",
            str(holders(HOLDERS)),
            "--out",
            str(tmp_path / "o"),
        ],
        env=environment,
        capture_output=True,
        check=False,
    )
    verified = subprocess.run(
        [*command, "verify", *map(str, (tmp_path / "o").glob("*.json"))],
        env=environment,
        capture_output=True,
        check=False,
    )

    assert (issued.returncode, verified.returncode) == (0, 0), issued.stderr + verified.stderr


# — Other forms —


def in_forms(jalon: Jalon, specification: Path, holders: Path, out: Path, *names: str) -> Ran:
    asked = [part for name in names for part in ("--format", name)]
    return jalon(
        "issue", "--specification", specification, "--holders", holders, "--out", out, "--json", *asked
    )


def test_several_forms_of_one_credential_each_verified(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom;Identifiant\nVidal;Élodie;2026-0042\n")

    ran = in_forms(jalon, specification, listed, tmp_path / "out", "openbadges", "vc-jwt", "sd-jwt-vc")

    assert (ran.code, ran.json["issued"], ran.json["refused_formats"]) == (0, 1, [])
    assert [Path(file).suffix for file in ran.json["files"]] == [".json", ".jwt", ".sd-jwt"]
    for file in ran.json["files"]:
        told = jalon("verify", file, "--json").json
        assert (told["answers"]["intact"], told["holder"]) == ("passed", "Élodie Vidal"), file
    # The awarding body's number for the person is in the wallet alone, where the holder decides who sees it.
    assert "2026-0042" not in Path(ran.json["files"][0]).read_text()


def test_a_european_credential_made_in_a_shell_says_what_it_lacks(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    ran = in_forms(jalon, specification, holders("Nom;Prénom\nVidal;Élodie\n"), tmp_path / "out", "europass")

    (file,) = ran.json["files"]
    assert file.endswith(".europass.json")
    assert "n’est pas scellée" in ran.err
    document = json.loads(Path(file).read_text())
    assert document["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    assert len(document["displayParameter"]["individualDisplay"]) == 2  # one for each language of the title
    assert Path(file).read_text().count("iVBORw0KGgo") == 2
    assert jalon("verify", file).code == 1


def test_a_form_that_cannot_be_made_is_refused_with_its_reason_and_the_others_are_made(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom\nVidal;Élodie\nRoux;Zoé\n")

    ran = in_forms(jalon, specification, listed, tmp_path / "out", "openbadges", "sd-jwt-vc")

    assert (ran.json["issued"], len(ran.json["files"])) == (2, 2)
    (refused,) = ran.json["refused_formats"]
    assert (refused["format"], refused["count"]) == ("sd-jwt-vc", 2)
    assert "Identifiant" in refused["message"]


def test_what_a_form_leaves_out_is_told_to_people_and_to_programs(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom;Identifiant\nVidal;Élodie;2026-0042\nRoux;Zoé;2026-0043\n")

    ran = in_forms(jalon, specification, listed, tmp_path / "out", "openbadges", "sd-jwt-vc")

    told = {line.partition(" : ")[0]: line for line in ran.err.splitlines() if " : " in line}
    assert told["openbadges"] == "openbadges : En une seule langue (fr)."
    assert "Ne dit pas quel type d’évaluation a eu lieu" in told["sd-jwt-vc"]
    assert {"format": "sd-jwt-vc", "element": "assessment", "kept": "not", "count": 2} in ran.json["losses"]


def test_where_no_form_can_be_made_nobody_is_counted_as_issued(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom\nVidal;Élodie\n")

    ran = in_forms(jalon, specification, listed, tmp_path / "out", "sd-jwt-vc")
    again = in_forms(jalon, specification, listed, tmp_path / "out", "openbadges")

    assert (ran.code, ran.json["issued"], len(ran.json["rejected"])) == (1, 0, 1)
    assert "Aucune des formes demandées" in ran.json["rejected"][0]["message"]
    assert (again.json["issued"], again.json["already"]) == (1, 0)


def test_an_unknown_form_is_refused(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    assert in_forms(jalon, specification, holders("Nom\nVidal\n"), tmp_path / "out", "fax").code == 2


def test_a_wallet_attestation_says_where_to_read_that_it_was_revoked(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed, out = holders("Nom;Prénom;Identifiant\nVidal;Élodie;2026-0042\n"), tmp_path / "out"
    report = issue(
        jalon,
        specification,
        listed,
        out,
        "--format",
        "sd-jwt-vc",
        "--format",
        "openbadges",
        JALON_PUBLIC_URL="https://atelier.example.org",
    )
    wallet = report["files"][0]
    before = jalon("verify", wallet, "--copies", out / "public", "--json").json

    revoked = jalon("revoke", "--out", out, "--credential", Path(wallet).name, "--reason", "error")
    after = jalon("verify", wallet, "--copies", out / "public", "--json").json

    assert wallet.endswith(".sd-jwt")
    assert before["answers"] == {"intact": "passed", "valid": "passed", "issuer": "indeterminate"}
    assert revoked.code == 0
    assert ".jwt → https://atelier.example.org/status/" in revoked.out
    assert after["answers"]["valid"] == "failed"


def test_a_wallet_attestation_without_a_public_address_says_that_it_has_no_status(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    listed = holders("Nom;Prénom;Identifiant\nVidal;Élodie;2026-0042\n")

    ran = in_forms(jalon, specification, listed, tmp_path / "out", "sd-jwt-vc")

    assert "ne dit pas où lire si elle est révoquée" in ran.err
