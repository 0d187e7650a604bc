//! Finishes a build: what Trunk cannot know before every file is there.
//!
//! Trunk runs it as its `post_build` hook over the staging folder. By hand it
//! takes a finished (and perhaps edited) folder as its argument, and does all but the
//! first step: `cargo run --bin finish-release -- dist`.
//!
//! 1. `wasm`, `languages`, `small`: the wasm is cut in two parts and given its script, each
//!    language is made whole, scripts and styles are made small.
//! 2. `names`: every file that the app loads gets a hash of its contents into its name.
//! 3. `page`: names, languages, the policy and the version go into the page.
//! 4. `worker`: the list of files and the version go into the service worker.
//! 5. `sizes`: the build fails when the release has grown too big.

#[cfg(not(target_arch = "wasm32"))]
mod release;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match release::finish() {
        Ok(report) => {
            print!("{report}");
            std::process::ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("finish-release: {fault}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
