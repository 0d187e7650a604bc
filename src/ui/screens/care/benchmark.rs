//! Benchmarks agreed with a clinician: left and right, their history, and the stage
//! that one keeps closed until it is met.

use crate::app::Screen;
use crate::app::forms::entry_edit::BenchmarkForm;
use crate::app::forms::number_field::NumberField;
use crate::diary::entry::{Benchmark, Body, Entry};
use crate::diary::vocabulary::{Site, Stage};
use crate::diary::{Diary, StandingBenchmark};
use crate::plan::benchmarks;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::entry_lines::measured;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, field, link, tap, tick};
use crate::ui::widgets::entry_form::{Form, of_kind, text, typed};
use crate::ui::widgets::fields::{number, select};
use leptos::prelude::*;

/// A new measure.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("care.eyebrow", "bench.title")}
        <p>{t("bench.body")}</p>
        {form(app, None)}
    }
    .into_any()
}

fn of(entry: &Entry) -> Option<&Benchmark> {
    match &entry.body {
        Body::Benchmark(b) => Some(b),
        _ => None,
    }
}

/// The form, for a new measure or one that is there.
pub fn form(app: App, entry: Option<&Entry>) -> AnyView {
    let old = entry.and_then(of).cloned();
    let form = Form::new(app, entry, Screen::Care);
    let said = |take: fn(&Benchmark) -> &String| {
        text(old.as_ref().map(|b| take(b).clone()).unwrap_or_default())
    };
    let value_of = |of: NumberField, take: fn(&Benchmark) -> Option<f64>| {
        typed(of, old.as_ref().and_then(take))
    };
    let (name, unit, with) = (
        said(|b| &b.name),
        said(|b| &b.unit),
        said(|b| &b.agreed_with),
    );
    let (target, left, right, value) = (
        value_of(NumberField::BenchTarget, |b| b.target),
        value_of(NumberField::BenchLeft, |b| b.left),
        value_of(NumberField::BenchRight, |b| b.right),
        value_of(NumberField::BenchValue, |b| b.value),
    );
    let met = RwSignal::new(old.as_ref().is_some_and(|b| b.met));
    let gates = RwSignal::new(old.as_ref().and_then(|b| b.gates_stage));
    let start_gate = gates.get_untracked().map_or("", Stage::key);
    let save = move || {
        let draft = BenchmarkForm {
            name: name.get_untracked(),
            unit: unit.get_untracked(),
            target: target.get_untracked(),
            left: left.get_untracked(),
            right: right.get_untracked(),
            value: value.get_untracked(),
            met: met.get_untracked(),
            agreed_with: with.get_untracked(),
            gates_stage: gates.get_untracked(),
        };
        form.keep(draft.body(), None, None);
    };
    // What was measured before, then what suits the injury.
    let before = app.peek(|s| {
        let standing = s.diary().benchmarks_on(s.now.day());
        let latest = standing.iter().map(|b| b.latest().clone());
        latest.collect::<Vec<Benchmark>>()
    });
    let site = app.peek(|s| s.plan().map_or(Site::Other, |p| p.injury.site));
    let templates = benchmarks::for_site(site);
    let mut options = vec![(String::new(), t("bench.own"))];
    options.extend(
        (0..)
            .zip(&before)
            .map(|(i, b)| (before_id(i), b.name.clone())),
    );
    options.extend(
        templates
            .iter()
            .map(|m| (m.key.to_owned(), tk("bench_name.", m.key))),
    );
    let pick: Box<dyn Fn(String)> = Box::new(move |picked| {
        for field in [left, right, value] {
            field.set(String::new());
        }
        met.set(false);
        let old = (0..).zip(&before).find(|(i, _)| before_id(*i) == picked);
        if let Some((_, b)) = old {
            name.set(b.name.clone());
            unit.set(b.unit.clone());
            with.set(b.agreed_with.clone());
            target.set(NumberField::BenchTarget.draft(b.target));
        } else if let Some(m) = templates.iter().find(|m| m.key == picked) {
            name.set(tk("bench_name.", m.key));
            unit.set(tk("bench_unit.", m.unit));
            target.set(NumberField::BenchTarget.draft(Some(m.target)));
        }
    });
    let stages = [
        Stage::Walking,
        Stage::SelfTest,
        Stage::RunWalk,
        Stage::ShortRuns,
        Stage::Running,
    ];
    let mut doors = vec![(String::new(), t("bench.no_gate"))];
    doors.extend(stages.map(|s| (s.key().to_owned(), tk("stage.", s.key()))));
    let choose: Box<dyn Fn(String)> = Box::new(move |key| gates.set(Stage::from_key(&key)));
    view! {
        {entry.is_none().then(|| select(t("bench.which"), "bench-which", options, "", Some(t("bench.which_hint")), pick))}
        {field(t("bench.name"), "bench-name", "text", name, None)}
        <div class="pair">
            {number(t("bench.target"), NumberField::BenchTarget, target, None)}
            {field(t("bench.unit"), "bench-unit", "text", unit, None)}
        </div>
        {field(t("bench.with"), "bench-with", "text", with, None)}
        {select(t("bench.gate"), "bench-gate", doors, start_gate, Some(t("bench.gate_hint")), choose)}
        <div class="pair">
            {number(t("bench.left"), NumberField::BenchLeft, left, None)}
            {number(t("bench.right"), NumberField::BenchRight, right, None)}
        </div>
        {number(t("bench.value"), NumberField::BenchValue, value, Some(t("bench.value_hint")))}
        {tick(t("bench.is_met"), "bench-met".into(), met.into(), Box::new(move |on| met.set(on)))}
        {form.fault()}
        {button(t("bench.save"), "bench-save", "primary", tap(save))}
    }
    .into_any()
}

