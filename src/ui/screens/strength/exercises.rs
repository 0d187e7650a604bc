//! What the strength screens share: they open once the exercises are here; one
//! exercise; drills and stretches.

use crate::app::event::StrengthEvent;
use crate::app::exercises::Files;
use crate::app::forms::entry_edit;
use crate::app::forms::number_field::NumberField;
use crate::app::screen::ExerciseId;
use crate::app::{Event, Screen};
use crate::strength::library::{Count, DRILL, Exercise, STRETCH, Sides};
use crate::ui::context::App;
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::widgets::controls::{button, card, head, link, pain_scale, tap, title};
use crate::ui::widgets::entry_form::{Form, text};
use crate::ui::widgets::fields::number;
use crate::ui::widgets::figure;
use leptos::prelude::*;

/// A screen that needs the exercises: it waits for them, and says so when they cannot
/// be had.
pub fn with(app: App, heading: &'static str, show: fn(App, &ExerciseWords) -> AnyView) -> AnyView {
    let files = app.memo(|s| match &s.files {
        Files::Here(exercises) => Some(Some(ExerciseWords(exercises.clone()))),
        Files::Failed => Some(None),
        Files::None | Files::Asked => None,
    });
    view! {
        {move || match files.get() {
            Some(Some(words)) => show(app, &words),
            Some(None) => view! {
                {crate::ui::widgets::controls::plain_head("load.eyebrow", heading)}
                <section class="card caution" role="alert" data-t="exercises-failed">
                    <p>{crate::ui::text::words::t("load.failed")}</p>
                    {button(crate::ui::text::words::t("load.again"), "exercises-again", "ghost", tap(move || app.send(Event::Strength(StrengthEvent::ReadExercises))))}
                </section>
            }.into_any(),
            None => view! {
                {crate::ui::widgets::controls::plain_head("load.eyebrow", heading)}
                <p role="status">{crate::ui::text::words::t("load.wait")}</p>
            }.into_any(),
        }}
    }
    .into_any()
}

/// How much of an exercise is done: "3 sets of 8 to 12, each side".
pub fn dose(words: &ExerciseWords, e: &Exercise) -> String {
    let (sets, low, high) = (e.sets.to_string(), e.low.to_string(), e.high.to_string());
    let key = match (e.count, e.level) {
        (Count::Reps, 0) => "strength.dose_once_reps",
        (Count::Hold, 0) => "strength.dose_once_hold",
        (Count::Reps, _) => "strength.dose_reps",
        (Count::Hold, _) => "strength.dose_hold",
    };
    let values = [("sets", &*sets), ("low", &*low), ("high", &*high)];
    let mut parts = vec![words.tf(key, &values)];
    match e.sides {
        Sides::Together => {}
        Sides::Each => parts.push(words.t("strength.each_side")),
        Sides::Alternate => parts.push(words.t("strength.alternate")),
    }
    if e.load {
        parts.push(words.t("strength.with_load"));
    }
    if e.rest_s > 0 {
        parts.push(words.tf("strength.rest", &[("s", &e.rest_s.to_string())]));
    }
    parts.join(", ")
}

