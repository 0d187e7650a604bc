//! Numbers over time, each as a picture with one sentence, values to read and a table.

use crate::formats::plot::{Mark, Slots, line, steps};
use crate::formats::svg::{Scale, ticks};
use crate::insights::overview;
use crate::insights::overview::{Mean, Overview, Slot, Span, Unit};
use crate::insights::symmetry;
use crate::insights::symmetry::{Sides, What};
use crate::rules::guidance::LevelChange;
use crate::shell::{self, calendar, format};
use crate::thresholds::ladder::Ladder;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{head, minutes, tap, title};
use crate::ui::widgets::fields::{Choice, radios};
use crate::ui::widgets::plot::{Column, Pen, Plot, Table, view as plot};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::rc::Rc;

/// Heights of what stands above and below a pane's values.
const TOP: f64 = 26.0;
const FOOT: f64 = 24.0;

/// Everything that is shown.
struct Seen {
    by: Overview,
    weekly: Overview,
    history: Vec<LevelChange>,
    ladder: Ladder,
    sides: Vec<Sides>,
    /// Pain during up to which a session is quiet; the usual of mornings.
    limits: (u8, u8),
    today: NaiveDate,
}

impl Seen {
    fn of(s: &crate::app::State, span: Span) -> Self {
        let today = s.now.day();
        let limits = match &s.guidance().measure {
            Some(m) => (overview::tolerated_pain(m), m.baseline),
            None => (0, 0),
        };
        let sunday = s.prefs.from_sunday;
        let of = |least| Overview::of(s.diary(), today, span, (least, sunday), limits.0);
        let by = of(Unit::Day);
        let from = by.slots.first().map_or(today, |s| s.from);
        Self {
            weekly: of(Unit::Week),
            history: s
                .guidance()
                .history
                .iter()
                .filter(|c| c.moves())
                .cloned()
                .collect(),
            ladder: s.plan().map_or_else(Ladder::builtin, Ladder::of),
            sides: symmetry::latest(s.diary(), from, today),
            by,
            limits,
            today,
        }
    }
}

impl Seen {
    /// Nothing was logged in the stretch.
    fn empty(&self) -> bool {
        let quiet = |s: &Slot| s.sessions == 0 && s.pain().is_none();
        self.by.slots.iter().all(quiet)
    }
}

/// The screen.
pub fn view(app: App) -> AnyView {
    let span = RwSignal::new(Span::FourWeeks);
    let changes = app.memo(|s| overview::stamp(s.diary(), s.now.day()));
    // Summed up once for all six.
    let once = StoredValue::new_local(None);
    let seen = move || -> Rc<Seen> {
        let key = (changes.get(), span.get());
        if let Some((_, seen)) = once.get_value().filter(|(of, _)| *of == key) {
            return seen;
        }
        let seen = Rc::new(app.peek(|s| Seen::of(s, key.1)));
        once.set_value(Some((key, seen.clone())));
        seen
    };
    // One picture a turn: none of them keeps a tap waiting.
    let plots: [fn(App, &Seen) -> AnyView; 6] =
        [pain_and_load, weekly, levels, both_sides, mind, kept];
    let there = RwSignal::new(1_usize);
    let plots = (0..)
        .zip(plots)
        .map(|(n, one)| {
            let ready = crate::ui::context::memo(move || there.get() > n);
            move || {
                let seen = ready.get().then(seen)?;
                match (seen.empty(), n) {
                    (false, _) => Some(one(app, &seen)),
                    (true, 0) => Some(
                        view! {
                            <p class="empty" data-t="progress-empty">{t("progress.empty")}</p>
                        }
                        .into_any(),
                    ),
                    _ => None,
                }
            }
        })
        .collect_view();
    more(there);
    view! {
        {head(t("progress.over").into_any(), title(t("screen.progress")))}
        {spans(span, there)}
        {plots}
    }
    .into_any()
}

/// The next picture, when the one before has been drawn; none once the screen has gone.
fn more(there: RwSignal<usize>) {
    shell::clock::after(0, move || {
        if let Some(n) = there.try_get_untracked().filter(|n| *n < 6) {
            there.set(n + 1);
            more(there);
        }
    });
}

