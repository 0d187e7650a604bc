//! Stories of everything around the run, and the milestones: events in, entries out.
#![allow(clippy::unwrap_used)]

use crate::phone;
use crate::support;
use chrono::{NaiveDate, TimeDelta};
use footing::app::event::{DiaryEvent, DraftEvent, NavigationEvent, PrefsEvent, ReadingEvent};
use footing::app::forms::entry_edit;
use footing::app::forms::entry_edit::{BenchmarkForm, EntryEdit, NoteFault};
use footing::app::forms::session_form::SessionForm;
use footing::app::forms::setup_form::{Recent, SetupFault, SetupForm, Step};
use footing::app::notice::Notice;
use footing::app::prefs::Language;
use footing::app::reading::{Loading, ReadingFile, Readings};
use footing::app::today_extras::not_on;
use footing::app::{Event, Screen, backup_text};
use footing::diary::Diary;
use footing::diary::backup;
use footing::diary::entry::{
    Body, CheckIn, Entry, Extra, LadderSpec, LevelSpec, Limits, Score, Session, Strength,
    StrengthItem, StrengthSet,
};
use footing::diary::vocabulary::{AbsenceReason, Onset, Profile, RedFlag, Stage};
use footing::insights::care_team::{care_team, is_asked, next_appointment, with_question};
use footing::insights::check_in::{self, Fuel};
use footing::insights::findings::{self, Habit};
use footing::insights::low_mood::low_for_two_weeks;
use footing::insights::milestones::{Milestone, reached, ways_back};
use footing::insights::recovery::{self, RecoveryPhase};
use footing::insights::year_in_review;
use footing::plan::self_test::raises_hold;
use footing::rules::guidance::{Advice, ChangeCause, LevelChange, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use phone::{DAY, Phone};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::diaries::{any_life, day, entry, lived, morning, plan, session};

/// Someone whose physio allowed R3.
fn runner() -> Phone {
    let mut phone = Phone::new();
    phone.set_up_at("R3");
    phone
}

impl Phone {
    fn note(&mut self, body: Body) {
        self.send(Event::Diary(DiaryEvent::Edit(Box::new(EntryEdit::new(
            body,
            Screen::Care,
        )))));
    }

    fn days(&mut self, days: i64) {
        self.ms += days * DAY;
        self.send(Event::Tick);
    }

    fn today(&self) -> NaiveDate {
        self.state.now.day()
    }

    fn of_kind(&self, kind: &str) -> Vec<&Entry> {
        let all = self.state.diary().visible();
        all.into_iter().filter(|e| e.body.kind() == kind).collect()
    }

    fn log_it(&mut self) {
        let draft = self.state.log_draft().all_quiet();
        self.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    }

    fn milestones(&self) -> Vec<Milestone> {
        let all = reached(self.state.diary(), self.state.guidance());
        all.into_iter().map(|r| r.what).collect()
    }
}

#[test]
fn sessions_of_the_weeks_before_are_entered_in_a_moment_and_move_no_level() {
    let mut phone = Phone::new();
    let now = phone.state.now;
    let told = |day: &str, run: &str, pain| Recent {
        day: day.parse().unwrap(),
        run: run.into(),
        walk: String::new(),
        pain,
    };
    let mut draft = SetupForm {
        step: Step::Summary,
        site: Some(footing::diary::vocabulary::Site::Knee),
        since: "2026-01-01".into(),
        sudden: Some(true),
        clinician: Some(false),
        stage: Some(Stage::RunWalk),
        longest: "6".into(),
        days: 0b10_0101,
        weekly: "150".into(),
        ..SetupForm::default()
    };
    assert!(draft.add_recent(&told("2026-03-01", "6", 0), &now));
    assert!(draft.add_recent(&told("2026-02-27", "6,5", 2), &now));
    assert!(draft.add_recent(&told("2026-02-02", "4", 0), &now));
    // Not today, not five weeks ago, not without minutes.
    for bad in [
        told("2026-03-02", "6", 0),
        told("2026-02-01", "6", 0),
        told("2026-02-20", "", 0),
    ] {
        assert!(!draft.add_recent(&bad, &now));
    }
    draft.remove_recent(2);
    assert_eq!(draft.recent_sessions().len(), 2);
    let text = serde_json::to_string(&draft).unwrap();
    assert!(serde_json::from_str::<SetupForm>(&text).unwrap() == draft);
    phone.send(Event::Draft(DraftEvent::Setup(Box::new(draft))));
    phone.send(Event::Diary(DiaryEvent::SetUp));
    phone.open();
    let sessions = phone.of_kind("session");
    assert_eq!(sessions.len(), 2);
    assert!(
        matches!(&sessions[0].body, Body::Session(s) if s.level.is_none() && (s.run_min - 6.5).abs() < 1e-9)
    );
    let plan = phone.state.plan().unwrap();
    let days: Vec<_> = plan.days.iter().map(|d| d.key()).collect();
    assert_eq!(days, ["mon", "wed", "sat"]);
    assert_eq!(plan.weekly_minutes_before, Some(150.0));
    assert_eq!(plan.injury.onset, Some(Onset::Sudden));
    // Yesterday's run counts for the day between; the way begins where it is placed.
    assert_eq!(phone.state.guidance().standing_level.as_deref(), Some("W5"));
    assert_eq!(phone.state.guidance().ok_done, 0);
    assert!(phone.milestones().is_empty());
}

#[test]
fn a_session_half_entered_is_not_lost_on_the_way_on() {
    let draft = SetupForm {
        step: Step::Recent,
        recent_open: true,
        ..SetupForm::default()
    };
    assert_eq!(draft.fault(day(0)), Some(SetupFault::Recent));
}

#[test]
fn another_injury_is_a_new_case_with_the_old_diary_kept() {
    let mut phone = runner();
    phone.log_it();
    phone.days(1);
    phone.answer_morning(0);
    phone.days(400);
    let old = phone.state.diary().len();
    let draft = SetupForm::again(phone.state.plan().unwrap());
    assert_eq!((draft.step, draft.site), (Step::Site, None));
    let draft = SetupForm {
        site: Some(footing::diary::vocabulary::Site::Shin),
        since: phone.today().to_string(),
        ..draft
    };
    phone.send(Event::Draft(DraftEvent::Setup(Box::new(draft))));
    phone.send(Event::Diary(DiaryEvent::SetUp));
    assert_eq!(phone.state.diary().len(), old + 1);
    assert_eq!(phone.state.guidance().stage, Some(Stage::Rest));
    assert_eq!(phone.state.guidance().profile, Some(Profile::Bone));
    assert_eq!(phone.advice().0, Advice::Recover);
    // What was cleared was the other injury.
    for _ in 0..4 {
        phone.answer_morning(0);
        phone.days(1);
    }
    assert_eq!(phone.advice().0, Advice::ClearanceNeeded);
}

#[test]
fn an_illness_and_the_return() {
    let mut phone = runner();
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R3")));
    phone.send(Event::Navigation(NavigationEvent::Go(Screen::Check)));
    phone.send(Event::Diary(DiaryEvent::BeginAbsence {
        reason: AbsenceReason::Illness,
        fever: false,
    }));
    assert_eq!(phone.state.screen, Screen::Today);
    assert_eq!(
        phone.state.notice,
        Some(Notice::Away(AbsenceReason::Illness))
    );
    assert_eq!(phone.advice().0, Advice::Rest);
    phone.days(10);
    phone.send(Event::Diary(DiaryEvent::EndAbsence));
    assert_eq!(phone.state.notice, Some(Notice::Back));
    assert_eq!(phone.advice().0, Advice::Rest);
    // The third day after the last ill one, and down one for ten days without a run.
    phone.days(2);
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R2")));
}

#[test]
fn a_flare_holds_every_session_until_it_is_over() {
    let mut phone = runner();
    phone.log_it();
    phone.days(1);
    phone.answer_morning(0);
    phone.days(2);
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R3")));
    phone.send(Event::Diary(DiaryEvent::BeginAbsence {
        reason: AbsenceReason::Pain,
        fever: false,
    }));
    // A day off for pain costs no level.
    assert_eq!(phone.advice(), (Advice::Rest, Some("R3")));
    phone.days(1);
    assert_eq!(phone.advice().0, Advice::Rest);
    phone.send(Event::Diary(DiaryEvent::EndAbsence));
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R2")));
}

#[test]
fn days_away_entered_afterwards_count_the_same_and_can_be_changed() {
    let mut phone = runner();
    phone.days(3);
    let ill = |until: &str, phone: &Phone| {
        let reason = AbsenceReason::Illness;
        entry_edit::absence("2026-03-03", until, reason, true, phone.today()).unwrap()
    };
    let body = ill("2026-03-04", &phone);
    phone.note(body);
    assert_eq!(phone.advice().0, Advice::Rest);
    let id = phone.of_kind("absence")[0].id;
    phone.days(2);
    assert_eq!(phone.advice().0, Advice::RunWalk);
    let body = ill("2026-03-06", &phone);
    let change = EntryEdit {
        original: Some(id),
        ..EntryEdit::new(body, Screen::Diary)
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(change))));
    assert_eq!(phone.of_kind("absence").len(), 1);
    assert_eq!(phone.advice().0, Advice::Rest);
    let fault = |from: &str, until: &str| {
        entry_edit::absence(from, until, AbsenceReason::Holiday, false, phone.today())
    };
    assert_eq!(fault("2026-03-09", ""), Err(NoteFault::Day));
    assert_eq!(fault("2026-03-04", "2026-03-03"), Err(NoteFault::Day));
    // A fever belongs to an illness alone.
    let holiday = entry_edit::absence(
        "2026-03-04",
        "",
        AbsenceReason::Holiday,
        true,
        phone.today(),
    );
    assert!(matches!(holiday, Ok(Body::Absence(a)) if !a.fever));
}

