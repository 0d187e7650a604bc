//! The code of a hand-over: `FP`, one character for the version, then base 32 (RFC 4648,
//! capitals and 2 to 7, so that a QR code holds it in its denser alphabet and a message may
//! change its case): the fields, then their CRC-32. What was cut off or mistyped is found by
//! that sum. It proves nothing about who wrote the code, and the app says so.

use crate::diary::entry::Score;
use crate::diary::vocabulary::{Profile, Side, Site, Stage};
use crate::plan::hand_over::message;
use crate::plan::hand_over::{AgreedBenchmark, HandOver, Refusal, Rung};
use chrono::{Days, NaiveDate};
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use data_encoding::BASE32_NOPAD;

/// What stands before the code in a link.
pub const ROUTE: &str = "#/plan/";
/// What every code begins with.
pub(super) const MARK: &str = "FP";
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
/// A few hundred bytes need no table.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// The code of a plan, ready to stand behind [`ROUTE`]. Texts and lists that are too long
/// are cut: the form refuses them before.
pub fn encode(plan: &HandOver) -> String {
    let mut out = FieldWriter::default();
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
    let sum = CHECKSUM.checksum(&out.0);
    out.0.extend(sum.to_be_bytes());
    let mut code = String::from(MARK);
    code.push(char::from(VERSION));
    BASE32_NOPAD.encode_append(&out.0, &mut code);
    code
}

/// Reads a code, or a link or a message that holds one: wrapped, quoted or encoded on its
/// way, with words around it.
///
/// # Errors
///
/// When it is none that this version can take.
pub fn decode(text: &str) -> Result<HandOver, Refusal> {
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
    let mut digest = CHECKSUM.digest();
    let mut sums = vec![digest.clone().finalize()];
    for byte in &bytes {
        digest.update(&[*byte]);
        sums.push(digest.clone().finalize());
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
    ends.find_map(|end| decode_whole(candidate.code.get(..*end)?).ok())
}

/// The plan of a whole code without its mark; else where that failed.
fn decode_whole(code: &[u8]) -> Result<HandOver, Refusal> {
    let [VERSION, data @ ..] = code else {
        return Err(Refusal::Damaged);
    };
    let bytes = BASE32_NOPAD.decode(data).map_err(|_| Refusal::Damaged)?;
    let (body, sum) = bytes.split_last_chunk::<4>().ok_or(Refusal::Damaged)?;
    if CHECKSUM.checksum(body) != u32::from_be_bytes(*sum) {
        return Err(Refusal::Damaged);
    }
    let mut reader = ByteReader(body);
    let plan = reader.plan().map_err(|Malformed| Refusal::Damaged)?;
    if reader.0.is_empty() {
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
    let mut reader = ByteReader(&bytes);
    match reader.plan() {
        Ok(_) => reader.0.len() < 4,
        Err(Malformed) => reader.0.is_empty(),
    }
}

/// The bytes that letters begin with, up to one that is none of the alphabet.
fn begun_base32(letters: &[u8]) -> Vec<u8> {
    let known = |letter: &&u8| matches!(letter, b'A'..=b'Z' | b'2'..=b'7');
    let letters: Vec<u8> = letters.iter().take_while(known).copied().collect();
    // Whole bytes: what the last letters hold beyond them is nothing.
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    for eight in letters.chunks(8) {
        let mut padded = [b'A'; 8];
        padded[..eight.len()].copy_from_slice(eight);
        let five = BASE32_NOPAD.decode(&padded).unwrap_or_default();
        bytes.extend(five.get(..eight.len() * 5 / 8).unwrap_or_default());
    }
    bytes
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
struct FieldWriter(Vec<u8>);

impl FieldWriter {
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
struct Malformed;

type Read<T> = Result<T, Malformed>;

/// What is left to be read.
struct ByteReader<'a>(&'a [u8]);

impl ByteReader<'_> {
    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
            self.0 = rest;
            number += u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                // One way to write each number.
                return (shift == 0 || *byte != 0)
                    .then_some(number)
                    .ok_or(Malformed);
            }
        }
        Err(Malformed)
    }

    /// `None`: nothing was said.
    fn index(&mut self) -> Read<Option<u64>> {
        Ok(self.number()?.checked_sub(1))
    }

    fn text(&mut self, max: usize) -> Read<String> {
        let length = usize::try_from(self.number()?).map_err(|_| Malformed)?;
        let Some((text, rest)) = self.0.split_at_checked(length) else {
            self.0 = &[];
            return Err(Malformed);
        };
        self.0 = rest;
        let text = std::str::from_utf8(text).map_err(|_| Malformed)?;
        (text.chars().count() <= max)
            .then(|| text.to_owned())
            .ok_or(Malformed)
    }

    fn non_empty(&mut self) -> Read<Option<String>> {
        Ok(Some(self.text(MAX_NAME)?).filter(|t| !t.is_empty()))
    }

    fn day(&mut self) -> Read<Option<NaiveDate>> {
        let Some(days) = self.index()? else {
            return Ok(None);
        };
        // Two hundred years.
        let day = Some(days).filter(|days| *days < 73_000);
        let day = day.and_then(|days| first_day().checked_add_days(Days::new(days)));
        day.map(Some).ok_or(Malformed)
    }

    fn key<T: Copy>(&mut self, all: &[T]) -> Read<Option<T>> {
        let Some(at) = self.index()? else {
            return Ok(None);
        };
        let key = usize::try_from(at).ok().and_then(|at| all.get(at));
        key.copied().map(Some).ok_or(Malformed)
    }

    fn small(&mut self) -> Read<Option<u8>> {
        let n = self.index()?;
        n.map(|n| u8::try_from(n).map_err(|_| Malformed))
            .transpose()
    }

    fn seconds(&mut self) -> Read<u32> {
        let n = self.number()?;
        let n = u32::try_from(n).ok().filter(|n| *n <= MAX_SECONDS);
        n.ok_or(Malformed)
    }

    fn plan(&mut self) -> Read<HandOver> {
        let made_on = self.day()?.ok_or(Malformed)?;
        let by = self.text(MAX_NAME)?;
        let role = self.text(MAX_NAME)?;
        let site = self.key(Site::ALL)?;
        let side = self.key(Side::ALL)?;
        let profile = self.key(Profile::ALL)?;
        let since = self.day()?;
        let start_stage = self.key(Stage::ALL)?;
        let start_level = self.non_empty()?;
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
            return Err(Malformed);
        }
        let max_level = self.non_empty()?;
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
                Some(n) => Some(from_thousandths(n).ok_or(Malformed)?),
            };
            benchmarks.push(AgreedBenchmark {
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
        n.filter(|n| *n <= max).ok_or(Malformed)
    }
}
