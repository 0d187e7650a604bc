//! `make serve`: shows a built Footing on this machine, and says how to get it onto a phone.

#![allow(
    dead_code,
    reason = "the host is shared with the browser tests, which stop and redeploy it"
)]

mod server;

use std::path::PathBuf;

use server::{Host, Manners, listen_from};

fn main() -> Result<(), String> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "dist".to_owned()));
    if !folder.join("index.html").is_file() {
        return Err(format!(
            "{} holds no index.html: run `make build` first",
            folder.display()
        ));
    }
    let listener =
        listen_from(8080).map_err(|error| format!("no free port from 8080 up: {error}"))?;
    let port = listener
        .local_addr()
        .map_err(|error| error.to_string())?
        .port();
    // No cache here: whoever rebuilds wants to see it.
    let manners = Manners {
        cache_control: "no-cache",
        report_only: None,
    };
    let _host = Host::start(listener, "/", &folder, manners);
    println!(
        "\n  Footing is at {url}  (Ctrl+C stops it)\n\n\
         \x20 On a phone it must come from https or from localhost, or it will neither install nor\n\
         \x20 work offline; an address like http://192.168.… on the wifi does not do. What does:\n\n\
         \x20 Android, by cable  adb reverse tcp:{port} tcp:{port}   then {url} in the phone's Chrome\n\
         \x20                    (or chrome://inspect → Port forwarding on this machine)\n\
         \x20 iPhone, Android    put the folder {folder} on any static https host, at any path\n",
        url = format!("http://localhost:{port}/"),
        folder = folder.display(),
    );
    loop {
        std::thread::park();
    }
}
