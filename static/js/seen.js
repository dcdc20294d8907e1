// Tells the server that the story on the page has been looked at, once for each of its states. A
// page in a background tab was not: it waits until it is shown. A failure is silent: the story
// merely stays new.
let told = "";

function tell() {
  const form = document.querySelector("[data-seen]");
  if (!form || document.visibilityState !== "visible") return;
  const state = `${form.action} ${form.elements.revision.value}`;
  if (state === told) return;
  told = state;
  fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
}

let listening = false;

export function init() {
  tell();
  if (listening) return;
  listening = true;
  document.addEventListener("visibilitychange", tell);
}
