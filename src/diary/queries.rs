//! All entries of one runner, and what is asked of them again and again: by kind, by day,
//! what stands on a day. Asked here, never worked out anew on a screen.

use crate::diary::entry::{
    Absence, Activity, Benchmark, Body, Clearance, Entry, Kind, Morning, Plan, Session,
};
use crate::diary::vocabulary::Stage;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeBounds;
use uuid::Uuid;

/// Where an entry stands in the order of all: by its instant, then by its id.
type Place = (DateTime<Utc>, Uuid);

/// All entries, tombstones and unknown kinds included, by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diary {
    entries: BTreeMap<Uuid, Box<Entry>>,
    /// What is seen (no tombstones), in order.
    order: BTreeSet<Place>,
    /// The same by kind.
    kinds: BTreeMap<Kind, BTreeSet<Place>>,
}

/// A time of one injury: from the plan that speaks of it first until another injury's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpisodeSpan<'a> {
    /// The plan that began it, as an entry.
    pub began: &'a Entry,
    /// The latest plan of it.
    pub plan: &'a Plan,
}

/// A benchmark as it stands: what its entries say together, by its name.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingBenchmark<'a> {
    /// Its entries, the latest first; never empty.
    pub measures: Vec<(&'a Entry, &'a Benchmark)>,
    /// The stages that its entries name, each with the entry that named it first, in order.
    pub gates: Vec<(&'a Entry, Stage)>,
}

impl<'a> StandingBenchmark<'a> {
    /// Its latest entry.
    pub fn latest(&self) -> &'a Benchmark {
        self.measures[0].1
    }

    /// Whether it is met: its latest entry says so. Once met and later entered as not met, it
    /// closes every stage that it names again.
    pub fn is_met(&self) -> bool {
        self.latest().met
    }

    /// The stages that it keeps closed, every one that was named; none while it is met.
    pub fn closes(&self) -> Vec<Stage> {
        let closed = self.gates.iter().filter(|_| !self.is_met());
        let mut stages: Vec<Stage> = closed.map(|(_, stage)| *stage).collect();
        stages.sort_unstable();
        stages
    }
}

impl Diary {
    /// Puts an entry in, replacing one of the same id; returns what it replaced.
    pub fn insert(&mut self, entry: Entry) -> Option<Entry> {
        if let Some(old) = self.entries.get(&entry.id) {
            let (place, kind) = (place(old), old.body.of_kind());
            self.order.remove(&place);
            if let Some(places) = self.kinds.get_mut(&kind) {
                places.remove(&place);
            }
        }
        if !entry.deleted {
            let place = place(&entry);
            self.order.insert(place);
            let kind = entry.body.of_kind();
            self.kinds.entry(kind).or_default().insert(place);
        }
        let old = self.entries.insert(entry.id, Box::new(entry));
        old.map(|old| *old)
    }

