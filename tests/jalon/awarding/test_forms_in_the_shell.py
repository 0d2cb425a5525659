"""`jalon verify` reads the forms of an award of its own installation offline, and tells a revocation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.jalon.conftest import Installation

MAKE = """
    from pathlib import Path
    from django.utils import translation
    from tests.factories.awarding import an_award
    from jalon.awarding import actions
    award = an_award()
    for form, ending in (("sd-jwt-vc", "sd-jwt"), ("vc-jwt", "jwt")):
        Path(FOLDER, f"attestation.{ending}").write_bytes(actions.file_of(award.credential, form).data)
    print(award.id)
"""
REVOKE = """
    from jalon.awarding import actions
    from jalon.awarding.models import Award
    award = Award.objects.get()
    actions.revoke_award(award=award, reason="error", by=award.issued_by)
"""


def verify(installation: Installation, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jalon.cli.main", "verify", "--offline", str(file)],
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("ending", ["sd-jwt", "jwt"])
def test_a_revoked_award_is_told_in_the_shell(installation: Installation, ending: str) -> None:
    folder = installation.folder.parent
    installation.run(MAKE.replace("FOLDER", repr(str(folder))))
    file = folder / f"attestation.{ending}"

    before = verify(installation, file)
    installation.run(REVOKE)
    after = verify(installation, file)

    assert before.returncode == 0, before.stdout + before.stderr
    assert after.returncode == 1, after.stdout + after.stderr
    assert "Non" in after.stdout
