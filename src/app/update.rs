//! One event in, the state changed, effects out. Pure and total.

use crate::app::demo;
use crate::app::effect::Effect;
use crate::app::event::{Event, Heard};
use crate::app::forms::entry_edit::EntryEdit;
use crate::app::forms::session_form::{SessionForm, noon};
use crate::app::near;
use crate::app::near::{Outcome, go};
use crate::app::now::Now;
use crate::app::prefs::Prefs;
use crate::app::screen::Screen;
use crate::app::session::run;
use crate::app::session::run_record::Live;
use crate::app::session::strength_run;
use crate::app::session::strength_run::StrengthRun;
use crate::app::state::{ImportPreview, Notice, State, Toast};
use crate::app::stores;
use crate::diary::backup;
use crate::diary::entry::{Absence, Body, Entry, Extra, Freedom, Score, SelfTest, TestResult};
use crate::diary::vocabulary::{Side, TestItem};
use crate::diary::{codec, edit_history, merge};
use crate::plan::self_test::raises_hold;
use crate::rules::progression;
use chrono::{Days, TimeDelta};
use uuid::Uuid;

/// One event in, the state changed, effects out.
pub fn update(state: &mut State, event: Event, now: Now) -> Vec<Effect> {
    match near::update(state, event, now) {
        Outcome::Done(effects) => effects,
        Outcome::Far(event) => far(state, event, now),
    }
}

/// The events that [`near::update`] leaves: what the screens beyond Today cause, and
/// a running session. It comes with those screens, in a download of its own.
pub fn far(state: &mut State, event: Event, now: Now) -> Vec<Effect> {
    let Some(event) = demo::to_own(state, event) else {
        state.revision += 1;
        return Vec::new();
    };
    let mut effects = beyond(state, event, now);
    demo::wall(state, &mut effects);
    effects
}

fn beyond(state: &mut State, event: Event, now: Now) -> Vec<Effect> {
    let day_changed = state.now.day() != now.day();
    state.now = now;
    let mut effects = run::mind_the_clock(state);
    if let Event::Tick = event {
        if day_changed {
            state.revision += 1;
            state.judge();
        }
        let before = state.last_tick;
        effects.extend(run::tick(state));
        effects.extend(strength_run::tick(state, before));
        return effects;
    }
    if let Event::Track(Heard::At(place)) = event {
        effects.extend(run::heard_at(state, place));
        return effects;
    }
    state.revision += 1;
    let diary_may_change = changes_diary(&event);
    effects.extend(handle(state, event));
    if day_changed || diary_may_change {
        state.judge();
    }
    if let (
        true,
        Some(Notice::Logged {
            severity,
            provisional,
        }),
    ) = (diary_may_change, state.notice.as_mut())
    {
        *severity = state.guidance.severity.unwrap_or(0);
        *provisional = state.guidance.provisional;
    }
    effects
}

fn changes_diary(event: &Event) -> bool {
    event.keeps()
        || matches!(
            event,
            Event::Loaded(_) | Event::IndexedDbRead(_) | Event::OtherTab { .. }
        )
}

