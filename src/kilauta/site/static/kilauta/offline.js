// The log without a network: entries wait in this device until they are sent, and nothing of them stays after that.
"use strict";

const root = document.querySelector("[data-offline]");
const words = root.dataset;
const form = root.querySelector("form");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const DATABASE = "kilauta-log";
const STORE = "entries";
const BATCH = 20;
const AGAIN = 15000;
// A network that has just come back often fails at first.
const SOON = [0, 3000, 10000];
const OLDEST = 30 * 86400000;

let key = crypto.randomUUID();
let written = "";
let sending = false;
let onceMore = false;
let unreached = false;
let dayIsChosen = false;

// --- What waits in this device. One at a time, in all windows: an empty drawer is taken away, never a filled one.

const alone = (act) => navigator.locks.request(DATABASE, act);

const opened = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

const removed = () => new Promise((resolve, reject) => {
  const asked = indexedDB.deleteDatabase(DATABASE);
  asked.onsuccess = resolve;
  asked.onerror = () => reject(asked.error);
});

// Do something with the drawer, and return all that is in it afterwards, oldest first.
const drawer = (act = () => {}) => alone(async () => {
  const database = await opened();
  const found = await new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(STORE);
    act(store);
    const asked = store.getAll();
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  }).finally(() => database.close());
  if (found.length === 0) await removed();
  return found.sort((one, other) => (one.at < other.at ? -1 : 1));
});

// --- Who writes: a mark without meaning, given by the service while somebody is signed in, gone with the window.

