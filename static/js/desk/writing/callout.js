// A callout: blocks set apart as a note, a caution or a warning. Stored as <aside data-callout="note">.
import { Node, findParentNode, mergeAttributes } from "django-prose-editor/editor";

// The callout around the selection, or the first one in it.
function around({ selection, doc }, name) {
  const isCallout = (node) => node.type.name === name;
  let found = findParentNode(isCallout)(selection);
  doc.nodesBetween(selection.from, selection.to, (node, pos) => {
    if (!found && isCallout(node)) found = { node, pos };
    return !found;
  });
  return found;
}

export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,

  addOptions() {
    return { kinds: ["note"], labels: {} };
  },

  addAttributes() {
    return {
      kind: {
        default: this.options.kinds[0],
        parseHTML: (element) => {
          const kind = element.getAttribute("data-callout");
          return this.options.kinds.includes(kind) ? kind : this.options.kinds[0];
        },
        renderHTML: ({ kind }) => ({ "data-callout": kind }),
      },
    };
  },

  parseHTML() {
    return [{ tag: "aside[data-callout]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["aside", mergeAttributes(HTMLAttributes), 0];
  },

  addCommands() {
    return {
      // Makes what is selected a callout of this kind; changes the kind of one; takes it away for an empty kind.
      setCallout: (kind) => ({ commands, dispatch, state, tr }) => {
        const present = around(state, this.name);
        if (!present) return kind ? commands.wrapIn(this.name, { kind }) : false;
        if (!dispatch) return true;
        if (kind) tr.setNodeMarkup(present.pos, undefined, { kind });
        else tr.replaceWith(present.pos, present.pos + present.node.nodeSize, present.node.content);
        return true;
      },
    };
  },
});
