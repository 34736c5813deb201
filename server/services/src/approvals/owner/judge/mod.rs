//! What this product knows of a definition besides the engine: roles, people, units, limits, services, and the definitions that it calls.
//! The check on the page, by program and at deployment are this one; what it passes can be deployed.
//! Not here: what the engine says (`bpmn::check`), the codes and their words (`shared::process::finding`).

use bpmn::decision::{Decision, DecisionParseError};
use bpmn::model::{Event, NodeKind, Service, TaskFacts, TaskKind};
use bpmn::{Definition, ElementView, Phrase, Severity};
use shared::access::{Permission, Role};
use shared::approval::view::FindingView;
use shared::fault::{Code, Fault};
use shared::process::finding::{Fact, FindingCode, Remark};
use shared::process::limit::Stage;
use shared::text::Locale;
use shared::text::process_check::sentence;
use store::record::TicketCase;

use crate::applications;
use crate::approvals::initiator::{SELF_ALLOWED, names_initiator};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::Kind as _;
use crate::host::people::People;
use crate::process::{TICKET_MAIN, said, vocabulary};

/// Findings in an answer at most.
const FINDINGS: usize = 200;

/// Findings while they are gathered, in one language.
struct Said(Vec<FindingView>, Locale);

impl Said {
    fn add(&mut self, severity: &str, at: (&str, u32), code: FindingCode, fact: (Fact, &str)) {
        let value: String = fact.1.chars().take(80).collect();
        let remark = Remark::new(code).fact(fact.0, value);
        self.0.push(seen(severity, at, remark, self.1));
    }
}

/// A finding for a reader.
fn seen(severity: &str, at: (&str, u32), remark: Remark, locale: Locale) -> FindingView {
    FindingView {
        severity: severity.to_owned(),
        element: at.0.to_owned(),
        line: at.1,
        words: sentence(&remark, locale),
        remark,
    }
}

/// Reads a text and says what the file alone shows; needs no database.
///
/// # Errors
/// `process.refused` for a text that is no definition.
pub fn judged(xml: &str, locale: Locale) -> Result<(Definition, Vec<FindingView>), Fault> {
    let definition = Definition::parse(xml).map_err(|error| refused(&error))?;
    let mut said = Said(Vec::new(), locale);
    let found = definition.check().into_iter();
    let found = found.filter(|finding| !is_set_by_a_verb(&definition, finding));
    let found = found.map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        seen(
            severity,
            (&finding.element, finding.line),
            finding.remark,
            locale,
        )
    });
    said.0.extend(found);
    alone(&definition, &mut said);
    let mut findings = said.0;
    let ignored = bpmn::check::ignored(&definition).into_iter();
    findings.extend(ignored.map(|ignored| {
        let remark = Remark::new(FindingCode::NoEffect).fact(Fact::Name, ignored.name);
        seen("ignored", (&ignored.element, ignored.line), remark, locale)
    }));
    Ok((definition, first(findings)))
}

/// Whether a ticket's verb sets the variable that a finding misses.
fn is_set_by_a_verb(definition: &Definition, finding: &bpmn::Finding) -> bool {
    let known = |name: &String| said::variables().contains(name);
    definition.process_id() == TICKET_MAIN
        && finding.remark.code == FindingCode::NeverSet
        && finding.remark.facts.values().any(known)
}

/// Errors come first where not all have room: nothing that refuses is cut off.
fn first(mut findings: Vec<FindingView>) -> Vec<FindingView> {
    if findings.len() > FINDINGS {
        findings.sort_by_key(|finding| match finding.severity.as_str() {
            "error" => 0,
            "warning" => 1,
            _ => 2,
        });
        findings.truncate(FINDINGS);
    }
    findings
}

/// The fault for a file or text that cannot be read.
pub fn refused(error: &bpmn::ParseError) -> Fault {
    refusal(&error.reason.remark())
        .fact("line", error.line)
        .fact("element", error.element.as_deref().unwrap_or_default())
}

/// The fault for one thing that keeps a file from being deployed.
pub(super) fn refusal(remark: &Remark) -> Fault {
    Fault::new(Code::ProcessRefused)
        .fact("errors", 1)
        .fact("finding", remark.to_json())
}

/// Whether a text holds decision tables (DMN) and no process.
pub fn is_tables(xml: &str) -> bool {
    xml.contains("omg.org/spec/DMN") && !xml.contains("omg.org/spec/BPMN")
}

