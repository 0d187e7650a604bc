//! Leptos views: they draw and decide nothing.

/// Mounts the app on the page.
pub fn mount() {
    leptos::mount::mount_to_body(|| "Footing");
}
