//! The hand-over's second half: a link that was scanned, or a code that was pasted. Every
//! number that would change stands old beside new before anything is kept.

use crate::app::event::{DiaryEvent, Install};
use crate::app::forms::hand_over_form::review;
use crate::app::{Event, Screen};
use crate::formats::markup::Markup;
use crate::insights::hand_over_review::{FieldChange, FieldValue, Review, ReviewField};
use crate::plan::hand_over::{HandOver, Refusal};
use crate::shell::{self, format};
use crate::ui::context::App;
use crate::ui::text::field_errors;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, clock, link, tap};
use crate::ui::widgets::fields::textarea;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let pasted = RwSignal::new(String::new());
    let text = RwSignal::new(shell::route::handed_plan());
    // Another link, opened while this one is looked at.
    let heard = window_event_listener(leptos::ev::hashchange, move |_| {
        text.set(shell::route::handed_plan());
    });
    on_cleanup(move || heard.remove());
    let install = app.memo(|s| s.install);
    let in_browser = move || match install.get() {
        Install::Ios => text
            .get()
            .map(|code| (code, "plan.ios_title", "plan.ios_body")),
        Install::InApp => text
            .get()
            .map(|code| (code, "plan.in_app_title", "plan.in_app_body")),
        Install::Unknown | Install::Standalone | Install::Prompt => None,
    };
    let seen = app.memo(move |s| text.get().map(|text| (review(s, &text), text.len())));
    let open = move || {
        text.set(Some(pasted.get_untracked()));
        shell::route::focus("#found-title");
    };
    view! {
        {crate::ui::widgets::controls::plain_head("plan.eyebrow", "plan.title")}
        {move || in_browser().map(|(code, title, body)| elsewhere(code, title, body))}
        {move || seen.get().map(|(seen, _)| match seen {
            Ok((handed, review)) => reviewed_plan(app, &handed, review),
            Err(refusal) => refused(&refusal),
        })}
        {card(t("plan.paste_title"), view! {
            <p>{t("plan.paste_body")}</p>
            {textarea(t("plan.paste"), "plan-paste", pasted)}
            {button(t("plan.open"), "plan-open", "ghost", tap(open))}
        }.into_any())}
    }
    .into_any()
}

/// On an iPhone a link opens in the browser, which shares nothing with the installed app;
/// in a messenger or a mail app everywhere it opens in that app's own.
fn elsewhere(code: String, title: &str, body: &str) -> AnyView {
    let copied = RwSignal::new(None::<bool>);
    let to_copy = code.clone();
    let copy = move || shell::files::copy(&to_copy, move |done| copied.set(Some(done)));
    let said = move || {
        copied.get().map(|done| {
            t(if done {
                "plan.copied"
            } else {
                "handover.not_copied"
            })
        })
    };
    card(
        t(title),
        view! {
            <p data-t="plan-elsewhere">{t(body)}</p>
            <textarea class="mono link" readonly rows="4" data-t="plan-code" aria-label=t("plan.code") prop:value=code></textarea>
            {button(t("plan.copy"), "plan-copy", "ghost", tap(copy))}
            <p role="status" class="small">{said}</p>
        }
        .into_any(),
    )
}

/// Why it cannot be taken.
fn refused(refusal: &Refusal) -> AnyView {
    let mut out = Markup::default();
    out.element(
        "h2",
        &[("id", "found-title"), ("tabindex", "-1")],
        &t("plan.refused_title"),
    );
    let words = match refusal {
        Refusal::Empty => t("plan.empty"),
        Refusal::Foreign => t("plan.foreign"),
        Refusal::TooLong => t("plan.too_long"),
        Refusal::CutOff => t("plan.cut_off"),
        Refusal::Damaged => t("plan.damaged"),
        Refusal::Newer => t("plan.newer"),
        Refusal::Expired(day) => tf("plan.expired", &[("day", &format::long_date(*day))]),
        Refusal::Faults(_) => t("plan.refused"),
    };
    out.element("p", &[], &words);
    if let Refusal::Faults(found) = refusal {
        let lines: Vec<String> = found.iter().map(field_errors::words).collect();
        out.list(&[("class", "plain")], &lines);
    }
    out.element("p", &[("class", "small")], &t("plan.unchanged"));
    view! { <section class="card caution" role="alert" data-t="plan-refused" inner_html=out.into_string()></section> }
        .into_any()
}