/// The ids of the decision tables in a text, each of which can be deployed.
///
/// # Errors
/// `process.refused` with line and element.
pub fn tables(xml: &str) -> Result<Vec<String>, Fault> {
    let none = || refusal(&Remark::new(FindingCode::NoTable));
    let tables = Decision::parse(xml).map_err(|error| match error {
        DecisionParseError::File(error) => refused(&error),
        DecisionParseError::Table {
            line,
            element,
            what,
        } => refusal(&what).fact("line", line).fact("element", element),
        DecisionParseError::Nothing => none(),
    })?;
    let keys: Vec<String> = tables.into_iter().map(|table| table.id).collect();
    if keys.is_empty() {
        return Err(none());
    }
    Ok(keys)
}

/// The same with what this installation has: people, units, services, other definitions.
pub(super) async fn complete(
    ctx: &Ctx,
    xml: &str,
) -> Result<(Definition, Vec<FindingView>), Fault> {
    let (definition, findings) = judged(xml, ctx.locale)?;
    let mut said = Said(findings, ctx.locale);
    around(ctx, &definition, &mut said)
        .await
        .settle(&ctx.services)?;
    Ok((definition, first(said.0)))
}

fn tasks(definition: &Definition) -> impl Iterator<Item = (ElementView<'_>, u32, &TaskFacts)> {
    let processes = definition.processes().iter().filter(|it| it.executable);
    processes
        .flat_map(|process| &process.nodes)
        .filter_map(|node| match &node.kind {
            NodeKind::Task(facts) => Some((definition.element(&node.id)?, node.line, facts)),
            _ => None,
        })
}

fn alone(definition: &Definition, said: &mut Said) {
    let key = definition.process_id();
    let process = definition.element(key);
    if key == TICKET_MAIN {
        for gap in vocabulary::gaps(definition) {
            let at = (gap.element.as_str(), gap.line);
            said.add("error", at, gap.code, (gap.fact.0, &gap.fact.1));
        }
    }
    if key == applications::KEY {
        let line = process.map_or(1, ElementView::line);
        said.add(
            "error",
            (key, line),
            FindingCode::ReservedKey,
            (Fact::Id, key),
        );
    }
    if let Some(process) = process {
        self_word(process, said);
    }
    for (element, line, facts) in tasks(definition) {
        if facts.kind == TaskKind::User {
            who(definition, (element, line), facts, said);
        }
    }
    let main = definition.process(key).into_iter();
    for node in main.flat_map(|process| &process.nodes) {
        if let NodeKind::Start(start) = &node.kind
            && node.parent.is_none()
            && let Event::Timer(timer) = &start.event
        {
            let at = (node.id.as_str(), node.line);
            if timer.expression.is_some() {
                said.add(
                    "error",
                    at,
                    FindingCode::StartNotComputed,
                    (Fact::Text, &timer.text),
                );
            } else {
                said.add(
                    "warning",
                    at,
                    FindingCode::StartsInName,
                    (Fact::Text, &timer.text),
                );
            }
        }
    }
}