    /// The entry of that id, tombstones included.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        self.entries.get(&id).map(|entry| &**entry)
    }

    /// Every entry, tombstones included, by id.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().map(|entry| &**entry)
    }

    /// Whether nothing at all is stored.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries, tombstones included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// What the runner sees: no tombstones, by `at`, then `id`.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.at(&self.order)
    }

    /// The same as a list.
    pub fn visible(&self) -> Vec<&Entry> {
        self.seen().collect()
    }

    /// The same of those that are wanted.
    pub fn visible_where(&self, wanted: &dyn Fn(&Entry) -> bool) -> Vec<&Entry> {
        self.seen().filter(|entry| wanted(entry)).collect()
    }

    /// What is seen of one kind, in order.
    pub fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Entry> {
        let places = self.kinds.get(&kind).into_iter();
        places.flat_map(|places| self.at(places))
    }

    fn at<'a>(&'a self, places: &'a BTreeSet<Place>) -> impl DoubleEndedIterator<Item = &'a Entry> {
        places.iter().filter_map(|(_, id)| self.get(*id))
    }

    // ------------------------------------------------------- plans and injuries

    /// Every plan, in order.
    pub fn plans(&self) -> impl DoubleEndedIterator<Item = (&Entry, &Plan)> {
        self.of_kind(Kind::Plan).filter_map(|e| {
            if let Body::Plan(plan) = &e.body {
                Some((e, plan.as_ref()))
            } else {
                None
            }
        })
    }

    /// The plan that stands on a day: the latest entered by then.
    pub fn plan_on(&self, day: NaiveDate) -> Option<&Plan> {
        let mut plans = self.plans().rev();
        plans.find(|(e, _)| e.day() <= day).map(|(_, plan)| plan)
    }

    /// The injuries up to a day, one after another: a plan that [changes] the injury begins
    /// the next.
    ///
    /// [changes]: crate::diary::entry::Injury::is_another
    pub fn episodes(&self, day: NaiveDate) -> Vec<EpisodeSpan<'_>> {
        let mut all: Vec<EpisodeSpan> = Vec::new();
        for (entry, plan) in self.plans().filter(|(e, _)| e.day() <= day) {
            match all.last_mut() {
                Some(last) if !plan.injury.is_another(&last.plan.injury) => last.plan = plan,
                _ => all.push(EpisodeSpan { began: entry, plan }),
            }
        }
        all
    }

    /// A clinician's last word on the present injury, up to a day. `None`: none was given
    /// since its plan, or it was seen before the injury began.
    pub fn standing_clearance(&self, day: NaiveDate) -> Option<(&Entry, &Clearance)> {
        let episode = self.episodes(day).pop()?;
        let began = place(episode.began);
        let (entry, clearance) = self
            .of_kind(Kind::Clearance)
            .rev()
            .filter(|e| e.day() <= day && place(e) > began)
            .find_map(|e| {
                if let Body::Clearance(c) = &e.body {
                    Some((e, c))
                } else {
                    None
                }
            })?;
        let seen = clearance.seen_on.unwrap_or_else(|| entry.day());
        (seen >= episode.plan.injury.since).then_some((entry, clearance))
    }

    // ------------------------------------------------------- what was done and felt

    /// The answers for mornings: for each the latest entered stands, on the day it speaks of.
    pub fn mornings(&self) -> BTreeMap<NaiveDate, (&Entry, &Morning)> {
        // In order: a later one takes the place of an earlier.
        self.of_kind(Kind::Morning)
            .filter_map(|e| {
                if let Body::Morning(m) = &e.body {
                    Some((m.day(e), (e, m)))
                } else {
                    None
                }
            })
            .collect()
    }

    /// The answer that stands for a morning.
    pub fn morning_of(&self, day: NaiveDate) -> Option<&Morning> {
        self.of_kind(Kind::Morning).rev().find_map(|e| {
            if let Body::Morning(m) = &e.body
                && m.day(e) == day
            {
                Some(m)
            } else {
                None
            }
        })
    }

    /// The sessions of some days, in order.
    pub fn sessions(
        &self,
        days: impl RangeBounds<NaiveDate>,
    ) -> impl DoubleEndedIterator<Item = (&Entry, &Session)> {
        let inside = move |e: &&Entry| days.contains(&e.day());
        let all = self.of_kind(Kind::Session).filter(inside);
        all.filter_map(|e| {
            if let Body::Session(session) = &e.body {
                Some((e, session.as_ref()))
            } else {
                None
            }
        })
    }

    /// Days away, in order.
    pub fn absences(&self) -> impl DoubleEndedIterator<Item = (&Entry, &Absence)> {
        self.of_kind(Kind::Absence).filter_map(|e| {
            if let Body::Absence(absence) = &e.body {
                Some((e, absence))
            } else {
                None
            }
        })
    }

    /// Cross-training, mobility, active recovery of a day, in order.
    pub fn activities_on(
        &self,
        day: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = (&Entry, &Activity)> {
        let all = self.of_kind(Kind::Activity);
        all.filter_map(move |e| {
            if let Body::Activity(activity) = &e.body
                && e.day() == day
            {
                Some((e, activity))
            } else {
                None
            }
        })
    }

    /// The benchmarks as they stand on a day, the one measured last first.
    pub fn benchmarks_on(&self, day: NaiveDate) -> Vec<StandingBenchmark<'_>> {
        let mut all: Vec<StandingBenchmark> = Vec::new();
        let entries = self.of_kind(Kind::Benchmark).rev();
        for entry in entries.filter(|e| e.day() <= day) {
            let Body::Benchmark(b) = &entry.body else {
                continue;
            };
            let known = all.iter_mut().find(|known| known.latest().name == b.name);
            let gate = b.gates_stage.map(|stage| (entry, stage));
            if let Some(known) = known {
                known.measures.push((entry, b));
                if let Some((_, stage)) = gate {
                    // The oldest are read last and stand first.
                    known.gates.retain(|(_, later)| *later != stage);
                }
                known.gates.splice(0..0, gate);
            } else {
                all.push(StandingBenchmark {
                    measures: vec![(entry, b)],
                    gates: gate.into_iter().collect(),
                });
            }
        }
        all
    }
}

