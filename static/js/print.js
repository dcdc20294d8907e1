// The button that opens the browser's print dialog. Without scripts the browser's own menu does.
let listening = false;

export function init() {
  const button = document.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  if (listening) return;
  listening = true;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
}
