//! Stories of the running session: what happens to a phone on a run.
#![allow(clippy::unwrap_used)]

use crate::phone::Phone;
use footing::app::effect::{SoundEffect, Track};
use footing::app::event::{
    AwayChoice, DiaryEvent, Heard, NavigationEvent, PrefsEvent, SessionEvent, SoundEvent,
    StorageEvent,
};
use footing::app::forms::session_form::SessionForm;
use footing::app::prefs::{CueChoice, Pocket};
use footing::app::session::run_record::RunRecord;
use footing::app::{Effect, Event, Now, Screen};
use footing::session::audio_track::CueSheet;
use footing::session::cue::Cue;
use footing::session::plan::Phase;
use footing::session::timeline::{Clock, Snapshot};
use serde_json::json;

/// 2026-03-28, 08:00 in Berlin; summer time begins in the night after.
const SATURDAY: i64 = 1_774_681_200_000;

/// A phone whose runner stands at R1 of the way back from a knee's injury.
fn runner() -> Phone {
    runner_with("joint")
}

fn runner_with(profile: &str) -> Phone {
    let id = "00000000-0000-7000-8000-000000000001";
    let plan = json!({
        "id": id, "at": "2026-03-27T08:00:00+01:00", "kind": "plan",
        "injury": {"profile": profile, "site": "knee", "side": "left", "since": "2025-06-01"},
        "no_clinician": true, "start_stage": "run-walk", "start_level": "R1",
    });
    let mut phone = Phone::new();
    phone.ms = SATURDAY;
    phone.local.insert(id.into(), plan.to_string());
    phone.indexed_db = phone.local.clone();
    phone.open();
    phone
}

impl Phone {
    fn start(&mut self) -> Vec<Effect> {
        self.send(Event::Session(SessionEvent::Start {
            level: None,
            pain: 0,
        }))
    }

    /// So many seconds in which the phone sleeps.
    fn sleep(&mut self, seconds: i64) -> Vec<Effect> {
        self.ms += seconds * 1000;
        self.send(Event::Tick)
    }

    fn at(&self) -> Snapshot {
        self.state.run().unwrap().record.at(self.ms)
    }

    fn left(&self) -> (usize, i64) {
        let at = self.at();
        (at.index, at.left_ms() / 1000)
    }

    /// What was stored is what is there: nothing is lost by a kill at this moment.
    fn assert_stored(&self) {
        let stored = self.live.as_deref().and_then(RunRecord::from_json).unwrap();
        assert_eq!(stored.at(self.ms), self.at());
    }
}

fn cues(effects: &[Effect]) -> Vec<(Cue, u8)> {
    let cues = effects.iter().filter_map(|e| match e {
        Effect::Sound(SoundEffect::Cue(ways)) => Some((ways.cue, ways.tone)),
        _ => None,
    });
    cues.collect()
}

fn tracks(effects: &[Effect]) -> Vec<Track> {
    let tracks = effects.iter().filter_map(|e| match e {
        Effect::Sound(SoundEffect::Track(track)) => Some(track.clone()),
        _ => None,
    });
    tracks.collect()
}

#[test]
fn a_kill_after_any_event_loses_nothing() {
    for act in [
        SessionEvent::Pause,
        SessionEvent::Skip,
        SessionEvent::Back,
        SessionEvent::Hurt,
        SessionEvent::Limp,
        SessionEvent::Finish,
    ] {
        let mut phone = runner();
        phone.start();
        phone.assert_stored();
        phone.pass(331);
        phone.send(Event::Session(act.clone()));
        phone.assert_stored();
        let (before, shown) = (phone.left(), phone.at());
        phone.open();
        assert_eq!((phone.left(), phone.at()), (before, shown), "{act:?}");
        assert_eq!(phone.state.screen, Screen::Live);
        assert!(phone.state.run().is_none_or(|run| run.away.is_none()));
    }
}

