// The words that scripts show: they stand in the page, translated, never in a script.
function element() {
  return document.querySelector("[data-reading-words]");
}

export function word(name, values = {}) {
  const text = element()?.dataset[name] ?? "";
  return text.replace(/%(\w+)%/g, (whole, key) => values[key] ?? whole);
}

// A number with its noun. The page gives the noun as it reads after 1, after 3 and after 5.
export function counted(name, number) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(number);
  const forms = { one: "One", few: "Few" };
  return word(`${name}${forms[form] ?? "Many"}`, { number });
}
