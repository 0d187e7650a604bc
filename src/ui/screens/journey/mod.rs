//! The journey: the line of levels with where you are, and how you came there.

pub mod milestones;
pub mod year_in_review;

use crate::app::event::DiaryEvent;
use crate::app::{Event, Screen};
use crate::diary::vocabulary::Stage;
use crate::formats::plot::Mark;
use crate::formats::svg::Svg;
use crate::insights::trail::{Place, Point, Trail, Waypoint};
use crate::insights::trail_drawing::{arrow, back, hills, layout, way};
use crate::rules::guidance::{Guidance, LevelChange};
use crate::rules::progression::forecast;
use crate::rules::progression::forecast::Forecast;
use crate::shell::{self, format};
use crate::thresholds::ladder::Ladder;
use crate::ui::context::App;
use crate::ui::text::days::when;
use crate::ui::text::levels::{level_change, level_words};
use crate::ui::text::reasons;
use crate::ui::text::words::{label_and_value, t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, head, link, minutes, tap, title};
use crate::ui::widgets::pieces::{in_pieces, piece};
use crate::ui::widgets::plot::{Column, Plot, Table, view as plot};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let seen = app.memo(|s| (s.guidance().clone(), s.now.day()));
    let after = in_pieces(vec![
        // The engine is run forward when the screen stands: the tap that led here is over.
        piece(move || view! { {move || seen.with(|_| way_and_ahead(app))} }.into_any()),
        piece(move || view! { {move || seen.with(|(g, today)| walked(g, *today))} }.into_any()),
        piece(move || milestones::view(app)),
        piece(move || year_in_review::view(app)),
    ]);
    view! {
        {move || seen.with(|(g, today)| standing(app, g, *today))}
        {after}
    }
    .into_any()
}

/// Where the runner is, and what is missing.
fn standing(app: App, g: &Guidance, today: NaiveDate) -> AnyView {
    let Some(stage) = g.stage else {
        return view! {
            {head(t("journey.eyebrow").into_any(), title(t("screen.journey")))}
            <p class="empty">{t("journey.no_plan")}</p>
        }
        .into_any();
    };
    let gate = g
        .gate
        .iter()
        .map(|m| view! { <li>{reasons::gate_sentence(m, today)}</li> })
        .collect_view();
    view! {
        {head(t("journey.eyebrow").into_any(), title(tk("stage.", stage.key())))}
        {milestones::fresh(app)}
        {(g.ok_needed > 0).then(|| view! {
            <p class="say" data-t="journey-count">
                {tf("today.count", &[("done", &g.ok_done.to_string()), ("needed", &g.ok_needed.to_string())])}
            </p>
        })}
        {(!g.gate.is_empty()).then(|| card(t("journey.gate"), view! { <ul class="plain">{gate}</ul> }.into_any()))}
        {freedoms(app, g, today)}
    }
    .into_any()
}

/// The levels that were walked, newest first.
fn walked(g: &Guidance, today: NaiveDate) -> AnyView {
    if g.stage.is_none() {
        return ().into_any();
    }
    let history = g
        .history
        .iter()
        .rev()
        .filter(|c| c.moves())
        .map(|c| change(c, today))
        .collect_view();
    view! {
        {link(t("journey.strength"), "open-strength", "ghost", Screen::Strength)}
        {(!g.history.is_empty()).then(|| card(
            t("journey.history"),
            view! { <ul class="plain" data-t="level-history">{history}</ul> }.into_any(),
        ))}
    }
    .into_any()
}

/// Back to running: the freedom that comes next, and what `longer` allows this week.
fn freedoms(app: App, g: &Guidance, today: NaiveDate) -> AnyView {
    let longer = g.longer_min.map(|min| {
        let about = tf(
            "journey.longer_about",
            &[("time", &minutes(f64::from(min)))],
        );
        card(
            t("journey.longer"),
            view! { <p data-t="longer">{about}</p> }.into_any(),
        )
    });
    let next = g.next_freedom.map(|(name, from)| {
        let act = if from <= today {
            let take = tap(move || app.send(Event::Diary(DiaryEvent::TakeFreedom)));
            button(t("journey.freedom_take"), "freedom-take", "ghost", take)
        } else {
            let words = tf("journey.freedom_from", &[("day", &when(from, today))]);
            view! { <p data-t="freedom-from">{words}</p> }.into_any()
        };
        card(
            t("journey.freedom"),
            view! {
                <p class="say" data-t="freedom" data-freedom=name.key()>{tk("freedom.", name.key())}</p>
                {act}
                <p class="small">{t("journey.freedom_about")}</p>
            }
            .into_any(),
        )
    });
    view! { {longer}{next} }.into_any()
}

