//! The cues of a session: which moment each marks.

use crate::session::cue::Cue;
use crate::session::plan::Phase;
use crate::session::timeline::{Clock, Snapshot};

/// Seconds between two drills at the end of a warm-up.
pub const DRILL_S: u32 = 30;
/// How many drills a warm-up holds; they are walked, and count as walking.
pub const DRILLS: u32 = 4;
/// A warm-up shorter than this, seconds, has no room for drills.
const DRILL_ROOM_S: u32 = 240;
/// A cue is handed over this much ahead of its moment (milliseconds), with what is left
/// until then: a busy page, or one behind another app that may look only once a second,
/// is late by less, and the tone still stands at its place. A whole second, so that the
/// look at the seconds on the screen is the look ahead too.
pub const LEAD_MS: i64 = 1000;
/// A change that was noticed later than this (milliseconds of the session) was slept
/// through: what holds now is said, and nothing is made up for.
const SLEPT_MS: i64 = 1500;
/// How far the half-way cue keeps from a change of part, milliseconds.
const APART_MS: i64 = 3000;

/// Every cue of the session as its parts stand now, by its place on the session's own
/// time line: milliseconds from its start, pauses left out, each part at its whole
/// length. In order. A part that waits for the runner ends the list: what comes after
/// it has no time yet.
pub fn script(at: &Snapshot) -> Vec<(i64, Cue)> {
    let mut list = Vec::new();
    let runs = at.legs.iter().filter(|p| p.phase == Phase::Run).count();
    let (mut start, mut run) = (0, 0);
    let half = half_at(at);
    for part in &at.legs {
        if part.phase == Phase::Run {
            run += 1;
        }
        if part.whole_ms <= 0 {
            continue;
        }
        let last = part.phase == Phase::Run && run == runs && runs > 1;
        list.push((
            start,
            if last {
                Cue::Last
            } else {
                Cue::Begin(part.phase)
            },
        ));
        if part.waits {
            return list;
        }
        let end = start + part.whole_ms;
        if part.phase == Phase::WarmUp {
            for drill in 0..DRILLS {
                if let Some(into) = drill_at(part.whole_ms, drill) {
                    list.push((start + into, Cue::Drill));
                }
            }
        }
        if half.is_some_and(|half| (start..end).contains(&half)) {
            list.extend(half.map(|half| (half, Cue::HalfWay)));
        }
        for left in [3000, 2000, 1000] {
            if part.whole_ms > left + 1000 {
                list.push((end - left, Cue::Count));
            }
        }
        start = end;
    }
    list.push((start, Cue::Done));
    list
}

/// The place on the session's own time line at which half of what is to be done is done:
/// parts that were skipped count as far as they went. Moved on a little where a change
/// of part would drown it. `None` when there is no room for it, or the runner sets the pace.
fn half_at(at: &Snapshot) -> Option<i64> {
    let total: i64 = at.legs.iter().map(|p| p.ends_ms).sum();
    if at.legs.iter().any(|p| p.until_next) || total < 120_000 {
        return None;
    }
    let mut half = total / 2;
    let mut end = 0;
    for part in &at.legs {
        end += part.ends_ms;
        // Three, two, one, the change, and its tone.
        if half > end - APART_MS - 1000 && half < end + APART_MS {
            half = end + APART_MS;
        }
    }
    // Moved beyond the end it lies in no part.
    let mut start = 0;
    for part in &at.legs {
        if half < part.ends_ms {
            return Some(start + half);
        }
        half -= part.ends_ms;
        start += part.whole_ms;
    }
    None
}

/// When the `n`th drill (from 0) begins in a warm-up of this length, milliseconds from
/// its start; `None` when the warm-up is too short for drills.
fn drill_at(whole_ms: i64, n: u32) -> Option<i64> {
    let from = i64::from(DRILLS - n) * i64::from(DRILL_S) * 1000;
    (whole_ms >= i64::from(DRILL_ROOM_S) * 1000).then_some(whole_ms - from)
}

/// Which drill (from 0) goes on at a moment of a warm-up.
pub fn drill(at: &Snapshot) -> Option<u32> {
    let part = at.leg().filter(|p| p.phase == Phase::WarmUp)?;
    (0..DRILLS)
        .rev()
        .find(|n| drill_at(part.whole_ms, *n).is_some_and(|from| at.into_ms >= from))
}

/// The cues that fall between two snapshots of one session, each with the milliseconds
/// that are left until it (none for one that is late). Looks and cues go [`LEAD_MS`]
/// apart, so a cue is in one such list and in no other. After a longer gap (a sleeping
/// phone) only what holds now is said, never a volley.
pub fn cues(before: &Snapshot, after: &Snapshot) -> Vec<(Cue, i64)> {
    let silent = match after.clock {
        Clock::Finished => before.clock == Clock::Finished,
        Clock::Counting => false,
        Clock::Paused | Clock::Ended => true,
    };
    if silent {
        return Vec::new();
    }
    let here = after.place_ms();
    let (from, to) = (before.place_ms() + LEAD_MS, here + LEAD_MS);
    let due: Vec<(Cue, i64)> = script(after)
        .into_iter()
        .filter(|(at, _)| from < *at && *at <= to)
        .map(|(at, cue)| (cue, (at - here).max(0)))
        .collect();
    if to - from <= SLEPT_MS {
        return due;
    }
    let holds = due.iter().rposition(|(c, _)| c.says_what_holds());
    let due = due.into_iter().enumerate();
    // Three, two, one would fall into the tone of what holds.
    due.filter(|(n, (c, in_ms))| Some(*n) == holds || (*in_ms > 0 && *c != Cue::Count))
        .map(|(_, one)| one)
        .collect()
}