#[test]
fn an_appointment_with_its_questions_comes_back_and_is_kept() {
    let mut phone = runner();
    let made = entry_edit::appointment(
        "Mara, physio",
        "2026-03-06",
        Some(true),
        "May I hop?",
        phone.today(),
    );
    phone.note(made.unwrap());
    assert_eq!(phone.state.screen, Screen::Care);
    assert_eq!(phone.state.notice, Some(Notice::Kept));
    let entry = phone.of_kind("appointment")[0].clone();
    let Body::Appointment(a) = &entry.body else {
        panic!("{entry:?}")
    };
    // What lies ahead is not kept yet.
    assert_eq!((a.kept, a.questions.as_str()), (None, "May I hop?"));
    phone.days(5);
    let mut kept = a.clone();
    kept.kept = Some(true);
    let change = EntryEdit {
        original: Some(entry.id),
        notes: Some("Hop on both legs first.".into()),
        ..EntryEdit::new(Body::Appointment(kept), Screen::Care)
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(change))));
    // After a restart, and in the backup.
    phone.open();
    let entry = phone.of_kind("appointment")[0];
    assert!(matches!(&entry.body, Body::Appointment(a) if a.kept == Some(true)));
    assert_eq!(entry.notes, "Hop on both legs first.");
    assert_eq!(entry.day().to_string(), "2026-03-02");
    let text = backup_text(&phone.state);
    assert!(backup::read(&text).unwrap().entries.contains(entry));
}

#[test]
fn the_care_team_is_whoever_the_diary_names() {
    let mut phone = runner();
    let with = |who: &str, date: &str| {
        let today = phone.today();
        entry_edit::appointment(who, date, Some(true), "", today).unwrap()
    };
    let (seen, next) = (
        with("Mara", "2026-03-01"),
        with("mara , physio", "2026-03-09"),
    );
    phone.note(seen);
    phone.note(next);
    let all = care_team(phone.state.diary(), phone.today());
    let names: Vec<_> = all.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["Dr Vale", "mara"]);
    assert_eq!(all[1].role, "physio");
    assert_eq!(all[1].seen, "2026-03-01".parse().ok());
    assert_eq!(all[1].next, "2026-03-09".parse().ok());
}

/// Each who is named, what they are, when they were last seen and will be next, on the
/// 5th of March.
#[test]
fn the_care_team_knows_what_was_kept_what_is_coming_and_who_agreed() {
    let appointment = |with: &str, day: u32, kept: &str| {
        format!(
            r#"{{"kind":"appointment","at":"2026-03-01T08:00:00+01:00","with":"{with}",
            "date":"2026-03-{day:02}","kept":{kept}}}"#
        )
    };
    let clearance = |by: &str, role: &str| {
        format!(
            r#"{{"kind":"clearance","at":"2026-03-03T08:00:00+01:00","granted":true,
            "by":"{by}","role":"{role}"}}"#
        )
    };
    let entries = [
        // Over and not spoken of; today and still to come.
        appointment("Ada", 4, "null"),
        appointment("Bo", 5, "null"),
        // Called off; kept today; nothing is kept before its day.
        appointment("Cleo", 9, "false"),
        appointment("Dan", 5, "true"),
        appointment("Eve", 6, "true"),
        // What is said before the comma is the name, unless the role stands by itself.
        clearance("Noor, surgeon", ""),
        clearance("Vale, Ann", "physio"),
        r#"{"kind":"benchmark","at":"2026-03-04T08:00:00+01:00","name":"Heel raises",
            "agreed_with":"Ines, coach"}"#
            .to_owned(),
    ];
    let texts: Vec<&str> = entries.iter().map(String::as_str).collect();
    let on = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day);
    let found: Vec<_> = care_team(&spelled(&texts), on(5).unwrap())
        .into_iter()
        .map(|m| (m.name, m.role, m.seen, m.next))
        .collect();
    let wanted = [
        ("Ada", "", None, None),
        ("Bo", "", None, on(5)),
        ("Cleo", "", None, None),
        ("Dan", "", on(5), None),
        ("Eve", "", None, None),
        ("Noor", "surgeon", on(3), None),
        ("Vale, Ann", "physio", on(3), None),
        ("Ines", "coach", None, None),
    ]
    .map(|(name, role, seen, next)| (name.to_owned(), role.to_owned(), seen, next));
    assert_eq!(found, wanted);
}

#[test]
fn a_benchmark_is_met_by_values_that_reach_its_target_only() {
    let agreed = BenchmarkForm {
        name: "Heel raises".into(),
        target: "20".into(),
        unit: "reps".into(),
        agreed_with: "Mara".into(),
        gates_stage: Some(Stage::ShortRuns),
        ..BenchmarkForm::default()
    };
    let measured = |left: &str, right: &str| BenchmarkForm {
        left: left.into(),
        right: right.into(),
        met: true,
        ..agreed.clone()
    };
    assert_eq!(measured("", "").body(), Err(NoteFault::BelowTarget));
    assert_eq!(measured("21", "19").body(), Err(NoteFault::BelowTarget));
    assert_eq!(measured("21", "a few").body(), Err(NoteFault::Number));
    assert!(measured("21", "20,5").body().is_ok());
    let mut phone = runner();
    phone.note(agreed.body().unwrap());
    phone.note(measured("21", "20").body().unwrap());
    phone.open();
    assert_eq!(phone.of_kind("benchmark").len(), 2);
}

#[test]
fn an_activity_is_of_its_day_and_its_pain_and_impact_count() {
    let mut phone = runner();
    let fault = |what: &str, minutes: &str, pain| entry_edit::activity(what, minutes, pain, false);
    assert_eq!(fault("", "30", Some(0)), Err(NoteFault::Name));
    assert_eq!(fault("Cycling", "0", Some(0)), Err(NoteFault::Number));
    assert_eq!(fault("Cycling", "30", None), Err(NoteFault::Nothing));
    phone.days(2);
    let ride = EntryEdit {
        day: Some("2026-03-03".parse().unwrap()),
        ..EntryEdit::new(fault("Cycling", "30", Some(0)).unwrap(), Screen::Recovery)
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(ride))));
    assert_eq!(phone.of_kind("activity")[0].day().to_string(), "2026-03-03");
    assert_eq!(phone.advice().0, Advice::RunWalk);
    phone.note(entry_edit::activity("Football", "20", Some(0), true).unwrap());
    assert_eq!(phone.advice().0, Advice::Rest);
}

