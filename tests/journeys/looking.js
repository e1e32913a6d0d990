// What axe does not see. Every function returns sentences, one for each fault; none means that all is well.
"use strict";

globalThis.looking = (() => {
  const NATIVE = "a[href], area[href], button, input, select, textarea, summary, option, label, details";
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const LEAST_TARGET = 48;
  const LEAST_MAIN_TARGET = 64;
  const LEAST_TEXT = 16;
  const LEAST_BODY = 18;
  // Small print by design: it says nothing that is not said larger elsewhere, or only how much and since when.
  const SMALL = ".hint, .trust, .checked, .filter-count, .choice-hint, .sheet-address, small, .crumbs, .top, .bottom, .demo-mark, .to-filters, .drawing";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const shown = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };

  const named = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const kind = typeof element.className === "string" && element.className.trim()
      ? `.${element.className.trim().split(/\s+/).join(".")}` : "";
    const text = (element.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const parent = element.parentElement ? `${element.parentElement.tagName.toLowerCase()}>` : "";
    return `${parent}${element.tagName.toLowerCase()}${id}${kind} “${text}”`;
  };

  const textNodes = (root = document.body) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest("script, style, noscript, title") && shown(node.parentElement)) found.push(node);
    }
    return found;
  };

  // Colours -----------------------------------------------------------------------------------------------------

  const rgba = (text) => {
    const numbers = text.match(/^rgba?\(([^)]+)\)$/);
    if (!numbers) return null;
    const [red, green, blue, alpha = 1] = numbers[1].split(/[ ,/]+/).filter(Boolean).map(Number);
    return { red, green, blue, alpha };
  };

  const over = (upper, lower) => {
    const mix = (one, other) => one * upper.alpha + other * (1 - upper.alpha);
    return { red: mix(upper.red, lower.red), green: mix(upper.green, lower.green), blue: mix(upper.blue, lower.blue), alpha: 1 };
  };

  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  // Everything the colour lies on, down to the page: backgrounds of the ancestors, in a drawing its shapes below.
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour && colour.alpha > 0) layers.push(colour);
      if (colour && colour.alpha === 1) break;
    }
    return layers.reduceRight((lower, upper) => over(upper, lower), { red: 255, green: 255, blue: 255, alpha: 1 });
  };

  const drawnGround = (element) => {
    const style = getComputedStyle(element);
    const halo = rgba(style.stroke);
    if (element.tagName === "text" && halo && parseFloat(style.strokeWidth) >= 3 && style.paintOrder.startsWith("stroke")) return halo;
    const box = element.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    for (const sibling of [...element.parentElement.children].reverse()) {
      if (!sibling.matches("rect, circle, ellipse")) continue;
      const paint = rgba(getComputedStyle(sibling).fill);
      const area = sibling.getBoundingClientRect();
      const within = area.left <= middle.x && middle.x <= area.right && area.top <= middle.y && middle.y <= area.bottom;
      const below = sibling.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (paint && paint.alpha === 1 && within && below) return paint;
    }
    return ground(element.ownerSVGElement.parentElement);
  };

  const ratio = (colour, below) => contrast(over(colour, below), below);

  const textContrasts = () => {
    const faults = [];
    for (const element of new Set(textNodes().map((node) => node.parentElement))) {
      const style = getComputedStyle(element);
      const drawn = element instanceof SVGElement;
      const colour = rgba(drawn ? style.fill : style.color);
      if (!colour) { faults.push(`contrast of text cannot be reckoned: ${named(element)}`); continue; }
      const size = parseFloat(style.fontSize) * (drawn ? element.getScreenCTM().a : 1);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const found = ratio(colour, drawn ? drawnGround(element) : ground(element));
      if (found < (large ? 4.5 : 7)) faults.push(`contrast of text ${found.toFixed(2)}: ${named(element)}`);
    }
    return faults;
  };

  // Marks that carry a meaning, borders of what is filled in, arrows drawn by the style sheet.
  const markContrasts = () => {
    const faults = [];
    const ask = (what, element, paint, below) => {
      const colour = rgba(paint);
      if (!colour || colour.alpha === 0) return;
      const found = ratio(colour, below);
      if (found < 3) faults.push(`contrast of ${what} ${found.toFixed(2)}: ${named(element)}`);
    };
    for (const drawing of all("svg")) {
      if (!shown(drawing)) continue;
      const whole = drawing.getBoundingClientRect();
      const below = ground(drawing.parentElement);
      const marks = all("circle, path, rect, line, polygon, polyline, ellipse", drawing).filter((shape) => {
        const box = shape.getBoundingClientRect();
        // what fills the drawing from edge to edge is its ground
        return shown(shape) && !(box.width > whole.width * 0.98 && box.height > whole.height * 0.98 && rgba(getComputedStyle(shape).stroke) === null);
      });
      for (const shape of marks) {
        const style = getComputedStyle(shape);
        const paints = [style.fill, parseFloat(style.strokeWidth) > 0 ? style.stroke : "none"].map(rgba).filter((colour) => colour && colour.alpha > 0);
        const found = Math.max(...paints.map((colour) => ratio(colour, below)));
        if (paints.length && found < 3) faults.push(`contrast of mark ${found.toFixed(2)}: ${named(drawing.parentElement)}`);
      }
    }
    for (const field of all("input:not([type=hidden]), select, textarea")) {
      const style = getComputedStyle(field);
      if (shown(field)) ask("border of field", field, style.borderBottomColor, ground(field.parentElement));
    }
    for (const element of all(".choice, summary")) {
      const side = element.matches("summary") ? "::before" : "::after";
      if (shown(element)) ask("arrow", element, getComputedStyle(element, side).borderTopColor, ground(element));
    }
    return faults;
  };

  const statesWithoutWords = () =>
    all(".state").filter((state) => !state.textContent.trim() || (!state.matches(".state-full") && !state.querySelector("svg")))
      .map((state) => `state without word or mark: ${named(state.parentElement)}`);

  // Sizes -------------------------------------------------------------------------------------------------------

  // A link within a sentence: words stand beside it in the same block.
  const inSentence = (element) => {
    if (!["inline", "inline-block"].includes(getComputedStyle(element).display)) return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    const beside = textNodes(block).filter((node) => !node.parentElement.closest("a, button, .state, .hint, .filter-count") && /[\p{L}\d]/u.test(node.data));
    return beside.length > 0;
  };

  const smallTargets = () => {
    const faults = [];
    for (const element of all(TARGETS)) {
      if (!shown(element) || element.matches(".skip") || inSentence(element)) continue;
      const box = element.getBoundingClientRect();
      const main = element.matches(".phone, .button:not(.button-quiet), .choice, input, select, textarea");
      const least = main ? LEAST_MAIN_TARGET : LEAST_TARGET;
      if (box.height < least - 0.5) faults.push(`target ${box.height.toFixed(0)} px high, not ${least}: ${named(element)}`);
      if (box.width < LEAST_TARGET - 0.5) faults.push(`target ${box.width.toFixed(0)} px wide, not ${LEAST_TARGET}: ${named(element)}`);
    }
    return faults;
  };

  const narrowMainTargets = () => {
    if (innerWidth >= 480) return [];
    return all(".phone, .button:not(.button-quiet)").filter((element) => {
      if (!shown(element) || element.closest("table")) return false;
      let block = element.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      const style = getComputedStyle(block);
      const room = block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return element.getBoundingClientRect().width < room - 1;
    }).map((element) => `main action not of full width: ${named(element)}`);
  };

  const smallTexts = () => {
    const faults = [];
    if (parseFloat(getComputedStyle(document.body).fontSize) < LEAST_BODY) faults.push("the text of the page is below 18 px");
    for (const element of new Set(textNodes().map((node) => node.parentElement))) {
      const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1;
      const size = parseFloat(getComputedStyle(element).fontSize) * scale;
      const least = element.closest(SMALL) ? LEAST_TEXT : LEAST_BODY;
      if (size < least - 0.01) faults.push(`text of ${size.toFixed(1)} px, not ${least}: ${named(element)}`);
    }
    return faults;
  };

  const longLines = () => {
    const most = document.body.matches(".selko") ? 60 : 70;
    const faults = [];
    for (const block of all("main p:not(.actions), main li, main dd")) { // a row of buttons is no line to read
      const nodes = textNodes(block).filter((node) => node.parentElement.closest("p, li, dd") === block && node.parentElement.closest(".unseen") === null);
      const lines = new Map();
      const range = document.createRange();
      for (const node of nodes) {
        for (const word of node.data.matchAll(/\S+\s*/g)) {
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].trimEnd().length);
          const box = range.getBoundingClientRect();
          const line = Math.round(box.bottom / 6);
          lines.set(line, (lines.get(line) || 0) + word[0].replace(/\u00ad/g, "").length);
        }
      }
      if (lines.size < 2) continue;
      const longest = Math.max(...lines.values());
      if (longest > most + 1) faults.push(`line of ${longest} characters, not ${most}: ${named(block)}`);
    }
    return faults;
  };

  // Names on a drawing must not lie over each other.
  const overlaps = () => {
    // the box of a line of text is higher than its letters
    const spare = (box) => box.height * 0.3;
    const names = all("svg text").filter(shown).map((element) => [element, element.getBoundingClientRect()]);
    return names.flatMap(([element, box], number) => names.slice(number + 1)
      .filter(([, other]) => box.left < other.right && other.left < box.right && box.top + spare(box) < other.bottom && other.top + spare(other) < box.bottom)
      .map(([other]) => `names over each other: ${named(element)} and ${named(other)}`));
  };

  const justified = () =>
    all("main *").filter((element) => getComputedStyle(element).textAlign === "justify").map((element) => `justified text: ${named(element)}`);

  // Structure ---------------------------------------------------------------------------------------------------

  const ids = () => {
    const faults = [];
    const seen = new Set();
    for (const { id } of all("[id]")) {
      if (seen.has(id)) faults.push(`id twice: ${id}`);
      seen.add(id);
    }
    const refer = (element, attribute) => (element.getAttribute(attribute) || "").split(/\s+/).filter(Boolean);
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"]) {
      for (const element of all(`[${attribute}]`)) {
        for (const id of refer(element, attribute)) if (!seen.has(id)) faults.push(`${attribute} names nothing: ${id}`);
      }
    }
    for (const link of all("a[href^='#']")) {
      // a link in a drawing has no hash of its own
      const hash = link.getAttribute("href");
      if (!seen.has(decodeURIComponent(hash.slice(1)))) faults.push(`link to nothing: ${hash}`);
    }
    return faults;
  };

  const handlers = () => {
    const faults = [];
    for (const element of all("body *")) {
      const attribute = [...element.attributes].find(({ name }) => name.startsWith("on"));
      const heard = (globalThis.listened || new Map()).get(element);
      const own = element.matches(NATIVE);
      if (attribute) faults.push(`${attribute.name} in the page: ${named(element)}`);
      if (heard && !own) faults.push(`${heard} on what is no control: ${named(element)}`);
      const role = element.getAttribute("role");
      if (["button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "option"].includes(role) && !own) faults.push(`role ${role} on what is no control: ${named(element)}`);
      if (!own && !element.closest(NATIVE) && getComputedStyle(element).cursor === "pointer") faults.push(`hand on what is no control: ${named(element)}`);
    }
    for (const link of all("a:not([href])")) faults.push(`link that leads nowhere: ${named(link)}`);
    for (const link of all("a[href='#'], a[href^='javascript:']")) faults.push(`link that is a button: ${named(link)}`);
    return faults;
  };

  const order = () => [
    ...all("[tabindex]").filter((element) => element.tabIndex > 0).map((element) => `tabindex ${element.tabIndex}: ${named(element)}`),
    ...all("body *").filter((element) => {
      const style = getComputedStyle(element);
      return style.order !== "0" || /reverse/.test(style.flexDirection) || style.float !== "none";
    }).map((element) => `placed elsewhere than it is read: ${named(element)}`),
    ...all("[autofocus]").map((element) => `takes the focus by itself: ${named(element)}`),
    ...all("[accesskey]").map((element) => `access key: ${named(element)}`),
  ];

  // Nothing may wait for a pointer that rests on it.
  const hoverOnly = () => {
    const faults = all("[title]").filter((element) => !element.matches("link, iframe")).map((element) => `title: ${named(element)}`);
    const REVEALING = ["display", "visibility", "opacity", "clip", "clip-path", "height", "max-height", "content", "position", "transform"];
    const rules = (list) => [...list].flatMap((rule) => (rule.cssRules && rule.cssRules.length ? [rule, ...rules(rule.cssRules)] : [rule]));
    for (const sheet of document.styleSheets) {
      let own;
      try { own = rules(sheet.cssRules); } catch { faults.push(`style sheet not to be had: ${sheet.href}`); continue; }
      for (const rule of own) {
        if (!rule.selectorText || !rule.selectorText.includes(":hover")) continue;
        for (const property of REVEALING) if (rule.style.getPropertyValue(property)) faults.push(`shown on hover: ${rule.selectorText}`);
      }
    }
    return faults;
  };

  const moving = () => [
    ...all("marquee, blink, video[autoplay], audio[autoplay], meta[http-equiv=refresh]").map((element) => `moves by itself: ${named(element)}`),
    ...document.getAnimations().filter((animation) => animation.effect.getTiming().iterations === Infinity).map(() => "an animation without end"),
  ];

  const headings = () => {
    const faults = [];
    if (all("h1").length !== 1) faults.push(`${all("h1").length} first headings`);
    if (!document.title.trim()) faults.push("no title");
    for (const element of all(":is(a, button, h1, h2, h3)")) {
      const name = element.getAttribute("aria-label") || element.textContent;
      if (shown(element) && !name.trim()) faults.push(`without words: ${named(element)}`);
    }
    return faults;
  };

  // WCAG 2.4.9: a link is understood by its words alone, so the same words lead to the same page.
  const sameWords = () => {
    const leads = new Map();
    for (const link of all("a[href]")) {
      const name = (link.getAttribute("aria-label") || link.textContent).trim().replace(/[\s\u00ad]+/g, " ").toLowerCase();
      const to = new URL(link.getAttribute("href"), document.baseURI).href;
      if (shown(link)) leads.set(name, new Set(leads.get(name)).add(to));
    }
    return [...leads].filter(([, pages]) => pages.size > 1).map(([name, pages]) => `same words, other pages: “${name}” ${[...pages].map((page) => new URL(page).pathname).join(" ")}`);
  };

  // Reflow ------------------------------------------------------------------------------------------------------

  const overflow = () => {
    const faults = [];
    const room = document.documentElement.clientWidth;
    const beyond = document.documentElement.scrollWidth - room;
    if (beyond > 0) faults.push(`the page is ${beyond} px too wide`);
    for (const element of all("body *")) {
      if (!shown(element) || element.closest(".unseen, .skip, input, svg *")) continue;
      if (element.parentElement.closest(".scroll, .map")) continue;
      const box = element.getBoundingClientRect();
      if (box.right > room + 0.5 || box.left < -0.5) faults.push(`${(box.right - room).toFixed(0)} px beyond the edge: ${named(element)}`);
      const style = getComputedStyle(element);
      const cuts = ["hidden", "clip"].includes(style.overflowX);
      if (cuts && element.scrollWidth > element.clientWidth + 1) faults.push(`cut off: ${named(element)}`);
      if (style.textOverflow === "ellipsis") faults.push(`text ends in dots: ${named(element)}`);
    }
    return faults;
  };

  // Text that runs out of its own box runs into its neighbour, though nothing leaves the page.
  const spilling = () => all("a, button, th, td, dt, dd, p, h1, h2, h3, li, summary, label").filter((element) =>
    shown(element) && !element.closest(".unseen, .scroll") && getComputedStyle(element).display !== "inline" && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
  ).map((element) => `spills ${element.scrollWidth - element.clientWidth} px: ${named(element)}`);

  const brokenNumbers = () => all(".number").filter((element) =>
    shown(element) && element.getBoundingClientRect().height > parseFloat(getComputedStyle(element).fontSize) * 2,
  ).map((element) => `number on two lines: ${named(element)}`);

  const lengthen = (word) => {
    for (const node of textNodes()) {
      const element = node.parentElement;
      if (!element.closest("h1, h2, h3, a, button, th, td, summary, label, .state, dt") || element.closest(".number, svg")) continue;
      node.data = node.data.replace(/[\p{L}\u00ad]{2,}/gu, word);
    }
  };

  const spread = () => restyle("spread", `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  const enlarge = () => restyle("enlarge", "html { font-size: 200% !important; }");
  const sheets = new Map();
  const restyle = (name, rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    sheets.set(name, sheet);
    document.adoptedStyleSheets = [...sheets.values()];
  };
  const plain = () => { sheets.clear(); document.adoptedStyleSheets = []; };

  const unfold = () => { for (const details of all("details")) details.open = true; };

  // The walk with the tabulator -----------------------------------------------------------------------------------

  const tabbable = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]").filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !element.closest("details:not([open]) > :not(summary)"));

  let walked = [];
  const looks = (element) => all("*", element).map((part) => { const style = getComputedStyle(part); return `${style.fill} ${style.stroke} ${style.strokeWidth}`; });
  let unlit = new Map();

  const ringFaults = (element) => {
    const style = getComputedStyle(element);
    const around = ground(element.ownerSVGElement ? element.ownerSVGElement.parentElement : element.parentElement);
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    const colour = rgba(style.outlineColor);
    if (width >= 3 && colour && ratio(colour, around) >= 3) return [];
    if (element.ownerSVGElement && drawnRing(element, around)) return [];
    return [`focus not seen (${width} px): ${named(element)}`];
  };

  const drawnRing = (element, around) => {
    const before = unlit.get(element);
    return all("*", element).some((part, number) => {
      const style = getComputedStyle(part);
      const changed = before[number] !== looks(element)[number];
      const stroke = rgba(style.stroke);
      const drawn = parseFloat(style.strokeWidth) * (style.vectorEffect === "non-scaling-stroke" ? 1 : part.getScreenCTM().a);
      return changed && stroke && stroke.alpha > 0 && drawn >= 3 - 0.05 && ratio(stroke, around) >= 3;
    });
  };

  const coveredFaults = (element) => {
    const box = [...element.getClientRects()].find((part) => part.width > 0) || element.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [upper, lower] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right <= left || lower <= upper) return [`focus outside the window: ${named(element)}`];
    const x = (left + right) / 2;
    const y = (upper + lower) / 2;
    const top = document.elementFromPoint(x, y);
    const seen = top && (element.contains(top) || top.contains(element) || (top instanceof SVGElement && getComputedStyle(top).fill === "rgba(0, 0, 0, 0)"));
    return seen ? [] : [`focus covered by ${top && named(top)}: ${named(element)}`];
  };

  const watch = () => {
    walked = [];
    unlit = new Map(all("svg a").map((element) => [element, looks(element)]));
    document.addEventListener("focusin", ({ target }) => walked.push({ target, top: target.getBoundingClientRect().top + scrollY, faults: [...ringFaults(target), ...coveredFaults(target)] }));
    return tabbable().length;
  };

  const walkFaults = () => {
    const wanted = tabbable();
    const faults = walked.flatMap((step) => step.faults);
    const reached = walked.map((step) => step.target);
    // the radio buttons of one name are one stop; the arrows go on within it
    const sibling = (element) => element.type === "radio" && reached.some((other) => other.type === "radio" && other.name === element.name && other.form === element.form);
    const stops = wanted.filter((element) => reached.includes(element) || !sibling(element));
    for (const element of stops) if (!reached.includes(element)) faults.push(`the tabulator never comes to ${named(element)}`);
    for (const element of new Set(reached)) if (!wanted.includes(element)) faults.push(`the tabulator stops at ${named(element)}`);
    const at = stops.findIndex((element, number) => reached[number] !== element);
    if (!faults.length && at >= 0) faults.push(`the tabulator does not follow the page at ${named(stops[at])}`);
    if (document.querySelector("nav") && reached[0] && !reached[0].matches(".skip")) faults.push(`the first stop is not the skip link: ${named(reached[0])}`);
    return faults;
  };

  const own = () => [
    ...ids(), ...handlers(), ...order(), ...hoverOnly(), ...moving(), ...headings(), ...statesWithoutWords(), ...justified(), ...overlaps(), ...brokenNumbers(), ...sameWords(),
    ...textContrasts(), ...markContrasts(), ...smallTargets(), ...narrowMainTargets(), ...smallTexts(), ...longLines(),
  ];

  return { own, overflow, spilling, brokenNumbers, lengthen, spread, enlarge, plain, unfold, watch, walkFaults, textContrasts };
})();
