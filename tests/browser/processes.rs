//! Every process a test starts, and every one those start: found by a mark in the environment, ended with the test.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const MARK: &str = "FOOTING_BROWSER_TEST";

/// A number no other test of this run has, and no run beside this one.
pub fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

/// Processes that end, with all their offspring, when this is dropped.
pub struct Family {
    mark: String,
    children: Vec<Child>,
}

impl Family {
    pub fn new() -> Self {
        static SWEPT: Once = Once::new();
        SWEPT.call_once(bury_orphans);
        Self {
            mark: unique(),
            children: Vec::new(),
        }
    }

    /// Starts a program; its output is dropped unless the caller takes it.
    pub fn start(&mut self, command: &mut Command) -> &mut Child {
        let program = command.get_program().to_owned();
        let child = command
            .env(MARK, &self.mark)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let child = child.unwrap_or_else(|error| {
            panic!(
                "{} does not start ({error}): `make test` installs what is missing",
                program.display()
            )
        });
        self.children.push(child);
        self.children.last_mut().expect("just pushed")
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        let ours = format!("{MARK}={}", self.mark);
        let mut last_look = false;
        for _ in 0..500 {
            let left = pids_where(|process| holds(&process.join("environ"), &ours));
            for child in &mut self.children {
                let _ = child.kill();
                let _ = child.wait();
            }
            // Once more after the first empty look: one may have been starting another.
            if left.is_empty() && std::mem::replace(&mut last_look, true) {
                return;
            }
            kill(&left);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Ends what an earlier run of this checkout left behind because it was killed itself.
fn bury_orphans() {
    let here = format!("CARGO_MANIFEST_DIR={}", env!("CARGO_MANIFEST_DIR"));
    let start = format!("{MARK}=");
    kill(&pids_where(|process| {
        let environment = items(&process.join("environ"));
        let mark = environment.iter().find_map(|item| {
            let item = std::str::from_utf8(item).ok()?;
            item.strip_prefix(&start)
        });
        mark.is_some_and(is_orphaned) && environment.iter().any(|item| item == here.as_bytes())
    }));
    let folders = fs::read_dir(env!("CARGO_TARGET_TMPDIR"))
        .into_iter()
        .flatten()
        .flatten();
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        if is_orphaned(&name) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// Whether the run that made this name, which ends with something [`unique`], is over.
fn is_orphaned(name: &str) -> bool {
    let run = name.rsplit('-').nth(1).and_then(|run| run.parse().ok());
    run.is_some_and(|run| !lives(run))
}

/// The processes with this argument that are not another's helper (Chromium's helpers carry `--type=`).
pub fn main_process_with(argument: &str) -> Vec<u32> {
    pids_where(|process| {
        let line = process.join("cmdline");
        holds(&line, argument) && !starts_any(&line, "--type=") && !starts_any(&line, "--port=")
    })
}

/// SIGKILL: no farewell, as a phone out of memory does it.
pub fn kill(pids: &[u32]) {
    if !pids.is_empty() {
        let list = pids.iter().map(u32::to_string);
        let _ = Command::new("kill")
            .arg("-9")
            .args(list)
            .stderr(Stdio::null())
            .status();
    }
}

/// Whether such a process is still there (a zombie is not).
pub fn lives(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit(')')
            .next()
            .is_some_and(|rest| rest.trim_start().starts_with('Z'))
    })
}

fn pids_where(fits: impl Fn(&Path) -> bool) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let numbered = processes.flatten().filter_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        fits(&entry.path()).then_some(pid)
    });
    numbered.filter(|pid| *pid != std::process::id()).collect()
}

fn items(file: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(file).unwrap_or_default();
    bytes.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect()
}

fn holds(file: &Path, wanted: &str) -> bool {
    items(file).iter().any(|item| item == wanted.as_bytes())
}

fn starts_any(file: &Path, start: &str) -> bool {
    items(file)
        .iter()
        .any(|item| item.starts_with(start.as_bytes()))
}

/// A program on the PATH or at one of the places given.
pub fn program(name: &str, elsewhere: &[&str]) -> std::path::PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(OsStr::new(name)));
    let candidates = on_path.chain(elsewhere.iter().map(std::path::PathBuf::from));
    candidates
        .into_iter()
        .find(|file| file.is_file())
        .unwrap_or_else(|| {
            panic!("{name} is not installed: `make test` installs the browsers and their drivers")
        })
}
