// Tables of the declared schema: a caption, one head of any number of rows, one body, scopes and spans. The library
// knows rows only, so the caption is kept as markup on the table and "in the head" as a fact of the row; `settled` writes
// both where they belong.
import { Table, TableCell, TableHeader, TableRow } from "django-prose-editor/editor";

const CAPTION_TAGS = new Set(["STRONG", "EM", "SUB", "SUP", "A", "CITE", "BR"]);
const CAPTION_ATTRIBUTES = { A: ["href"], CITE: ["data-refs", "data-locator"] };

// Copies inline markup of a caption, leaving out whatever a caption cannot hold.
function inline(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === 3) into.append(node.data);
    else if (node.nodeType === 1 && CAPTION_TAGS.has(node.tagName)) {
      const copy = document.createElement(node.tagName);
      for (const name of CAPTION_ATTRIBUTES[node.tagName] || []) {
        const value = node.getAttribute(name);
        if (value && !/^\s*javascript:/i.test(value)) copy.setAttribute(name, value);
      }
      inline(node, copy);
      into.append(copy);
    } else if (node.nodeType === 1) inline(node, into);
  }
  return into;
}

function parsed(html) {
  return new DOMParser().parseFromString(`<body>${html}</body>`, "text/html").body;
}

// The caption as markup, from what somebody typed: text with < in it that is no markup stays text.
export function captionOf(typed) {
  const body = parsed(typed);
  const element = document.createElement("caption");
  if (body.querySelector([...CAPTION_TAGS].join(","))) inline(body, element);
  else element.textContent = typed;
  return element.innerHTML.trim();
}

class CaptionedTable {
  constructor(node) {
    this.node = node;
    this.dom = document.createElement("div");
    this.dom.className = "table-scroll";
    this.table = this.dom.appendChild(document.createElement("table"));
    this.caption = this.table.appendChild(document.createElement("caption"));
    this.caption.contentEditable = "false";
    this.contentDOM = this.table.appendChild(document.createElement("tbody"));
    this.show();
  }

  show() {
    this.caption.replaceChildren();
    inline(parsed(this.node.attrs.caption || ""), this.caption);
    this.caption.hidden = !this.node.attrs.caption;
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

export const BodyTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: "",
        parseHTML: (element) => {
          const caption = element.querySelector(":scope > caption");
          return caption ? inline(caption, document.createElement("caption")).innerHTML.trim() : "";
        },
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }, { tag: "colgroup", ignore: true }];
  },
  addNodeView() {
    return ({ node }) => new CaptionedTable(node);
  },
});

export const BodyRow = TableRow.extend({
  content: "(tableCell | tableHeader)+",
  addAttributes() {
    return {
      head: {
        default: false,
        parseHTML: (element) => element.parentElement?.tagName === "THEAD" || element.hasAttribute("data-head"),
        renderHTML: ({ head }) => (head ? { "data-head": "" } : {}),
      },
    };
  },
});

const spans = {
  colspan: { default: 1, parseHTML: (element) => Number(element.getAttribute("colspan")) || 1 },
  rowspan: { default: 1, parseHTML: (element) => Number(element.getAttribute("rowspan")) || 1 },
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
};

export const BodyCell = TableCell.extend({
  addAttributes() {
    return spans;
  },
});

export const BodyHeaderCell = TableHeader.extend({
  addAttributes() {
    return { ...spans, scope: { default: null } };
  },
});

// Puts captions and heads where they belong in what is stored.
export function settled(html) {
  const body = parsed(html);
  for (const table of body.querySelectorAll("table")) {
    const rows = [...table.querySelectorAll(":scope > tbody > tr")];
    const end = rows.findIndex((row) => !row.hasAttribute("data-head"));
    const head = end < 0 ? rows : rows.slice(0, end);
    for (const row of rows) row.removeAttribute("data-head");
    if (head.length) {
      const section = document.createElement("thead");
      section.append(...head);
      table.prepend(section);
    }
    if (table.dataset.caption) {
      const caption = document.createElement("caption");
      inline(parsed(table.dataset.caption), caption);
      table.prepend(caption);
    }
    table.removeAttribute("data-caption");
  }
  return body.innerHTML;
}