/// Milliseconds by which a tap has been answered on the screen.
const ANSWERED_MS: u32 = 20;

fn spans(span: RwSignal<Span>, there: RwSignal<usize>) -> AnyView {
    let pick = move |one| {
        shell::clock::after(ANSWERED_MS, move || {
            if there.try_set(1).is_none() {
                span.set(one);
                more(there);
            }
        });
    };

    let choices = Span::ALL
        .iter()
        .map(|&one| -> Choice {
            let picked = derive(move || span.get() == one);
            let id = ["span-", one.key()].concat();
            (id, tk("span.", one.key()), picked, tap(move || pick(one)))
        })
        .collect();
    radios("span", t("progress.span"), None, "choices spans", choices)
}

/// The room of a drawing: as wide as the page gives, with room for the letters at the left.
struct Room {
    width: f64,
    left: f64,
    letter: f64,
}

impl Room {
    fn new() -> Self {
        let (page, letters) = shell::page::size();
        let letter = (letters / 16.0).clamp(0.75, 2.5);
        // The page's edges and the card's.
        let width = (page.min(38.0 * letters) - 66.0).max(200.0);
        Self {
            width,
            left: 32.0 * letter,
            letter,
        }
    }

    fn slots(&self, count: usize) -> Slots {
        Slots::new(self.left, self.width - self.left - 4.0, count)
    }

    /// The lines of a scale, their figures, and what they measure.
    fn scale(&self, pen: &mut Pen, scale: &Scale, marks: &[f64], words: &str) {
        for &m in marks {
            let y = scale.y(m);
            pen.line("grid", (self.left, y), (self.width, y));
            let place = (self.left - 6.0, y + 4.0 * self.letter);
            pen.words("axis end", place, &format::number(m));
        }
        let top = marks.last().map_or(0.0, |m| scale.y(*m));
        pen.words("axis", (0.0, top - 12.0), words);
    }

    /// Names of slots below.
    fn days(&self, pen: &mut Pen, by: &Overview, y: f64) {
        let slots = self.slots(by.slots.len());
        // The last one is moved inwards: room for that, too.
        for at in slots.labelled(74.0 * self.letter) {
            let x = slots.middle(at).max(self.left + 18.0 * self.letter);
            let x = x.min(self.width - 24.0 * self.letter);
            let words = by.slots.get(at).map(|s| short(by.unit, s));
            pen.words("axis mid", (x, y), &words.unwrap_or_default());
        }
    }
}

/// A slot, short.
fn short(unit: Unit, slot: &Slot) -> String {
    match unit {
        Unit::Day | Unit::Week => format::short_date(slot.from),
        Unit::Month | Unit::Quarter => calendar::month(slot.from),
        Unit::Year => year(slot.from),
    }
}

/// A slot, by its full name.
fn long(unit: Unit, slot: &Slot) -> String {
    match unit {
        Unit::Day => format::weekday_date(slot.from),
        Unit::Week => tf("plot.week", &[("day", &format::short_date(slot.from))]),
        Unit::Month => calendar::month(slot.from),
        Unit::Quarter => [calendar::month(slot.from), calendar::month(slot.to)].join(" – "),
        Unit::Year => year(slot.from),
    }
}

fn year(day: NaiveDate) -> String {
    chrono::Datelike::year(&day).to_string()
}

fn whole(value: f64) -> String {
    format::number(value.round())
}

