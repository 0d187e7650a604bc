//! The hand-over's first half: a clinician fills in a plan, on any device, and shows it
//! as a QR code or passes it as a link. Nothing is stored and nothing is sent.

use crate::app::forms::hand_over_form::{DraftFault, HandOverForm, ladder_text};
use crate::app::forms::number_field::NumberField;
use crate::diary::vocabulary::{Profile, Side, Site, Stage};
use crate::formats::number::shown;
use crate::formats::qr;
use crate::formats::qr::Qr;
use crate::plan::hand_over::code::{MAX_NAME, MAX_NOTE, ROUTE, encode};
use crate::shell;
use crate::shell::format;
use crate::thresholds::ladder::Ladder;
use crate::ui::context::derive;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, field_of_at_most, tap, tick};
use crate::ui::widgets::fields::{bind, fault, number, select, textarea, too_long};
use leptos::prelude::*;

type FormSignal = RwSignal<HandOverForm>;

/// A link and its picture; none where it would be too fine.
type Made = (String, Option<Qr>);

/// The screen.
pub fn view() -> AnyView {
    let draft: FormSignal = RwSignal::new(HandOverForm::default());
    let wrong = RwSignal::new(None::<DraftFault>);
    let made = RwSignal::new(None::<Made>);
    // What is shown is what was filled in: a change takes it away.
    Effect::new(move |before: Option<()>| {
        draft.track();
        if before.is_some() {
            made.set(None);
        }
    });
    let make = move || {
        let plan = draft.with_untracked(|d| d.plan(&shell::clock::now()));
        wrong.set(plan.as_ref().err().copied());
        if let Ok(plan) = plan {
            let address = [shell::route::home().as_str(), ROUTE].concat();
            let link = [address.as_str(), &encode(&plan)].concat();
            let picture = qr::of_link(&link, address.len());
            made.set(Some((link, picture)));
            shell::route::focus("#handed-title");
        } else {
            made.set(None);
            shell::route::focus(".fault:not(:empty)");
        }
    };
    let words = derive(move || wrong.get().map(|w| tk("handover.fault_", w.key())));
    view! {
        {crate::ui::widgets::controls::plain_head("handover.eyebrow", "handover.title")}
        <p>{t("handover.body")}</p>
        <p class="small">{t("handover.private")}</p>
        {card(t("handover.who"), who(draft))}
        {card(t("handover.injury"), injury(draft))}
        {card(t("handover.limits"), limits(draft))}
        {card(t("handover.ladder"), ladder(draft))}
        {card(t("handover.benchmarks"), benchmarks(draft))}
        {card(t("handover.last"), last(draft))}
        {fault(words)}
        {button(t("handover.make"), "handover-make", "primary", tap(make))}
        {move || made.get().map(handed)}
    }
    .into_any()
}

/// A field of the draft.
fn typed(
    draft: FormSignal,
    label: &str,
    id: &'static str,
    kind: &'static str,
    put: fn(&mut HandOverForm, String),
) -> AnyView {
    let value = bind(draft, String::new(), put);
    field_of_at_most(t(label), id, kind, value, None, MAX_NAME)
}

/// A list of the draft; its first line leaves it as the runner has it.
fn chosen(
    draft: FormSignal,
    label: &str,
    id: &'static str,
    none: &str,
    options: Vec<(String, String)>,
    put: fn(&mut HandOverForm, &str),
) -> AnyView {
    let mut all = vec![(String::new(), t(none))];
    all.extend(options);
    let pick: Box<dyn Fn(String)> = Box::new(move |key| draft.update(|d| put(d, &key)));
    select(t(label), id, all, "", None, pick)
}

fn counts(from: u8, to: u8) -> Vec<(String, String)> {
    (from..=to)
        .map(|n| (n.to_string(), n.to_string()))
        .collect()
}

fn who(draft: FormSignal) -> AnyView {
    view! {
        {typed(draft, "handover.by", "handover-by", "text", |d, v| d.by = v)}
        {typed(draft, "handover.role", "handover-role", "text", |d, v| d.role = v)}
    }
    .into_any()
}

