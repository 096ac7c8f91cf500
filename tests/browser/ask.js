// Asks axe about what look.js found: the page's structure if it is new, these letters, and what hangs on places.
async ([options, structure, fresh]) => {
  if (!window.axe) window.wakeAxe();
  const { letters, near, scrolling } = window.looked;
  const violations = [];
  const ask = async (where, how) => violations.push(...(await axe.run(where, { ...options, ...how })).violations);
  const only = (...values) => ({ runOnly: { type: "rule", values }, rules: {} });
  if (structure) await ask(document, {});
  if (fresh.length) await ask({ include: fresh.map((key) => letters.get(key)) }, only("color-contrast", "link-in-text-block"));
  if (near.length) await ask({ include: near }, only("target-size"));
  if (scrolling.length) await ask({ include: scrolling }, only("scrollable-region-focusable"));
  return violations.map(({ id, help, nodes }) =>
    `${id} (${help}) at ${nodes.slice(0, 4).map((node) => node.target.join(" "))}`);
}
