// A figure: an image of the library with its caption, stored as
// <figure data-figure="key" data-alt="words"><figcaption>…</figcaption></figure>. The words for whoever does not see it
// stand under the image, always in view.
import { Node, Plugin } from "django-prose-editor/editor";
import { openFigureDialog, words } from "desk/figures/figure-dialog";
import { element } from "desk/shared/element";
import { askLibrary } from "desk/shared/library";

const known = new Map();
const views = new Set();
let asked = new Set();
let timer = 0;
let count = 0;

// Asks the library about keys that this page has not seen, all at once.
function learn(key) {
  if (known.has(key) || asked.has(key)) return;
  asked.add(key);
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const keys = [...asked];
    asked = new Set();
    try {
      const { results } = await askLibrary(words.searchUrl, keys.map((each) => ["key", each]));
      for (const each of keys) known.set(each, null);
      for (const figure of results) known.set(figure.key, figure);
    } catch {
      // Without an answer nothing is said of these keys; the next figure that is shown asks again.
    }
    for (const view of views) view.show();
  }, 20);
}

class FigureView {
  constructor(node, editor, getPos) {
    this.node = node;
    this.editor = editor;
    this.getPos = getPos;
    this.dom = element("figure", "body-figure");
    this.picture = this.dom.appendChild(element("div", "body-figure__picture"));
    this.picture.contentEditable = "false";
    this.contentDOM = this.dom.appendChild(element("figcaption", "body-figure__caption"));
    this.contentDOM.dataset.placeholder = words.wordCaption;
    this.tools = this.dom.appendChild(element("div", "body-figure__tools"));
    this.tools.contentEditable = "false";
    this.build();
    views.add(this);
    this.show();
  }

  build() {
    const id = `figure_alt_${++count}`;
    const label = element("label", "", words.wordAlt);
    label.htmlFor = id;
    this.alt = element("textarea");
    this.alt.id = id;
    this.alt.rows = 2;
    this.alt.maxLength = 1000;
    this.alt.required = true;
    this.alt.setAttribute("aria-describedby", `${id}_missing`);
    this.alt.value = this.node.attrs.alt;
    this.alt.addEventListener("input", () => this.set({ alt: this.alt.value }));
    this.missing = element("p", "field__error", words.wordAltMissing);
    this.missing.id = `${id}_missing`;
    const row = element("div", "button-row");
    this.name = element("code", "body-figure__key");
    const replace = element("button", "button button--small", words.wordReplace);
    replace.type = "button";
    replace.addEventListener("click", () => this.replace());
    const remove = element("button", "button button--small", words.wordRemove);
    remove.type = "button";
    remove.addEventListener("click", () => this.remove());
    row.append(replace, remove, this.name);
    this.tools.append(label, this.alt, this.missing, row);
  }

  set(attrs) {
    const { state, dispatch } = this.editor.view;
    dispatch(state.tr.setNodeMarkup(this.getPos(), undefined, { ...this.node.attrs, ...attrs }));
  }

  async replace() {
    const chosen = await openFigureDialog({ present: this.node.attrs });
    if (!chosen) return;
    known.set(chosen.figure.key, chosen.figure);
    this.set({ key: chosen.figure.key, alt: chosen.alt });
    this.editor.view.focus();
  }

  remove() {
    const at = this.getPos();
    const { state, dispatch } = this.editor.view;
    dispatch(state.tr.delete(at, at + this.node.nodeSize));
    this.editor.view.focus();
  }

  show() {
    const { key, alt } = this.node.attrs;
    const figure = known.get(key);
    if (figure === undefined) learn(key);
    const shown = this.picture.firstElementChild;
    if (figure && shown?.dataset.key !== key) {
      const image = element("img");
      image.dataset.key = key;
      image.src = figure.address;
      image.width = figure.width;
      image.height = figure.height;
      this.picture.replaceChildren(image);
    } else if (!figure && (!shown || shown.tagName === "IMG" || figure === null)) {
      this.picture.replaceChildren(element("p", "body-figure__none", figure === null ? words.wordUnknown.replace("{key}", key) : words.wordLoading));
    }
    const image = this.picture.querySelector("img");
    if (image) image.alt = alt;
    this.name.textContent = key;
    if (this.alt.value !== alt && document.activeElement !== this.alt) this.alt.value = alt;
    this.missing.hidden = alt.trim() !== "";
    this.alt.setAttribute("aria-invalid", String(alt.trim() === ""));
    this.contentDOM.classList.toggle("is-empty", this.node.content.size === 0);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  stopEvent(event) {
    return this.tools.contains(event.target);
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }

  destroy() {
    views.delete(this);
  }
}

// The first image among files, or null.
const imageIn = (files) => [...(files || [])].find((file) => file.type.startsWith("image/")) || null;

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  defining: true,
  isolating: true,
  selectable: true,

  addAttributes() {
    return {
      key: {
        default: "",
        parseHTML: (node) => node.getAttribute("data-figure"),
        renderHTML: ({ key }) => ({ "data-figure": key }),
      },
      alt: {
        default: "",
        parseHTML: (node) => node.getAttribute("data-alt") || "",
        renderHTML: ({ alt }) => (alt.trim() ? { "data-alt": alt } : {}),
      },
    };
  },

  parseHTML() {
    return [
      {
        tag: "figure[data-figure]",
        contentElement: (node) => node.querySelector(":scope > figcaption") || document.createElement("figcaption"),
      },
    ];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]];
  },

  addNodeView() {
    return ({ node, editor, getPos }) => new FigureView(node, editor, getPos);
  },

  addCommands() {
    return {
      // Opens the dialog and puts what was chosen at `at`, or after the block with the cursor.
      figure: ({ file = null, at = null } = {}) => ({ editor }) => {
        openFigureDialog({ file }).then((chosen) => {
          editor.view.focus();
          if (!chosen) return;
          known.set(chosen.figure.key, chosen.figure);
          const content = chosen.caption ? [{ type: "text", text: chosen.caption }] : [];
          const node = { type: this.name, attrs: { key: chosen.figure.key, alt: chosen.alt }, content };
          const { selection } = editor.state;
          const { $to } = selection;
          const here = $to.parent.isTextblock ? $to.after() : $to.pos;
          editor.chain().insertContentAt(at ?? here, node).run();
        });
        return true;
      },
    };
  },

  addKeyboardShortcuts() {
    return {
      // From the caption on to a new paragraph.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection;
        if ($from.parent.type.name !== this.name) return false;
        const after = $from.after();
        return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run();
      },
    };
  },

  addProseMirrorPlugins() {
    const take = (file, at) => this.editor.commands.figure({ file, at });
    return [
      new Plugin({
        props: {
          // Office programs bring a picture of the text as well; the text is what was meant.
          handlePaste: (_view, event) => {
            const data = event.clipboardData;
            const file = data?.getData("text/html") ? null : imageIn(data?.files);
            return file ? take(file, null) : false;
          },
          handleDrop: (view, event, _slice, moved) => {
            const file = moved ? null : imageIn(event.dataTransfer?.files);
            if (!file) return false;
            event.preventDefault();
            const found = view.posAtCoords({ left: event.clientX, top: event.clientY });
            const place = found && view.state.doc.resolve(found.pos);
            return take(file, place && place.depth > 0 ? place.after(place.parent.isTextblock ? place.depth : undefined) : null);
          },
        },
      }),
    ];
  },
});
