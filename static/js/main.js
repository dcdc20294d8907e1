// Starts every behaviour. Each is safe to run again on whatever htmx has put in.
import * as choice from "./choice.js";
import * as fold from "./fold.js";
import * as keys from "./keys.js";
import * as more from "./more.js";
import * as status from "./status.js";
import * as tabs from "./tabs.js";

const behaviours = [tabs, fold, choice, more, keys, status];

function init(root) {
  for (const behaviour of behaviours) behaviour.init(root);
}

document.addEventListener("htmx:after:process", (event) => {
  if (event.target instanceof Element && event.target !== document.body) init(event.target);
});
init(document.body);
