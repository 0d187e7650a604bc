//! The report for a clinician: chosen above, printed below. On paper only the sheet is
//! left, on one page where a few months fit one.

use super::context::{App, derive};
use super::forms::radios;
use super::parts::{button, card, minutes, tap, tick};
use super::words::{t, tf, tk, tn};
use crate::app::Event;
use crate::chart::report::{HEIGHT, WIDTH, plot};
use crate::domain::csv;
use crate::domain::entry::{Benchmark, Plan, Score};
use crate::domain::guidance::{ChangeCause, LevelChange};
use crate::domain::keys::Tier;
use crate::domain::report::{Content, Measured, Noted, Pause, Period, Report, Sides, report};
use crate::shell::{self, format};
use leptos::prelude::*;

/// Weeks that can be chosen; the second to begin with.
const WEEKS: [u8; 4] = [4, 12, 26, 52];

/// The screen.
pub fn view(app: App) -> AnyView {
    let weeks = RwSignal::new(WEEKS[1]);
    let content = RwSignal::new(Content::default());
    let made = app.memo(move |s| report(&s.diary, Period::weeks(s.now.day(), weeks.get())));
    let choices = WEEKS
        .map(|n| {
            let id = ["report-weeks-", &n.to_string()].concat();
            let picked = derive(move || weeks.get() == n);
            let pick = tap(move || weeks.set(n));
            (id, tn("report.weeks", n.into()), picked, pick)
        })
        .into();
    let notes = move || made.with(|r| notes_to_pick(content, &r.notes));
    view! {
        <div class="no-print page">
            {super::today::plain_head("report.eyebrow", "report.title")}
            <p>{t("report.body")}</p>
            <section class="card">
                {radios("report-weeks", t("report.period"), None, "choices", choices)}
                <fieldset class="field">
                    <legend>{t("report.content")}</legend>
                    <p class="small">{t("report.always")}</p>
                    <div class="ticks">{parts(content)}</div>
                </fieldset>
                {notes}
            </section>
            {hand_out(app, made, content)}
        </div>
        {move || sheet(&made.get(), &content.get())}
    }
    .into_any()
}

fn parts(content: RwSignal<Content>) -> AnyView {
    type Take = fn(&mut Content) -> &mut bool;
    let all: [(&str, &str, Take); 5] = [
        ("report-load", "report.load", |c| &mut c.load),
        ("report-levels", "report.levels", |c| &mut c.levels),
        ("report-strength", "report.strength", |c| &mut c.strength),
        ("report-bench", "report.benchmarks", |c| &mut c.benchmarks),
        ("report-kept", "report.kept", |c| &mut c.adherence),
    ];
    all.map(|(id, key, take)| {
        let on = derive(move || *take(&mut content.get()));
        let put = move |on| content.update(|c| *take(c) = on);
        tick(t(key), id.into(), on, Box::new(put))
    })
    .collect_view()
    .into_any()
}

/// Notes are the runner's own: none goes along that was not picked.
fn notes_to_pick(content: RwSignal<Content>, notes: &[Noted]) -> Option<AnyView> {
    if notes.is_empty() {
        return None;
    }
    let boxes = notes
        .iter()
        .map(|note| {
            let id = note.id;
            let label = [&format::short_date(note.day), ": ", &note.text].concat();
            let on = derive(move || content.with(|c| c.notes.contains(&id)));
            let put = move |on: bool| {
                content.update(|c| {
                    c.notes.retain(|n| *n != id);
                    if on {
                        c.notes.push(id);
                    }
                });
            };
            tick(label, "report-note".into(), on, Box::new(put))
        })
        .collect_view();
    Some(
        view! {
            <details>
                <summary data-t="report-notes">{t("report.notes_pick")}</summary>
                <div class="ticks">{boxes}</div>
            </details>
        }
        .into_any(),
    )
}

