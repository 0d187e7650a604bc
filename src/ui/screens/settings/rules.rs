//! Every rule: the numbers are read from what the engine judges by, the words from the
//! locale, and each row says where it comes from and how strong that is.

use crate::rules::evidence::{SOURCES, Source};
use crate::rules::reference::{RuleRow, TO_FIRST, Table, rows};
use crate::ui::text::levels::interval_words;
use crate::ui::text::words::{label_and_value, t, tf, tk};
use crate::ui::widgets::controls::{card, paragraphs};
use leptos::prelude::*;

/// The screen.
pub fn view() -> AnyView {
    let rows = rows();
    let tables = Table::ALL.map(|table| drawn(table, &rows)).collect_view();
    let sources = SOURCES
        .iter()
        .map(|s| view! { <li>{named(s)}". "<span class="find">{s.find}</span></li> })
        .collect_view();
    view! {
        {crate::ui::widgets::controls::plain_head("rules.eyebrow", "rules.title")}
        {paragraphs(&["rules.untested", "rules.severity", "rules.profiles", "rules.clinician"])}
        {tables}
        {card(t("rules.sources"), view! { <ul class="plain" data-t="sources">{sources}</ul> }.into_any())}
    }
    .into_any()
}

/// The columns of a table beside what a row says: their headings.
fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Verdict => &["rules.bone", "rules.joint", "rules.tendon"],
        Table::Severity => &["rules.down", "rules.rest", "rules.wait", "rules.pause"],
        Table::OkNeeded | Table::Flags => &["rules.bone", "rules.others"],
        Table::Gaps => &["rules.normally", "rules.with_reason"],
        _ => &[],
    }
}

/// A table under its heading. On a narrow page the cells stand below what they belong
/// to (their roles are named, since such cells lose them).
fn drawn(table: Table, rows: &[RuleRow]) -> AnyView {
    let columns = columns(table);
    let heads = columns
        .iter()
        .map(|key| view! { <th scope="col" role="columnheader">{t(key)}</th> })
        .collect_view();
    let lines = rows
        .iter()
        .filter(|row| row.table == table)
        .map(|row| line(row, columns))
        .collect_view();
    let name = tk("rules.table_", table.key());
    let label = name.clone();
    card(
        name,
        view! {
            <table role="table" class="rules" data-t=["table-", table.key()].concat() aria-label=label>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{t("rules.what")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        }
        .into_any(),
    )
}

fn line(row: &RuleRow, columns: &[&str]) -> AnyView {
    let cells = cells(row);
    // A row that is one sentence takes the whole line.
    let wide = (cells.is_empty() && !columns.is_empty()).then(|| (columns.len() + 1).to_string());
    let cells = columns
        .iter()
        .zip(cells)
        .map(|(key, words)| view! { <td role="cell" data-label=t(key)>{words}</td> })
        .collect_view();
    let sources: Vec<String> = SOURCES
        .iter()
        .filter(|s| row.evidence.sources.contains(&s.id))
        .map(named)
        .collect();
    let rule = row.rule.map(|rule| tf("rules.by", &[("rule", rule.id())]));
    let strength = tk("rules.strength_", row.evidence.grade.key());
    let behind = if sources.is_empty() {
        [&strength, "."].concat()
    } else {
        label_and_value(&strength, &[&sources.join("; "), "."].concat())
    };
    view! {
        <tr role="row" data-row=row.id.clone()>
            <th scope="row" role="rowheader" colspan=wide>
                {words(row)}
                <span class="small">{rule}" "{behind}</span>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// What a row says, with its numbers.
fn words(row: &RuleRow) -> String {
    let Some(key) = row.words() else {
        return match (row.table, row.numbers.as_slice()) {
            (Table::Ladder, &[run_s, walk_s, reps]) => interval_words(&row.id, run_s, walk_s, reps),
            (Table::Flags, _) => tk("flag.", &row.id),
            (Table::SelfTest, _) => [tk("test.", &row.id), tk("test_how.", &row.id)].join(". "),
            (Table::Freedoms, &[held]) => [
                tk("freedom.", &row.id),
                tf("rules.held", &[("n", &held.to_string())]),
            ]
            .join(". "),
            _ => row.id.clone(),
        };
    };
    let mut text = tk("rules.", &key);
    for (slot, number) in ["{{a}}", "{{b}}", "{{c}}", "{{d}}"]
        .iter()
        .zip(row.numbers())
    {
        text = text.replace(slot, &number.to_string());
    }
    text
}

/// What stands in the columns; nothing where the row is one sentence.
fn cells(row: &RuleRow) -> Vec<String> {
    let n = row.numbers.as_slice();
    let yes = |n: u32| t(if n == 0 { "app.no" } else { "app.yes" });
    match (row.table, n) {
        (Table::Verdict | Table::OkNeeded, _) => n.iter().map(u32::to_string).collect(),
        (Table::Flags, _) => n
            .iter()
            .map(|n| tk("rules.tier_", &n.to_string()))
            .collect(),
        (Table::Severity, &[down, rest, wait, pause]) => {
            vec![down.to_string(), rest.to_string(), yes(wait), yes(pause)]
        }
        (Table::Gaps, &[_, down, first, worse, worse_first]) => {
            vec![away(down, first), away(worse, worse_first)]
        }
        _ => Vec::new(),
    }
}

/// What time away asks for: levels down, and what comes first.
fn away(down: u32, first: u32) -> String {
    let n = down.to_string();
    match (first, down) {
        (0, 0) => t("rules.gap_same"),
        (0, _) => tf("rules.gap_down", &[("n", &n)]),
        (1, TO_FIRST) => t("rules.gap_first"),
        (1, _) => tf("rules.gap_walk", &[("n", &n)]),
        _ => t("rules.gap_gates"),
    }
}

/// "Frandsen et al. 2025".
fn named(source: &Source) -> String {
    match source.year {
        0 => source.author.to_owned(),
        year => [source.author, " ", &year.to_string()].concat(),
    }
}
