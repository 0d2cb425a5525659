// Keeps what is typed in a room on this device until the server has it: a closed tab or a lost network loses nothing.
// Without it, the same forms send themselves the plain way.
const words = document.querySelector("[data-mots]").dataset;
const received = new Set([...document.querySelectorAll("[data-recu]")].map((each) => each.dataset.recu));
const waiting = new Set();

const keyOf = (form) => `salle:${words.salle}:${words.champ}:${form.dataset.brouillon}`;
const own = (form) => [...form.querySelectorAll("[name]:not(button)")].filter((c) => c.name !== "csrfmiddlewaretoken");
// What the field said when they began travels with the draft: a text that changed meanwhile must be told.
const isHeld = (c) => c.type !== "hidden" || c.name === "client_id" || c.name.startsWith("seen:");
const values = (form) => own(form).filter((c) => isHeld(c) && (c.checked || !/radio|checkbox/.test(c.type))).map((c) => [c.name, c.value]);

function kept(form) {
  try { return JSON.parse(localStorage.getItem(keyOf(form))); } catch { return null; }
}
function keep(form) {
  try { localStorage.setItem(keyOf(form), JSON.stringify(values(form))); } catch { /* full or closed */ }
}
function forget(form) {
  try { localStorage.removeItem(keyOf(form)); } catch { /* nothing was kept */ }
}
function say(form, sentence) {
  const place = form.querySelector("[data-etat]");
  if (place) place.textContent = sentence;
}

function restore(form) {
  const list = kept(form);
  if (!list) return;
  const id = list.find(([name]) => name === "client_id")?.[1];
  if (id && received.has(id)) { forget(form); return; } // it arrived; only the answer was lost
  const held = new Map();
  for (const [name, value] of list) held.set(name, [...(held.get(name) ?? []), value]);
  let changed = false;
  for (const control of own(form).filter(isHeld)) {
    const wanted = held.get(control.name) ?? [];
    if (/radio|checkbox/.test(control.type)) {
      changed ||= control.checked !== wanted.includes(control.value);
      control.checked = wanted.includes(control.value);
    } else if (held.has(control.name)) {
      changed ||= control.type !== "hidden" && control.value !== wanted[0];
      control.value = wanted.shift();
    }
  }
  if (!changed) return;
  say(form, words.repris);
  form.closest("details")?.setAttribute("open", "");
}

async function send(form, button) {
  waiting.delete(form);
  const body = new FormData(form);
  body.append(button.name, button.value);
  say(form, words.envoi);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    say(form, words.local);
    waiting.add(form);
    form.envoi = button;
    return;
  }
  if (answer.type === "opaqueredirect") {
    forget(form);
    location.replace(words.retour);
    return;
  }
  // Refused, or something else than the page after: the plain way shows it, and the same words are kept once.
  form.dataset.direct = "1";
  form.requestSubmit(button);
}

for (const form of document.querySelectorAll("form[data-brouillon]")) {
  restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("change", () => keep(form));
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (form.dataset.direct || !button) return;
    if (/^(row|drop):/.test(button.value)) { forget(form); return; } // the page that comes back holds what was typed
    event.preventDefault();
    keep(form);
    send(form, button);
  });
}
addEventListener("online", () => [...waiting].forEach((form) => send(form, form.envoi)));