fn score(value: Option<u8>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn tenth(value: Mean) -> String {
    value.get().map_or_else(String::new, format::number)
}

fn column(shape: &'static str, key: &str) -> Column {
    Column {
        shape,
        words: t(key),
    }
}

fn table(by: &Overview, columns: Vec<Column>, cells: &dyn Fn(&Slot) -> Vec<String>) -> Table {
    let rows = by.slots.iter().map(|s| (long(by.unit, s), cells(s)));
    Table {
        caption: tk("plot.by_", by.unit.key()),
        corner: t("plot.when"),
        columns,
        rows: rows.collect(),
        list: false,
    }
}

fn places(slots: &Slots, y: f64) -> Vec<(f64, f64)> {
    (0..slots.len()).map(|n| (slots.middle(n), y)).collect()
}

/// How many slots a line goes over without a value: a session every third day is one line.
fn bridge(unit: Unit) -> usize {
    if unit == Unit::Day { 6 } else { 1 }
}

/// Bars of minutes, running below and walking above it.
fn bars(pen: &mut Pen, slots: &Slots, scale: &Scale, by: &[(f64, f64)]) {
    let wide = (slots.step() * 0.68).max(1.5);
    for (n, (run, walk)) in by.iter().enumerate() {
        let x = slots.middle(n) - wide / 2.0;
        let (run, walk) = (scale.len(*run), scale.len(*walk));
        let base = scale.y(0.0);
        pen.rect("bar-run", (x, base - run), (wide, run));
        // The outline is drawn inside its bar: no stroke reaches into the run below it.
        let edge = if wide > 6.0 { 1.0 } else { 0.5 };
        let class = if wide > 6.0 {
            "bar-walk"
        } else {
            "bar-walk thin"
        };
        let inner = (wide - 2.0 * edge, walk - 2.0 * edge - 1.0);
        pen.rect(class, (x + edge, base - run - walk + edge), inner);
    }
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

/// Pain above, minutes below, on one line of days.
fn pain_and_load(_: App, s: &Seen) -> AnyView {
    let room = Room::new();
    let by = &s.by;
    let slots = room.slots(by.slots.len());
    let mut pen = Pen::default();
    let top = TOP * room.letter;
    let pain = Scale::new(10.0, top, 100.0);
    let (limit, usual) = s.limits;
    // Above the runner's own limit.
    let above = pain.y(f64::from(limit));
    let size = (room.width - room.left, above - top);
    pen.rect("band", (room.left, top), size);
    room.scale(&mut pen, &pain, &[0.0, 5.0, 10.0], &t("plot.pain_axis"));
    pen.line("limit", (room.left, above), (room.width, above));
    let words = tf("plot.limit", &[("limit", &limit.to_string())]);
    pen.words("axis end", (room.width - 2.0, above - 5.0), &words);
    if usual > 0 && usual != limit {
        let y = pain.y(f64::from(usual));
        pen.line("usual", (room.left, y), (room.width, y));
    }
    let at = |value: Option<u8>, n: usize| value.map(|v| (slots.middle(n), pain.y(v.into())));
    let of = |read: fn(&Slot) -> Option<u8>| {
        let points = by.slots.iter().enumerate();
        points.map(|(n, s)| at(read(s), n)).collect::<Vec<_>>()
    };
    let (during, morning) = (of(|s| s.during), of(|s| s.morning));
    let r = (slots.step() * 0.34).clamp(2.0, 4.2);
    pen.path("pain-morning", &line(&morning, bridge(by.unit)));
    pen.marks("mark-morning", Mark::Circle, r, &morning);
    pen.path("pain-during", &line(&during, bridge(by.unit)));
    pen.marks("mark-during", Mark::Diamond, r, &during);
    let base = top + 100.0 + 38.0 * room.letter;
    let ends = ticks(most(by.slots.iter().map(|s| s.run_min + s.walk_min)), 3);
    let load = Scale::new(ends.last().copied().unwrap_or(1.0), base, 84.0);
    room.scale(&mut pen, &load, &ends, &t("plot.minutes_axis"));
    let both: Vec<_> = by.slots.iter().map(|s| (s.run_min, s.walk_min)).collect();
    bars(&mut pen, &slots, &load, &both);
    let bottom = base + 84.0;
    room.days(&mut pen, by, bottom + 16.0 * room.letter);
    let size = (room.width, bottom + FOOT * room.letter);
    let sum = |read: fn(&Slot) -> f64| minutes(by.slots.iter().map(read).sum::<f64>().round());
    let worst = |read: fn(&Slot) -> Option<u8>| {
        let worst = by.slots.iter().filter_map(read).max();
        worst.map_or_else(|| "–".to_owned(), |v| v.to_string())
    };
    let above: u32 = by.slots.iter().map(|s| s.above).sum();
    let says = [
        tf(
            "progress.load_says",
            &[
                ("run", &sum(|s| s.run_min)),
                ("walk", &sum(|s| s.walk_min)),
                ("during", &worst(|s| s.during)),
                ("morning", &worst(|s| s.morning)),
            ],
        ),
        tf(
            "progress.above",
            &[("limit", &limit.to_string()), ("count", &above.to_string())],
        ),
    ];
    let columns = vec![
        column("run", "progress.run"),
        column("walk", "progress.walk"),
        column("diamond", "progress.during"),
        column("morning", "progress.morning"),
    ];
    let cells = |s: &Slot| {
        vec![
            whole(s.run_min),
            whole(s.walk_min),
            score(s.during),
            score(s.morning),
        ]
    };
    plot(Plot {
        id: "load",
        heading: t("progress.load"),
        says: says.join(" "),
        size,
        svg: pen.svg(size),
        places: places(&slots, 0.0),
        start: by.slots.len(),
        timed: true,
        table: table(by, columns, &cells),
    })
}

/// Running minutes a week against the longest run of thirty days.
fn weekly(_: App, s: &Seen) -> AnyView {
    let room = Room::new();
    let by = &s.weekly;
    let slots = room.slots(by.slots.len());
    let weeks = |s: &Slot| {
        if by.unit == Unit::Week {
            1.0
        } else {
            days(s) / 7.0
        }
    };
    let week = |s: &Slot| (s.run_min / weeks(s), s.walk_min / weeks(s));
    let both: Vec<_> = by.slots.iter().map(week).collect();
    let highest = most(both.iter().map(|(run, walk)| run + walk));
    let ends = ticks(highest.max(most(by.slots.iter().map(|s| s.longest))), 4);
    let top = TOP * room.letter;
    let scale = Scale::new(ends.last().copied().unwrap_or(1.0), top, 130.0);
    let mut pen = Pen::default();
    room.scale(&mut pen, &scale, &ends, &t("plot.minutes_axis"));
    bars(&mut pen, &slots, &scale, &both);
    let longest: Vec<_> = by
        .slots
        .iter()
        .enumerate()
        .map(|(n, s)| (s.longest > 0.0).then(|| (slots.middle(n), scale.y(s.longest))))
        .collect();
    pen.path("longest", &line(&longest, 0));
    pen.marks(
        "mark-longest",
        Mark::Diamond,
        (slots.step() * 0.3).clamp(2.0, 4.5),
        &longest,
    );
    let bottom = top + 130.0;
    room.days(&mut pen, by, bottom + 16.0 * room.letter);
    let size = (room.width, bottom + FOOT * room.letter);
    let last = by.slots.last();
    let total: f64 = by.slots.iter().map(|s| s.run_min).sum();
    let all: f64 = by.slots.iter().map(|s| days(s) / 7.0).sum();
    let says = tf(
        "progress.weekly_says",
        &[
            ("longest", &minutes(last.map_or(0.0, |s| s.longest).round())),
            ("week", &minutes((total / all.max(1.0)).round())),
        ],
    );
    let columns = vec![
        column("run", "progress.run_week"),
        column("walk", "progress.walk_week"),
        column("diamond", "progress.longest"),
        column("", "progress.sessions"),
    ];
    let cells = |s: &Slot| {
        let (run, walk) = week(s);
        vec![
            whole(run),
            whole(walk),
            whole(s.longest),
            s.sessions.to_string(),
        ]
    };
    plot(Plot {
        id: "weekly",
        heading: t("progress.weeks"),
        says,
        size,
        svg: pen.svg(size),
        places: places(&slots, 0.0),
        start: by.slots.len(),
        timed: true,
        table: table(by, columns, &cells),
    })
}

#[allow(clippy::cast_precision_loss)] // days
fn days(s: &Slot) -> f64 {
    s.days() as f64
}

/// The level, step by step, each with its reason.
fn levels(_: App, s: &Seen) -> AnyView {
    let from = s.by.slots.first().map_or(s.today, |slot| slot.from);
    // The one that stood when the stretch began, and all since.
    let before = s.history.iter().rposition(|c| c.on <= from);
    let shown = s.history.get(before.unwrap_or(0)..).unwrap_or_default();
    if shown.is_empty() {
        return ().into_any();
    }
    let room = Room::new();
    let top = TOP * room.letter;
    let index = |id: &str| s.ladder.index(id).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)] // levels and days
    let scale = Scale::new(s.ladder.last() as f64, top, 150.0);
    #[allow(clippy::cast_precision_loss)]
    let place = |c: &LevelChange| {
        let (begin, whole) = (room.left, room.width - room.left - 6.0);
        let days = (s.today - from).num_days().max(1) as f64;
        let x = begin + (c.on - from).num_days().max(0) as f64 / days * whole;
        (x, scale.y(index(&c.to) as f64))
    };
    let mut pen = Pen::default();
    let mut below = f64::MAX;
    for (n, level) in s.ladder.levels().iter().enumerate() {
        let first = n == 0 || s.ladder.at(n - 1).is_none_or(|l| l.stage != level.stage);
        #[allow(clippy::cast_precision_loss)]
        let y = scale.y(n as f64);
        if (first || n == s.ladder.last()) && below - y > 14.0 * room.letter {
            pen.line("grid", (room.left, y), (room.width, y));
            pen.words(
                "axis end",
                (room.left - 6.0, y + 4.0 * room.letter),
                &level.id,
            );
            below = y;
        }
    }
    pen.words("axis", (0.0, top - 12.0), &t("progress.level"));
    let points: Vec<_> = shown.iter().map(place).collect();
    pen.path("level-line", &steps(&points, room.width - 2.0));
    for (change, point) in shown.iter().zip(&points) {
        let (class, mark) = crate::ui::screens::journey::mark(change.cause);
        pen.marks(class, mark, 4.5, &[Some(*point)]);
    }
    let bottom = top + 150.0;
    room.days(&mut pen, &s.by, bottom + 18.0 * room.letter);
    let size = (room.width, bottom + FOOT * room.letter);
    let since = shown.get(1..).unwrap_or_default();
    let count = |up: bool| {
        let moved = |c: &&LevelChange| {
            let was = c.from.as_deref().map_or(0, index);
            if up {
                index(&c.to) > was
            } else {
                index(&c.to) < was
            }
        };
        since.iter().filter(moved).count().to_string()
    };
    let level = |c: Option<&LevelChange>| c.map_or_else(String::new, |c| c.to.clone());
    let says = tf(
        "progress.level_says",
        &[
            ("from", &level(shown.first())),
            ("to", &level(shown.last())),
            ("up", &count(true)),
            ("down", &count(false)),
        ],
    );
    let rows = shown
        .iter()
        .map(|c| {
            (
                format::long_date(c.on),
                vec![c.to.clone(), crate::ui::screens::journey::told(c)],
            )
        })
        .collect();
    plot(Plot {
        id: "levels",
        heading: t("progress.levels"),
        says,
        size,
        svg: pen.svg(size),
        start: points.len(),
        places: points,
        timed: true,
        table: Table {
            caption: t("progress.levels"),
            corner: t("plot.when"),
            columns: vec![column("", "progress.level"), column("", "progress.why")],
            rows,
            list: false,
        },
    })
}

