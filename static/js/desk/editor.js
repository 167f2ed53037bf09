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
} from "django-prose-editor/editor";
import { Callout } from "desk/callout";
import { openCiteDialog } from "desk/cite-dialog";
import { Citation } from "desk/citation";
import { PastedBold, PastedItalic, PastedSubscript, PastedSuperscript, withoutStyles } from "desk/paste";
import { BodyCell, BodyHeaderCell, BodyRow, BodyTable, settled } from "desk/table";
import { startToolbar } from "desk/toolbar";

const words = document.querySelector("[data-words]").dataset;
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
      transformPastedHTML: withoutStyles,
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
      Citation.configure({ open: openCiteDialog, known, label: dialog.dataset.wordReference, unknown: dialog.dataset.wordUnknown }),
      History,
      Dropcursor,
      Gapcursor,
    ],
    onUpdate: ({ editor: updated }) => {
      textarea.value = updated.isEmpty ? "" : settled(updated.getHTML());
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
  textarea.dispatchEvent(new CustomEvent("body-editor:ready", { bubbles: true, detail: { editor } }));
}

for (const textarea of document.querySelectorAll("textarea[data-body-editor]")) start(textarea);

// Says that there are unsaved changes, and asks before they are left behind.
const form = document.querySelector("[data-editor-form]");
let unsaved = Boolean(document.querySelector(".conflict, #form-errors"));
const leaving = (event) => {
  if (unsaved) event.preventDefault();
};

function note() {
  for (const mark of document.querySelectorAll("[data-unsaved]")) mark.hidden = !unsaved;
}

form?.addEventListener("input", (event) => {
  if (event.target.closest("[role=toolbar]")) return;
  unsaved = true;
  note();
});
form?.addEventListener("submit", () => {
  unsaved = false;
});
addEventListener("beforeunload", leaving);
note();