/// What the runner should know before an exercise.
pub fn cautions(app: App, words: &ExerciseWords, e: &Exercise) -> Option<AnyView> {
    let who = app.peek(crate::app::State::concerns);
    let list: Vec<String> = e
        .cautions_for(who)
        .map(|c| words.tk("caution.", &c.key))
        .collect();
    if list.is_empty() {
        return None;
    }
    let list = list.into_iter().map(|c| view! { <li>{c}</li> });
    Some(
        view! {
            <section class="why caution" data-t="cautions">
                <b>{words.t("strength.cautions")}</b>
                <ul class="plain">{list.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A link to an exercise's own screen.
pub fn exercise_link(label: String, id: &str, test: &str) -> AnyView {
    let Some(key) = ExerciseId::new(id) else {
        return ().into_any();
    };
    link(label, test, "ghost", Screen::Exercise(key))
}

/// One exercise: the picture, how, what to think of, what to watch for.
pub fn exercise_screen(app: App) -> AnyView {
    with(app, "screen.exercise", |app, words| {
        let words = words.clone();
        let id = app.memo(|s| match s.screen {
            Screen::Exercise(id) => Some(id),
            _ => None,
        });
        view! { {move || id.get().map(|id| exercise(app, &words, id.text()))} }.into_any()
    })
}

fn exercise(app: App, words: &ExerciseWords, id: &str) -> AnyView {
    let Some(e) = words.0.library.get(id) else {
        return view! {
            {head(words.t("strength.eyebrow").into_any(), title(words.t("strength.gone_title")))}
            <p>{words.t("strength.gone")}</p>
        }
        .into_any();
    };
    let eyebrow = if e.level > 0 {
        let top = crate::strength::library::top_level(&e.pattern).to_string();
        let level = words.tf(
            "strength.level",
            &[("level", &e.level.to_string()), ("top", &top)],
        );
        [&words.tk("group.", &e.pattern), " · ", &level].concat()
    } else {
        words.tk("group.", &e.pattern)
    };
    let list = |keys: [&str; 2]| {
        keys.map(|k| view! { <li>{words.of(id, k)}</li> })
            .collect_view()
    };
    let site = app.peek(|s| s.concerns().site.key());
    let neighbour = |level: u8, key: &str, test: &'static str| {
        // The calf has two exercises a level: the same place among them.
        let library = &words.0.library;
        let place = library
            .for_site(&e.pattern, e.level, site)
            .position(|o| o.id == id);
        let other = library
            .for_site(&e.pattern, level, site)
            .nth(place.unwrap_or(0))?;
        let name = words.of(&other.id, "name");
        Some(exercise_link(
            words.tf(key, &[("name", &name)]),
            &other.id,
            test,
        ))
    };
    let (easier, harder) = if e.level > 0 {
        (
            e.level
                .checked_sub(1)
                .and_then(|l| neighbour(l, "strength.easier", "easier-exercise")),
            neighbour(e.level + 1, "strength.harder", "harder-exercise"),
        )
    } else {
        (None, None)
    };
    let others = easier.is_some() || harder.is_some();
    view! {
        {head(eyebrow.into_any(), title(words.of(id, "name")))}
        {figure::moving(words, e)}
        <p class="say">{words.of(id, "do")}</p>
        <p data-t="dose"><b>{dose(words, e)}</b></p>
        {cautions(app, words, e)}
        {card(words.t("strength.cues"), view! { <ul class="plain">{list(["cue_1", "cue_2"])}</ul> }.into_any())}
        {card(words.t("strength.faults"), view! { <ul class="plain">{list(["fault_1", "fault_2"])}</ul> }.into_any())}
        {others.then(|| card(words.t("strength.others"), view! { <div class="row">{easier}{harder}</div> }.into_any()))}
    }
    .into_any()
}

/// Drills before, stretches after.
pub fn mobility(app: App) -> AnyView {
    with(app, "screen.mobility", |app, words| {
        // From the end of a session the stretches stand first, and the log is next.
        let (unlogged, after) = app.peek(|s| {
            let unlogged = s.run().is_some();
            (unlogged, unlogged || s.session_to_round_off().is_some())
        });
        let part = |pattern: &'static str| {
            let list = words
                .0
                .library
                .of(pattern, 0)
                .map(|e| {
                    view! {
                        <section class="card exercise" data-t=["mobility-", &e.id].concat()>
                            <h3>{words.of(&e.id, "name")}</h3>
                            {figure::pair(words, e)}
                            <p>{words.of(&e.id, "do")}</p>
                            <p><b>{dose(words, e)}</b></p>
                            {cautions(app, words, e)}
                            {exercise_link(
                                words.tf("strength.show", &[("name", &words.of(&e.id, "name"))]),
                                &e.id,
                                &["show-", &e.id].concat(),
                            )}
                        </section>
                    }
                })
                .collect_view();
            view! {
                <h2>{words.tk("group.", pattern)}</h2>
                <p>{words.tk("group_about.", pattern)}</p>
                {list}
            }
        };
        view! {
            {head(words.t("strength.eyebrow").into_any(), title(words.t("strength.mobility_title")))}
            {part(if after { STRETCH } else { DRILL })}
            {part(if after { DRILL } else { STRETCH })}
            {mobility_done(app)}
            {unlogged.then(|| view! {
                <div class="acts">
                    {link(crate::ui::text::words::t("after.log"), "stretched-to-log", "primary", Screen::Log)}
                </div>
            })}
        }
        .into_any()
    })
}

/// Mobility done, into the diary.
fn mobility_done(app: App) -> AnyView {
    let form = Form::new(app, None, Screen::Mobility);
    let minutes = text("10".to_owned());
    let pain = RwSignal::new(None::<u8>);
    let save = move || {
        let made = entry_edit::activity(
            &crate::ui::text::words::t("mobility.what"),
            &minutes.get_untracked(),
            pain.get_untracked(),
            false,
        );
        form.keep(made, None, None);
    };
    card(
        crate::ui::text::words::t("mobility.done"),
        view! {
            {number(crate::ui::text::words::t("recovery.minutes"), NumberField::MobilityMinutes, minutes, None)}
            {pain_scale("mobility-pain", crate::ui::text::words::t("recovery.pain"), pain)}
            {form.fault()}
            {button(crate::ui::text::words::t("mobility.save"), "mobility-save", "ghost", tap(save))}
        }
        .into_any(),
    )
}
