//! "My injury": what is known about it and what is not, section by section; what to ask is
//! put on the list of the next appointment.

use crate::app::event::{DraftEvent, NavigationEvent};
use crate::app::reading::{Page, ReadingFile};
use crate::app::{Event, Screen};
use crate::diary::entry::Body;
use crate::diary::vocabulary::Site;
use crate::insights::care_team::{is_asked, next_appointment, with_question};
use crate::insights::injury_guide::{Group, InjuryGuide, Section};
use crate::insights::sourced_text::{HelpStage, Line};
use crate::ui::context::App;
use crate::ui::screens::care::reading::{list, with};
use crate::ui::text::words::{t, tk};
use crate::ui::widgets::controls::{button, head, link, tap, title};
use crate::ui::widgets::entry_form::change;
use leptos::prelude::*;
use std::sync::Arc;

type Guide = Arc<Page<InjuryGuide>>;

/// The screen.
pub fn view(app: App) -> AnyView {
    with(
        app,
        ReadingFile::Injury,
        "screen.injury",
        |readings| &readings.injury,
        show,
    )
}

fn show(app: App, page: &Guide) -> AnyView {
    let site = app.memo(|s| s.plan().map(|p| p.injury.site));
    let page = page.clone();
    view! {
        {head(t("reading.title").into_any(), title(t("screen.injury")))}
        {move || {
            let group = site.get().and_then(|site| Some((site, page.content.group_of(site)?)));
            match group {
                Some((site, group)) => guide(app, &page, group, site),
                None => view! {
                    <p>{page.words("ui.none").to_owned()}</p>
                    {link(t("today.begin"), "injury-begin", "primary", Screen::Setup)}
                }.into_any(),
            }
        }}
    }
    .into_any()
}

fn guide(app: App, page: &Guide, group: &Group, site: Site) -> AnyView {
    let sections = Section::ALL.into_iter().enumerate().map(|(n, section)| {
        let first = n == 0;
        let lines: Vec<&Line> = group.lines(section, site).collect();
        let body = match section {
            Section::Helps => helps(page, &lines),
            Section::Ask => questions(app, page, &lines),
            Section::Strength => strength(page, group, site, &lines),
            Section::Is | Section::Way | Section::Hard | Section::Imaging => {
                list(page, &lines, page.content.sources())
            }
        };
        let name = page.words(&["ui.", section.key()].concat()).to_owned();
        view! {
            <details class="card" open=first data-t=["injury-", section.key()].concat()>
                <summary data-t=["injury-open-", section.key()].concat()><b>{name}</b></summary>
                {body}
            </details>
        }
    });
    let intro = page.words("ui.intro").to_owned();
    view! {
        <p class="say" data-t="injury-site"><b>{tk("site.", site.key())}</b></p>
        <p>{intro}</p>
        {sections.collect_view()}
    }
    .into_any()
}

/// What helps, at each stage.
fn helps(page: &Guide, lines: &[&Line]) -> AnyView {
    let stages = HelpStage::ALL.into_iter().filter_map(|stage| {
        let of: Vec<&Line> = lines
            .iter()
            .copied()
            .filter(|l| l.stage == Some(stage))
            .collect();
        let name = page.words(&["ui.stage_", stage.key()].concat()).to_owned();
        (!of.is_empty()).then(|| {
            view! {
                <h3>{name}</h3>
                {list(page, &of, page.content.sources())}
            }
        })
    });
    stages.collect_view().into_any()
}

/// What to ask: a tap puts it on the list of the next appointment, or on that of one that is
/// entered for it.
fn questions(app: App, page: &Guide, lines: &[&Line]) -> AnyView {
    let next = app.memo(|s| {
        next_appointment(s.diary(), s.now.day()).map(|(entry, a)| (entry.clone(), a.clone()))
    });
    let rows = lines.iter().map(|line| {
        let question = page.words(&line.text).to_owned();
        let (add, added) = (
            page.words("ui.ask_add").to_owned(),
            page.words("ui.ask_added").to_owned(),
        );
        let id = ["ask-", &line.text.replace('.', "-")].concat();
        let asked = question.clone();
        let answer = move || {
            let on_list = next.with(|n| n.as_ref().is_some_and(|(_, a)| is_asked(a, &asked)));
            if on_list {
                return view! { <p class="small" data-t="on-the-list">{added.clone()}</p> }
                    .into_any();
            }
            let question = asked.clone();
            button(
                add.clone(),
                &id,
                "ghost",
                tap(move || {
                    if let Some((entry, appointment)) = next.get_untracked() {
                        let body = Body::Appointment(with_question(&appointment, &question));
                        change(app, &entry, body, Screen::Injury);
                    } else {
                        app.send(Event::Draft(DraftEvent::Question(question.clone())));
                        app.send(Event::Navigation(NavigationEvent::Go(Screen::Appointment)));
                    }
                }),
            )
        };
        view! { <li><p>{question}</p>{answer}</li> }
    });
    view! {
        <p class="small">{page.words("ui.ask_about").to_owned()}</p>
        <ul class="rows asks">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// Which exercises matter most, and the way to them.
fn strength(page: &Guide, group: &Group, site: Site, lines: &[&Line]) -> AnyView {
    let patterns = group.sites.get(&site).map_or(&[][..], Vec::as_slice);
    let names = patterns.iter().map(|pattern| {
        let name = page.words(&["ui.pattern_", pattern].concat()).to_owned();
        view! { <li><b>{name}</b></li> }
    });
    let all = patterns.is_empty().then(|| {
        view! { <p><b>{page.words("ui.all_patterns").to_owned()}</b></p> }
    });
    let to = page.words("ui.to_strength").to_owned();
    view! {
        {all}
        <ul class="plain" data-t="injury-patterns">{names.collect_view()}</ul>
        {list(page, lines, page.content.sources())}
        {link(to, "injury-strength", "ghost", Screen::Strength)}
    }
    .into_any()
}
