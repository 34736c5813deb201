//! What the replay of a draft of the ladder came to: counts, and the tickets whose clocks would have reached other rungs.
//! Not here: beginning one, its state and its file (`replay`).

use leptos::prelude::*;
use shared::register::{Climbed, LadderReplay};
use shared::text::Text;
use shared::text::register::{climb as words, replay};

use crate::context::{say, use_locale};
use crate::pages::staff::replays::{CameTo, TicketCell};

/// Heads of the table.
static HEADS: [Text; 4] = words::HEADS;

/// Counts, and the first tickets that differ.
#[component]
pub fn LadderReport(report: LadderReplay) -> impl IntoView {
    let sum = words::sum(&report, use_locale());
    let counts = [
        (replay::CLOCKS, report.clocks),
        (words::CHANGED, report.changed),
        (words::TOLD, report.told),
        (words::WOULD_TELL, report.would_tell),
    ];
    let counts = counts.map(|(label, count)| (say(label), count)).to_vec();
    let line = |row: Climbed| view! { <Line row/> }.into_any();
    let lines: Vec<AnyView> = report.first.into_iter().map(line).collect();
    view! { <CameTo sum counts caption=words::DIFFERENCES heads={&HEADS} lines/> }
}

#[component]
fn Line(row: Climbed) -> impl IntoView {
    let unit = row.unit.map_or_else(
        || view! { {say(replay::OF_TICKET)} }.into_any(),
        |unit| view! { <code translate="no">{unit}</code> }.into_any(),
    );
    let (was, would_be) = (row.was.join(" "), row.would_be.join(" "));
    view! {
        <tr>
            <TicketCell ticket=row.ticket no=row.no/>
            <td data-label=say(replay::UNIT)>{unit}</td>
            <td data-label=say(words::WAS)><code translate="no">{was}</code></td>
            <td data-label=say(words::WOULD_BE)><code translate="no">{would_be}</code></td>
        </tr>
    }
}