fn before_id(i: usize) -> String {
    ["before-", &i.to_string()].concat()
}

/// Every benchmark with its latest measure, the earlier ones behind one tap.
pub fn list_card(app: App) -> AnyView {
    let list = of_kind(app, "benchmark");
    let rows = move || {
        let benchmarks: Diary = list.get().into_iter().collect();
        let today = app.peek(|s| s.now.day());
        groups(&benchmarks.benchmarks_on(today))
    };
    card(
        t("bench.list"),
        view! {
            <p>{t("bench.list_body")}</p>
            <ul class="plain" data-t="benchmarks">{rows}</ul>
            {link(t("bench.add"), "bench-add", "ghost", Screen::Benchmark)}
        }
        .into_any(),
    )
}

fn groups(list: &[StandingBenchmark]) -> AnyView {
    list.iter()
        .map(|standing| {
            let (name, all) = (standing.latest().name.clone(), &standing.measures);
            let closed = standing.closes().into_iter().map(|s| tk("stage.", s.key()));
            let closed = closed.collect::<Vec<_>>().join(", ");
            let gate = (!closed.is_empty()).then(|| tf("bench.gates", &[("stage", &closed)]));
            let with = all
                .iter()
                .map(|(_, b)| &b.agreed_with)
                .find(|w| !w.is_empty());
            let with = with.map(|w| tf("bench.agreed", &[("with", w)]));
            let one = |(e, b): &(&Entry, &Benchmark)| {
                [measured(b).as_str(), " · ", &format::short_date(e.day())].concat()
            };
            let latest = all.first().map(one);
            let older = all
                .iter()
                .skip(1)
                .map(|x| view! { <li>{one(x)}</li> })
                .collect_view();
            view! {
                <li>
                    <p><b>{name}</b></p>
                    <p>{latest}</p>
                    <p class="small">{with}" "{gate}</p>
                    {(all.len() > 1).then(|| view! {
                        <details>
                            <summary>{t("bench.history")}</summary>
                            <ul class="plain">{older}</ul>
                        </details>
                    })}
                </li>
            }
        })
        .collect_view()
        .into_any()
}