fn hand_out(app: App, made: Memo<Report>, content: RwSignal<Content>) -> AnyView {
    let file = move || {
        let report = made.get_untracked();
        let name = ["footing-report-", &report.period.to.to_string(), ".csv"].concat();
        (name, csv::of(&report, &content.get_untracked()))
    };
    let save = move || {
        let (name, text) = file();
        shell::files::hand_out(&name, &text, move |done| app.send(Event::HandedOut(done)));
    };
    let share = move || {
        let (name, text) = file();
        shell::files::share_file(&name, &text, move |done| app.send(Event::HandedOut(done)));
    };
    let can_share = shell::files::can_share("Report.csv");
    card(
        t("report.hand_out"),
        view! {
            <p class="small">{t("report.print_body")}</p>
            {button(t("report.print"), "report-print", "primary", tap(shell::files::print))}
            <p class="small">{t("report.csv_body")}</p>
            <div class="row">
                {button(t("report.csv"), "report-csv", "ghost", tap(save))}
                {can_share.then(|| button(t("report.share"), "report-share", "ghost", tap(share)))}
            </div>
        }
        .into_any(),
    )
}

fn section(heading: &str, body: AnyView) -> AnyView {
    view! {
        <section>
            <h3>{t(heading)}</h3>
            {body}
        </section>
    }
    .into_any()
}

fn lines(list: Vec<String>) -> AnyView {
    let rows = list
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! { <ul class="plain">{rows}</ul> }.into_any()
}

/// What is printed.
fn sheet(report: &Report, content: &Content) -> AnyView {
    let period = tf(
        "report.of",
        &[
            ("from", &format::long_date(report.period.from)),
            ("to", &format::long_date(report.period.to)),
        ],
    );
    let picked: Vec<&Noted> = report
        .notes
        .iter()
        .filter(|n| content.notes.contains(&n.id))
        .collect();
    view! {
        <article class="sheet" data-t="sheet">
            <header>
                <h2>{t("report.heading")}</h2>
                <p>{period}</p>
            </header>
            {standing(report)}
            {section("report.first", decisions(report))}
            {content.load.then(|| section("report.load", load(report)))}
            <div class="columns">
                {(content.levels && !report.levels.is_empty()).then(|| section("report.levels", levels(report)))}
                {content.adherence.then(|| section("report.kept", kept(report)))}
                {(content.strength && !report.strength.is_empty()).then(|| section("report.strength", strength(report)))}
                {(content.benchmarks && !report.benchmarks.is_empty()).then(|| section("report.benchmarks", benches(report)))}
                {(!picked.is_empty()).then(|| section("report.notes", notes(&picked)))}
            </div>
            <footer class="small">
                <p>{[t("about.is"), t("about.is_not"), t("about.with_clinician")].join(" ")}</p>
                <p>{t("report.own_words")}</p>
            </footer>
        </article>
    }
    .into_any()
}