#[test]
fn head_goals_and_check_ins_come_back_and_move_nothing() {
    let mut phone = runner();
    let before = phone.state.guidance().clone();
    phone.note(entry_edit::mind(Some(5), Some(10), Some(0)).unwrap());
    phone.note(entry_edit::goal("Walk to the bakery", None).unwrap());
    phone.note(entry_edit::check_in("7,5", Some(true), None).unwrap());
    assert_eq!(*phone.state.guidance(), before);
    let goal = phone.of_kind("goal")[0].id;
    let today = phone.today();
    let ticked = EntryEdit {
        original: Some(goal),
        ..EntryEdit::new(
            entry_edit::goal("Walk to the bakery", Some(today)).unwrap(),
            Screen::Mind,
        )
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(ticked))));
    phone.open();
    assert!(matches!(&phone.of_kind("goal")[0].body, Body::Goal(g) if g.done_on == Some(today)));
    assert!(
        matches!(&phone.of_kind("check-in")[0].body, Body::CheckIn(c) if c.sleep_h == Some(7.5) && c.water.is_none())
    );
    assert_eq!(entry_edit::mind(None, None, None), Err(NoteFault::Nothing));
    assert_eq!(
        entry_edit::check_in("25", None, None),
        Err(NoteFault::Number)
    );
    assert_eq!(
        entry_edit::check_in(" ", None, None),
        Err(NoteFault::Nothing)
    );
}

#[test]
fn a_form_changes_no_entry_of_another_kind() {
    let mut phone = runner();
    phone.note(entry_edit::goal("Stairs", None).unwrap());
    let wrong = EntryEdit {
        original: Some(phone.of_kind("goal")[0].id),
        ..EntryEdit::new(entry_edit::mind(Some(3), None, None).unwrap(), Screen::Mind)
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(wrong))));
    assert_eq!(phone.state.notice, Some(Notice::Incomplete));
    assert_eq!(phone.of_kind("goal").len(), 1);
    assert!(phone.of_kind("mind").is_empty());
}

#[test]
fn what_helps_now_follows_the_days() {
    let since = day(0);
    let at = |profile, n| RecoveryPhase::of(Stage::Rest, profile, since, day(n));
    assert_eq!(at(Profile::Joint, 3), RecoveryPhase::Protect);
    assert_eq!(at(Profile::Joint, 4), RecoveryPhase::Move);
    assert_eq!(at(Profile::Joint, 42), RecoveryPhase::Build);
    assert_eq!(at(Profile::Bone, 41), RecoveryPhase::Protect);
    assert_eq!(at(Profile::Bone, 42), RecoveryPhase::Build);
    let walking = RecoveryPhase::of(Stage::Walking, Profile::Joint, since, day(1));
    assert_eq!(walking, RecoveryPhase::Beside);
}

#[test]
fn a_milestone_is_taken_back_by_an_edit() {
    let mut phone = runner();
    assert_eq!(phone.milestones(), []);
    phone.log_it();
    assert_eq!(phone.milestones(), [Milestone::FirstMinute]);
    let entry = phone.of_kind("session")[0].clone();
    let mut draft = SessionForm::from_entry(&entry).unwrap();
    draft.pain_during = Some(6);
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    assert_eq!(phone.milestones(), []);
    let mut draft = SessionForm::from_entry(phone.of_kind("session")[0]).unwrap();
    draft.pain_during = Some(0);
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    assert_eq!(phone.milestones(), [Milestone::FirstMinute]);
    phone.send(Event::Diary(DiaryEvent::Delete(entry.id)));
    assert_eq!(phone.milestones(), []);
}

#[test]
fn a_step_back_that_was_taken_is_a_milestone_and_one_that_was_not_is_none() {
    // As the plan says; the level from before; the level from before, cut short.
    for (harder, taken) in [(None, true), (Some("10"), false), (Some("8"), false)] {
        let mut phone = runner();
        let mut draft = phone.state.log_draft().all_quiet();
        draft.pain_during = Some(4);
        phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
        for _ in 0..3 {
            phone.days(1);
            phone.answer_morning(0);
        }
        assert_eq!(phone.advice(), (Advice::RunWalk, Some("R2")));
        let mut draft = phone.state.log_draft().all_quiet();
        if let Some(minutes) = harder {
            draft.level = Some("R3".into());
            draft.run_min = minutes.into();
        }
        phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
        let found = phone.milestones().contains(&Milestone::StepBack);
        assert_eq!(found, taken);
    }
}

/// What is read off these sessions and changes of level, of a plan with this ladder.
fn read_off(
    ladder: Option<LadderSpec>,
    sessions: &[(usize, Session)],
    changes: &[(usize, Option<&str>, &str, ChangeCause)],
) -> Vec<(Milestone, usize)> {
    let mut begun = plan(Profile::Joint, Stage::RunWalk, None);
    begun.limits = ladder.map(|ladder| Limits {
        by: "Mara".into(),
        ladder: Some(ladder),
        ..Limits::default()
    });
    let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(begun)))];
    for (on, s) in sessions {
        let made = entry(&list, day(*on), 18, Body::Session(Box::new(s.clone())));
        list.push(made);
    }
    let diary: Diary = list.into_iter().collect();
    let mut guidance = guidance(&diary, day(60));
    let change = |(on, from, to, cause): &(usize, Option<&str>, &str, ChangeCause)| LevelChange {
        on: day(*on),
        from: from.map(str::to_owned),
        to: (*to).to_owned(),
        cause: *cause,
    };
    guidance.history = changes.iter().map(change).collect();
    let on = |date| (0..60).find(|n| day(*n) == date).unwrap();
    let found = reached(&diary, &guidance);
    found.iter().map(|r| (r.what, on(r.on))).collect()
}

#[test]
fn a_step_back_is_answered_by_the_next_session_that_runs_or_is_of_the_plan() {
    let builtin = Ladder::builtin();
    let of = |level: &str, run_min: f64| {
        let mut s = session(builtin.level(level).unwrap());
        s.run_min = run_min;
        s
    };
    let off_plan = |run_min: f64| {
        let mut s = of("W1", run_min);
        s.level = None;
        s
    };
    let down = [(5, Some("R5"), "R4", ChangeCause::Down(Rule::D))];
    let taken = |sessions: &[(usize, Session)]| {
        let found = read_off(None, sessions, &down);
        found
            .into_iter()
            .find(|(what, _)| *what == Milestone::StepBack)
            .map(|(_, on)| on)
    };
    // R4 is twelve minutes of running; a tenth more is no more.
    assert!((builtin.level("R4").unwrap().run_min() - 12.0).abs() < 1e-9);
    assert_eq!(taken(&[(6, of("R4", 13.2))]), Some(6));
    assert_eq!(taken(&[(6, of("R4", 13.3))]), None);
    // A walk off the plan is no answer; one of the plan is; a run off the plan is another.
    assert_eq!(taken(&[(6, off_plan(0.0)), (7, of("R4", 12.0))]), Some(7));
    assert_eq!(taken(&[(6, of("W3", 0.0))]), Some(6));
    assert_eq!(taken(&[(6, off_plan(5.0)), (7, of("R4", 12.0))]), None);
    // The session of the day itself came before.
    assert_eq!(taken(&[(5, of("R4", 12.0))]), None);
}

#[test]
fn levels_are_those_of_the_plan_that_stood_on_the_day() {
    let level = |id: &str, run: f64| LevelSpec {
        id: id.into(),
        run,
        walk: 1.0,
        reps: 4,
        extra: Extra::new(),
    };
    let own = LadderSpec {
        name: "Mara's".into(),
        levels: vec![level("M1", 1.0), level("M2", 2.0)],
        extra: Extra::new(),
    };
    let up = [(5, Some("M1"), "M2", ChangeCause::Up)];
    assert_eq!(read_off(Some(own), &[], &up), [(Milestone::FirstLevel, 5)]);
    assert_eq!(read_off(None, &[], &up), [], "no level that is known");
}

#[test]
fn leaving_walks_is_no_running_level_and_only_the_last_level_leads_home() {
    let up = |from, to| read_off(None, &[], &[(5, Some(from), to, ChangeCause::Up)]);
    assert_eq!(up("W1", "W2"), []);
    assert_eq!(up("R1", "R2"), [(Milestone::FirstLevel, 5)]);
    // The gate to the self-test keeps the walk's name; the last short run is only come to.
    assert_eq!(up("W5", "W5"), []);
    assert_eq!(up("C5", "C6"), [(Milestone::FirstLevel, 5)]);
    let home = [(Milestone::FirstLevel, 5), (Milestone::Running, 5)];
    assert_eq!(up("C6", "C6"), home);
}

