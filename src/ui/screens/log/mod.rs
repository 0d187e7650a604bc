//! The log: ten seconds when all was well, more behind one tap.

pub mod absence;
pub mod check;
pub mod morning;

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::app::forms::number_field::NumberField;
use crate::app::forms::session_form::{LogFault, SURFACES, SessionForm, distance_field};
use crate::diary::codec::MAX_TEXT;
use crate::diary::vocabulary::{Movement, PainBehaviour, RedFlag, Stage, StoppedFor, Swelling};
use crate::insights::running_cards::CARDS;
use crate::shell;
use crate::thresholds::ladder::Ladder;
use crate::ui::context::{App, derive};
use crate::ui::text::levels::level_options;
use crate::ui::text::words::{t, tk};
use crate::ui::widgets::controls::{button, head, pain_scale, scale, tap, tick, title};
use crate::ui::widgets::fields::{Choice, bind, fault, number, radios, select, textarea, too_long};
use crate::ui::widgets::red_flags;
use crate::ui::widgets::red_flags::WhenLeft;
use leptos::prelude::*;

type FormSignal = RwSignal<SessionForm>;

/// The log of a session just done, of one without timer, or of an old one.
pub fn view(app: App, old: Option<SessionForm>) -> AnyView {
    let draft = old.unwrap_or_else(|| app.peek(crate::app::State::log_draft));
    let draft = draft.in_miles(app.peek(|s| s.prefs.miles));
    let heading = if draft.original.is_some() {
        "log.edit"
    } else {
        "log.title"
    };
    form(app, &draft, heading)
}

/// A past session.
pub fn add(app: App) -> AnyView {
    let draft = app.peek(|s| {
        let blank = SessionForm::blank(&s.now, None, Movement::Walk);
        let mut draft = blank.in_miles(s.prefs.miles);
        // A planned day that passed without a word is the likely one.
        if let (Some((day, level)), Some(plan)) = (s.missed(), s.plan()) {
            draft.day = day.to_string();
            draft.choose(Ladder::of(plan).level(&level));
        }
        draft
    });
    form(app, &draft, "log.add")
}

/// The fields as signals of their own where a part wants one.
#[derive(Clone, Copy)]
struct FieldSignals {
    during: RwSignal<Option<u8>>,
    after: RwSignal<Option<u8>>,
    before: RwSignal<Option<u8>>,
    run: RwSignal<String>,
    walk: RwSignal<String>,
}

fn form(app: App, start: &SessionForm, heading: &str) -> AnyView {
    let from_live = start.from_live;
    let cut_short = start.cut_short;
    let opens = start.original.is_some();
    let d: FormSignal = RwSignal::new(start.clone());
    let fields = FieldSignals {
        during: bind(d, start.pain_during, |d, v| d.pain_during = v),
        after: bind(d, start.pain_after, |d, v| d.pain_after = v),
        before: bind(d, Some(start.pain_before), |d, v| {
            d.pain_before = v.unwrap_or(0);
        }),
        run: bind(d, start.run_min.clone(), |d, v| d.run_min = v),
        walk: bind(d, start.walk_min.clone(), |d, v| d.walk_min = v),
    };
    let wrong = RwSignal::new(None::<LogFault>);
    let at = move |which: &'static [LogFault], key: &'static str| {
        fault(derive(move || {
            wrong.get().filter(|w| which.contains(w)).map(|_| t(key))
        }))
    };
    let save = move || {
        let ready = d.with_untracked(|d| d.clone().named_by_minutes());
        let found = app.peek(|s| ready.entry(&s.now).err());
        wrong.set(found);
        if found.is_some() {
            shell::route::focus(".fault:not(:empty)");
        } else {
            app.send(Event::Diary(DiaryEvent::Log(Box::new(ready))));
        }
    };
    let quiet = move || {
        fields.during.set(Some(0));
        fields.after.set(Some(0));
    };
    view! {
        {head(t("log.eyebrow").into_any(), title(t(heading)))}
        {(!from_live).then(|| what(app, d, fields))}
        {(!from_live).then(|| at(&[LogFault::Day], "log.fault_day"))}
        {(!from_live).then(|| at(&[LogFault::Nothing], "log.fault_minutes"))}
        {button(t("log.all_quiet"), "all-quiet", "quiet-all", tap(quiet))}
        {pain_scale("pain-during", t("log.pain_during"), fields.during)}
        {at(&[LogFault::Pain], "log.fault_pain")}
        {pain_scale("pain-after", t("log.pain_after"), fields.after)}
        {(cut_short || opens).then(|| stopped(d))}
        {moods(d)}
        {scale(
            "effort",
            t("log.effort"),
            (t("log.effort_low"), t("log.effort_high")),
            bind(d, start.effort, |d, v| d.effort = v),
        )}
        <details
            open=opens
            prop:open=move || {
                let hidden = [LogFault::Minutes, LogFault::Distance, LogFault::Long].map(Some);
                opens || hidden.contains(&wrong.get())
            }
        >
            <summary data-t="more">{t("log.more")}</summary>
            {from_live.then(|| minute_fields(fields))}
            {more(app, d, fields, start)}
            {ground(app, d)}
        </details>
        <div class="acts">{button(t("log.save"), "log-save", "primary", tap(save))}</div>
    }
    .into_any()
}

