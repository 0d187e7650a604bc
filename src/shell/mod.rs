//! The only room that touches the browser: one small file per capability.
