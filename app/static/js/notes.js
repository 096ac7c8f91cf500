// Notes save themselves a moment after the last key. What can't be saved now is kept in this browser until it can.

const LONGEST = 10_000;

const form = document.querySelector("[data-note]");
if (form) keepNotes(form);

function keepNotes(form) {
  const key = `note:${form.dataset.note}`;
  // Each page keeps its own: two without a connection must not write over each other.
  const own = `${key}:${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const { text, version } = form.elements;
  const said = form.querySelector("[data-said]");
  // What a browser fills in again on its own may be older than what stands on the server.
  text.value = text.defaultValue;
  version.value = version.defaultValue;
  let saved = text.value;
  let waiting;
  let sending = false;
  let renewed = false;
  // Two versions wait for a decision: nothing is sent until it is made.
  let undecided = false;

  form.querySelector("[data-without-script]").remove();
  const say = (words) => { said.textContent = words; };
  const clock = (instant) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(instant);
  const keepHere = () => {
    try { localStorage.setItem(own, JSON.stringify({ text: text.value, version: version.value, at: Date.now() })); return true; } catch { return false; }
  };
  const forget = (...keys) => { try { for (const kept of keys.length ? keys : [own]) localStorage.removeItem(kept); } catch { /* storage is off: nothing was kept */ } };
  const unsaved = (why) => say(keepHere() ? `${why} Kept in this browser for now.` : `${why} Copy it before you leave.`);

  async function save() {
    if (sending || undecided || text.value === saved) return;
    sending = true;
    const sent = new FormData(form);
    sent.delete("once");
    const typed = text.value;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" }, redirect: "manual", keepalive: typed.length < 20000 });
      await settle(answer, typed);
    } catch {
      unsaved("No connection.");
    }
    sending = false;
    if (text.value !== typed) later();
  }

  async function settle(answer, typed) {
    if (answer.type === "opaqueredirect") return unsaved("You have been signed out: sign in again in another tab.");
    if (answer.status === 409) return conflict(await answer.json());
    if (answer.status === 422) return refused(await answer.json());
    if (!answer.ok) return unsaved("It could not be saved just now.");
    const { version: now, saved_at: at } = await answer.json();
    version.value = now;
    saved = typed;
    renewed = false;
    forget();
    form.querySelector(".conflict")?.remove();
    return say(`Saved ${clock(new Date(at))}`);
  }

  // Too long a text, or a page from before the last sign-in: that one gets today's token and tries once more.
  async function refused({ faults }) {
    if (text.value.length > LONGEST) return unsaved(faults.join(" "));
    if (!renewed && await renew()) {
      renewed = true;
      return later(0);
    }
    return unsaved("It could not be saved from this page.");
  }

  async function renew() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-note]");
    // Somebody else may have signed in here: this note is not theirs.
    if (fresh?.dataset.note !== form.dataset.note) return false;
    form.elements.csrf_token.value = fresh.elements.csrf_token.value;
    return true;
  }

  function conflict(there) {
    undecided = true;
    keepHere();
    form.querySelector(".conflict")?.remove();
    const box = document.createElement("div");
    box.className = "conflict";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = "This note was saved elsewhere in the meantime. Yours is below; this is what stands:";
    const other = document.createElement("p");
    other.className = "typed";
    other.textContent = there.text || "(empty)";
    box.append(words, other, button("Keep mine", () => { undecided = false; version.value = there.version; save(); }), button("Take the other", () => {
      undecided = false;
      version.value = there.version;
      text.value = saved = there.text;
      forget();
      box.remove();
      say("Taken over.");
    }));
    form.prepend(box);
    say("Not saved: two versions.");
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function later(milliseconds = 800) {
    clearTimeout(waiting);
    waiting = setTimeout(save, milliseconds);
  }

  function keptHere() {
    try {
      return Object.keys(localStorage).filter((name) => name === key || name.startsWith(`${key}:`)).map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) })).sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
    } catch {
      return [];
    }
  }

  // Several pages may have kept a text each: they stand under one another, and nothing is lost.
  function restore() {
    const kept = keptHere();
    const texts = [...new Set(kept.map((one) => one.text))].filter((one) => one !== text.value);
    if (!texts.length) return forget(...kept.map((one) => one.name));
    const there = { text: text.value, version: version.value };
    text.value = texts.join("\n\n");
    if (keepHere()) forget(...kept.map((one) => one.name));
    if (kept.some((one) => one.version !== there.version)) return conflict(there);
    say("What was kept in this browser is back.");
    return save();
  }

  text.addEventListener("input", () => {
    if (undecided) return keepHere();
    say("Not saved yet");
    return later();
  });
  text.addEventListener("blur", save);
  addEventListener("online", save);
  // Back from another tab, perhaps from signing in again.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) save(); });
  addEventListener("pagehide", () => { if (text.value !== saved) keepHere(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  restore();
}