fn reviewed_plan(app: App, handed: &HandOver, review: Review) -> AnyView {
    let mut by = handed.by.clone();
    if !handed.role.is_empty() {
        by = [&by, ", ", &handed.role].concat();
    }
    let day = format::long_date(handed.made_on);
    let mut out = Markup::default();
    out.element(
        "h2",
        &[("id", "found-title"), ("tabindex", "-1")],
        &t("plan.found"),
    );
    out.element("p", &[], &tf("plan.from", &[("by", &by), ("day", &day)]));
    out.element("p", &[("class", "small")], &t("plan.honest"));
    if !handed.note.is_empty() {
        out.element("p", &[("class", "notes")], &handed.note);
    }
    if !review.consequences.is_empty() {
        out.element("h3", &[], &t("plan.consequences"));
        let lines = review
            .consequences
            .iter()
            .map(|c| tk("plan.then_", c.key()));
        let lines: Vec<String> = lines.collect();
        out.list(
            &[("class", "reasons"), ("data-t", "plan-consequences")],
            &lines,
        );
    }
    if review.changes.is_empty() {
        out.element("p", &[("data-t", "plan-same")], &t("plan.same"));
    } else {
        table(&mut out, &review.changes);
    }
    let writes = review.writes;
    let keep = !writes.is_empty();
    let accept = tap(move || app.send(Event::Diary(DiaryEvent::TakePlan(writes.clone()))));
    view! {
        <section class="card" data-t="plan-found">
            <div class="page" inner_html=out.into_string()></div>
            <div class="row">
                {keep.then(|| button(t("plan.accept"), "plan-accept", "primary", accept))}
                {link(t("plan.decline"), "plan-decline", "ghost", Screen::Today)}
            </div>
        </section>
    }
    .into_any()
}

fn table(out: &mut Markup, changes: &[FieldChange]) {
    out.open("table", &[("class", "changes"), ("data-t", "plan-changes")]);
    out.element("caption", &[("class", "hidden")], &t("plan.changes"));
    out.open("thead", &[]);
    out.open("tr", &[]);
    for key in ["plan.what", "plan.now", "plan.new"] {
        out.element("th", &[("scope", "col")], &t(key));
    }
    out.close("tr");
    out.close("thead");
    out.open("tbody", &[]);
    for change in changes {
        out.open("tr", &[]);
        out.element("th", &[("scope", "row")], &what(&change.field));
        out.element("td", &[], &field_value(&change.old));
        out.element("td", &[("class", "new")], &field_value(&change.new));
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
}

fn what(what: &ReviewField) -> String {
    match what {
        ReviewField::Site => t("handover.site"),
        ReviewField::Side => t("handover.side"),
        ReviewField::Profile => t("handover.profile"),
        ReviewField::Since => t("handover.since"),
        ReviewField::NeedsClearance => t("plan.needs_clearance"),
        ReviewField::StartStage => t("handover.stage"),
        ReviewField::StartLevel => t("handover.level"),
        ReviewField::PerWeek => t("handover.per_week"),
        ReviewField::By => t("plan.by"),
        ReviewField::Role => t("plan.role"),
        ReviewField::MaxPain => t("handover.max_pain"),
        ReviewField::MaxLevel => t("handover.max_level"),
        ReviewField::OkNeeded => t("handover.ok"),
        ReviewField::MinRest => t("handover.rest"),
        ReviewField::MaxPerWeek => t("handover.most"),
        ReviewField::LadderName => t("handover.ladder_name"),
        ReviewField::Level(id) => tf("plan.level", &[("level", id)]),
        ReviewField::ValidUntil => t("handover.until"),
        ReviewField::Target(name) => tf("plan.target", &[("name", name)]),
        ReviewField::Gate(name) => tf("plan.gate", &[("name", name)]),
    }
}

fn field_value(value: &FieldValue) -> String {
    match value {
        FieldValue::Nothing => t("plan.nothing"),
        FieldValue::Site(site) => tk("site.", site.key()),
        FieldValue::Side(side) => tk("setup.side_", side.key()),
        FieldValue::Profile(profile) => tk("profile.", profile.key()),
        FieldValue::Day(day) => format::long_date(*day),
        FieldValue::YesNo(yes) => t(if *yes { "app.yes" } else { "app.no" }),
        FieldValue::Stage(stage) => tk("stage.", stage.key()),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Number(n, unit) => [format::number(*n).as_str(), " ", unit]
            .concat()
            .trim_end()
            .to_owned(),
        FieldValue::Intervals(run, walk, reps) => {
            let [run, walk] = [run, walk].map(|s| clock(i64::from(*s)));
            match (walk.as_str(), reps) {
                ("0:00", 1) => tf("plan.runs", &[("run", &run)]),
                _ => tf(
                    "plan.intervals",
                    &[("run", &run), ("walk", &walk), ("reps", &reps.to_string())],
                ),
            }
        }
    }
}
