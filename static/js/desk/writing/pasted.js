// Turns what Word, Google Docs and web pages put on the clipboard into the structure that a body has: lists that are
// lists, headings of the levels there are, links that lead somewhere, no pictures. Styles are in data-pasted-style.
const MARKER = "[data-pasted-style*='mso-list' i]";
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
const LINK = /^(https?:|mailto:)/i;

const styleOf = (element) => element.getAttribute("data-pasted-style") || "";

function roman(text) {
  const values = [...text].map((letter) => ROMAN[letter]);
  return values.reduce((sum, value, place) => sum + (value < values[place + 1] ? -value : value), 0);
}

// What the marker of an item says: the kind of its list, and its number. Whether "i." is the first or the ninth follows
// from the item before it.
function markerOf(text, before) {
  const found = /^\(?(\d+|[a-z]+)[.):]/i.exec(text.replace(/\s/g, ""));
  if (!found) return { tag: "ul", number: 0 };
  const word = found[1].toLowerCase();
  if (/^\d+$/.test(word)) return { tag: "ol", number: Number(word) };
  const letter = word.length === 1 ? word.charCodeAt(0) - 96 : 0;
  if (letter && (letter === before + 1 || !/^[ivxlcdm]$/.test(word))) return { tag: "ol", number: letter };
  if (/^[ivxlcdm]+$/.test(word)) return { tag: "ol", number: roman(word) };
  return letter ? { tag: "ol", number: letter } : { tag: "ul", number: 0 };
}

// Word writes a list as paragraphs that name their list and level in a style, each with its marker as text.
function wordLists(body) {
  let open = []; // the lists around the next item, outermost first: {list, id, tag, last}
  let previous = null;
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const found = /mso-list\s*:\s*l(\d+)\s+level(\d+)/i.exec(styleOf(paragraph));
    if (!found) continue;
    const markers = [...paragraph.querySelectorAll(MARKER)].filter((span) => /mso-list\s*:\s*ignore/i.test(styleOf(span)));
    const text = markers.map((span) => span.textContent).join("");
    for (const span of markers) span.remove();
    if (/^H/.test(paragraph.tagName)) continue; // a numbered heading stays a heading
    const level = Number(found[2]);
    const id = found[1];
    if (nextElement(previous) !== paragraph) open = [];
    open = open.slice(0, level);
    while (open.length && open.length === level && open.at(-1).id !== id) open.pop();
    const at = open[level - 1];
    const { tag, number } = markerOf(text, at?.last ?? 0);
    if (at && at.tag !== tag) open.pop();
    while (open.length < level) {
      const list = document.createElement(tag);
      const around = open.at(-1);
      if (around) (around.list.lastElementChild || around.list.appendChild(document.createElement("li"))).append(list);
      else paragraph.before(list);
      if (tag === "ol" && open.length === level - 1 && number > 1) list.setAttribute("start", number);
      open.push({ list, id, tag, last: 0 });
    }
    const item = document.createElement("li");
    const line = document.createElement("p");
    line.append(...paragraph.childNodes);
    item.append(line);
    open.at(-1).list.append(item);
    open.at(-1).last = number;
    previous = open[0].list;
    paragraph.remove();
  }
}

// The element after this one with no words between.
function nextElement(element) {
  let next = element?.nextSibling;
  while (next && (next.nodeType === 8 || (next.nodeType === 3 && !next.data.trim()))) next = next.nextSibling;
  return next;
}

// Google Docs writes a deeper list straight into a list; it belongs to the item before it.
function loseLists(body) {
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const item = list.previousElementSibling?.tagName === "LI" ? list.previousElementSibling : null;
    if (item) item.append(list);
    else {
      const made = document.createElement("li");
      list.before(made);
      made.append(list);
    }
  }
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function renamed(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
}

// Returns {html, images}: the markup that the editor reads, and how many pictures it lost.
export function structured(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  // The editor's own clipboard is what it is.
  const images = body.querySelectorAll("img:not([data-figure] img), picture, v\\:imagedata").length;
  if (body.querySelector("[data-pm-slice]")) return { html: body.innerHTML, images: 0 };
  wordLists(body);
  loseLists(body);
  for (const wrapper of body.querySelectorAll("b[id^='docs-internal-guid']")) unwrap(wrapper);
  for (const heading of body.querySelectorAll("h1")) renamed(heading, "h2");
  for (const heading of body.querySelectorAll("h5, h6")) renamed(heading, "h4");
  for (const title of body.querySelectorAll("p.MsoTitle")) renamed(title, "h2");
  for (const link of body.querySelectorAll("a")) if (!LINK.test(link.getAttribute("href") || "")) unwrap(link);
  for (const gone of body.querySelectorAll("img, picture, video, audio, svg, object, o\\:p, title, meta, link")) {
    if (gone.localName === "o:p" && gone.textContent.trim()) unwrap(gone);
    else gone.remove();
  }
  for (const paragraph of body.querySelectorAll("p, h2, h3, h4")) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("cite, table") && !paragraph.closest("td, th")) paragraph.remove();
  }
  return { html: body.innerHTML, images };
}
