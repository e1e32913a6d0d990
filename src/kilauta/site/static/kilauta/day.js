// The day of an event, on top of forms that work without: each press is kept in this device until the service has
// answered, so that it counts once with or without a network. Names are in the open page only.
"use strict";

const root = document.querySelector("[data-day]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const AGAIN = 10000;
const PATIENCE = 8000;
const OLDEST = 2 * 86400000;
const DATABASE = "kilauta-day";
const here = window.location.pathname;
const words = root.dataset;

// What the service said last, what was pressed since and is not answered, and who is who.
let base = null;
let pending = [];
let names = {};
let token = "";
let ahead = 0;
let unreached = false;
let asked = false;
// something was refused in this round: its sentence stays
let refused = false;
// what this page counted last and may take back
let done = [];

// --- What waits in this device: presses, and the last screen without a name.

const opened = () => new Promise((resolve, reject) => {
  const asking = indexedDB.open(DATABASE, 1);
  asking.onupgradeneeded = () => {
    asking.result.createObjectStore("acts", { keyPath: "turn", autoIncrement: true });
    asking.result.createObjectStore("screens", { keyPath: "day" });
  };
  asking.onsuccess = () => resolve(asking.result);
  asking.onerror = () => reject(asking.error);
});

const drawer = async (name, act) => {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, "readwrite", { durability: "strict" });
    const asking = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asking && asking.result);
    transaction.onabort = () => reject(transaction.error);
  }).finally(() => database.close());
};

const read = async () => {
  pending = (await drawer("acts", (store) => store.getAll())).filter((act) => act.day === here);
};

const remember = () => drawer("screens", (store) => store.put({ day: here, screen: base, at: Date.now() }));

const remembered = async () => {
  const rows = await drawer("screens", (store) => store.getAll());
  const old = rows.filter((row) => Date.now() - row.at > OLDEST);
  await drawer("screens", (store) => { old.forEach((row) => store.delete(row.day)); });
  return rows.find((row) => row.day === here && !old.includes(row));
};

// --- The screen as it is with what was pressed since: the same rules as in the service.

const inTurn = (line, now) => line.filter((each) => each.state === "waiting").sort((one, other) => (
  (Date.parse(one.due) > now) - (Date.parse(other.due) > now)
  || Date.parse(one.due) - Date.parse(other.due) || one.number - other.number
));

const dueOf = (act) => {
  const [, hours, minutes] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(act.due.trim()) || [];
  if (!hours) return act.at;
  const due = new Date(act.at);
  due.setHours(Number(hours), Number(minutes || 0), 0, 0);
  return due.toISOString();
};

const put = (line, of, change) => line.filter((each) => each.id === of).forEach((each) => Object.assign(each, change));

const turns = {
  tick: (screen, act, of) => {
    for (const row of screen.expected) if (row.id === of && !row.arrival) row.arrival = act.key;
  },
  undo: (screen, act, of) => {
    const row = screen.expected.find((each) => each.arrival === of);
    if (row) row.arrival = "";
    else if (act.about) screen.counted[act.about] = Math.max(0, (screen.counted[act.about] || 0) - 1);
  },
  count: (screen, act, role, mode) => {
    screen.counted[`${role}-${mode}`] = (screen.counted[`${role}-${mode}`] || 0) + 1;
  },
  handout: (screen) => { screen.handouts += 1; },
  number: (screen, act) => {
    const number = Number(act.number) || screen.last + 1;
    if (screen.line.some((each) => each.number === number)) return;
    screen.last = Math.max(screen.last, number);
    screen.line.push({ id: act.key, number, state: "waiting", due: dueOf(act), called: "", mine: false, booked: Boolean(act.due), why: "" });
  },
  next: (screen, act, of) => {
    if (!of) return;
    for (const each of screen.line) if (each.state === "called" && each.mine) each.state = "served";
    put(screen.line, of, { state: "called", called: act.at, mine: true });
  },
  helped: (screen, act, of) => put(screen.line, of, { state: "served" }),
  skip: (screen, act, of, why) => put(screen.line, of, { state: "skipped", why }),
  back: (screen, act, of) => put(screen.line, of, { state: "waiting", why: "", called: "", mine: false }),
};

const folded = () => {
  const screen = structuredClone(base);
  for (const act of pending) {
    const [what, ...rest] = act.deed.split(":");
    turns[what](screen, act, ...rest);
  }
  return screen;
};

// --- Showing.

const tell = (sentence, tone = "") => {
  part("told").textContent = sentence || "";
  part("told").className = sentence ? `day-told notice ${tone && `notice-${tone}`}` : "day-told";
};

const filled = (name, items, update) => {
  const list = part(name);
  const old = new Map([...list.children].map((row) => [row.dataset.id, row]));
  const rows = items.map((item) => {
    const row = old.get(item.id) || part(`row-${name}`).content.firstElementChild.cloneNode(true);
    row.dataset.id = item.id;
    update(row, item);
    return row;
  });
  // a row that stays where it is keeps the focus
  if (rows.length !== list.children.length || rows.some((row, at) => row !== list.children[at])) list.replaceChildren(...rows);
};

