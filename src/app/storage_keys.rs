//! What the items are called under which the app keeps its state on the phone. Before each
//! name stands the place of the app: `footing/`, or `footing@/folder/` where it lies in a
//! folder of its host (`window.footingPlace`, set by `public/look.js`).

/// Before an entry's id: that entry.
pub const ENTRY: &str = "entry/";
/// Before an id: an item that could not be read, as it was found.
pub const DAMAGED: &str = "damaged/";
/// The schema version.
pub const META: &str = "meta";
/// Preferences.
pub const PREFS: &str = "prefs";
/// The running session.
pub const LIVE: &str = "live";
/// The half-answered first questions.
pub const SETUP: &str = "setup";
/// Half-written forms.
pub const DRAFTS: &str = "drafts";
/// What the rules last showed: `rules`, `stage`, `level`, `paused`.
pub const SHOWN: &str = "shown";
/// Set where an older release's items, without the folder in their names, were copied:
/// what is newer is written there as well, so that a rollback finds it.
pub const COPIED: &str = "copied";
