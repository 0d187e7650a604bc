//! The guided strength session: one set at a time, logged by tapping.

use crate::app::event::{DiaryEvent, StrengthEvent};
use crate::app::{Event, Screen};
use crate::diary::vocabulary::{RedFlag, Side};
use crate::shell;
use crate::strength::timeline::{Item, SetAction, SetDone, SetPhase, SetStep};
use crate::strength::weight;
use crate::ui::context::App;
use crate::ui::screens::strength::exercises::with;
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::widgets::controls::{button, clock, head, link, pain_scale, tap, title};
use crate::ui::widgets::cues;
use crate::ui::widgets::fields::{fault, textarea};
use crate::ui::widgets::figure;
use crate::ui::widgets::red_flags;
use crate::ui::widgets::red_flags::WhenLeft;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    with(app, "screen.strength-session", |app, words| {
        let words = words.clone();
        let on = app.memo(|s| s.book.session.strength().is_some());
        view! {
            {move || if on.get() {
                session(app, words.clone())
            } else {
                view! {
                    {head(words.t("strength.eyebrow").into_any(), title(words.t("strength.title")))}
                    <p>{words.t("strength.none_running")}</p>
                    {link(words.t("strength.title"), "open-strength", "ghost", Screen::Strength)}
                }
                .into_any()
            }}
        }
        .into_any()
    })
}

/// What the view of a set hangs on; the seconds stand apart, so that a tick changes a
/// number and not the form.
#[derive(Clone, PartialEq)]
struct Now {
    kind: Kind,
    step: Option<SetStep>,
    item: Option<Item>,
    index: usize,
    of: usize,
    load_hg: u16,
    any_done: bool,
    paused: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Set,
    Lead,
    Hold,
    Rest,
    Over,
}

fn seconds(phase: SetPhase) -> u16 {
    match phase {
        SetPhase::Lead(s) | SetPhase::Hold(s) | SetPhase::Rest(s) => s,
        SetPhase::Set | SetPhase::Over => 0,
    }
}

fn session(app: App, words: ExerciseWords) -> AnyView {
    let now = app.memo(|s| {
        let run = s.book.session.strength()?;
        let is = run.at(s.now.ms);
        Some(Now {
            kind: match is.phase {
                SetPhase::Set => Kind::Set,
                SetPhase::Lead(_) => Kind::Lead,
                SetPhase::Hold(_) => Kind::Hold,
                SetPhase::Rest(_) => Kind::Rest,
                SetPhase::Over => Kind::Over,
            },
            item: is.step.and_then(|step| run.items.get(step.item)).cloned(),
            step: is.step,
            index: is.index,
            of: is.of,
            load_hg: is.load_hg,
            any_done: !is.done.is_empty(),
            paused: is.paused,
        })
    });
    let left = app.memo(|s| {
        let run = s.book.session.strength();
        run.map_or(0, |run| seconds(run.at(s.now.ms).phase))
    });
    // The picture stays while the sets of an exercise go by.
    let exercise = crate::ui::context::memo(move || {
        now.get()
            .filter(|n| n.kind != Kind::Over)
            .and_then(|n| n.item)
            .map(|i| i.exercise)
    });
    // The picture shows one side; for the other it is turned round.
    let sides = words.clone();
    let mirrored = crate::ui::context::memo(move || {
        now.with(|n| {
            let n = n.as_ref()?;
            let left = match n.step?.side {
                Side::Left => true,
                Side::Right => false,
                _ => return None,
            };
            let e = sides.0.library.get(&n.item.as_ref()?.exercise)?;
            Some(e.shows_left != left)
        })
        .unwrap_or(false)
    });
    // Open stays open while sets and rests go by.
    let more = RwSignal::new(false);
    let pictured = words.clone();
    let said = words.clone();
    // Those who listen hear what comes, not every second.
    Effect::new(move |before: Option<Option<(Kind, usize, bool)>>| {
        let is = now.with(|n| n.as_ref().map(|n| (n.kind, n.index, n.paused)));
        if before.is_some_and(|b| b != is) {
            now.with_untracked(|n| {
                if let Some(n) = n {
                    shell::announce::polite(spoken(&said, n));
                }
            });
        }
        is
    });
    view! {
        <div class="strength-session" translate="no" data-mirror=move || mirrored.get().to_string()>
            {cues::tap_for_sound(app)}
            {move || exercise.get().map(|id| {
                let name = pictured.of(&id, "name");
                let e = pictured.0.library.get(&id);
                view! {
                    {head(
                        view! { {{
                            let words = pictured.clone();
                            move || now.get().map(|n| words.tf("strength.session_eyebrow", &[
                                ("n", &(n.index + 1).min(n.of).to_string()),
                                ("of", &n.of.to_string()),
                            ]))
                        }} }.into_any(),
                        title(name),
                    )}
                    {e.map(|e| view! {
                        {figure::moving(&pictured, e)}
                        <p>{pictured.of(&id, "do")}</p>
                        <p class="small">{pictured.of(&id, "cue_1")}" "{pictured.of(&id, "cue_2")}</p>
                        {crate::ui::screens::strength::exercises::cautions(app, &pictured, e)}
                    })}
                }
            })}
            {move || now.get().map(|n| if n.kind == Kind::Over {
                log(app, &words, n.step.is_some(), n.any_done)
            } else {
                set(app, &words, &n, left, more)
            })}
        </div>
    }
    .into_any()
}