/// The cues within [`LEAD_MS`] of a place to which the session has just come by other
/// means than time, each with the milliseconds that are left until it: no look before
/// this one has handed them over, or what it handed over was taken back.
pub fn cues_within_lead(at: &Snapshot) -> Vec<(Cue, i64)> {
    if at.clock != Clock::Counting {
        return Vec::new();
    }
    let here = at.place_ms();
    let mut due = cues_ahead(at);
    due.retain(|(when, _)| *when <= here + LEAD_MS);
    due.into_iter()
        .map(|(when, cue)| (cue, when - here))
        .collect()
}

/// The cues that lie ahead, with their places on the session's own time line: what a
/// track that plays on from here has to hold.
pub fn cues_ahead(at: &Snapshot) -> Vec<(i64, Cue)> {
    let here = at.place_ms();
    let mut list = script(at);
    list.retain(|(when, _)| *when > here);
    list
}

/// Milliseconds to the next look: a little ahead of the next cue, or at the next change
/// of the seconds on the screen, whichever comes first. `None` while no time counts.
pub fn next_in_ms(at: &Snapshot) -> Option<i64> {
    if at.clock != Clock::Counting {
        return None;
    }
    let here = at.place_ms() + LEAD_MS;
    let cue = script(at)
        .into_iter()
        .map(|(when, _)| when - here)
        .find(|ahead| *ahead > 0);
    let second = match at.left_ms() % 1000 {
        0 => 1000,
        part => part,
    };
    Some(cue.map_or(second, |cue| cue.min(second)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::vocabulary::Movement;
    use crate::rules::guidance::Prescription;
    use crate::session::plan::SessionPlan;
    use crate::session::timeline::{Action, Stamped, snapshot};

    fn plan(run_s: u32, walk_s: u32, reps: u32) -> SessionPlan {
        SessionPlan::new(&Prescription {
            level: "R".into(),
            activity: Movement::RunWalk,
            run_s,
            walk_s,
            reps,
        })
    }

    fn r1(events: &[Stamped], ms: i64) -> Snapshot {
        snapshot(&plan(60, 120, 5), 0, events, ms)
    }

    /// What becomes due between two moments (seconds): it is handed over ahead of them.
    fn step(a: i64, b: i64) -> Vec<Cue> {
        let seen = |s: i64| r1(&[], s * 1000 - LEAD_MS);
        let due = cues(&seen(a), &seen(b));
        due.into_iter().map(|(cue, _)| cue).collect()
    }

    #[test]
    fn cues_name_each_change_once_and_never_in_a_volley() {
        assert_eq!(step(299, 300), [Cue::Begin(Phase::Run)]);
        assert_eq!(step(296, 297), [Cue::Count]);
        assert_eq!(step(290, 291), []);
        assert_eq!(step(299, 299 + 700), [Cue::Begin(Phase::Walk)]);
        assert_eq!(step(749, 750), [Cue::HalfWay]);
        assert_eq!(step(1019, 1020), [Cue::Last]);
        assert_eq!(step(1499, 1500), [Cue::Done]);
        assert_eq!(step(1500, 1501), []);
    }

    #[test]
    fn steps_of_any_length_up_to_a_second_give_the_whole_script_in_order() {
        for every in [90, 200, 700, 1000] {
            let mut heard = Vec::new();
            let mut before = r1(&[], 0);
            let mut ms = 0;
            while ms < 1_500_000 + every {
                ms += every;
                let after = r1(&[], ms);
                let here = after.place_ms();
                heard.extend(
                    cues(&before, &after)
                        .iter()
                        .map(|(c, ahead)| (here + ahead, *c)),
                );
                before = after;
            }
            // The first begins with the session: the Start tap gives it.
            let script = &script(&r1(&[], 0))[1..];
            let kinds = |list: &[(i64, Cue)]| list.iter().map(|(_, c)| *c).collect::<Vec<_>>();
            assert_eq!(kinds(&heard), kinds(script), "{every}");
            let late = heard.iter().zip(script).map(|(h, s)| h.0 - s.0).max();
            assert!(late <= Some((every - LEAD_MS).max(0)), "{every}: {late:?}");
        }
    }

    #[test]
    fn half_way_is_heard_in_every_session_of_the_ladder() {
        let ladder = crate::thresholds::ladder::Ladder::builtin();
        for level in ladder.levels() {
            let at = snapshot(
                &SessionPlan::new(&Prescription {
                    level: level.id.clone(),
                    activity: level.movement(),
                    run_s: level.run_s,
                    walk_s: level.walk_s,
                    reps: level.reps,
                }),
                0,
                &[],
                0,
            );
            let list = script(&at);
            let half = list.iter().find(|(_, c)| *c == Cue::HalfWay);
            let half = half.map_or(0, |(at, _)| *at);
            assert!(
                (half - at.whole_ms() / 2).abs() <= 7000,
                "{}: {half} of {}",
                level.id,
                at.whole_ms()
            );
            assert!(list.is_sorted_by_key(|(at, _)| *at), "{}", level.id);
            // No cue begins while another still sounds.
            for pair in list.windows(2) {
                assert!(
                    pair[0].0 + pair[0].1.length_ms() < pair[1].0,
                    "{}: {pair:?}",
                    level.id
                );
            }
        }
    }

    #[test]
    fn half_way_is_half_of_what_is_left_to_do_after_a_skip() {
        let half = |at: &Snapshot| {
            let list = cues_ahead(at);
            let half = list.iter().find(|(_, c)| *c == Cue::HalfWay);
            half.map(|(when, _)| *when)
        };
        // 25 minutes: 12:30.
        assert_eq!(half(&r1(&[], 100_000)), Some(750_000));
        // The warm-up left after 100 s: 1300 s to do, half after 650, which is 550 s
        // from the first run on; that stands at 300 s.
        let skipped = [Stamped::new(100_000, Action::Skip)];
        assert_eq!(half(&r1(&skipped, 110_000)), Some(300_000 + 550_000));
        // As many milliseconds as the screen counts down to it.
        let at = r1(&skipped, 110_000);
        assert_eq!(half(&at), Some(at.place_ms() + at.half_left_ms()));
        // Runs and walks left out: where the screen counts down to.
        let far: Vec<Stamped> = (0..5)
            .map(|n| Stamped::new(305_000 + n, Action::Skip))
            .collect();
        let at = r1(&far, 310_000);
        assert!(at.half_left_ms() > 0);
        let at = r1(&far, 310_000 + at.half_left_ms());
        assert_eq!((half(&at), at.half_left_ms()), (None, 0));
        // Taken back, it stands where it stood.
        let back = [skipped[0], Stamped::new(101_000, Action::Back)];
        assert_eq!(half(&r1(&back, 101_000)), Some(750_000));
    }

    #[test]
    fn drills_end_the_warm_up() {
        let list = script(&r1(&[], 0));
        let drills: Vec<i64> = list
            .iter()
            .filter(|(_, c)| *c == Cue::Drill)
            .map(|(at, _)| *at)
            .collect();
        assert_eq!(drills, [180_000, 210_000, 240_000, 270_000]);
        assert_eq!(drill(&r1(&[], 179_000)), None);
        assert_eq!(drill(&r1(&[], 180_000)), Some(0));
        assert_eq!(drill(&r1(&[], 299_000)), Some(3));
        assert_eq!(drill(&r1(&[], 300_000)), None);
    }

    #[test]
    fn the_next_look_is_due_at_the_next_cue_or_second() {
        assert_eq!(next_in_ms(&r1(&[], 295_400)), Some(600));
        assert_eq!(next_in_ms(&r1(&[], 295_999)), Some(1));
        assert_eq!(next_in_ms(&r1(&[], 296_000)), Some(1000));
        assert_eq!(next_in_ms(&r1(&[], 290_000)), Some(1000));
        assert_eq!(
            next_in_ms(&r1(&[Stamped::new(1000, Action::Pause)], 5000)),
            None
        );
        // Half way lies between two seconds.
        let odd = snapshot(&SessionPlan::easy_walk(601), 0, &[], 299_000);
        assert_eq!(next_in_ms(&odd), Some(500));
    }

    #[test]
    fn where_the_session_comes_by_other_means_than_time_the_next_cues_are_handed_over() {
        let paused = [Stamped::new(299_300, Action::Pause)];
        assert_eq!(cues_within_lead(&r1(&paused, 400_000)), []);
        let goes_on = [paused[0], Stamped::new(400_000, Action::Resume)];
        let at = r1(&goes_on, 400_000);
        assert_eq!(cues_within_lead(&at), [(Cue::Begin(Phase::Run), 700)]);
        // The look after it says nothing twice.
        let at = (at, r1(&goes_on, 400_600));
        assert_eq!(cues(&at.0, &at.1), []);
        // What has its moment now has been given, what is a second away has not.
        assert_eq!(cues_within_lead(&r1(&[], 297_000)), [(Cue::Count, LEAD_MS)]);
        assert_eq!(cues_within_lead(&r1(&[], 1_500_000)), []);
    }

    #[test]
    fn that_hurts_takes_the_running_cues_away() {
        let at = r1(&[Stamped::new(330_400, Action::Hurt)], 331_000);
        let ahead: Vec<Cue> = script(&at)
            .into_iter()
            .filter(|(when, _)| *when > at.place_ms())
            .map(|(_, cue)| cue)
            .collect();
        assert!(
            !ahead
                .iter()
                .any(|c| matches!(c, Cue::Begin(Phase::Run) | Cue::Last))
        );
        assert_eq!(ahead.last(), Some(&Cue::Done));
    }
}