fn injury(draft: FormSignal) -> AnyView {
    let keyed = |prefix: &str, keys: &mut dyn Iterator<Item = &'static str>| {
        keys.map(|key| (key.to_owned(), tk(prefix, key)))
            .collect::<Vec<_>>()
    };
    let sites = keyed("site_pick.", &mut Site::ALL.iter().map(|s| s.key()));
    let sides = keyed("setup.side_", &mut Side::ALL.iter().map(|s| s.key()));
    let profiles = keyed("profile.", &mut Profile::ALL.iter().map(|p| p.key()));
    let stages = keyed("stage.", &mut Stage::ALL.iter().map(|s| s.key()));
    view! {
        <p class="small">{t("handover.injury_body")}</p>
        {chosen(draft, "handover.site", "handover-site", "handover.keep", sites, |d, k| d.site = Site::from_key(k))}
        {chosen(draft, "handover.side", "handover-side", "handover.keep", sides, |d, k| d.side = Side::from_key(k))}
        {chosen(draft, "handover.profile", "handover-profile", "handover.keep", profiles, |d, k| d.profile = Profile::from_key(k))}
        {typed(draft, "handover.since", "handover-since", "date", |d, v| d.since = v)}
        {chosen(draft, "handover.stage", "handover-stage", "handover.keep", stages, |d, k| d.stage = Stage::from_key(k))}
        {typed(draft, "handover.level", "handover-level", "text", |d, v| d.level = v)}
        {chosen(draft, "handover.per_week", "handover-week", "handover.keep", counts(1, 4), |d, k| d.per_week = k.into())}
    }
    .into_any()
}

fn limits(draft: FormSignal) -> AnyView {
    view! {
        <p class="small">{t("handover.limits_body")}</p>
        {chosen(draft, "handover.max_pain", "handover-pain", "handover.unset", counts(0, 10), |d, k| d.max_pain = k.into())}
        {typed(draft, "handover.max_level", "handover-max", "text", |d, v| d.max_level = v)}
        {chosen(draft, "handover.ok", "handover-ok", "handover.unset", counts(1, 20), |d, k| d.ok_needed = k.into())}
        {chosen(draft, "handover.rest", "handover-rest", "handover.unset", counts(0, 14), |d, k| d.min_rest = k.into())}
        {chosen(draft, "handover.most", "handover-most", "handover.unset", counts(1, 7), |d, k| d.max_per_week = k.into())}
    }
    .into_any()
}

fn ladder(draft: FormSignal) -> AnyView {
    let own = RwSignal::new(false);
    let text = RwSignal::new(ladder_text(&Ladder::builtin()));
    let keep = move |d: &mut HandOverForm| {
        d.own_ladder = own.get_untracked();
        d.ladder = text.get_untracked();
    };
    Effect::new(move |_| {
        own.track();
        text.track();
        draft.update(keep);
    });
    view! {
        {tick(t("handover.own"), "handover-own".into(), own.into(), Box::new(move |on| own.set(on)))}
        {move || own.get().then(|| view! {
            {typed(draft, "handover.ladder_name", "handover-ladder-name", "text", |d, v| d.ladder_name = v)}
            {textarea(t("handover.levels"), "handover-ladder", text)}
            <p class="small">{t("handover.levels_hint")}</p>
        })}
    }
    .into_any()
}

