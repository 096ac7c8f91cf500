// Review by keyboard, as long as the focus is in it: 1 to 4 say how sure, Ctrl or Cmd with Enter sends, Y and N grade.

const review = document.querySelector("[data-review]");
const grades = { y: "yes", n: "no" };

// A summary of faults is read first.
if (review && !document.querySelector("[data-focus]")) {
  const first = review.querySelector("textarea") ?? review.querySelector(".compared");
  if (!first.matches("textarea")) first.tabIndex = -1;
  first.focus();
}

review?.addEventListener("keydown", (event) => {
  const typing = event.target.matches("textarea");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("form")?.requestSubmit();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const sure = review.querySelectorAll('input[name="confidence"]')[event.key - 1];
  if (sure) {
    sure.checked = true;
    sure.focus();
  }
  review.querySelector(`button[name="correct"][value="${grades[event.key?.toLowerCase()]}"]`)?.click();
});
