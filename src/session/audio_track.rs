//! The whole session's cues as one piece of audio, for a phone in a pocket: a page
//! whose screen is locked may be frozen, what plays as media goes on.
//!
//! Every tone is rendered once. Between the cues stands a *floor* instead of nothing:
//! a constant far below hearing (a constant has no pitch; a loudspeaker does not move
//! for it), since some phones freeze a page that plays pure silence for minutes.

use crate::formats::flac;
use crate::formats::flac::{Block, FRAME, RATE};
use crate::formats::wav;
use crate::session::cue::Cue;
use crate::session::cues::script;
use crate::session::plan::Phase;
use crate::session::timeline::Snapshot;

/// After the last moment of a session: room for the last cue to sound, milliseconds.
pub const TAIL_MS: i64 = 2000;
/// What stands between the cues: 24 of 32,768, or 63 dB below full.
pub const FLOOR: i16 = 24;
/// How loud a tone is at full volume, of 1. Room is left for the overtones.
const PEAK: f32 = 0.85;
/// A tone's soft beginning, milliseconds: a hard one clicks.
const RISE_MS: usize = 10;
/// Samples in a millisecond.
const PER_MS: usize = RATE / 1000;

/// What is to be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueSheet {
    /// The cues and their places, milliseconds from the start, in order.
    pub cues: Vec<(i64, Cue)>,
    /// How long the whole is, milliseconds, the room for the last cue included.
    pub length_ms: i64,
    /// How loud, 0 to 10.
    pub volume: u8,
}

impl CueSheet {
    /// The score of a whole session, as its parts stand now; cues whose bit is in `left_out` are not in it.
    pub fn of(at: &Snapshot, volume: u8, left_out: u8) -> Self {
        let mut cues = script(at);
        cues.retain(|(_, cue)| cue.bit() & left_out == 0);
        Self {
            cues,
            length_ms: at.whole_ms() + TAIL_MS,
            volume,
        }
    }

    /// The pocket check: what a session sounds like in a minute, or fifteen minutes of
    /// long silences with a cue after each five.
    pub fn check(long: bool, volume: u8) -> Self {
        let run = Cue::Begin(Phase::Run);
        let walk = Cue::Begin(Phase::Walk);
        let cues = if long {
            vec![
                (0, run),
                (300_000, walk),
                (600_000, run),
                (900_000, Cue::Done),
            ]
        } else {
            vec![
                (0, run),
                (12_000, walk),
                (24_000, Cue::HalfWay),
                (36_000, Cue::Last),
                (48_000, walk),
                (60_000, Cue::Done),
            ]
        };
        let end = cues.last().map_or(0, |(at, _)| *at);
        Self {
            cues,
            length_ms: end + TAIL_MS,
            volume,
        }
    }

    /// Where each cue begins, in samples.
    fn starts(&self) -> impl Iterator<Item = (usize, Cue)> {
        self.cues
            .iter()
            .map(|(ms, cue)| (usize::try_from(*ms).unwrap_or(0) * PER_MS, *cue))
    }

    fn samples(&self) -> usize {
        usize::try_from(self.length_ms).unwrap_or(0).max(1) * PER_MS
    }
}

/// Every tone, rendered once.
struct Tunes {
    volume: u8,
    made: Vec<(Cue, Vec<i16>)>,
}

impl Tunes {
    const fn new(volume: u8) -> Self {
        Self {
            volume,
            made: Vec::new(),
        }
    }

    fn get(&mut self, cue: Cue) -> &[i16] {
        if !self.made.iter().any(|(c, _)| *c == cue) {
            self.made.push((cue, tune(cue, self.volume)));
        }
        let made = self.made.iter().find(|(c, _)| *c == cue);
        made.map_or(&[], |(_, samples)| samples)
    }
}

/// The track as a FLAC file.
pub fn flac(score: &CueSheet) -> Vec<u8> {
    let total = score.samples();
    let count = total.div_ceil(FRAME);
    let last = total - (count - 1) * FRAME;
    let mut blocks = vec![Block::Even(FLOOR); count];
    let mut tunes = Tunes::new(score.volume);
    // What a shape holds: a cue, where the frame lies in it, and how long the frame is.
    // `None`: two cues, so that it is never taken again.
    let mut keys: Vec<Option<(Cue, isize, usize)>> = Vec::new();
    let mut shapes: Vec<Vec<i16>> = Vec::new();
    for (start, cue) in score.starts() {
        let tune = tunes.get(cue);
        let end = (start + tune.len()).div_ceil(FRAME).min(count);
        for frame in start / FRAME..end {
            let Some(block) = blocks.get_mut(frame) else {
                continue;
            };
            let length = if frame + 1 == count { last } else { FRAME };
            let offset = (frame * FRAME).cast_signed() - start.cast_signed();
            let (base, key) = match *block {
                Block::Even(floor) => (vec![floor; length], Some((cue, offset, length))),
                Block::Shape(other) => (shapes.get(other).cloned().unwrap_or_default(), None),
            };
            let known = keys.iter().position(|k| k.is_some() && *k == key);
            let shape = known.unwrap_or_else(|| {
                keys.push(key);
                shapes.push(laid_over(base, tune, offset));
                shapes.len() - 1
            });
            *block = Block::Shape(shape);
        }
    }
    flac::file(&blocks, &shapes, last)
}

