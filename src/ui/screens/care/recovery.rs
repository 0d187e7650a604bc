//! Rest and active recovery: what helps now, what was done, how sleep, food and water
//! are, and what the way to walking still misses.

use crate::app::Screen;
use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit;
use crate::app::forms::number_field::NumberField;
use crate::diary::entry::{Body, Entry};
use crate::diary::vocabulary::Stage;
use crate::insights::recovery::{RecoveryPhase, week, week_key};
use crate::shell::format;
use crate::ui::context::{App, derive};
use crate::ui::text::entry_lines::line;
use crate::ui::text::reasons;
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, field, minutes, pain_scale, tap, tick};
use crate::ui::widgets::entry_form::{Form, of_kind, text, typed, yes_no};
use crate::ui::widgets::fields::{number, radios, select};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Kinds of cross-training to choose from; whatever else goes in own words.
const KINDS: [&str; 7] = [
    "cycling",
    "swimming",
    "aqua",
    "elliptical",
    "rowing",
    "mobility",
    "sport",
];

/// The screen.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("recovery.eyebrow", "recovery.title")}
        {now(app)}
        {gate(app)}
        {card(t("recovery.did"), view! {
            <p>{t("recovery.did_body")}</p>
            {this_week(app)}
            {activity(app, None)}
            {recent(app, "activity")}
        }.into_any())}
        {card(t("checkin.title"), view! {
            <p>{t("checkin.body")}</p>
            <p class="small">{t("checkin.inflammation")}</p>
            {check_in(app, None)}
            {recent(app, "check-in")}
        }.into_any())}
    }
    .into_any()
}

/// What helps now, by the days since the injury.
fn now(app: App) -> AnyView {
    let at = app.memo(|s| {
        let since = s.plan()?.injury.since;
        let (stage, profile) = (s.guidance().stage?, s.guidance().profile?);
        let today = s.now.day();
        let phase = RecoveryPhase::of(stage, profile, since, today);
        Some((phase.key(), (today - since).num_days().max(0)))
    });
    view! {
        {move || at.get().map(|(phase, days)| card(tk("recovery.phase_", phase), view! {
            <p class="small">{tn("recovery.days", days)}</p>
            <p data-t="phase">{tk("recovery.help_", phase)}</p>
            <p>{tk("recovery.train_", phase)}</p>
            <p class="small">{t("recovery.stop")}</p>
        }.into_any()))}
    }
    .into_any()
}

/// What a week of it may hold, and what this one does.
fn this_week(app: App) -> AnyView {
    let at = app.memo(|s| {
        let since = s.plan()?.injury.since;
        let (stage, profile) = (s.guidance().stage?, s.guidance().profile?);
        let today = s.now.day();
        let key = week_key(RecoveryPhase::of(stage, profile, since, today), profile);
        Some((key, week(s.diary(), today)))
    });
    view! {
        {move || at.get().map(|(key, (done, planned))| {
            let sums = [("done", minutes(done)), ("planned", minutes(planned))];
            let sums = sums.each_ref().map(|(name, sum)| (*name, sum.as_str()));
            view! {
                <p data-t="week-about">{tk("recovery.week_", key)}" "{t("recovery.week_own")}</p>
                <p data-t="week-sums">{tf("recovery.week_sums", &sums)}</p>
            }
        })}
    }
    .into_any()
}

/// What the gate out of rest still misses.
fn gate(app: App) -> AnyView {
    let at = app.memo(|s| {
        let g = s.guidance();
        (g.stage == Some(Stage::Rest)).then(|| (g.gate.clone(), s.now.day(), g.advice))
    });
    view! {
        {move || at.get().map(|(missing, today, advice)| {
            use crate::rules::guidance::Advice;
            let asks = matches!(advice, Advice::Consult | Advice::ClearanceNeeded);
            let none = missing.is_empty() && !asks;
            let rows = missing.iter().map(|m| view! { <li>{reasons::gate_sentence(m, today)}</li> }).collect_view();
            card(t("recovery.gate"), view! {
                <p>{t("recovery.gate_body")}</p>
                <ul class="plain" data-t="gate">
                    {rows}
                    {asks.then(|| view! { <li>{t("reason.clearance")}</li> })}
                    {none.then(|| view! { <li>{t("recovery.gate_open")}</li> })}
                </ul>
            }.into_any())
        })}
    }
    .into_any()
}

