//! Mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    footing::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Footing runs in a browser: make serve");
}