#[test]
fn a_steady_runner_reaches_them_all_but_one() {
    let mut phone = runner();
    for _ in 0..200 {
        phone.answer_morning(0);
        if phone.advice().0.runs() {
            phone.log_it();
        }
        phone.days(1);
    }
    phone.note(entry_edit::goal("Done", None).unwrap());
    assert_eq!(phone.state.guidance().stage, Some(Stage::Running));
    let walks = [Milestone::FirstWalk, Milestone::StepBack];
    let all: Vec<_> = Milestone::ALL
        .into_iter()
        .filter(|m| !walks.contains(m))
        .collect();
    assert_eq!(phone.milestones(), all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each once, on a day from the first plan to today, whatever the order in which the
    /// entries came; what is no longer in the diary gives none; a day later, no day
    /// that was reached has moved unless an entry did.
    #[test]
    fn milestones_are_read_off_the_diary(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..60),
        cut in any::<Index>(),
    ) {
        let list = lived(profile, &start, &genes);
        let diary: Diary = list.iter().cloned().collect();
        let today = day(genes.len());
        let found = reached(&diary, &guidance(&diary, today));
        for (n, one) in found.iter().enumerate() {
            prop_assert!(found.iter().skip(n + 1).all(|other| other.what > one.what));
            prop_assert!(one.on >= day(0) && one.on <= today);
        }
        let turned: Diary = list.iter().rev().cloned().collect();
        prop_assert_eq!(&reached(&turned, &guidance(&turned, today)), &found);
        // What a day's diary had reached stays reached, on the same day, when days pass.
        let half = day(cut.index(genes.len()));
        for one in reached(&diary, &guidance(&diary, half)) {
            if matches!(one.what, Milestone::FirstWalk | Milestone::FirstMinute | Milestone::Hour | Milestone::Unbroken) {
                prop_assert!(found.contains(&one), "{one:?} of {half} is gone from {found:?}");
            }
        }
        // Without sessions and mornings nothing is reached.
        let bare: Diary = list
            .iter()
            .filter(|e| !matches!(e.body, Body::Session(_) | Body::Morning(_) | Body::SelfTest(_)))
            .cloned()
            .collect();
        prop_assert_eq!(reached(&bare, &guidance(&bare, today)), vec![]);
    }
}

impl Phone {
    fn in_the_mood(&mut self, mood: u8) {
        self.note(entry_edit::mind(Some(mood), None, None).unwrap());
    }
}

#[test]
fn two_weeks_of_low_mood_show_where_help_is_and_move_nothing() {
    let mut phone = runner();
    let low = |phone: &Phone| low_for_two_weeks(phone.state.diary(), phone.today());
    for n in 0..14 {
        assert_eq!(low(&phone), n >= 12, "day {n}");
        phone.in_the_mood(1 + u8::from(n % 2 == 0));
        phone.days(1);
    }
    phone.days(-1);
    assert!(low(&phone));
    let before = phone.state.guidance().clone();
    // A day's best answer is what counts: one even face, and nothing is said.
    phone.in_the_mood(3);
    assert!(!low(&phone));
    assert_eq!(*phone.state.guidance(), before);
    // Two low weeks with few answers are too few.
    let mut phone = runner();
    for _ in 0..4 {
        phone.in_the_mood(1);
        phone.days(4);
    }
    assert!(!low(&phone));
}

/// Mood is asked for in sessions, mornings and check-ins of the head: each counts alike,
/// a morning for the day that it speaks of. Looked at on the 14th of March.
#[test]
fn a_mood_counts_wherever_it_was_told() {
    let mind = |day: u32, mood: u8| {
        format!(r#"{{"kind":"mind","at":"2026-03-{day:02}T20:00:00+01:00","mood":{mood}}}"#)
    };
    let session = |day: u32, mood: u8| {
        format!(
            r#"{{"kind":"session","at":"2026-03-{day:02}T18:00:00+01:00","activity":"walk",
            "run_min":0,"walk_min":10,"pain_during":0,"mood":{mood}}}"#
        )
    };
    let morning = |day: u32, of: u32, mood: u8| {
        format!(
            r#"{{"kind":"morning","at":"2026-03-{day:02}T07:00:00+01:00","pain":0,
            "for":"2026-03-{of:02}","mood":{mood}}}"#
        )
    };
    let low = |more: &[String]| {
        let four = [5, 8, 11, 13].map(|day| mind(day, 2));
        let texts: Vec<&str> = four.iter().chain(more).map(String::as_str).collect();
        low_for_two_weeks(&spelled(&texts), "2026-03-14".parse().unwrap())
    };
    // The fifth answer, twelve days ago: eleven are too few.
    assert!(!low(&[]));
    assert!(low(&[mind(2, 2)]));
    assert!(low(&[session(2, 2)]));
    assert!(low(&[morning(2, 2, 2)]));
    assert!(!low(&[session(3, 2)]));
    assert!(!low(&[morning(3, 3, 2)]));
    assert!(low(&[morning(3, 2, 2)]));
    // One better face of a day is enough, wherever it was told.
    assert!(!low(&[mind(2, 2), session(8, 3)]));
    assert!(!low(&[mind(2, 2), morning(8, 8, 3)]));
    assert!(!low(&[mind(2, 2), morning(12, 8, 3)]));
}

#[test]
fn a_planned_day_that_passed_is_asked_about_once() {
    let mut phone = runner();
    phone.log_it();
    phone.days(1);
    phone.answer_morning(0);
    assert_eq!(phone.state.missed(), None, "yesterday had its session");
    phone.days(1);
    assert_eq!(phone.state.missed(), None, "yesterday was for rest");
    phone.answer_morning(0);
    phone.days(1);
    let (day, level) = phone
        .state
        .missed()
        .expect("yesterday passed without a word");
    assert_eq!(
        (day.to_string(), level.as_str()),
        ("2026-03-04".into(), "R3")
    );
    // Not asked again the day after, answered or not.
    let unanswered = phone.ms;
    phone.days(1);
    assert_eq!(phone.state.missed(), None);
    phone.ms = unanswered;
    phone.send(Event::Tick);
    let before = phone.state.guidance().clone();
    let no = EntryEdit::new(not_on(day), Screen::Today);
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(no))));
    assert_eq!(phone.state.missed(), None);
    assert_eq!(*phone.state.guidance(), before, "it moves nothing");
    assert!(phone.state.open_absence().is_none(), "nobody is away");
}

#[test]
fn only_the_days_that_suit_are_asked_about() {
    let mut phone = Phone::new();
    let mut plan = support::diaries::plan(Profile::Joint, Stage::RunWalk, Some("R3"));
    plan.no_clinician = true;
    plan.days = vec![footing::diary::vocabulary::Weekday::ALL[3]];
    phone.note(Body::Plan(Box::new(plan)));
    let mut asked = Vec::new();
    for _ in 0..14 {
        phone.days(1);
        asked.extend(phone.state.missed().map(|(day, _)| day.to_string()));
    }
    // 2026-03-02 is a Monday: the Thursdays of both weeks.
    assert_eq!(asked, ["2026-03-05", "2026-03-12"]);
    assert_eq!(phone.state.suits_next().unwrap().to_string(), "2026-03-19");
}

#[test]
fn a_session_put_off_keeps_and_can_be_taken_back() {
    let mut phone = runner();
    let before = phone.state.guidance().clone();
    let today = phone.today();
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(EntryEdit::new(
        not_on(today),
        Screen::Today,
    )))));
    assert_eq!(*phone.state.guidance(), before);
    let id = phone.state.put_off().expect("said so").id;
    assert!(phone.state.open_absence().is_none());
    phone.days(1);
    assert!(phone.state.put_off().is_none());
    assert_eq!(phone.state.missed(), None);
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R3")));
    phone.days(-1);
    phone.send(Event::Diary(DiaryEvent::Delete(id)));
    assert!(phone.state.put_off().is_none());
}

/// A check-in of a day: hours slept, enough eaten.
fn told(sleep_h: Option<f64>, food: Option<bool>) -> Body {
    Body::CheckIn(CheckIn {
        sleep_h,
        food,
        water: None,
    })
}

