//! One event in, the state changed, effects out. Pure and total.

use super::effect::Effect;
use super::event::Event;
use super::log::{LogDraft, noon};
use super::near::{self, Outcome, go};
use super::note::Note;
use super::now::Now;
use super::prefs::Prefs;
use super::screen::Screen;
use super::session::Live;
use super::state::{ImportPreview, Notice, State, Toast};
use super::stores;
use crate::domain::backup;
use crate::domain::entry::{Absence, Body, Entry, Extra, Score, SelfTest, TestResult};
use crate::domain::guidance::Prescription;
use crate::domain::keys::TestItem;
use crate::domain::live::{Act, Cue, Moment, Phase, SessionPlan, cues};
use crate::domain::{door, merge, progression};
use chrono::{Days, TimeDelta};
use uuid::Uuid;

/// Minutes of the easy walk that is offered where a run is not.
const EASY_WALK_S: u32 = 10 * 60;

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
    let day_changed = state.now.day() != now.day();
    state.now = now;
    if let Event::Tick = event {
        return tick(state, day_changed);
    }
    state.revision += 1;
    let diary_may_change = changes_diary(&event);
    let effects = handle(state, event);
    if day_changed || diary_may_change {
        state.guidance = progression::guidance(&state.diary, now.day());
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
    matches!(
        event,
        Event::Loaded(_)
            | Event::TwinRead(_)
            | Event::OtherTab { .. }
            | Event::SetupDone
            | Event::Logged(_)
            | Event::MorningAnswered(_)
            | Event::FlagsLogged(_)
            | Event::AbsenceBegan { .. }
            | Event::AbsenceEnded
            | Event::ClearanceLogged(_)
            | Event::SelfTested(_)
            | Event::Noted(_)
            | Event::Delete(_)
            | Event::Undo
            | Event::ImportAccept
    )
}

fn handle(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded(read) => {
            stores::loaded(state, &read);
            stores::take_setup(state, read.setup.as_deref());
            stores::take_live(state, read.live.as_deref());
            near::arrive(state)
        }
        Event::TwinRead(twin) => {
            let twin = twin.as_deref().map_err(|fault| *fault);
            let before = state.live.is_some();
            let mut effects = stores::merge_twin(state, twin);
            if let Ok(twin) = twin {
                stores::take_live(state, twin.live.as_deref());
            }
            if let (false, false, Some(live)) = (before, state.storage.read_only, &state.live) {
                effects.push(Effect::WriteLive(Some(live.to_json())));
            }
            effects.extend(near::arrive(state));
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
        | Event::SelfTested(_)
        | Event::Noted(_)
        | Event::Delete(_)
        | Event::Undo => write(state, event),
        Event::StartSession { level, pain } => start_session(state, level, pain),
        Event::StartWalk { pain } => {
            let walk = SessionPlan::easy_walk(EASY_WALK_S);
            begin(state, walk, false, pain)
        }
        Event::Act(act) => act_on_live(state, act),
        Event::DiscardLive => end_live(state, Screen::Today),
        Event::SetTheme(_)
        | Event::SetTones(_)
        | Event::SetVibration(_)
        | Event::SetEmergencyNumber(_)
        | Event::InstallHidden => prefer(state, event),
        Event::TryCues => {
            let mut effects = vec![Effect::PrimeSound];
            effects.push(cue(&state.prefs, Cue::Begin(Phase::Run)));
            effects
        }
        Event::Export | Event::ImportText(_) | Event::ImportAccept | Event::ImportCancel => {
            exchange(state, event)
        }
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
        let theirs = value.and_then(Live::from_json);
        let same = matches!((&theirs, &state.live), (Some(a), Some(b)) if a.id == b.id);
        if same {
            // The same session, steered from the other tab: follow it.
            state.live = theirs;
        } else if state.live.is_some() && value.is_none() {
            state.live = None;
            return vec![Effect::SessionRunning(false), Effect::WakeLock(false)];
        } else {
            state.live_elsewhere = theirs.is_some();
        }
    } else if let ("footing/prefs", Some(value)) = (key, value) {
        state.prefs = Prefs::from_json(value);
    }
    Vec::new()
}

/// Time went on: cues of a running session, and a new day.
fn tick(state: &mut State, day_changed: bool) -> Vec<Effect> {
    let before = state.last_tick;
    state.last_tick = state.now.ms;
    if day_changed {
        state.revision += 1;
        state.guidance = progression::guidance(&state.diary, state.now.day());
    }
    let Some(live) = &state.live else {
        return Vec::new();
    };
    let (was, is) = (live.at(before), live.at(state.now.ms));
    if was.running != is.running || was.index != is.index {
        state.revision += 1;
    }
    let mut effects: Vec<Effect> = cues(&was, &is)
        .into_iter()
        .map(|c| cue(&state.prefs, c))
        .collect();
    if is.over() && !was.over() {
        effects.push(Effect::WakeLock(false));
    }
    effects
}

fn cue(prefs: &Prefs, cue: Cue) -> Effect {
    Effect::Cue {
        cue,
        tone: prefs.tones,
        vibrate: prefs.vibration,
    }
}

