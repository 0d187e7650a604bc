// The second half of a double tap is not meant for what the first one has drawn in its place:
// it counts for nothing. Part of the script that starts the wasm
// (src/bin/finish_release/release/wasm.rs), so it hears every tap before the app does.

// Between the two, milliseconds and CSS pixels.
const SOON = 400;
const NEAR = 32;

let last = { at: -Infinity, x: 0, y: 0, on: null };
addEventListener(
  "click",
  (tap) => {
    // Keys, scripts and screen readers tap once.
    if (!tap.isTrusted || !tap.detail) return;
    const at = performance.now();
    const on = tap.target.closest("button,a,label,summary") ?? tap.target;
    const again = at - last.at < SOON && Math.hypot(tap.clientX - last.x, tap.clientY - last.y) < NEAR;
    // A tap on a label is followed by one on its field, by the browser itself.
    const same = on === last.on || last.on?.control === on;
    if (again && !same) {
      tap.preventDefault();
      tap.stopImmediatePropagation();
      return;
    }
    last = { at, x: tap.clientX, y: tap.clientY, on };
    // The tests wait by it: a person looks before they tap on the same place again.
    window.footingTapped = last;
  },
  true,
);