/// What was measured on both sides, in words.
pub(super) fn measured(what: &What) -> String {
    match what {
        What::Pattern(key) => tk("sides.", key),
        What::Test(item) => tk("test.", item.key()),
        What::Benchmark(name) => name.clone(),
    }
}

/// The unit that it was measured in, in words.
pub(super) fn unit(sides: &Sides) -> String {
    match sides.unit.as_str() {
        "" => String::new(),
        "reps" | "s" | "kg" => tk("sides.unit_", &sides.unit),
        own => own.to_owned(),
    }
}

/// Left against right: what was measured on both sides.
fn both_sides(_: App, s: &Seen) -> AnyView {
    let Some(worst) = s
        .sides
        .iter()
        .min_by(|a, b| a.balance().0.total_cmp(&b.balance().0))
    else {
        let none = view! { <p class="small" data-t="sides-none">{t("progress.sides_none")}</p> };
        return crate::ui::widgets::controls::card(t("progress.sides"), none.into_any());
    };
    let room = Room::new();
    let line = 18.0 * room.letter;
    let row = line + 34.0;
    let mut pen = Pen::default();
    let mut at = Vec::new();
    let mut y = 4.0;
    for sides in &s.sides {
        pen.words("axis name", (0.0, y + line - 4.0), &measured(&sides.what));
        let most = sides.left.max(sides.right).max(0.01);
        let wide = |value: f64| value.max(0.0) / most * (room.width - room.left);
        pen.rect("bar-left", (room.left, y + line), (wide(sides.left), 10.0));
        pen.rect(
            "bar-right",
            (room.left + 1.0, y + line + 14.0),
            (wide(sides.right) - 2.0, 8.0),
        );
        pen.words(
            "axis end",
            (room.left - 6.0, y + line + 10.0),
            &t("sides.short_left"),
        );
        pen.words(
            "axis end",
            (room.left - 6.0, y + line + 24.0),
            &t("sides.short_right"),
        );
        at.push((room.width / 2.0, y + row / 2.0));
        y += row;
    }
    let size = (room.width, y);
    let percent = |sides: &Sides| format::number((sides.balance().0 * 100.0).round());
    let says = tf(
        if worst.balance().1 {
            "progress.sides_left"
        } else {
            "progress.sides_right"
        },
        &[
            ("what", &measured(&worst.what)),
            ("percent", &percent(worst)),
        ],
    );
    let value = |sides: &Sides, value: f64| {
        [format::number(value), unit(sides)]
            .join(" ")
            .trim()
            .to_owned()
    };
    let rows = s
        .sides
        .iter()
        .map(|x| {
            let cells = vec![
                value(x, x.left),
                value(x, x.right),
                percent(x),
                format::short_date(x.on),
            ];
            (measured(&x.what), cells)
        })
        .collect();
    plot(Plot {
        id: "sides",
        heading: t("progress.sides"),
        says,
        size,
        svg: pen.svg(size),
        places: at,
        start: 0,
        timed: false,
        table: Table {
            caption: t("progress.sides"),
            corner: t("sides.what"),
            columns: vec![
                column("left", "sides.left"),
                column("right", "sides.right"),
                column("", "sides.percent"),
                column("", "plot.when"),
            ],
            rows,
            list: false,
        },
    })
}

