// What is typed into an entry stays in this browser until it has been logged: through a closed tab or a lost session.

const PREFIX = "practice:";
const KEPT_FOR = 14 * 24 * 60 * 60 * 1000;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function drafts() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// The address tells which post was answered; its draft has done its work. Old ones go too.
function tidy() {
  const address = new URL(location.href);
  const logged = address.searchParams.get("logged") ?? address.searchParams.get("kept");
  for (const key of drafts()) {
    const draft = read(key);
    if (!draft || draft.once === logged || Date.now() - draft.at > KEPT_FOR) localStorage.removeItem(key);
  }
  if (logged === null) return;
  address.searchParams.delete("logged");
  address.searchParams.delete("kept");
  history.replaceState(null, "", address);
}

function keep(form, key) {
  const typed = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "once");
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), once: form.elements.once.value, typed }));
  } catch {
    // Storage is full or forbidden: the page works on without drafts.
  }
}

function fill(form, typed) {
  const said = new Map();
  for (const [name, value] of typed) said.set(name, [...(said.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || field.name === "once") continue;
    const values = said.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function restore(form, key) {
  const draft = read(key);
  if (!draft) return;
  const fresh = form.elements.once.value;
  fill(form, draft.typed);
  // The same key as before: if that post did arrive, it isn't written twice.
  form.elements.once.value = draft.once;
  form.querySelector("details").open = true;
  form.dispatchEvent(new Event("restored"));
  const note = form.querySelector("[data-restored]");
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(draft.at);
  note.querySelector("[data-restored-words]").textContent = `What you typed on ${day} is back. It has not been logged yet.`;
  note.hidden = false;
  note.querySelector("[data-afresh]").addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    form.elements.once.value = fresh;
    form.dispatchEvent(new Event("afresh"));
    note.hidden = true;
  });
}

function begin(form) {
  const key = PREFIX + form.dataset.draft;
  if ("restore" in form.dataset) restore(form, key);
  form.addEventListener("input", () => keep(form, key));
  form.addEventListener("change", () => keep(form, key));
  form.addEventListener("kept", () => {
    localStorage.removeItem(key);
    form.reset();
    form.querySelector("[data-restored]").hidden = true;
    form.dispatchEvent(new Event("afresh"));
  });
}

tidy();
for (const form of document.querySelectorAll("form[data-draft]")) {
  // Without a network it is known only later whose form it is.
  if (form.dataset.draft) begin(form);
  else form.addEventListener("filled", () => begin(form), { once: true });
}
