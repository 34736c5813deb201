//! A ticket's process drawn: what waits for somebody now, and which steps were taken, by the verbs of its history.
//! Not here: the drawing itself (`bpmn::diagram`), its colours (`style/diagram.css`).
//! A ticket whose process has ended is shown on the newest version.

use std::collections::{BTreeMap, BTreeSet};

use bpmn::Definition;
use bpmn::diagram::{self, Mark};
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::text::{Locale, ticket};
use shared::ticket::Verb;
use shared::ticket::view::FlowView;
use store::record::Task;

use super::read::{events, found};
use super::show::Eye;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::host::library;
use crate::tickets::rights;

/// The drawing for one ticket.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn flow(ctx: &Ctx, id: TicketId) -> Result<FlowView, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let events = events(ctx, id).await?;
    let history = Eye::of(ctx, &reference).history(&case, &events);
    let (version, definition) = reference
        .process
        .of_case(&case, case.ticket.accepted_at)
        .settle(&ctx.services)?;
    let own_part = rights::own_part_only(&ctx.actor, &case);
    let open: Vec<&Task> = case
        .hung
        .tasks
        .iter()
        .filter(|task| {
            let own = |unit: &String| ctx.actor.is_at(unit);
            !own_part || task.unit.as_ref().is_none_or(own)
        })
        .collect();
    let verbs: BTreeSet<Verb> = history.iter().map(|event| event.verb).collect();
    let title = ticket::FLOW.get(ctx.locale);
    Ok(FlowView {
        id,
        version,
        stands: stands(definition, &open, ctx.locale),
        svg: diagram::draw(
            definition,
            ctx.locale,
            title,
            &marks(definition, &open, &verbs, ctx.locale),
        ),
        ticket_no: case.ticket.ticket_no,
    })
}

/// Each step that waits, once, in the order of opening.
fn stands(definition: &Definition, open: &[&Task], locale: Locale) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for task in open {
        let name = library::name_in(definition, &task.element, locale);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn marks(
    definition: &Definition,
    open: &[&Task],
    verbs: &BTreeSet<Verb>,
    locale: Locale,
) -> BTreeMap<String, Mark> {
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    for element in definition.tree().all() {
        let taken = element.attr("verb").is_some_and(|words| {
            words
                .split_whitespace()
                .filter_map(Verb::parse)
                .any(|verb| verbs.contains(&verb))
        });
        if taken {
            let mark = marks.entry(element.id().to_owned()).or_default();
            mark.classes = vec!["was-here"];
            mark.words = Some(ticket::FLOW_WAS.get(locale).to_owned());
        }
    }
    for task in open {
        let mark = marks.entry(task.element.clone()).or_default();
        mark.classes = vec!["is-here"];
        mark.words = Some(ticket::FLOW_NOW.get(locale).to_owned());
        let others = mark.count.unwrap_or(0);
        mark.count = Some(others + 1);
    }
    // A number only where several wait at one step.
    for mark in marks.values_mut() {
        mark.count = mark.count.filter(|count| *count > 1);
    }
    marks
}
