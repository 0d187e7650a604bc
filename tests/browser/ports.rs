//! Ports for hosts and drivers: below the range the system gives away, each handed out once.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

use crate::server::listen_from;

/// A listener on a port that no other test of this run will be given, even after it is closed.
pub fn reserve() -> TcpListener {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Runs side by side begin at different places.
    let begin = 20_000 + u16::try_from(std::process::id() % 120).unwrap_or(0) * 100;
    let listener = listen_from(begin + NEXT.fetch_add(1, Ordering::Relaxed)).expect("a free port");
    let port = listener
        .local_addr()
        .expect("a bound listener has an address")
        .port();
    NEXT.fetch_max(port - begin + 1, Ordering::Relaxed);
    listener
}
