//! The report for a clinician: chosen above, printed below. On paper only the sheet is
//! left, on one page where a few months fit one.

use crate::app::Event;
use crate::app::event::DeviceEvent;
use crate::diary::entry::{Benchmark, Plan, Score};
use crate::diary::vocabulary::Tier;
use crate::formats::markup::{Attributes, Markup};
use crate::formats::svg::Svg;
use crate::insights::report::{Content, Period, Report, ReportNote, ReportedPause, report_at};
use crate::insights::report_drawing::{HEIGHT, WIDTH, plot};
use crate::insights::spreadsheet;
use crate::insights::symmetry::Symmetry;
use crate::rules::guidance::{ChangeCause, LevelChange};
use crate::shell::{self, format};
use crate::ui::context::{App, derive};
use crate::ui::text::symmetry::{measured_words, unit_words};
use crate::ui::text::words::{label_and_value, t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, minutes, tap, tick};
use crate::ui::widgets::fields::radios;
use chrono::NaiveDate;
use leptos::prelude::*;

/// Weeks that can be chosen; the second to begin with.
const WEEKS: [u8; 4] = [4, 12, 26, 52];

/// The screen.
pub fn view(app: App) -> AnyView {
    let weeks = RwSignal::new(WEEKS[1]);
    let content = RwSignal::new(Content::default());
    let made = app.memo(move |s| {
        report_at(
            s.diary(),
            Period::weeks(s.now.day(), weeks.get()),
            Some(s.now.at()),
        )
    });
    let choices = WEEKS
        .map(|n| {
            let id = ["report-weeks-", &n.to_string()].concat();
            let picked = derive(move || weeks.get() == n);
            let pick = tap(move || weeks.set(n));
            (id, tn("report.weeks", n.into()), picked, pick)
        })
        .into();
    let notes = move || made.with(|r| notes_to_pick(content, &r.notes));
    let paper = move || made.with(|r| content.with(|c| sheet(r, c)));
    view! {
        <div class="no-print page">
            {crate::ui::widgets::controls::plain_head("report.eyebrow", "report.title")}
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
        <article class="sheet" data-t="sheet" inner_html=paper></article>
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
fn notes_to_pick(content: RwSignal<Content>, notes: &[ReportNote]) -> Option<AnyView> {
    if notes.is_empty() {
        return None;
    }
    let boxes = notes
        .iter()
        .map(|note| {
            let id = note.id;
            let label = label_and_value(&format::short_date(note.day), &note.text);
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
        (
            name,
            spreadsheet::of(
                &report,
                &content.get_untracked(),
                shell::format::number_form(),
            ),
        )
    };
    let save = move || {
        let (name, text) = file();
        shell::files::hand_out(&name, &text, move |done| {
            app.send(Event::Device(DeviceEvent::HandedOut(done)));
        });
    };
    let share = move || {
        let (name, text) = file();
        shell::files::share_file(&name, &text, move |done| {
            app.send(Event::Device(DeviceEvent::HandedOut(done)));
        });
    };
    let can_share = shell::files::can_share("Footing.csv");
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

/// A heading and lines under it; nothing where there are none.
fn section(out: &mut Markup, heading: &str, list: Attributes, lines: &[String]) {
    if !lines.is_empty() {
        out.open("section", &[]);
        out.element("h3", &[], &t(heading));
        out.list(list, lines);
        out.close("section");
    }
}

/// What is printed.
fn sheet(report: &Report, content: &Content) -> String {
    let mut out = Markup::default();
    let day = |day| format::long_date(day);
    let period = [
        ("from", &*day(report.period.from)),
        ("to", &*day(report.period.to)),
    ];
    out.open("header", &[]);
    out.element("h2", &[], &t("report.heading"));
    out.element("p", &[], &tf("report.of", &period));
    out.close("header");
    out.element("p", &[("data-t", "report-standing")], &standing(report));
    let first = decisions(report);
    if first.is_empty() {
        out.element("h3", &[], &t("report.first"));
        out.element("p", &[("data-t", "report-none")], &t("report.none"));
    } else {
        let list = [("class", "first"), ("data-t", "report-first")];
        section(&mut out, "report.first", &list, &first);
    }
    if content.load {
        load(&mut out, report);
    }
    out.open("div", &[("class", "columns")]);
    let small = [("class", "small")];
    if content.levels {
        let list = [("class", "small"), ("data-t", "report-levels-list")];
        section(&mut out, "report.levels", &list, &levels(report));
    }
    if content.adherence {
        let list = [("class", "small"), ("data-t", "report-kept-list")];
        section(&mut out, "report.kept", &list, &kept(report));
    }
    if content.strength {
        section(&mut out, "report.strength", &small, &strength(report));
    }
    if content.benchmarks {
        section(&mut out, "report.benchmarks", &small, &benches(report));
    }
    let picked = report
        .notes
        .iter()
        .filter(|n| content.notes.contains(&n.id));
    let notes: Vec<String> = picked.map(|n| dated(n.day, &n.text)).collect();
    let list = [("class", "small notes"), ("data-t", "report-notes-list")];
    section(&mut out, "report.notes", &list, &notes);
    out.close("div");
    out.open("footer", &[("class", "small")]);
    let about = ["about.is", "about.is_not", "about.with_clinician"].map(t);
    out.element("p", &[], &about.join(" "));
    out.element("p", &[], &t("report.own_words"));
    out.close("footer");
    out.into_string()
}

fn dated(day: NaiveDate, words: &str) -> String {
    label_and_value(&format::short_date(day), words)
}

fn joined(list: impl IntoIterator<Item = Option<String>>, between: &str) -> String {
    let list: Vec<String> = list
        .into_iter()
        .flatten()
        .filter(|w| !w.is_empty())
        .collect();
    list.join(between)
}

/// The injury, the plan, where the runner stands.
fn standing(report: &Report) -> String {
    let Some(plan) = &report.plan else {
        return t("report.no_plan");
    };
    let g = &report.guidance;
    let injury = &plan.injury;
    let profile = tk("profile.", injury.profile.key());
    let first = joined(
        [
            Some(tk("site.", injury.site.key())),
            Some(tk("setup.side_", injury.side.key())),
            Some(tf("report.profile", &[("profile", &profile)])),
            Some(tf(
                "report.since",
                &[("day", &format::long_date(injury.since))],
            )),
            Some(tk("report.named_", injury.named_by.key())),
            plan.weekly_minutes_before
                .map(|min| tf("report.weekly", &[("time", &minutes(min))])),
            injury.surgery.then(|| t("report.surgery")),
            plan.no_clinician.then(|| t("report.no_clinician")),
        ],
        ", ",
    );
    let stage = g.stage.map(|s| tk("stage.", s.key())).unwrap_or_default();
    let level = g.standing_level.clone().unwrap_or_default();
    let now = tf("report.stands", &[("stage", &stage), ("level", &level)]);
    joined([Some(capital(&first) + "."), Some(now), limits(plan)], " ")
}

fn capital(text: &str) -> String {
    let end = text.chars().next().map_or(0, char::len_utf8);
    let (first, rest) = text.split_at(end);
    [&first.to_uppercase(), rest].concat()
}

fn limits(plan: &Plan) -> Option<String> {
    let limits = plan.limits.as_ref()?;
    let n = |key, n: Option<u8>| n.map(|n| tf(key, &[("n", &n.to_string())]));
    let level = limits.max_level.as_ref();
    let until = plan.valid_until.map(format::long_date);
    let list = joined(
        [
            n("report.max_pain", limits.max_pain_during.map(Score::get)),
            level.map(|level| tf("report.max_level", &[("level", level)])),
            n("report.ok", limits.ok_needed),
            n("report.rest", limits.min_rest_days),
            limits.max_per_week.map(|n| tn("report.most", i64::from(n))),
            limits.ladder.as_ref().map(|_| t("report.own_ladder")),
            until.map(|day| tf("report.until", &[("day", &day)])),
        ],
        ", ",
    );
    let list = if list.is_empty() {
        t("report.no_limits")
    } else {
        list
    };
    Some(tf("report.limits", &[("by", &limits.by), ("list", &list)]))
}

/// Warning signs, pauses and what clinicians said, by day.
fn decisions(report: &Report) -> Vec<String> {
    let mut rows: Vec<(NaiveDate, String)> = Vec::new();
    for f in &report.flags {
        let tier = match f.tier {
            Tier::Review => "report.tier_review",
            Tier::Urgent => "report.tier_urgent",
            Tier::Emergency => "report.tier_emergency",
        };
        let sign = tk("flag.", f.flag.key());
        rows.push((f.day, label_and_value(&t(tier), &sign)));
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
        let who = joined([Some(c.by.clone()), Some(c.role.clone())], ", ");
        let level = |key, level: &Option<String>| level.as_ref().map(|l| tf(key, &[("level", l)]));
        let words = [
            Some(tf(key, &[("by", &who)])),
            level("report.from_level", &c.restart_level),
            level("report.max_level", &c.max_level),
        ];
        rows.push((*day, joined(words, ", ")));
    }
    rows.sort_by_key(|row| row.0);
    rows.iter().map(|(day, words)| dated(*day, words)).collect()
}

fn paused(pause: &ReportedPause) -> String {
    let rules: Vec<&str> = pause.rules.iter().map(|r| r.id()).collect();
    let rules = rules.join(", ");
    let until = pause.until.map(format::short_date).unwrap_or_default();
    let key = if until.is_empty() {
        "report.paused"
    } else {
        "report.paused_until"
    };
    tf(key, &[("day", &until), ("rules", &rules)])
}

fn load(out: &mut Markup, report: &Report) {
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
    let longest = report.longest.map(|(day, min)| {
        let day = format::short_date(day);
        tf("report.longest", &[("min", &minutes(min)), ("day", &day)])
    });
    out.open("section", &[]);
    out.element("h3", &[], &t("report.load"));
    out.element("p", &[], &joined([Some(said), longest], " "));
    drawing(out, report, weeks);
    out.open("p", &[("class", "legend small")]);
    for (mark, key) in [
        ("key run", "report.run"),
        ("key walk", "report.walk"),
        ("key during", "report.during"),
        ("key morning", "report.morning"),
    ] {
        out.open("span", &[]);
        out.element("i", &[("class", mark)], "");
        out.text(&t(key));
        out.close("span");
    }
    out.close("p");
    out.close("section");
}

/// The facts of the picture are those of the table, day by day.
fn drawing(out: &mut Markup, report: &Report, weeks: usize) {
    let plot = plot(&report.days);
    let at = |x: i32, y: i32| (f64::from(x), f64::from(y));
    let mut svg = Svg::default();
    for pain in [0, 5, 10] {
        let y = HEIGHT - pain * HEIGHT / 10;
        svg.line("grid", at(0, y), at(WIDTH, y));
        let min = i32::try_from(plot.most_min).unwrap_or_default() * pain / 10;
        svg.words("end", at(-6, y + 4), &min.to_string());
        svg.words("", at(WIDTH + 6, y + 4), &pain.to_string());
    }
    svg.path("walk", &plot.walk);
    svg.path("run", &plot.run);
    svg.path("morning", &plot.morning);
    svg.path("during", &plot.during);
    for (x, day) in &plot.ticks {
        svg.words("", at(*x, HEIGHT + 15), &format::short_date(*day));
    }
    let window = [-40, -10, WIDTH + 70, HEIGHT + 30].map(f64::from);
    let label = tf("report.plot", &[("weeks", &weeks.to_string())]);
    let attributes = [
        ("class", "plot"),
        ("role", "img"),
        ("data-t", "report-plot"),
        ("aria-label", &label),
    ];
    out.append(&svg.finish(window, &attributes));
}

fn levels(report: &Report) -> Vec<String> {
    let line = |c: &LevelChange| {
        let (key, rule) = match c.cause {
            ChangeCause::Placed => ("report.by_placed", "PLACE"),
            ChangeCause::Up => ("report.by_up", "OK"),
            ChangeCause::Down(rule) => ("report.by_down", rule.id()),
            ChangeCause::Gap => ("report.by_gap", "GAP"),
            ChangeCause::Cleared => ("report.by_cleared", "CLEARANCE"),
        };
        let way = joined([c.from.clone(), Some(c.to.clone())], " → ");
        dated(
            c.on,
            &[way.as_str(), ", ", &t(key), " (", rule, ")"].concat(),
        )
    };
    report.levels.iter().map(line).collect()
}

fn kept(report: &Report) -> Vec<String> {
    let k = report.adherence;
    let count = |key: &str, n: u32| label_and_value(&capital(&t(key)), &n.to_string());
    vec![
        tf(
            "progress.kept_says",
            &[
                ("kept", &k.as_planned().to_string()),
                ("all", &k.all().to_string()),
                ("rest", &k.rest.to_string()),
            ],
        ),
        count("kept.open", k.missed),
        count("kept.more", k.exceeded),
        tf(
            "report.kept_strength",
            &[("n", &report.strength_days.to_string())],
        ),
    ]
}

fn strength(report: &Report) -> Vec<String> {
    let line = |s: &Symmetry| {
        let percent = s
            .symmetry_index(report.injured)
            .map(|p| tf("report.percent", &[("n", &p.to_string())]));
        tf(
            "report.sides",
            &[
                ("what", &measured_words(&s.measured)),
                ("left", &format::number(s.left)),
                ("right", &format::number(s.right)),
                ("unit", &unit_words(s)),
                ("percent", &percent.unwrap_or_default()),
            ],
        )
    };
    report.strength.iter().map(line).collect()
}

fn benches(report: &Report) -> Vec<String> {
    let line = |(_, b): &(NaiveDate, Benchmark)| {
        let with = Some(b.agreed_with.as_str()).filter(|with| !with.is_empty());
        let gate = b.gates_stage.filter(|_| !b.met);
        let words = [
            Some(crate::ui::text::entry_lines::measured(b)),
            with.map(|with| tf("bench.agreed", &[("with", with)])),
            gate.map(|s| tf("bench.gates", &[("stage", &tk("stage.", s.key()))])),
        ];
        label_and_value(&b.name, &joined(words, " · "))
    };
    report.benchmarks.iter().map(line).collect()
}