/// A strip of the head's picture: what it reads, its most, and the key of its words.
type Strip = (
    fn(&Slot) -> Option<f64>,
    f64,
    &'static str,
    &'static str,
    Mark,
);

const STRIPS: [Strip; 5] = [
    (
        |s| s.pain().map(f64::from),
        10.0,
        "strip.pain",
        "diamond",
        Mark::Diamond,
    ),
    (|s| s.mood.get(), 5.0, "strip.mood", "", Mark::Circle),
    (|s| s.sleep.get(), 12.0, "strip.sleep", "walk", Mark::Square),
    (
        |s| s.confidence.get(),
        10.0,
        "strip.confidence",
        "up",
        Mark::Up,
    ),
    (|s| s.fear.get(), 10.0, "strip.fear", "down", Mark::Down),
];

/// Mood, sleep, confidence and fear beside pain, in strips over the same days.
fn mind(_: App, s: &Seen) -> AnyView {
    let room = Room::new();
    let by = &s.by;
    let slots = room.slots(by.slots.len());
    let mut pen = Pen::default();
    let high = 40.0;
    let mut y = 0.0;
    for (read, most, key, _, mark) in STRIPS {
        y += TOP * room.letter;
        let scale = Scale::new(most, y, high);
        room.scale(&mut pen, &scale, &[0.0, most], &t(key));
        let points: Vec<_> = by
            .slots
            .iter()
            .enumerate()
            .map(|(n, s)| read(s).map(|v| (slots.middle(n), scale.y(v))))
            .collect();
        let of_pain = mark == Mark::Diamond;
        pen.path(
            if of_pain { "pain-during" } else { "strip" },
            &line(&points, bridge(by.unit)),
        );
        let r = (slots.step() * 0.3).clamp(1.8, 3.4);
        pen.marks(
            if of_pain { "mark-during" } else { "mark-strip" },
            mark,
            r,
            &points,
        );
        y += high + 8.0;
    }
    room.days(&mut pen, by, y + 10.0 * room.letter);
    let size = (room.width, y + 18.0 * room.letter);
    let mean = |read: fn(&Slot) -> Mean| {
        let all = by
            .slots
            .iter()
            .fold(Mean::default(), |all, s| all.with(read(s)));
        all.get().map_or_else(|| "–".to_owned(), format::number)
    };
    let says = tf(
        "progress.mind_says",
        &[
            ("mood", &mean(|s| s.mood)),
            ("sleep", &mean(|s| s.sleep)),
            ("confidence", &mean(|s| s.confidence)),
            ("fear", &mean(|s| s.fear)),
        ],
    );
    let columns = STRIPS
        .iter()
        .map(|(_, _, key, shape, _)| column(shape, key))
        .collect();
    let cells = |s: &Slot| {
        vec![
            score(s.pain()),
            tenth(s.mood),
            tenth(s.sleep),
            tenth(s.confidence),
            tenth(s.fear),
        ]
    };
    plot(Plot {
        id: "mind",
        heading: t("progress.mind"),
        says,
        size,
        svg: pen.svg(size),
        places: places(&slots, 0.0),
        start: by.slots.len(),
        timed: true,
        table: table(by, columns, &cells),
    })
}

