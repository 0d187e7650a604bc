//! The hand-over: a plan that a clinician fills in on any device and passes as a link.
//! Its data sits behind the `#`, so no server ever sees it.
//!
//! The code is `FP`, one character for the version, then base 32 (RFC 4648, capitals and
//! 2 to 7, so that a QR code holds it in its denser alphabet and a message may change its
//! case): the fields, then their CRC-32. What was cut off or mistyped is found by that
//! sum. It proves nothing about who wrote the code, and the app says so.

mod message;

use crate::diary::codec::FieldError;
use crate::diary::entry::Score;
use crate::diary::vocabulary::{Profile, Side, Site, Stage};
use chrono::{Days, NaiveDate};

/// What stands before the code in a link.
pub const ROUTE: &str = "#/plan/";
/// What every code begins with.
const MARK: &str = "FP";
/// The version written, and the only one read.
const VERSION: u8 = b'1';
/// Longest code that is looked at, in characters.
pub const MAX_CODE: usize = 4000;
/// Longest name, role, unit or name of a benchmark, in characters.
pub const MAX_NAME: usize = 80;
/// Longest note, in characters.
pub const MAX_NOTE: usize = 400;
/// Most benchmarks.
pub const MAX_BENCHMARKS: usize = 8;
/// Most levels of a ladder.
pub const MAX_RUNGS: usize = 40;
/// Most seconds of one interval: a day.
const MAX_SECONDS: u32 = 86_400;
/// Targets are passed to a thousandth.
const THOUSANDTHS: f64 = 1000.0;
/// Greatest target.
pub const MAX_TARGET: f64 = 100_000.0;

/// One level of a handed ladder, to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its id.
    pub id: String,
    /// Seconds of running in one interval, at least 1.
    pub run_s: u32,
    /// Seconds of walking in one interval; 0 for continuous.
    pub walk_s: u32,
    /// Intervals, at least 1.
    pub reps: u32,
}

/// One benchmark that is handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its target, 0 to [`MAX_TARGET`], to a thousandth.
    pub target: Option<f64>,
    /// The stage it keeps closed until met.
    pub gates_stage: Option<Stage>,
}

/// A plan as a clinician hands it over. What is `None` of the injury, the start and the
/// sessions stays as the runner has it; limits, ladder, note and last day are replaced.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    /// The day it was filled in.
    pub made_on: NaiveDate,
    /// Who filled it in.
    pub by: String,
    /// Their role; may be empty.
    pub role: String,
    /// Where.
    pub site: Option<Site>,
    /// Which side.
    pub side: Option<Side>,
    /// Which columns of the rules.
    pub profile: Option<Profile>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The stage to begin at.
    pub start_stage: Option<Stage>,
    /// The level to begin at.
    pub start_level: Option<String>,
    /// Runs in any 7 days, 1 to 4.
    pub sessions_per_week: Option<u8>,
    /// Pain during that still counts 0.
    pub max_pain_during: Option<u8>,
    /// Highest level prescribed.
    pub max_level: Option<String>,
    /// OK sessions needed to move up, 1 to 20.
    pub ok_needed: Option<u8>,
    /// Full rest days between runs, 0 to 14.
    pub min_rest_days: Option<u8>,
    /// Runs in any 7 days that are never gone beyond, 1 to 7.
    pub max_per_week: Option<u8>,
    /// The ladder's own name; may be empty.
    pub ladder_name: String,
    /// Another ladder; empty: the built-in one.
    pub ladder: Vec<Rung>,
    /// Last day the plan is meant for.
    pub valid_until: Option<NaiveDate>,
    /// A word to the runner; may be empty.
    pub note: String,
    /// Benchmarks agreed.
    pub benchmarks: Vec<Goal>,
}

/// Why a code cannot be taken. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// There is no code.
    Empty,
    /// It is none of this app's.
    Foreign,
    /// Longer than [`MAX_CODE`].
    TooLong,
    /// Its end is missing.
    CutOff,
    /// Its sum does not fit: a part is missing, or changed.
    Damaged,
    /// Made by a newer version of the app.
    Newer,
    /// Its last day has passed.
    Expired(NaiveDate),
    /// It asks for what no entry may hold.
    Faults(Vec<FieldError>),
}

