//! The calendar file: what is planned, for the phone's own calendar to remind of.

use crate::app::Event;
use crate::app::event::DeviceEvent;
use crate::formats::markup::Markup;
use crate::insights::schedule;
use crate::insights::schedule::{CalendarOptions, CalendarWords, EventKind, PlannedEvent};
use crate::shell::{self, format};
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, tap, tick};
use crate::ui::widgets::fields::select;
use chrono::NaiveTime;
use leptos::prelude::*;

/// What is remembered of the last file.
const MEMORY: &str = "calendar";
const FILE: &str = "footing-plan.ics";

/// The screen.
pub fn view(app: App) -> AnyView {
    let choice = RwSignal::new(CalendarOptions {
        weeks: 2,
        kinds: [true, true, true, true],
        session_at: NaiveTime::MIN,
        morning_at: NaiveTime::MIN,
        alarm_min: Some(0),
    });
    let [session_at, morning_at] = ["18:00", "07:30"].map(|at| RwSignal::new(at.to_owned()));
    let events =
        app.memo(move |s| schedule::planned(s.diary(), s.now.day(), choice.with(|c| c.weeks)));
    let file = move || {
        let at = |field: RwSignal<String>, hour| {
            time(&field.get_untracked())
                .unwrap_or(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
        };
        let choice = CalendarOptions {
            session_at: at(session_at, 18),
            morning_at: at(morning_at, 7),
            ..choice.get_untracked()
        };
        let events = events.get_untracked();
        let before = shell::memory::recall(MEMORY).unwrap_or_default();
        let now = shell::clock::now().at();
        let text = schedule::write(&events, &choice, &words(), &before, now);
        (text, schedule::remember(&events, &choice))
    };
    let handed = move |done: bool, kept: &str| {
        if done {
            shell::memory::keep(MEMORY, kept);
        }
        app.send(Event::Device(DeviceEvent::HandedOut(done)));
    };
    let save = move || {
        let (text, kept) = file();
        shell::files::hand_out(FILE, &text, move |done| handed(done, &kept));
    };
    let share = move || {
        let (text, kept) = file();
        shell::files::share_file(FILE, &text, move |done| handed(done, &kept));
    };
    let empty = app.memo(move |s| {
        let before = shell::memory::recall(MEMORY).unwrap_or_default();
        let choice = choice.get();
        events.with(|events| schedule::is_empty(events, &choice, &before, s.now.day()))
    });
    let can_share = shell::files::can_share(FILE);
    let stuck = shell::files::stuck(FILE);
    view! {
        {crate::ui::widgets::controls::plain_head("calendar.eyebrow", "calendar.title")}
        <p>{t("calendar.body")}</p>
        <p class="small">{t("calendar.honest")}</p>
        {card(t("calendar.what"), choices(choice, session_at, morning_at))}
        {card(t("calendar.coming"), upcoming(events, choice))}
        {stuck.then(|| view! {
            <section class="card caution" data-t="calendar-stuck"><p>{t("calendar.ios")}</p></section>
        })}
        <div class="row">
            {move || {
                (!stuck && !empty.get()).then(|| view! {
                    {button(t("calendar.save"), "calendar-save", "primary", tap(save))}
                    {can_share.then(|| button(t("calendar.share"), "calendar-share", "ghost", tap(share)))}
                })
            }}
            {move || (!stuck && empty.get()).then(|| view! {
                <button type="button" class="btn primary" data-t="calendar-save" disabled=true>{t("calendar.save")}</button>
                <p class="small" data-t="calendar-empty">{t("calendar.empty")}</p>
            })}
        </div>
        <p class="small" data-t="calendar-google">{t("calendar.google")}</p>
        <p class="small">{t("calendar.again")}</p>
    }
    .into_any()
}

fn words() -> CalendarWords {
    CalendarWords {
        name: t("calendar.name"),
        titles: EventKind::ALL.map(|kind| tk("calendar.title_", kind.key())),
        about: t("calendar.about"),
        cancelled: t("calendar.cancelled"),
    }
}

/// `18:05` as a field of times gives it.
fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0)
}

fn choices(
    choice: RwSignal<CalendarOptions>,
    session_at: RwSignal<String>,
    morning_at: RwSignal<String>,
) -> AnyView {
    let kinds = EventKind::ALL
        .map(|kind| {
            let on = derive(move || choice.with(|c| c.kinds[kind as usize]));
            let put = move |on| choice.update(|c| c.kinds[kind as usize] = on);
            let id = ["calendar-", kind.key()].concat();
            tick(tk("calendar.kind_", kind.key()), id, on, Box::new(put))
        })
        .collect_view();
    let weeks = [1_u8, 2, 4, 8].map(|n| (n.to_string(), tn("report.weeks", n.into())));
    let alarms = ["", "0", "15", "60", "120"].map(|n| {
        let words = match n {
            "" => t("calendar.no_alarm"),
            "0" => t("calendar.alarm_now"),
            n => tf("calendar.alarm", &[("n", n)]),
        };
        (n.to_owned(), words)
    });
    let choose_weeks: Box<dyn Fn(String)> =
        Box::new(move |n| choice.update(|c| c.weeks = n.parse().unwrap_or(2)));
    let alarm: Box<dyn Fn(String)> =
        Box::new(move |n| choice.update(|c| c.alarm_min = n.parse().ok()));
    view! {
        <div class="ticks">{kinds}</div>
        {select(t("calendar.weeks"), "calendar-weeks", weeks.into(), "2", None, choose_weeks)}
        <div class="pair">
            {crate::ui::widgets::controls::field(t("calendar.session_at"), "calendar-at", "time", session_at, None)}
            {crate::ui::widgets::controls::field(t("calendar.morning_at"), "calendar-morning-at", "time", morning_at, None)}
        </div>
        {select(t("calendar.remind"), "calendar-alarm", alarms.into(), "0", None, alarm)}
    }
    .into_any()
}

/// What would go into the file, as it stands now.
fn upcoming(events: Memo<Vec<PlannedEvent>>, choice: RwSignal<CalendarOptions>) -> AnyView {
    let list = move || {
        let kinds = choice.with(|c| c.kinds);
        let mut list = events.get();
        list.retain(|e| kinds[e.kind as usize]);
        list.sort_by_key(|e| e.on);
        let mut out = Markup::default();
        if list.is_empty() {
            out.element("p", &[("data-t", "calendar-none")], &t("calendar.none"));
        }
        let line = |e: &PlannedEvent| {
            let day = format::weekday_date(e.on);
            let title = tk("calendar.title_", e.kind.key());
            [&day, " · ", &title, " ", &e.with].concat()
        };
        let lines: Vec<String> = list.iter().map(line).collect();
        out.list(&[("class", "plain"), ("data-t", "calendar-list")], &lines);
        out.into_string()
    };
    view! { <div inner_html=list></div> }.into_any()
}
