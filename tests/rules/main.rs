//! The rules: scenarios, tables, properties and lives walked through.
//!
//! `oracle/` and `against_oracle.rs`, a second and plainer engine to compare with, still
//! follow the first rules and are not compiled: they come back when they follow docs/rules.md.

#![cfg(not(target_arch = "wasm32"))]

mod coverage;
mod explained;
mod forecast;
mod freedoms;
mod limits;
mod lives;
mod properties;
mod scenarios;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod waits;
