"""`jalon verify`: exit codes, three answers, hostile files."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from tests.jalon.cli.conftest import Jalon

from jalon.awarding import labels
from jalon.awarding.rules.award_states import REASONS_BY_HAND
from jalon.cli import given, verifying
from jalon.foundation import clock
from jalon.foundation.fetching import GuardedFetchError
from sceau.errors import FetchError
from sceau.formats.baking import bake_svg
from sceau.issuing import issue_token
from sceau.ports import Fetched
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

Write = Callable[..., Path]


@pytest.fixture
def credential(jalon: Jalon, specification: Path, holders: Write, tmp_path: Path) -> Path:
    return issued(jalon, specification, holders, tmp_path / "out")


def issued(jalon: Jalon, specification: Path, holders: Write, out: Path, **environment: str) -> Path:
    ran = jalon(
        "issue",
        "--specification",
        specification,
        "--holders",
        holders("Nom;Prénom;Résultat\nVidal;Élodie;Acquis\n"),
        "--out",
        out,
        "--json",
        **environment,
    )
    return Path(ran.json["files"][0])


def test_an_intact_credential_of_an_unknown_issuer_is_no_fault(jalon: Jalon, credential: Path) -> None:
    ran = jalon("verify", credential)

    assert ran.code == 0
    assert "Élodie Vidal" in ran.out
    assert "Oui. Rien n’a changé depuis la signature." in ran.out
    assert "Inconnu ne veut pas dire faux" in ran.out


def test_a_changed_credential_is_not_valid(jalon: Jalon, credential: Path, tmp_path: Path) -> None:
    text = credential.read_text(encoding="utf-8")
    assert "Acquis" in text
    (tmp_path / "t.json").write_text(text.replace("Acquis", "Acquys"), encoding="utf-8")

    ran = jalon("verify", tmp_path / "t.json")

    assert ran.code == 1
    assert "Le contenu a changé depuis la signature" in ran.out
    assert "Rien ne dit le contraire" not in ran.out
    answers = jalon("verify", tmp_path / "t.json", "--json").json["answers"]
    assert answers == {"intact": "failed", "valid": "indeterminate", "issuer": "indeterminate"}


def test_what_nothing_proved_intact_is_not_said_to_be_valid(
    jalon: Jalon, credential: Path, tmp_path: Path
) -> None:
    text = credential.read_text(encoding="utf-8")
    assert '"eddsa-rdfc-2022"' in text
    (tmp_path / "t.json").write_text(text.replace('"eddsa-rdfc-2022"', '"later-suite"'), encoding="utf-8")

    ran = jalon("verify", tmp_path / "t.json")

    assert "cette sorte de signature n’est pas lue ici" in ran.out
    assert "Rien ne dit le contraire" not in ran.out
    assert "n’est pas sûr tant qu’on ne sait pas si elle est intacte" in ran.out
    answers = jalon("verify", tmp_path / "t.json", "--json").json["answers"]
    assert answers == dict.fromkeys(("intact", "valid", "issuer"), "indeterminate")


def test_a_credential_that_ended_is_not_valid(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    import yaml

    document = yaml.safe_load(specification.read_text(encoding="utf-8")) | {"validity_months": 1}
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    with clock.frozen(datetime(2026, 1, 2, 9, tzinfo=UTC)):
        path = issued(jalon, tmp_path / "s.yaml", holders, tmp_path / "out")
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        ran = jalon("verify", path)

    assert (ran.code, "arrivée à son terme le 02/02/2026" in ran.out) == (1, True)


def test_a_key_out_of_reach_is_neither_a_yes_nor_a_no(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = issued(jalon, specification, holders, tmp_path / "out", JALON_PUBLIC_URL="https://exemple.invalid")

    ran = jalon("verify", "--offline", path)

    assert (ran.code, "la clé de l’émetteur n’a pas pu être obtenue" in ran.out) == (3, True)


def test_a_status_out_of_reach_is_intact_and_not_checked(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    path = issued(jalon, specification, holders, tmp_path / "out", JALON_PUBLIC_URL="https://exemple.invalid")
    for found in (tmp_path / "out" / "public" / "status").iterdir():
        found.unlink()

    ran = jalon("verify", "--offline", "--copies", tmp_path / "out" / "public", path)

    assert (ran.code, "Oui. Rien n’a changé" in ran.out) == (3, True)


def test_a_revoked_credential_is_not_valid(
    jalon: Jalon, specification: Path, holders: Write, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    path = issued(jalon, specification, holders, out, JALON_PUBLIC_URL="https://exemple.invalid")
    verify = ("verify", "--offline", "--copies", out / "public", path)
    before = jalon(*verify)
    revoked = jalon("revoke", "--out", out, "--credential", path, "--reason", "error")
    after = jalon(*verify)
    twice = jalon(
        "revoke",
        "--out",
        out,
        "--credential",
        json.loads(path.read_text())["id"],
        "--reason",
        "error",
        "--json",
    )
    arguments = (
        "issue",
        "--specification",
        specification,
        "--holders",
        tmp_path / "liste.csv",
        "--out",
        out,
        "--json",
    )
    again = jalon(*arguments, JALON_PUBLIC_URL="https://exemple.invalid")
    wanted = jalon(*arguments, "--again", JALON_PUBLIC_URL="https://exemple.invalid")

    assert (before.code, revoked.code, after.code) == (0, 0, 1)
    assert "révoquée" in after.out
    assert twice.json["already"] is True
    assert [r["code"] for r in again.json["rejected"]] == ["again.revoked"]
    assert wanted.json["issued"] == 1
    assert jalon(*verify).code == 1


def test_reasons_to_revoke_have_the_words_of_the_pages(jalon: Jalon) -> None:
    told = " ".join(jalon("revoke", "--help").out.split())

    for reason in REASONS_BY_HAND:
        assert f"{reason} ({labels.REVOCATION_REASONS[reason]})" in told


def test_what_was_not_issued_here_cannot_be_revoked(jalon: Jalon, credential: Path, tmp_path: Path) -> None:
    (tmp_path / "autre.json").write_text('{"id": "urn:uuid:x"}')
    base = ("revoke", "--out", credential.parent, "--reason", "error", "--credential")

    assert jalon(*base, tmp_path / "autre.json").code == 2
    assert jalon("revoke", "--out", tmp_path / "vide", "--reason", "error", "--credential", "x").code == 2
    ran = jalon(*base, credential)
    assert (ran.code, "Elle ne porte pas d’état" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "reading.empty"),
        (b"   ", "reading.empty"),
        (b"garbage", "reading.unreadable"),
        (bytes(range(256)) * 50, "reading.unreadable"),
        (b'{"id": "x"', "reading.unreadable"),
        (b'{"a": 1, "a": 2}', "reading.duplicate_key"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "reading.too_deep"),
        (b"[" * 500_000, "reading.unreadable"),
        (b"x" * (50 * 1024 * 1024), "reading.too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "reading.nothing_found"),
        (b"%PDF-1.7\n%broken", "reading.pdf"),
        (b"\x89PNG\r\n\x1a\n", "reading.unreadable"),
        (b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln", "reading.nothing_found"),
        (b"eyJhbGciOiJFUzI1NiJ9.W10.c2ln~WyJhIl0~", "reading.unreadable"),
        (b"<!doctype html><p>Bonjour", "reading.html"),
    ],
)
def test_what_is_not_a_credential_is_unreadable_in_bounded_time(
    jalon: Jalon, tmp_path: Path, data: bytes, code: str
) -> None:
    (tmp_path / "f").write_bytes(data)
    start = time.perf_counter()

    ran = jalon("verify", tmp_path / "f", "--json")
    plain = jalon("verify", "-", stdin=data)

    assert (ran.code, plain.code) == (2, 2)
    assert ran.json["error"]["code"].startswith(code.rpartition(".")[0])
    if code not in {"reading.unreadable", "reading.too_deep"}:
        assert ran.json["error"]["code"] == code
    assert "Traceback" not in ran.err + plain.err
    assert len(plain.out.strip().splitlines()) == 2
    assert time.perf_counter() - start < 20


def test_a_missing_file_is_said(jalon: Jalon, tmp_path: Path) -> None:
    assert jalon("verify", tmp_path / "absent.json").code == 2
    assert jalon("verify", tmp_path).code == 2
    assert jalon("verify").code == 2


def test_an_unknown_context_is_not_readable_here(jalon: Jalon, credential: Path, tmp_path: Path) -> None:
    document = json.loads(credential.read_text())
    document["@context"].append("https://exemple.org/contexte.json")
    (tmp_path / "t.json").write_text(json.dumps(document))

    ran = jalon("verify", tmp_path / "t.json")

    assert ran.code in {1, 2}


def test_the_standard_input_a_picture_and_a_pdf_are_read(
    jalon: Jalon, credential: Path, tmp_path: Path
) -> None:
    data = credential.read_bytes()
    svg = bake_svg('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>', data)
    (tmp_path / "b.svg").write_text(svg, encoding="utf-8")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    empty = io.BytesIO()
    writer.write(empty)
    (tmp_path / "vide.pdf").write_bytes(empty.getvalue())
    writer.add_attachment("attestation.json", data)
    writer.write(tmp_path / "c.pdf")

    assert jalon("verify", "-", stdin=data).code == 0
    assert jalon("verify", tmp_path / "b.svg").code == 0
    assert jalon("verify", tmp_path / "c.pdf").code == 0
    without = jalon("verify", tmp_path / "vide.pdf", "--json")
    assert (without.code, without.json["error"]["code"]) == (2, "reading.nothing_found")


def test_of_several_inputs_the_worst_counts(
    jalon: Jalon, specification: Path, holders: Write, credential: Path, tmp_path: Path
) -> None:
    (tmp_path / "changed.json").write_text(credential.read_text().replace("Acquis", "Acquys"))
    (tmp_path / "garbage").write_text("x")
    unchecked = issued(
        jalon, specification, holders, tmp_path / "w", JALON_PUBLIC_URL="https://exemple.invalid"
    )
    good, bad, unread = credential, tmp_path / "changed.json", tmp_path / "garbage"

    assert jalon("verify", "--offline", good, unchecked).code == 3
    assert jalon("verify", "--offline", good, unchecked, bad).code == 1
    ran = jalon("verify", "--offline", good, unchecked, bad, unread, "--json")
    assert ran.code == 2
    assert [report["exit_code"] for report in ran.json] == [0, 3, 1, 2]


def test_the_report_as_json_keeps_three_answers_apart(jalon: Jalon, credential: Path) -> None:
    report = jalon("verify", credential, "--json").json

    assert report["answers"] == {"intact": "passed", "valid": "passed", "issuer": "indeterminate"}
    assert report["holder"] == "Élodie Vidal"
    assert {"proof", "issuer_known"} <= {check["name"] for check in report["checks"]}
    assert report["checks"][0]["outcome"] == "passed"


def test_english_is_spoken_when_asked_or_when_the_system_does(jalon: Jalon, credential: Path) -> None:
    assert "Nothing changed" in jalon("verify", credential, "--lang", "en").out
    assert "Nothing changed" in jalon("verify", credential, LANG="en_GB.UTF-8").out
    assert "Rien n’a changé" in jalon("verify", credential, LANG="C.UTF-8").out
    assert "Rien n’a changé" in jalon("verify", credential, "--lang", "fr", LANG="en_GB.UTF-8").out


def test_a_trust_list_says_who_the_issuer_is(jalon: Jalon, credential: Path, tmp_path: Path) -> None:
    did = json.loads(credential.read_text())["issuer"]["id"]
    trust = tmp_path / "trust.json"
    name = json.loads(credential.read_text())["issuer"]["name"]
    entry = {"did": did, "name": name, "by": "Région", "since": "2026-01-01"}
    trust.write_text(json.dumps([entry]))

    assert f"Région dit que c’est {name}." in jalon("verify", credential, "--trust", trust).out
    trust.write_text(json.dumps([entry | {"name": "Une autre école"}]))
    other = jalon("verify", credential, "--trust", trust)
    assert f"celle de Une autre école, et l’attestation écrit « {name} »" in other.out
    assert (
        jalon("verify", credential, "--trust", trust, "--json").json["answers"]["issuer"] == "indeterminate"
    )
    trust.write_text("[{}]")
    assert jalon("verify", credential, "--trust", trust).code == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/a",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3/x.json",
        "ftp://x/",
        "https://u:p@x/",
    ],
)
def test_links_to_private_places_are_not_followed(jalon: Jalon, url: str) -> None:
    ran = jalon("verify", url, "--json")

    assert (ran.code, ran.json["error"]["code"].startswith("fetch.")) == (2, True)
    assert ran.json["error"]["message"]


class Web:
    """Answers a few addresses."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        if url not in self.pages:
            raise GuardedFetchError("fetch.status", "met 404", url=url, host="x", status=404)
        return Fetched(self.pages[url], clock.now())


