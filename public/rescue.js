// The page for when the app has stopped or cannot start. It needs neither wasm
// nor the locale files nor the network, so its words stand here: the one place
// outside the locales.
//
//   window.footingRescue(message)   called by the app's panic hook
(function () {
  "use strict";

  const PLACE = "footing/";

  // ------------------------------------------------------------- the diary
  // The rule of a restore: the later edit wins, then a deletion, then the
  // greater bytes.
  const touched = (entry) => Date.parse(entry.edited_at || entry.at) || 0;
  function wins(a, b) {
    const [x, y] = [touched(a.entry), touched(b.entry)];
    if (x !== y) return x > y;
    if (Boolean(a.entry.deleted) !== Boolean(b.entry.deleted)) return Boolean(a.entry.deleted);
    return a.raw > b.raw;
  }

  function take(found, id, raw) {
    try {
      const entry = JSON.parse(raw);
      if (entry === null || typeof entry !== "object" || Array.isArray(entry)) throw new Error("not an entry");
      const other = found.entries.get(id);
      if (!other || wins({ entry, raw }, other)) found.entries.set(id, { entry, raw });
    } catch {
      found.damaged.push({ id, text: String(raw) });
    }
  }

  function fromLocalStorage(found) {
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i);
        const raw = localStorage.getItem(key);
        if (key.startsWith(PLACE + "entry/")) take(found, key.slice(PLACE.length + 6), raw);
        else if (key.startsWith(PLACE + "damaged/")) found.damaged.push({ id: key.slice(PLACE.length + 8), text: raw });
      }
    } catch { /* storage is blocked */ }
  }

  function fromIndexedDb(found) {
    return new Promise((resolve) => {
      setTimeout(resolve, 4000); // a database that hangs must not keep the rest
      try {
        const open = indexedDB.open("footing");
        // Not there: leave none behind, or the app finds one without stores.
        open.onupgradeneeded = () => open.transaction.abort();
        open.onerror = (event) => { event.preventDefault(); resolve(); };
        open.onsuccess = () => {
          const db = open.result;
          if (!db.objectStoreNames.contains("entries")) { db.close(); return resolve(); }
          const cursor = db.transaction("entries").objectStore("entries").openCursor();
          cursor.onerror = () => resolve();
          cursor.onsuccess = () => {
            const at = cursor.result;
            if (!at) { db.close(); return resolve(); }
            take(found, String(at.key), at.value);
            at.continue();
          };
        };
      } catch { resolve(); }
    });
  }

  async function backup() {
    const found = { entries: new Map(), damaged: [] };
    fromLocalStorage(found);
    await fromIndexedDb(found);
    // The entries' own bytes, so that nothing in them changes on the way.
    const entries = [...found.entries.values()].map((one) => one.raw).join(",\n");
    const text = `{"format":"footing-backup","version":1,"exported_at":${JSON.stringify(new Date().toISOString())},"entries":[${entries}],"damaged":${JSON.stringify(found.damaged)}}`;
    return { text, count: found.entries.size, damaged: found.damaged.length };
  }

  // --------------------------------------------------------------- the file
  const name = (ending) => `footing-backup-${new Date().toISOString().slice(0, 10)}.${ending}`;

  // Installed apps on iOS cannot download, and refuse to share `.json`.
  function shareable(text) {
    if (!navigator.canShare || !matchMedia("(pointer: coarse)").matches) return null;
    for (const [ending, type] of [["json", "application/json"], ["txt", "text/plain"]]) {
      const files = [new File([text], name(ending), { type })];
      if (navigator.canShare({ files })) return { files };
    }
    return null;
  }

  function download(text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name("json");
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // --------------------------------------------------------------- the page
  function make(tag, text, more) {
    return Object.assign(document.createElement(tag), { textContent: text }, more);
  }

  let started = false;
  let shown = false;
  window.footingRescue = function (message) {
    if (shown) return; // the first error says most
    shown = true;

    const title = started ? "Footing has stopped" : "Footing could not start";
    const heading = make("h1", title, { tabIndex: -1 });
    const reload = make("button", "Reload Footing", { type: "button", className: "main", onclick: () => location.reload() });
    const save = make("button", "Save the diary as a file", { type: "button", disabled: true });
    const status = make("p", "Reading the diary…");
    status.setAttribute("role", "status");
    const copy = make("details", "");
    const copied = make("textarea", "", { readOnly: true });
    copied.setAttribute("aria-label", "The diary as text");
    copy.append(make("summary", "The diary as text, to copy"), copied);
    copy.hidden = true;
    const details = make("details", "");
    details.append(make("summary", "What went wrong"), make("pre", String(message || "unknown")));

    const page = make("main", "", { className: "rescue", lang: "en" });
    page.append(
      heading,
      make("p", "Something in the app went wrong. Your diary is safe on this phone: nothing that was saved is lost, only your very last tap may be. Reloading often helps. If this page comes back, save the diary as a file."),
      reload, save, status, copy, details
    );
    document.title = title;
    document.body.replaceChildren(page);
    heading.focus();

    // Read now: sharing must follow the tap at once.
    backup().then(({ text, count, damaged }) => {
      const entries = `${count} ${count === 1 ? "entry" : "entries"}`;
      const more = damaged ? `, and ${damaged} that cannot be read but are kept` : "";
      status.textContent = count + damaged ? `${entries} found${more}.` : "No entries were found on this phone.";
      if (!(count + damaged)) return;
      save.disabled = false;
      copy.hidden = false;
      copy.ontoggle = () => { copied.value = copy.open ? text : ""; };
      const share = shareable(text);
      save.onclick = async () => {
        try {
          if (share) await navigator.share(share);
          else download(text);
          status.textContent = `The file holds ${entries}${more}.`;
        } catch (error) {
          if (error && error.name === "AbortError") return; // closed by the runner
          download(text);
        }
      };
    });
  };

  // ------------------------------------------------- errors nobody catches
  addEventListener("TrunkApplicationStarted", () => { started = true; });

  const ours = (event) => !event.filename || event.filename.startsWith(location.origin);
  addEventListener("error", (event) => {
    const target = event.target;
    if (target && target !== window) {
      // A file that did not arrive. Without its scripts the app cannot start.
      if (!started && target.tagName === "SCRIPT") window.footingRescue(`not loaded: ${target.src || "the app"}`);
      return;
    }
    // Before the start any error is fatal, after it only a trap in the wasm.
    const trap = typeof WebAssembly === "object" && event.error instanceof WebAssembly.RuntimeError;
    if (trap || (!started && ours(event))) window.footingRescue(event.message);
  }, true);
  addEventListener("unhandledrejection", (event) => {
    const trap = typeof WebAssembly === "object" && event.reason instanceof WebAssembly.RuntimeError;
    if (trap || !started) window.footingRescue(event.reason);
  });

  if (typeof WebAssembly !== "object") {
    addEventListener("DOMContentLoaded", () => window.footingRescue("This browser has no WebAssembly. Footing needs one from 2022 or later."));
  }
})();
