// "What if" as one drags: each number gets a slider, and the server's own page answers. Without this the button does.

const form = document.querySelector("[data-what-if]");
let asking;

for (const field of form?.querySelectorAll("input[type=number]") ?? []) {
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, step: 1, value: field.value });
  slider.setAttribute("aria-label", field.labels[0].textContent);
  slider.addEventListener("input", () => { field.value = slider.value; suppose(); });
  field.addEventListener("input", () => { slider.value = field.value; suppose(); });
  field.after(slider);
}

async function suppose() {
  if (!form.checkValidity()) return;
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    // Signed out, or a fault: the button leads to the page that says so.
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of ["h1", "#said", "#supposed"]) document.querySelector(place).replaceWith(page.querySelector(place));
    history.replaceState(null, "", address);
  } catch (fault) {
    if (fault.name !== "AbortError") throw fault;
  }
}