#[test]
fn a_dead_battery_asks_before_it_counts() {
    for (choice, index, left, running) in [
        (AwayChoice::StoodStill, 1, 60 - 31, Clock::Counting),
        (AwayChoice::LogIt, 1, 60 - 31, Clock::Ended),
        // Two minutes and a bit later by the clock: the second run.
        (AwayChoice::Counts, 3, 60 - 33, Clock::Counting),
    ] {
        let mut phone = runner();
        phone.start();
        phone.pass(331);
        phone.send(Event::Session(SessionEvent::Limp));
        phone.ms += 181_000;
        let effects = phone.open();
        assert_eq!(cues(&effects), [], "nothing is called while it is asked");
        assert!(phone.state.run().unwrap().away.unwrap().asks);
        assert_eq!(cues(&phone.pass(1)), []);
        phone.send(Event::Session(SessionEvent::Away(choice)));
        assert_eq!(phone.at().clock, running, "{choice:?}");
        assert_eq!(phone.left(), (index, left), "{choice:?}");
        phone.assert_stored();
        let screen = if choice == AwayChoice::LogIt {
            Screen::Log
        } else {
            Screen::Live
        };
        assert_eq!(phone.state.screen, screen);
        assert!(phone.state.log_draft().limp);
    }
}

#[test]
fn of_two_stored_copies_the_later_one_goes_on() {
    let mut phone = runner();
    phone.start();
    phone.pass(240);
    let stale = phone.live.clone();
    phone.pass(91);
    phone.send(Event::Session(SessionEvent::Pause));
    let (disk, left) = (phone.live.clone(), phone.left());
    for (local, on_disk) in [(&stale, &disk), (&disk, &stale)] {
        phone.live.clone_from(local);
        phone.live_on_disk.clone_from(on_disk);
        phone.open();
        assert_eq!((phone.left(), phone.at().clock), (left, Clock::Paused));
        assert!(
            phone.state.run().is_none_or(|run| run.away.is_none()),
            "nothing is asked of a pause"
        );
        phone.assert_stored();
    }
}

#[test]
fn a_session_cut_off_and_found_a_day_later_is_logged_as_far_as_it_went() {
    let mut phone = runner();
    phone.start();
    phone.pass(390);
    phone.ms += 86_400_000;
    phone.open();
    phone.send(Event::Session(SessionEvent::Away(AwayChoice::LogIt)));
    let draft = phone.state.log_draft();
    assert_eq!(
        (draft.run_min.as_str(), draft.walk_min.as_str()),
        ("1", "5.5")
    );
    assert!(draft.cut_short);
    assert_eq!(draft.day, "2026-03-28", "the day it was on");
}

#[test]
fn sleep_counts_is_told_and_can_be_taken_out_afterwards() {
    let mut phone = runner();
    phone.start();
    phone.pass(310);
    let effects = phone.sleep(600);
    assert_eq!(cues(&effects).len(), 1, "what holds now, and no volley");
    assert_eq!(phone.left(), (8, 110));
    let away = phone.state.run().unwrap().away.unwrap();
    assert_eq!((away.to - away.from, away.asks), (600_000, false));
    // Three more looks, a minute apart, are the same time away.
    for _ in 0..3 {
        phone.sleep(60);
    }
    let away = phone.state.run().unwrap().away.unwrap();
    assert_eq!(away.to - away.from, 780_000);
    // Some seconds on, and after a pause, it is taken out.
    phone.pass(5);
    phone.send(Event::Session(SessionEvent::Limp));
    phone.send(Event::Session(SessionEvent::Away(AwayChoice::StoodStill)));
    assert_eq!(phone.left(), (1, 45));
    assert_eq!(phone.at().done_s(), (15.0, 300.0));
    assert!(phone.at().limp);
    phone.assert_stored();
}

/// Of some effects the cues, each with the milliseconds until it, and the hushes (`None`).
fn handed_over(effects: &[Effect]) -> Vec<Option<(Cue, i64)>> {
    let handed = effects.iter().filter_map(|e| match e {
        Effect::Sound(SoundEffect::Cue(ways)) => Some(Some((ways.cue, ways.in_ms))),
        Effect::Sound(SoundEffect::Hush) => Some(None),
        _ => None,
    });
    handed.collect()
}