/// The code of a plan, ready to stand behind [`ROUTE`]. Texts and lists that are too long
/// are cut: the form refuses them before.
pub fn write(plan: &HandOver) -> String {
    let mut out = Out::default();
    out.day(Some(plan.made_on));
    out.text(&plan.by, MAX_NAME);
    out.text(&plan.role, MAX_NAME);
    out.index(plan.site.and_then(|v| place(Site::ALL, &v)));
    out.index(plan.side.and_then(|v| place(Side::ALL, &v)));
    out.index(plan.profile.and_then(|v| place(Profile::ALL, &v)));
    out.day(plan.since);
    out.index(plan.start_stage.and_then(|v| place(Stage::ALL, &v)));
    out.text(plan.start_level.as_deref().unwrap_or_default(), MAX_NAME);
    for small in plan.smalls() {
        out.index(small.map(u64::from));
    }
    out.text(plan.max_level.as_deref().unwrap_or_default(), MAX_NAME);
    out.day(plan.valid_until);
    out.text(&plan.note, MAX_NOTE);
    out.text(&plan.ladder_name, MAX_NAME);
    let rungs = plan.ladder.get(..MAX_RUNGS).unwrap_or(&plan.ladder);
    out.number(rungs.len() as u64);
    for rung in rungs {
        out.text(&rung.id, MAX_NAME);
        for n in [rung.run_s, rung.walk_s, rung.reps] {
            out.number(n.into());
        }
    }
    let goals = plan
        .benchmarks
        .get(..MAX_BENCHMARKS)
        .unwrap_or(&plan.benchmarks);
    out.number(goals.len() as u64);
    for goal in goals {
        out.text(&goal.name, MAX_NAME);
        out.text(&goal.unit, MAX_NAME);
        out.index(goal.target.map(thousandths));
        out.index(goal.gates_stage.and_then(|v| place(Stage::ALL, &v)));
    }
    let sum = crc32(&out.0);
    out.0.extend(sum.to_be_bytes());
    let mut code = String::from(MARK);
    code.push(char::from(VERSION));
    to_base32(&out.0, &mut code);
    code
}

/// Reads a code, or a link or a message that holds one: wrapped, quoted or encoded on its
/// way, with words around it.
///
/// # Errors
///
/// When it is none that this version can take.
pub fn read(text: &str) -> Result<HandOver, Refusal> {
    let candidates = message::candidates(text).ok_or(Refusal::TooLong)?;
    if let Some(plan) = candidates.iter().find_map(whole) {
        return Ok(plan);
    }
    Err(match candidates.first() {
        Some(candidate) => why_not(&candidate.code),
        None if text.trim().is_empty() || text.trim_end().ends_with(ROUTE) => Refusal::Empty,
        None => Refusal::Foreign,
    })
}

/// The plan of a candidate, at the one of its ends where the sum fits.
fn whole(candidate: &message::Candidate) -> Option<HandOver> {
    let [VERSION, data @ ..] = candidate.code.as_slice() else {
        return None;
    };
    let bytes = begun_base32(data);
    // The sum of as many bytes, by their number.
    let mut state = u32::MAX;
    let mut sums = vec![!state];
    for byte in &bytes {
        state = crc32_step(state, *byte);
        sums.push(!state);
    }
    let fits = |end: &&usize| {
        let length = (**end - 1) * 5 / 8;
        let body = length.checked_sub(4);
        let sum = body.and_then(|body| bytes.get(body..length));
        let sum = sum.and_then(|sum| sum.first_chunk::<4>());
        let due = body.and_then(|body| sums.get(body));
        sum.is_some_and(|sum| due == Some(&u32::from_be_bytes(*sum)))
    };
    let mut ends = candidate.ends.iter().filter(fits);
    ends.find_map(|end| decode(candidate.code.get(..*end)?).ok())
}

/// The plan of a whole code without its mark; else where that failed.
fn decode(code: &[u8]) -> Result<HandOver, Refusal> {
    let [VERSION, data @ ..] = code else {
        return Err(Refusal::Damaged);
    };
    let bytes = from_base32(data).ok_or(Refusal::Damaged)?;
    let (body, sum) = bytes.split_last_chunk::<4>().ok_or(Refusal::Damaged)?;
    if crc32(body) != u32::from_be_bytes(*sum) {
        return Err(Refusal::Damaged);
    }
    let mut rest = In(body);
    let plan = rest.plan().map_err(|Bad| Refusal::Damaged)?;
    if rest.0.is_empty() {
        Ok(plan)
    } else {
        Err(Refusal::Damaged)
    }
}

