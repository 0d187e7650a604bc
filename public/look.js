// What runs before the first paint: the look, and the language with its words. The build
// helper puts this file into the page itself (src/bin/finish_release).
//
//   window.footingPlace          what every stored name begins with: "footing/", or
//                                "footing@/folder/" where the app lies in a folder of its host
//   window.footingItem(name)     a stored item that is JSON, {} where there is none
//   window.footingTheme()        shows the chosen look; call it after the preferences were saved
//   window.footingSpoken()       the tag of the language that is to be spoken
//   window.footingLanguage()     Promise of its words, null when they cannot be had; sets the
//                                page's lang
//   window.footingWords          what that gave when the page came up
(function () {
  "use strict";

  // --- where everything is stored: another copy in another folder of the host reads none of it
  const OLD = "footing/";
  const folder = new URL("./", location.href).pathname;
  const place = folder === "/" ? OLD : `footing@${folder}`;
  window.footingPlace = place;
  try {
    // Releases that knew of no folders: what they stored is copied once, and stays. "meta" is
    // written by the app when all is merged: until then a copy that was cut short goes on.
    if (place !== OLD && localStorage.getItem(place + "meta") === null) {
      for (const key of Object.keys(localStorage).filter((key) => key.startsWith(OLD))) {
        const own = place + key.slice(OLD.length);
        localStorage.setItem(place + "copied", "true");
        if (key !== OLD + "meta" && localStorage.getItem(own) === null) {
          localStorage.setItem(own, localStorage.getItem(key));
        }
      }
    }
  } catch { /* blocked or full: the database is read as well */ }
  window.footingItem = (name) => {
    try {
      return JSON.parse(localStorage.getItem(place + name)) || {};
    } catch {
      return {}; // storage blocked, or the item damaged
    }
  };
  const prefer = (name) => window.footingItem("prefs")[name];

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
  window.footingSpoken = () => {
    const phone = (navigator.languages || [navigator.language]).map((tag) => String(tag).split("-")[0].toLowerCase());
    const known = (tag) => Object.hasOwn(window.footingLanguages, tag);
    return [prefer("language"), ...phone].find(known) || "en";
  };
  window.footingLanguage = async () => {
    const tag = window.footingSpoken();
    const load = async (name) => (await fetch("./" + window.footingFiles[name])).json();
    try {
      // The keys are the same in every language: they stand in a file of their own.
      const [keys, texts] = await Promise.all(["keys/app", tag].map((name) => load(`locales/${name}.json`)));
      document.documentElement.lang = tag;
      return Object.fromEntries(keys.map((key, n) => [key, texts[n]]));
    } catch {
      return null;
    }
  };
  window.footingWords = window.footingLanguage();
})();
