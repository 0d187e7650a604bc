//! Where it hurt: several places, each with its side and its pain, pointed at on a body or
//! chosen from lists.

use crate::diary::entry::{Extra, Score, SiteMark};
use crate::diary::vocabulary::{Side, Site};
use crate::formats::plot::{Mark, nearest};
use crate::formats::svg::Svg;
use crate::strength::drawn_body;
use crate::strength::drawn_body::Spot;
use crate::ui::context::derive;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, tap};
use crate::ui::widgets::fields::{Choice, radios, select};
use crate::ui::widgets::plot::{place_in, step};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

type Marks = RwSignal<Vec<SiteMark>>;

/// The places told of, and the ways to add one. `worst` is what a new one starts with.
pub fn picker(marks: Marks, worst: Signal<u8>) -> AnyView {
    let behind = RwSignal::new(false);
    let views = [(false, "front"), (true, "back")]
        .into_iter()
        .map(|(back, key)| -> Choice {
            let picked = derive(move || behind.get() == back);
            let pick = tap(move || behind.set(back));
            (["body-", key].concat(), tk("body.", key), picked, pick)
        })
        .collect();
    view! {
        <fieldset class="field sites" data-t="sites">
            <legend>{t("body.legend")}</legend>
            <p class="small">{t("body.about")}</p>
            {move || marked_sites(marks)}
            {radios("body-view", t("body.view"), None, "choices two", views)}
            {move || map(marks, worst, behind.get())}
            {by_list(marks, worst)}
        </fieldset>
    }
    .into_any()
}

/// Adds a place, or takes it out when it is there.
fn toggle(marks: Marks, worst: Signal<u8>, site: Site, side: Side) {
    let pain = Score::new(worst.get_untracked().max(1)).unwrap_or_default();
    marks.update(|all| {
        let before = all.len();
        all.retain(|m| (m.site, m.side) != (site, side));
        if all.len() == before {
            all.push(SiteMark {
                site,
                side,
                pain,
                extra: Extra::new(),
            });
        }
    });
}

/// "Right calf".
fn name(site: Site, side: Side) -> String {
    let words = [tk("side.short_", side.key()), tk("site.", site.key())];
    words.join(" ").trim().to_owned()
}

/// The places told of, each with its pain and the way to take it out.
fn marked_sites(marks: Marks) -> AnyView {
    let rows = marks.with(|all| {
        all.iter()
            .map(|m| {
                let (site, side, pain) = (m.site, m.side, m.pain.get());
                let called = name(site, side);
                let key = [site.key(), "-", side.key()].concat();
                let change = move |e| {
                    let score = event_target_value(&e).parse().ok().and_then(Score::new);
                    marks.update(|all| {
                        let found = all.iter_mut().find(|m| (m.site, m.side) == (site, side));
                        if let (Some(found), Some(score)) = (found, score) {
                            found.pain = score;
                        }
                    });
                };
                let options = (0..=10u8)
                    .map(|n| view! { <option value=n.to_string() selected=n == pain>{n.to_string()}</option> })
                    .collect_view();
                let remove = move || marks.update(|all| all.retain(|m| (m.site, m.side) != (site, side)));
                view! {
                    <li data-t=["site-mark-", &key].concat()>
                        <b>{called.clone()}</b>
                        <label>
                            <span class="small">{t("body.pain")}</span>
                            <select data-t=["site-pain-", &key].concat() aria-label=tf("body.pain_label", &[("where", &called)]) on:change=change>
                                {options}
                            </select>
                        </label>
                        {button(t("body.remove"), &["site-remove-", &key].concat(), "quiet", tap(remove))}
                    </li>
                }
            })
            .collect_view()
    });
    view! { <ul class="marks" data-t="site-marks">{rows}</ul> }.into_any()
}