fn handle(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded(mut read) => {
            let (setup, live) = (read.setup.take(), read.live.take());
            stores::loaded(state, *read);
            stores::take_setup(state, setup.as_deref());
            stores::take_live(state, live.as_deref());
            let mut effects = run::found(state);
            effects.extend(strength_run::found(state));
            effects.extend(near::arrive(state));
            effects
        }
        Event::IndexedDbRead(twin) => {
            let twin = twin.as_deref().map_err(|fault| *fault);
            let before = state.live.clone();
            let lifted = state.strength.clone();
            let mut effects = stores::merge_twin(state, twin);
            if let Ok(twin) = twin {
                stores::take_live(state, twin.live.as_deref());
            }
            if let (true, Some(live)) = (before != state.live, &state.live) {
                if !state.storage.read_only {
                    effects.push(Effect::WriteLive(Some(live.to_json())));
                }
                // It is looked at as if it were found only now.
                state.away = None;
                state.silent = false;
                let mut found = run::found(state);
                if before.is_some() {
                    // By now this page holds it itself.
                    found.retain(|effect| *effect != Effect::AskElsewhere);
                }
                effects.extend(found);
            }
            if let (true, Some(run)) = (lifted != state.strength, &state.strength) {
                if !state.storage.read_only {
                    effects.push(Effect::WriteLive(Some(run.to_json())));
                }
                effects.extend(strength_run::found(state));
            }
            effects.extend(near::arrive(state));
            effects.extend(near::wanted(state));
            effects
        }
        Event::OtherTab { key, value } => other_tab(state, &key, value.as_deref()),
        Event::RetrySaves => stores::retry(state),
        Event::SetupChanged(_)
        | Event::SetupDone
        | Event::Logged(_)
        | Event::MorningAnswered(_)
        | Event::FlagsLogged(_)
        | Event::AbsenceBegan { .. }
        | Event::AbsenceEnded
        | Event::ClearanceLogged(_)
        | Event::SelfTested { .. }
        | Event::FreedomTaken
        | Event::Noted(_)
        | Event::PlanTaken(_)
        | Event::Delete(_)
        | Event::Undo => write(state, event),
        Event::StartSession { .. }
        | Event::StartWalk { .. }
        | Event::Act(_)
        | Event::DiscardLive
        | Event::Away(_)
        | Event::Track(_)
        | Event::Sound
        | Event::LiveElsewhere
        | Event::TakeOver
        | Event::TryCue(_)
        | Event::PlayCheck(_) => run::handle(state, event),
        Event::Navigated(screen) => {
            let mut effects = near::navigated(state, screen);
            effects.extend(strength_run::fetch(state, screen));
            effects
        }
        Event::ExercisesRead(_)
        | Event::ReadExercises
        | Event::StartStrength { .. }
        | Event::StrengthAct(_)
        | Event::StrengthLogged { .. }
        | Event::DiscardStrength => strength_run::handle(state, event),
        Event::SetTheme(_)
        | Event::SetLanguage(_)
        | Event::SetMiles(_)
        | Event::SetSunday(_)
        | Event::SetCue(_)
        | Event::SetEmergencyNumber(_)
        | Event::InstallHidden => prefer(state, event),
        Event::Export | Event::ImportText(_) | Event::ImportAccept | Event::ImportCancel => {
            exchange(state, event)
        }
        Event::DemoAsked => demo::ask(state),
        Event::DemoRead(text) => demo::begin(state, text.as_deref()),
        Event::DemoLeft => demo::leave(state),
        Event::HandedOut(done) => {
            state.notice = Some(if done {
                Notice::HandedOut
            } else {
                Notice::HandOutFailed
            });
            Vec::new()
        }
        Event::InstallAccepted => vec![Effect::PromptInstall],
        // Handled near by.
        _ => Vec::new(),
    }
}

fn other_tab(state: &mut State, key: &str, value: Option<&str>) -> Vec<Effect> {
    if let Some(id) = key.strip_prefix("footing/entry/") {
        stores::other_tab(state, id, value);
    } else if key == "footing/live" {
        let run = value.and_then(StrengthRun::from_json);
        if state.strength.is_some() {
            return other_strength(state, run);
        }
        if run.is_some() {
            state.live_elsewhere = true;
            return Vec::new();
        }
        return run::other_tab(state, value.and_then(Live::from_json));
    } else if let ("footing/prefs", Some(value)) = (key, value) {
        state.prefs = Prefs::from_json(value);
    }
    Vec::new()
}

/// The running strength session was steered, or ended, in another tab.
fn other_strength(state: &mut State, theirs: Option<StrengthRun>) -> Vec<Effect> {
    match (&theirs, &state.strength) {
        (None, _) => {
            state.strength = None;
            return vec![Effect::SessionRunning(false), Effect::WakeLock(false)];
        }
        (Some(a), Some(b)) if a.id == b.id => state.strength = theirs,
        _ => {}
    }
    Vec::new()
}

