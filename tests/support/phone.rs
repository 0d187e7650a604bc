//! A phone for stories: the app, its clock, and both stores.
#![allow(dead_code, reason = "each story uses its part of it")]

use footing::app::effect::WriteEffect;
use footing::app::event::{
    DiaryEvent, DraftEvent, IndexedDbRead, LocalRead, NavigationEvent, ReadingEvent, SessionEvent,
    StorageEvent, StoreFault, StrengthEvent,
};
use footing::app::forms::morning_form::MorningForm;
use footing::app::forms::setup_form::{SetupForm, Step};
use footing::app::reading::ReadingFile;
use footing::app::{Effect, Event, Now, State, update};
use footing::diary::vocabulary::{NamedBy, Site, Stage};
use footing::rules::guidance::Advice;
use std::collections::BTreeMap;

pub const DAY: i64 = 86_400_000;
const INJURIES: [&str; 2] = [
    include_str!("../../public/injuries/injuries.json"),
    include_str!("../../public/locales/en/injuries.json"),
];
const RUNNING_WELL: [&str; 2] = [
    include_str!("../../public/running-well/running-well.json"),
    include_str!("../../public/locales/en/running-well.json"),
];
const EXERCISES: &str = include_str!("../../public/exercises/exercises.json");
const WORDS: &str = include_str!("../../public/locales/en/exercises.json");
/// 2026-03-02, 08:00 in Berlin, a Monday.
pub const MONDAY: i64 = 1_772_434_800_000;
/// Berlin's winter, seconds east of Greenwich.
pub const WINTER: i32 = 3600;

/// A phone: the app, its clock, and both stores, which answer at once unless told not to.
pub struct Phone {
    pub state: State,
    pub ms: i64,
    pub local: BTreeMap<String, String>,
    pub indexed_db: BTreeMap<String, String>,
    pub live: Option<String>,
    pub setup: Option<String>,
    pub shown: Option<String>,
    pub prefs: Option<String>,
    /// What the disk has of a running session, where that is not what localStorage has.
    pub live_on_disk: Option<String>,
    pub fault: Option<StoreFault>,
    pub turn: u8,
    /// Seconds east of Greenwich.
    pub offset_s: i32,
}

impl Phone {
    pub fn new() -> Self {
        let mut phone = Self {
            state: State::new(now(MONDAY, 0)),
            ms: MONDAY,
            local: BTreeMap::new(),
            indexed_db: BTreeMap::new(),
            live: None,
            setup: None,
            shown: None,
            prefs: None,
            live_on_disk: None,
            fault: None,
            turn: 0,
            offset_s: WINTER,
        };
        phone.open();
        phone
    }

    /// Opens the app anew on what the stores hold.
    pub fn open(&mut self) -> Vec<Effect> {
        self.state = State::new(self.now(0));
        let pairs = |m: &BTreeMap<String, String>| m.clone().into_iter().collect::<Vec<_>>();
        let read = LocalRead {
            entries: pairs(&self.local),
            live: self.live.clone(),
            setup: self.setup.clone(),
            shown: self.shown.clone(),
            prefs: self.prefs.clone(),
            ..LocalRead::default()
        };
        // As the shell says it: what both hold is not given twice.
        let same = self.local == self.indexed_db;
        let indexed_db = IndexedDbRead {
            same,
            entries: if same {
                Vec::new()
            } else {
                pairs(&self.indexed_db)
            },
            live: self.live_on_disk.take().or(self.live.clone()),
            ..IndexedDbRead::default()
        };
        let mut effects = self.send(Event::Storage(StorageEvent::Loaded(Box::new(read))));
        let indexed_db = StorageEvent::IndexedDbRead(Ok(Box::new(indexed_db)));
        effects.extend(self.send(Event::Storage(indexed_db)));
        effects
    }

    fn now(&self, turn: u8) -> Now {
        Now {
            offset_s: self.offset_s,
            ..now(self.ms, turn)
        }
    }

    pub fn send(&mut self, event: Event) -> Vec<Effect> {
        self.turn = self.turn.wrapping_add(1);
        let now = self.now(self.turn);
        let effects = update(&mut self.state, event, now);
        for effect in &effects {
            self.obey(effect);
        }
        effects
    }

