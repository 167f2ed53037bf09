// Turns each text area of a body into an editor on the declared schema. The text area stays what is sent; it changes only
// when somebody edits, so that opening and saving a text changes nothing.
import {
  Blockquote,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Text,
  wrappingInputRule,
} from "django-prose-editor/editor";
import { Citation } from "desk/citing/citation";
import { openCiteDialog } from "desk/citing/cite-dialog";
import { Figure } from "desk/figures/figure";
import { startKeeping } from "desk/keeping/keeping";
import { Callout } from "desk/writing/callout";
import { PastedBold, PastedItalic, PastedSubscript, PastedSuperscript, readPasted } from "desk/writing/paste";
import { startShortcuts } from "desk/writing/shortcuts";
import { BodyCell, BodyHeaderCell, BodyRow, BodyTable, settled } from "desk/writing/table";
import { startToolbar } from "desk/writing/toolbar";

const words = document.querySelector("template[data-words]").dataset;
const known = JSON.parse(document.getElementById("known-references")?.textContent || "{}");
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

// Lists keep their numbers' start and nothing else; the library adds a kind of numbering that bodies do not have.
const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return { start: { default: 1, parseHTML: (element) => Number(element.getAttribute("start")) || 1 } };
  },
  addNodeView() {
    return null;
  },
  // "3. " begins a list at three, or goes on with the one before that ends at two.
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,4})\.\s$/,
        type: this.type,
        getAttributes: (found) => ({ start: Number(found[1]) }),
        joinPredicate: (found, list) => list.childCount + list.attrs.start === Number(found[1]),
      }),
    ];
  },
}).configure({ enableListAttributes: false });

// A body's link has an address and no more.
const PlainLink = Link.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => element.getAttribute("href") } };
  },
  addKeyboardShortcuts() {
    return { "Mod-k": () => this.editor.storage.plainLink.ask() };
  },
  addPasteRules() {
    return [];
  },
  addStorage() {
    return {};
  },
}).configure({ openOnClick: false, autolink: false, linkOnPaste: true, enableTarget: false, protocols: ["http", "https", "mailto"] });

// Gives shortcuts what the toolbar does.
const PlainLinkStorage = Extension.create({
  name: "plainLink",
  addStorage() {
    return { ask: () => false };
  },
});

// Says what a paste lost; the next one clears it.
function pasted(html, root) {
  const note = root.querySelector("[data-editor-note]");
  const read = readPasted(html);
  note.textContent = read.images ? (read.images === 1 ? note.dataset.wordImage : note.dataset.wordImages.replace("{n}", read.images)) : "";
  return read.html;
}

function start(textarea) {
  const config = JSON.parse(textarea.dataset.bodyEditor);
  const root = textarea.closest("[data-editor-root]");
  const surface = document.createElement("div");
  surface.className = "body-editor__surface";
  textarea.before(surface);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const dialog = document.querySelector("[data-cite-dialog]");

  const editor = new Editor({
    element: surface,
    injectCSS: false, // css/editor.css has what the library would put into a style element
    content: textarea.value,
    editorProps: {
      transformPastedHTML: (html) => pasted(html, root),
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label?.textContent.trim() || words.surface,
        class: "prose",
        spellcheck: "true",
        ...(textarea.getAttribute("aria-describedby") ? { "aria-describedby": textarea.getAttribute("aria-describedby") } : {}),
      },
    },
    extensions: [
      Document,
      Paragraph,
      Text,
      Heading.configure({ levels: config.levels }),
      HardBreak,
      PastedBold,
      PastedItalic,
      PastedSubscript,
      PastedSuperscript,
      PlainLink,
      PlainLinkStorage,
      BulletList,
      PlainOrderedList,
      ListItem.extend({ content: "block+" }),
      Blockquote,
      Callout.configure({ kinds: config.callouts }),
      BodyTable,
      BodyRow,
      BodyCell,
      BodyHeaderCell,
      Figure,
      Citation.configure({ open: openCiteDialog, known, label: dialog.dataset.wordReference, unknown: dialog.dataset.wordUnknown }),
      History,
      Dropcursor,
      Gapcursor,
    ],
    onUpdate: ({ editor: updated }) => {
      textarea.value = updated.isEmpty && !updated.view.dom.querySelector("figure") ? "" : settled(updated.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
      count();
    },
  });

  const counter = root.querySelector("[data-word-count]");
  function count() {
    const text = editor.getText({ blockSeparator: "\n", textSerializers: { citation: () => "" } });
    counter.textContent = words.wordsOne.replace("{n}", (text.match(WORD) || []).length);
  }

  textarea.hidden = true;
  label?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
  const toolbar = startToolbar(root.querySelector("[role=toolbar]"), editor, words);
  editor.storage.plainLink.ask = () => {
    toolbar.link();
    return true;
  };
  root.querySelector(".body-editor__foot").hidden = false;
  count();
  startShortcuts(root, editor, toolbar);
  textarea.dispatchEvent(new CustomEvent("body-editor:ready", { bubbles: true, detail: { editor } }));
  return editor;
}

const editors = [...document.querySelectorAll("textarea[data-body-editor]")].map(start);
const form = document.querySelector("[data-editor-form]");
if (form) {
  // The textarea follows, as with every change.
  const replaceBody = (html) => {
    editors[0].view.focus();
    editors[0].chain().setContent(html, { emitUpdate: true }).run();
  };
  startKeeping(form, { replaceBody });
}
