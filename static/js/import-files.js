// Files chosen or dropped onto the import form: listed with their sizes, and what cannot be taken is said before it
// is sent. A form is sent once.
import { within } from "./find.js";

const wired = new WeakSet();
const STEPS = ["bytes", "KB", "MB", "GB"];

function sizeWords(bytes) {
  const step = bytes ? Math.min(Math.floor(Math.log2(bytes) / 10), 3) : 0;
  const number = bytes / 1024 ** step;
  return `${step ? number.toFixed(1).replace(/\.0$/, "") : number} ${STEPS[step]}`;
}

const suffix = (file) => /\.[^.]*$/.exec(file.name.toLowerCase())?.[0] ?? "";

function show(input) {
  const way = input.closest("[data-way]");
  const list = way.querySelector("[data-chosen]");
  const total = way.querySelector("[data-chosen-total]");
  const limits = JSON.parse(input.dataset.limits);
  const files = [...input.files];
  list.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = file.name;
      const said = document.createElement("span");
      const most = limits[suffix(file)];
      const wrong = most === undefined ? list.dataset.noReader : file.size > most ? list.dataset.tooLarge : "";
      said.textContent = [sizeWords(file.size), wrong].filter(Boolean).join(", ");
      item.classList.toggle("is-wrong", Boolean(wrong));
      item.append(name, said);
      return item;
    }),
  );
  list.hidden = !files.length;
  const size = sizeWords(files.reduce((sum, file) => sum + file.size, 0));
  const words = files.length === 1 ? total.dataset.one : total.dataset.many;
  total.textContent = files.length ? words.replace("{number}", files.length).replace("{size}", size) : "";
}

function onDrop(form, event) {
  form.classList.remove("is-over");
  const files = event.dataTransfer?.files;
  if (!files?.length) return;
  event.preventDefault();
  const inputs = [...form.querySelectorAll("[data-way] input[type=file]")];
  const isTable = files.length === 1 && inputs.at(-1).accept.split(",").includes(suffix(files[0]));
  const input = isTable ? inputs.at(-1) : inputs[0];
  input.files = files;
  form.querySelector(`[name=way][value=${input.closest("[data-way]").dataset.way}]`).checked = true;
  show(input);
  input.focus();
}

function wire(form) {
  for (const hint of form.querySelectorAll("[data-drop-hint]")) hint.hidden = false;
  for (const input of form.querySelectorAll("[data-way] input[type=file]")) {
    input.addEventListener("change", () => show(input));
  }
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => onDrop(form, event));
  const button = form.querySelector("[data-import-send]");
  const words = button.textContent;
  form.addEventListener("submit", () => {
    button.textContent = button.dataset.sending;
    setTimeout(() => (button.disabled = true));
  });
  addEventListener("pageshow", () => {
    button.disabled = false; // back again, perhaps from the page that was kept as it stood
    button.textContent = words;
  });
}

export function init(root) {
  for (const form of within(root, "[data-import-form]")) {
    if (wired.has(form)) continue;
    wired.add(form);
    wire(form);
  }
}
