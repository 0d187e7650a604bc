// The page for when the app has stopped or cannot start. It needs neither wasm
// nor the locale files nor the network, so its words stand here: the one place
// outside the locales.
//
//   window.footingRescue(message)   called by the app's panic hook
(function () {
  "use strict";

  const PLACE = window.footingPlace || "footing/"; // see look.js

  // -------------------------------------------------------------- its words
  const WORDS = {
    en: {
      stopped: "Footing has stopped",
      notStarted: "Footing could not start",
      body: "Something in the app went wrong. Nothing that was saved is lost; only your very last tap may be. Reloading often helps. If this page comes back, save the diary as a file.",
      reload: "Reload Footing",
      save: "Save the diary as a file",
      reading: "Reading the diary…",
      asText: "The diary as text",
      toCopy: "The diary as text, to copy",
      wrong: "What went wrong",
      found: "Entries found",
      unreadable: "Not readable, but saved too",
      none: "No entries were found on this phone.",
      saved: "Entries in the file",
      old: "This browser is too old. Footing needs one from 2022 or later.",
    },
    de: {
      stopped: "Footing ist stehen geblieben",
      notStarted: "Footing konnte nicht starten",
      body: "In der App ging etwas schief. Nichts Gespeichertes ist verloren, höchstens dein letztes Tippen. Neu laden hilft oft. Kommt diese Seite wieder, speichere das Tagebuch als Datei.",
      reload: "Footing neu laden",
      save: "Tagebuch als Datei speichern",
      reading: "Das Tagebuch wird gelesen …",
      asText: "Das Tagebuch als Text",
      toCopy: "Das Tagebuch als Text, zum Kopieren",
      wrong: "Was schiefging",
      found: "Gefundene Einträge",
      unreadable: "Nicht lesbar, aber auch gespeichert",
      none: "Auf diesem Telefon wurden keine Einträge gefunden.",
      saved: "Einträge in der Datei",
      old: "Dieser Browser ist zu alt. Footing braucht einen von 2022 oder später.",
    },
    es: {
      stopped: "Footing se ha detenido",
      notStarted: "Footing no ha podido empezar",
      body: "Algo ha fallado en la app. No se ha perdido nada de lo guardado, como mucho tu último toque. Recargar suele ayudar. Si esta página vuelve, guarda el diario como archivo.",
      reload: "Recargar Footing",
      save: "Guardar el diario como archivo",
      reading: "Leyendo el diario…",
      asText: "El diario como texto",
      toCopy: "El diario como texto, para copiar",
      wrong: "Qué ha fallado",
      found: "Entradas encontradas",
      unreadable: "No se pueden leer, pero también están guardadas",
      none: "No se han encontrado entradas en este teléfono.",
      saved: "Entradas en el archivo",
      old: "Este navegador es demasiado antiguo. Footing necesita uno de 2022 o posterior.",
    },
    fr: {
      stopped: "Footing s’est arrêté",
      notStarted: "Footing n’a pas pu démarrer",
      body: "Quelque chose n’a pas marché dans l’app. Rien de ce qui était enregistré n’est perdu, tout au plus votre dernier geste. Recharger aide souvent. Si cette page revient, enregistrez le journal dans un fichier.",
      reload: "Recharger Footing",
      save: "Enregistrer le journal dans un fichier",
      reading: "Lecture du journal…",
      asText: "Le journal en texte",
      toCopy: "Le journal en texte, à copier",
      wrong: "Ce qui n’a pas marché",
      found: "Entrées trouvées",
      unreadable: "Illisibles, mais enregistrées aussi",
      none: "Aucune entrée n’a été trouvée sur ce téléphone.",
      saved: "Entrées dans le fichier",
      old: "Ce navigateur est trop ancien. Il en faut un de 2022 ou plus récent.",
    },
    pl: {
      stopped: "Footing się zatrzymał",
      notStarted: "Footing nie mógł się uruchomić",
      body: "Coś w aplikacji poszło nie tak. Nic z zapisanych rzeczy nie przepadło, najwyżej ostatnie stuknięcie. Ponowne wczytanie często pomaga. Jeśli ta strona wróci, zapisz dziennik jako plik.",
      reload: "Wczytaj Footing ponownie",
      save: "Zapisz dziennik jako plik",
      reading: "Czytam dziennik…",
      asText: "Dziennik jako tekst",
      toCopy: "Dziennik jako tekst, do skopiowania",
      wrong: "Co poszło nie tak",
      found: "Znalezione wpisy",
      unreadable: "Nieczytelne, ale też zapisane",
      none: "Na tym telefonie nie znaleziono wpisów.",
      saved: "Wpisy w pliku",
      old: "Ta przeglądarka jest za stara. Footing wymaga takiej z 2022 roku lub nowszej.",
    },
  };

  // The chosen language, or the first of the phone's that stands above.
  function language() {
    let chosen;
    try {
      chosen = (JSON.parse(localStorage.getItem(PLACE + "prefs")) || {}).language;
    } catch { /* storage is blocked or damaged: follow the phone */ }
    const phone = (navigator.languages || [navigator.language]).map((tag) => String(tag).split("-")[0].toLowerCase());
    return [chosen, ...phone].find((tag) => Object.keys(WORDS).includes(tag)) || "en";
  }

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
        const open = indexedDB.open(PLACE === "footing/" ? "footing" : PLACE);
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

    const tag = language();
    const words = WORDS[tag];
    const title = started ? words.stopped : words.notStarted;
    const heading = make("h1", title, { tabIndex: -1 });
    const reload = make("button", words.reload, { type: "button", className: "main", onclick: () => location.reload() });
    const save = make("button", words.save, { type: "button", disabled: true });
    const status = make("p", words.reading);
    status.setAttribute("role", "status");
    const copy = make("details", "");
    const copied = make("textarea", "", { readOnly: true });
    copied.setAttribute("aria-label", words.asText);
    copy.append(make("summary", words.toCopy), copied);
    copy.hidden = true;
    const details = make("details", "");
    details.append(make("summary", words.wrong), make("pre", String(message || "unknown")));

    const page = make("main", "", { className: "rescue", lang: tag });
    page.append(
      heading,
      make("p", words.body),
      reload, save, status, copy, details
    );
    document.title = title;
    document.body.replaceChildren(page);
    heading.focus();

    // Read now: sharing must follow the tap at once.
    backup().then(({ text, count, damaged }) => {
      const more = damaged ? ` ${words.unreadable}: ${damaged}.` : "";
      status.textContent = count + damaged ? `${words.found}: ${count}.${more}` : words.none;
      if (!(count + damaged)) return;
      save.disabled = false;
      copy.hidden = false;
      copy.ontoggle = () => { copied.value = copy.open ? text : ""; };
      const share = shareable(text);
      save.onclick = async () => {
        try {
          if (share) await navigator.share(share);
          else download(text);
          status.textContent = `${words.saved}: ${count}.${more}`;
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
    addEventListener("DOMContentLoaded", () => window.footingRescue(WORDS[language()].old));
  }
})();

// Loads the page anew, and the parts of the app from the host itself: what a bad line has
// damaged may lie in the browser's own cache, which a plain reload asks first.
window.footingReload = () => {
  const parts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
  const fresh = parts.map(({ name }) => fetch(name, { cache: "reload" }));
  return Promise.allSettled(fresh).then(() => location.reload());
};
