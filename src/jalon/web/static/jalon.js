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