/// Events that write entries; refused while the stored data is newer than the app.
fn write(state: &mut State, event: Event) -> Vec<Effect> {
    if state.storage.read_only {
        state.notice = Some(Notice::ReadOnly);
        return Vec::new();
    }
    match event {
        Event::SetupChanged(draft) => {
            state.setup = *draft;
            vec![Effect::WriteSetup(serde_json::to_string(&state.setup).ok())]
        }
        Event::SetupDone => {
            let entries = state.setup.entries(&state.now);
            let mut effects = stores::keep_many(state, entries);
            effects.push(Effect::WriteSetup(None));
            state.setup = crate::app::forms::setup_form::SetupForm::default();
            effects.push(Effect::Navigate {
                screen: Screen::Today,
                replace: true,
            });
            effects
        }
        Event::Logged(draft) => logged(state, &draft),
        Event::MorningAnswered(draft) => {
            let Some(mut entry) = draft.entry(&state.now) else {
                state.notice = Some(Notice::Incomplete);
                return Vec::new();
            };
            if let Some(old) = draft.original.as_deref() {
                entry.edited_at = Some(later(state, old));
                return changed(state, old.clone(), entry, Screen::Diary);
            }
            let effects = keep_and_return(state, entry);
            state.notice = Some(Notice::MorningKept);
            effects
        }
        Event::FlagsLogged(flags) => {
            if flags.is_empty() {
                return go(Screen::Today);
            }
            let mut entry = blank(state, Body::Flag);
            entry.flags = flags;
            keep_and_return(state, entry)
        }
        Event::AbsenceBegan { reason, fever } => {
            let from = state.now.day();
            let body = Body::Absence(Absence {
                from,
                until: None,
                reason,
                fever,
            });
            let entry = blank(state, body);
            let effects = keep_and_return(state, entry);
            state.notice = Some(Notice::Away(reason));
            effects
        }
        Event::AbsenceEnded => absence_ended(state),
        Event::ClearanceLogged(clearance) => {
            let entry = blank(state, Body::Clearance(*clearance));
            keep_and_return(state, entry)
        }
        Event::SelfTested { answers, raises } => {
            let side = state.plan().map_or(Side::None, |p| p.injury.side);
            let held = raises_hold(raises, side);
            let counted =
                |test: TestItem, n: usize| raises[n].filter(|_| test == TestItem::CalfRaise);
            let items = TestItem::READINESS.iter().zip(answers);
            let items = items
                .map(|(test, (passed, pain))| TestResult {
                    test: *test,
                    passed: passed && (held || *test != TestItem::CalfRaise),
                    left: counted(*test, 0),
                    right: counted(*test, 1),
                    pain: Score::new(pain).unwrap_or_default(),
                    extra: Extra::new(),
                })
                .collect();
            let entry = blank(state, Body::SelfTest(SelfTest { items }));
            keep_and_return(state, entry)
        }
        Event::FreedomTaken => freedom_taken(state),
        Event::Noted(note) => noted(state, *note),
        Event::PlanTaken(writes) => plan_taken(state, writes),
        Event::Delete(id) => delete(state, id),
        Event::Undo => undo(state),
        _ => Vec::new(),
    }
}

/// A handed plan, after the runner has seen it: all of it, or nothing.
fn plan_taken(state: &mut State, writes: Vec<(Body, String)>) -> Vec<Effect> {
    let mut entries = Vec::with_capacity(writes.len());
    for (n, (body, notes)) in (0..).zip(writes) {
        let mut entry = blank(state, body);
        entry.id = state.now.id(n);
        // A millisecond apart: what stands is the latest.
        entry.at = state.now.instant(state.now.ms + i64::from(n));
        entry.notes = notes;
        if codec::check(&entry).is_err() {
            state.notice = Some(Notice::Incomplete);
            return Vec::new();
        }
        entries.push(entry);
    }
    let mut effects = stores::keep_many(state, entries);
    state.notice = Some(Notice::Kept);
    effects.push(Effect::Navigate {
        screen: Screen::Today,
        replace: true,
    });
    effects
}

/// Takes up the freedom on offer; nothing where none is offered yet.
fn freedom_taken(state: &mut State) -> Vec<Effect> {
    let from = state.now.day();
    let offered = progression::guidance(&state.diary, from).next_freedom;
    let Some((name, _)) = offered.filter(|(_, free_on)| *free_on <= from) else {
        return Vec::new();
    };
    let entry = blank(state, Body::Freedom(Freedom { name, from }));
    let effects = stores::keep(state, entry);
    state.notice = Some(Notice::Kept);
    effects
}