fn start_session(state: &mut State, level: Option<String>, pain: u8) -> Vec<Effect> {
    // Only guidance makes a prescription: a paused, uncleared or resting runner has none.
    let Some(prescribed) = state.guidance.prescription() else {
        return go(Screen::Today);
    };
    let chosen: Option<Prescription> = match level {
        None => Some(prescribed.clone()),
        Some(level) => state
            .guidance
            .easier()
            .into_iter()
            .find(|p| p.level == level),
    };
    let Some(chosen) = chosen else {
        return go(Screen::Today);
    };
    begin(state, SessionPlan::new(&chosen), true, pain)
}

fn begin(state: &mut State, plan: SessionPlan, on_plan: bool, pain: u8) -> Vec<Effect> {
    if state.live.is_some() || state.live_elsewhere {
        return Vec::new();
    }
    let first = plan.segments.first().map_or(Phase::Walk, |s| s.phase);
    let live = Live {
        id: state.now.id(0).to_string(),
        plan,
        on_plan,
        started: state.now.ms,
        pain_before: pain.min(10),
        moments: Vec::new(),
    };
    let json = live.to_json();
    state.live = Some(live);
    state.last_tick = state.now.ms;
    vec![
        Effect::PrimeSound,
        Effect::WriteLive(Some(json)),
        Effect::SessionRunning(true),
        Effect::WakeLock(true),
        cue(&state.prefs, Cue::Begin(first)),
    ]
}

fn act_on_live(state: &mut State, act: Act) -> Vec<Effect> {
    let Some(live) = state.live.as_mut() else {
        return Vec::new();
    };
    live.moments.push(Moment {
        at: state.now.ms,
        act,
    });
    let running = !live.at(state.now.ms).over();
    let mut effects = vec![
        Effect::WriteLive(Some(live.to_json())),
        Effect::WakeLock(running),
    ];
    if matches!(act, Act::Resume | Act::UndoEnd) {
        effects.push(Effect::PrimeSound);
    }
    effects
}

fn end_live(state: &mut State, then: Screen) -> Vec<Effect> {
    state.live = None;
    vec![
        Effect::WriteLive(None),
        Effect::SessionRunning(false),
        Effect::WakeLock(false),
        Effect::Navigate {
            screen: then,
            replace: true,
        },
    ]
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
            state.setup = super::setup::SetupDraft::default();
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
        Event::SelfTested(answers) => {
            let items = TestItem::ALL.iter().zip(answers);
            let items = items
                .map(|(test, (passed, pain))| TestResult {
                    test: *test,
                    passed,
                    left: None,
                    right: None,
                    pain: Score::new(pain).unwrap_or_default(),
                    extra: Extra::new(),
                })
                .collect();
            let entry = blank(state, Body::SelfTest(SelfTest { items }));
            keep_and_return(state, entry)
        }
        Event::Noted(note) => noted(state, *note),
        Event::Delete(id) => delete(state, id),
        Event::Undo => undo(state),
        _ => Vec::new(),
    }
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

fn logged(state: &mut State, draft: &LogDraft) -> Vec<Effect> {
    let Ok(mut entry) = draft.entry(&state.now) else {
        state.notice = Some(Notice::Incomplete);
        return Vec::new();
    };
    let edit = draft.original.as_deref();
    if let Some(old) = edit {
        entry.edited_at = Some(later(state, old));
    }
    let day = entry.day();
    let later_session = state
        .diary
        .all()
        .any(|e| !e.deleted && e.day() > day && matches!(e.body, Body::Session(_)));
    let mut effects = stores::keep(state, entry);
    if draft.from_live {
        effects.extend(end_live(state, Screen::Today));
    } else {
        let back = if edit.is_some() {
            Screen::Diary
        } else {
            Screen::Today
        };
        effects.push(Effect::Navigate {
            screen: back,
            replace: true,
        });
    }
    // Only the latest session's verdict is known by name: an older one is just kept.
    state.notice = Some(if edit.is_some() || later_session {
        Notice::Kept
    } else {
        Notice::Logged {
            severity: 0,
            provisional: true,
        }
    });
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
    state.toast = Some(Toast { removed: old });
    // What was said about another entry no longer stands beside the removal.
    state.notice = None;
    let mut effects = stores::keep(state, entry);
    if matches!(state.screen, Screen::Edit(_)) {
        effects.push(Effect::Navigate {
            screen: Screen::Diary,
            replace: true,
        });
    }
    effects
}

fn undo(state: &mut State) -> Vec<Effect> {
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
fn noted(state: &mut State, note: Note) -> Vec<Effect> {
    let away = match &note.body {
        Body::Absence(a) => Some(a.reason),
        _ => None,
    };
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
            entry
        }
    };
    if let Some(day) = note.day.filter(|day| *day != entry.day()) {
        entry.at = noon(&state.now, day).unwrap_or(entry.at);
    }
    if let Some(notes) = note.notes {
        entry.notes = notes;
    }
    if door::check(&entry).is_err() {
        state.notice = Some(Notice::Incomplete);
        return Vec::new();
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
        Event::SetTones(on) => state.prefs.tones = on,
        Event::SetVibration(on) => state.prefs.vibration = on,
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

/// The backup file of everything, damaged items and unsaved entries included.
pub fn backup_text(state: &State) -> String {
    let damaged: Vec<(String, String)> = state
        .storage
        .damaged
        .iter()
        .map(|d| (d.id.clone(), d.raw.clone()))
        .collect();
    backup::export(&state.diary, &damaged, &state.now.at())
}
