//! The rest of the world: a proxy that takes every request beyond loopback, writes it down and hangs up.

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What Chromium wants for itself as soon as somebody types: the dictionary to check the spelling by.
const DICTIONARY: &str = "CONNECT redirector.gvt1.com:443 ";

/// Where browsers are told to send everything that is not for this machine.
pub struct Elsewhere {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port for the proxy");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&asked);
        // Ends with the test process: it holds nothing but a port.
        std::thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let mut head = [0; 256];
                let _ = connection.set_read_timeout(Some(Duration::from_secs(1)));
                let read = connection.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let line = head.lines().next().unwrap_or("a connection without a word");
                if line.starts_with(DICTIONARY) {
                    continue;
                }
                written
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line.to_owned());
            }
        });
        Self { address, asked }
    }

    /// host:port, for a browser's proxy setting.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// What was asked of it since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