#[test]
fn a_cue_that_waits_for_its_moment_is_taken_back_by_a_pause_and_comes_after_it() {
    let run = |in_ms| Some((Cue::Begin(Phase::Run), in_ms));
    let mut phone = runner();
    phone.start();
    phone.pass(298);
    assert_eq!(handed_over(&phone.pass(1)), [run(1000)]);
    phone.ms += 400;
    assert_eq!(
        handed_over(&phone.send(Event::Session(SessionEvent::Limp))),
        []
    );
    assert_eq!(
        handed_over(&phone.send(Event::Session(SessionEvent::Pause))),
        [None]
    );
    assert_eq!(handed_over(&phone.pass(60)), []);
    let resumed = phone.send(Event::Session(SessionEvent::Resume));
    assert_eq!(handed_over(&resumed), [None, run(600)]);
    assert_eq!(handed_over(&phone.pass(10)), [], "and once");

    // Elsewhere in the session what waited is wrong, and what begins comes first.
    phone.pass(49);
    assert_eq!(phone.left(), (1, 1));
    let skipped = phone.send(Event::Session(SessionEvent::Skip));
    let walk = Some((Cue::Begin(Phase::Walk), 0));
    assert_eq!(handed_over(&skipped), [None, walk]);
    // A session thrown away is silent.
    assert_eq!(
        handed_over(&phone.send(Event::Session(SessionEvent::Discard))),
        [None]
    );
    phone.send(Event::Diary(DiaryEvent::Undo));
    assert_eq!(phone.at().index, 2);
}

#[test]
fn what_was_silent_is_given_again_when_the_sound_is_switched_on() {
    let mut phone = runner();
    phone.start();
    phone.pass(298);
    phone.open();
    let heard = phone.pass(1);
    assert_eq!(
        cues(&heard),
        [(Cue::Begin(Phase::Run), 0)],
        "without a tone"
    );
    let heard = phone.send(Event::Session(SessionEvent::Sound));
    assert_eq!(cues(&heard), [(Cue::Begin(Phase::Run), 8)]);
    // Opened a moment before it, too.
    phone.send(Event::Session(SessionEvent::Back));
    phone.pass(299);
    let found = phone.open();
    assert_eq!(cues(&found), [(Cue::Begin(Phase::Run), 0)]);
}

#[test]
fn a_clock_set_back_while_it_runs_changes_nothing() {
    let mut phone = runner();
    phone.start();
    phone.pass(310);
    phone.ms -= 3_600_000;
    phone.send(Event::Tick);
    assert_eq!(phone.left(), (1, 50));
    phone.pass(20);
    assert_eq!(phone.left(), (1, 30));
    phone.assert_stored();
    // And while the app was closed.
    phone.ms -= 86_400_000;
    phone.open();
    assert_eq!(phone.left(), (1, 30));
    phone.pass(10);
    assert_eq!(phone.left(), (1, 20));
}

#[test]
fn a_change_of_zone_and_of_summer_time_changes_nothing() {
    let mut phone = runner();
    phone.start();
    phone.pass(310);
    phone.offset_s += 3600;
    phone.pass(10);
    assert_eq!(phone.left(), (1, 40));
    // Over a date line, in a plane perhaps.
    phone.offset_s = -11 * 3600;
    phone.open();
    phone.pass(10);
    assert_eq!(phone.left(), (1, 30));
    assert!(phone.state.run().is_none_or(|run| run.away.is_none()));
}

