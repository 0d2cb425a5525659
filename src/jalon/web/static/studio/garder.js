// Keeps what is typed: first on this device, then at the server, field by field. Without it, «Garder» does the same.
const form = document.querySelector("form[data-garder]");
const prefix = form.dataset.cle;
const words = document.querySelector("[data-mots]").dataset;
const status = form.querySelector("[data-etat]");
const timers = new Map();
const busy = new Set();
const cells = [...form.querySelectorAll("[data-champ]")];

const controls = (cell) => [...cell.querySelectorAll("[name]:not(button)")];
const pairs = (cell) => controls(cell).filter((c) => c.checked || !/radio|checkbox/.test(c.type)).map((c) => [c.name, c.value]);
const typed = (list) => JSON.stringify(list.filter(([name]) => !name.startsWith("seen:")));
const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const forget = (key) => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };

function keep(cell) {
  try { localStorage.setItem(prefix + cell.dataset.champ, JSON.stringify(pairs(cell))); } catch { /* full or closed */ }
}

async function post(field, list, keepalive) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("field", field);
  for (const [name, value] of list) body.append(name, value);
  const answer = await fetch(form.dataset.garder, { method: "POST", body, keepalive, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function send(cell, keepalive = false) {
  const field = cell.dataset.champ;
  clearTimeout(timers.get(cell));
  timers.delete(cell);
  if (busy.has(cell)) { timers.set(cell, setTimeout(send, 400, cell)); return; } // one at a time, or a person would meet their own text
  busy.add(cell);
  const list = pairs(cell);
  status.textContent = words.envoi;
  try {
    const said = await post(field, list, keepalive);
    if (kept(prefix + field) && typed(JSON.parse(kept(prefix + field))) === typed(list)) forget(prefix + field);
    if (said.state !== "conflict") cell.querySelector("[name^='seen:']").value = said.seen;
    status.textContent = said.message;
    show(cell.querySelector("[data-conseils]"), "conseil", said.advice);
    show(cell.querySelector("[data-probleme]"), "err", said.problem ? [said.problem] : []);
    document.querySelector("[data-pourcent]").textContent = said.percent;
  } catch {
    status.textContent = words.local;
    if (!timers.has(cell)) timers.set(cell, setTimeout(send, 15000, cell));
  } finally { busy.delete(cell); }
}

function show(place, kind, sentences) {
  place.replaceChildren(...sentences.map((sentence) => {
    const p = document.createElement("span");
    p.className = kind;
    p.textContent = sentence;
    return p;
  }));
}

for (const cell of cells) {
  cell.addEventListener("input", () => {
    keep(cell);
    clearTimeout(timers.get(cell));
    timers.set(cell, setTimeout(send, 1500, cell));
  });
  cell.addEventListener("change", () => { keep(cell); send(cell); });
}
addEventListener("online", () => [...timers.keys()].forEach((cell) => send(cell)));
addEventListener("pagehide", () => [...timers.keys()].forEach((cell) => send(cell, true)));

// What an earlier visit could not send is offered, never put in by itself.
const drawn = new Map(cells.map((cell) => [prefix + cell.dataset.champ, typed(pairs(cell))]));
let left = [];
try { left = Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { /* no storage */ }
left = left.filter((key) => typed(JSON.parse(kept(key))) !== drawn.get(key) || forget(key));
if (left.length) {
  const notice = form.querySelector("[data-reste]");
  for (const key of left) {
    const item = document.createElement("li");
    item.textContent = JSON.parse(typed(JSON.parse(kept(key)))).map(([, value]) => value).filter(Boolean).join(" · ") || "—";
    notice.querySelector("[data-reste-liste]").append(item);
  }
  notice.hidden = false;
  notice.querySelector("[data-oublier]").onclick = () => { left.forEach(forget); notice.hidden = true; };
  notice.querySelector("[data-reprendre]").onclick = async () => {
    try {
      for (const key of left) { await post(key.slice(prefix.length), JSON.parse(kept(key))); forget(key); }
      location.reload();
    } catch { status.textContent = words.local; }
  };
}