/// When, what, how long: for a session without timer.
fn what(app: App, d: FormSignal, fields: FieldSignals) -> AnyView {
    let ladder = app.peek(|s| s.plan().map_or_else(Ladder::builtin, Ladder::of));
    let today = app.peek(|s| s.now.day()).to_string();
    let day = bind(d, d.with_untracked(|d| d.day.clone()), |d, v| d.day = v);
    let level = d.with_untracked(|d| d.level.clone().unwrap_or_default());
    let options = level_options(&ladder, t("log.off_plan"));
    let pick = move |id: String| {
        d.update(|d| d.choose(ladder.level(&id)));
        fields.run.set(d.with_untracked(|d| d.run_min.clone()));
        fields.walk.set(d.with_untracked(|d| d.walk_min.clone()));
    };
    view! {
        <div class="field">
            <label for="log-date">{t("log.date")}</label>
            <input
                id="log-date"
                data-t="log-date"
                type="date"
                max=today
                prop:value=day
                on:input=move |e| day.set(event_target_value(&e))
            />
        </div>
        {select(t("log.level"), "log-level", options, &level, Some(t("log.level_hint")), Box::new(pick))}
        {minute_fields(fields)}
    }
    .into_any()
}

fn minute_fields(fields: FieldSignals) -> AnyView {
    view! {
        <div class="pair">
            {number(t("log.run_min"), NumberField::LogRun, fields.run, None)}
            {number(t("log.walk_min"), NumberField::LogWalk, fields.walk, None)}
        </div>
    }
    .into_any()
}

/// One choice of a draft's field.
fn choice<T: PartialEq + Copy + Send + Sync + 'static>(
    d: FormSignal,
    id: String,
    words: String,
    value: T,
    read: fn(&SessionForm) -> Option<T>,
    put: fn(&mut SessionForm, T),
) -> Choice {
    let picked = derive(move || d.with(read) == Some(value));
    (id, words, picked, tap(move || d.update(|d| put(d, value))))
}

/// Why it ended early.
fn stopped(d: FormSignal) -> AnyView {
    let reasons = StoppedFor::ALL
        .iter()
        .map(|&why| {
            let id = ["stopped-", why.key()].concat();
            let words = tk("log.stopped_", why.key());
            choice(
                d,
                id,
                words,
                why,
                |d| d.stopped_for,
                |d, v| d.stopped_for = Some(v),
            )
        })
        .collect();
    radios("stopped", t("log.stopped"), None, "choices", reasons)
}

