// What this browser remembers for its person: small things only, none that a colleague would need.
// Where storage is switched off they last as long as the page. Written down soon, not at each turn of
// a wheel, and before the page goes.
const PREFIX = "parallax-";
const MOST = 200; // entries of one kind: the oldest go first
const SOON = 500; // ms
const here = new Map();
const changed = new Set();

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? {};
  } catch {
    return {};
  }
}

export function recall(name) {
  if (!here.has(name)) here.set(name, stored(name));
  return here.get(name);
}

export function remember(name, key, value) {
  const all = recall(name);
  delete all[key]; // so that it stands last
  all[key] = value;
  for (const old of Object.keys(all).slice(0, -MOST)) delete all[old];
  save(name);
}

export function forget(name, keys) {
  const all = recall(name);
  for (const key of keys) delete all[key];
  save(name);
}

function save(name) {
  if (!changed.size) setTimeout(write, SOON);
  changed.add(name);
}

function write() {
  for (const name of changed) {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(here.get(name)));
    } catch {
      // kept in `here` until the page ends
    }
  }
  changed.clear();
}

addEventListener("pagehide", write);