#[test]
fn a_session_thrown_away_can_be_brought_back() {
    let mut phone = runner();
    phone.start();
    phone.pass(310);
    phone.send(Event::Session(SessionEvent::Discard));
    assert_eq!(
        (phone.live.as_ref(), phone.state.screen),
        (None, Screen::Today)
    );
    assert!(
        phone.state.book.undo.is_some(),
        "still offered where it leads to"
    );
    phone.pass(3);
    phone.send(Event::Diary(DiaryEvent::Undo));
    assert_eq!(phone.state.screen, Screen::Live);
    assert_eq!(phone.left(), (1, 47));
    phone.assert_stored();
    // Elsewhere it is forgotten.
    phone.send(Event::Session(SessionEvent::Discard));
    phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Diary)));
    phone.send(Event::Diary(DiaryEvent::Undo));
    assert!(phone.state.run().is_none());
}

#[test]
fn a_second_window_shows_that_it_runs_and_can_take_it_over() {
    let mut first = runner();
    first.start();
    first.pass(310);
    let mut second = runner();
    second.ms = first.ms;
    second.live.clone_from(&first.live);
    second.open();
    let effects = second.send(Event::Session(SessionEvent::Elsewhere));
    assert!(effects.contains(&Effect::SessionRunning(false)));
    assert!(second.state.run().is_none() && second.state.book.session.is_elsewhere());
    assert_eq!(second.start(), [], "two at once are none");
    assert!(second.live.is_some(), "and nothing of it is removed");
    // What the first stores does not bring it back.
    let stored = |phone: &Phone| {
        Event::Storage(StorageEvent::OtherTab {
            name: "live".into(),
            value: phone.live.clone(),
        })
    };
    first.pass(15);
    second.ms = first.ms;
    second.send(stored(&first));
    assert!(second.state.run().is_none());
    second.send(Event::Session(SessionEvent::TakeOver));
    assert_eq!(second.left(), first.left());
    let effects = first.send(stored(&second));
    assert!(effects.contains(&Effect::WakeLock(false)));
    assert!(first.state.run().is_none() && first.state.book.session.is_elsewhere());
    // A late word of the first changes nothing in the second.
    second.send(Event::Session(SessionEvent::Pause));
    second.send(stored(&first));
    assert_eq!(second.at().clock, Clock::Paused);
}

/// In pocket mode, one second into the first run.
fn pocket() -> Phone {
    let mut phone = runner();
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Pocket(true))));
    let effects = phone.start();
    let [Track::Play(score, 0)] = &tracks(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(score.length_ms, 25 * 60_000 + 2000);
    assert!(
        effects.contains(&Effect::WakeLock(true)),
        "nothing plays yet"
    );
    assert_eq!(
        phone.send(Event::Session(SessionEvent::Track(Heard::Begun))),
        [Effect::WakeLock(false)],
        "the screen may go off"
    );
    for second in 1..=301 {
        phone.ms += 1000;
        phone.send(Event::Session(SessionEvent::Track(Heard::At(
            second * 1000 - 80,
        ))));
        let effects = phone.send(Event::Tick);
        assert!(
            cues(&effects).iter().all(|(_, tone)| *tone == 0),
            "the track gives the tones"
        );
    }
    phone
}

#[test]
fn the_track_is_the_clock_in_a_pocket() {
    let mut phone = pocket();
    let live = phone.state.run().unwrap().record.clone();
    assert!(
        live.moments.is_empty(),
        "a little apart is not worth a word"
    );
    // It hangs for ten seconds: they do not count.
    for _ in 0..10 {
        phone.ms += 1000;
        phone.send(Event::Session(SessionEvent::Track(Heard::At(300_920))));
        phone.send(Event::Tick);
    }
    assert_eq!(phone.left(), (1, 59));
    assert_eq!(phone.state.run().unwrap().record.moments.len(), 1);
    phone.assert_stored();
    // Moved along it, by whatever hand: the screen follows, and nothing counts for it.
    phone.send(Event::Session(SessionEvent::Track(Heard::At(480_000))));
    assert_eq!(phone.left(), (3, 60));
    assert!(phone.at().done_s().0 < 1.0);
    assert!(phone.state.run().is_none_or(|run| run.away.is_none()));
}

