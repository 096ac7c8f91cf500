// What the page shows as it stands: what runs off its side, its shape, its letters, and what else to ask axe about.
() => {
  const all = [...document.body.querySelectorAll("*")];
  const box = (element) => element.getBoundingClientRect();

  // The shape is what axe's rules on structure go by: elements, which of them show, and what they are called.
  // What things are called differs from row to row and person to person: it counts by where it was first met.
  const POINTS = /^(id|for|name|list|form|headers|aria-(labelledby|describedby|controls|owns|details|errormessage))$/;
  const GEOMETRY = /^(value|href|src|action|nonce|content|datetime|d|points|transform|viewBox|[xyr]|[cr][xy]|[xy][12]|width|height|data-.*)$/;
  const NAMES = "h1, h2, h3, h4, h5, h6, caption, legend, label, title, summary, a:has(img), button:has(img)";
  const orders = new Map();
  const order = (word) => orders.get(word) ?? orders.set(word, orders.size).get(word);
  const attribute = ({ name, value }) => {
    if (POINTS.test(name)) return `${name}=${value.trim() && value.trim().split(/\s+/).map(order)}`;
    if (name === "href" && value.startsWith("#")) return `${name}=${order(value.slice(1))}`;
    return GEOMETRY.test(name) && value.trim() ? name : `${name}=${value}`;
  };
  const shape = (node, named) => {
    // Which words are the same as others counts where they name something.
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      return named || node.parentElement.id ? `words ${order(node.data.trim())}` : "words";
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const within = [...node.childNodes].map((child) => shape(child, named || node.matches(NAMES))).join("");
    const attributes = [...node.attributes].map(attribute).sort();
    return `<${node.localName}${node.checkVisibility() ? "" : " hidden"} ${attributes.join(" ")}>${within}</>`;
  };

  // Contrast hangs on the letters and on every ground beneath them; whether a link stands out, on the words around it.
  const beneath = new Map([[null, ""]]);
  const grounds = (element) => {
    if (!beneath.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      beneath.set(element, `${grounds(element.parentElement)}/${backgroundColor} ${backgroundImage} ${opacity}`);
    }
    return beneath.get(element);
  };
  const around = (link) => {
    const { textDecorationLine, borderBottom, display } = getComputedStyle(link);
    const { color, fontWeight } = getComputedStyle(link.parentElement);
    return ` ${textDecorationLine} ${borderBottom} ${display} in ${color} ${fontWeight}`;
  };
  const written = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
  const letters = new Map();
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    if (!written(element) || !element.checkVisibility() || box(element).width < 2) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const ground = grounds(element).replaceAll("/rgba(0, 0, 0, 0) none 1", "");
    const key = `${color} ${fontSize} ${fontWeight} on ${ground}${element.matches("a") ? around(element) : ""}`;
    if (!letters.has(key)) letters.set(key, element);
  }

  // A target of 24 pixels each way that nothing else lies over is large enough, and so is one far from all others.
  const PRESSED = "a, area, button, input, select, textarea, summary, audio, video, [role]:not(svg, svg *, form)";
  const targets = all.filter((element) => element.matches(PRESSED) && element.checkVisibility())
    .map((element) => ({ element, ...box(element).toJSON(), pieces: element.getClientRects().length }));
  const apart = (one, other) => Math.max(
    one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom);
  const near = targets.filter((one) => one.pieces > 1
    || targets.some((other) => other !== one && apart(one, other) < (Math.min(one.width, one.height) < 24 ? 24 : 0)))
    .map(({ element }) => element);

  const scrolling = all.filter((element) => (element.scrollWidth > element.clientWidth
    || element.scrollHeight > element.clientHeight) && /auto|scroll/.test(getComputedStyle(element).overflow));

  window.looked = { letters, near, scrolling };
  return {
    title: document.title.trim(),
    headings: document.querySelectorAll("h1").length,
    unnamed: [...document.images].filter((image) => !image.hasAttribute("alt")).length,
    wide: document.documentElement.scrollWidth - innerWidth,
    over: all.filter((element) => box(element).right > innerWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`).slice(0, 4),
    shape: shape(document.documentElement, false),
    letters: [...letters.keys()],
    placed: near.length + scrolling.length,
  };
}