/// The plan kept: sessions and rest taken, beside what was left open or was more.
fn kept(app: App, s: &Seen) -> AnyView {
    let mut by = s.weekly.clone();
    app.peek(|state| by.add_kept(state.diary(), s.today));
    let all = by.kept();
    if all.all() == 0 {
        return ().into_any();
    }
    let room = Room::new();
    let slots = room.slots(by.slots.len());
    let top = TOP * room.letter;
    let ends = ticks(most(by.slots.iter().map(|s| f64::from(s.kept.all()))), 4);
    let scale = Scale::new(ends.last().copied().unwrap_or(1.0), top, 110.0);
    let mut pen = Pen::default();
    room.scale(&mut pen, &scale, &ends, &t("plot.days_axis"));
    let wide = (slots.step() * 0.68).max(1.5);
    for (n, slot) in by.slots.iter().enumerate() {
        let x = slots.middle(n) - wide / 2.0;
        let mut y = scale.y(0.0);
        let k = slot.kept;
        let parts = [
            ("bar-session", k.sessions),
            ("bar-rest", k.rest),
            ("bar-open", k.open),
            ("bar-more", k.more),
        ];
        for (class, count) in parts {
            let long = scale.len(f64::from(count));
            y -= long;
            pen.rect(class, (x + 1.0, y + 1.0), (wide - 2.0, long - 2.0));
        }
    }
    let bottom = top + 110.0;
    room.days(&mut pen, &by, bottom + 16.0 * room.letter);
    let size = (room.width, bottom + FOOT * room.letter);
    let says = tf(
        "progress.kept_says",
        &[
            ("kept", &all.as_planned().to_string()),
            ("all", &all.all().to_string()),
            ("rest", &all.rest.to_string()),
        ],
    );
    let columns = vec![
        column("run", "kept.sessions"),
        column("rest", "kept.rest"),
        column("open", "kept.open"),
        column("more", "kept.more"),
    ];
    let cells = |s: &Slot| {
        let k = s.kept;
        [k.sessions, k.rest, k.open, k.more]
            .map(|n| n.to_string())
            .to_vec()
    };
    plot(Plot {
        id: "kept",
        heading: t("progress.kept"),
        says,
        size,
        svg: pen.svg(size),
        places: places(&slots, 0.0),
        start: by.slots.len(),
        timed: true,
        table: table(&by, columns, &cells),
    })
}
