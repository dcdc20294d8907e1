// An ended session costs nobody what they typed: the page stays and says how to go on, and a form
// that is sent again after signing in elsewhere takes the new sign-in's token by itself.
import { say } from "./status.js";
import { unsaved } from "./unsaved.js";

const TOKEN = "X-CSRFToken";
const again = new WeakSet(); // forms that were sent a second time
let listening = false;

function renew(token) {
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ [TOKEN]: token }));
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

function onResponse(event) {
  const { request, response, sourceElement, sourceEvent } = event.detail.ctx;
  const token = response.status === 403 && response.headers.get(TOKEN);
  if (token && sourceElement.matches("form") && !again.has(sourceElement)) {
    event.preventDefault();
    again.add(sourceElement);
    renew(token);
    setTimeout(() => sourceElement.requestSubmit(sourceEvent?.submitter)); // once this one is over
    return;
  }
  again.delete(sourceElement);
  if (response.status !== 401 || (request.method === "GET" && !unsaved(document))) return;
  event.preventDefault();
  say(document.querySelector("[data-status]")?.dataset.signedOut, { seen: true });
}

export function init() {
  if (listening) return;
  listening = true;
  document.addEventListener("htmx:before:response", onResponse);
}