    fn obey(&mut self, effect: &Effect) {
        let answer = self.fault.map_or(Ok(()), Err);
        match effect {
            Effect::Write(WriteEffect::Entry { id, json }) => {
                if answer.is_ok() {
                    self.local.insert(id.to_string(), json.clone());
                    self.indexed_db.insert(id.to_string(), json.clone());
                }
                self.send(Event::Storage(StorageEvent::Wrote {
                    id: *id,
                    local: answer,
                    indexed_db: answer,
                }));
            }
            Effect::Write(WriteEffect::RepairLocal { id, json }) => {
                self.local.insert(id.clone(), json.clone());
            }
            Effect::Write(WriteEffect::RepairIndexedDb { items }) => {
                self.indexed_db.extend(items.iter().cloned());
            }
            Effect::Write(WriteEffect::Entries(items)) => {
                for (id, json) in items.iter().filter(|_| answer.is_ok()) {
                    self.local.insert(id.to_string(), json.clone());
                    self.indexed_db.insert(id.to_string(), json.clone());
                }
                let ids = items.iter().map(|(id, _)| *id).collect();
                self.send(Event::Storage(StorageEvent::WroteMany {
                    ids,
                    local: answer,
                    indexed_db: answer,
                }));
            }
            Effect::Write(WriteEffect::SetAside {
                id, remove: true, ..
            }) => {
                self.local.remove(id);
                self.indexed_db.remove(id);
            }
            Effect::Write(WriteEffect::Live(live)) => self.live.clone_from(live),
            Effect::WritePrefs(prefs) => self.prefs = Some(prefs.clone()),
            Effect::ReadExercises => {
                let texts = (EXERCISES.to_owned(), WORDS.to_owned());
                self.send(Event::Strength(StrengthEvent::ExercisesRead(Some(
                    Box::new(texts),
                ))));
            }
            Effect::Write(WriteEffect::Shown(shown)) => self.shown = Some(shown.clone()),
            Effect::Read(file) => {
                let [data, words] = match file {
                    ReadingFile::Injury => INJURIES,
                    ReadingFile::RunningWell => RUNNING_WELL,
                };
                let texts = Some(Box::new((data.to_owned(), words.to_owned())));
                self.send(Event::Reading(ReadingEvent::Came(*file, texts)));
            }
            Effect::Write(WriteEffect::Setup(setup)) => self.setup.clone_from(setup),
            Effect::Navigate { screen, .. } => {
                self.send(Event::Navigation(NavigationEvent::Arrived(*screen)));
            }
            _ => {}
        }
    }

    pub fn next_day(&mut self) {
        self.ms += DAY;
        self.send(Event::Tick);
    }

    pub fn pass(&mut self, seconds: i64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..seconds {
            self.ms += 1000;
            effects.extend(self.send(Event::Tick));
        }
        effects
    }

    pub fn advice(&self) -> (Advice, Option<&str>) {
        (
            self.state.guidance().advice,
            self.state.guidance().level.as_deref(),
        )
    }

    pub fn answer_morning(&mut self, pain: u8) {
        let draft = MorningForm {
            pain: Some(pain),
            ..MorningForm::default()
        };
        self.send(Event::Diary(DiaryEvent::AnswerMorning(Box::new(draft))));
    }

    /// The first questions, answered by someone whose physio allowed R1.
    pub fn set_up(&mut self) {
        self.set_up_at("R1");
    }

    /// The same, with another level.
    pub fn set_up_at(&mut self, level: &str) {
        let draft = SetupForm {
            step: Step::Summary,
            site: Some(Site::Knee),
            since: "2026-01-01".into(),
            named_by: Some(NamedBy::Clinician),
            clinician: Some(true),
            cleared: true,
            clinician_name: "Dr Vale".into(),
            clinician_level: level.into(),
            stage: Some(Stage::RunWalk),
            ..SetupForm::default()
        };
        self.send(Event::Draft(DraftEvent::Setup(Box::new(draft))));
        self.send(Event::Diary(DiaryEvent::SetUp));
        self.ms += 60_000;
    }

    /// Today's session from Start to a log where all was quiet.
    pub fn run_it(&mut self) {
        self.send(Event::Session(SessionEvent::Start {
            level: None,
            pain: 0,
        }));
        self.ms += 26 * 60 * 1000;
        self.send(Event::Tick);
        let draft = self.state.log_draft().all_quiet();
        self.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    }
}

pub fn now(ms: i64, turn: u8) -> Now {
    Now {
        ms,
        offset_s: WINTER,
        seed: [turn, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    }
}
