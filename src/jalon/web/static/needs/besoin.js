// Communes as one types, and a need half written that survives a closed tab. Without this file both are done without.
const place = document.querySelector("[data-communes]");
const list = document.getElementById("communes");
let asked;
place?.addEventListener("input", () => {
  clearTimeout(asked);
  if (place.value.trim().length < 2) return;
  asked = setTimeout(async () => {
    try {
      const answer = await fetch(`${place.dataset.communes || "/besoins/communes/"}?q=${encodeURIComponent(place.value)}`);
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).communes.map((name) => Object.assign(document.createElement("option"), { value: name })));
    } catch { /* no network: the name is typed whole */ }
  }, 200);
});

const store = (work) => { try { return work(localStorage); } catch { return null; } };
const sent = document.querySelector("[data-envoye]");
if (sent) store((kept) => kept.removeItem(sent.dataset.envoye));

const form = document.querySelector("form[data-brouillon]");
if (form) {
  const key = form.dataset.brouillon;
  // Not who asks: the device may be that of a media library.
  const fields = () => [...form.elements].filter((f) => ["skill", "place", "people_count", "needed_by", "constraints", "ticked"].includes(f.name));
  const state = () => fields().map((f) => (f.type === "checkbox" ? f.checked : f.value));
  const blank = JSON.stringify(state());
  form.addEventListener("input", () => store((kept) => kept.setItem(key, JSON.stringify(state()))));
  const before = JSON.parse(store((kept) => kept.getItem(key)) || "null");
  const notice = form.querySelector("[data-revenu]");
  // What the server sent back, or a link brought, is newer than what was kept.
  const free = !("rendu" in form.dataset) && fields().every((f) => (f.type === "checkbox" ? !f.checked : !f.value));
  if (before && free && before.length === fields().length && JSON.stringify(before) !== blank) {
    fields().forEach((f, n) => { if (f.type === "checkbox") f.checked = before[n]; else f.value = before[n]; });
    notice.hidden = false;
    notice.querySelector("[data-effacer]").onclick = () => {
      store((kept) => kept.removeItem(key));
      form.reset();
      notice.hidden = true;
    };
  }
}