const writer = () => {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${words.cookie}=`));
  return found ? found.slice(words.cookie.length + 1) : "";
};

const forgetWriter = () => {
  for (const path of words.paths.split(" ")) {
    document.cookie = `${words.cookie}=; Max-Age=0; Path=${path}; SameSite=Strict`;
  }
};

// Return the writer and the token for sending; null when nobody is signed in; throw when there is no network.
const pass = async () => {
  const answer = await fetch(words.pass, { redirect: "manual", cache: "no-store" });
  if (answer.ok) return answer.json();
  if (answer.status >= 500) throw new Error(String(answer.status));
  forgetWriter();
  return null;
};

const post = (address, token, body) => fetch(address, {
  method: "POST",
  redirect: "manual",
  headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  body: JSON.stringify(body),
});

// --- Showing.

const tell = (sentence, tone = "") => {
  const line = part("told");
  line.textContent = sentence || "";
  line.className = sentence ? `notice ${tone && `notice-${tone}`}` : "";
};

const day = (instant = Date.now()) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki" }).format(instant);
const when = (instant) => new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Europe/Helsinki", weekday: "short", day: "numeric", month: "numeric", hour: "numeric", minute: "2-digit",
}).format(new Date(instant));

const row = (entry) => {
  const line = part("row").content.cloneNode(true);
  line.querySelector("[data-when]").textContent = when(entry.at);
  line.querySelector("[data-what]").textContent = entry.shown;
  const fault = line.querySelector("[data-fault]");
  fault.textContent = entry.fault || "";
  fault.hidden = !entry.fault;
  const [again, away] = [line.querySelector("[data-mend]"), line.querySelector("[data-throw]")];
  // what was sent without an answer may have arrived: it goes again as it is
  again.hidden = away.hidden = Boolean(entry.tried);
  line.querySelector("[data-tried]").hidden = !entry.tried;
  again.addEventListener("click", () => mend(entry));
  away.addEventListener("click", async () => {
    show(await drawer((store) => store.delete(entry.key)));
    tell(words.thrown);
    part("waiting").focus();
  });
  return line;
};

const isOthers = (entry) => Boolean(entry.owner && entry.owner !== writer());

const show = (entries) => {
  const others = entries.filter(isOthers);
  const mine = entries.filter((entry) => !isOthers(entry));
  const unknown = mine.filter((entry) => !entry.owner && writer());
  part("number").textContent = mine.length;
  part("rows").replaceChildren(...mine.map(row));
  part("send").hidden = mine.length === 0;
  part("others").hidden = others.length === 0;
  part("others-number").textContent = others.length;
  part("unknown").hidden = unknown.length === 0;
  part("unknown-number").textContent = unknown.length;
  part("unsent").hidden = entries.length === 0;
  part("unsent-number").textContent = entries.length;
};

// --- Writing.

const fresh = () => {
  const kept = ["place", "mode"].map((name) => [name, form.elements[name].value]);
  const chosen = form.elements.day.value;
  form.reset();
  for (const [name, value] of kept) form.elements[name].value = value;
  form.elements.day.value = dayIsChosen ? chosen : day();
  [form.elements.day.min, form.elements.day.max] = [day(Date.now() - OLDEST), day()];
  key = crypto.randomUUID();
  written = "";
};

const given = () => {
  const values = {};
  for (const [name, value] of new FormData(form)) values[name] = [...(values[name] || []), value];
  return values;
};

const shown = () => {
  const named = [...form.querySelectorAll("[type=checkbox]:checked")].map((box) => box.labels[0].textContent.trim());
  const [year, month, number] = form.elements.day.value.split("-").map(Number);
  return [`${number}.${month}.${year}`, ...named].join(" · ");
};

const mend = (entry) => {
  form.reset();
  for (const [name, values] of Object.entries(entry.values)) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else [control.value] = values;
    }
  }
  dayIsChosen = true;
  key = entry.key;
  written = entry.at;
  tell(entry.fault || words.mending, entry.fault ? "warn" : "");
  form.elements.day.focus();
};

const save = async () => {
  if (!form.reportValidity()) return;
  const entry = {
    key, owner: writer(), at: written || new Date().toISOString(), values: given(), shown: shown(), fault: "", tried: false,
  };
  show(await drawer((store) => store.put(entry)));
  fresh();
  tell(words.kept);
  part("told").focus();
  await send();
};

// --- Sending.

const settled = (answers, entries) => drawer((store) => {
  for (const { key: about, state, sentence } of answers) {
    const entry = entries.find((each) => each.key === about);
    if (state === "faulty") store.put({ ...entry, fault: sentence, tried: false });
    else store.delete(about);
  }
});

const sendAs = async (letIn, entries) => {
  for (let first = 0; first < entries.length; first += BATCH) {
    const some = entries.slice(first, first + BATCH);
    await drawer((store) => some.forEach((entry) => store.put({ ...entry, tried: true })));
    const body = { writer: letIn.writer, entries: some.map(({ key: about, values }) => ({ key: about, values })) };
    const answer = await post(words.take, letIn.token, body);
    if (answer.type === "opaqueredirect") return tell(words.signedOut, "warn");
    if (answer.status >= 500) throw new Error(String(answer.status));
    const { answers = [], sentence = "" } = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      show(await drawer((store) => some.forEach((entry) => store.put(entry))));
      return tell(sentence || words.notTaken, "warn");
    }
    show(await settled(answers, some));
  }
  return tell(words.sent, "good");
};

const isFaulty = (entry) => entry.fault && !isOthers(entry);

const send = async ({ quietly = false } = {}) => {
  if (sending) {
    onceMore = true;
    return;
  }
  sending = true;
  onceMore = false;
  try {
    const letIn = await pass();
    unreached = false;
    const entries = await drawer();
    show(entries);
    // what lies open in the form to be mended waits for that
    const mine = entries.filter((entry) => letIn && entry.owner === letIn.writer && !entry.fault && entry.key !== key);
    if (!letIn && entries.length) tell(words.signedOut, "warn");
    else if (mine.length) await sendAs(letIn, mine);
    if (letIn && (await drawer()).some(isFaulty)) tell(words.faulty, "warn");
  } catch {
    unreached = true;
    if (!quietly) {
      const entries = await drawer();
      show(entries);
      if (entries.length) tell(words.noNetwork);
    }
  } finally {
    sending = false;
  }
  // whoever asked meanwhile may have known more: that the network is back
  if (onceMore) await send();
};

// What a browser believes of the network is not asked: some believe for ever that there is none. What waits for a
// person is not tried again: the list must stay as it is under their fingers.
const retry = () => {
  if (unreached && !part("unsent").hidden) send({ quietly: true });
};

const claim = async () => {
  const letIn = await pass().catch(() => null);
  if (!letIn) return tell(words.signedOut, "warn");
  const unknown = (await drawer()).filter((entry) => !entry.owner);
  await drawer((store) => unknown.forEach((entry) => store.put({ ...entry, owner: letIn.writer })));
  return send();
};

// --- A computer that is shared is left empty: also without a network, and then all but the sign-in.

const clear = async () => {
  part("sure").hidden = true;
  await alone(removed);
  // what the day of an event keeps until it is sent
  indexedDB.deleteDatabase("kilauta-day");
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const workers = "serviceWorker" in navigator ? await navigator.serviceWorker.getRegistrations() : [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  show([]);
  try {
    const letIn = await pass();
    if (letIn) await post(words.clear, letIn.token, {});
    forgetWriter();
    tell(words.cleared, "good");
  } catch {
    forgetWriter();
    tell(words.clearedHere, "good");
  }
  part("told").focus();
};

// --- The page.

const start = async () => {
  part("works").hidden = false;
  form.elements.day.addEventListener("input", () => { dayIsChosen = true; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  part("send").addEventListener("click", send);
  part("claim").addEventListener("click", claim);
  part("clear").addEventListener("click", async () => {
    show(await drawer());
    part("sure").hidden = false;
    part("sure").focus();
  });
  part("clear-yes").addEventListener("click", clear);
  part("clear-no").addEventListener("click", () => {
    part("sure").hidden = true;
    part("clear").focus();
  });
  window.addEventListener("online", () => SOON.forEach((wait) => window.setTimeout(retry, wait)));
  window.setInterval(retry, AGAIN);
  fresh();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(words.worker).catch(() => {});
    navigator.serviceWorker.ready.then(() => { part("ready").hidden = false; });
  }
  await send();
};

// Without these a browser cannot keep anything safely: the page says so, and leads to the ordinary log.
if ("indexedDB" in window && "locks" in navigator && "randomUUID" in crypto) {
  part("cannot").hidden = true;
  start();
}
