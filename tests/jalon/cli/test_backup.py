"""A restored backup can sign and revoke; without the key-encryption key it says exactly what is missing."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.jalon.conftest import Installation

AWARD = """
    from tests.factories.awarding import a_list, an_award, an_awarded_batch, an_issuing_organisation
    from jalon.awarding.models import IssuerKey
    issuing = an_issuing_organisation(slug="atelier")
    an_awarded_batch(issuing, a_list(2))
    print(IssuerKey.objects.get().sealed_with)
"""

SIGN_AND_REVOKE = """
    from jalon.awarding import actions, queries
    from jalon.awarding.models import Award
    from jalon.design.models import Specification
    from jalon.people.models import Organisation, User
    from tests.factories.people import a_person
    organisation = Organisation.objects.get(slug="atelier")
    by = User.objects.get()
    award = actions.issue_award(
        organisation=organisation,
        specification=Specification.objects.get(),
        person=a_person(organisation, "Luc Petit"),
        by=by,
    )
    old = Award.objects.exclude(pk=award.pk).first()
    actions.revoke_award(award=old, reason="error", by=by)
    from tests.jalon.awarding.test_awards import verified
    from sceau.verifying.report import Question
    for each in (award, old):
        report = verified(each.credentials.get())
        print(report.answer(Question.INTACT), report.answer(Question.VALID))
"""


def jalon(
    installation: Installation, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jalon.cli.main", *arguments],
        env=installation.environment | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
def test_a_restored_backup_signs_and_revokes_with_its_key_and_says_what_is_missing_without(
    installation: Installation, tmp_path: Path
) -> None:
    fingerprint = installation.run(AWARD)
    key = (installation.folder / "secrets" / "key-encryption-key").read_text()
    target = tmp_path / "sauvegarde.tar.gz"

    saved = jalon(installation, "backup", str(target))

    assert saved.returncode == 0, saved.stderr
    assert fingerprint in saved.stdout
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with tarfile.open(target) as archive:
        assert archive.getnames()[:2] == ["manifest.json", "jalon.sqlite3"]
        contents = b"".join(archive.extractfile(m).read() for m in archive if m.isfile())
    assert key.encode() not in contents

    fresh = Installation(tmp_path / "fresh")
    restored = jalon(fresh, "restore", str(target))
    assert restored.returncode == 1
    assert fingerprint in restored.stdout
    assert "manque" in restored.stdout
    assert not (fresh.folder / "secrets" / "key-encryption-key").exists()

    assert fresh.run(SIGN_AND_REVOKE, JALON_KEY_ENCRYPTION_KEY=key) == "passed passed\npassed failed"


@pytest.mark.slow
def test_a_backup_with_its_key_restores_ready_to_sign(installation: Installation, tmp_path: Path) -> None:
    installation.run(AWARD)
    (installation.folder / "files").mkdir()
    (installation.folder / "files" / "note.txt").write_text("gardée")
    target = tmp_path / "sauvegarde.tar.gz"

    assert jalon(installation, "backup", "--with-encryption-key", str(target)).returncode == 0
    fresh = Installation(tmp_path / "fresh")
    restored = jalon(fresh, "restore", str(target))

    assert restored.returncode == 0, restored.stdout
    for kept in ("jalon.sqlite3", "secrets/key-encryption-key"):
        assert (fresh.folder / kept).stat().st_mode & 0o077 == 0, kept
    assert (fresh.folder / "files" / "note.txt").read_text() == "gardée"
    assert fresh.run(SIGN_AND_REVOKE) == "passed passed\npassed failed"
    again = jalon(fresh, "restore", str(target))
    assert (again.returncode, "déjà une base" in again.stderr) == (2, True)
    twice = jalon(installation, "backup", str(target))
    assert (twice.returncode, "existe déjà" in twice.stderr) == (2, True)


def an_archive(path: Path, **members: bytes) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name.replace("__", "/"))
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.mark.parametrize("kind", ["text", "cut", "stranger", "escaping", "changed"])
def test_what_is_no_backup_is_refused_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    from jalon.foundation import backups
    from jalon.foundation.errors import BackupError

    source = tmp_path / "given"
    manifest = b'{"format": "jalon-backup", "version": 1, "made_at": "", "database_sha256": "0",'
    manifest += b' "encryption_keys": [], "holds_key": false}'
    if kind == "text":
        source.write_text("Bonjour")
    elif kind == "stranger":
        an_archive(source, readme=b"hello")
    elif kind == "escaping":
        an_archive(source, **{"files__..__..__evil": b"x"})
    else:
        an_archive(source, **{"manifest.json": manifest, "jalon.sqlite3": b"changed"})
        if kind == "cut":
            source.write_bytes(source.read_bytes()[:60])

    with pytest.raises(BackupError) as refused:
        backups.restore(source, data_dir=tmp_path / "fresh")

    assert refused.value.code == "backup.unreadable"
    assert list((tmp_path / "fresh").iterdir()) == []
    assert not (tmp_path / "evil").exists()


def test_postgresql_is_sent_to_its_own_tool(tmp_path: Path) -> None:
    elsewhere = Installation(tmp_path / "var", database_url="postgresql://nobody@localhost/none")

    answer = jalon(elsewhere, "backup", str(tmp_path / "x"))

    assert answer.returncode == 2
    assert "pg_dump" in answer.stderr


KEEP_A_SEAL = """
    from tests.factories.people import SIRET, a_member, a_user, an_organisation
    from tests.factories.seals import NOW, PASSPHRASE, a_certificate, a_p12
    from jalon.awarding.actions.seals import keep_seal
    from jalon.foundation import clock
    from jalon.people.rules import Role
    organisation = an_organisation("CFPPA des Monts", siret=SIRET)
    by = a_member(a_user(), organisation, Role.ADMIN)
    data = a_p12(a_certificate("CFPPA des Monts"))
    with clock.frozen(NOW):
        print(keep_seal(organisation=organisation, by=by, data=data, passphrase=PASSPHRASE).thumbprint)
"""

SEAL = """
    from jalon.awarding.actions.seals import sealed_export, sealing_of
    from jalon.foundation import clock
    from jalon.people.models import Organisation
    from sceau.proofs import jades
    from sceau.testing import example_credential
    from tests.factories.seals import NOW
    with clock.frozen(NOW):
        made = sealed_export("europass", example_credential(), sealing_of(Organisation.objects.get()))
    print(jades.check(jades.parse(made.exported.data)).thumbprint)
"""


@pytest.mark.slow
def test_a_restored_backup_seals_with_the_seal_of_the_organisation(
    installation: Installation, tmp_path: Path
) -> None:
    thumbprint = installation.run(KEEP_A_SEAL)
    target = tmp_path / "sauvegarde.tar.gz"
    key = (installation.folder / "secrets" / "key-encryption-key").read_text()
    assert jalon(installation, "backup", str(target)).returncode == 0

    restored = Installation(tmp_path / "restored", "")
    done = jalon(restored, "restore", str(target), JALON_KEY_ENCRYPTION_KEY=key)

    assert done.returncode == 0, done.stderr
    assert restored.run(SEAL, JALON_KEY_ENCRYPTION_KEY=key) == thumbprint