#[test]
fn a_short_night_before_a_new_level_suggests_the_one_before_and_changes_no_rule() {
    let mut phone = runner();
    let asked = |phone: &Phone| check_in::same_again(phone.state.diary(), phone.state.guidance());
    // Two good sessions at R3; the third would be the first at R4.
    for _ in 0..2 {
        phone.note(told(Some(5.0), None));
        assert_eq!(asked(&phone), None, "R3 is not new");
        phone.log_it();
        phone.days(1);
        phone.answer_morning(0);
        phone.days(1);
    }
    phone.answer_morning(0);
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R4")));
    assert_eq!(asked(&phone), None, "nobody said how the night was");
    let before = phone.state.guidance().clone();
    phone.note(told(Some(6.0), None));
    assert_eq!(asked(&phone), None, "six hours are not short");
    phone.ms += 60_000;
    phone.note(told(Some(5.5), None));
    let again = asked(&phone).unwrap();
    assert_eq!((&*again.level, &*again.instead_of), ("R3", "R4"));
    assert!((again.hours - 5.5).abs() < 1e-9);
    assert_eq!(
        *phone.state.guidance(),
        before,
        "the rules ask for the same"
    );
    // Once the new level was done, it is not new.
    phone.log_it();
    assert_eq!(asked(&phone), None);
}

#[test]
fn eating_too_little_on_three_days_or_a_sign_of_it_brings_the_text() {
    let mut phone = runner();
    let fuel = |phone: &Phone| check_in::fuel(phone.state.diary(), phone.today());
    for day in 0..3 {
        assert_eq!(fuel(&phone), None, "{day} days");
        phone.note(told(None, Some(false)));
        // What is put right later on the day stands.
        phone.note(told(None, Some(true)));
        phone.ms += 60_000;
        phone.note(told(None, Some(false)));
        if day < 2 {
            phone.days(1);
        }
    }
    assert_eq!(fuel(&phone), Some(Fuel::TooLittle(3)));
    phone.days(4);
    assert_eq!(fuel(&phone), Some(Fuel::TooLittle(3)));
    phone.days(1);
    assert_eq!(fuel(&phone), None, "the first lies a week back");
    for sign in [RedFlag::UnderFuelling, RedFlag::MissedPeriods] {
        let mut phone = runner();
        phone.send(Event::Diary(DiaryEvent::LogRedFlags(vec![sign])));
        assert_eq!(fuel(&phone), Some(Fuel::Sign));
        // It is a review sign: it holds levels and pauses nothing.
        assert!(
            phone
                .state
                .guidance()
                .reasons
                .iter()
                .any(|r| r.rule == Rule::X2)
        );
        assert_eq!(phone.advice(), (Advice::RunWalk, Some("R3")));
        phone.days(28);
        assert_eq!(fuel(&phone), None);
    }
}

#[test]
fn after_a_session_stretches_and_a_note_are_offered_until_one_was_done() {
    let mut phone = runner();
    let offered = |phone: &Phone| phone.state.session_to_round_off().map(|e| e.id);
    assert_eq!(offered(&phone), None);
    phone.log_it();
    let id = offered(&phone).unwrap();
    assert_eq!(phone.of_kind("session")[0].id, id);
    phone.days(1);
    assert_eq!(offered(&phone), None, "of the day alone");
    phone.days(-1);
    phone.note(entry_edit::activity("Stretching", "5", Some(0), false).unwrap());
    assert_eq!(offered(&phone), None);
    // After a painful one there is something else to read first.
    let mut phone = runner();
    let mut draft = phone.state.log_draft().all_quiet();
    draft.pain_during = Some(6);
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    assert_eq!(offered(&phone), None);
    // A word on it is enough as well.
    let mut phone = runner();
    let mut draft = phone.state.log_draft().all_quiet();
    draft.notes = "Light legs".into();
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    assert_eq!(offered(&phone), None);
}

#[test]
fn what_stands_beside_pain_is_told_in_numbers_and_only_when_there_is_enough() {
    let ladder = Ladder::builtin();
    let level = ladder.level("R1").unwrap();
    let mut list: Vec<Entry> = Vec::new();
    let mut put = |n: usize, ground: &str, tried: Option<&str>, pain: u8| {
        let mut run = session(level);
        run.surface = Some(ground.into());
        run.shoes = Some(if n < 4 { "old" } else { "new" }.into());
        run.tried = tried.map(Into::into);
        list.push(entry(&list, day(2 * n), 18, Body::Session(Box::new(run))));
        list.push(entry(
            &list,
            day(2 * n + 1),
            7,
            Body::Morning(morning(pain)),
        ));
    };
    // Hills: 3 mornings of 4 above the usual of 0; the rest: 1 of 5.
    for (n, pain) in (0..).zip([1, 2, 0, 1]) {
        put(n, "hills", None, pain);
    }
    for (n, pain) in (4..).zip([0, 0, 1, 0]) {
        put(n, "grass", Some("cadence"), pain);
    }
    put(8, "grass", None, 0);
    let book: Diary = list.iter().cloned().collect();
    let (start, end) = (day(0), day(30));
    let found = findings::findings(&book, start, end, 0);
    let of = |habit: &Habit| found.iter().find(|f| f.habit == *habit);
    let hills = of(&Habit::Surface("hills".into())).unwrap();
    assert_eq!((hills.after.higher, hills.after.all), (3, 4));
    assert_eq!((hills.otherwise.higher, hills.otherwise.all), (1, 5));
    // The old pair was worn on the same days and says the same: neither is a cause.
    let old = found.iter().find(|f| f.habit == Habit::Shoes("old".into()));
    assert_eq!(old.map(|f| f.after), Some(hills.after));
    // One of four against three of five is too near.
    assert_eq!(of(&Habit::Tried("cadence".into())), None);
    assert!(found.len() <= 3);
    // With a usual of 1 hardly a morning is above it; with three hills nothing is said.
    assert!(findings::findings(&book, start, end, 1).is_empty());
    assert!(findings::findings(&book, day(1), end, 0).is_empty());
    let pairs = findings::pairs(&book, end);
    let told: Vec<(&str, f64)> = pairs.iter().map(|p| (&*p.name, p.minutes)).collect();
    let each = level.run_min() + level.walk_min();
    assert_eq!(told, [("new", 5.0 * each), ("old", 4.0 * each)]);
    assert_eq!((pairs[1].since, pairs[1].last), (start, day(6)));
}

#[test]
fn other_training_is_planned_for_a_week_in_one_go() {
    let mut phone = runner();
    let today = phone.today();
    let days: Vec<NaiveDate> = [0, 2, 4].map(|n| today + TimeDelta::days(n)).into();
    let made = entry_edit::planned("Swimming", "20", "", &days, today).unwrap();
    let past = [today - TimeDelta::days(1)];
    let fault = entry_edit::planned("Swimming", "20", "", &past, today).err();
    assert_eq!(fault, Some(NoteFault::Day));
    let before = phone.state.guidance().clone();
    phone.send(Event::Diary(DiaryEvent::PlanActivity(
        Box::new(made.0),
        made.1,
    )));
    assert_eq!(*phone.state.guidance(), before);
    phone.open();
    let planned: Vec<NaiveDate> = phone.of_kind("activity").iter().map(|e| e.day()).collect();
    assert_eq!(planned, days);
    assert_eq!(recovery::week(phone.state.diary(), today), (0.0, 60.0));
    assert_eq!(phone.state.planned_today().len(), 1);
    phone.note(entry_edit::activity("Swimming", "25", Some(0), false).unwrap());
    phone.days(2);
    assert_eq!(
        recovery::week(phone.state.diary(), phone.today()),
        (25.0, 40.0)
    );
    phone.days(5);
    assert_eq!(
        recovery::week(phone.state.diary(), phone.today()),
        (0.0, 0.0)
    );
    // For a bone nothing is suggested that a clinician has not agreed to.
    let key = |phase, profile| recovery::week_key(phase, profile);
    for phase in [
        RecoveryPhase::Protect,
        RecoveryPhase::Move,
        RecoveryPhase::Build,
    ] {
        assert_eq!(key(phase, Profile::Bone), "bone");
        assert_eq!(key(phase, Profile::Joint), phase.key());
    }
    assert_eq!(key(RecoveryPhase::Beside, Profile::Bone), "beside");
}

