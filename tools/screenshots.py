"""
Make the pictures of docs/images: a fresh demonstration server, a real browser, nothing by hand.

    .venv/bin/python -m tools.screenshots [NAME…]
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, sync_playwright
from tools.browser import find
from tools.lighter_png import lighter

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/images"
PORT = 8437
URL = f"http://localhost:{PORT}"
DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 360, "height": 740}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--lang=fr-FR"]
LARGEST = 200_000
LARGEST_OVERVIEW = 250_000


def main(wanted: list[str]) -> int:
    """Take every picture, or those named; says how heavy each is and fails on one that is too heavy."""
    path = find()
    if path is None:
        print("No browser could be had.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    heavy = []
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, take in PICTURES.items():
            if wanted and name not in wanted:
                continue
            picture = lighter(take(browser))
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"{name:<24}{len(picture) / 1000:6.0f} kB")
            if len(picture) > (LARGEST_OVERVIEW if name == "apercu" else LARGEST):
                heavy.append(name)
        browser.close()
    if heavy:
        print(f"Too heavy: {', '.join(heavy)}")
    return 1 if heavy else 0


@contextmanager
def served() -> Iterator[None]:
    """A demonstration server with data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "JALON_DATA_DIR": folder, "JALON_DEMO": "1", "PORT": str(PORT)}
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", "jalon.cli.main", "serve"]
        process = subprocess.Popen(command, env=environ, stdout=quiet, stderr=quiet)
        try:
            for _attempt in range(300):
                try:
                    with urllib.request.urlopen(f"{URL}/robots.txt", timeout=2):
                        break
                except (URLError, OSError):
                    time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait(30)


def visit(browser: Browser, address: str, *, role: str = "", size: ViewportSize = DESK) -> Page:
    """A page of *address* as it looks on a second visit, when the fonts are there."""
    context = browser.new_context(viewport=size, locale="fr-FR", color_scheme="light")
    page = context.new_page()
    page.goto(f"{URL}/catalogue/", wait_until="networkidle")
    if role:
        page.goto(f"{URL}/compte/connexion/")
        page.get_by_role("button", name=f"Entrer comme {role}").click()
    page.goto(f"{URL}{address}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    return page


def shot(page: Page) -> bytes:
    """What the screen shows, then the page is closed."""
    picture = page.screenshot(animations="disabled")
    page.context.close()
    return picture


def a_page(address: str, *, role: str = "", size: ViewportSize = DESK) -> Callable[[Browser], bytes]:
    """A picture of an address."""
    return lambda browser: shot(visit(browser, address, role=role, size=size))


def credential(browser: Browser, *, size: ViewportSize = DESK) -> Page:
    """The page of a valid credential, as a stranger sees it."""
    page = visit(browser, "/delivrer/attestations/?etat=valid", role="signataire")
    page.get_by_role("link", name="Loïc Granier").click()
    link = page.get_by_label("Le lien à donner").input_value()
    page.context.close()
    return visit(browser, link.removeprefix(URL), size=size)


def doubt(browser: Browser) -> bytes:
    """The answer about a credential whose issuer nobody knows: made from the examples, from a shell."""
    page = visit(browser, "/verifier/")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "jalon.cli.main", "issue", "--out", folder]
        command += ["--specification", str(ROOT / "examples/specification.yaml")]
        command += ["--holders", str(ROOT / "examples/holders.csv")]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
        environ["JALON_DATA_DIR"] = folder
        subprocess.run(command, check=True, capture_output=True, env=environ, timeout=120)
        page.get_by_label("PDF, image SVG ou fichier JSON").set_input_files(
            sorted(Path(folder).glob("*.json"))[0]
        )
        page.get_by_role("button", name="Vérifier le fichier").click()
    page.get_by_role("heading", level=1).wait_for()
    return shot(page)


def forms(browser: Browser, *, size: ViewportSize = DESK) -> bytes:
    """The files that a holder takes away, at the foot of the page of a credential."""
    page = credential(browser, size=size)
    page.get_by_role("heading", name="Emporter le fichier signé").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('.voies').getBoundingClientRect().top + scrollY - 120)")
    return shot(page)


