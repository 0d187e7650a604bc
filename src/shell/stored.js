// What takes one call here and thousands from the wasm. Part of the script that starts it
// (src/bin/finish_release/release/wasm.rs); used by local.rs and twin.rs beside this file.
const items = (store, place) => Object.keys(store).filter((key) => key.startsWith(place));

// All of Footing's items: how many, their keys, their texts, as UTF-8 with NUL between.
window.footingStored = (store) => {
  const keys = items(store, window.footingPlace).sort();
  return new TextEncoder().encode([keys.length, ...keys, ...keys.map((key) => store.getItem(key))].join("\0"));
};

// Whether localStorage holds just these entries.
window.footingSame = (ids, texts) => {
  const place = window.footingPlace + "entry/";
  return (
    items(localStorage, place).length === ids.length &&
    ids.every((id, n) => localStorage.getItem(place + id) === texts[n])
  );
};
