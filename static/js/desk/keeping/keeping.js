// Loses no keystroke: each change goes to this device at once and to the site every few seconds; a save, or a pause in
// typing, makes a draft of it. Says in words what became of it, and who else is here.
import { LocalCopy } from "desk/keeping/local-copy";

const EVERY = 4_000;
const HEARTBEAT = 20_000;
const PATIENCE = 15_000;
const BEACON = 60_000; // browsers send no more than 64 KiB from a page that is going
const KEPT = ["title", "heading", "summary", "body", "jurisdiction", "ai_model", "ai_prompt", "ai_date", "ai_responsible", "note"];

const { lang } = document.documentElement;
const LOCALE = lang === "en" ? "en-GB" : lang; // dates as the site writes them: 22 November 2026
const clock = (date) => new Date(date).toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const moment = (date) => `${new Date(date).toLocaleDateString(LOCALE, { dateStyle: "long" })}, ${clock(date)}`;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
const same = (one, other) => Object.keys({ ...one, ...other }).every((name) => (one[name] ?? "") === (other[name] ?? ""));

export function startKeeping(form, { replaceBody }) {
  const words = document.querySelector("[data-keeping-words]").dataset;
  const state = form.querySelector("[data-save-state]");
  const said = form.querySelector("[data-save-said]");
  const presence = form.querySelector("[data-presence]");
  const token = form.elements.csrfmiddlewaretoken;
  const number = form.elements.draft_number;
  const note = form.elements.note;
  const { keepUrl, user, edition } = form.dataset;
  const local = new LocalCopy(user, edition);

  // Changes are counted: the last one made, on this device, on the site, in a draft.
  const at = { made: 0, here: 0, there: 0, saved: 0 };
  let typedAt = null;
  let sending = null;
  let saving = false;
  let leaving = false;
  let overtaken = false;
  let elsewhere = false; // open in another window of the same person
  let timer = 0;
  let pause = 0;
  let lastSent = 0;
  let lastTone = "";
  let calm = state.textContent; // what the state says when nothing is unsaved

  const fields = () => Object.fromEntries([...new FormData(form)].filter(([name]) => KEPT.includes(name)));
  const record = (arrived) => ({ fields: fields(), draftNumber: Number(number.value), typedAt, arrived: arrived && !elsewhere });

  // A change of tone is also said aloud; "kept 14:02" every few seconds is not.
  function show(text, tone = "") {
    state.textContent = text;
    state.className = tone ? `saved saved--${tone}` : "saved";
    form.dataset.saveTone = tone || "quiet";
    if (tone !== lastTone && (tone || lastTone !== "")) said.textContent = text;
    lastTone = tone;
  }

  function standing(answer) {
    const lines = answer.others.map((one) => {
      const time = one.typed_at && clock(one.typed_at);
      if (!one.typed_at) return fill(words.open, one);
      return fill(one.typing ? words.typing : words.wrote, { name: one.name, time });
    });
    const by = answer.saved_by;
    overtaken = Boolean(by);
    if (by) lines.push(fill(by.you ? words.overtakenOwn : words.overtaken, { name: by.name, number: answer.draft_number, time: clock(by.at) }));
    if (elsewhere) lines.push(words.otherWindow);
    const text = lines.join(" ");
    if (presence.textContent.trim() !== text) presence.textContent = text;
  }

  async function request(url, options, again = true) {
    const response = await fetch(url, {
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
      headers: { Accept: "application/json", "X-CSRFToken": token.value, ...options.headers },
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    // Whoever signed in again in another tab has another token: get it, once.
    if (response.status === 403 && !isJson && again && (await renew())) return request(url, options, false);
    if (response.redirected || (response.ok && !isJson)) return { status: 401, answer: {} };
    return { status: response.status, answer: isJson ? await response.json() : {} };
  }

  async function renew() {
    const response = await fetch(keepUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!response.ok) return response.status !== 401;
    const answer = await response.json();
    if (String(answer.user) !== user) return false;
    token.value = answer.token;
    for (const other of document.getElementsByName("csrfmiddlewaretoken")) other.value = answer.token;
    return true;
  }

  function refused({ status, answer }) {
    const tone = "offline";
    if (status === 401) show(words.signedOut, tone);
    else if (status === 403) show(answer.reason ? fill(words.notAllowed, answer) : words.somebodyElse, tone);
    else if (status === 404) show(words.gone, tone);
    else if (status === 400) show(fill(words.refused, { reason: reasons(answer.errors) }), tone);
    else show(words.failed, tone);
  }

  function reasons(errors = {}) {
    return Object.entries(errors)
      .map(([name, list]) => {
        const label = form.querySelector(`label[for="id_${name}"]`)?.firstChild.textContent.trim();
        return (label ? `${label}: ` : "") + [].concat(list).join(" ");
      })
      .join(" ");
  }

  const unreachable = () => show(local.works ? words.offline : words.offlineOnly, "offline");

  // Sends what changed, or only that somebody is here.
  async function send({ now = false } = {}) {
    clearTimeout(timer);
    timer = 0;
    // Not beside a save: what arrived after it would look like something typed into the draft before.
    if (sending || leaving || (saving && !now)) return sending;
    const change = at.made;
    const changed = change > at.there;
    const body = JSON.stringify({ draft_number: Number(number.value), fields: changed ? fields() : null });
    lastSent = Date.now();
    sending = request(keepUrl, { method: "POST", body, headers: { "Content-Type": "application/json" } })
      .then((got) => {
        if (got.status !== 200) return refused(got);
        standing(got.answer);
        if (changed) {
          at.there = change;
          if (at.made === change && at.saved < change) local.keep(record(true));
        }
        if (at.made === at.saved) {
          if (lastTone) show(calm);
        } else if (at.made === at.there && (changed || lastTone)) show(fill(words.kept, { time: clock(got.answer.saved_at) }));
        else if (lastTone && at.made > at.there) show(words.unsaved);
      })
      .catch(unreachable)
      .finally(() => {
        sending = null;
        if (at.made > at.there) later();
      });
    return sending;
  }

  function later(wait = EVERY) {
    timer ||= setTimeout(() => send(), wait);
  }

  function changed() {
    at.made += 1;
    const change = at.made;
    typedAt = new Date().toISOString();
    if (lastTone !== "offline") show(words.unsaved);
    local.keep(record(false)).then((works) => {
      if (works) at.here = Math.max(at.here, change);
      if (works && at.made === change && at.there < change && !lastTone) show(fill(words.device, { time: clock(typedAt) }));
    });
    later();
    clearTimeout(pause);
    pause = setTimeout(() => save({ paused: true }), Number(form.dataset.pause) * 1000);
  }

  // Makes a draft of what is there. After a pause it is quiet: it neither leaves the page nor merges.
  async function save({ paused = false } = {}) {
    if (saving || (paused && (overtaken || at.made === at.saved))) return;
    saving = true;
    clearTimeout(pause);
    if (!paused) show(words.saving);
    await sending;
    const change = at.made;
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken"); // the header has it, and may be renewed
    if (paused && !note.value.trim()) data.set("note", words.pauseNote);
    try {
      const got = await request(form.action, { method: "POST", body: data });
      if (got.status === 200) {
        number.value = got.answer.draft_number;
        at.saved = at.there = change;
        if (data.get("note") === note.value) note.value = "";
        document.getElementById("kept")?.remove();
        if (at.made === change) await local.forget();
        const text = got.answer.changed ? fill(words.saved, { number: got.answer.draft_number, time: clock(Date.now()) }) : words.unchanged;
        overtaken = false;
        calm = text;
        if (at.made === change) show(text);
        if (!paused) said.textContent = text;
        form.dispatchEvent(new CustomEvent("desk:saved", { bubbles: true, detail: { draftNumber: got.answer.draft_number } }));
      } else if (paused || ![400, 409].includes(got.status)) {
        if (got.status === 409) overtaken = true;
        else refused(got);
      } else {
        // The page shows the reasons, or both texts; what was typed goes along, and is kept on the site first.
        await send({ now: true });
        leaving = true;
        HTMLFormElement.prototype.submit.call(form);
      }
    } catch {
      unreachable();
    } finally {
      saving = false;
      if (at.made > at.there || overtaken) later(0);
    }
  }

  // The same draft in two windows of one person: both are told.
  const channel = new BroadcastChannel(`desk:${user}:${edition}`);
  channel.onmessage = ({ data }) => {
    elsewhere = data !== "gone";
    if (data === "here") channel.postMessage("also");
    if (!sending) send();
  };
  channel.postMessage("here");

  function offer(found) {
    const notice = document.querySelector("[data-found]");
    const time = notice.querySelector("[data-found-at]");
    time.dateTime = found.typedAt;
    time.textContent = moment(found.typedAt);
    const done = () => {
      notice.hidden = true;
      return local.forget(found.key);
    };
    notice.querySelector("[data-found-restore]").addEventListener("click", async () => {
      for (const [name, value] of Object.entries(found.fields)) {
        const control = form.elements[name];
        if (name === "body") replaceBody(value);
        else if (control) control.value = value;
      }
      number.value = found.draftNumber;
      changed();
      await local.writing;
      done();
    });
    const forget = notice.querySelector("[data-found-forget]");
    forget.addEventListener("click", () => {
      if (forget.textContent === forget.dataset.ask) return done();
      forget.textContent = forget.dataset.ask;
    });
    notice.hidden = false;
  }

  form.addEventListener("input", (event) => {
    if (!event.target.closest("[role=toolbar]")) changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });
  document.querySelector("[data-drop-kept]")?.form.addEventListener("submit", () => {
    leaving = true;
    local.forget();
  });
  addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && at.made > at.there) send();
  });
  addEventListener("beforeunload", (event) => {
    // Asks only while the last words are neither on this device nor on the site.
    if (!leaving && at.made > Math.max(at.here, at.there, at.saved)) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    channel.postMessage("gone");
    if (leaving || at.made === at.there) return;
    const body = JSON.stringify({ draft_number: Number(number.value), fields: fields() });
    if (body.length > BEACON / 3) return; // in UTF-8 a character takes up to three bytes; the device has it
    fetch(keepUrl, { method: "POST", body, keepalive: true, credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": token.value } }).catch(() => undefined);
  });
  setInterval(() => {
    if (Date.now() - lastSent >= HEARTBEAT) send();
  }, HEARTBEAT / 4);

  for (const time of document.querySelectorAll("[data-local-time]")) {
    time.textContent = moment(time.dateTime);
  }
  const opened = fields();
  local.found().then((all) => {
    for (const found of all) if (same(found.fields, opened)) local.forget(found.key);
    const newest = all.find((found) => !same(found.fields, opened));
    if (newest) offer(newest);
  });
  if (form.dataset.kept) {
    at.made = at.here = at.there = 1;
    show(fill(words.kept, { time: clock(form.dataset.kept) }));
  } else if ("refused" in form.dataset) changed();
  send();
}