/// The way walked, and what lies ahead.
fn way_and_ahead(app: App) -> AnyView {
    app.peek(|s| {
        let ladder = s.plan().map_or_else(Ladder::builtin, Ladder::of);
        let ahead = forecast::forecast(s.diary(), s.now.day());
        let Some(trail) = Trail::of(s.diary(), s.guidance(), &ladder, &ahead) else {
            return ().into_any();
        };
        view! {
            {scene(&trail, &ladder, s.guidance())}
            {least(&ahead, &trail)}
        }
        .into_any()
    })
}

/// Height of a row of waypoints, of the room for a stage's name, and a waypoint's radius.
const ROW: f64 = 62.0;
const HEAD: f64 = 30.0;
const R: f64 = 17.0;

/// The trail as one picture, its waypoints read by touch or arrow keys, and as a list.
fn scene(trail: &Trail, ladder: &Ladder, g: &Guidance) -> AnyView {
    let (page, letters) = shell::page::size();
    let letter = (letters / 16.0).clamp(0.75, 1.25);
    let width = (page.min(38.0 * letters) - 66.0).max(200.0);
    let groups: Vec<(Stage, usize)> = trail
        .points
        .chunk_by(|a, b| a.stage == b.stage)
        .map(|group| (group.first().map_or(Stage::Rest, |w| w.stage), group.len()))
        .collect();
    let counts: Vec<usize> = groups.iter().map(|(_, n)| *n).collect();
    let land = layout(&counts, width, 5, ROW * letter, HEAD * letter, 2.0);
    let size = (width, land.height);
    let mut svg = Svg::default();
    for (n, ((stage, _), (top, bottom))) in groups.iter().zip(&land.bands).enumerate() {
        // From flat ground to peaks.
        let (count, high, peaks) = [
            (1, 3.0, false),
            (2, 6.0, false),
            (3, 5.0, false),
            (3, 10.0, false),
            (4, 14.0, true),
            (3, 20.0, true),
        ][n.min(5)];
        let ridge = top + HEAD * letter * 0.9;
        svg.path(
            ["land land-", stage.key()].concat().as_str(),
            &hills(width, ridge, *bottom, count, high, peaks),
        );
    }
    let part = |from: usize, to: usize| way(land.places.get(from..=to).unwrap_or_default());
    let last = land.places.len().saturating_sub(1);
    svg.path("way", &part(0, last));
    let (low, high) = trail.walked;
    svg.path("way walked", &part(low, high));
    for (n, (from, to, times)) in trail.back.iter().enumerate() {
        let (Some(&a), Some(&b)) = (land.places.get(*from), land.places.get(*to)) else {
            continue;
        };
        let side = if n % 2 == 0 { 26.0 } else { -26.0 };
        let (loops, end, to) = back(a, b, side, R * letter + 7.0);
        svg.path("back", &loops);
        svg.path("back-head", &arrow(end, to, 6.0));
        if *times > 1 {
            let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1) - 14.0);
            svg.words("axis mid", middle, &["×", &times.to_string()].concat());
        }
    }
    gates(&mut svg, trail, &land.places, g);
    for (at, (waypoint, &(x, y))) in trail.points.iter().zip(&land.places).enumerate() {
        let class = match waypoint.place {
            Place::Here => "point here",
            Place::Behind if at >= low => "point behind",
            Place::Behind => "point skipped",
            Place::Ahead => "point ahead",
        };
        svg.marks(class, Mark::Circle, R * letter, &[Some((x, y))]);
        match waypoint.point {
            Point::Level(n) => {
                let id = ladder.at(n).map_or("", |l| l.id.as_str());
                let class = [class, " id mid"].concat();
                svg.words(&class, (x, y + 4.5 * letter), id);
            }
            Point::Stage(stage) => {
                let mark = match stage {
                    Stage::Rest => Mark::Up,
                    Stage::SelfTest => Mark::Square,
                    _ => Mark::Diamond,
                };
                let class = [class, " sign"].concat();
                svg.marks(&class, mark, 5.5, &[Some((x, y))]);
            }
        }
        if waypoint.camps > 0 {
            svg.marks(
                "camp",
                Mark::Up,
                7.0,
                &[Some((x + R * letter, y - R * letter + 2.0))],
            );
        }
        if waypoint.place == Place::Here {
            svg.marks("pin", Mark::Down, 9.0, &[Some((x, y - R * letter - 11.0))]);
        }
    }
    let mut end = 0;
    for ((stage, count), (top, _)) in groups.iter().zip(&land.bands) {
        end += count;
        // On the side that the way out of the stage leaves free.
        let leaves = |at: usize| land.places.get(at).map_or(width, |p| p.0);
        let right = leaves(end - 1) + leaves(end) < width;
        let (class, x) = if right {
            ("name end", width - 4.0)
        } else {
            ("name", 4.0)
        };
        svg.words(class, (x, top + 20.0 * letter), &tk("stage.", stage.key()));
    }
    let rows = trail.points.iter().map(|w| row(w, ladder)).collect();
    let column = |shape: &'static str, key: &str| Column {
        shape,
        words: t(key),
    };
    plot(Plot {
        id: "trail",
        heading: t("journey.trail"),
        says: t("journey.trail_about"),
        size,
        svg,
        places: land.places,
        start: trail.here,
        timed: false,
        table: Table {
            caption: t("journey.trail"),
            corner: t("journey.waypoint"),
            columns: vec![
                column("", "journey.reached"),
                column("", "journey.last"),
                column("", "progress.sessions"),
                column("", "journey.worst"),
                column("camp", "journey.camps"),
                column("", "journey.before"),
            ],
            rows,
            list: true,
        },
    })
}

