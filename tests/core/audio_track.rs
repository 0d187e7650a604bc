//! The audio track of a session, decoded by other people's libraries: the right tone
//! at the right sample, nothing between, and the exact length.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]
#![allow(
    clippy::disallowed_methods,
    reason = "how long it takes is a claim of its own"
)]

use footing::diary::vocabulary::Movement;
use footing::formats::flac::RATE;
use footing::formats::wav::{RATE as WAV_RATE, header};
use footing::rules::guidance::Prescription;
use footing::session::audio_track::{CueSheet, FLOOR, TAIL_MS, flac, wav};
use footing::session::cue::Cue;
use footing::session::plan::{Phase, SessionPlan};
use footing::session::timeline::{Action, Snapshot, Stamped, snapshot};
use std::f64::consts::TAU;
use std::io::Cursor;

/// Forty minutes: R3.
fn r3(events: &[Stamped], ms: i64) -> Snapshot {
    let plan = SessionPlan::new(&Prescription {
        level: "R3".into(),
        activity: Movement::RunWalk,
        run_s: 60,
        walk_s: 120,
        reps: 10,
    });
    snapshot(&plan, 0, events, ms)
}

fn decode(file: &[u8]) -> Vec<i16> {
    let mut reader = claxon::FlacReader::new(Cursor::new(file)).unwrap();
    let info = reader.streaminfo();
    assert_eq!(
        (info.sample_rate, info.channels, info.bits_per_sample),
        (16_000, 1, 16)
    );
    // claxon checks the sum of every header and of every frame.
    let samples: Vec<i16> = reader
        .samples()
        .map(|s| i16::try_from(s.unwrap()).unwrap())
        .collect();
    assert_eq!(info.samples, Some(samples.len() as u64));
    samples
}

/// How strong a pitch is in these samples.
fn goertzel(samples: &[f64], pitch: f64, rate: f64) -> f64 {
    let step = 2.0 * (TAU * pitch / rate).cos();
    let (mut a, mut b) = (0.0, 0.0);
    for sample in samples {
        (a, b) = (sample + step * a - b, a);
    }
    (a * a + b * b - step * a * b).max(0.0).sqrt() / samples.len() as f64
}

