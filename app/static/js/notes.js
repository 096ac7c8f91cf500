// Notes save themselves a moment after the last key. What can't be saved now is kept in this browser until it can.

const form = document.querySelector("[data-note]");
if (form) keepNotes(form);

function keepNotes(form) {
  const key = `note:${form.dataset.note}`;
  const { text, version } = form.elements;
  const said = form.querySelector("[data-said]");
  let saved = text.value;
  let waiting;
  let sending = false;
  // Two versions wait for a decision: nothing is sent until it is made.
  let undecided = false;

  form.querySelector("[data-without-script]").remove();
  const say = (words) => { said.textContent = words; };
  const clock = (instant) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(instant);
  const keepHere = () => {
    try { localStorage.setItem(key, JSON.stringify({ text: text.value, version: version.value })); return true; } catch { return false; }
  };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* storage is off: nothing was kept */ } };
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
    if (answer.status === 422) return unsaved((await answer.json()).faults.join(" "));
    if (!answer.ok) return unsaved("It could not be saved just now.");
    const { version: now, saved_at: at } = await answer.json();
    version.value = now;
    saved = typed;
    forget();
    form.querySelector(".conflict")?.remove();
    return say(`Saved ${clock(new Date(at))}`);
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

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(save, 800);
  }

  function restore() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return; }
    if (!kept || kept.text === text.value) return forget();
    if (kept.version === version.value) {
      text.value = kept.text;
      say("What was kept in this browser is back.");
      return save();
    }
    const there = { text: text.value, version: version.value };
    text.value = kept.text;
    return conflict(there);
  }

  text.addEventListener("input", () => {
    if (undecided) return keepHere();
    say("Not saved yet");
    return later();
  });
  text.addEventListener("blur", save);
  addEventListener("online", save);
  addEventListener("pagehide", () => { if (text.value !== saved) keepHere(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  restore();
}
