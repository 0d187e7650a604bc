//! The questions of the first start, one function each.

use crate::app::forms::number_field::NumberField;
use crate::app::forms::setup_form::{Recent, SetupForm, weekday_bit};
use crate::diary::vocabulary::{NamedBy, Profile, RedFlag, Side, Site, Stage, Weekday};
use crate::formats::day;
use crate::formats::number::shown;
use crate::plan::profile::first_run;
use crate::shell::{self, format};
use crate::thresholds::ladder::Ladder;
use crate::ui::context::{App, derive, memo};
use crate::ui::screens::setup::FormSignal;
use crate::ui::text::levels::{level_options, level_words};
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, field, option, pain_scale, tap, tick};
use crate::ui::widgets::fields::{Choice, bind, fault, number, radios, select};
use crate::ui::widgets::red_flags;
use crate::ui::widgets::red_flags::WhenLeft;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// Sites by the part of the body, from the ground up.
const PLACES: [(&str, &[Site]); 6] = [
    (
        "setup.place_foot",
        &[
            Site::Forefoot,
            Site::Midfoot,
            Site::HeelBone,
            Site::Plantar,
            Site::Ankle,
            Site::Achilles,
        ],
    ),
    ("setup.place_leg", &[Site::Shin, Site::Calf]),
    (
        "setup.place_knee",
        &[
            Site::Knee,
            Site::Kneecap,
            Site::PatellarTendon,
            Site::ItBand,
        ],
    ),
    (
        "setup.place_thigh",
        &[Site::Thigh, Site::Quad, Site::Hamstring, Site::Adductor],
    ),
    (
        "setup.place_hip",
        &[
            Site::Hip,
            Site::Groin,
            Site::DeepButtock,
            Site::HamstringTendon,
        ],
    ),
    ("setup.place_other", &[Site::Back, Site::Other]),
];

/// One choice that reads from and writes to the draft.
fn choice<T: PartialEq + Copy + Send + Sync + 'static>(
    draft: FormSignal,
    id: &str,
    words: String,
    value: T,
    read: fn(&SetupForm) -> Option<T>,
    put: fn(&mut SetupForm, T),
) -> Choice {
    let picked = derive(move || draft.with(read) == Some(value));
    (
        id.to_owned(),
        words,
        picked,
        tap(move || draft.update(|d| put(d, value))),
    )
}

fn check(
    draft: FormSignal,
    id: &str,
    words: String,
    read: fn(&SetupForm) -> bool,
    put: fn(&mut SetupForm, bool),
) -> AnyView {
    let on = derive(move || draft.with(read));
    tick(
        words,
        id.to_owned(),
        on,
        Box::new(move |yes| draft.update(|d| put(d, yes))),
    )
}

/// How a text of the draft is read and written.
type Access = (fn(&SetupForm) -> &String, fn(&mut SetupForm, String));

/// A text field that reads from and writes to the draft.
fn text(
    draft: FormSignal,
    label: &str,
    id: &'static str,
    kind: &'static str,
    (read, put): Access,
    hint: Option<String>,
) -> AnyView {
    let value = bind(draft, draft.with_untracked(|d| read(d).clone()), put);
    field(t(label), id, kind, value, hint)
}

/// A number field that reads from and writes to the draft.
fn amount(
    draft: FormSignal,
    label: &str,
    of: NumberField,
    (read, put): Access,
    hint: &str,
) -> AnyView {
    let value = bind(draft, draft.with_untracked(|d| read(d).clone()), put);
    number(t(label), of, value, Some(t(hint)))
}