/// The injury, the plan, where the runner stands.
fn standing(report: &Report) -> AnyView {
    let Some(plan) = &report.plan else {
        return view! { <p>{t("report.no_plan")}</p> }.into_any();
    };
    let g = &report.guidance;
    let injury = &plan.injury;
    let mut first = vec![
        tk("site.", injury.site.key()),
        tk("setup.side_", injury.side.key()),
        tf(
            "report.profile",
            &[("profile", &tk("profile.", injury.profile.key()))],
        ),
        tf("report.since", &[("day", &format::long_date(injury.since))]),
        tk("report.named_", injury.named_by.key()),
    ];
    if injury.surgery {
        first.push(t("report.surgery"));
    }
    if plan.no_clinician {
        first.push(t("report.no_clinician"));
    }
    let stage = g.stage.map(|s| tk("stage.", s.key())).unwrap_or_default();
    let level = g.standing_level.clone().unwrap_or_default();
    let now = tf("report.stands", &[("stage", &stage), ("level", &level)]);
    let limits = limits(plan);
    view! {
        <p><b>{capital(&first.join(", "))}"."</b>" "{now}" "{limits}</p>
    }
    .into_any()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn limits(plan: &Plan) -> Option<String> {
    let limits = plan.limits.as_ref()?;
    let n = |key, n: Option<u8>| n.map(|n| tf(key, &[("n", &n.to_string())]));
    let all = [
        n("report.max_pain", limits.max_pain_during.map(Score::get)),
        limits
            .max_level
            .as_ref()
            .map(|level| tf("report.max_level", &[("level", level)])),
        n("report.ok", limits.ok_needed),
        n("report.rest", limits.min_rest_days),
        n("report.most", limits.max_per_week),
        limits.ladder.as_ref().map(|_| t("report.own_ladder")),
        plan.valid_until
            .map(|day| tf("report.until", &[("day", &format::long_date(day))])),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let list = if all.is_empty() {
        t("report.no_limits")
    } else {
        all.join(", ")
    };
    Some(tf("report.limits", &[("by", &limits.by), ("list", &list)]))
}

/// Warning signs, pauses and what clinicians said, by day.
fn decisions(report: &Report) -> AnyView {
    let mut rows = Vec::new();
    for f in &report.flags {
        let tier = match f.tier {
            Tier::Review => "report.tier_review",
            Tier::Urgent => "report.tier_urgent",
            Tier::Emergency => "report.tier_emergency",
        };
        rows.push((
            f.day,
            [t(tier).as_str(), ": ", &tk("flag.", f.flag.key())].concat(),
        ));
    }
    for pause in &report.pauses {
        rows.push((pause.from, paused(pause)));
    }
    for (day, c) in &report.clearances {
        let key = if c.granted {
            "diary.granted"
        } else {
            "diary.refused"
        };
        let who = [c.by.as_str(), &c.role];
        let who: Vec<&str> = who.into_iter().filter(|t| !t.is_empty()).collect();
        let mut words = vec![tf(key, &[("by", &who.join(", "))])];
        let level = |key, level: &Option<String>| level.as_ref().map(|l| tf(key, &[("level", l)]));
        words.extend(level("report.from_level", &c.restart_level));
        words.extend(level("report.max_level", &c.max_level));
        rows.push((*day, words.join(", ")));
    }
    if rows.is_empty() {
        return view! { <p data-t="report-none">{t("report.none")}</p> }.into_any();
    }
    crate::domain::sorted::sort_few(&mut rows, |a, b| a.0 > b.0);
    let rows = rows
        .into_iter()
        .map(|(day, words)| [format::short_date(day).as_str(), ": ", &words].concat());
    view! { <div class="first" data-t="report-first">{lines(rows.collect())}</div> }.into_any()
}

fn paused(pause: &Pause) -> String {
    let rules: Vec<&str> = pause.rules.iter().map(|r| r.id()).collect();
    let rules = rules.join(", ");
    match pause.until {
        Some(day) => tf(
            "report.paused_until",
            &[("day", &format::short_date(day)), ("rules", &rules)],
        ),
        None => tf("report.paused", &[("rules", &rules)]),
    }
}

fn load(report: &Report) -> AnyView {
    let longest = report.longest.map(|(day, min)| {
        tf(
            "report.longest",
            &[("min", &minutes(min)), ("day", &format::short_date(day))],
        )
    });
    let weeks = report.days.len().div_ceil(7).max(1);
    #[expect(clippy::cast_precision_loss, reason = "few weeks")]
    let weekly = report.run_min() / weeks as f64;
    let said = tf(
        "report.sum",
        &[
            ("sessions", &report.sessions.to_string()),
            ("min", &minutes(report.run_min().round())),
            ("weekly", &minutes(weekly.round())),
        ],
    );
    view! {
        <p>{said}" "{longest}</p>
        {drawing(report)}
        <p class="legend small">
            <span><i class="key run"></i>{t("report.run")}</span>
            <span><i class="key walk"></i>{t("report.walk")}</span>
            <span><i class="key during"></i>{t("report.during")}</span>
            <span><i class="key morning"></i>{t("report.morning")}</span>
        </p>
    }
    .into_any()
}

/// The facts of the picture are those of the CSV, day by day.
fn drawing(report: &Report) -> AnyView {
    let plot = plot(&report.days);
    let ticks = plot
        .ticks
        .iter()
        .map(|(x, day)| {
            let label = format::short_date(*day);
            view! { <text x=(x + 40).to_string() y=(HEIGHT + 24).to_string()>{label}</text> }
        })
        .collect_view();
    let levels = [0, 5, 10]
        .map(|pain| {
            let y = HEIGHT - pain * HEIGHT / 10;
            let min = u32::try_from(pain).unwrap_or_default() * plot.most_min / 10;
            let line = ["M0 ", &y.to_string(), "h", &WIDTH.to_string()].concat();
            let below = (y + 14).to_string();
            view! {
                <path class="grid" transform="translate(40 10)" d=line />
                <text text-anchor="end" x="34" y=below.clone()>{min.to_string()}</text>
                <text x=(WIDTH + 46).to_string() y=below>{pain.to_string()}</text>
            }
        })
        .collect_view();
    let label = tf(
        "report.plot",
        &[("weeks", &report.days.len().div_ceil(7).to_string())],
    );
    let window = [
        "0 0 ",
        &(WIDTH + 70).to_string(),
        " ",
        &(HEIGHT + 30).to_string(),
    ]
    .concat();
    view! {
        <svg class="plot" role="img" aria-label=label viewBox=window data-t="report-plot">
            {levels}
            <g transform="translate(40 10)">
                <path class="walk" d=plot.walk />
                <path class="run" d=plot.run />
                <path class="morning" d=plot.morning />
                <path class="during" d=plot.during />
            </g>
            {ticks}
        </svg>
    }
    .into_any()
}

fn levels(report: &Report) -> AnyView {
    let line = |c: &LevelChange| {
        let (key, rule) = match c.cause {
            ChangeCause::Placed => ("report.by_placed", "PLACE"),
            ChangeCause::Up => ("report.by_up", "OK"),
            ChangeCause::Down(rule) => ("report.by_down", rule.id()),
            ChangeCause::Gap => ("report.by_gap", "GAP"),
            ChangeCause::Cleared => ("report.by_cleared", "CLEARANCE"),
        };
        let to = [c.from.as_deref().unwrap_or_default(), " → ", &c.to].concat();
        let to = to.trim_start_matches(" → ").to_owned();
        [
            &format::short_date(c.on),
            ": ",
            &to,
            ", ",
            &t(key),
            " (",
            rule,
            ")",
        ]
        .concat()
    };
    view! { <div class="small" data-t="report-levels-list">{lines(report.levels.iter().map(line).collect())}</div> }
        .into_any()
}

fn kept(report: &Report) -> AnyView {
    let k = report.kept;
    let said = |key, n: u32| tf(key, &[("n", &n.to_string())]);
    let mut all = vec![
        said("report.kept_sessions", k.sessions),
        said("report.kept_rest", k.rested),
        said("report.kept_more", k.more),
        said("report.kept_ran", k.ran),
        said("report.kept_open", k.open),
        said("report.kept_strength", report.strength_days),
    ];
    if let Some(percent) = k.percent() {
        all.insert(0, said("report.kept_percent", percent));
    }
    view! { <div class="small" data-t="report-kept-list">{lines(all)}</div> }.into_any()
}

fn strength(report: &Report) -> AnyView {
    let line = |s: &Sides| {
        let what = match &s.what {
            Measured::Exercise(id) => capital(&id.replace('-', " ")),
            Measured::Test(item) => tk("test.", item.key()),
        };
        let unit = tk("report.unit_", s.unit.key());
        let percent = s
            .percent
            .map(|p| tf("report.percent", &[("n", &p.to_string())]));
        tf(
            "report.sides",
            &[
                ("what", &what),
                ("left", &format::number(s.left)),
                ("right", &format::number(s.right)),
                ("unit", &unit),
                ("percent", &percent.unwrap_or_default()),
            ],
        )
    };
    view! { <div class="small">{lines(report.strength.iter().map(line).collect())}</div> }
        .into_any()
}

fn benches(report: &Report) -> AnyView {
    let line = |(_, b): &(_, Benchmark)| {
        let with =
            (!b.agreed_with.is_empty()).then(|| tf("bench.agreed", &[("with", &b.agreed_with)]));
        let gate = b
            .gates_stage
            .filter(|_| !b.met)
            .map(|s| tf("bench.gates", &[("stage", &tk("stage.", s.key()))]));
        let words = [Some(super::notes::measured(b)), with, gate];
        let words: Vec<String> = words
            .into_iter()
            .flatten()
            .filter(|w| !w.is_empty())
            .collect();
        [b.name.as_str(), ": ", &words.join(" · ")].concat()
    };
    view! { <div class="small">{lines(report.benchmarks.iter().map(line).collect())}</div> }
        .into_any()
}

fn notes(picked: &[&Noted]) -> AnyView {
    let line = |n: &&Noted| [format::short_date(n.day).as_str(), ": ", &n.text].concat();
    view! { <div class="small notes" data-t="report-notes-list">{lines(picked.iter().map(line).collect())}</div> }
        .into_any()
}