fn side(words: &ExerciseWords, side: Side) -> Option<String> {
    match side {
        Side::Left => Some(words.t("strength.side_left")),
        Side::Right => Some(words.t("strength.side_right")),
        _ => None,
    }
}

/// "Squat. Set 2 of 3. Left side."
fn spoken(words: &ExerciseWords, n: &Now) -> String {
    if n.kind == Kind::Over {
        return words.t("strength.log_title");
    }
    let (Some(step), Some(item)) = (n.step, &n.item) else {
        return String::new();
    };
    let doing = match n.kind {
        _ if n.paused => words.t("strength.paused"),
        Kind::Lead => words.t("strength.lead"),
        Kind::Hold => words.t("strength.hold"),
        Kind::Rest if step.side == Side::Right => words.t("strength.turn"),
        Kind::Rest => words.t("strength.resting"),
        _ => String::new(),
    };
    let mut parts = vec![
        doing,
        words.of(&item.exercise, "name"),
        set_words(words, step, item),
    ];
    parts.extend(side(words, step.side));
    parts.retain(|p| !p.is_empty());
    parts.join(". ")
}

fn set_words(words: &ExerciseWords, step: SetStep, item: &Item) -> String {
    words.tf(
        "strength.set_of",
        &[
            ("n", &(step.set + 1).to_string()),
            ("of", &item.sets.to_string()),
        ],
    )
}

/// A weight with its unit: "8.5 kg", "15 lb".
fn weight_words(words: &ExerciseWords, hg: u16, pounds: bool) -> String {
    let number = shell::format::number(weight::shown(hg, pounds));
    words.tf(weight_key(pounds), &[("kg", &number)])
}

const fn weight_key(pounds: bool) -> &'static str {
    if pounds {
        "strength.set_load_lb"
    } else {
        "strength.set_load"
    }
}

