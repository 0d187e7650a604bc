//! Everything the app knows at a moment.

use crate::app::book::{Book, SaveState};
use crate::app::event::{Install, Release};
use crate::app::exercises::Files;
use crate::app::forms::session_form::SessionForm;
use crate::app::notice::Notice;
use crate::app::now::Now;
use crate::app::prefs::Prefs;
use crate::app::reading::Readings;
use crate::app::screen::Screen;
use crate::app::session::active::Run;
use crate::app::shown::{RulesChanged, RulesNews};
use crate::diary::Diary;
use crate::diary::backup;
use crate::diary::entry::{Absence, Entry, Kind, Plan};
use crate::diary::vocabulary::{Profile, RedFlag, Tier};
use crate::plan::precheck;
use crate::plan::precheck::Precheck;
use crate::rules::guidance::{ChangeCause, Guidance, LevelChange};
use crate::session::plan::SessionPlan;

/// Days after which confidence and fear are asked about again.
const MIND_DAYS: i64 = 7;

/// How long ago an entry may have been made to be what a form has just saved: ten minutes,
/// milliseconds.
const JUST_NOW_MS: i64 = 600_000;

/// Everything the app knows at a moment.
#[derive(Debug, Clone)]
pub struct State {
    /// Changes with everything that a view could show.
    pub revision: u64,
    /// The moment of the last event.
    pub now: Now,
    /// The diary can be shown.
    pub ready: bool,
    /// Both stores were merged: from here on entries are written.
    pub merged: bool,
    /// The demo was asked for before that: it is shown then.
    pub demo_wanted: bool,
    /// The diary that is shown: the runner's, or the demo's.
    pub book: Book,
    /// While the demo is shown: the runner's own.
    pub(in crate::app) own: Option<Box<Book>>,
    /// Changes with the diary and with the day: what hangs on them is found anew.
    pub guidance_revision: u64,
    /// What fills the window.
    pub screen: Screen,
    /// Preferences.
    pub prefs: Prefs,
    /// The exercise files.
    pub files: Files,
    /// What there is to read.
    pub readings: Readings,
    /// What to ask at an appointment that is not entered yet.
    pub questions: Vec<String>,
    /// An audio track could not be played on this phone: the screen stays on instead.
    pub track_failed: bool,
    /// Nothing sounds before the next tap: after a reload, or when a call took the sound.
    pub sound_lost: bool,
    /// The screen is kept on.
    pub wake_held: bool,
    /// A notice.
    pub notice: Option<Notice>,
    /// Where a new release stands.
    pub release: Release,
    /// How the app stands on this device.
    pub install: Install,
    /// Ids and raw texts of localStorage until the merge is done.
    pub(in crate::app) local_texts: Vec<(String, String)>,
    /// When the last tick was, milliseconds since 1970.
    pub(in crate::app) last_tick: i64,
}

impl State {
    /// Before anything was read.
    pub fn new(now: Now) -> Self {
        Self {
            revision: 0,
            now,
            ready: false,
            merged: false,
            demo_wanted: false,
            book: Book::new(Diary::default(), &now),
            own: None,
            guidance_revision: 0,
            screen: Screen::Today,
            prefs: Prefs::default(),
            files: Files::None,
            readings: Readings::default(),
            questions: Vec::new(),
            track_failed: false,
            sound_lost: false,
            wake_held: false,
            notice: None,
            release: Release::Current,
            install: Install::Unknown,
            local_texts: Vec::new(),
            last_tick: now.ms,
        }
    }

    /// All entries.
    pub fn diary(&self) -> &Diary {
        self.book.diary()
    }

    /// What today asks for.
    pub fn guidance(&self) -> &Guidance {
        self.book.guidance()
    }

    /// What other rules moved since the last start, until the runner has put it away.
    pub fn rules_changed(&self) -> Option<&RulesChanged> {
        match &self.book.rules_news {
            RulesNews::Changed(changed) => Some(changed),
            RulesNews::Unread | RulesNews::None => None,
        }
    }

    /// Whether the demo is shown.
    pub fn in_demo(&self) -> bool {
        self.own.is_some()
    }

    /// The timed session of this window.
    pub fn run(&self) -> Option<&Run> {
        self.book.session.run()
    }

    /// The same, to change it.
    pub(in crate::app) fn run_mut(&mut self) -> Option<&mut Run> {
        self.book.session.run_mut()
    }

    /// Puts an entry into the diary.
    pub(in crate::app) fn put(&mut self, entry: Entry) {
        self.book.put(entry);
    }

    /// Opens another book, and hands back the one that was open.
    pub(in crate::app) fn open(&mut self, book: Book) -> Book {
        let closed = std::mem::replace(&mut self.book, book);
        self.book.reopen();
        closed
    }

