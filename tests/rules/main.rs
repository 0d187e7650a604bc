//! The rules: scenarios, tables, properties and lives walked through.

#![cfg(not(target_arch = "wasm32"))]

mod coverage;
mod explained;
mod forecast;
mod freedoms;
mod limits;
mod lives;
mod pain_scales;
mod properties;
mod scenarios;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod waits;
mod why;