fn benchmarks(draft: FormSignal) -> AnyView {
    let [name, target, unit, gate] = [(); 4].map(|()| RwSignal::new(String::new()));
    let add = move || {
        let fields = [name, target, unit, gate].map(|f| f.get_untracked());
        let [name_said, target_said, unit_said, gate_said] = fields;
        if name_said.trim().is_empty() {
            shell::route::focus("#handover-bench");
            return;
        }
        if NumberField::HandOverTarget.read(&target_said).is_err() {
            shell::route::focus("#handover-target");
            return;
        }
        let gates = Stage::from_key(&gate_said);
        draft.update(|d| {
            d.benchmarks
                .push((name_said, target_said, unit_said, gates));
        });
        for field in [name, target, unit] {
            field.set(String::new());
        }
        shell::route::focus("#handover-bench");
    };
    let rows = move || {
        let list = draft.with(|d| d.benchmarks.clone());
        (0..)
            .zip(list)
            .map(|(n, (name, target, unit, gates))| {
                let gate = gates.map(|s| tf("bench.gates", &[("stage", &tk("stage.", s.key()))]));
                let away = tap(move || {
                    draft.update(|d| {
                        d.benchmarks.remove(n);
                    });
                });
                view! {
                    <li class="between">
                        <span>{[name, shown(format::number_form(), &target), unit].join(" ")}" "{gate}</span>
                        {button(t("handover.remove"), "handover-bench-remove", "quiet", away)}
                    </li>
                }
            })
            .collect_view()
    };
    let mut doors = vec![(String::new(), t("bench.no_gate"))];
    let stages = Stage::ALL.iter().skip(1);
    doors.extend(stages.map(|s| (s.key().to_owned(), tk("stage.", s.key()))));
    let choose: Box<dyn Fn(String)> = Box::new(move |key| gate.set(key));
    view! {
        <ul class="plain" data-t="handover-benches">{rows}</ul>
        {field_of_at_most(t("bench.name"), "handover-bench", "text", name, None, MAX_NAME)}
        <div class="pair">
            {number(t("bench.target"), NumberField::HandOverTarget, target, None)}
            {field_of_at_most(t("bench.unit"), "handover-unit", "text", unit, None, MAX_NAME)}
        </div>
        {select(t("bench.gate"), "handover-gate", doors, "", None, choose)}
        {button(t("handover.add"), "handover-add", "ghost", tap(add))}
    }
    .into_any()
}

fn last(draft: FormSignal) -> AnyView {
    let note = bind(draft, String::new(), |d: &mut HandOverForm, v| d.note = v);
    view! {
        {typed(draft, "handover.until", "handover-until", "date", |d, v| d.valid_until = v)}
        {textarea(t("handover.note"), "handover-note", note)}
        {too_long(note, MAX_NOTE)}
    }
    .into_any()
}

/// The plan as it is passed on.
fn handed((link, picture): Made) -> AnyView {
    let copied = RwSignal::new(None::<bool>);
    let fine = picture.is_none();
    let (to_copy, to_share) = (link.clone(), link.clone());
    let copy = move || shell::files::copy(&to_copy, move |done| copied.set(Some(done)));
    let share = move || shell::files::share_link(&t("handover.shared"), &to_share);
    let can_share = shell::files::can_share_links();
    let said = move || {
        copied.get().map(|done| {
            t(if done {
                "handover.copied"
            } else {
                "handover.not_copied"
            })
        })
    };
    view! {
        <section class="card" data-t="handed">
            <h2 id="handed-title" tabindex="-1">{t("handover.done")}</h2>
            {picture.map(|qr| picture_of(&qr))}
            <p class="small">{t(if fine { "handover.too_fine" } else { "handover.scan" })}</p>
            <textarea class="mono link" readonly rows="4" data-t="handover-link" aria-label=t("handover.link") prop:value=link></textarea>
            <div class="row">
                {button(t("handover.copy"), "handover-copy", "ghost", tap(copy))}
                {can_share.then(|| button(t("handover.share"), "handover-share", "ghost", tap(share)))}
            </div>
            <p role="status" class="small">{said}</p>
            <p class="small">{t("handover.open_to_all")}</p>
        </section>
    }
    .into_any()
}

/// Black on white in every theme: readers know no other.
fn picture_of(qr: &Qr) -> AnyView {
    let side = qr.size.to_string();
    let window = ["0 0 ", &side, " ", &side].concat();
    view! {
        <svg class="qr" role="img" aria-label=t("handover.qr") viewBox=window shape-rendering="crispEdges">
            <rect width=side.clone() height=side fill="#fff" />
            <path fill="#000" d=qr.path.clone() data-t="qr-path" />
        </svg>
    }
    .into_any()
}
