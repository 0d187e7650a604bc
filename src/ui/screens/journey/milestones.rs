//! Milestones on the journey: what was reached, the day's own a little larger, and a
//! picture of one to share.

use crate::insights::milestones::reached;
use crate::shell::{self, format, picture};
use crate::ui::context::App;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, field, tap, tick};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The canvas that a picture is drawn on.
const CANVAS: &str = "#milestone-picture";

/// What was reached today, as a quiet word at the top.
pub fn fresh(app: App) -> AnyView {
    let found = app.memo(|s| {
        reached(s.diary(), s.guidance())
            .into_iter()
            .filter(|r| r.on == s.now.day())
            .map(|r| r.what.key())
            .collect::<Vec<_>>()
    });
    view! {
        {move || found.with(|found| found.iter().map(|key| view! {
            <section class="why go" data-t=["new-", key].concat()>
                <p class="say"><b>{tk("milestone.", key)}</b></p>
                <p>{tk("milestone.about_", key)}</p>
            </section>
        }).collect_view())}
    }
    .into_any()
}

/// Everything that was reached, the newest first; nothing before the first.
pub fn view(app: App) -> AnyView {
    let found = app.memo(|s| {
        let mut found: Vec<_> = reached(s.diary(), s.guidance())
            .into_iter()
            .map(|r| (r.on, r.what.key()))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    });
    // Its place in the list.
    let chosen = RwSignal::new(None::<u8>);
    view! {
        {move || found.with(|found| {
            let all = (0..).zip(found).map(|(n, &(on, key))| view! {
                <li data-t=["milestone-", key].concat()>
                    <span>{tk("milestone.", key)}" "<span class="small">{format::long_date(on)}</span></span>
                    <button type="button" class="icon-btn" data-t=["picture-", key].concat()
                        aria-label=tf("picture.of", &[("what", &tk("milestone.", key))])
                        on:click=move |_| {
                            chosen.set(Some(n));
                            shell::route::focus("#picture-title");
                        }>
                        {t("picture.make")}
                    </button>
                </li>
            }).collect_view();
            (!found.is_empty()).then(|| card(
                t("milestone.title"),
                view! { <ul class="plain" data-t="milestones">{all}</ul> }.into_any(),
            ))
        })}
        {move || chosen.get().and_then(|n| {
            let one = found.with_untracked(|found| found.get(usize::from(n)).copied());
            one.map(|(on, key)| share(app, chosen, on, key))
        })}
    }
    .into_any()
}

/// The picture as it will be, what else stands on it, and the way out of the phone.
fn share(app: App, chosen: RwSignal<Option<u8>>, on: NaiveDate, key: &'static str) -> AnyView {
    let title = tk("milestone.", key);
    let words = RwSignal::new(String::new());
    let dated = RwSignal::new(false);
    let went = RwSignal::new(None::<bool>);
    let demo = app.peek(crate::app::State::in_demo);
    let foot = move || {
        let mut parts = vec![t("app.name")];
        parts.extend(demo.then(|| t("demo.title")));
        parts.extend(dated.get().then(|| format::long_date(on)));
        parts.join(" · ")
    };
    let (drawn, told) = (title.clone(), title.clone());
    Effect::new(move |before: Option<()>| {
        let first = before.is_none();
        let (title, text, foot) = (drawn.clone(), words.get(), foot());
        went.set(None);
        // Once the canvas is on the page.
        shell::clock::after(0, move || {
            let words = picture::Words {
                title: &title,
                text: &text,
                foot: &foot,
            };
            picture::draw(CANVAS, &words);
            if first {
                picture::reveal(CANVAS);
            }
        });
    });
    let label = move || [told.as_str(), &words.get(), &foot()].join(". ");
    let hand_out = move || {
        picture::hand_out(CANVAS, move |done| went.set(Some(done)));
    };
    view! {
        <section class="card" data-t="picture">
            <h2 id="picture-title" tabindex="-1">{tf("picture.of", &[("what", &title)])}</h2>
            <canvas id="milestone-picture" class="picture" width="1080" height="1080" role="img" aria-label=label></canvas>
            <p class="small">{t("picture.about")}</p>
            {field(t("picture.words"), "picture-words", "text", words, Some(t("picture.words_hint")))}
            {tick(t("picture.date"), "picture-date".into(), dated.into(), Box::new(move |on| dated.set(on)))}
            <div class="row">
                {button(t("picture.share"), "picture-share", "ghost", tap(hand_out))}
                {button(t("picture.close"), "picture-close", "quiet", tap(move || chosen.set(None)))}
            </div>
            <p role="status" data-t="picture-went">{move || went.get().map(|done| t(if done { "picture.went" } else { "picture.failed" }))}</p>
        </section>
    }
    .into_any()
}
