// Beside an instant on a cohort's clocks: the same instant on the reader's, where the two differ.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

const wall = (instant, timeZone) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(instant);

for (const element of document.querySelectorAll("time[data-zone]")) {
  const instant = new Date(element.dateTime);
  if (wall(instant, here) === wall(instant, element.dataset.zone)) continue;
  const aside = document.createElement("span");
  aside.className = "muted";
  aside.textContent = ` (${wall(instant, here)} where you are)`;
  element.closest(".instant").append(aside);
}