#[allow(
    clippy::too_many_lines,
    reason = "a table: one thing that is looked at after the other"
)]
fn who(
    definition: &Definition,
    (element, line): (ElementView<'_>, u32),
    facts: &TaskFacts,
    said: &mut Said,
) {
    let at = (element.id(), line);
    let role = element
        .attr("role")
        .map(str::trim)
        .filter(|role| !role.is_empty());
    if let Some(role) = role.filter(|role| Role::parse(role).is_none()) {
        said.add("error", at, FindingCode::UnknownRole, (Fact::Role, role));
    }
    let plain = |text: &&String| Phrase::read(text).is_ok_and(|phrase| phrase.is_plain());
    let is_role = |text: &String| Role::parse(text).is_some();
    let groups = &facts.candidate_groups;
    let by_groups = groups.iter().any(|group| !plain(&group) || is_role(group));
    let others = role.is_some() || facts.assignee.is_some() || !facts.candidate_users.is_empty();
    if !groups.is_empty() && !by_groups && !others {
        let names = groups.join(", ");
        said.add(
            "warning",
            at,
            FindingCode::UnknownGroups,
            (Fact::Groups, &names),
        );
    }
    if let Some(unit) = element
        .attr("unit")
        .filter(|_| role.is_none() && !by_groups)
    {
        said.add(
            "warning",
            at,
            FindingCode::UnitWithoutRole,
            (Fact::Unit, unit),
        );
    }
    if let Some(word) = element.attr("papers").filter(|word| *word != "complete") {
        said.add(
            "warning",
            at,
            FindingCode::UnknownWord,
            (Fact::Papers, word),
        );
    }
    for text in [element.attr("limit"), facts.due.as_deref()]
        .into_iter()
        .flatten()
    {
        let name = text.trim();
        let name = name.strip_prefix("limit:").map_or(name, str::trim);
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if is_name && Stage::parse(name).is_none() {
            said.add("error", at, FindingCode::UnknownLimit, (Fact::Limit, name));
        }
    }
    self_word(element, said);
    if element.attr("self") == Some(SELF_ALLOWED) {
        said.add(
            "warning",
            at,
            FindingCode::InitiatorAlone,
            (Fact::Itself, SELF_ALLOWED),
        );
    } else if let Some(text) = facts
        .assignee
        .as_deref()
        .filter(|text| names_initiator(definition, text))
    {
        said.add(
            "warning",
            at,
            FindingCode::InitiatorDecides,
            (Fact::Assignee, text),
        );
    }
    for field in crate::approvals::discreet::cleared(definition, element.id()) {
        let asked = definition.tree().all().any(|element| {
            definition
                .form(element.id())
                .iter()
                .any(|it| it.id == field)
        });
        if !asked {
            said.add(
                "warning",
                at,
                FindingCode::UnknownField,
                (Fact::Clear, &field),
            );
        }
    }
}

fn self_word(element: ElementView<'_>, said: &mut Said) {
    if let Some(word) = element.attr("self").filter(|word| *word != SELF_ALLOWED) {
        let at = (element.id(), element.line());
        said.add(
            "warning",
            at,
            FindingCode::UnknownWord,
            (Fact::Itself, word),
        );
    }
}

#[allow(
    clippy::too_many_lines,
    reason = "a table: one thing that is looked at after the other"
)]
async fn around(ctx: &Ctx, definition: &Definition, said: &mut Said) -> Result<(), Failure> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let reference = services.reference().await?;
    let plain = |text: &str| Phrase::read(text).is_ok_and(|phrase| phrase.is_plain());
    let names: Vec<String> = tasks(definition)
        .flat_map(|(.., facts)| facts.assignee.iter().chain(&facts.candidate_users))
        .filter(|text| plain(text))
        .cloned()
        .collect();
    let people = People::find(&reader, (&reference, services.now()), &names).await?;
    for (element, line, facts) in tasks(definition) {
        let at = (element.id(), line);
        // A ticket's words for units are judged with what its verbs need.
        let of_ticket = definition.process_id() == TICKET_MAIN;
        let unit = element
            .attr("unit")
            .filter(|unit| *unit != "initiator" && !of_ticket);
        if let Some(unit) = unit.filter(|unit| !reference.units.contains_key(*unit)) {
            said.add("error", at, FindingCode::UnknownUnit, (Fact::Unit, unit));
        }
        for name in facts.assignee.iter().chain(&facts.candidate_users) {
            let known = people
                .get(name)
                .is_some_and(|person| person.actor.may(Permission::ApprovalAct));
            if plain(name) && !known {
                said.add(
                    "warning",
                    at,
                    FindingCode::UnknownPerson,
                    (Fact::Name, name),
                );
            }
        }
        if let Service::Named(name) = &facts.service
            && services.machinery().service(name).is_none()
            && !(of_ticket && TicketCase::does_at_once(name))
        {
            said.add(
                "warning",
                at,
                FindingCode::UnknownService,
                (Fact::Service, name),
            );
        }
        if let Service::Decision(table, _) = &facts.service
            && plain(table)
            && store::decisions::newest(&reader, table).await?.is_none()
        {
            said.add(
                "warning",
                at,
                FindingCode::UnknownDecision,
                (Fact::Decision, table),
            );
        }
    }
    for call in definition.calls() {
        let line = definition
            .element(&call.element)
            .map_or(0, ElementView::line);
        let there = definition.process(&call.process).is_some()
            || match call.version {
                Some(version) => services
                    .machinery()
                    .definition(&reader, &call.process, version)
                    .await?
                    .is_some(),
                None => services.active(&reader, &call.process).await?.is_some(),
            };
        if !there {
            let at = (call.element.as_str(), line);
            said.add(
                "warning",
                at,
                FindingCode::UnknownProcess,
                (Fact::Process, &call.process),
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
