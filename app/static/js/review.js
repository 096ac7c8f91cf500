// Review by keyboard: Y and N grade, Ctrl or Cmd with Enter sends an answer.

// A summary of faults is read first.
if (!document.querySelector("[data-focus]")) document.querySelector("[data-review] textarea")?.focus();

addEventListener("keydown", (event) => {
  const field = event.target.closest("textarea");
  if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const value = { y: "yes", n: "no" }[event.key.toLowerCase()];
  if (value) document.querySelector(`[data-review] button[name="correct"][value="${value}"]`)?.click();
});