fn blank(state: &State, body: Body) -> Entry {
    Entry {
        id: state.now.id(0),
        at: state.now.at(),
        edited_at: None,
        deleted: false,
        notes: String::new(),
        flags: Vec::new(),
        body,
        extra: Extra::new(),
    }
}

fn keep_and_return(state: &mut State, entry: Entry) -> Vec<Effect> {
    let mut effects = stores::keep(state, entry);
    state.notice = Some(Notice::Kept);
    if state.screen != Screen::Today {
        effects.push(Effect::Navigate {
            screen: Screen::Today,
            replace: true,
        });
    }
    effects
}

fn logged(state: &mut State, draft: &SessionForm) -> Vec<Effect> {
    let Ok(mut entry) = draft.entry(&state.now) else {
        state.notice = Some(Notice::Incomplete);
        return Vec::new();
    };
    if let Some(old) = draft.original.as_deref() {
        entry.edited_at = Some(later(state, old));
        return changed(state, old.clone(), entry, Screen::Diary);
    }
    let day = entry.day();
    let later_session = state
        .diary
        .all()
        .any(|e| !e.deleted && e.day() > day && matches!(e.body, Body::Session(_)));
    let mut effects = stores::keep(state, entry);
    if draft.from_live {
        effects.extend(run::end(state, Screen::Today));
    } else {
        effects.push(Effect::Navigate {
            screen: Screen::Today,
            replace: true,
        });
    }
    // Only the latest session's verdict is known by name: an older one is just kept.
    state.notice = Some(if later_session {
        Notice::Kept
    } else {
        Notice::Logged {
            severity: 0,
            provisional: true,
        }
    });
    effects
}

/// A changed entry, with what it said before; it can be taken back where it leads.
fn changed(state: &mut State, old: Entry, mut entry: Entry, to: Screen) -> Vec<Effect> {
    edit_history::note(&old, &mut entry);
    let effects = stores::keep(state, entry);
    state.notice = Some(Notice::Kept);
    arrived_with(state, old, to, effects)
}

/// Goes to a screen with the way back for an entry: as if that screen stood already, or
/// the change of screen would take the way back away.
fn arrived_with(
    state: &mut State,
    old: Entry,
    to: Screen,
    mut effects: Vec<Effect>,
) -> Vec<Effect> {
    state.toast = Some(Toast { removed: old });
    if state.screen != to {
        state.screen = to;
        effects.push(Effect::Navigate {
            screen: to,
            replace: true,
        });
    }
    effects
}

/// An edit must be later than what it changes, even when the clock was set back.
fn later(state: &State, old: &Entry) -> chrono::DateTime<chrono::FixedOffset> {
    let before = old.edited_at.unwrap_or(old.at);
    state.now.at().max(before + TimeDelta::milliseconds(1))
}

fn delete(state: &mut State, id: Uuid) -> Vec<Effect> {
    let Some(old) = state.diary.get(id).filter(|e| !e.deleted).cloned() else {
        return Vec::new();
    };
    let mut entry = old.clone();
    entry.deleted = true;
    entry.edited_at = Some(later(state, &old));
    // What was said about another entry no longer stands beside the removal.
    state.notice = None;
    let effects = stores::keep(state, entry);
    let to = match state.screen {
        Screen::Edit(_) => Screen::Diary,
        other => other,
    };
    arrived_with(state, old, to, effects)
}

fn undo(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = run::undo_discard(state) {
        return effects;
    }
    let Some(toast) = state.toast.take() else {
        return Vec::new();
    };
    let mut entry = toast.removed;
    if let Some(tombstone) = state.diary.get(entry.id) {
        entry.edited_at = Some(later(state, tombstone));
    }
    stores::keep(state, entry)
}

fn absence_ended(state: &mut State) -> Vec<Effect> {
    let today = state.now.day();
    let Some(mut entry) = state.open_absence().cloned() else {
        return Vec::new();
    };
    entry.edited_at = Some(later(state, &entry));
    if let Body::Absence(absence) = &mut entry.body {
        // Well today: the last day away was yesterday, or the first day itself.
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        absence.until = Some(yesterday.max(absence.from));
    }
    let effects = keep_and_return(state, entry);
    state.notice = Some(Notice::Back);
    effects
}