/// A frame with a tune that begins so many samples before it (or, below 0, within it).
fn laid_over(mut frame: Vec<i16>, tune: &[i16], offset: isize) -> Vec<i16> {
    let within = usize::try_from(-offset).unwrap_or(0);
    let from = usize::try_from(offset).unwrap_or(0);
    for (to, sample) in frame.iter_mut().skip(within).zip(tune.iter().skip(from)) {
        *to = to.saturating_add(*sample);
    }
    frame
}

/// The track as a WAV file, where FLAC does not play.
pub fn wav(score: &CueSheet) -> Vec<u8> {
    let step = RATE / wav::RATE;
    let total = score.samples() / step;
    let mut out = wav::header(total);
    let begin = out.len();
    out.resize(begin + total, wav::sample(0));
    let mut tunes = Tunes::new(score.volume);
    for (start, cue) in score.starts() {
        let here = out.iter_mut().skip(begin + start / step);
        for (to, sample) in here.zip(tunes.get(cue).iter().step_by(step)) {
            *to = wav::sample(*sample);
        }
    }
    out
}

/// A cue's tones at a volume of 0 to 10.
fn tune(cue: Cue, volume: u8) -> Vec<i16> {
    let length = usize::try_from(cue.length_ms()).unwrap_or(0) * PER_MS;
    let mut out = vec![0; length];
    // Ears hear ratios: half the number is a quarter of the strength.
    let share = f32::from(volume.min(10)) / 10.0;
    let peak = PEAK * share * share * f32::from(i16::MAX);
    for (pitch, from, lasts) in cue.tones() {
        let (from, lasts) = (usize::from(*from) * PER_MS, usize::from(*lasts) * PER_MS);
        for (n, to) in out.iter_mut().skip(from).take(lasts).enumerate() {
            *to = rounded(peak * shape(n, lasts) * timbre(*pitch, n));
        }
    }
    out
}

#[allow(clippy::cast_possible_truncation)] // within 16 bits by its making, and `as` saturates
fn rounded(value: f32) -> i16 {
    value.round() as i16
}

/// Softly on, level for three fifths, softly off. 0 to 1.
fn shape(n: usize, lasts: usize) -> f32 {
    let on = ratio(n, RISE_MS * PER_MS).min(1.0);
    let level = lasts * 3 / 5;
    let off = ratio(lasts - n, lasts - level).min(1.0);
    on * off * off * off
}

#[allow(clippy::cast_precision_loss)] // samples of a second or two
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// A tone of this pitch (below 1600 Hz, since nothing sounds above half the rate) with
/// two overtones, which a phone's speaker carries better than the tone itself. -1 to 1.
fn timbre(pitch: u16, n: usize) -> f32 {
    let over = |times: usize| {
        let turns = (usize::from(pitch) * times * n) % RATE;
        sine(ratio(turns, RATE))
    };
    0.84 * over(1) - 0.11 * over(3) + 0.04 * over(5)
}

/// The sine of a part of a turn (0 to 1), within 0.0011: two parabolas, one
/// laid over the other. The real one would bring its tables along.
fn sine(turn: f32) -> f32 {
    let t = turn - 0.5;
    let y = 16.0 * t * t.abs() - 8.0 * t;
    0.225 * (y * y.abs() - y) + y
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    #[test]
    #[allow(clippy::float_cmp)] // halves of halves: exact
    fn a_tone_rises_for_ten_milliseconds_stands_and_falls_away_from_three_fifths_on() {
        // A tenth of a second.
        let at = |n| shape(n, 1600);
        assert_eq!([at(0), at(40), at(80), at(120)], [0.0, 0.25, 0.5, 0.75]);
        assert_eq!([at(160), at(500), at(960)], [1.0; 3]);
        // A quarter, half and three quarters of the way to its end, cubed.
        let fallen = [27.0 / 64.0, 1.0 / 8.0, 1.0 / 64.0, 0.0];
        assert_eq!([at(1120), at(1280), at(1440), at(1600)], fallen);
    }

    #[test]
    fn the_sine_is_the_real_one_within_what_it_says() {
        for n in 0..=1000_u16 {
            let turn = f32::from(n) / 1000.0;
            let real = (TAU * f64::from(turn)).sin();
            let made = f64::from(sine(turn));
            assert!((made - real).abs() < 0.0011, "{turn}: {made} for {real}");
        }
    }

    #[test]
    fn a_tone_is_its_pitch_and_two_overtones() {
        for pitch in [440, 659, 1568] {
            for n in 0..2000_u16 {
                let turns = f64::from(pitch) * f64::from(n) / 16_000.0;
                let part = |times: f64| (TAU * turns * times).sin();
                let real = 0.84 * part(1.0) - 0.11 * part(3.0) + 0.04 * part(5.0);
                let made = f64::from(timbre(pitch, usize::from(n)));
                assert!(
                    (made - real).abs() < 0.002,
                    "{pitch} at {n}: {made}, {real}"
                );
            }
        }
        // A quarter of a turn at 1000 Hz: all three pull one way.
        assert!((timbre(1000, 4) - 0.99).abs() < 0.002);
    }

    #[test]
    fn no_overtone_lies_above_half_the_rate() {
        for (pitch, _, _) in Cue::ALL.iter().flat_map(|cue| cue.tones()) {
            assert!(usize::from(*pitch) * 5 < RATE / 2, "{pitch} Hz");
        }
    }
}
