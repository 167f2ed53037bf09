// What somebody typed, kept on this device (IndexedDB: a text can be larger than other stores take). Under the person and
// the edition, so that on a shared computer nobody is offered somebody else's words.
const DAYS = 30;
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("desk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("typed");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function run(mode, work) {
  const transaction = (await database()).transaction("typed", mode);
  const request = work(transaction.objectStore("typed"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const put = (key, value) => run("readwrite", (store) => store.put(value, key));
const remove = (key) => run("readwrite", (store) => store.delete(key));

// Walks through all copies; `visit` answers whether to delete one.
function walk(visit) {
  return run("readwrite", (store) => {
    const cursor = store.openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      if (visit(cursor.result.key, cursor.result.value)) cursor.result.delete();
      cursor.result.continue();
    };
    return cursor;
  });
}

export class LocalCopy {
  constructor(user, edition) {
    this.prefix = `${user}:${edition}:`;
    // One for each window, so that two windows of one person do not overwrite each other. While a window is open it holds
    // a lock of this name: its copy is nobody else's to offer.
    this.key = this.prefix + Math.random().toString(36).slice(2) + Date.now().toString(36);
    navigator.locks?.request(this.key, () => new Promise(() => {}));
    this.waiting = null;
    this.writing = null;
    this.works = typeof indexedDB === "object";
  }

  // Writes at once; what comes while a write is under way follows it, the last one only.
  keep(record) {
    this.waiting = record;
    this.writing ??= this.#write();
    return this.writing;
  }

  async #write() {
    try {
      while (this.waiting) {
        const record = this.waiting;
        this.waiting = null;
        await put(this.key, record);
      }
      this.works = true;
    } catch {
      this.waiting = null;
      this.works = false; // said in words beside the save state, and asked about before leaving
    } finally {
      this.writing = null;
    }
    return this.works;
  }

  // What this person typed here before and never arrived, newest first. Takes away what arrived, and old copies of anybody.
  async found() {
    const before = Date.now() - DAYS * 24 * 3600 * 1000;
    const found = [];
    try {
      const open = new Set((await navigator.locks?.query())?.held.map((lock) => lock.name));
      await walk((key, value) => {
        if (open.has(key)) return false;
        const mine = key.startsWith(this.prefix);
        if (mine && !value.arrived) found.push({ ...value, key });
        return Date.parse(value.typedAt) < before || (mine && value.arrived);
      });
    } catch {
      this.works = false;
    }
    return found.sort((one, other) => (one.typedAt < other.typedAt ? 1 : -1));
  }

  forget(key = this.key) {
    if (key === this.key) this.waiting = null;
    return remove(key).catch(() => undefined);
  }
}
