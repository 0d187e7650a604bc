//! Strength: when the next session may be and why, where each pattern stands.

pub mod edit;
pub mod exercises;
pub mod session;

use crate::app::event::StrengthEvent;
use crate::app::{Event, Screen};
use crate::rules::guidance::Advice;
use crate::shell::format;
use crate::strength::compose;
use crate::strength::compose::Allowed;
use crate::strength::levels::{Moved, PatternStanding};
use crate::strength::library::{PLYOMETRIC, top_level};
use crate::strength::schedule::{Due, Hold, Wait, When};
use crate::ui::context::App;
use crate::ui::screens::strength::exercises::{exercise_link, with};
use crate::ui::text::days::when as day_words;
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::widgets::controls::{button, card, head, link, tap, title};
use crate::ui::widgets::figure;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    with(app, "screen.strength", overview)
}

fn overview(app: App, words: &ExerciseWords) -> AnyView {
    let seen = app.memo(|s| {
        (
            s.strength_due(),
            s.standings(),
            s.strength_allowed(),
            s.book.session.strength().is_some(),
            s.now.day(),
        )
    });
    let other = app.memo(|s| s.book.session.is_elsewhere() || s.run().is_some());
    let again = words.clone();
    view! {
        {head(words.t("strength.eyebrow").into_any(), title(words.t("strength.title")))}
        {move || {
            let (due, _, _, running, today) = seen.get();
            next(app, &again, due, running, other.get(), today)
        }}
        {link(words.t("strength.mobility"), "open-mobility", "ghost", Screen::Mobility)}
        <h2>{words.t("strength.patterns")}</h2>
        {
            let words = words.clone();
            move || seen.with(|(_, standings, allowed, _, today)| {
                let early = (allowed.level < 4).then(|| view! {
                    <p class="why caution" data-t="first-level-only">{words.t("strength.first_only")}</p>
                });
                let off_feet = allowed.off_feet.then(|| view! {
                    <p class="why caution" data-t="off-feet-only">{words.t("strength.off_feet")}</p>
                });
                let rows = standings.iter().map(|s| pattern(app, &words, s, *allowed, *today)).collect_view();
                view! { {early}{off_feet}<ul class="patterns">{rows}</ul> }
            })
        }
        {card(words.t("strength.how_title"), view! {
            <p>{words.t("strength.how")}</p>
            <p class="small">{words.t("strength.sources")}</p>
        }.into_any())}
    }
    .into_any()
}

/// When, why then, and the way in.
fn next(
    app: App,
    words: &ExerciseWords,
    due: Due,
    running: bool,
    other: bool,
    today: NaiveDate,
) -> AnyView {
    let when = match due.when {
        When::Today => words.t("strength.next_today"),
        When::After(Advice::Walk) => words.t("strength.next_after_walk"),
        When::After(Advice::SelfTest) => words.t("strength.next_after_test"),
        When::After(_) => words.t("strength.next_after_run"),
        When::NotBefore(day, _) => words.tf("strength.next_on", &[("day", &day_words(day, today))]),
        When::Held(_) => words.t("strength.next_held"),
    };
    let why = match due.when {
        When::Today | When::After(_) => None,
        When::NotBefore(_, wait) => Some(match wait {
            Wait::Done => "strength.why_done",
            Wait::BackToBack => "strength.why_back_to_back",
            Wait::Week => "strength.why_week",
            Wait::Protect => "strength.why_protect",
            Wait::Illness => "strength.why_illness",
            Wait::Morning => "strength.why_morning",
            Wait::Session => "strength.why_session",
            Wait::Run => "strength.why_run",
        }),
        When::Held(hold) => Some(match hold {
            Hold::NoPlan => "strength.why_no_plan",
            Hold::Paused => "strength.why_paused",
            Hold::Ill => "strength.why_ill",
            Hold::Heart => "strength.why_heart",
        }),
    };
    let held = matches!(due.when, When::Held(_));
    let starts = |class: &'static str| {
        let one = |short: bool, key: &str, test: &'static str, class: &'static str| {
            let items = app.peek(|s| s.strength_items(short));
            (!items.is_empty()).then(|| {
                let min = compose::minutes(&items).to_string();
                button(
                    words.tf(key, &[("min", &min)]),
                    test,
                    class,
                    tap(move || app.send(Event::Strength(StrengthEvent::Start { short }))),
                )
            })
        };
        view! {
            {one(true, "strength.start_short", "strength-short", class)}
            {one(false, "strength.start_whole", "strength-whole", "ghost")}
        }
    };
    let ways = if running {
        link(
            words.t("strength.go_on"),
            "strength-go-on",
            "primary",
            Screen::StrengthSession,
        )
    } else if other {
        view! { <p class="small">{words.t("strength.elsewhere")}</p> }.into_any()
    } else if due.when == When::Today {
        starts("primary").into_any()
    } else if held {
        ().into_any()
    } else {
        view! {
            <details>
                <summary data-t="strength-anyway">{words.t("strength.anyway")}</summary>
                <p>{words.t("strength.anyway_body")}</p>
                <div class="stack">{starts("ghost")}</div>
            </details>
        }
        .into_any()
    };
    let week = words.tf("strength.week", &[("n", &due.week.to_string())]);
    view! {
        <section class="card" data-t="strength-next">
            <h2 data-t="strength-when">{when}</h2>
            {why.map(|key| view! { <p data-t="strength-why">{words.t(key)}</p> })}
            {due.gentle.then(|| view! { <p data-t="strength-gentle">{words.t("strength.gentle")}</p> })}
            <p class="small">{week}</p>
            {ways}
        </section>
    }
    .into_any()
}