const showExpected = (row, item) => {
  const button = row.querySelector("button");
  button.value = item.arrival ? `undo:${item.arrival}` : `tick:${item.id}:${item.mode}`;
  button.setAttribute("aria-pressed", String(Boolean(item.arrival)));
  row.querySelector("[data-name]").textContent = names[item.id] || words.signup.replace("#", item.number);
  row.querySelector("[data-more]").textContent = item.persons > 1 ? words.persons.replace("#", item.persons) : "";
};

const showTurn = (now) => (row, item) => {
  const until = item.called ? Date.parse(item.called) : now;
  const minutes = Math.max(0, Math.floor((until - Date.parse(item.due)) / 60000));
  row.querySelector("[data-number]").textContent = item.number;
  row.querySelector("[data-waited]").textContent = item.state === "skipped" ? "" : words.minutes.replace("#", minutes);
  row.querySelector("[data-booked]").hidden = !item.booked;
  for (const why of row.querySelectorAll("span[data-why]")) why.textContent = words[item.why] || "";
  for (const others of row.querySelectorAll("[data-others]")) others.hidden = item.mine;
  for (const button of row.querySelectorAll("[data-deed]")) {
    const { deed, why } = button.dataset;
    button.value = [deed, item.id, why].filter(Boolean).join(":");
  }
};

const sums = (screen) => {
  const found = { residents: 0, supporters: 0, here: 0, afar: 0 };
  const add = (role, mode, persons) => {
    found[`${role}s`] += persons;
    found[mode] += persons;
  };
  for (const [name, persons] of Object.entries(screen.counted)) add(...name.split("-"), persons);
  for (const row of screen.expected) if (row.arrival) add("resident", row.mode, row.persons);
  return found;
};

const show = () => {
  const screen = folded();
  const now = Date.now() + ahead;
  const line = inTurn(screen.line, now);
  const called = screen.line.filter((each) => each.state === "called").sort((one, other) => (one.called < other.called ? 1 : -1));
  const skipped = screen.line.filter((each) => each.state === "skipped");
  filled("expected", screen.expected, showExpected);
  filled("called", called, showTurn(now));
  filled("waiting", line, showTurn(now));
  filled("skipped", skipped, showTurn(now));
  part("listed").hidden = screen.expected.length === 0;
  part("passed").hidden = skipped.length === 0;
  part("waiting-number").textContent = line.length;
  part("handouts").textContent = screen.handouts;
  for (const button of part("counts").querySelectorAll("[data-name]")) {
    button.querySelector(".day-much").textContent = screen.counted[button.dataset.name] || 0;
  }
  for (const [name, persons] of Object.entries(sums(screen))) {
    document.querySelector(`[data-sum="${name}"]`).textContent = persons;
  }
  part("unsent").hidden = pending.length === 0;
  part("unsent-number").textContent = pending.length;
  part("undo-line").hidden = done.length === 0;
};

// --- Sending: in order, and again until there is an answer.

// Who is called without the service is whom the rule says by what this device knows; it goes with their key.
const firm = async () => {
  // what is on its way may have called somebody already: the answer says whom
  for (const act of pending.filter((each) => each.deed === "next" && !each.onTheWay)) {
    const earlier = pending.slice(0, pending.indexOf(act));
    const screen = structuredClone(base);
    for (const each of earlier) {
      const [what, ...rest] = each.deed.split(":");
      turns[what](screen, each, ...rest);
    }
    const [first] = inTurn(screen.line, Date.parse(act.at));
    if (first) {
      act.deed = `next:${first.id}`;
      tell(words.turn.replace("#", first.number), "good");
      await drawer("acts", (store) => store.put(act));
    } else {
      pending = pending.filter((each) => each !== act);
      tell(words.nobody);
      await drawer("acts", (store) => store.delete(act.turn));
    }
  }
};

const post = (acts) => fetch(`${here}otto/`, {
  method: "POST",
  redirect: "manual",
  cache: "no-store",
  signal: AbortSignal.timeout(PATIENCE),
  headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  body: JSON.stringify({ acts }),
});

// Ask who is expected, with names; return whether somebody is signed in.
const list = async () => {
  const answer = await fetch(`${here}lista/`, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) throw new Error(String(answer.status));
  if (!answer.ok) return false;
  const told = await answer.json();
  ({ names, token } = told);
  base = told.screen;
  ahead = Date.parse(told.now) - Date.now();
  await remember();
  return true;
};