#[test]
fn a_call_pauses_the_session_and_its_end_goes_on() {
    let mut phone = pocket();
    phone.send(Event::Session(SessionEvent::Track(Heard::Paused(301_400))));
    assert_eq!(phone.at().clock, Clock::Paused);
    assert_eq!(phone.at().place_ms(), 301_400);
    assert_eq!(cues(&phone.pass(120)), []);
    phone.send(Event::Session(SessionEvent::Track(Heard::Playing(301_400))));
    assert_eq!(
        (phone.at().clock, phone.at().place_ms()),
        (Clock::Counting, 301_400)
    );
    phone.assert_stored();
}

#[test]
fn what_the_runner_does_the_track_does() {
    let mut phone = pocket();
    let act = |phone: &mut Phone, act| tracks(&phone.send(Event::Session(act)));
    assert_eq!(act(&mut phone, SessionEvent::Pause), [Track::Pause]);
    assert_eq!(act(&mut phone, SessionEvent::Resume), [Track::Resume]);
    phone.pass(5);
    assert_eq!(act(&mut phone, SessionEvent::Back), [Track::Seek(300_000)]);
    phone.pass(187);
    // The rest is laid out anew, without a run in it.
    let [Track::Play(score, 487_000)] = &act(&mut phone, SessionEvent::Hurt)[..] else {
        panic!("not laid out anew")
    };
    let runs = |(at, cue): &&(i64, Cue)| {
        *at > 487_000 && matches!(cue, Cue::Begin(Phase::Run) | Cue::Last)
    };
    assert_eq!(score.cues.iter().filter(runs).count(), 0);
    phone.pass(1);
    let [Track::Play(score, 487_000)] = &act(&mut phone, SessionEvent::UndoHurt)[..] else {
        panic!("not laid out anew")
    };
    assert_eq!(score.cues.iter().filter(runs).count(), 3);
    assert_eq!(act(&mut phone, SessionEvent::Finish), [Track::Stop]);
    assert!(matches!(
        act(&mut phone, SessionEvent::UndoFinish)[..],
        [Track::Play(_, 487_000)]
    ));
}

#[test]
fn after_a_skip_every_cue_of_the_track_is_at_its_place() {
    let mut phone = pocket();
    let act = |phone: &mut Phone, act| tracks(&phone.send(Event::Session(act)));
    let half = |score: &CueSheet| {
        let half = score.cues.iter().find(|(_, cue)| *cue == Cue::HalfWay);
        half.map(|(at, _)| *at)
    };
    // A second into the first run: 59 seconds less are to be done, so half way is sooner.
    let [Track::Play(score, 360_000)] = &act(&mut phone, SessionEvent::Skip)[..] else {
        panic!("half way stays where it was")
    };
    let left = phone.at().half_left_ms();
    assert_eq!(half(score), Some(360_000 + left));
    // Those who listen through hear the rest of the plan, in order.
    let rest = |score: &CueSheet| {
        let list = score
            .cues
            .iter()
            .filter(|(at, c)| *at >= 360_000 && *c != Cue::HalfWay);
        list.copied().collect::<Vec<_>>()
    };
    let whole = CueSheet::of(&phone.state.run().unwrap().record.at(0), 8, 0);
    assert_eq!(rest(score), rest(&whole));
    // Taken back within its first seconds, it is as long as before.
    phone.pass(1);
    let [Track::Play(score, 300_000)] = &act(&mut phone, SessionEvent::Back)[..] else {
        panic!("half way stays where the skip had it")
    };
    assert_eq!(half(score), Some(750_000));
    // Behind half way nothing of the track is wrong after a skip.
    phone.ms += 700_000;
    phone.send(Event::Session(SessionEvent::Track(Heard::At(1_000_000))));
    assert!(matches!(
        act(&mut phone, SessionEvent::Skip)[..],
        [Track::Seek(_)]
    ));
    phone.assert_stored();
}

