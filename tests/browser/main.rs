//! Footing as it is built and served, in real Chromium and real `WebKit`, phone-sized; what everything
//! hangs on in real Firefox (Gecko), too.
//!
//! `make build` first, then `cargo test --test browser`. Each test has a host, a browser and a fresh
//! profile of its own; at its end nothing may have been said on the console, no policy broken and no
//! request have gone beyond the origin.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "real engines run in real time")]

mod a_session_in_real_time;
mod alarms;
mod around;
mod axe;
mod by_hand;
mod cold_start;
mod driver;
mod elsewhere;
mod engine;
mod first_screen;
mod interrupted;
mod keyboard;
mod killed;
mod languages;
mod live_cues;
mod live_kept;
mod live_pocket;
mod live_screen;
mod offline;
mod page;
mod parts;
mod ports;
mod processes;
mod reading;
mod releases;
mod rescue;
mod screens;
mod seeing;
mod server;
mod sharing;
mod stage;
mod storage;
mod story;
mod strength;
mod taps;
mod the_line;
mod wait;
mod watch;
mod way;

/// One claim, tried in both engines.
macro_rules! in_both {
    ($($claim:ident),+ $(,)?) => {$(
        mod $claim {
            #[tokio::test]
            async fn chromium() {
                super::$claim(crate::driver::Engine::Chromium).await;
            }
            #[tokio::test]
            async fn webkit() {
                super::$claim(crate::driver::Engine::WebKit).await;
            }
        }
    )+};
}
use in_both;

/// What a runner leans on most, tried in Gecko as well.
macro_rules! in_gecko {
    ($($claim:ident),+ $(,)?) => {
        mod gecko {
            $(
                #[tokio::test]
                async fn $claim() {
                    super::$claim(crate::driver::Engine::Gecko).await;
                }
            )+
        }
    };
}
use in_gecko;
