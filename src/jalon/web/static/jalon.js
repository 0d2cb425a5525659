// Progressive enhancement: nothing essential depends on this file.
const root = document.documentElement;

function showNetwork() {
  root.classList.toggle("horsligne", !navigator.onLine);
}
addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);
showNetwork();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-imprimer]")) print();
});

// On a small screen, secondary panels start folded; without script they stay open.
if (matchMedia("(max-width:59.9rem)").matches) {
  for (const panel of document.querySelectorAll("[data-repli]")) panel.open = false;
}

// Communes are offered while one types; without script any name or postal code does.
for (const place of document.querySelectorAll("[data-communes]")) {
  let wait;
  place.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      if (place.value.length < 2 || !place.dataset.communes) return;
      try {
        const answer = await fetch(`${place.dataset.communes}?q=${encodeURIComponent(place.value)}`);
        const options = (await answer.json()).communes.map((name) => new Option(name, name));
        place.list.replaceChildren(...options);
      } catch {
        // No network, no suggestion.
      }
    }, 150);
  });
}