/// One pattern: its picture at the runner's level, the level, what it still takes.
fn pattern(
    app: App,
    words: &ExerciseWords,
    s: &PatternStanding,
    allowed: Allowed,
    today: NaiveDate,
) -> AnyView {
    let who = app.peek(crate::app::State::concerns);
    let hops = s.pattern == PLYOMETRIC;
    let (level, list) = compose::exercises(&words.0.library, s, allowed, who);
    let closed = hops && !allowed.hops;
    let shown = list.first().copied();
    let top = top_level(s.pattern).to_string();
    let level_words = words.tf(
        "strength.level",
        &[("level", &s.level.to_string()), ("top", &top)],
    );
    let last = s.last.map_or_else(
        || words.t("strength.never"),
        |day| {
            let day = if day == today {
                crate::ui::text::words::t("day.today")
            } else {
                format::short_date(day)
            };
            words.tf("strength.last", &[("day", &day)])
        },
    );
    let moved = s.moved.filter(|(day, _)| (today - *day).num_days() < 14);
    let moved = moved.map(|(_, why)| {
        words.t(match why {
            Moved::Up => "strength.moved_up",
            Moved::Pain => "strength.moved_pain",
            Moved::Gap => "strength.moved_gap",
        })
    });
    let good = words.tf("strength.good", &[("n", &s.good.to_string())]);
    let links = list
        .iter()
        .map(|e| {
            exercise_link(
                words.of(&e.id, "name"),
                &e.id,
                &["exercise-", &e.id].concat(),
            )
        })
        .collect_view();
    view! {
        <li class="card exercise" data-t=["pattern-", s.pattern].concat() data-level=s.level.to_string()>
            {shown.map(figure::small)}
            <div>
                <h3>{words.tk("group.", s.pattern)}</h3>
                <p class="small">{words.tk("group_about.", s.pattern)}</p>
                <p><b data-t="pattern-level">{level_words}</b>{moved.map(|m| view! { " · " <span>{m}</span> })}</p>
                <p class="small">
                    {last}" · "{good}
                    {s.waiting.then(|| view! { ". " {words.t("strength.waiting")} })}
                </p>
                {(level != s.level && !closed).then(|| view! {
                    <p class="small">{if level < s.level && allowed.level >= s.level {
                        words.t("strength.held_back")
                    } else {
                        words.t("strength.first_now")
                    }}</p>
                })}
                {closed.then(|| view! { <p class="small">{words.t("strength.hops_later")}</p> })}
            </div>
            <div class="row">{links}</div>
        </li>
    }
    .into_any()
}
