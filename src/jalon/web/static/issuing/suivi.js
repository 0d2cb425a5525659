// A list under way: take its lines again until it is over. Without this file the page refreshes itself.
const place = document.querySelector("[data-suivi]");
const said = document.querySelector("[data-annonce]");
const EVERY = 2000;
const AT_MOST = 20000;
let wait = EVERY;

async function look() {
  try {
    const answer = await fetch(place.dataset.suivi, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lines = part.querySelector("[data-etat]");
    if (!lines) throw new Error("no lines");
    if ("fini" in lines.dataset) return location.reload();
    const phrase = lines.querySelector("[data-phrase]").textContent;
    // Whoever reads or has the focus in the table is not disturbed by an identical one.
    if (lines.outerHTML !== place.firstElementChild?.outerHTML && !place.contains(document.activeElement)) {
      place.replaceChildren(document.adoptNode(lines));
    }
    if (said.textContent !== phrase) said.textContent = phrase;
    wait = EVERY;
  } catch {
    // The network is away: ask less and less often, and say nothing alarming.
    wait = Math.min(wait * 2, AT_MOST);
  }
  setTimeout(look, wait);
}

if (place) setTimeout(look, wait);
