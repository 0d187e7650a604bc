// What has to be known before the first paint: the look, and the language with its words.
// The build helper puts this file into the page itself (src/bin/finish_release).
//
//   window.footingTheme()        shows the chosen look; call it after the preferences were saved
//   window.footingLanguage()     Promise of the words of the chosen language, null when they
//                                cannot be had; sets the page's lang
//   window.footingWords          what it gave when the page came up
//   window.footingStored(store)  all of Footing's items as one text, for src/shell/local.rs
//   window.footingSame(ids, texts)  whether localStorage holds just these entries
(function () {
  "use strict";

  const prefer = (name) => {
    try {
      return (JSON.parse(localStorage.getItem("footing/prefs")) || {})[name];
    } catch {
      return undefined; // storage blocked or damaged: follow the phone
    }
  };

  // --- the look: a dark phone would flash white
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paper = { light: "#F6F1E6", dark: "#10171A", sun: "#FFFFFF" };
  const bars = document.querySelectorAll('meta[name="theme-color"]');
  window.footingTheme = () => {
    let theme = prefer("theme");
    if (!Object.hasOwn(paper, theme)) theme = dark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    for (const bar of bars) bar.content = paper[theme];
  };
  window.footingTheme();
  dark.addEventListener("change", window.footingTheme);

  // --- the language: the chosen one, or the first of the phone's that Footing speaks
  const speak = () => {
    const phone = (navigator.languages || [navigator.language]).map((tag) => String(tag).split("-")[0].toLowerCase());
    const known = (tag) => Object.hasOwn(window.footingLanguages, tag);
    return [prefer("language"), ...phone].find(known) || "en";
  };
  window.footingLanguage = async () => {
    const tag = speak();
    try {
      const answer = await fetch("./" + window.footingFiles[`locales/${tag}.json`]);
      const words = answer.ok ? await answer.json() : null;
      if (words) document.documentElement.lang = tag;
      return words;
    } catch {
      return null;
    }
  };
  window.footingWords = window.footingLanguage();

  // --- the stored items, in one go
  const items = (store, place) => Object.keys(store).filter((key) => key.startsWith(place));
  window.footingStored = (store) => {
    const keys = items(store, "footing/").sort();
    return [keys.length, ...keys, ...keys.map((key) => store.getItem(key))].join("\0");
  };
  window.footingSame = (ids, texts) => {
    const place = "footing/entry/";
    return (
      items(localStorage, place).length === ids.length &&
      ids.every((id, n) => localStorage.getItem(place + id) === texts[n])
    );
  };
})();