/// What is wrong with a code that cannot be read.
fn why_not(code: &[u8]) -> Refusal {
    match code {
        _ if code.len() > MAX_CODE => Refusal::TooLong,
        [VERSION, data @ ..] if is_cut_off(data) => Refusal::CutOff,
        [VERSION, ..] | [] => Refusal::Damaged,
        [_, ..] => Refusal::Newer,
    }
}

/// Whether the fields go on where the code ends.
fn is_cut_off(data: &[u8]) -> bool {
    let bytes = begun_base32(data);
    let mut rest = In(&bytes);
    match rest.plan() {
        Ok(_) => rest.0.len() < 4,
        Err(Bad) => rest.0.is_empty(),
    }
}

impl HandOver {
    /// The small numbers, in the order of the code.
    fn smalls(&self) -> [Option<u8>; 5] {
        [
            self.sessions_per_week,
            self.max_pain_during,
            self.ok_needed,
            self.min_rest_days,
            self.max_per_week,
        ]
    }
}

fn place<T: PartialEq>(all: &[T], value: &T) -> Option<u64> {
    all.iter()
        .position(|v| v == value)
        .and_then(|at| u64::try_from(at).ok())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn thousandths(target: f64) -> u64 {
    (target.clamp(0.0, MAX_TARGET) * THOUSANDTHS).round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn from_thousandths(number: u64) -> Option<f64> {
    Some(number as f64 / THOUSANDTHS).filter(|target| *target <= MAX_TARGET)
}

/// The day that days are counted from.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default()
}

/// The fields being written.
#[derive(Default)]
struct Out(Vec<u8>);

impl Out {
    /// Seven bits a byte, the lowest first, the highest bit set on all but the last.
    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.0.push(0x80 + low(number));
            number >>= 7;
        }
        self.0.push(low(number));
    }

    /// 0 for nothing, else one more than the number.
    fn index(&mut self, number: Option<u64>) {
        self.number(number.map_or(0, |n| n.saturating_add(1)));
    }

    fn text(&mut self, text: &str, max: usize) {
        let text: String = text.chars().take(max).collect();
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn day(&mut self, day: Option<NaiveDate>) {
        let days = day.map(|day| (day - first_day()).num_days());
        self.index(days.and_then(|days| u64::try_from(days).ok()));
    }
}

fn low(number: u64) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

/// Bytes that no plan begins or goes on with.
struct Bad;

type Read<T> = Result<T, Bad>;

/// What is left to be read.
struct In<'a>(&'a [u8]);