#[test]
fn that_hurts_in_a_pause_leaves_the_track_in_it() {
    let mut phone = pocket();
    phone.send(Event::Session(SessionEvent::Pause));
    for what in [
        SessionEvent::Hurt,
        SessionEvent::UndoHurt,
        SessionEvent::Skip,
    ] {
        phone.pass(1);
        let effects = tracks(&phone.send(Event::Session(what.clone())));
        assert!(
            matches!(effects[..], [Track::Play(..), Track::Pause]),
            "{what:?}: {effects:?}"
        );
        assert_eq!(phone.at().clock, Clock::Paused);
    }
}

#[test]
fn the_end_of_the_track_is_the_end_of_the_session() {
    let mut phone = pocket();
    phone.ms += 1_199_000;
    phone.send(Event::Session(SessionEvent::Track(Heard::At(1_499_900))));
    // A pause comes before the end, and is none.
    phone.send(Event::Session(SessionEvent::Track(Heard::Ended)));
    phone.send(Event::Tick);
    assert_eq!(phone.at().clock, Clock::Finished);
    assert!(!phone.state.run().unwrap().track.plays);
}

#[test]
fn where_the_track_does_not_play_the_screen_stays_on_and_calls() {
    let mut phone = runner();
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Pocket(true))));
    phone.start();
    assert_eq!(
        phone.send(Event::Session(SessionEvent::Track(Heard::Failed))),
        [Effect::WakeLock(true)]
    );
    let effects = phone.pass(301);
    assert!(cues(&effects).contains(&(Cue::Begin(Phase::Run), 8)));
    assert_eq!(tracks(&phone.send(Event::Session(SessionEvent::Pause))), []);
}

#[test]
fn after_a_reload_a_tap_brings_the_sound_back() {
    let mut phone = pocket();
    phone.ms += 5000;
    let effects = phone.open();
    assert_eq!(tracks(&effects), [], "nothing plays before a tap");
    assert!(phone.state.run().unwrap().silent);
    assert!(
        effects.contains(&Effect::WakeLock(true)),
        "so the screen stays on"
    );
    let called = cues(&phone.pass(55));
    assert!(called.len() >= 4, "{called:?}");
    assert!(called.iter().all(|(_, tone)| *tone == 0), "nor sounds");
    let effects = phone.send(Event::Session(SessionEvent::Sound));
    assert!(matches!(tracks(&effects)[..], [Track::Play(_, 361_000)]));
    assert!(effects.contains(&Effect::WakeLock(true)), "it may not play");
    assert_eq!(
        phone.send(Event::Session(SessionEvent::Track(Heard::Begun))),
        [Effect::WakeLock(false)]
    );
    assert!(!phone.state.run().unwrap().silent);
}

#[test]
fn cues_that_are_left_out_are_not_given() {
    let mut phone = runner();
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Give(
        Cue::Count,
        false,
    ))));
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Give(
        Cue::Drill,
        false,
    ))));
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Give(
        Cue::Drill,
        true,
    ))));
    phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Volume(3))));
    phone.start();
    let heard = cues(&phone.pass(400));
    assert!(!heard.iter().any(|(c, _)| *c == Cue::Count));
    assert_eq!(heard.iter().filter(|(c, _)| *c == Cue::Drill).count(), 4);
    assert!(heard.iter().all(|(_, tone)| *tone == 3));
}

#[test]
fn the_pocket_check_is_remembered() {
    let mut phone = runner();
    assert_eq!(phone.state.prefs.pocket_found(), Pocket::Untried);
    let effects = phone.send(Event::Sound(SoundEvent::PlayCheck(Some(true))));
    let [Track::Play(score, 0)] = &tracks(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(score.length_ms, 902_000);
    phone.send(Event::Session(SessionEvent::Track(Heard::Failed)));
    assert!(
        phone.state.track_failed,
        "it is said where it does not play"
    );
    phone.send(Event::Sound(SoundEvent::PlayCheck(Some(false))));
    assert!(!phone.state.track_failed);
    let said = |phone: &mut Phone, long, heard| {
        phone.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Checked {
            long,
            heard,
        })));
        phone.open();
        phone.state.prefs.pocket_found()
    };
    assert_eq!(said(&mut phone, false, true), Pocket::Minute);
    assert_eq!(said(&mut phone, true, false), Pocket::Failed);
    assert_eq!(said(&mut phone, true, true), Pocket::Long);
    phone.start();
    assert_eq!(
        phone.send(Event::Sound(SoundEvent::PlayCheck(Some(false)))),
        [],
        "never over a session"
    );
}