/// An entry of a form around the run, new or changed; what the door would not let in
/// again is not kept.
fn noted(state: &mut State, note: EntryEdit) -> Vec<Effect> {
    let away = match &note.body {
        Body::Absence(a) => Some(a.reason),
        _ => None,
    };
    let mut was = None;
    let mut entry = match note.original {
        None => blank(state, note.body),
        Some(id) => {
            let same = |e: &&Entry| !e.deleted && e.body.kind() == note.body.kind();
            let Some(old) = state.diary.get(id).filter(same) else {
                state.notice = Some(Notice::Incomplete);
                return Vec::new();
            };
            let mut entry = old.clone();
            entry.edited_at = Some(later(state, old));
            entry.body = note.body;
            was = Some(old.clone());
            entry
        }
    };
    if let Some(day) = note.day.filter(|day| *day != entry.day()) {
        entry.at = noon(&state.now, day).unwrap_or(entry.at);
    }
    if let Some(notes) = note.notes {
        entry.notes = notes;
    }
    if codec::check(&entry).is_err() {
        state.notice = Some(Notice::Incomplete);
        return Vec::new();
    }
    if let Some(old) = was {
        return changed(state, old, entry, note.then);
    }
    let mut effects = stores::keep(state, entry);
    state.notice = Some(away.map_or(Notice::Kept, Notice::Away));
    if state.screen != note.then {
        effects.push(Effect::Navigate {
            screen: note.then,
            replace: true,
        });
    }
    effects
}

fn prefer(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::SetTheme(theme) => state.prefs.theme = theme,
        Event::SetMiles(miles) => state.prefs.miles = miles,
        Event::SetSunday(from) => state.prefs.from_sunday = from,
        Event::SetLanguage(language) => {
            state.prefs.language = language;
            // Read again in the new language when a screen wants them.
            state.files = strength_run::Files::None;
        }
        Event::SetCue(choice) => state.prefs.choose(choice),
        Event::SetEmergencyNumber(number) => {
            let digits: String = number
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .take(15)
                .collect();
            state.prefs.emergency_number = if digits.is_empty() {
                Prefs::default().emergency_number
            } else {
                digits
            };
        }
        Event::InstallHidden => state.prefs.install_hidden = true,
        _ => {}
    }
    serde_json::to_string(&state.prefs)
        .map(Effect::WritePrefs)
        .into_iter()
        .collect()
}

fn exchange(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Export => {
            let name = format!("footing-{}.json", state.now.day());
            vec![Effect::HandOut {
                name,
                text: backup_text(state),
            }]
        }
        Event::ImportText(text) => {
            match backup::read(&text) {
                Ok(contents) => {
                    let plan = merge::plan_merge(&state.diary, contents.entries);
                    state.import = Some(ImportPreview {
                        plan,
                        faults: contents.faults,
                    });
                    state.notice = None;
                }
                Err(error) => {
                    state.import = None;
                    state.notice = Some(Notice::ImportFailed(error));
                }
            }
            Vec::new()
        }
        Event::ImportAccept => {
            if state.storage.read_only {
                state.notice = Some(Notice::ReadOnly);
                return Vec::new();
            }
            let Some(preview) = state.import.take() else {
                return Vec::new();
            };
            let changed = preview.plan.changed.into_iter().map(|(_, new)| new);
            let entries: Vec<Entry> = preview.plan.new.into_iter().chain(changed).collect();
            state.notice = Some(Notice::Imported(entries.len()));
            stores::keep_many(state, entries)
        }
        Event::ImportCancel => {
            state.import = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The backup file of everything, damaged items and unsaved entries included; of the
/// demo there is none.
pub fn backup_text(state: &State) -> String {
    if state.demo.is_some() {
        return String::new();
    }
    let damaged: Vec<(String, String)> = state
        .storage
        .damaged
        .iter()
        .map(|d| (d.id.clone(), d.raw.clone()))
        .collect();
    backup::export(&state.diary, &damaged, &state.now.at())
}