impl In<'_> {
    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Bad)?;
            self.0 = rest;
            number += u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                // One way to write each number.
                return (shift == 0 || *byte != 0).then_some(number).ok_or(Bad);
            }
        }
        Err(Bad)
    }

    /// `None`: nothing was said.
    fn index(&mut self) -> Read<Option<u64>> {
        Ok(self.number()?.checked_sub(1))
    }

    fn text(&mut self, max: usize) -> Read<String> {
        let length = usize::try_from(self.number()?).map_err(|_| Bad)?;
        let Some((text, rest)) = self.0.split_at_checked(length) else {
            self.0 = &[];
            return Err(Bad);
        };
        self.0 = rest;
        let text = std::str::from_utf8(text).map_err(|_| Bad)?;
        (text.chars().count() <= max)
            .then(|| text.to_owned())
            .ok_or(Bad)
    }

    fn filled(&mut self) -> Read<Option<String>> {
        Ok(Some(self.text(MAX_NAME)?).filter(|t| !t.is_empty()))
    }

    fn day(&mut self) -> Read<Option<NaiveDate>> {
        let Some(days) = self.index()? else {
            return Ok(None);
        };
        // Two hundred years.
        let day = Some(days).filter(|days| *days < 73_000);
        let day = day.and_then(|days| first_day().checked_add_days(Days::new(days)));
        day.map(Some).ok_or(Bad)
    }

    fn key<T: Copy>(&mut self, all: &[T]) -> Read<Option<T>> {
        let Some(at) = self.index()? else {
            return Ok(None);
        };
        let key = usize::try_from(at).ok().and_then(|at| all.get(at));
        key.copied().map(Some).ok_or(Bad)
    }

    fn small(&mut self) -> Read<Option<u8>> {
        let n = self.index()?;
        n.map(|n| u8::try_from(n).map_err(|_| Bad)).transpose()
    }

    fn seconds(&mut self) -> Read<u32> {
        let n = self.number()?;
        let n = u32::try_from(n).ok().filter(|n| *n <= MAX_SECONDS);
        n.ok_or(Bad)
    }

    fn plan(&mut self) -> Read<HandOver> {
        let made_on = self.day()?.ok_or(Bad)?;
        let by = self.text(MAX_NAME)?;
        let role = self.text(MAX_NAME)?;
        let site = self.key(Site::ALL)?;
        let side = self.key(Side::ALL)?;
        let profile = self.key(Profile::ALL)?;
        let since = self.day()?;
        let start_stage = self.key(Stage::ALL)?;
        let start_level = self.filled()?;
        let mut smalls = [None; 5];
        for small in &mut smalls {
            *small = self.small()?;
        }
        let [
            sessions_per_week,
            max_pain_during,
            ok_needed,
            min_rest_days,
            max_per_week,
        ] = smalls;
        if max_pain_during.is_some_and(|pain| Score::new(pain).is_none()) {
            return Err(Bad);
        }
        let max_level = self.filled()?;
        let valid_until = self.day()?;
        let note = self.text(MAX_NOTE)?;
        let ladder_name = self.text(MAX_NAME)?;
        let mut ladder = Vec::new();
        for _ in 0..self.count(MAX_RUNGS)? {
            ladder.push(Rung {
                id: self.text(MAX_NAME)?,
                run_s: self.seconds()?,
                walk_s: self.seconds()?,
                reps: self.seconds()?,
            });
        }
        let mut benchmarks = Vec::new();
        for _ in 0..self.count(MAX_BENCHMARKS)? {
            let (name, unit) = (self.text(MAX_NAME)?, self.text(MAX_NAME)?);
            let target = match self.index()? {
                None => None,
                Some(n) => Some(from_thousandths(n).ok_or(Bad)?),
            };
            benchmarks.push(Goal {
                name,
                unit,
                target,
                gates_stage: self.key(Stage::ALL)?,
            });
        }
        Ok(HandOver {
            made_on,
            by,
            role,
            site,
            side,
            profile,
            since,
            start_stage,
            start_level,
            sessions_per_week,
            max_pain_during,
            max_level,
            ok_needed,
            min_rest_days,
            max_per_week,
            ladder_name,
            ladder,
            valid_until,
            note,
            benchmarks,
        })
    }

    fn count(&mut self, max: usize) -> Read<usize> {
        let n = usize::try_from(self.number()?).ok();
        n.filter(|n| *n <= max).ok_or(Bad)
    }
}

/// CRC-32 as zip files have it, bit by bit: a few hundred bytes need no table.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum = crc32_step(sum, *byte);
    }
    !sum
}

fn crc32_step(mut sum: u32, byte: u8) -> u32 {
    sum ^= u32::from(byte);
    for _ in 0..8 {
        sum = (sum >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1));
    }
    sum
}

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn to_base32(bytes: &[u8], out: &mut String) {
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) + u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(letter(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(letter(held << (5 - bits)));
    }
}

fn letter(five: u32) -> char {
    char::from(LETTERS[(five & 31) as usize])
}

/// The bytes that letters begin with, up to one that is none of the alphabet.
fn begun_base32(letters: &[u8]) -> Vec<u8> {
    let known = |letter: &&u8| LETTERS.contains(letter);
    let letters: Vec<u8> = letters.iter().take_while(known).copied().collect();
    // Whole bytes: what the last letters hold beyond them is nothing.
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    for eight in letters.chunks(8) {
        let mut padded = [LETTERS[0]; 8];
        padded[..eight.len()].copy_from_slice(eight);
        let five = from_base32(&padded).unwrap_or_default();
        bytes.extend(five.get(..eight.len() * 5 / 8).unwrap_or_default());
    }
    bytes
}

/// `None` for a letter that is none of the alphabet, or bits left over that are not 0.
fn from_base32(letters: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len());
    let (mut held, mut bits) = (0_u32, 0);
    for letter in letters {
        let five = LETTERS.iter().position(|l| l == letter)?;
        held = (held << 5) + u32::try_from(five).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 5 && held == 0).then_some(bytes)
}
