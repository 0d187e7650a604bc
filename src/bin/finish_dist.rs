//! Finishes a build: precache list, version, CSP.
fn main() {}