#[test]
fn what_is_planned_besides_counts_for_nothing_until_it_is_done() {
    let mut phone = runner();
    let today = phone.today();
    let fault =
        |minutes: &str, date: &str| entry_edit::planned("Cycling", minutes, date, &[], today).err();
    assert_eq!(fault("30", "2026-03-01"), Some(NoteFault::Day));
    assert_eq!(fault("", "2026-03-03"), Some(NoteFault::Number));
    let before = phone.state.guidance().clone();
    let (body, on) = entry_edit::planned("Cycling", "30", "2026-03-03", &[], today).unwrap();
    phone.send(Event::Diary(DiaryEvent::PlanActivity(Box::new(body), on)));
    assert_eq!(*phone.state.guidance(), before);
    assert!(phone.state.planned_today().is_empty());
    phone.open();
    phone.days(1);
    let id = phone.state.planned_today()[0].id;
    let done = EntryEdit {
        original: Some(id),
        ..EntryEdit::new(
            entry_edit::activity("Cycling", "25", Some(1), false).unwrap(),
            Screen::Diary,
        )
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(done))));
    assert!(phone.state.planned_today().is_empty());
    let entry = phone.of_kind("activity")[0];
    assert!(
        matches!(&entry.body, Body::Activity(a) if !a.planned && (a.minutes - 25.0).abs() < 1e-9)
    );
}

#[test]
fn milestones_are_reached_anew_after_another_injury_and_the_old_ones_stay_known() {
    let mut phone = runner();
    phone.log_it();
    assert_eq!(phone.milestones(), [Milestone::FirstMinute]);
    phone.days(300);
    let mut plan = phone.state.plan().unwrap().clone();
    plan.injury.site = footing::diary::vocabulary::Site::Ankle;
    plan.injury.since = phone.today();
    phone.note(Body::Plan(Box::new(plan)));
    assert!(phone.milestones().is_empty());
    let all = ways_back(phone.state.diary(), phone.state.guidance());
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].reached[0].what, Milestone::FirstMinute);
    assert_eq!(all[0].until, phone.today().pred_opt());
    assert_eq!(all[1].until, None);
    phone.days(1);
    let draft = SessionForm {
        run_min: "2".into(),
        ..SessionForm::blank(
            &phone.state.now,
            None,
            footing::diary::vocabulary::Movement::Run,
        )
    };
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft.all_quiet()))));
    assert_eq!(phone.milestones(), [Milestone::FirstMinute]);
}

/// A joint case on a ladder of two levels: ten minutes in one piece, and twenty around a
/// minute of walking.
const OWN_LADDER: &str = r#"{"kind":"plan","at":"2026-03-01T07:00:00+01:00",
    "start_stage":"short-runs","start_level":"A1","no_clinician":true,
    "injury":{"profile":"joint","site":"knee","side":"left","since":"2025-10-01",
    "named_by":"clinician"},"limits":{"by":"Mara","ladder":{"levels":[
    {"id":"A1","run":10,"walk":0,"reps":1},{"id":"A2","run":20,"walk":1,"reps":1}]}}}"#;

/// What a session on the second day has reached by its evening.
fn reached_by(plan: &str, session: &str) -> Vec<Milestone> {
    let session = [
        r#"{"kind":"session","at":"2026-03-02T18:00:00+01:00","pain_during":0,"#,
        session,
        "}",
    ]
    .concat();
    let diary = spelled(&[plan, &session]);
    let on: NaiveDate = "2026-03-02".parse().unwrap();
    let all = reached(&diary, &guidance(&diary, on));
    all.into_iter().map(|r| r.what).collect()
}

#[test]
fn a_first_walk_has_minutes() {
    let walk = |min| format!(r#""activity":"walk","run_min":0,"walk_min":{min}"#);
    assert_eq!(reached_by(OWN_LADDER, &walk("0")), []);
    assert_eq!(reached_by(OWN_LADDER, &walk("0.5")), [Milestone::FirstWalk]);
}

/// Twenty minutes of running, a second left to the clock. Walking in between, however
/// short, is a break; a walk that was passed over is none.
#[test]
fn twenty_minutes_without_a_break_are_read_off_the_intervals() {
    let unbroken = |intervals: &[(&str, f64)]| {
        let list: Vec<String> = intervals
            .iter()
            .map(|(kind, s)| {
                format!(
                    r#"{{"kind":"{kind}","planned_s":{},"done_s":{s}}}"#,
                    s.max(60.0)
                )
            })
            .collect();
        // What the level says is not asked: the clock ran.
        let session = format!(
            r#""activity":"run-walk","level":"A2","run_min":40,"walk_min":2,"intervals":[{}]"#,
            list.join(",")
        );
        reached_by(OWN_LADDER, &session).contains(&Milestone::Unbroken)
    };
    assert!(unbroken(&[("run", 1200.0)]));
    assert!(unbroken(&[("run", 1199.0)]));
    assert!(!unbroken(&[("run", 1198.0)]));
    assert!(unbroken(&[("run", 600.0), ("run", 599.0)]));
    assert!(!unbroken(&[("run", 600.0), ("run", 598.0)]));
    assert!(unbroken(&[("run", 600.0), ("walk", 0.0), ("run", 600.0)]));
    assert!(!unbroken(&[("run", 600.0), ("walk", 1.0), ("run", 600.0)]));
    // The longest counts, wherever it stands.
    assert!(unbroken(&[("run", 60.0), ("walk", 60.0), ("run", 1200.0)]));
    assert!(unbroken(&[("run", 1200.0), ("walk", 60.0), ("run", 60.0)]));
    assert!(!unbroken(&[("walk", 1200.0)]));
}

#[test]
fn without_a_clock_twenty_minutes_are_read_off_the_level_or_a_whole_run() {
    let unbroken = |activity: &str, level: &str, run_min: &str| {
        let session = format!(r#""activity":"{activity}",{level}"run_min":{run_min},"walk_min":0"#);
        reached_by(OWN_LADDER, &session).contains(&Milestone::Unbroken)
    };
    // The level asks for twenty minutes at a time, and those were run.
    let walks = r#""level":"A2","#;
    assert!(unbroken("run-walk", walks, "30"));
    assert!(unbroken("run-walk", walks, "20"));
    assert!(!unbroken("run-walk", walks, "10"));
    // A level without walks was run in one piece, also beyond what it asks for.
    let whole = r#""level":"A1","#;
    assert!(!unbroken("run", whole, "10"));
    assert!(unbroken("run", whole, "20"));
    // Off the plan: a run is one piece, of a run-walk nothing is known.
    assert!(unbroken("run", "", "20"));
    assert!(!unbroken("run", "", "19.9"));
    assert!(!unbroken("run-walk", "", "40"));
}

/// The day of March on which ten quiet mornings were reached, as seen on a day. The plan
/// is of the 5th, before breakfast; each morning: told on, speaks of, pain.
fn tenth_morning(on: u32, mornings: &[(u32, u32, u8)]) -> Option<u32> {
    let plan = OWN_LADDER.replace("2026-03-01T", "2026-03-05T");
    let told = mornings.iter().map(|(day, of, pain)| {
        format!(
            r#"{{"kind":"morning","at":"2026-03-{day:02}T08:00:00+01:00",
            "for":"2026-03-{of:02}","pain":{pain}}}"#
        )
    });
    let entries: Vec<String> = std::iter::once(plan).chain(told).collect();
    let texts: Vec<&str> = entries.iter().map(String::as_str).collect();
    let diary = spelled(&texts);
    let on = NaiveDate::from_ymd_opt(2026, 3, on).unwrap();
    let all = reached(&diary, &guidance(&diary, on));
    let found = all.iter().find(|r| r.what == Milestone::QuietMornings);
    found.map(|r| chrono::Datelike::day(&r.on))
}

/// Quiet mornings from the day of the plan to that day, and more.
fn quiet_to(last: u32, more: &[(u32, u32, u8)]) -> Vec<(u32, u32, u8)> {
    let quiet = (5..=last).map(|day| (day, day, 0));
    quiet.chain(more.iter().copied()).collect()
}