def answer_to(link: str) -> Callable[[Browser], bytes]:
    """The answer about a valid credential in the form that *link* gives."""

    def take(browser: Browser) -> bytes:
        page = credential(browser)
        address = page.get_by_role("link", name=link).get_attribute("href")
        answer = page.request.get(f"{URL}{address}")
        file: FilePayload = {"name": "attestation", "mimeType": "application/json", "buffer": answer.body()}
        page.goto(f"{URL}/verifier/")
        page.get_by_label("PDF, image SVG ou fichier JSON").set_input_files(file)
        page.get_by_role("button", name="Vérifier le fichier").click()
        page.get_by_text("Vérifiée le").wait_for()
        return shot(page)

    return take


def binding(browser: Browser) -> bytes:
    """The page where a holder binds the attestation to the key of a wallet."""
    page = credential(browser)
    page.get_by_role("link", name="Le lier à la clé de votre portefeuille").click()
    page.get_by_role("heading", level=1).wait_for()
    return shot(page)


def room(browser: Browser) -> bytes:
    """A room at work, as the one who keeps it sees it."""
    page = visit(browser, "/atelier/", role="conceptrice")
    rooms = page.get_by_role("region", name="Salles de co-construction")
    rooms.get_by_role("link", name="Conduire un compost partagé").click()
    page.wait_for_load_state("networkidle")
    return shot(page)


def chart(browser: Browser) -> bytes:
    """The map of the catalogue: regions that hold something, drawn by us."""
    page = visit(browser, "/catalogue/?vue=carte")
    page.locator("svg.carte").scroll_into_view_if_needed()
    return shot(page)


def studio(browser: Browser) -> bytes:
    """A draft under way, at its outcomes."""
    page = visit(browser, "/atelier/", role="conceptrice")
    page.get_by_role("link", name="Conduire un compost partagé").first.click()
    page.get_by_role("link", name=re.compile("Acquis visés")).click()
    page.wait_for_load_state("networkidle")
    return shot(page)


def batch(browser: Browser) -> bytes:
    """The list that waits for its signature."""
    page = visit(browser, "/delivrer/", role="signataire")
    page.get_by_role("listitem").filter(has_text="compostage-printemps.csv").get_by_role("link").click()
    page.wait_for_load_state("networkidle")
    return shot(page)


def overview(browser: Browser) -> bytes:
    """The home page beside a verified credential."""
    sides = [shot(visit(browser, "/")), shot(credential(browser))]
    drawn = "".join(
        f'<img alt="" src="data:image/png;base64,{base64.b64encode(side).decode()}">' for side in sides
    )
    page = browser.new_page(viewport={"width": 1600, "height": 572})
    page.set_content(
        "<style>body{margin:0;padding:18px;display:flex;gap:18px;background:#0b4a37}"
        "img{width:773px;border-radius:6px}</style>" + drawn
    )
    page.wait_for_function("[...document.images].every(i => i.complete)")
    return page.screenshot()


PICTURES: dict[str, Callable[[Browser], bytes]] = {
    "apercu": overview,
    "accueil": a_page("/"),
    "accueil-telephone": a_page("/", size=PHONE),
    "catalogue": a_page("/catalogue/"),
    "carte": chart,
    "micro-certification": a_page("/micro-certifications/conduire-un-compost-partage/"),
    "atelier": studio,
    "salle": room,
    "lot": batch,
    "attestation": lambda browser: shot(credential(browser)),
    "attestation-telephone": lambda browser: shot(credential(browser, size=PHONE)),
    "formats": forms,
    "formats-telephone": lambda browser: forms(browser, size=PHONE),
    "portefeuille": binding,
    "verification": a_page("/verifier/"),
    "verification-badge": answer_to("Badge numérique (Open Badges 3.0)"),
    "verification-jeton": answer_to("Le même badge en jeton (JWT)"),
    "verification-portefeuille": answer_to("Attestation pour portefeuille européen"),
    "verification-europe": answer_to("Attestation numérique européenne"),
    "verification-doute": doubt,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
