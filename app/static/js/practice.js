// The verdict beside the sum of the five lines, and fields that follow a choice. The server has the last word.

const LINES = ["personal", "two_way", "about_them", "value", "next_step"];

// The rule of course/practice.py: an answer and their goal are conditions, then the sum decides.
export function verdict(points, threshold) {
  if (points.some((point) => point === null)) return null;
  const [, twoWay, aboutThem] = points;
  const total = points.reduce((sum, point) => sum + point, 0);
  if (twoWay > 0 && aboutThem > 0) return total >= threshold ? "connecting" : "few";
  return twoWay === 0 ? "silent" : "offer";
}

function pointsOf(form) {
  return LINES.map((line) => {
    const chosen = form.elements[line].value;
    return chosen === "" ? null : Number(chosen);
  });
}

function tell(form) {
  const mark = form.querySelector("[data-verdict]");
  const found = verdict(pointsOf(form), Number(mark.dataset.threshold));
  mark.hidden = found === null;
  mark.textContent = found === null ? "" : mark.dataset[found];
  mark.classList.toggle("connecting", found === "connecting");
}

// Promises kept are those to the person of this entry.
function offerPromises(form) {
  const group = form.querySelector("[data-kept]");
  if (!group) return;
  const lines = [...group.querySelectorAll("[data-person]")];
  for (const line of lines) {
    line.hidden = line.dataset.person !== form.elements.who.value;
    if (line.hidden) line.querySelector("input").checked = false;
  }
  group.hidden = lines.every((line) => line.hidden);
}

// What was typed under "Other" goes when something else is picked; picking "Other" leads to its field.
function follow(event) {
  const field = event.target.closest("fieldset")?.querySelector(".unfolds input");
  if (!field || event.target === field || event.target.type !== "radio") return;
  if (event.target.value === "other") {
    if (event.type === "click" && event.detail > 0) field.focus();
  } else {
    field.value = "";
  }
}

// Somebody picked brings back how it was with them the last time, where nothing else was said yet. Never the rating.
function asLastTime(form, event) {
  const told = form.querySelector("[data-as-last] > span");
  if (!told) return;
  const fields = { channel: 0, began: 1, minutes: 2 };
  if (event.target.name in fields || event.target.name === "minutes_other") {
    form.dataset.said = "";
    told.hidden = true;
  }
  if (event.target.name !== "who" || "said" in form.dataset) return;
  const last = JSON.parse(form.dataset.last || "{}")[event.target.value];
  told.hidden = !last;
  if (!last) return;
  const [channel, began, minutes, day] = last;
  form.elements.channel.value = channel;
  form.elements.began.value = began;
  const other = ![...form.elements.minutes].some((choice) => choice.value === String(minutes));
  form.elements.minutes.value = other ? "other" : String(minutes);
  form.elements.minutes_other.value = other ? minutes : "";
  told.querySelector("b").textContent = day;
}

for (const form of document.querySelectorAll("form[data-entry]")) {
  const update = () => { tell(form); offerPromises(form); };
  form.addEventListener("change", (event) => { follow(event); asLastTime(form, event); update(); });
  form.addEventListener("click", follow);
  // What was typed before says more than the last time.
  form.addEventListener("restored", () => { form.dataset.said = ""; update(); });
  form.addEventListener("afresh", () => { delete form.dataset.said; update(); });
  update();
}