#[test]
fn the_tenth_quiet_morning_from_the_plan_to_today_is_a_milestone() {
    assert_eq!(tenth_morning(13, &quiet_to(13, &[])), None);
    assert_eq!(tenth_morning(14, &quiet_to(14, &[])), Some(14));
    assert_eq!(tenth_morning(17, &quiet_to(17, &[])), Some(14));
    // One that hurts counts for nothing and takes none away.
    let mut hurt = quiet_to(15, &[]);
    hurt[4].2 = 1;
    assert_eq!(tenth_morning(15, &hurt), Some(15));
    // What is told of a morning before the plan belongs to no way back from it.
    assert_eq!(tenth_morning(13, &quiet_to(13, &[(13, 4, 0)])), None);
    // A morning that is not there yet counts when it is.
    let ahead = quiet_to(13, &[(14, 15, 0)]);
    assert_eq!(tenth_morning(14, &ahead), None);
    assert_eq!(tenth_morning(15, &ahead), Some(15));
}

#[test]
fn of_a_morning_told_twice_the_latest_answer_stands() {
    // The same again is one morning.
    assert_eq!(tenth_morning(13, &quiet_to(13, &[(13, 6, 0)])), None);
    assert_eq!(tenth_morning(14, &quiet_to(14, &[(14, 6, 0)])), Some(14));
    // One that is taken back, and one that hurt by mistake.
    assert_eq!(tenth_morning(14, &quiet_to(14, &[(14, 6, 1)])), None);
    assert_eq!(tenth_morning(15, &quiet_to(15, &[(15, 6, 1)])), Some(15));
    let mistaken = quiet_to(14, &[(14, 13, 1), (14, 13, 0)]);
    assert_eq!(tenth_morning(14, &mistaken), Some(14));
    // The last one, told again the same day.
    assert_eq!(tenth_morning(14, &quiet_to(14, &[(14, 14, 1)])), None);
}

/// The way of one injury ends where the plan for the next one is entered: a level-up of
/// that morning was earned before it. Each row: where the next injury is, the day on which
/// its plan is entered, and when its own first level is done.
#[test]
fn a_first_level_belongs_to_the_way_on_which_it_was_done() {
    let plan = |at: &str, site: &str, since: &str| {
        format!(
            r#"{{"kind":"plan","at":"{at}T12:00:00+01:00","start_stage":"run-walk",
            "start_level":"R1","no_clinician":true,"injury":{{"profile":"joint","site":"{site}",
            "side":"left","since":"{since}","named_by":"clinician"}}}}"#
        )
    };
    let run = |day: &str, level: &str, min: u32| {
        format!(
            r#"{{"kind":"session","at":"{day}T18:00:00+01:00","activity":"run-walk",
            "level":"{level}","run_min":{min},"walk_min":{},"pain_during":0}}"#,
            2 * min
        )
    };
    let morning =
        |day: &str| format!(r#"{{"kind":"morning","at":"{day}T07:00:00+01:00","pain":0}}"#);
    // R1 is done on the morning of the 5th. The same knee with another first day of its
    // injury is the same injury and the same way: it goes on at R2.
    for (site, again, level, min) in [
        ("ankle", "2026-03-05", "R1", 5),
        ("ankle", "2026-03-06", "R1", 5),
        ("knee", "2026-03-05", "R2", 8),
        ("knee", "2026-03-06", "R2", 8),
    ] {
        let entries = [
            plan("2026-03-01", "knee", "2025-10-01"),
            run("2026-03-02", "R1", 5),
            morning("2026-03-03"),
            run("2026-03-04", "R1", 5),
            morning("2026-03-05"),
            plan(again, site, "2025-12-01"),
            run("2026-03-07", level, min),
            morning("2026-03-08"),
            run("2026-03-09", level, min),
            morning("2026-03-10"),
        ];
        let texts: Vec<&str> = entries.iter().map(String::as_str).collect();
        let diary = spelled(&texts);
        let on: NaiveDate = "2026-03-10".parse().unwrap();
        let days: Vec<_> = ways_back(&diary, &guidance(&diary, on))
            .iter()
            .map(|way| {
                let found = way
                    .reached
                    .iter()
                    .filter(|r| r.what == Milestone::FirstLevel);
                found.map(|r| r.on.to_string()).collect::<Vec<_>>()
            })
            .collect();
        let own: &[&[&str]] = if site == "knee" {
            &[&["2026-03-05"]]
        } else {
            &[&["2026-03-05"], &["2026-03-10"]]
        };
        assert_eq!(days, own, "{site} {again}");
    }
}

#[test]
fn a_year_is_looked_back_on_once_it_has_passed() {
    let mut phone = runner();
    phone.log_it();
    let year = |phone: &Phone| year_in_review::year(phone.state.diary(), phone.state.guidance());
    phone.days(364);
    assert_eq!(year(&phone), None);
    phone.days(1);
    let seen = year(&phone).unwrap();
    // The first session lies before its first day.
    assert_eq!((seen.runs, seen.strength), (0, 0));
    phone.note(entry_edit::activity("Cycling", "25", Some(0), false).unwrap());
    let draft = SessionForm {
        run_min: "12".into(),
        walk_min: "10".into(),
        pain_during: Some(0),
        ..SessionForm::blank(
            &phone.state.now,
            None,
            footing::diary::vocabulary::Movement::RunWalk,
        )
    };
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    let seen = year(&phone).unwrap();
    assert_eq!(
        (seen.runs, seen.run_min, seen.longest_min, seen.activities),
        (1, 12.0, 12.0, 1)
    );
}

/// A diary of entries spelled out.
fn spelled(entries: &[&str]) -> Diary {
    let numbered = (1_u128..).zip(entries);
    let read = |(n, text): (u128, &&str)| {
        footing::diary::codec::entry_from_text(text, Some(uuid::Uuid::from_u128(n))).unwrap()
    };
    numbered.map(read).collect()
}