    /// What the diary asks for, when it changed or the day did.
    pub(in crate::app) fn judge_if(&mut self, new_day: bool) {
        if !self.book.judge_if(new_day, &self.now) {
            return;
        }
        self.guidance_revision += 1;
        let guidance = self.book.guidance();
        if let Some(Notice::Logged {
            severity,
            provisional,
        }) = &mut self.notice
        {
            *severity = guidance.severity.unwrap_or(0);
            *provisional = guidance.provisional;
        }
    }

    /// All saves taken together.
    pub fn save_state(&self) -> SaveState {
        self.book.save_state()
    }

    /// The standing plan.
    pub fn plan(&self) -> Option<&Plan> {
        self.diary().plan_on(self.now.day())
    }

    /// Urgent warning signs that were told of, each once: what a clinician may know of.
    pub fn urgent_flags(&self) -> Vec<RedFlag> {
        let profile = self.guidance().profile.unwrap_or(Profile::Joint);
        let mut told: Vec<RedFlag> = Vec::new();
        for flag in self
            .diary()
            .all()
            .filter(|e| !e.deleted)
            .flat_map(|e| &e.flags)
        {
            if flag.tier(profile) == Tier::Urgent && !told.contains(flag) {
                told.push(*flag);
            }
        }
        told
    }

    /// Whether a session runs, of either kind.
    pub fn in_session(&self) -> bool {
        self.book.session.is_here()
    }

    /// The change of level that days away made, unless a session came after it.
    pub fn moved_while_away(&self) -> Option<&LevelChange> {
        let change = self.guidance().history.last()?;
        let since = self.diary().sessions(change.on..).next().is_some();
        (change.cause == ChangeCause::Gap && !since).then_some(change)
    }

    /// Whether confidence and fear are to be asked about: a week after the last answer.
    pub fn mind_due(&self) -> bool {
        let today = self.now.day();
        let mut minds = self.diary().of_kind(Kind::Mind).rev();
        !minds.any(|e| (today - e.day()).num_days() < MIND_DAYS)
    }

    /// The open illness or other absence, if one stands.
    pub fn open_absence(&self) -> Option<&Entry> {
        let today = self.now.day();
        let stands = |a: &Absence| a.from <= today && a.until.is_none_or(|u| u >= today);
        let mut all = self.diary().absences();
        let open = all.find(|(_, a)| stands(a) && !a.is_one_day());
        open.map(|(entry, _)| entry)
    }

    /// Whether the diary holds these warning signs together, told of just now or today.
    pub fn holds_red_flags(&self, flags: &[RedFlag]) -> bool {
        let today = self.now.day();
        let just_now = self.now.ms - JUST_NOW_MS;
        let recent = |e: &Entry| {
            let edited = e.edited_at.map_or(0, |at| at.timestamp_millis());
            e.day() == today || backup::made_ms(e).max(edited) >= just_now
        };
        let holds = |e: &Entry| flags.iter().all(|flag| e.flags.contains(flag));
        self.diary()
            .all()
            .any(|e| !e.deleted && recent(e) && holds(e))
    }

    /// Whether the morning of that day was answered.
    pub fn morning_answered(&self, day: chrono::NaiveDate) -> bool {
        self.diary().morning_of(day).is_some()
    }

    /// A log draft for what is on the plan today, or for the running session.
    pub fn log_draft(&self) -> SessionForm {
        if let Some(run) = self.run() {
            return SessionForm::from_live(&run.record, &self.now);
        }
        match self.guidance().prescription() {
            Some(p) => {
                let plan = SessionPlan::new(p);
                let minutes = |s: u32| f64::from(s) / 60.0;
                SessionForm::blank(&self.now, Some(p.level.clone()), p.activity).with_minutes(
                    minutes(plan.run_s()),
                    minutes(plan.total_s() - plan.run_s()),
                )
            }
            None => SessionForm::blank(&self.now, None, crate::diary::vocabulary::Movement::Walk),
        }
    }

    /// What the three answers before Start lead to; without a plan, by the strictest profile.
    pub fn precheck(&self, pain: u8, limp: bool, well: bool) -> Precheck {
        let (profile, baseline) = self
            .guidance()
            .measure
            .map_or((Profile::Bone, 0), |m| (m.profile, m.baseline));
        precheck::check(profile, baseline, pain, limp, well)
    }

    /// Whether the answer for a morning asks if the pain settled within the hour: the
    /// session of the day before left pain above the usual (row A).
    pub fn asks_settled(&self, morning: chrono::NaiveDate) -> bool {
        let usual = self.guidance().measure.map_or(0, |m| m.baseline);
        let Some(before) = morning.pred_opt() else {
            return false;
        };
        let mut sessions = self.diary().sessions(before..=before);
        sessions.any(|(_, session)| session.pain_after.get() > usual)
    }
}
