// Reading a lesson: says that it was opened, remembers the place, draws the bar, turns the page by arrow keys.

const bar = document.querySelector("svg.reading");
const form = document.querySelector("#begin");
const places = [...document.querySelectorAll(".lesson [data-place], .lesson .prose h2[id]")];

const tell = (heading) => {
  const sent = new FormData(form);
  if (heading) sent.set("heading", heading);
  // A lost message costs a bookmark, never the page.
  return fetch(form.action, { method: "POST", body: sent, keepalive: true }).catch(() => {});
};

const passed = () => places.filter((place) => place.getBoundingClientRect().top < innerHeight / 2).at(-1)?.id ?? "";

if (form) {
  let told = "";
  let begun = "begun" in form.dataset;
  const arrive = () => {
    const here = passed();
    if (begun && here === told) return;
    begun = true;
    told = here;
    tell(here);
  };
  if (!begun) arrive();
  let idle;
  let moved = false;
  addEventListener("scroll", () => {
    moved = true;
    clearTimeout(idle);
    idle = setTimeout(arrive, 1500);
  }, { passive: true });
  // Who leaves while still scrolling has come this far too.
  const leave = () => { if (moved) arrive(); };
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  addEventListener("pagehide", leave);
}

if (bar) {
  bar.removeAttribute("hidden");
  const draw = () => {
    const whole = document.documentElement.scrollHeight - innerHeight;
    const share = whole > 0 ? Math.min(100, Math.round((100 * scrollY) / whole)) : 100;
    bar.firstElementChild.setAttribute("width", share);
    bar.setAttribute("aria-label", `${share} percent read`);
  };
  draw();
  addEventListener("scroll", draw, { passive: true });
  addEventListener("resize", draw);
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, button, summary, [contenteditable], [tabindex]")) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  document.querySelector(`.turn a[rel="${way}"]`)?.click();
});