#[test]
fn a_year_counts_what_lies_in_it() {
    let plan = r#"{"kind":"plan","at":"2026-03-01T07:00:00+01:00","start_stage":"run-walk",
        "start_level":"R4","no_clinician":true,"injury":{"profile":"joint","site":"knee",
        "side":"left","since":"2025-10-01","named_by":"clinician"}}"#;
    let run = |day: &str, min: u32, walk: u32, more: &str| {
        format!(
            r#"{{"kind":"session","at":"{day}T18:00:00+01:00","activity":"run-walk","level":"R4",
            "run_min":{min},"walk_min":{walk},"pain_during":0{more}}}"#
        )
    };
    let morning = |day: &str, more: &str| {
        format!(r#"{{"kind":"morning","at":"{day}T07:00:00+01:00","pain":0{more}}}"#)
    };
    let entries = [
        plan.to_owned(),
        // The day before the year begins, and its first day.
        run("2026-03-04", 12, 12, ""),
        morning("2026-03-05", ""),
        run("2026-03-06", 12, 12, ""),
        morning("2026-03-07", ""),
        // R5 now: the second OK session of two.
        run("2026-03-08", 14, 10, r#","level":"R5""#).replace(r#""level":"R4","#, ""),
        morning("2026-03-09", r#","remembered":false"#),
        // A walk alone is no run.
        r#"{"kind":"session","at":"2026-03-10T18:00:00+01:00","activity":"walk","run_min":0,
            "walk_min":30,"pain_during":0}"#
            .to_owned(),
        // A step back, and what is noted besides.
        run("2026-03-12", 8, 6, r#","pain_during":5"#).replace(r#""pain_during":0,"#, ""),
        r#"{"kind":"strength","at":"2026-03-13T18:00:00+01:00","items":[],"pain":0}"#.to_owned(),
        r#"{"kind":"activity","at":"2026-03-14T18:00:00+01:00","what":"swim","minutes":30,"pain":0}"#
            .to_owned(),
        r#"{"kind":"activity","at":"2026-03-15T18:00:00+01:00","what":"swim","minutes":30,"pain":0,
            "planned":true}"#
            .to_owned(),
        r#"{"kind":"freedom","at":"2026-03-16T18:00:00+01:00","name":"hills","from":"2026-03-16"}"#
            .to_owned(),
        r#"{"kind":"freedom","at":"2026-03-17T18:00:00+01:00","name":"race","from":"2026-03-17"}"#
            .to_owned(),
    ];
    let texts: Vec<&str> = entries.iter().map(String::as_str).collect();
    let diary = spelled(&texts);
    // 365 days up to 2027-03-05 begin on 2026-03-06.
    let on: NaiveDate = "2027-03-05".parse().unwrap();
    let year = year_in_review::year(&diary, &guidance(&diary, on)).unwrap();
    assert_eq!(year.from.to_string(), "2026-03-06");
    assert_eq!((year.runs, year.strength, year.activities), (3, 1, 1));
    assert_eq!((year.run_min, year.walk_min), (34.0, 58.0));
    assert_eq!((year.longest_min, year.mornings), (14.0, 1));
    assert_eq!((year.up, year.down), (1, 1));
    let freedoms: Vec<&str> = year.freedoms.iter().map(|f| f.key()).collect();
    assert_eq!(freedoms, ["hills", "race"]);
}

#[test]
fn a_strength_session_can_be_changed_set_by_set() {
    let set = |reps, seconds| StrengthSet {
        reps,
        seconds,
        load_kg: None,
        side: footing::diary::vocabulary::Side::None,
        extra: footing::diary::entry::Extra::new(),
    };
    let item = |exercise: &str, sets| StrengthItem {
        pattern: exercise.into(),
        exercise: exercise.into(),
        level: 1,
        sets,
        extra: footing::diary::entry::Extra::new(),
    };
    let old = Strength {
        items: vec![
            item("squat", vec![set(Some(8), None), set(Some(9), None)]),
            item("plank", vec![set(None, Some(20.0))]),
        ],
        pain: Score::ZERO,
    };
    let typed = |texts: &[&str]| {
        texts
            .iter()
            .map(|t| ((*t).to_owned(), String::new()))
            .collect::<Vec<_>>()
    };
    let mut phone = runner();
    phone.note(Body::Strength(old.clone()));
    let id = phone.of_kind("strength")[0].id;
    let change = |texts: &[&str], pain| entry_edit::strength(&old, &typed(texts), false, pain);
    assert_eq!(change(&["8", "9,5", "20"], Some(0)), Err(NoteFault::Number));
    assert_eq!(change(&["8", "9", "20"], None), Err(NoteFault::Nothing));
    assert_eq!(change(&["", "", ""], Some(0)), Err(NoteFault::Number));
    let made = change(&["12", "", "22.5"], Some(5)).unwrap();
    let note = EntryEdit {
        original: Some(id),
        notes: Some("Counted again.".into()),
        ..EntryEdit::new(made, Screen::Diary)
    };
    phone.send(Event::Diary(DiaryEvent::Edit(Box::new(note))));
    phone.open();
    let Body::Strength(new) = &phone.of_kind("strength")[0].body else {
        panic!("no strength");
    };
    assert_eq!(new.items[0].sets, [set(Some(12), None)]);
    assert_eq!(new.items[1].sets, [set(None, Some(22.5))]);
    // Pain with strength votes as it would have when logged.
    assert_eq!(phone.advice().0, Advice::Rest);
}

#[test]
fn heel_raises_of_the_self_test_are_kept_and_have_to_match() {
    let right = footing::diary::vocabulary::Side::Right;
    let holds = |l: f64, r: f64, side| raises_hold([Some(l), Some(r)], side);
    assert!(holds(20.0, 18.0, right));
    assert!(!holds(20.0, 17.0, right));
    assert!(
        holds(17.0, 20.0, right),
        "the other side may be the weaker one"
    );
    assert!(!holds(17.0, 20.0, footing::diary::vocabulary::Side::None));
    assert!(raises_hold([Some(3.0), None], right));
    let mut phone = Phone::new();
    let mut plan = support::diaries::plan(Profile::Joint, Stage::SelfTest, None);
    plan.no_clinician = true;
    plan.injury.side = right;
    phone.note(Body::Plan(Box::new(plan)));
    phone.days(1);
    phone.send(Event::Diary(DiaryEvent::LogSelfTest {
        answers: vec![(true, 0); 8],
        raises: [Some(20.0), Some(12.0)],
    }));
    let Body::SelfTest(test) = &phone.of_kind("self-test")[0].body else {
        panic!("no test");
    };
    let raise = &test.items[4];
    assert_eq!(
        (raise.left, raise.right, raise.passed),
        (Some(20.0), Some(12.0), false)
    );
    assert_eq!(test.items.iter().filter(|i| i.passed).count(), 7);
    phone.days(1);
    phone.answer_morning(0);
    assert_eq!(phone.advice().0, Advice::Walk);
}

#[test]
fn what_there_is_to_read_is_fetched_when_it_is_looked_at() {
    let mut phone = runner();
    assert_eq!(phone.state.readings, Readings::default());
    let arrive = |screen| Event::Navigation(NavigationEvent::Arrived(screen));
    phone.send(arrive(Screen::Injury));
    let Loading::Here(page) = phone.state.readings.injury.clone() else {
        panic!("{:?}", phone.state.readings)
    };
    let site = phone.state.plan().unwrap().injury.site;
    let group = page.content.group_of(site).unwrap();
    assert_ne!(
        page.words(&format!("{}.is_1", group.id)),
        format!("{}.is_1", group.id)
    );
    assert_eq!(phone.state.readings.running_well, Loading::None);
    // Asked for once.
    assert_eq!(phone.send(arrive(Screen::Injury)), []);
    phone.send(arrive(Screen::RunningWell));
    assert!(matches!(
        phone.state.readings.running_well,
        Loading::Here(_)
    ));
    // What cannot be read is said, and asked for again on the next visit.
    for file in [ReadingFile::Injury, ReadingFile::RunningWell] {
        phone.send(Event::Reading(ReadingEvent::Came(file, None)));
    }
    assert_eq!(phone.state.readings.injury, Loading::Failed);
    phone.send(Event::Reading(ReadingEvent::Again(ReadingFile::Injury)));
    assert!(matches!(phone.state.readings.injury, Loading::Here(_)));
    phone.send(arrive(Screen::RunningWell));
    assert!(matches!(
        phone.state.readings.running_well,
        Loading::Here(_)
    ));
    // Another language has other words.
    phone.send(Event::Prefs(PrefsEvent::Language(Language::from_tag("de"))));
    assert_eq!(phone.state.readings, Readings::default());
}

#[test]
fn a_question_is_put_on_the_list_of_the_next_appointment() {
    let mut phone = runner();
    let on_list = |phone: &Phone| {
        let next = next_appointment(phone.state.diary(), phone.today());
        next.map(|(_, a)| a.questions.clone())
    };
    assert_eq!(on_list(&phone), None);
    // There is none: its form begins with the question, once, and forgets it when it is kept.
    for _ in 0..2 {
        phone.send(Event::Draft(DraftEvent::Question(
            "Do I need an MRI?".into(),
        )));
    }
    assert_eq!(phone.state.questions, ["Do I need an MRI?"]);
    let date = "2026-03-06";
    let questions = phone.state.questions.join("\n");
    let made = entry_edit::appointment("Mara", date, None, &questions, phone.today());
    phone.note(made.unwrap());
    assert!(phone.state.questions.is_empty());
    // A later one does not come first.
    let later = entry_edit::appointment("Dr Lind", "2026-03-20", None, "", phone.today());
    phone.note(later.unwrap());
    assert_eq!(on_list(&phone).as_deref(), Some("Do I need an MRI?"));
    for _ in 0..2 {
        let (entry, a) = next_appointment(phone.state.diary(), phone.today()).unwrap();
        let asked = with_question(a, "Where do I begin?");
        assert!(is_asked(&asked, "Where do I begin?"));
        let change = EntryEdit {
            original: Some(entry.id),
            ..EntryEdit::new(Body::Appointment(asked), Screen::Injury)
        };
        phone.send(Event::Diary(DiaryEvent::Edit(Box::new(change))));
        phone.days(1);
    }
    let twice = "Do I need an MRI?\nWhere do I begin?";
    assert_eq!(on_list(&phone).as_deref(), Some(twice));
    // Once its day is over it is asked whether it was kept; the next one is the later.
    phone.days(10);
    assert_eq!(on_list(&phone).as_deref(), Some(""));
}

#[test]
fn a_card_on_running_well_comes_with_the_middle_of_the_levels() {
    let mut phone = runner();
    assert_eq!(phone.state.running_card(), None);
    let mut plan = phone.state.plan().unwrap().clone();
    plan.start_stage = Stage::RunWalk;
    plan.start_level = Some("R6".into());
    phone.note(Body::Plan(Box::new(plan)));
    let level = phone.state.guidance().standing_level.clone();
    assert_eq!(level.as_deref(), Some("R6"));
    assert_eq!(phone.state.running_card(), Some("posture"));
    phone.days(7);
    assert_eq!(phone.state.running_card(), Some("cadence"));
}
