// What is pasted comes with styles and handlers that the site's policy blocks, noisily, even where the text is only read.
// They are taken off before that; what a style says about emphasis is kept in a mark of its own.
import { Bold, Italic, Subscript, Superscript } from "django-prose-editor/editor";
import { structured } from "desk/writing/pasted";

const TAG = /<([a-z][a-z0-9]*)\b[^>]*>/gi;
const STYLE = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const KEPT_STYLE = /\sdata-pasted-style="([^"]*)"/g;
const HANDLER = /\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
const SAYS = [
  ["bold", /font-weight\s*:\s*(?:bold|[6-9]00)/i],
  ["normal", /font-weight\s*:\s*(?:normal|[1-5]00)/i],
  ["italic", /font-style\s*:\s*italic/i],
  ["sub", /vertical-align\s*:\s*sub\b/i],
  ["super", /vertical-align\s*:\s*super\b/i],
];

const quoted = (value) => value.replace(/"/g, "'");

// Returns {html, images}: what was pasted as the editor reads it, and how many pictures were left out.
export function readPasted(pasted) {
  const safe = pasted.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "").replace(TAG, (tag) =>
    tag.replace(HANDLER, "").replace(STYLE, (_all, double, single, bare) => ` data-pasted-style="${quoted(double ?? single ?? bare)}"`),
  );
  const { html, images } = structured(safe);
  return { html: html.replace(KEPT_STYLE, (_all, style) => said(style)), images };
}

function said(style) {
  return SAYS.filter(([, says]) => says.test(style)).map(([name]) => ` data-pasted-${name}=""`).join("");
}

const marked = (extension, ...tags) => extension.extend({ parseHTML: () => tags.map((tag) => ({ tag })) });

export const PastedBold = marked(Bold, "strong:not([data-pasted-normal])", "b:not([data-pasted-normal])", "span[data-pasted-bold]");
export const PastedItalic = marked(Italic, "em", "i", "span[data-pasted-italic]");
export const PastedSubscript = marked(Subscript, "sub", "span[data-pasted-sub]").extend({ excludes: "superscript" });
export const PastedSuperscript = marked(Superscript, "sup", "span[data-pasted-super]").extend({ excludes: "subscript" });