/// The body seen from one side: touched, or gone through with arrow keys and Enter.
fn map(marks: Marks, worst: Signal<u8>, behind: bool) -> AnyView {
    let at = RwSignal::new(0_usize);
    let spots = drawn_body::spots(behind);
    let drawn = spots.clone();
    let pointed = spots.clone();
    let count = spots.len();
    let put = move |s: &Spot| toggle(marks, worst, s.site, s.side);
    let key = move |e: KeyboardEvent| {
        if let Some(next) = step(&e.key(), at.get_untracked(), count) {
            e.prevent_default();
            at.set(next);
        } else if matches!(e.key().as_str(), "Enter" | " ") {
            e.prevent_default();
            spots.get(at.get_untracked()).into_iter().for_each(put);
        }
    };
    let touch = move |e: PointerEvent| {
        let Some((_, x, y)) = place_in(&e, drawn_body::SIZE.0) else {
            return;
        };
        let places: Vec<_> = pointed.iter().map(|s| s.at).collect();
        if let Some(n) = nearest(&places, x, y) {
            at.set(n);
            // A touch beside the body chooses nothing.
            let near = |s: &&Spot| {
                let (dx, dy) = (s.at.0 - x, s.at.1 - y);
                dx * dx + dy * dy < 22.0 * 22.0
            };
            pointed.get(n).filter(near).into_iter().for_each(put);
        }
    };
    // What is drawn and what is said of it change together.
    let reader = move || {
        let there =
            |s: &Spot| marks.with(|all| all.iter().any(|m| (m.site, m.side) == (s.site, s.side)));
        let mut svg = Svg::default();
        svg.path("outline", &drawn_body::outline());
        for s in &drawn {
            let (class, mark, r) = if there(s) {
                ("spot on", Mark::Diamond, 9.0)
            } else {
                ("spot", Mark::Circle, 6.0)
            };
            svg.marks(class, mark, r, &[Some(s.at)]);
        }
        let (left, right) = if behind { (14.0, 186.0) } else { (186.0, 14.0) };
        svg.words("axis mid", (left, 20.0), &t("sides.short_left"));
        svg.words("axis mid", (right, 20.0), &t("sides.short_right"));
        let Some(s) = drawn.get(at.get()) else {
            return (String::new(), String::new());
        };
        svg.marks("cursor", Mark::Circle, 14.0, &[Some(s.at)]);
        let key = if there(s) {
            "body.told"
        } else {
            "body.not_told"
        };
        let (width, height) = drawn_body::SIZE;
        let plot = [("class", "plot"), ("aria-hidden", "true")];
        (
            svg.finish([0.0, 0.0, width, height], &plot).into_string(),
            tf(key, &[("where", &name(s.site, s.side))]),
        )
    };
    let reader = crate::ui::context::memo(reader);
    let said = derive(move || reader.with(|(_, said)| said.clone()));
    view! {
        <div class="body">
            <div
                class="reader"
                data-t="body-map"
                role="slider"
                tabindex="0"
                aria-label=t("body.map")
                aria-valuemin="0"
                aria-valuemax=count.saturating_sub(1).to_string()
                aria-valuenow=move || at.get().to_string()
                aria-valuetext=said
                inner_html=move || reader.with(|(svg, _)| svg.clone())
                on:keydown=key
                on:pointerup=touch
            ></div>
            <p class="small center" aria-hidden="true" data-t="body-said">{said}</p>
        </div>
    }
    .into_any()
}

/// The same from lists.
fn by_list(marks: Marks, worst: Signal<u8>) -> AnyView {
    let site = RwSignal::new(None::<Site>);
    let side = RwSignal::new(Side::Left);
    let mut options = vec![(String::new(), t("body.choose"))];
    options.extend(
        Site::ALL
            .iter()
            .map(|s| (s.key().to_owned(), tk("site_pick.", s.key()))),
    );
    let sides = Side::ALL
        .iter()
        .map(|s| (s.key().to_owned(), tk("setup.side_", s.key())))
        .collect();
    let pick = Box::new(move |key: String| site.set(Site::from_key(&key)));
    let pick_side =
        Box::new(move |key: String| side.set(Side::from_key(&key).unwrap_or(Side::None)));
    let add = move || {
        let (Some(site), side) = (site.get_untracked(), side.get_untracked()) else {
            return;
        };
        if !marks.with_untracked(|all| all.iter().any(|m| (m.site, m.side) == (site, side))) {
            toggle(marks, worst, site, side);
        }
    };
    view! {
        <details>
            <summary data-t="site-list">{t("body.list")}</summary>
            {select(t("body.where"), "site-where", options, "", None, pick)}
            {select(t("body.side"), "site-side", sides, Side::Left.key(), None, pick_side)}
            {button(t("body.add"), "site-add", "ghost", tap(add))}
        </details>
    }
    .into_any()
}
