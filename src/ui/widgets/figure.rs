//! Pictures of exercises: two poses side by side, or one that moves between them.

use crate::formats::svg::Svg;
use crate::shell::motion;
use crate::strength::figure::{Figure, Shape, Window};
use crate::strength::library::Exercise;
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::widgets::controls::{button, tap};
use leptos::prelude::*;

/// Seconds of one pose, of the way to the other, and of the other.
const HOLD_S: f64 = 0.8;
const WAY_S: f64 = 1.3;

fn svg(shapes: &[Shape], window: Window) -> String {
    let mut svg = Svg::default();
    for shape in shapes {
        svg.path(shape.kind.key(), &shape.path);
    }
    let sides = [window.left, window.top, window.width, window.height];
    let attributes = [
        ("aria-hidden", "true"),
        ("preserveAspectRatio", "xMidYMax meet"),
    ];
    svg.finish(sides.map(f64::from), &attributes).into_string()
}

/// Where the movement stands after so many seconds, 0 to 1.
fn share(seconds: f64) -> f64 {
    let round = 2.0 * (HOLD_S + WAY_S);
    let mut t = seconds;
    while t >= round {
        t -= round;
    }
    let way = |t: f64| {
        let x = (t / WAY_S).clamp(0.0, 1.0);
        x * x * (3.0 - 2.0 * x)
    };
    if t < HOLD_S + WAY_S {
        way(t - HOLD_S)
    } else {
        1.0 - way(t - 2.0 * HOLD_S - WAY_S)
    }
}

/// The second pose alone, small, beside a name that says what it is.
pub fn small(exercise: &Exercise) -> AnyView {
    let picture = Figure::from_json(&exercise.figure)
        .map(|figure| svg(&figure.shapes(1.0), figure.window()))
        .unwrap_or_default();
    view! { <div class="figure small-figure" aria-hidden="true" inner_html=picture></div> }
        .into_any()
}

/// Both poses side by side, the way between them as an arrow on the second.
pub fn pair(words: &ExerciseWords, exercise: &Exercise) -> AnyView {
    let Some(figure) = Figure::from_json(&exercise.figure) else {
        return ().into_any();
    };
    let window = figure.window();
    let mut second = figure.shapes(1.0);
    second.extend(figure.arrow());
    let label = words.of(&exercise.id, "picture");
    view! {
        <div class="poses" role="img" aria-label=label data-t="figure">
            <div class="figure" inner_html=svg(&figure.shapes(0.0), window)></div>
            <div class="figure" inner_html=svg(&second, window)></div>
            <span class="small" aria-hidden="true">{words.t("strength.pose_first")}</span>
            <span class="small" aria-hidden="true">{words.t("strength.pose_second")}</span>
        </div>
    }
    .into_any()
}

/// The picture that moves between its poses, with a button to hold it still; the pair
/// where the phone asks for reduced motion.
pub fn moving(words: &ExerciseWords, exercise: &Exercise) -> AnyView {
    let Some(figure) = Figure::from_json(&exercise.figure) else {
        return ().into_any();
    };
    let window = figure.window();
    let label = words.of(&exercise.id, "picture");
    let moves = RwSignal::new(!motion::reduced());
    let at = RwSignal::new(0.0_f64);
    let timer = motion::beat(move |seconds| {
        if moves.get_untracked() {
            at.set(share(seconds));
        }
    });
    on_cleanup(move || {
        if let Some(timer) = timer {
            motion::stop(timer);
        }
    });
    let still = pair(words, exercise);
    let names = (words.t("strength.still"), words.t("strength.move"));
    let picture = StoredValue::new(figure);
    view! {
        <div class="moving" data-moves=move || moves.get().to_string()>
            <div class="figure" role="img" aria-label=label data-t="moving-figure"
                inner_html=move || picture.with_value(|f| svg(&f.shapes(at.get()), window))></div>
            {still}
            {move || {
                let name = if moves.get() { names.0.clone() } else { names.1.clone() };
                button(name, "figure-motion", "quiet", tap(move || moves.update(|m| *m = !*m)))
            }}
        </div>
    }
    .into_any()
}