/// Where, and which side.
pub fn site(draft: FormSignal) -> AnyView {
    let places = PLACES
        .iter()
        .map(|(place, sites)| {
            let options = sites
                .iter()
                .map(|&site| {
                    let picked = derive(move || draft.with(|d| d.site == Some(site)));
                    let pick = tap(move || draft.update(|d| d.site = Some(site)));
                    option(
                        "site",
                        tk("site_pick.", site.key()),
                        ["site-", site.key()].concat(),
                        picked,
                        pick,
                    )
                })
                .collect_view();
            view! {
                <p class="group">{t(place)}</p>
                <div class="choices two">{options}</div>
            }
        })
        .collect_view();
    let sides = Side::ALL
        .iter()
        .map(|&side| {
            let id = ["side-", side.key()].concat();
            let words = tk("setup.side_", side.key());
            choice(draft, &id, words, side, |d| d.side, |d, v| d.side = Some(v))
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend>{t("setup.site")}</legend>
            <p class="small">{t("setup.site_why")}</p>
            {places}
        </fieldset>
        {radios("side", t("setup.side"), None, "choices", sides)}
    }
    .into_any()
}

/// Since when; sudden or gradual.
pub fn since(app: App, draft: FormSignal) -> AnyView {
    let today = app.peek(|s| s.now.day()).to_string();
    let value = bind(draft, draft.with_untracked(|d| d.since.clone()), |d, v| {
        d.since = v;
    });
    let onset = [
        ("onset-sudden", "setup.onset_sudden", true),
        ("onset-gradual", "setup.onset_gradual", false),
    ]
    .into_iter()
    .map(|(id, key, v)| {
        choice(
            draft,
            id,
            t(key),
            v,
            |d| d.sudden,
            |d, v| d.sudden = Some(v),
        )
    })
    .collect();
    view! {
        <div class="field">
            <label for="since">{t("setup.since")}</label>
            <input
                id="since"
                data-t="since"
                type="date"
                max=today
                aria-describedby="hint-since"
                prop:value=value
                on:input=move |e| value.set(event_target_value(&e))
            />
            <p class="small" id="hint-since">{t("setup.since_hint")}</p>
        </div>
        {radios("onset", t("setup.onset"), None, "choices", onset)}
    }
    .into_any()
}

/// Who named it; surgery.
pub fn named(draft: FormSignal) -> AnyView {
    let names = [
        (
            "named-clinician",
            "setup.named_clinician",
            NamedBy::Clinician,
        ),
        ("named-self", "setup.named_self", NamedBy::SelfNamed),
        ("named-nobody", "setup.named_nobody", NamedBy::Nobody),
    ]
    .into_iter()
    .map(|(id, key, v)| {
        choice(
            draft,
            id,
            t(key),
            v,
            |d| d.named_by,
            |d, v| d.named_by = Some(v),
        )
    })
    .collect();
    let examined = memo(move || draft.with(|d| d.named_by == Some(NamedBy::Clinician)));
    view! {
        {radios("named", t("setup.named"), Some(t("setup.named_why")), "choices one", names)}
        {move || examined.get().then(|| {
            check(draft, "bone-named", t("setup.bone_named"), |d| d.bone_named, |d, v| d.bone_named = v)
        })}
        {check(draft, "surgery", t("setup.surgery"), |d| d.surgery, |d, v| d.surgery = v)}
    }
    .into_any()
}

/// What asks for a clinician's go-ahead.
pub fn health(draft: FormSignal) -> AnyView {
    let birth = memo(move || draft.with(|d| d.after_birth));
    view! {
        <p>{t("setup.health_why")}</p>
        <div class="ticks">
            {check(draft, "under-18", t("setup.under_18"), |d| d.under_18, |d, v| d.under_18 = v)}
            {check(draft, "pregnant", t("setup.pregnant"), |d| d.pregnant, |d, v| d.pregnant = v)}
            {check(draft, "after-birth", t("setup.after_birth"), |d| d.after_birth, |d, v| d.after_birth = v)}
            {move || birth.get().then(|| text(
                draft,
                "setup.birth_on",
                "birth-on",
                "date",
                (|d| &d.birth_on, |d, v| d.birth_on = v),
                Some(t("setup.birth_hint")),
            ))}
            {check(draft, "heart", t("setup.heart"), |d| d.heart, |d, v| d.heart = v)}
        </div>
    }
    .into_any()
}

/// Warning signs.
pub fn worrying(app: App, draft: FormSignal) -> AnyView {
    let put: fn(&mut SetupForm, Vec<RedFlag>) = |d, v| d.flags = v;
    let chosen = bind(draft, draft.with_untracked(|d| d.flags.clone()), put);
    view! {
        <p>{t("setup.worrying_why")}</p>
        {red_flags::picker(app, chosen, WhenLeft::InForm)}
    }
    .into_any()
}

/// What most mornings stay at or below.
pub fn baseline(draft: FormSignal) -> AnyView {
    let pain = bind(draft, draft.with_untracked(|d| d.usual_pain), |d, v| {
        d.usual_pain = v;
    });
    view! {
        <p>{t("setup.usual_why")}</p>
        {pain_scale("usual", t("setup.usual_pain"), pain)}
        {amount(draft, "setup.usual_stiffness", NumberField::UsualStiffness, (|d| &d.usual_stiffness, |d, v| d.usual_stiffness = v), "setup.usual_stiffness_hint")}
    }
    .into_any()
}

/// A clinician, and what they allowed.
pub fn clinician(draft: FormSignal) -> AnyView {
    let answers = [
        ("clinician-yes", "setup.clinician_yes", true),
        ("clinician-no", "setup.clinician_no", false),
    ]
    .into_iter()
    .map(|(id, key, v)| {
        choice(
            draft,
            id,
            t(key),
            v,
            |d| d.clinician,
            |d, v| d.clinician = Some(v),
        )
    })
    .collect();
    let yes = memo(move || draft.with(|d| d.clinician == Some(true)));
    view! {
        {radios("clinician", t("setup.clinician"), Some(t("setup.clinician_why")), "choices one", answers)}
        {move || yes.get().then(|| {
            let level = draft.with_untracked(|d| d.clinician_level.clone());
            let options = level_options(&Ladder::builtin(), t("setup.level_none"));
            let pick: Box<dyn Fn(String)> =
                Box::new(move |v| draft.update(|d| d.clinician_level = v));
            view! {
                {check(draft, "clearance-granted", t("setup.cleared"), |d| d.cleared, |d, v| d.cleared = v)}
                {text(
                    draft,
                    "setup.clinician_name",
                    "clinician-name",
                    "text",
                    (|d| &d.clinician_name, |d, v| d.clinician_name = v),
                    Some(t("setup.clinician_name_hint")),
                )}
                {select(t("setup.level"), "clinician-level", options, &level, Some(t("setup.level_hint")), pick)}
            }
        })}
    }
    .into_any()
}

/// Where the runner is now.
pub fn where_now(draft: FormSignal) -> AnyView {
    let stages = [
        ("stage-rest", "setup.doing_rest", Stage::Rest),
        ("stage-walking", "setup.doing_walking", Stage::Walking),
        ("stage-run-walk", "setup.doing_run_walk", Stage::RunWalk),
        ("stage-running", "setup.doing_running", Stage::Running),
    ]
    .into_iter()
    .map(|(id, key, v)| choice(draft, id, t(key), v, |d| d.stage, |d, v| d.stage = Some(v)))
    .collect();
    view! {
        {radios("stage", t("setup.doing"), Some(t("setup.doing_why")), "choices one", stages)}
        {amount(draft, "setup.longest", NumberField::Longest, (|d| &d.longest, |d, v| d.longest = v), "setup.longest_hint")}
    }
    .into_any()
}

/// Sessions of the last four weeks, quickly: after each the day steps back by two and
/// the numbers stay.
pub fn recent(app: App, draft: FormSignal) -> AnyView {
    let today = app.peek(|s| s.now.day());
    let back = |day: NaiveDate, by: u64| day.checked_sub_days(Days::new(by)).unwrap_or(day);
    let day = RwSignal::new(back(today, 1).to_string());
    let [run, walk] = [(); 2].map(|()| RwSignal::new(String::new()));
    let pain = RwSignal::new(None::<u8>);
    let wrong = RwSignal::new(false);
    // What is typed and not taken would be lost on the way on.
    let taken_as = RwSignal::new(String::new());
    Effect::new(move |_| {
        let typed = [run.get(), walk.get()].join(" ");
        let open = typed != " " && typed != taken_as.get();
        draft.update(|d| d.recent_open = open);
    });
    let add = move || {
        let at = day::typed(&day.get_untracked());
        let session = at.zip(pain.get_untracked()).map(|(day, pain)| Recent {
            day,
            run: run.get_untracked(),
            walk: walk.get_untracked(),
            pain,
        });
        let mut taken = false;
        if let Some(session) = session {
            let now = app.peek(|s| s.now);
            draft.update(|d| taken = d.add_recent(&session, &now));
            if taken {
                taken_as.set([session.run, session.walk].join(" "));
                day.set(back(session.day, 2).to_string());
            }
        }
        wrong.set(!taken);
        if !taken {
            shell::route::focus(".fault:not(:empty)");
        }
    };
    let listed = memo(move || draft.with(|d| d.recent.clone()));
    let rows = move || {
        listed.get();
        let all = draft.with_untracked(SetupForm::recent_sessions);
        all.into_iter()
            .enumerate()
            .map(|(n, s)| {
                let words = tf(
                    "setup.recent_line",
                    &[
                        ("day", &format::weekday_date(s.day)),
                        ("run", &shown(format::number_form(), &s.run)),
                        ("walk", &shown(format::number_form(), &s.walk)),
                        ("pain", &s.pain.to_string()),
                    ],
                );
                let label = tf("diary.delete_label", &[("what", &words)]);
                view! {
                    <li>
                        {words}
                        <button type="button" class="icon-btn" aria-label=label
                            on:click=move |_| draft.update(|d| d.remove_recent(n))>
                            {t("diary.delete")}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let any = memo(move || listed.with(|l| !l.is_empty()));
    view! {
        <p>{t("setup.recent_why")}</p>
        {move || any.get().then(|| view! { <ul class="plain" data-t="recent-list">{rows}</ul> })}
        {field(t("setup.recent_day"), "recent-day", "date", day, None)}
        <div class="pair">
            {number(t("log.run_min"), NumberField::RecentRun, run, None)}
            {number(t("log.walk_min"), NumberField::RecentWalk, walk, None)}
        </div>
        {pain_scale("recent-pain", t("log.pain_during"), pain)}
        {fault(derive(move || wrong.get().then(|| t("setup.fault_recent"))))}
        {button(t("setup.recent_add"), "recent-add", "ghost", tap(add))}
    }
    .into_any()
}

/// Runs a week, days that suit, minutes a week before.
pub fn days(draft: FormSignal) -> AnyView {
    let counts = (1..=4u8)
        .map(|n| {
            let n_text = n.to_string();
            let id = ["per-week-", &n_text].concat();
            choice(
                draft,
                &id,
                n_text,
                n,
                |d| d.per_week,
                |d, v| d.per_week = Some(v),
            )
        })
        .collect();
    let suits = Weekday::ALL
        .iter()
        .map(|&day| {
            let bit = 1 << weekday_bit(day);
            let on = derive(move || draft.with(|d| d.days & bit != 0));
            tick(
                tk("weekday.", day.key()),
                ["day-", day.key()].concat(),
                on,
                Box::new(move |_| draft.update(|d| d.days ^= bit)),
            )
        })
        .collect_view();
    view! {
        {radios("per-week", t("setup.per_week"), Some(t("setup.per_week_why")), "choices", counts)}
        <fieldset class="field">
            <legend>{t("setup.days")}</legend>
            <p class="small">{t("setup.days_why")}</p>
            <div class="choices two">{suits}</div>
        </fieldset>
        {amount(draft, "setup.weekly", NumberField::Weekly, (|d| &d.weekly, |d, v| d.weekly = v), "setup.weekly_hint")}
    }
    .into_any()
}

/// What the runner wants back.
pub fn goal(draft: FormSignal) -> AnyView {
    text(
        draft,
        "setup.goal",
        "goal",
        "text",
        (|d| &d.goal, |d, v| d.goal = v),
        Some(t("setup.goal_hint")),
    )
}

/// The plan told back in three sentences, and what the app is not.
pub fn summary(app: App, draft: FormSignal) -> AnyView {
    let (placed, cleared, per_week, goal, birth) = app.peek(|s| {
        draft.with_untracked(|d| {
            let cleared = d.clinician == Some(true) && d.cleared;
            (
                d.placement(s.now.day()),
                cleared,
                d.per_week.unwrap_or(3),
                d.goal.trim().to_owned(),
                d.birth_day(s.now.day())
                    .filter(|day| s.now.day() < first_run(*day)),
            )
        })
    });
    let waits = placed.needs_clearance && !cleared;
    let ladder = Ladder::builtin();
    let level = placed.level.as_deref().and_then(|id| ladder.level(id));
    let level = level.map(level_words);
    let first = match (waits, level) {
        (true, _) => t("summary.waits"),
        (false, Some(level)) if placed.stage == Stage::SelfTest => {
            tf("summary.self_test", &[("level", &level)])
        }
        (false, Some(level)) if placed.level.as_deref() != Some("W1") => {
            tf("summary.level", &[("level", &level)])
        }
        (false, _) => tk("summary.stage_", placed.stage.key()),
    };
    let rules = if placed.profile == Profile::Bone {
        "summary.bone"
    } else {
        "summary.steps"
    };
    view! {
        {card(t("summary.plan"), view! {
            <p data-t="summary-start">{first}</p>
            <p>{tn(rules, i64::from(per_week))}</p>
            {birth.map(|day| view! {
                <p data-t="summary-birth">
                    {tf("summary.birth", &[("day", &format::long_date(first_run(day)))])}
                </p>
            })}
            <p>{t("summary.mornings")}</p>
            {app.peek(|s| s.plan().is_some()).then(|| view! { <p data-t="summary-again">{t("summary.again")}</p> })}
            {(!goal.is_empty()).then(|| view! { <p class="small">{tf("summary.goal", &[("goal", &goal)])}</p> })}
        }.into_any())}
        {card(t("about.title"), view! {
            <p>{t("about.is")}</p>
            <p>{t("about.is_not")}</p>
            <p>{t("about.with_clinician")}</p>
        }.into_any())}
    }
    .into_any()
}
