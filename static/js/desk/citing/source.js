// A source as the dialog to cite shows it.
import { element } from "desk/shared/element";

// Who wrote it and when; its key where nobody knows.
export function named(row) {
  return [row.who, row.year].filter(Boolean).join(" ") || row.key;
}

// Its name, title and place in a line or two, with the notices against it.
export function described(row, notices = [row.notice]) {
  const box = element("span", "cite-dialog__row");
  box.append(element("strong", "", named(row)), " ", element("span", "", row.title));
  box.append(element("span", "cite-dialog__more", [row.where, row.key].filter(Boolean).join(" · ")));
  for (const notice of notices.filter(Boolean)) box.append(element("span", "badge badge--alarm", notice));
  return box;
}
