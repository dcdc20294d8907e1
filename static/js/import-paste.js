// What is pasted from a web page or Word keeps its headings, lists and links: it is shown as it will be sent. Without
// any of these, and without scripts, the field takes plain text as it comes. The server cleans all of it again.
import { within } from "./find.js";
import { say } from "./status.js";

const KEPT = {
  H1: "h1", H2: "h2", H3: "h3", H4: "h4", H5: "h4", H6: "h4", P: "p", UL: "ul", OL: "ol", LI: "li",
  BLOCKQUOTE: "blockquote", A: "a", EM: "em", I: "em", STRONG: "strong", B: "strong", BR: "br",
};
const LEFT_OUT = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE META LINK IFRAME OBJECT EMBED SVG MATH TEXTAREA SELECT BUTTON INPUT"
    .split(" "),
);
const BLOCKS = "h1, h2, h3, h4, p, ul, ol, li, blockquote, div, section, article, table";
const TELLING = "h1, h2, h3, h4, li, blockquote, a, em, strong";
const wired = new WeakSet();

function tagFor(node) {
  if (node.id?.startsWith("docs-internal-guid")) return null; // a wrapper that says bold and is not
  if (node.localName === "div" && !node.querySelector(BLOCKS) && node.textContent.trim()) return "p";
  return KEPT[node.tagName.toUpperCase()] ?? null;
}

function copy(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(node.tagName.toUpperCase())) continue;
    const tag = tagFor(node);
    if (!tag) {
      copy(node, into);
      continue;
    }
    const made = document.createElement(tag);
    const href = node.getAttribute("href") ?? "";
    if (tag === "a" && /^(https?:|mailto:)/i.test(href)) made.setAttribute("href", href);
    copy(node, made);
    into.append(made);
  }
  return into;
}

// Parsed in a document that runs and loads nothing; only elements named above are made anew from it. What the page's
// own policy would complain of is taken out before.
function cleaned(markup) {
  const bare = markup
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/\s(style|on\w+)\s*=\s*("[^"]*"|'[^']*')/gi, "");
  const parsed = new DOMParser().parseFromString(bare, "text/html");
  return copy(parsed.body, document.createElement("div"));
}

function markupOf(box) {
  const written = [...box.childNodes].map((node) => new XMLSerializer().serializeToString(node));
  return written.join("").replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', "");
}

function paragraphs(text) {
  const box = document.createElement("div");
  for (const part of text.split(/\n\s*\n/)) {
    if (part.trim()) box.append(Object.assign(document.createElement("p"), { textContent: part.trim() }));
  }
  return box;
}

class Paste {
  constructor(way) {
    this.way = way;
    this.field = way.querySelector("textarea");
    this.rich = way.querySelector("[data-rich]");
    this.body = way.querySelector("[data-rich-body]");
    this.flag = way.closest("form").elements.formatted;
    this.field.addEventListener("paste", (event) => this.pasted(event));
    this.body.addEventListener("paste", (event) => this.pastedAgain(event));
    this.body.addEventListener("drop", (event) => event.preventDefault());
    way.querySelector("[data-rich-plain]").addEventListener("click", () => this.makePlain());
    way.closest("form").addEventListener("submit", () => this.send());
    if (this.flag.value && this.field.value) this.show(cleaned(this.field.value));
  }

  show(content) {
    this.body.replaceChildren(...content.childNodes);
    this.rich.hidden = false;
    this.way.setAttribute("data-rich-on", "");
    this.flag.value = "on";
  }

  pasted(event) {
    const { value, selectionStart, selectionEnd } = this.field;
    const replacesAll = !value.trim() || selectionEnd - selectionStart === value.length;
    const content = cleaned(event.clipboardData?.getData("text/html") ?? "");
    if (!replacesAll || !content.querySelector(TELLING)) return;
    event.preventDefault();
    this.show(content);
    this.body.focus();
    say(this.way.querySelector("[data-rich-said]").textContent);
  }

  pastedAgain(event) {
    event.preventDefault();
    const markup = event.clipboardData.getData("text/html");
    const content = markup ? cleaned(markup) : paragraphs(event.clipboardData.getData("text/plain"));
    document.execCommand("insertHTML", false, markupOf(content)); // the one insertion that can be undone
  }

  makePlain() {
    this.field.value = this.body.innerText;
    this.rich.hidden = true;
    this.way.removeAttribute("data-rich-on");
    this.flag.value = "";
    this.field.focus();
  }

  send() {
    if (!this.flag.value) return;
    const text = this.body.innerText.trim();
    this.field.value = text ? markupOf(copy(this.body, document.createElement("div"))) : "";
  }
}

export function init(root) {
  for (const way of within(root, "[data-rich-paste]")) {
    if (wired.has(way)) continue;
    wired.add(way);
    new Paste(way);
  }
}
