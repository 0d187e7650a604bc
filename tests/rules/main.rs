//! The rules: scenarios, tables, properties, and the engine against a plain oracle.

#![cfg(not(target_arch = "wasm32"))]

//mod against_oracle;
mod coverage;
mod explained;
mod forecast;
mod freedoms;
mod limits;
mod lives;
// mod oracle;
mod properties;
mod scenarios;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod waits;
