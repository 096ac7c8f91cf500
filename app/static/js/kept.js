// Entries that were written without a network stay on this phone until they have been sent, once. So do the aliases
// that the form needs, for one person, until they sign out or somebody else signs in.

const KEPT_FOR = "practice-kept-for";
const WAITING = "practice-waiting";
const root = document.documentElement;
const form = document.querySelector("form[data-entry]");
const shell = form !== null && "shell" in form.dataset;
const reader = shell ? (localStorage.getItem(KEPT_FOR) ?? "") : (root.dataset.reader ?? "");
const place = document.querySelector("[data-kept]");
let trouble = "";
let sent = 0;

// The same two stores as in worker.js.
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("practice", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("book", { keyPath: "person" });
      asked.result.createObjectStore("queue", { keyPath: "once" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const turn = database.transaction(store, mode);
      const asked = act(turn.objectStore(store));
      turn.oncomplete = () => resolve(asked.result);
      turn.onabort = () => reject(turn.error);
    });
  } finally {
    database.close();
  }
}

const queue = () => within("queue", "readonly", (store) => store.getAll());
const put = (entry) => within("queue", "readwrite", (store) => store.put(entry));
const drop = (once) => within("queue", "readwrite", (store) => store.delete(once));

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

// Whoever reads this page is not the one whose aliases are kept: they go.
async function forget() {
  const whose = localStorage.getItem(KEPT_FOR);
  if (shell || whose === null || whose === reader) return;
  await within("book", "readwrite", (store) => store.clear());
  localStorage.removeItem(KEPT_FOR);
}

// What the form offers now, for when it has to offer it alone.
async function remember() {
  const strip = [...form.elements.who].filter((choice) => /^\d+$/.test(choice.value));
  const exercises = [...form.elements.exercise.querySelectorAll("optgroup")].map((group) => ({
    module: group.label,
    lessons: [...group.children].map((option) => [option.value, option.textContent]),
  }));
  const book = {
    person: reader,
    strip: strip.map((choice) => [choice.value, choice.labels[0].textContent.trim()]),
    aliases: [...document.querySelectorAll("#aliases option")].map((option) => option.value),
    last: form.dataset.last,
    exercises,
  };
  localStorage.setItem(KEPT_FOR, reader);
  await within("book", "readwrite", (store) => store.clear());
  await within("book", "readwrite", (store) => store.put(book));
}

const iso = (day) => new Date(day.getTime() - day.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

// The days as app/practice/forms.py offers them: tomorrow, and the first Friday and Monday after it.
function comingDays(today) {
  const after = (days) => new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  const tomorrow = after(1);
  const later = [5, 1].map((weekday) => after(2 + ((weekday - tomorrow.getDay() - 1 + 14) % 7)));
  later.sort((one, other) => one - other);
  const named = (day) => `${new Intl.DateTimeFormat("en-GB", { weekday: "short" }).format(day)}\u00a0${day.getDate()}`;
  return [[iso(tomorrow), "Tomorrow"], ...later.map((day) => [iso(day), named(day)])];
}

function fillStrip(book) {
  const first = form.elements.who[0].closest("label");
  for (const [id, alias] of book.strip) {
    const label = first.cloneNode(true);
    const choice = label.querySelector("input");
    Object.assign(choice, { value: id, id: `who-kept-${id}`, checked: false });
    label.querySelector("span").textContent = alias;
    first.before(label);
  }
  document.querySelector("#aliases").replaceChildren(...book.aliases.map((alias) => Object.assign(document.createElement("option"), { value: alias })));
}

function fillExercises(book) {
  for (const { module, lessons } of book.exercises) {
    const group = Object.assign(document.createElement("optgroup"), { label: module });
    group.append(...lessons.map(([id, title]) => new Option(title, id)));
    form.elements.exercise.append(group);
  }
}

// The page without a network holds nothing of anybody: it is filled from what this phone keeps.
async function fill() {
  const book = reader && (await within("book", "readonly", (store) => store.get(reader)));
  document.querySelector("[data-nobody]").hidden = Boolean(book);
  form.hidden = !book;
  if (!book) return;
  fillStrip(book);
  fillExercises(book);
  form.dataset.last = book.last;
  form.dataset.draft = `${reader}/`;
  const today = new Date();
  // As attributes: they are what the form goes back to.
  for (const name of ["value", "max"]) form.elements.day.setAttribute(name, iso(today));
  [...form.elements.step_by].slice(0, 3).forEach((choice, nth) => {
    const [day, words] = comingDays(today)[nth];
    choice.value = day;
    choice.labels[0].querySelector("span").textContent = words;
  });
  form.elements.once.value = newKey();
  form.dispatchEvent(new Event("filled"));
}

// The names of what an entry can't do without and doesn't say yet. The server has the last word.
function lacking() {
  const said = (name) => form.elements[name].value.trim() !== "";
  const who = form.elements.who.value;
  const alone = who === "alone";
  const needed = alone ? [] : ["channel", "began", "personal", "two_way", "about_them", "value", "next_step"];
  const missing = needed.filter((name) => !said(name));
  if (!alone && (who === "" || who === "other") && !said("alias")) missing.unshift("who");
  if (["", "other"].includes(form.elements.minutes.value) && !said("minutes_other")) missing.push("minutes");
  return missing.map((name) => form.elements[name][0].closest("fieldset").querySelector("legend").textContent);
}

function address() {
  const url = new URL(shell ? "/practice/" : form.action, location.href);
  for (const passing of ["logged", "kept", "page"]) url.searchParams.delete(passing);
  return url.pathname + url.search;
}

async function keep(event) {
  if (!shell && navigator.onLine) return;
  event.preventDefault();
  const missing = lacking();
  trouble = missing.length ? `Still to say before it can be kept: ${missing.join(", ")}.` : "";
  if (missing.length) {
    await show();
    place.scrollIntoView({ block: "center" });
    return;
  }
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "once");
  const once = form.elements.once.value;
  await put({ once, person: reader, url: address(), draft: form.dataset.draft, fields, at: Date.now(), words: [] });
  form.dispatchEvent(new Event("kept"));
  form.elements.once.value = newKey();
  await show();
  place.scrollIntoView({ block: "center" });
  await send();
}

