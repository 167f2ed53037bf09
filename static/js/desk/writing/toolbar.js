// The toolbar of the editor: its buttons are in the page, this gives them their work and shows what is on.
// Arrow keys move along it, as a toolbar should (WAI-ARIA Authoring Practices).
import { ask } from "desk/shared/dialog";
import { openShortcuts } from "desk/writing/shortcuts";
import { captionOf } from "desk/writing/table";

const LINK = /^(https?:\/\/[^/\s?#@:][^\s]*|mailto:[^\s/?#@]+@[^\s]+)$/i;

// Asks for one line of text; promises it, or null.
function askText({ title, label, value, why = () => "" }) {
  const dialog = document.querySelector("[data-ask-dialog]");
  const part = (name) => dialog.querySelector(`[data-ask-${name}]`);
  const input = part("value");
  part("title").textContent = title;
  part("label").textContent = label;
  part("error").textContent = "";
  input.value = value;
  const answered = ask(dialog, () => {
    const typed = input.value.trim();
    const reason = why(typed);
    part("error").textContent = reason;
    if (!reason) return typed;
    input.focus();
    return undefined;
  });
  input.select();
  return answered;
}

async function link(editor, words) {
  if (editor.state.selection.empty && !editor.isActive("link")) return;
  const value = editor.getAttributes("link").href || "";
  const why = (typed) => (typed && !LINK.test(typed) ? words.linkBad : "");
  const href = await askText({ title: words.linkTitle, label: words.linkLabel, value, why });
  editor.view.focus();
  const chain = editor.chain().extendMarkRange("link");
  if (href === "") chain.unsetLink().run();
  else if (href) chain.setLink({ href }).run();
}

async function caption(editor, words) {
  const value = editor.getAttributes("table").caption || "";
  const typed = await askText({ title: words.captionTitle, label: words.captionLabel, value });
  if (typed !== null) editor.chain().updateAttributes("table", { caption: captionOf(typed) }).run();
  editor.view.focus();
}

// The library's own focus command waits for the next frame; a key pressed before would go astray.
function focused(editor) {
  editor.view.focus();
  return editor.chain();
}

// A row of header cells is the head of the table; toggling it says so in both ways.
function headerRow(editor) {
  focused(editor).toggleHeaderRow().run();
}

const COMMANDS = {
  cite: (editor) => editor.commands.cite(),
  bold: (editor) => focused(editor).toggleBold().run(),
  italic: (editor) => focused(editor).toggleItalic().run(),
  subscript: (editor) => focused(editor).unsetSuperscript().toggleSubscript().run(),
  superscript: (editor) => focused(editor).unsetSubscript().toggleSuperscript().run(),
  link,
  bulletList: (editor) => focused(editor).toggleBulletList().run(),
  orderedList: (editor) => focused(editor).toggleOrderedList().run(),
  indent: (editor) => focused(editor).sinkListItem("listItem").run(),
  outdent: (editor) => focused(editor).liftListItem("listItem").run(),
  blockquote: (editor) => focused(editor).toggleBlockquote().run(),
  table: (editor) => focused(editor).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  shortcuts: () => openShortcuts(),
  figure: (editor) => editor.commands.figure(),
  undo: (editor) => focused(editor).undo().run(),
  redo: (editor) => focused(editor).redo().run(),
  caption,
  addRow: (editor) => focused(editor).addRowAfter().run(),
  addColumn: (editor) => focused(editor).addColumnAfter().run(),
  headerRow,
  headerColumn: (editor) => focused(editor).toggleHeaderColumn().run(),
  mergeOrSplit: (editor) => focused(editor).mergeOrSplit().run(),
  deleteRow: (editor) => focused(editor).deleteRow().run(),
  deleteColumn: (editor) => focused(editor).deleteColumn().run(),
  deleteTable: (editor) => focused(editor).deleteTable().run(),
};
const PRESSED = ["bold", "italic", "subscript", "superscript", "link", "bulletList", "orderedList", "blockquote"];
const POSSIBLE = {
  indent: (editor) => editor.can().sinkListItem("listItem"),
  outdent: (editor) => editor.can().liftListItem("listItem"),
  undo: (editor) => editor.can().undo(),
  redo: (editor) => editor.can().redo(),
  link: (editor) => !editor.state.selection.empty || editor.isActive("link"),
  table: (editor) => !editor.isActive("table"),
  mergeOrSplit: (editor) => editor.can().mergeOrSplit(),
};

export function startToolbar(toolbar, editor, words) {
  const controls = [...toolbar.querySelectorAll("[data-command]")];
  const inTable = toolbar.querySelector("[data-in-table]");

  function refresh() {
    inTable.hidden = !editor.isActive("table");
    for (const control of controls) {
      const name = control.dataset.command;
      if (PRESSED.includes(name)) control.setAttribute("aria-pressed", String(editor.isActive(name)));
      if (POSSIBLE[name]) control.setAttribute("aria-disabled", String(!POSSIBLE[name](editor)));
      if (name === "block") {
        control.value = editor.isActive("heading") ? String(editor.getAttributes("heading").level) : "paragraph";
      }
      if (name === "callout") control.value = editor.isActive("callout") ? editor.getAttributes("callout").kind : "";
    }
  }

  for (const control of controls) {
    const name = control.dataset.command;
    if (name === "block") {
      control.addEventListener("change", () => {
        const chain = focused(editor);
        if (control.value === "paragraph") chain.setParagraph().run();
        else chain.setHeading({ level: Number(control.value) }).run();
      });
    } else if (name === "callout") {
      control.addEventListener("change", () => focused(editor).setCallout(control.value).run());
    } else {
      control.addEventListener("click", () => {
        if (control.getAttribute("aria-disabled") !== "true") COMMANDS[name](editor, words);
      });
    }
  }

  const stops = () => controls.filter((control) => control.offsetParent !== null);
  for (const control of controls) control.tabIndex = -1;
  controls[0].tabIndex = 0;
  toolbar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      editor.view.focus();
      return;
    }
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || (event.target.tagName === "SELECT" && event.altKey)) return;
    const all = stops();
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    const next = all[Math.min(Math.max(at + steps[event.key], 0), all.length - 1)];
    for (const control of controls) control.tabIndex = control === next ? 0 : -1;
    next.focus();
  });

  editor.on("transaction", refresh);
  toolbar.hidden = false;
  refresh();
  return { link: () => link(editor, words), focus: () => controls.find((control) => control.tabIndex === 0).focus() };
}
