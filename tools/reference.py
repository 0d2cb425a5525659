"""The reference pages that come from the code: `python tools/reference.py` writes, `--check` compares."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def environment_page() -> str:
    """docs/reference/environment.md, from `jalon.config.environment`."""
    from jalon.config.environment import VARIABLES

    rows = []
    for variable in VARIABLES:
        default = f"`{variable.default}`" if variable.default else "–"
        secret = " Secret." if variable.secret else ""
        rows.append(f"| `{variable.name}` | {default} | {variable.help}{secret} |")
    return "\n".join(
        [
            "# Environment variables",
            "",
            "Made from `jalon.config.environment` by `python tools/reference.py`. All may be left unset.",
            "",
            "| Variable | Default | What it does |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


# One white dot: the page is about what a form carries, and not about how a certificate looks.
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02"
    "fe0def46b80000000049454e44ae426082"
)


def formats_page() -> str:
    """docs/reference/formats.md: what each form carries of a whole record, by writing and reading it back."""
    from sceau import exports
    from sceau.formats.losses import ELEMENTS, Kept
    from sceau.model import annex_i
    from sceau.testing import EXAMPLE_MOMENT, key_signer, whole_credential

    sealing = exports.Sealing(
        key_signer(), EXAMPLE_MOMENT, pictures={"fr": _DOT, "en": _DOT}, random=lambda size: bytes(size)
    )
    ours = [exports.OPEN_BADGES, exports.VC_JWT, exports.EUROPASS, exports.SD_JWT_VC]
    made = [exports.export(each.name, whole_credential(), sealing) for each in ours]
    marks = {Kept.PARTLY: "partly", Kept.NOT: "–"}
    lost = [{loss.element: marks[loss.kept] for loss in each.losses} for each in made]

    def rows(names: list[str]) -> list[str]:
        cells = {name: " | ".join(each.get(name, "yes") for each in lost) for name in names}
        return [f"| {name.replace('_', ' ')} | {cells[name]} |" for name in names]

    head = [f"| Element | {' | '.join(each.name for each in ours)} |", f"| --- |{' --- |' * len(ours)}"]
    return "\n".join(
        [
            "# What each form carries",
            "",
            "Made by `python tools/reference.py`: a record with something in each place, in French and",
            "English, is written in each form and read back. *partly*: another language, or a part of it,",
            "stays behind.",
            "",
            "## The eleven mandatory elements of Annex I",
            "",
            *head,
            *rows(list(annex_i.ELEMENTS)),
            "",
            "## The rest of the record",
            "",
            *head,
            *rows([name for name in ELEMENTS if name not in annex_i.ELEMENTS]),
            "",
            "Media types: " + ", ".join(f"`{each.name}` {each.media_type}" for each in ours) + ".",
            "Open Badges 2 and 1 are read and never written.",
            "",
            *sizes(),
        ]
    )


def sizes() -> list[str]:
    """What a file of the same record weighs in each form; in kB, since signatures differ by some bytes."""
    from dataclasses import replace

    from tests.sceau.hostile.corpus.seals import ISSUER, SIGNER, leaf
    from tests.sceau.keys.time_authority import CLOCK_OF_TESTS

    from sceau import exports
    from sceau.formats import baking
    from sceau.testing import EXAMPLE_MOMENT, whole_credential

    credential = whole_credential()
    credential = replace(credential, issuer=replace(credential.issuer, id=ISSUER))
    pictures = {"fr": _DOT, "en": _DOT}
    unsealed = exports.Sealing(SIGNER, EXAMPLE_MOMENT, pictures=pictures)
    sealed = replace(unsealed, certificates=(leaf(),))
    badge = exports.export("openbadges", credential, unsealed).data
    files = {
        "`openbadges`": badge,
        "`openbadges` in an SVG, beside the drawing": baking.bake_svg(
            '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>', badge
        ).encode(),
        "`vc-jwt`": exports.export("vc-jwt", credential, unsealed).data,
        "`europass`, not sealed": exports.export("europass", credential, unsealed).data,
        "`europass`, sealed (B-B)": exports.export("europass", credential, sealed).data,
        "`europass`, sealed and dated (B-T)": exports.export(
            "europass", credential, replace(sealed, time_stamper=CLOCK_OF_TESTS)
        ).data,
        "`sd-jwt-vc`": exports.export("sd-jwt-vc", credential, unsealed).data,
        "`sd-jwt-vc` with its certificate": exports.export("sd-jwt-vc", credential, sealed).data,
    }
    rows = [f"| {name} | {len(data) / 1000:.0f} kB |" for name, data in files.items()]
    return [
        "## What a file weighs",
        "",
        "The same record, which says more than most; a European credential without its pictures.",
        "",
        "| File | Size |",
        "| --- | --- |",
        *rows,
        "",
        "The certificate drawn as a picture is most of a European credential: those of the demonstration,",
        "sealed, dated and with a picture in French and one in English, weigh 660 to 710 kB, and 22 to 24 kB",
        "without them (measured in November 2026; `tests/jalon/awarding/test_every_format.py` keeps them",
        "below the 2 MB that a verification takes).",
        "",
    ]


PAGES = {
    ROOT / "docs" / "reference" / "environment.md": environment_page,
    ROOT / "docs" / "reference" / "formats.md": formats_page,
}


def main(check: bool) -> int:
    stale = []
    for path, make in PAGES.items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != make()):
            stale.append(path)
        elif not check:
            path.write_text(make(), encoding="utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not up to date: python tools/reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