fn set(app: App, words: &ExerciseWords, n: &Now, left: Memo<u16>, more: RwSignal<bool>) -> AnyView {
    let (Some(step), Some(item)) = (n.step, n.item.clone()) else {
        return ().into_any();
    };
    let act = move |act: SetAction| tap(move || app.send(Event::Strength(StrengthEvent::Act(act))));
    let what = [Some(set_words(words, step, &item)), side(words, step.side)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let big = move |label: String| {
        view! {
            <p class="count-label">{label}</p>
            <p class="count" data-t="strength-count" role="timer">{move || clock(i64::from(left.get()))}</p>
        }
    };
    let middle = match n.kind {
        _ if n.paused => view! {
            {big(words.t("strength.paused"))}
            {button(words.t("strength.unpause"), "strength-unpause", "primary", act(SetAction::Resume))}
        }
        .into_any(),
        Kind::Lead => view! {
            {big(words.t("strength.lead"))}
            {button(words.t("strength.hold_stop"), "strength-stop", "ghost", act(SetAction::Stop))}
        }
        .into_any(),
        Kind::Hold => view! {
            {big(words.t("strength.hold"))}
            {button(words.t("strength.hold_stop"), "strength-stop", "primary", act(SetAction::Stop))}
        }
        .into_any(),
        Kind::Rest => {
            let turn = step.side == Side::Right;
            let label = words.t(if turn {
                "strength.turn"
            } else {
                "strength.resting"
            });
            let name = words.of(&item.exercise, "name");
            view! {
                {big(label)}
                <p class="center">{words.tf("strength.then", &[("name", &name)])}</p>
                {button(words.t("strength.skip_rest"), "strength-go", "primary", act(SetAction::Go))}
            }
            .into_any()
        }
        Kind::Set | Kind::Over if item.hold => {
            let target = item.target.to_string();
            button(
                words.tf("strength.hold_start", &[("n", &target)]),
                "strength-hold",
                "primary",
                act(SetAction::Hold),
            )
        }
        Kind::Set | Kind::Over => reps(app, words, &item, n.load_hg),
    };
    let back = n.any_done.then(|| {
        button(
            words.t("strength.back"),
            "strength-back",
            "ghost",
            act(SetAction::Back),
        )
    });
    let counts = matches!(n.kind, Kind::Lead | Kind::Hold | Kind::Rest);
    let pause = (counts && !n.paused).then(|| {
        button(
            words.t("strength.pause"),
            "strength-pause",
            "ghost",
            act(SetAction::Pause),
        )
    });
    view! {
        <section class="set" data-t="strength-set" data-index=n.index.to_string()>
            <p class="center"><b data-t="strength-what">{what}</b></p>
            <div class="acts">{middle}</div>
            {button(words.t("strength.hurts"), "strength-hurts", "ghost", act(SetAction::End))}
            <details open=more.get_untracked()>
                <summary data-t="strength-more" on:click=move |_| more.update(|m| *m = !*m)>{words.t("strength.more_options")}</summary>
                <div class="stack">
                    {pause}
                    {back}
                    {button(words.t("strength.skip_set"), "strength-skip-set", "ghost", act(SetAction::SkipSet))}
                    {button(words.t("strength.skip_item"), "strength-skip-item", "ghost", act(SetAction::SkipItem))}
                    {button(words.t("strength.end"), "strength-end", "ghost", act(SetAction::End))}
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// A set of repetitions: how many, with what weight, done.
fn reps(app: App, words: &ExerciseWords, item: &Item, load_hg: u16) -> AnyView {
    let count = RwSignal::new(item.target);
    let load = RwSignal::new(load_hg);
    let pounds = app.peek(|s| s.prefs.pounds);
    let heavier = move |load: u16| weight::step(load, pounds, true);
    let lighter = move |load: u16| weight::step(load, pounds, false);
    let step = |label: String,
                sign: &'static str,
                id: &'static str,
                change: Box<dyn Fn(u16) -> u16>,
                on: RwSignal<u16>| {
        view! {
            <button type="button" class="btn ghost step" aria-label=label data-t=id
                on:click=move |_| on.update(|n| *n = change(*n))>
                {sign}
            </button>
        }
    };
    let with_load = item.load.then(|| {
        let (some, none) = (words.0.clone(), words.t("strength.no_load"));
        let heavy = ExerciseWords(some);
        view! {
            <div class="stepper">
                {step(words.t("strength.lighter"), "−", "strength-lighter", Box::new(lighter), load)}
                <output data-t="strength-load">{move || match load.get() {
                    0 => none.clone(),
                    hg => heavy.tf("strength.load", &[("weight", &weight_words(&heavy, hg, pounds))]),
                }}</output>
                {step(words.t("strength.heavier"), "+", "strength-heavier", Box::new(heavier), load)}
            </div>
        }
    });
    let times = words.t("strength.times");
    let done = words.clone();
    view! {
        <div class="stepper">
            {step(words.t("strength.fewer"), "−", "strength-fewer", Box::new(|n| n.saturating_sub(1)), count)}
            <output class="count" data-t="strength-reps">{move || count.get()}" "<span class="small">{times.clone()}</span></output>
            {step(words.t("strength.more"), "+", "strength-one-more", Box::new(|n| (n + 1).min(999)), count)}
        </div>
        {with_load}
        {move || button(
            done.tf("strength.done", &[("n", &count.get().to_string())]),
            "strength-done",
            "primary",
            tap(move || app.send(Event::Strength(StrengthEvent::Act(SetAction::Done {
                reps: count.get_untracked(),
                load_hg: load.get_untracked(),
            })))),
        )}
    }
    .into_any()
}

/// What was done, and how it was.
fn log(app: App, words: &ExerciseWords, more: bool, any: bool) -> AnyView {
    let (items, done) = app.peek(|s| {
        s.book
            .session
            .strength()
            .map_or_else(Default::default, |run| {
                (run.items.clone(), run.at(s.now.ms).done)
            })
    });
    let pain = RwSignal::new(None::<u8>);
    let chosen = RwSignal::new(Vec::<RedFlag>::new());
    let notes = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let sure = RwSignal::new(false);
    let said = words.t("strength.log_pain_missing");
    let gap = crate::ui::context::derive(move || missing.get().then(|| said.clone()));
    let save = move || {
        if let Some(pain) = pain.get_untracked() {
            app.send(Event::Diary(DiaryEvent::LogStrength {
                pain,
                flags: chosen.get_untracked(),
                notes: notes.get_untracked(),
            }));
        } else {
            missing.set(true);
            shell::route::focus("#main .fault:not(:empty)");
        }
    };
    let throw = (
        words.t("strength.log_discard"),
        words.t("strength.log_discard_sure"),
    );
    view! {
        {head(words.t("strength.eyebrow").into_any(), title(words.t("strength.log_title")))}
        {summary(words, &items, &done, app.peek(|s| s.prefs.pounds))}
        {(!any).then(|| view! { <p>{words.t("strength.log_none")}</p> })}
        {pain_scale("strength-pain", words.t("strength.log_pain"), pain)}
        <p class="small">{words.t("strength.log_soreness")}</p>
        <details>
            <summary data-t="log-worrying">{words.t("strength.log_flags")}</summary>
            {red_flags::picker(app, chosen, WhenLeft::Saved)}
        </details>
        {textarea(words.t("strength.log_notes"), "strength-notes", notes)}
        {fault(gap)}
        <div class="acts">
            {button(words.t("strength.log_save"), "strength-save", "primary", tap(save))}
            {more.then(|| button(words.t("strength.log_resume"), "strength-resume", "ghost", tap(move || app.send(Event::Strength(StrengthEvent::Act(SetAction::Resume))))))}
            {move || if sure.get() {
                button(throw.1.clone(), "strength-discard-sure", "quiet", tap(move || app.send(Event::Strength(StrengthEvent::Discard))))
            } else {
                button(throw.0.clone(), "strength-discard", "quiet", tap(move || sure.set(true)))
            }}
        </div>
    }
    .into_any()
}

/// The sets done, exercise by exercise.
fn summary(words: &ExerciseWords, items: &[Item], done: &[SetDone], pounds: bool) -> AnyView {
    let rows = items
        .iter()
        .enumerate()
        .filter_map(|(n, item)| {
            let sets: Vec<String> = done
                .iter()
                .filter(|d| d.step.item == n)
                .map(|d| one_set(words, item, d, pounds))
                .collect();
            (!sets.is_empty()).then(|| {
                view! { <li><b>{words.of(&item.exercise, "name")}</b>{crate::ui::text::words::label_and_value("", &sets.join(", "))}</li> }
            })
        })
        .collect_view();
    view! { <ul class="plain" data-t="strength-summary">{rows}</ul> }.into_any()
}

fn one_set(words: &ExerciseWords, item: &Item, d: &SetDone, pounds: bool) -> String {
    let amount = d.amount.to_string();
    let key = if item.hold {
        "strength.set_hold"
    } else {
        "strength.set_reps"
    };
    let mut parts = vec![words.tf(key, &[("n", &amount)])];
    match d.step.side {
        Side::Left => parts.push(words.t("strength.left_short")),
        Side::Right => parts.push(words.t("strength.right_short")),
        _ => {}
    }
    if d.load_hg > 0 {
        parts.push(weight_words(words, d.load_hg, pounds));
    }
    parts.join(" ")
}
