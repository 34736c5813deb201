//! The parts of a report as they are read on a page: headings, bars as drawings of the server, tables with ways to the tickets, facts.
//! Not here: what stands in them (`shared::report`).

use leptos::prelude::*;
use shared::report::{Align, Bar, Bars, Cell, Part, Report, Table};

/// A report.
#[component]
pub fn Content(
    /// What it says.
    report: Report,
) -> impl IntoView {
    let number = (!report.number.is_empty())
        .then(|| view! { <p class="muted" translate="no">{report.number.clone()}</p> });
    let parts = report.parts.into_iter().map(part).collect_view();
    let fact = |(name, value): (String, String)| view! { <li><b>{name}</b> ": " {value}</li> };
    let facts = report.facts.into_iter().map(fact).collect_view();
    let line = |line: String| view! { <p>{line}</p> };
    let foot = report.foot.into_iter().map(line).collect_view();
    view! {
        <header class="stack tight">
            <h1>{report.title}</h1>
            <p>{report.subtitle}</p>
            {number}
        </header>
        {parts}
        <section class="small muted">
            <ul>{facts}</ul>
            {foot}
        </section>
    }
}

fn part(part: Part) -> AnyView {
    match part {
        Part::Heading(text) => view! { <h2 class="section-title">{text}</h2> }.into_any(),
        Part::Words(text) => view! { <p class="muted">{text}</p> }.into_any(),
        Part::Warning(text) => view! { <p class="note warn" role="status">{text}</p> }.into_any(),
        Part::Table(table) => view! { <Rows table/> }.into_any(),
        Part::Bars(bars) => view! { <Chart bars/> }.into_any(),
    }
}

/// Bars; the table below has the same numbers for those who do not see them.
#[component]
fn Chart(bars: Bars) -> impl IntoView {
    let line = |bar: Bar| {
        let drawn = bar.share.map(|share| {
            view! {
                <svg class="bar-line" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect x="0" y="0" width=share.max(4) height="16"></rect>
                </svg>
            }
        });
        view! {
            <li>
                <span class="bar-name">{bar.name}</span>
                {drawn.map_or_else(|| view! { <span></span> }.into_any(), IntoAny::into_any)}
                <span class="num">{bar.value}</span>
            </li>
        }
    };
    let lines = bars.bars.into_iter().map(line).collect_view();
    let caption = format!("{} ({})", bars.caption, bars.unit);
    view! {
        <section class="card">
            <p class="muted small">{caption}</p>
            <ul class="bars">{lines}</ul>
        </section>
    }
}

#[component]
fn Rows(table: Table) -> impl IntoView {
    let aligns: Vec<Align> = table.columns.iter().map(|(_, align)| *align).collect();
    let head =
        |(name, align): (String, Align)| view! { <th scope="col" class=class(align)>{name}</th> };
    let heads = table.columns.into_iter().map(head).collect_view();
    let line = |cells: Vec<Cell>| {
        let cells = cells.into_iter().zip(aligns.iter().copied()).enumerate();
        cells
            .map(|(place, (it, align))| match (place, align) {
                // What the line is about stays beside its numbers while they are moved sideways.
                (0, Align::Start) => name(it),
                _ => cell(it, align),
            })
            .collect_view()
    };
    let rows = table
        .rows
        .into_iter()
        .map(|cells| view! { <tr>{line(cells)}</tr> })
        .collect_view();
    let total = table
        .total
        .map(|cells| view! { <tr class="total">{line(cells)}</tr> });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=table.caption>
            <table class="table report-table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows} {total}</tbody>
            </table>
        </div>
    }
}

const fn class(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::End => "num",
    }
}

/// What a line is about.
fn name(it: Cell) -> AnyView {
    match it.href {
        Some(href) => view! { <th scope="row"><a href=href>{it.text}</a></th> }.into_any(),
        None => view! { <th scope="row">{it.text}</th> }.into_any(),
    }
}

/// A number with the way to its tickets.
fn cell(it: Cell, align: Align) -> AnyView {
    let class = class(align);
    match it.href {
        Some(href) => view! { <td class=class><a href=href>{it.text}</a></td> }.into_any(),
        None => view! { <td class=class>{it.text}</td> }.into_any(),
    }
}
