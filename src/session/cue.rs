//! A cue: what it sounds and feels like.
//!
//! The patterns stand here once, for the tones made at the moment and for those
//! rendered ahead into a [track](crate::session::audio_track): a runner learns one language.

use crate::session::plan::Phase;

/// What the runner should hear, feel and see at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A part begins.
    Begin(Phase),
    /// Half of the whole is done.
    HalfWay,
    /// The last run begins.
    Last,
    /// Three, two, one second before a change.
    Count,
    /// The next drill of the warm-up.
    Drill,
    /// Done.
    Done,
}

/// One tone: pitch (hertz), when it begins and how long it lasts (milliseconds).
pub type Tone = (u16, u16, u16);

/// Those that the runner can leave out, one by one; the bit of each is its place here.
pub const OPTIONAL: [Cue; 3] = [Cue::HalfWay, Cue::Count, Cue::Drill];

impl Cue {
    /// Every kind of cue, in the order in which Settings lets them be tried.
    pub const ALL: [Self; 8] = [
        Self::Begin(Phase::Run),
        Self::Begin(Phase::Walk),
        Self::Begin(Phase::WarmUp),
        Self::Drill,
        Self::HalfWay,
        Self::Last,
        Self::Count,
        Self::Done,
    ];

    /// The key that words, tests and styles know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Begin(Phase::Run | Phase::Hold | Phase::Reps) => "run",
            Self::Begin(Phase::Walk | Phase::Rest | Phase::Change) => "walk",
            Self::Begin(Phase::WarmUp | Phase::CoolDown | Phase::Ready | Phase::Lead) => "easy",
            Self::HalfWay => "half",
            Self::Last => "last",
            Self::Count => "count",
            Self::Drill => "drill",
            Self::Done => "done",
        }
    }

    /// Its bit among those that can be left out; 0: it always sounds.
    pub fn bit(self) -> u8 {
        OPTIONAL
            .iter()
            .position(|c| *c == self)
            .map_or(0, |place| 1 << place)
    }

    /// Run (or work) rises, walk (or rest) falls, easy parts hum, a drill answers
    /// itself, half-way knocks twice, the last run calls before it rises, done is a
    /// chord walked up. No two share both their number of tones and their direction.
    pub const fn tones(self) -> &'static [Tone] {
        match self {
            Self::Begin(Phase::Run | Phase::Hold | Phase::Reps) => {
                &[(659, 0, 140), (880, 160, 140), (1175, 320, 280)]
            }
            Self::Begin(Phase::Walk | Phase::Rest | Phase::Change) => {
                &[(784, 0, 220), (523, 260, 380)]
            }
            Self::Begin(Phase::WarmUp | Phase::CoolDown | Phase::Ready | Phase::Lead) => {
                &[(587, 0, 450)]
            }
            Self::HalfWay => &[(880, 0, 120), (880, 200, 120)],
            Self::Last => &[
                (1175, 0, 100),
                (1175, 140, 100),
                (1175, 280, 100),
                (1568, 440, 340),
            ],
            Self::Count => &[(988, 0, 90)],
            Self::Drill => &[(523, 0, 110), (659, 130, 200)],
            Self::Done => &[
                (523, 0, 160),
                (659, 180, 160),
                (784, 360, 160),
                (1047, 540, 550),
            ],
        }
    }

    /// Milliseconds on, off, on.
    pub const fn beats(self) -> &'static [u16] {
        match self {
            Self::Begin(Phase::Run | Phase::Hold | Phase::Reps) => &[200, 80, 200],
            Self::Begin(Phase::Walk | Phase::Rest | Phase::Change) => &[500],
            Self::Begin(Phase::WarmUp | Phase::CoolDown | Phase::Ready | Phase::Lead) => &[250],
            Self::HalfWay => &[100, 100, 100],
            Self::Last => &[100, 60, 100, 60, 300],
            Self::Count => &[60],
            Self::Drill => &[150, 80, 60],
            Self::Done => &[300, 100, 300, 100, 600],
        }
    }

    /// How long it sounds, milliseconds.
    pub fn length_ms(self) -> i64 {
        self.tones()
            .last()
            .map_or(0, |(_, at, length)| i64::from(*at) + i64::from(*length))
    }

    /// Whether it says what goes on from here; only such a cue is given late.
    pub(super) const fn says_what_holds(self) -> bool {
        matches!(self, Self::Begin(_) | Self::Last | Self::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_cues_sound_or_feel_alike() {
        for (i, a) in Cue::ALL.iter().enumerate() {
            for b in &Cue::ALL[i + 1..] {
                let tune = |c: &Cue| c.tones().iter().map(|t| t.0).collect::<Vec<_>>();
                assert_ne!(tune(a), tune(b), "{a:?} {b:?}");
                assert_ne!(a.beats(), b.beats(), "{a:?} {b:?}");
                assert_ne!(a.key(), b.key());
            }
        }
    }
}
