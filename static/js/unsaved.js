// Which fields say something else than the server gave them.
function changed(field) {
  if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const options = [...field.options];
  const given = Math.max(0, options.findIndex((option) => option.defaultSelected));
  return field.selectedIndex !== given;
}

// What one looks for or ticks to set the page up is no work that could be lost.
const PASSING = "[data-layout-form], [data-find]";

export function unsaved(root) {
  if (root.querySelector("form[data-changed]")) return true;
  const fields = root.querySelectorAll("textarea, select, input:not([type=hidden])");
  return [...fields].some((field) => changed(field) && !field.closest(PASSING));
}
