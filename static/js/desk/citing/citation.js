// A citation: an atom in the text that points at references of the library. It shows its number, counted live in the
// order of first citation, and is stored as <cite data-refs="key key" data-locator="p. 12"></cite>.
import { InputRule, Node, Plugin } from "django-prose-editor/editor";

const KEYS = /data-refs="([^"]*)"/g;

const keysOf = (text) => (text || "").split(/\s+/).filter(Boolean);

// Keys in the order of their first citation. A table's caption is markup kept in an attribute and reads first.
function numbered(doc) {
  const numbers = new Map();
  const count = (keys) => {
    for (const key of keys) if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
  };
  doc.descendants((node) => {
    if (node.type.name === "citation") count(node.attrs.refs);
    else if (node.type.name === "table" && node.attrs.caption) {
      for (const found of node.attrs.caption.matchAll(KEYS)) count(keysOf(found[1]));
    }
  });
  return numbers;
}

class CitationView {
  constructor(node, extension) {
    this.node = node;
    this.extension = extension;
    this.dom = document.createElement("cite");
    this.dom.className = "citation-atom";
    this.dom.contentEditable = "false";
    extension.storage.views.add(this);
    this.show();
  }

  show() {
    const { refs, locator } = this.node.attrs;
    const { numbers, known } = this.extension.storage;
    const shown = refs.map((key) => numbers.get(key)).filter(Boolean).sort((a, b) => a - b);
    const missing = refs.filter((key) => !known[key]);
    const noticed = refs.some((key) => known[key]?.notice);
    const text = `${shown.join(",") || "?"}${locator ? ` (${locator})` : ""}${noticed ? " \u26a0\ufe0e" : ""}`;
    if (this.dom.textContent !== text) this.dom.textContent = text;
    this.dom.classList.toggle("citation-atom--nowhere", missing.length > 0);
    this.dom.classList.toggle("citation-atom--noticed", noticed);
    const told = ({ who, year, title, notice }) => `${notice ? `${notice}: ` : ""}${who} ${year || ""}: ${title}`;
    this.dom.title = refs.map((key) => (known[key] ? told(known[key]) : `${key}: ${this.extension.options.unknown}`)).join("\n");
    this.dom.setAttribute("aria-label", `${this.extension.options.label} ${text}. ${this.dom.title}`);
    this.dom.setAttribute("role", "note");
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.extension.storage.views.delete(this);
  }
}

export const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  marks: "",

  addOptions() {
    // open: shows the dialog and answers with {refs, locator} or null; known: what the page knows of the keys it shows.
    return { open: async () => null, known: {}, label: "Citation", unknown: "" };
  },

  addStorage() {
    return { views: new Set(), numbers: new Map(), known: { ...this.options.known } };
  },

  addAttributes() {
    return {
      refs: {
        default: [],
        parseHTML: (element) => keysOf(element.getAttribute("data-refs")),
        renderHTML: ({ refs }) => ({ "data-refs": refs.join(" ") }),
      },
      locator: {
        default: null,
        parseHTML: (element) => element.getAttribute("data-locator") || null,
        renderHTML: ({ locator }) => (locator ? { "data-locator": locator } : {}),
      },
    };
  },

  parseHTML() {
    return [{ tag: "cite[data-refs]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["cite", HTMLAttributes];
  },

  renderText({ node }) {
    return `[${node.attrs.refs.join(", ")}]`;
  },

  addNodeView() {
    return ({ node }) => new CitationView(node, this);
  },

  addCommands() {
    return {
      // Opens the dialog: to change the citation that is selected, else to insert one.
      cite: () => ({ editor }) => {
        const { selection } = editor.state;
        const present = selection.node?.type.name === this.name ? selection.node.attrs : null;
        this.options.open(present, this.storage.known).then((chosen) => {
          editor.view.focus(); // in this task: the command of the same name waits for the next frame
          if (!chosen) return;
          Object.assign(this.storage.known, chosen.known);
          const attrs = { refs: chosen.refs, locator: chosen.locator || null };
          if (present) editor.chain().updateAttributes(this.name, attrs).run();
          else editor.chain().insertContent({ type: this.name, attrs }).run();
        });
        return true;
      },
    };
  },

  addKeyboardShortcuts() {
    const change = ({ editor }) => editor.state.selection.node?.type.name === this.name && editor.commands.cite();
    return { "Mod-Shift-c": ({ editor }) => editor.commands.cite(), Enter: change };
  },

  addInputRules() {
    return [
      new InputRule({
        find: /\[@$/,
        handler: ({ range, chain }) => {
          chain().deleteRange(range).run();
          setTimeout(() => this.editor.commands.cite());
        },
      }),
    ];
  },

  addProseMirrorPlugins() {
    const { storage } = this;
    return [
      new Plugin({
        view(view) {
          const count = (doc) => {
            storage.numbers = numbered(doc);
            for (const shown of storage.views) shown.show();
          };
          count(view.state.doc);
          return {
            update(updated, before) {
              if (!updated.state.doc.eq(before.doc)) count(updated.state.doc);
            },
          };
        },
        props: {
          handleDoubleClickOn: (_view, _position, node) => node.type.name === "citation" && this.editor.commands.cite(),
        },
      }),
    ];
  },
});