class SignedOut extends Error {}

async function answerOf(url, options) {
  const answer = await fetch(url, options);
  if (new URL(answer.url).pathname === "/sign-in") throw new SignedOut();
  if (answer.status >= 500) throw new TypeError("the server is not well");
  return answer;
}

async function post(entry, token) {
  const body = new URLSearchParams(entry.fields);
  body.set("csrf_token", token);
  body.set("once", entry.once);
  const answer = await answerOf(entry.url, { method: "POST", body });
  if (answer.ok) {
    sent += 1;
    await drop(entry.once);
    return;
  }
  // Refused, in words: they are shown, and what was typed can be put right.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const faults = [...page.querySelectorAll(".faults li")].map((fault) => fault.textContent.trim());
  const theirs = page.querySelector("form[data-draft]");
  const words = faults.length ? faults : [page.querySelector("h1")?.textContent.trim() ?? `Answered ${answer.status}`];
  const moved = theirs ? { url: theirs.getAttribute("action") ?? entry.url, draft: theirs.dataset.draft } : {};
  await put({ ...entry, ...moved, words });
}

async function sendAll() {
  const waiting = (await queue()).filter((entry) => entry.words.length === 0);
  if (waiting.length === 0) return;
  const { person, token } = await (await answerOf("/practice/token")).json();
  for (const entry of waiting) {
    if (entry.person === String(person)) await post(entry, token);
  }
}

// One tab at a time sends; the once-only key holds where an answer was lost on its way.
async function send() {
  try {
    await navigator.locks.request("practice-send", { ifAvailable: true }, (lock) => lock && sendAll());
    trouble = "";
  } catch (error) {
    trouble = error instanceof SignedOut ? "signed out" : "";
  }
  await show();
}

const counted = (n) => (n === 1 ? "one entry" : `${n} entries`);

function sentence(mine, others) {
  const waiting = mine.filter((entry) => entry.words.length === 0).length;
  const said = [];
  if (sent) said.push(`Sent: ${counted(sent)} that this phone had kept.`);
  if (waiting) {
    const then = trouble === "signed out" ? "Sign in, and they will be sent." : "To be sent when there is a network.";
    said.push(`Kept on this phone: ${counted(waiting)}. ${then}`);
  }
  if (mine.length > waiting) said.push(`Not taken, and kept here: ${counted(mine.length - waiting)}. Read why, and put it right.`);
  if (others) said.push(`This phone also keeps ${counted(others)} of somebody else, to be sent when they sign in.`);
  if (trouble && trouble !== "signed out") said.push(trouble);
  return said.join(" ");
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words, className: "plain-action" });
  made.addEventListener("click", act);
  return made;
}

function putRight(entry) {
  localStorage.setItem(`practice:${entry.draft}`, JSON.stringify({ at: entry.at, once: entry.once, typed: entry.fields }));
  location.href = entry.url;
}

function refused(entry) {
  const line = document.createElement("li");
  const typed = Object.fromEntries(entry.fields);
  const when = new Intl.DateTimeFormat("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(entry.at);
  const why = Object.assign(document.createElement("p"), { textContent: `${typed.alias || typed.step || "Kept"}, ${when}: ${entry.words.join(" ")}` });
  const away = button("Throw away", async () => {
    if (away.textContent === "Throw away") away.textContent = "Throw away for good";
    else { await drop(entry.once); await show(); }
  });
  line.append(why, button("Put right", () => putRight(entry)), " ", away);
  return line;
}

async function show() {
  const all = await queue();
  const mine = all.filter((entry) => entry.person === reader);
  localStorage.setItem(WAITING, String(all.length));
  if (!place) return;
  const words = sentence(mine, all.length - mine.length);
  place.hidden = words === "";
  place.querySelector("[data-kept-words]").textContent = words;
  place.querySelector("[data-sign-in]").hidden = trouble !== "signed out";
  place.querySelector("[data-show]").hidden = sent === 0;
  place.querySelector("ul").replaceChildren(...mine.filter((entry) => entry.words.length).map(refused));
}

// What was put right and logged need not be kept. The address was tidied by now; the navigation still has it.
async function settle() {
  const [arrived] = performance.getEntriesByType("navigation");
  const logged = arrived && new URL(arrived.name).searchParams.get("logged");
  if (logged) await drop(logged);
}

async function begin() {
  await forget();
  if (form) form.addEventListener("submit", keep);
  if (shell) await fill();
  else if (form && reader) await settle();
  if (form && !shell && "serviceWorker" in navigator) {
    if (form.elements.exercise && location.pathname === "/practice/") await remember();
    navigator.serviceWorker.register("/sw.js");
  }
  const waits = Number(localStorage.getItem(WAITING)) > 0;
  if (form || (reader && waits)) await send();
  else if (place) await show();
  addEventListener("online", send);
}

// Storage may be forbidden or full: the pages work on without it.
begin().catch(() => {});