const settled = async (some, { answers, screen, now }) => {
  const about = new Map(some.map((act) => [act.key, act]));
  const known = new Set(base.expected.map((each) => each.id));
  await drawer("acts", (store) => answers.forEach(({ key }) => store.delete(about.get(key).turn)));
  // what was sent and what came of it change places in one step: a press between them sees one or the other
  pending = pending.filter((each) => !answers.some(({ key }) => key === each.key));
  base = screen;
  ahead = Date.parse(now) - Date.now();
  for (const { key, state, sentence, number } of answers) {
    const act = about.get(key);
    if (state === "refused") {
      done = done.filter((each) => each.key !== key);
      refused = true;
      tell(sentence, "warn");
    } else if (act.deed.startsWith("next")) tell(words.turn.replace("#", number), "good");
    else if (act.deed === "number") tell(words.given.replace("#", number), "good");
  }
  // somebody has signed up meanwhile: their name is asked for once
  if (screen.expected.some((each) => !known.has(each.id))) await list();
  await remember();
};

const batch = async (some) => {
  const acts = some.map(({ key, at, deed, age, audience, how_found, number, due }) => (
    { key, at, deed, age, audience, how_found, number, due }
  ));
  some.forEach((act) => { act.onTheWay = true; });
  const answer = await post(acts).finally(() => some.forEach((act) => { act.onTheWay = false; }));
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    token = "";
    tell(words.signedOut, "warn");
    return false;
  }
  if (answer.status >= 500) throw new Error(String(answer.status));
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    tell(told.sentence || words.notTaken, "warn");
    return false;
  }
  await settled(some, told);
  return true;
};

const sendAll = async () => {
  const were = pending.length;
  refused = false;
  try {
    if (!token && !(await list())) return tell(words.signedOut, "warn");
    let goesOn = true;
    if (pending.length === 0) goesOn = await batch([]);
    while (goesOn && pending.length) goesOn = await batch(pending.slice(0, Number(words.most)));
    if (unreached && goesOn && were && !refused) tell(words.sent, "good");
    unreached = false;
  } catch {
    const isNew = !unreached;
    unreached = true;
    if (base) await firm();
    if (isNew && pending.length && !pending.some((act) => act.deed.startsWith("next"))) tell(words.kept);
  }
  if (base) show();
  return undefined;
};

// One at a time, in all windows of this device; whoever asks meanwhile is served by one more round.
const send = async () => {
  if (asked) return;
  asked = true;
  await navigator.locks.request(DATABASE, async () => {
    asked = false;
    await sendAll();
  });
};

// --- Pressing.

const told = () => {
  const given = {};
  for (const name of ["age", "audience", "how_found", "number", "due"]) {
    given[name] = root.elements[name].value;
    root.elements[name].value = "";
  }
  return given;
};

const press = async (deed) => {
  const [what, of] = deed.split(":");
  const screen = folded();
  if (what === "again") {
    const row = screen.line.find((each) => each.id === of);
    tell(words.turn.replace("#", row.number), "good");
    return;
  }
  if (what === "next" && !screen.line.some((each) => each.state === "waiting") && unreached) {
    tell(words.nobody);
    return;
  }
  const isTold = what === "count" || what === "number";
  const empty = { age: "", audience: "", how_found: "", number: "", due: "" };
  const act = { key: crypto.randomUUID(), day: here, at: new Date(Date.now() + ahead).toISOString(), deed, ...(isTold ? told() : empty) };
  const undone = what === "undo" && done.find((each) => each.key === of);
  if (undone) act.about = undone.about;
  if (what === "tick" || what === "count") done.push({ key: act.key, about: what === "count" ? deed.slice(6).replace(":", "-") : "" });
  if (what === "undo") done = done.filter((each) => each.key !== of);
  act.turn = await drawer("acts", (store) => store.add(act));
  pending.push(act);
  if (unreached) await firm();
  show();
  if (what === "undo") tell(words.undone);
  else if (what === "tick" || what === "count" || what === "handout") tell(unreached ? words.kept : words.counted);
  send();
};

let pressing = Promise.resolve();

const start = async () => {
  await read();
  let isIn = true;
  try {
    isIn = await list();
  } catch {
    unreached = true;
    const row = await remembered();
    base = row ? row.screen : null;
  }
  if (!base) {
    tell(isIn ? words.nothing : words.signedOut, "warn");
    return;
  }
  for (const old of document.querySelectorAll("[data-undo-now]")) old.remove();
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (!button) return;
    const deed = button.dataset.part === "undo" ? `undo:${done.at(-1).key}` : button.value;
    for (const open of button.closest("li") ? button.closest("li").querySelectorAll("details[open]") : []) open.open = false;
    // one after the other, in the order of the fingers
    pressing = pressing.then(() => press(deed));
  });
  root.dataset.ready = "";
  show();
  window.addEventListener("online", send);
  window.setInterval(() => { if (!document.hidden) send(); }, AGAIN);
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(words.worker).catch(() => {});
    navigator.serviceWorker.ready.then(() => { root.dataset.shelved = ""; });
  }
  send();
};

// Without these a browser cannot keep anything safely: then the forms of the page do.
if ("indexedDB" in window && "locks" in navigator && "randomUUID" in crypto) start();