/// The pitches that the cues are made of.
fn pitches() -> Vec<u16> {
    let mut all: Vec<u16> = Cue::ALL
        .iter()
        .flat_map(|c| c.tones())
        .map(|t| t.0)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Every tone of every cue stands at its place, and its pitch is the strongest of all.
fn assert_sounds(samples: &[f64], score: &CueSheet, rate: usize) {
    let per_ms = rate / 1000;
    for (at, cue) in &score.cues {
        for (pitch, from, lasts) in cue.tones() {
            let begin = usize::try_from(at + i64::from(*from)).unwrap() * per_ms;
            let tone = &samples[begin..begin + usize::from(*lasts) * per_ms];
            let strength = |p: u16| goertzel(tone, f64::from(p), rate as f64);
            let own = strength(*pitch);
            assert!(
                own > 1000.0,
                "{cue:?} at {at} ms: {pitch} Hz is weak ({own:.0})"
            );
            for other in pitches().into_iter().filter(|p| p != pitch) {
                let theirs = strength(other);
                assert!(
                    theirs * 3.0 < own,
                    "{cue:?} at {at} ms: {other} Hz ({theirs:.0}) beside {pitch} Hz ({own:.0})"
                );
            }
            // Half way up within its soft beginning, at the very sample.
            let loud = |part: &[f64]| part.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
            assert!(
                loud(&tone[..per_ms]) < 0.15 * loud(tone),
                "{cue:?}: no soft beginning"
            );
            assert!(
                loud(&tone[10 * per_ms..14 * per_ms]) > 0.8 * loud(tone),
                "{cue:?}: it begins late"
            );
        }
    }
}

/// Where no cue sounds.
fn assert_silent(samples: &[i16], floor: i16, score: &CueSheet, rate: usize) {
    let per_ms = rate / 1000;
    let mut from = 0;
    let ends = score.cues.iter().map(|(at, c)| (*at, at + c.length_ms()));
    for (begin, end) in ends.chain([(score.length_ms, score.length_ms)]) {
        let begin = usize::try_from(begin).unwrap() * per_ms;
        assert!(
            samples[from..begin].iter().all(|s| *s == floor),
            "sound before {begin}"
        );
        from = usize::try_from(end).unwrap() * per_ms;
    }
}

#[test]
fn forty_minutes_sound_as_they_should_and_are_small() {
    let score = CueSheet::of(&r3(&[], 0), 10, 0);
    let file = flac(&score);
    assert!(file.len() < 750_000, "{} bytes", file.len());
    let samples = decode(&file);
    assert_eq!(samples.len(), (40 * 60 * 1000 + 2000) * 16);
    let plain: Vec<f64> = samples.iter().map(|s| f64::from(*s)).collect();
    assert_sounds(&plain, &score, RATE);
    assert_silent(&samples, FLOOR, &score, RATE);
}

#[test]
fn after_that_hurts_in_mid_second_every_tone_is_at_its_own_sample() {
    let at = r3(&[Stamped::new(330_457, Action::Hurt)], 330_457);
    let score = CueSheet::of(&at, 10, 0);
    assert!(
        score.cues.iter().any(|(ms, _)| ms % 250 != 0),
        "off the grid of the frames"
    );
    let samples = decode(&flac(&score));
    let plain: Vec<f64> = samples.iter().map(|s| f64::from(*s)).collect();
    assert_eq!(
        samples.len(),
        usize::try_from(score.length_ms).unwrap() * 16
    );
    assert_sounds(&plain, &score, RATE);
    assert_silent(&samples, FLOOR, &score, RATE);
}

#[test]
fn cues_that_fall_into_one_frame_both_sound() {
    let score = CueSheet {
        cues: vec![(0, Cue::Count), (150, Cue::Count), (1000, Cue::Done)],
        length_ms: 3001,
        volume: 10,
    };
    let samples = decode(&flac(&score));
    let plain: Vec<f64> = samples.iter().map(|s| f64::from(*s)).collect();
    assert_sounds(&plain, &score, RATE);
    assert_silent(&samples, FLOOR, &score, RATE);
}

#[test]
fn a_cue_in_a_last_frame_that_is_short_sounds_to_the_end() {
    // Sixty milliseconds: less than a frame, and less than the cue.
    let score = CueSheet {
        cues: vec![(0, Cue::Count)],
        length_ms: 60,
        volume: 10,
    };
    let whole = CueSheet {
        length_ms: 250,
        ..score.clone()
    };
    let samples = decode(&flac(&score));
    assert_eq!(samples.len(), 60 * 16);
    assert_eq!(samples, decode(&flac(&whole))[..60 * 16]);
}

#[test]
fn half_the_volume_is_a_quarter_as_strong() {
    let at = |volume| {
        let score = CueSheet {
            cues: vec![(0, Cue::Done)],
            length_ms: 1100,
            volume,
        };
        decode(&flac(&score))
    };
    let mut most = 0;
    for (full, half) in at(10).into_iter().zip(at(5)) {
        let (full, half) = (i32::from(full - FLOOR), i32::from(half - FLOOR));
        assert!((full - 4 * half).abs() <= 2, "{full} and {half}");
        most = most.max(full);
    }
    // The whole of 85 % of what 16 bits hold, but not more: 27,852.
    assert!((27_000..=27_852).contains(&most), "{most}");
}

#[test]
fn no_volume_is_silence_of_the_same_length() {
    let score = CueSheet::of(&r3(&[], 0), 0, 0);
    let samples = decode(&flac(&score));
    assert_eq!(samples.len(), (40 * 60 * 1000 + 2000) * 16);
    assert!(samples.iter().all(|s| *s == FLOOR));
}

#[test]
fn what_is_left_out_is_not_in_the_track() {
    let at = r3(&[], 0);
    let score = CueSheet::of(&at, 8, Cue::Count.bit() | Cue::HalfWay.bit());
    assert!(
        !score
            .cues
            .iter()
            .any(|(_, c)| matches!(c, Cue::Count | Cue::HalfWay))
    );
    assert!(score.cues.iter().any(|(_, c)| *c == Cue::Drill));
    assert!(score.cues.iter().any(|(_, c)| *c == Cue::Begin(Phase::Run)));
}

#[test]
fn wav_sounds_the_same_where_flac_does_not_play() {
    let at = r3(&[], 0);
    let score = CueSheet::of(&at, 8, 0);
    let file = wav(&score);
    assert_eq!(file.len(), 44 + (40 * 60 * 1000 + 2000) * 8);
    let mut reader = hound::WavReader::new(Cursor::new(&file)).unwrap();
    let spec = reader.spec();
    assert_eq!(
        (spec.sample_rate, spec.channels, spec.bits_per_sample),
        (8000, 1, 8)
    );
    let samples: Vec<i16> = reader.samples::<i16>().map(Result::unwrap).collect();
    assert_eq!(samples.len(), (40 * 60 * 1000 + 2000) * 8);
    let plain: Vec<f64> = samples.iter().map(|s| f64::from(*s) * 256.0).collect();
    assert_sounds(&plain, &score, WAV_RATE);
    assert_silent(&samples, 0, &score, WAV_RATE);
}

#[test]
fn the_head_of_a_wav_says_what_follows_it() {
    let mut wanted: Vec<u8> = Vec::new();
    // What follows these eight bytes: the other 36, and the samples.
    wanted.extend(b"RIFF\x88\x13\0\0WAVE");
    // 16 bytes: plain samples, one channel, 8000 of one byte a second, 8 bits.
    wanted.extend(b"fmt \x10\0\0\0\x01\0\x01\0");
    wanted.extend(b"\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0");
    wanted.extend(b"data\x64\x13\0\0");
    assert_eq!(header(4964), wanted);
}

#[test]
fn the_pocket_checks_last_as_long_as_they_say() {
    for (long, seconds) in [(false, 60), (true, 900)] {
        let score = CueSheet::check(long, 8);
        assert_eq!(score.length_ms, seconds * 1000 + TAIL_MS);
        assert_eq!(score.cues.first().unwrap().0, 0);
        assert_eq!(*score.cues.last().unwrap(), (seconds * 1000, Cue::Done));
        let samples = decode(&flac(&score));
        assert_eq!(
            samples.len(),
            usize::try_from(score.length_ms).unwrap() * 16
        );
    }
}