fn place(entry: &Entry) -> Place {
    (entry.at.to_utc(), entry.id)
}

/// Sorts by `at`, then `id`.
pub fn in_order(list: &mut [&Entry]) {
    list.sort_unstable_by_key(|entry| place(entry));
}

impl FromIterator<Entry> for Diary {
    fn from_iter<T: IntoIterator<Item = Entry>>(iter: T) -> Self {
        let mut diary = Self::default();
        for entry in iter {
            diary.insert(entry);
        }
        diary
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::entry::{Body, Extra};

    fn entry(id: u128, at: &str) -> Entry {
        Entry {
            id: Uuid::from_u128(id),
            at: at.parse().unwrap_or_default(),
            edited_at: None,
            deleted: false,
            notes: String::new(),
            flags: Vec::new(),
            body: Body::Flag,
            extra: Extra::new(),
        }
    }

    #[test]
    fn what_is_seen_is_in_order_of_time_and_without_what_was_deleted() {
        let mut gone = entry(5, "2026-03-01T07:00:00Z");
        gone.deleted = true;
        let mut diary: Diary = [
            entry(1, "2026-03-02T09:00:00Z"),
            entry(4, "2026-03-01T08:00:00Z"),
            // The same instant in another zone: the id decides.
            entry(3, "2026-03-02T10:00:00+01:00"),
            gone,
        ]
        .into_iter()
        .collect();
        let ids = |list: Vec<&Entry>| list.iter().map(|e| e.id.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(diary.visible()), [4, 1, 3]);
        let odd = |e: &Entry| e.id.as_u128() % 2 == 1;
        assert_eq!(ids(diary.visible_where(&odd)), [1, 3]);
        assert_eq!((diary.len(), diary.is_empty()), (4, false));
        let old = diary.insert(entry(1, "2026-04-01T09:00:00Z"));
        assert_eq!(old, Some(entry(1, "2026-03-02T09:00:00Z")));
        assert_eq!((diary.len(), Diary::default().is_empty()), (4, true));
        assert_eq!(ids(diary.visible()), [4, 3, 1]);
    }

    fn read(text: &str) -> Entry {
        let text = text.replace('\'', "\"");
        crate::diary::codec::entry_from_text(&text, None).expect("an entry")
    }

    fn diary(texts: &[&str]) -> Diary {
        let numbered = texts.iter().zip(1..).map(|(text, n)| {
            let id = format!("{{'id':'00000000-0000-7000-8000-00000000000{n}',");
            read(&text.replacen('{', &id, 1))
        });
        numbered.collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn plan(at: &str, site: &str, profile: &str, since: &str) -> String {
        format!(
            "{{'kind':'plan','at':'{at}T08:00:00Z','start_stage':'rest','injury':\
             {{'profile':'{profile}','site':'{site}','side':'left','since':'{since}'}}}}"
        )
    }

    #[test]
    fn the_latest_plan_of_a_day_stands_and_another_injury_begins_an_episode() {
        let plans = [
            plan("2026-03-01", "knee", "joint", "2026-01-01"),
            // The same injury, its first day put right.
            plan("2026-03-02", "knee", "joint", "2026-01-05"),
            plan("2026-03-03", "calf", "muscle", "2026-03-03"),
            plan("2026-03-04", "calf", "bone", "2026-03-03"),
        ];
        let diary = diary(&plans.each_ref().map(String::as_str));
        assert_eq!(diary.plan_on(day("2026-02-28")), None);
        let since = |on| diary.plan_on(day(on)).map(|p| p.injury.since);
        assert_eq!(since("2026-03-01"), Some(day("2026-01-01")));
        assert_eq!(since("2026-03-02"), Some(day("2026-01-05")));
        let episodes = diary.episodes(day("2026-03-09"));
        let told: Vec<_> = episodes
            .iter()
            .map(|e| (e.began.day(), e.plan.injury.since))
            .collect();
        assert_eq!(
            told,
            [
                (day("2026-03-01"), day("2026-01-05")),
                (day("2026-03-03"), day("2026-03-03")),
                (day("2026-03-04"), day("2026-03-03")),
            ]
        );
        assert_eq!(diary.episodes(day("2026-03-02")).len(), 1);
    }

    #[test]
    fn a_clearance_is_for_the_injury_of_its_time() {
        let (knee, calf) = (
            plan("2026-03-01", "knee", "joint", "2026-01-01"),
            plan("2026-03-03", "calf", "muscle", "2026-03-03"),
        );
        let word = |at: &str, seen: &str| {
            format!(
                "{{'kind':'clearance','at':'{at}T09:00:00Z','granted':true,'by':'A','seen_on':'{seen}'}}"
            )
        };
        let one = word("2026-03-02", "2026-03-02");
        let stands = |texts: &[&str], on: &str| diary(texts).standing_clearance(day(on)).is_some();
        assert!(stands(&[&knee, &one], "2026-03-02"));
        assert!(!stands(&[&knee, &one], "2026-03-01"));
        assert!(!stands(&[&knee, &one, &calf], "2026-03-03"));
        // Seen before the injury began, it speaks of something else.
        assert!(!stands(
            &[&knee, &word("2026-03-02", "2025-12-31")],
            "2026-03-02"
        ));
    }

    #[test]
    fn a_forgotten_morning_stands_on_the_day_it_speaks_of() {
        let diary = diary(&[
            "{'kind':'morning','at':'2026-03-02T07:00:00Z','pain':1}",
            "{'kind':'morning','at':'2026-03-03T07:00:00Z','pain':2}",
            // Answered a day late, and told again.
            "{'kind':'morning','at':'2026-03-05T07:00:00Z','for':'2026-03-04','pain':3}",
            "{'kind':'morning','at':'2026-03-05T09:00:00Z','for':'2026-03-03','pain':4}",
        ]);
        let pains: Vec<_> = diary
            .mornings()
            .into_iter()
            .map(|(on, (_, m))| (on.to_string(), m.pain.get()))
            .collect();
        let told = |day: &str, pain| (format!("2026-03-0{day}"), pain);
        assert_eq!(pains, [told("2", 1), told("3", 4), told("4", 3)]);
        let of = |on| diary.morning_of(day(on)).map(|m| m.pain.get());
        assert_eq!((of("2026-03-03"), of("2026-03-05")), (Some(4), None));
    }

    #[test]
    fn a_benchmark_closes_its_stages_while_its_latest_measure_is_not_met() {
        let of = |at: &str, rest: &str| {
            format!("{{'kind':'benchmark','at':'2026-03-0{at}T07:00:00Z','name':'hops'{rest}}}")
        };
        let texts = [
            of("1", ",'gates_stage':'running'"),
            of("2", ",'met':true"),
            of("3", ",'value':3"),
            of("4", ",'gates_stage':'short-runs'"),
        ];
        let diary = diary(&texts.each_ref().map(String::as_str));
        let closes = |on: &str| {
            diary
                .benchmarks_on(day(on))
                .first()
                .map_or_else(Vec::new, StandingBenchmark::closes)
        };
        assert_eq!(closes("2026-02-28"), []);
        assert_eq!(closes("2026-03-01"), [Stage::Running]);
        assert_eq!(closes("2026-03-02"), []);
        assert_eq!(closes("2026-03-03"), [Stage::Running]);
        // As the rules have it, a stage named later closes beside the first.
        assert_eq!(closes("2026-03-04"), [Stage::ShortRuns, Stage::Running]);
    }

    #[test]
    fn what_an_edit_moves_or_deletes_is_found_where_it_stands_now() {
        let session = "{'kind':'session','at':'2026-03-02T18:00:00Z','activity':'run',\
                       'run_min':9,'walk_min':0,'pain_during':0}";
        let mut diary = diary(&[session]);
        let days = |diary: &Diary| diary.sessions(..).map(|(e, _)| e.day()).collect::<Vec<_>>();
        let on = day("2026-03-02");
        assert_eq!(days(&diary), [on]);
        assert_eq!(diary.sessions(on..=on).count(), 1);
        let mut moved = diary.seen().next().expect("it").clone();
        moved.at += chrono::TimeDelta::days(1);
        diary.insert(moved.clone());
        assert_eq!(days(&diary), [day("2026-03-03")]);
        assert_eq!(diary.sessions(on..=on).count(), 0);
        moved.deleted = true;
        diary.insert(moved);
        assert_eq!(
            (diary.seen().count(), days(&diary).len(), diary.len()),
            (0, 0, 1)
        );
    }
}
