// Finds concepts as one types. Without it, the button «Chercher» does the same.
const form = document.querySelector("form[data-chercher]");
const place = document.querySelector("[data-trouves]");
const field = form.elements.q;
let waiting = 0;
let latest = 0;

async function search() {
  const mine = ++latest;
  const asked = new URLSearchParams(new FormData(form));
  asked.set("partie", "trouves");
  try {
    const answer = await fetch(`${location.pathname}?${asked}`, { redirect: "error" });
    if (!answer.ok || mine !== latest) return; // a later one is on its way
    place.innerHTML = await answer.text();
  } catch { /* no network: the button is still there */ }
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 180);
});