#[test]
fn a_limp_is_in_the_log_that_follows() {
    let mut phone = runner();
    phone.start();
    phone.pass(330);
    phone.send(Event::Session(SessionEvent::Hurt));
    phone.pass(1);
    phone.send(Event::Session(SessionEvent::Limp));
    phone.pass(1);
    phone.send(Event::Session(SessionEvent::Finish));
    let draft = phone.state.log_draft();
    assert!(draft.hurt && draft.limp);
}

/// The second half of a double tap on a safety button meets what has just been drawn in its
/// place: nothing of that is done.
#[test]
fn a_second_tap_takes_no_pain_back_and_ends_nothing() {
    for (second, last) in [
        (SessionEvent::UndoHurt, 999),
        (SessionEvent::Limp, 999),
        // Who holds the end button down has pressed it for so long, and means it.
        (SessionEvent::Finish, 799),
    ] {
        for gap in [0, 80, 300, 700, last] {
            let mut phone = runner();
            phone.start();
            phone.pass(310);
            phone.send(Event::Session(SessionEvent::Hurt));
            let hurt = phone.state.log_draft();
            phone.ms += gap;
            let effects = phone.send(Event::Session(second.clone()));
            assert_eq!(effects, [], "{second:?} {gap}");
            let after = phone.state.log_draft();
            assert_eq!(
                (after.hurt, after.limp),
                (hurt.hurt, false),
                "{second:?} {gap}"
            );
            phone.ms += 1_000 - gap;
            let effects = phone.send(Event::Session(second.clone()));
            assert_ne!(effects, [], "{second:?}: a second later it is meant");
        }
    }
}

/// The clock was a day ahead at the start, or the runner flew over the date line: what was
/// run is logged today, and can be saved.
#[test]
fn a_session_is_logged_whatever_became_of_the_clock() {
    let begun = |offset_s: i32| {
        let mut phone = runner();
        phone.start();
        phone.pass(600);
        let record = phone.state.run().unwrap().record.clone();
        (
            record,
            Now {
                ms: phone.ms,
                offset_s,
                seed: [0; 10],
            },
        )
    };
    let day = 86_400_000;
    for (back_ms, offset_s) in [
        (0, 3_600),
        (day, 3_600),
        (3 * day, 3_600),
        (0, -36_000),
        (0, 46_800),
    ] {
        let (record, now) = begun(offset_s);
        let now = Now {
            ms: now.ms - back_ms,
            ..now
        };
        let form = SessionForm::from_live(&record, &now).all_quiet();
        let entry = form
            .entry(&now)
            .unwrap_or_else(|why| panic!("{back_ms} {offset_s}: {why:?}"));
        assert!(
            entry.day() <= now.day() && entry.at <= now.at(),
            "{back_ms} {offset_s}"
        );
    }
    // Begun in winter time, logged in summer time: the hour is that of its start.
    let (record, now) = begun(7_200);
    assert_eq!(record.offset_s, Some(3_600));
    assert_eq!(
        SessionForm::from_live(&record, &now)
            .at
            .offset()
            .local_minus_utc(),
        3_600
    );
    // The release before did not say it.
    let mut json: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
    json.as_object_mut().unwrap().remove("offset_s");
    let older: RunRecord = serde_json::from_value(json).unwrap();
    assert_eq!(
        SessionForm::from_live(&older, &now)
            .at
            .offset()
            .local_minus_utc(),
        7_200
    );
}
