// What makes pages better where scripts run; every page works without.

// A summary of faults takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: the button waits for the answer.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => { button.disabled = true; });
  // Coming back by the browser's own button finds the form ready again.
  addEventListener("pageshow", () => { button.disabled = false; }, { once: true });
});