/// Mood as one row of faces: drawn, and named for those who hear them.
fn moods(d: FormSignal) -> AnyView {
    let faces = (1..=5u8)
        .map(|n| {
            let n_text = n.to_string();
            let picked = derive(move || d.with(|d| d.mood == Some(n)));
            let mouth = match n {
                1 => "M10 23q6-6 12 0",
                2 => "M10 22q6-3 12 0",
                3 => "M10 21h12",
                4 => "M10 20q6 3 12 0",
                _ => "M10 19q6 7 12 0",
            };
            view! {
                <label class="opt face">
                    <input
                        type="radio"
                        name="mood"
                        data-t=["mood-", &n_text].concat()
                        prop:checked=picked
                        on:change=move |_| d.update(|d| d.mood = Some(n))
                    />
                    <span>
                        <svg aria-hidden="true" width="32" height="32" viewBox="0 0 32 32">
                            <circle cx="16" cy="16" r="13" />
                            <path d="M11 12v2M21 12v2" />
                            <path d=mouth />
                        </svg>
                        <span class="small">{tk("mood.", &n_text)}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{t("log.mood")}</legend>
            <div class="faces">{faces}</div>
        </fieldset>
    }
    .into_any()
}

/// Where it was, in which shoes, and how far.
fn ground(app: App, d: FormSignal) -> AnyView {
    let start = d.with_untracked(Clone::clone);
    let runs = app.peek(|s| s.guidance().stage >= Some(Stage::RunWalk));
    let mut grounds = vec![(String::new(), t("log.surface_none"))];
    grounds.extend(SURFACES.map(|key| (key.to_owned(), tk("surface.", key))));
    if !start.surface.is_empty() && !SURFACES.contains(&start.surface.as_str()) {
        grounds.push((start.surface.clone(), start.surface.clone()));
    }
    let pick = move |key| d.update(|d| d.surface = key);
    let unit = if start.miles {
        "log.distance_mi"
    } else {
        "log.distance_km"
    };
    let shoes = bind(d, start.shoes, |d, v| d.shoes = v);
    let mut cards = vec![(String::new(), t("log.tried_none"))];
    cards.extend(CARDS.map(|card| (card.to_owned(), tk("well.card_", card))));
    let try_it = move |card| d.update(|d| d.tried = card);
    let worn = app
        .peek(|s| crate::app::forms::session_form::shoes(s.diary()))
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect_view();
    view! {
        {select(t("log.surface"), "surface", grounds, &start.surface, None, Box::new(pick))}
        <div class="field">
            <label for="shoes">{t("log.shoes")}</label>
            <input
                id="shoes"
                data-t="shoes"
                type="text"
                list="worn"
                autocomplete="off"
                prop:value=shoes
                on:input=move |e| shoes.set(event_target_value(&e))
            />
            <datalist id="worn">{worn}</datalist>
            {too_long(shoes, MAX_TEXT)}
        </div>
        {runs.then(|| select(t("log.tried"), "tried", cards, &start.tried, None, Box::new(try_it)))}
        {number(t(unit), distance_field(start.miles), bind(d, start.distance, |d, v| d.distance = v), None)}
    }
    .into_any()
}

/// What is asked behind one tap.
fn more(app: App, d: FormSignal, fields: FieldSignals, start: &SessionForm) -> AnyView {
    let patterns = PainBehaviour::ALL
        .iter()
        .map(|&p| {
            let id = ["pattern-", p.key()].concat();
            choice(
                d,
                id,
                tk("pattern.", p.key()),
                p,
                |d| Some(d.pattern),
                |d, v| d.pattern = v,
            )
        })
        .collect();
    let swellings = Swelling::ALL
        .iter()
        .map(|&s| {
            let id = ["swelling-", s.key()].concat();
            choice(
                d,
                id,
                tk("swelling.", s.key()),
                s,
                |d| Some(d.swelling),
                |d, v| d.swelling = v,
            )
        })
        .collect();
    let check =
        |id: &str, key: &str, read: fn(&SessionForm) -> bool, put: fn(&mut SessionForm, bool)| {
            let on = derive(move || d.with(read));
            tick(
                t(key),
                id.to_owned(),
                on,
                Box::new(move |yes| d.update(|d| put(d, yes))),
            )
        };
    let put_flags: fn(&mut SessionForm, Vec<RedFlag>) = |d, v| d.flags = v;
    let chosen = bind(d, start.flags.clone(), put_flags);
    let any_flag = !start.flags.is_empty();
    let sites = bind(d, start.sites.clone(), |d, v| d.sites = v);
    let during = fields.during;
    let worst = derive(move || during.get().unwrap_or(1));
    view! {
        {pain_scale("pain-before", t("log.pain_before"), fields.before)}
        {radios("pattern", t("log.pattern"), None, "choices one", patterns)}
        {crate::ui::widgets::sites::picker(sites, worst)}
        {check("limp", "log.limp", |d| d.limp, |d, v| d.limp = v)}
        {radios("swelling", t("log.swelling"), None, "choices", swellings)}
        {check("painkiller", "log.painkiller", |d| d.painkiller, |d, v| d.painkiller = v)}
        {scale(
            "fear",
            t("log.fear"),
            (t("log.fear_low"), t("log.fear_high")),
            bind(d, start.fear, |d, v| d.fear = v),
        )}
        {textarea(t("log.notes"), "notes", bind(d, start.notes.clone(), |d, v| d.notes = v))}
        <details open=any_flag>
            <summary data-t="log-worrying">{t("flags.ask")}</summary>
            {red_flags::picker(app, chosen, WhenLeft::Saved)}
        </details>
    }
    .into_any()
}