def test_an_address_gives_the_file_or_the_page_that_names_it(
    jalon: Jalon, credential: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = b'<!doctype html><link rel="alternate" type="application/vc" href="/a/x.json">'
    stranger = page.replace(b"/a/x.json", b"https://autre.example/x.json")
    web = Web(
        {
            "https://x.example/a/x.json": credential.read_bytes(),
            "https://x.example/a/": page,
            "https://x.example/b/": stranger,
            "https://autre.example/x.json": credential.read_bytes(),
        }
    )
    monkeypatch.setattr(verifying, "fetcher_for", lambda offline: web)

    assert jalon("verify", "https://x.example/a/x.json").code == 0
    assert jalon("verify", "https://x.example/a/").code == 0
    assert jalon("verify", "https://x.example/b/").code == 2
    missing = jalon("verify", "https://x.example/c/")
    assert (missing.code, "404" in missing.out) == (2, True)


def test_a_stranger_s_text_cannot_command_the_terminal() -> None:
    assert given.calm("a\x1b[2Jb\nc\u202ed\x9b") == "a[2Jb cd"


def test_without_a_network_nobody_is_asked(jalon: Jalon) -> None:
    with pytest.raises(FetchError):
        given.fetcher_for(offline=True).fetch("https://x.example/", max_bytes=1)
    ran: Any = jalon("verify", "--offline", "https://x.example/a.json", "--json")
    assert ran.code == 2


def test_a_folder_is_said_to_be_one(jalon: Jalon, tmp_path: Path) -> None:
    ran = jalon("verify", str(tmp_path))

    assert (ran.code, "C’est un dossier" in ran.out) == (2, True)


def test_a_token_is_verified_as_well(jalon: Jalon, tmp_path: Path) -> None:
    token = issue_token(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)
    (tmp_path / "attestation.jwt").write_text(token + "\n")

    with clock.frozen(EXAMPLE_MOMENT):
        ran = jalon("verify", tmp_path / "attestation.jwt", "--json")

    assert (ran.code, ran.json["holder"]) == (0, "Camille Exemple")
    assert ran.json["checks"][1]["facts"]["algorithm"] == "EdDSA"
