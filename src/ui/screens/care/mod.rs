//! Care: what clinicians said, where to get help, what the app is not.

pub mod appointment;
pub mod benchmark;
pub mod clearance;
pub mod hand_over;
pub mod injury;
pub mod mind;
pub mod open_plan;
pub mod reading;
pub mod recovery;
pub mod report;
pub mod running_well;

use crate::app::Screen;
use crate::diary::entry::{Body, Kind};
use crate::rules::guidance::Advice;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{card, head, link, paragraphs, title};
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let test = app.memo(|s| s.guidance().advice == Advice::SelfTest);
    let number = app.memo(|s| s.prefs.emergency_number.clone());
    view! {
        {head(t("care.eyebrow").into_any(), title(t("screen.care")))}
        {move || test.get().then(|| card(t("care.test"), view! {
            <p>{t("care.test_body")}</p>
            {link(t("today.start_test"), "start-test", "ghost", Screen::SelfTest)}
        }.into_any()))}
        {crate::ui::screens::care::appointment::team_card(app)}
        {crate::ui::screens::care::appointment::list_card(app)}
        {clearances(app)}
        {crate::ui::screens::care::benchmark::list_card(app)}
        {card(t("reading.title"), view! {
            <div class="row">
                {link(t("injury.open"), "care-injury", "ghost", Screen::Injury)}
                {link(t("well.open"), "care-running-well", "ghost", Screen::RunningWell)}
            </div>
        }.into_any())}
        {card(t("beside.title"), view! {
            <div class="row">
                {link(t("beside.recovery"), "care-recovery", "ghost", Screen::Recovery)}
                {link(t("beside.mind"), "care-mind", "ghost", Screen::Mind)}
            </div>
        }.into_any())}
        {card(t("share.title"), view! {
            <p class="small">{t("share.body")}</p>
            <div class="row">
                {link(t("share.report"), "care-report", "ghost", Screen::Report)}
                {link(t("share.calendar"), "care-calendar", "ghost", Screen::Calendar)}
                {link(t("share.open"), "care-plan", "ghost", Screen::OpenPlan)}
                {link(t("share.hand_over"), "care-hand-over", "ghost", Screen::HandOver)}
            </div>
        }.into_any())}
        {card(t("care.help"), view! {
            <p>{t("care.help_body")}</p>
            <div class="row">
                {link(t("care.worrying"), "not-right", "ghost", Screen::Check)}
                <a class="btn ghost" href=move || ["tel:", &number.get()].concat() data-t="care-call">
                    {move || tf("emergency.call", &[("number", &number.get())])}
                </a>
            </div>
        }.into_any())}
        {crate::ui::screens::setup::another_injury::view(app)}
        {card(t("care.evidence"), paragraphs(&["evidence.rules", "evidence.spacing", "evidence.longest", "evidence.limits"]))}
        {card(t("about.title"), paragraphs(&["about.is", "about.is_not", "about.with_clinician"]))}
    }
    .into_any()
}

fn clearances(app: App) -> AnyView {
    let list = app.memo(|s| {
        let of = |e: &crate::diary::entry::Entry| match &e.body {
            Body::Clearance(c) => Some((e.day(), c.granted, c.by.clone(), c.restart_level.clone())),
            _ => None,
        };
        s.diary()
            .of_kind(Kind::Clearance)
            .rev()
            .filter_map(of)
            .collect::<Vec<_>>()
    });
    let rows = move || {
        list.with(|list| {
            list.iter()
                .map(|(day, granted, by, level)| {
                    let key = if *granted { "diary.granted" } else { "diary.refused" };
                    let level = level.as_ref().map(|l| tf("care.level", &[("level", l)]));
                    view! {
                        <li>{tf(key, &[("by", by)])}" "<span class="small">{format::long_date(*day)}" "{level}</span></li>
                    }
                })
                .collect_view()
        })
    };
    let none = move || list.with(Vec::is_empty);
    card(
        t("care.clearances"),
        view! {
            <p>{t("care.clearances_body")}</p>
            {move || none().then(|| view! { <p class="small">{t("care.no_clearance")}</p> })}
            <ul class="plain" data-t="clearances">{rows}</ul>
            {link(t("care.log_clearance"), "log-clearance", "ghost", Screen::Clearance)}
        }
        .into_any(),
    )
}