/// A gate before each stage, shut while the next one still misses something, and a flag
/// for each benchmark at it.
fn gates(svg: &mut Svg, trail: &Trail, places: &[(f64, f64)], g: &Guidance) {
    for at in 1..trail.points.len() {
        let (Some(last), Some(first)) = (trail.points.get(at - 1), trail.points.get(at)) else {
            continue;
        };
        if last.stage == first.stage {
            continue;
        }
        let (below, above) = (places[at - 1], places[at]);
        let (x, y) = (
            f64::midpoint(below.0, above.0),
            f64::midpoint(below.1, above.1),
        );
        let shut = last.stage == trail.points[trail.here].stage && !g.gate.is_empty();
        svg.line("post", (x - 13.0, y - 9.0), (x - 13.0, y + 9.0));
        svg.line("post", (x + 13.0, y - 9.0), (x + 13.0, y + 9.0));
        if shut {
            svg.line("bar", (x - 13.0, y + 5.0), (x + 13.0, y - 5.0));
        }
        for (k, bench) in (0..).zip(trail.benches.iter().filter(|x| x.stage == first.stage)) {
            let foot = (x + 22.0 + f64::from(k) * 14.0, y + 9.0);
            svg.line("post", foot, (foot.0, foot.1 - 20.0));
            let class = if bench.met { "flag met" } else { "flag" };
            svg.marks(
                class,
                Mark::Square,
                5.0,
                &[Some((foot.0 + 5.0, foot.1 - 16.0))],
            );
        }
    }
}

/// A waypoint in words: its name, and what is known of it.
fn row(w: &Waypoint, ladder: &Ladder) -> (String, Vec<String>) {
    let name = match w.point {
        Point::Stage(stage) => tk("stage.", stage.key()),
        Point::Level(n) => ladder.at(n).map(level_words).unwrap_or_default(),
    };
    let name = if w.place == Place::Here {
        [name, t("journey.you")].join(", ")
    } else {
        name
    };
    let date = |day: Option<NaiveDate>| day.map(format::long_date).unwrap_or_default();
    let count = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    let cells = vec![
        date(w.first),
        date(w.last),
        count(w.sessions),
        w.worst.map_or_else(String::new, |v| v.to_string()),
        count(w.camps),
        w.ahead.map_or_else(String::new, |n| n.to_string()),
    ];
    (name, cells)
}

/// The least that lies before the stages to come.
fn least(ahead: &Forecast, trail: &Trail) -> AnyView {
    let items = ahead
        .stages
        .iter()
        .map(|(stage, n)| {
            let count = tn("journey.least", i64::from(*n));
            let words = label_and_value(&tk("stage.", stage.key()), &count);
            view! { <li data-stage=stage.key() data-sessions=n.to_string()>{words}</li> }
        })
        .collect_view();
    let benches = trail
        .benches
        .iter()
        .map(|b| {
            let key = if b.met {
                "journey.bench_met"
            } else {
                "journey.bench_open"
            };
            let stage = tk("stage.", b.stage.key());
            view! { <li>{tf(key, &[("name", &b.name), ("stage", &stage)])}</li> }
        })
        .collect_view();
    let running = trail
        .points
        .get(trail.here)
        .is_some_and(|w| w.stage == Stage::Running);
    let words = if running {
        return ().into_any();
    } else if ahead.stages.is_empty() {
        "journey.least_none"
    } else {
        "journey.least_about"
    };
    card(
        t("journey.least"),
        view! {
            <ul class="plain" data-t="least">{items}{benches}</ul>
            <p class="small">{t(words)}</p>
        }
        .into_any(),
    )
}

fn change(c: &LevelChange, today: NaiveDate) -> AnyView {
    let when = if c.on == today {
        t("day.today")
    } else {
        format::weekday_date(c.on)
    };
    view! { <li>{level_change(c)}" "<span class="small">{when}</span></li> }.into_any()
}