/// The form for what was done, or one that is there.
pub fn activity(app: App, entry: Option<&Entry>) -> AnyView {
    let today = app.peek(|s| s.now.day());
    let old = entry.and_then(|e| match &e.body {
        Body::Activity(a) => Some(a.clone()),
        _ => None,
    });
    let form = Form::new(app, entry, Screen::Recovery);
    let what = text(old.as_ref().map(|a| a.what.clone()).unwrap_or_default());
    let minutes = typed(
        NumberField::ActivityMinutes,
        old.as_ref().map(|a| a.minutes),
    );
    // What was only planned has no pain yet, and is done today.
    let meant = old.as_ref().is_some_and(|a| a.planned);
    let felt = old.as_ref().filter(|_| !meant);
    let pain = RwSignal::new(felt.map(|a| a.pain.get()));
    let impact = RwSignal::new(old.as_ref().is_some_and(|a| a.impact));
    let of = entry.filter(|_| !meant).map_or(today, Entry::day);
    let day = text(of.to_string());
    let save = move || {
        let made = entry_edit::past_day(&day.get_untracked(), today).and_then(|day| {
            let body = entry_edit::activity(
                &what.get_untracked(),
                &minutes.get_untracked(),
                pain.get_untracked(),
                impact.get_untracked(),
            )?;
            Ok((body, day))
        });
        let (made, day) = match made {
            Ok((body, day)) => (Ok(body), Some(day)),
            Err(wrong) => (Err(wrong), None),
        };
        if form.keep(made, day, None) {
            for field in [what, minutes] {
                field.set(String::new());
            }
            pain.set(None);
            impact.set(false);
        }
    };
    let ticked = RwSignal::new(Vec::<NaiveDate>::new());
    let plan = move || {
        let made = entry_edit::planned(
            &what.get_untracked(),
            &minutes.get_untracked(),
            &day.get_untracked(),
            &ticked.get_untracked(),
            today,
        );
        let kept = form.send(made, |(body, days)| {
            DiaryEvent::PlanActivity(Box::new(body), days)
        });
        if kept {
            for field in [what, minutes] {
                field.set(String::new());
            }
            ticked.set(Vec::new());
        }
    };
    let week = move || {
        let days = today.iter_days().take(7);
        let one = |on: NaiveDate| {
            let set = move |yes: bool| {
                ticked.update(|days| {
                    days.retain(|day| *day != on);
                    if yes {
                        days.push(on);
                    }
                });
            };
            let id = ["plan-", &on.to_string()].concat();
            let is = derive(move || ticked.with(|days| days.contains(&on)));
            tick(format::weekday_date(on), id, is, Box::new(set))
        };
        view! {
            <details>
                <summary data-t="plan-days">{t("recovery.plan_days")}</summary>
                <div class="ticks">{days.map(one).collect_view()}</div>
            </details>
        }
    };
    let mut kinds = vec![(String::new(), t("recovery.own"))];
    kinds.extend(KINDS.map(|k| (k.to_owned(), tk("recovery.kind_", k))));
    let pick: Box<dyn Fn(String)> = Box::new(move |kind| {
        impact.set(kind == "sport");
        what.set(if kind.is_empty() || kind == "sport" {
            String::new()
        } else {
            tk("recovery.kind_", &kind)
        });
    });
    view! {
        {entry.is_none().then(|| select(t("recovery.kind"), "activity-kind", kinds, "", None, pick))}
        {field(t("recovery.what"), "activity-what", "text", what, None)}
        <div class="pair">
            {number(t("recovery.minutes"), NumberField::ActivityMinutes, minutes, None)}
            {field(t("recovery.day"), "activity-day", "date", day, None)}
        </div>
        {pain_scale("activity-pain", t("recovery.pain"), pain)}
        {tick(t("recovery.impact"), "activity-impact".into(), impact.into(), Box::new(move |on| impact.set(on)))}
        <p class="small">{t("recovery.counts")}</p>
        {form.fault()}
        {button(t("recovery.save"), "activity-save", "primary", tap(save))}
        {entry.is_none().then(|| view! {
            {week()}
            {button(t("recovery.plan"), "activity-plan", "ghost", tap(plan))}
            <p class="small">{t("recovery.plan_about")}</p>
        })}
    }
    .into_any()
}

/// The form for sleep, food and water, or one that is there.
pub fn check_in(app: App, entry: Option<&Entry>) -> AnyView {
    let old = entry.and_then(|e| match &e.body {
        Body::CheckIn(c) => Some(c.clone()),
        _ => None,
    });
    let form = Form::new(app, entry, Screen::Recovery);
    let sleep = typed(NumberField::Sleep, old.as_ref().and_then(|c| c.sleep_h));
    let food = RwSignal::new(old.as_ref().and_then(|c| c.food));
    let water = RwSignal::new(old.as_ref().and_then(|c| c.water));
    let save = move || {
        let made = entry_edit::check_in(
            &sleep.get_untracked(),
            food.get_untracked(),
            water.get_untracked(),
        );
        if form.keep(made, None, None) {
            sleep.set(String::new());
            food.set(None);
            water.set(None);
        }
    };
    view! {
        {number(t("checkin.sleep"), NumberField::Sleep, sleep, None)}
        {radios("food", t("checkin.food"), Some(t("checkin.food_hint")), "choices", yes_no("food", food))}
        {radios("water", t("checkin.water"), None, "choices", yes_no("water", water))}
        {form.fault()}
        {button(t("checkin.save"), "checkin-save", "ghost", tap(save))}
    }
    .into_any()
}

/// The last few entries of a kind.
pub fn recent(app: App, kind: &'static str) -> AnyView {
    let list = of_kind(app, kind);
    let any = derive(move || list.with(|l| !l.is_empty()));
    view! {
        {move || any.get().then(|| view! {
            <ul class="plain" data-t=["recent-", kind].concat()>
                {move || list.with(|list| list.iter().take(5).map(|e| view! {
                    <li>{line(&e.body)}" "<span class="small">{format::weekday_date(e.day())}</span></li>
                }).collect_view())}
            </ul>
        })}
    }
    .into_any()
}
