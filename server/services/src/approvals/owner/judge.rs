//! What this product knows of a definition besides the engine: roles, people, units, limits, services, and the definitions that it calls.
//! The check on the page, by program and at deployment are this one; what it passes can be deployed.
//! Not here: what the engine says (`bpmn::check`), the words (`shared::text::process_check`).

use bpmn::decision::{Decision, DecisionParseError};
use bpmn::model::{Event, NodeKind, Service, TaskFacts, TaskKind};
use bpmn::{Definition, ElementView, Phrase, Severity};
use shared::access::{Permission, Role};
use shared::approval::view::FindingView;
use shared::fault::{Code, Fault};
use shared::process::limit::Stage;
use shared::text::{Locale, process_check};

use crate::approvals::initiator::{SELF_ALLOWED, names_initiator};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::people::People;
use crate::process::is_reserved;

/// Findings in an answer at most.
const FINDINGS: usize = 200;

/// Findings while they are gathered, in one language.
struct Said(Vec<FindingView>, Locale);

impl Said {
    fn add(&mut self, severity: &str, at: (&str, u32), code: &str, fact: (&'static str, &str)) {
        let facts = [(fact.0, fact.1.chars().take(80).collect())].into();
        self.0.push(FindingView {
            severity: severity.to_owned(),
            element: at.0.to_owned(),
            line: at.1,
            words: process_check::finding(code, &facts, self.1),
        });
    }
}

/// Reads a text and says what the file alone shows; needs no database.
///
/// # Errors
/// `process.refused` for a text that is no definition.
pub fn judged(xml: &str, locale: Locale) -> Result<(Definition, Vec<FindingView>), Fault> {
    let definition = Definition::parse(xml).map_err(|error| refused(&error, locale))?;
    let mut said = Said(Vec::new(), locale);
    let errors = definition.check().into_iter().map(|finding| FindingView {
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
        .to_owned(),
        element: finding.element.clone(),
        line: finding.line,
        words: process_check::finding(finding.code.key(), &finding.facts, locale),
    });
    said.0.extend(errors);
    alone(&definition, &mut said);
    let mut findings = said.0;
    let ignored = bpmn::check::ignored(&definition).into_iter();
    findings.extend(ignored.map(|ignored| FindingView {
        severity: "ignored".to_owned(),
        element: ignored.element,
        line: ignored.line,
        words: ignored.name,
    }));
    Ok((definition, first(findings)))
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
pub fn refused(error: &bpmn::ParseError, locale: Locale) -> Fault {
    let words = process_check::unreadable(
        error.reason.key(),
        error.reason.encoding().unwrap_or_default(),
        locale,
    );
    Fault::new(Code::ProcessRefused)
        .fact("errors", 1)
        .fact("line", error.line)
        .fact("element", error.element.as_deref().unwrap_or_default())
        .fact("words", words)
}

/// Whether a text holds decision tables (DMN) and no process.
pub fn is_tables(xml: &str) -> bool {
    xml.contains("omg.org/spec/DMN") && !xml.contains("omg.org/spec/BPMN")
}

/// The ids of the decision tables in a text, each of which can be deployed.
///
/// # Errors
/// `process.refused` with line and element.
pub fn tables(xml: &str, locale: Locale) -> Result<Vec<String>, Fault> {
    let none = || {
        let words = process_check::unreadable("no_table", "", locale);
        Fault::new(Code::ProcessRefused)
            .fact("errors", 1)
            .fact("words", words)
    };
    let tables = Decision::parse(xml).map_err(|error| match error {
        DecisionParseError::File(error) => refused(&error, locale),
        DecisionParseError::Table { line, element, .. } => {
            none().fact("line", line).fact("element", element)
        }
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
    let line = process.map_or(1, ElementView::line);
    if is_reserved(key) {
        said.add("error", (key, line), "reserved_key", ("id", key));
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
                said.add("error", at, "start_not_computed", ("text", &timer.text));
            } else {
                said.add("warning", at, "starts_in_name", ("text", &timer.text));
            }
        }
    }
}

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
        said.add("error", at, "unknown_role", ("role", role));
    }
    let plain = |text: &&String| Phrase::read(text).is_ok_and(|phrase| phrase.is_plain());
    let is_role = |text: &String| Role::parse(text).is_some();
    let groups = &facts.candidate_groups;
    let by_groups = groups.iter().any(|group| !plain(&group) || is_role(group));
    let others = role.is_some() || facts.assignee.is_some() || !facts.candidate_users.is_empty();
    if !groups.is_empty() && !by_groups && !others {
        let names = groups.join(", ");
        said.add("warning", at, "unknown_groups", ("groups", &names));
    }
    if let Some(unit) = element
        .attr("unit")
        .filter(|_| role.is_none() && !by_groups)
    {
        said.add("warning", at, "unit_without_role", ("unit", unit));
    }
    if let Some(word) = element.attr("papers").filter(|word| *word != "complete") {
        said.add("warning", at, "unknown_word", ("ms:papers", word));
    }
    for text in [element.attr("limit"), facts.due.as_deref()]
        .into_iter()
        .flatten()
    {
        let name = text.trim();
        let name = name.strip_prefix("limit:").map_or(name, str::trim);
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if is_name && Stage::parse(name).is_none() {
            said.add("error", at, "unknown_limit", ("limit", name));
        }
    }
    self_word(element, said);
    if element.attr("self") == Some(SELF_ALLOWED) {
        said.add("warning", at, "initiator_alone", ("ms:self", SELF_ALLOWED));
    } else if let Some(text) = facts
        .assignee
        .as_deref()
        .filter(|text| names_initiator(definition, text))
    {
        said.add("warning", at, "initiator_decides", ("assignee", text));
    }
    for field in crate::approvals::discreet::cleared(definition, element.id()) {
        let asked = definition.tree().all().any(|element| {
            definition
                .form(element.id())
                .iter()
                .any(|it| it.id == field)
        });
        if !asked {
            said.add("warning", at, "unknown_field", ("ms:clear", &field));
        }
    }
}

fn self_word(element: ElementView<'_>, said: &mut Said) {
    if let Some(word) = element.attr("self").filter(|word| *word != SELF_ALLOWED) {
        let at = (element.id(), element.line());
        said.add("warning", at, "unknown_word", ("ms:self", word));
    }
}

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
    let people = People::find(&reader, &reference, &names).await?;
    for (element, line, facts) in tasks(definition) {
        let at = (element.id(), line);
        let unit = element.attr("unit").filter(|unit| *unit != "initiator");
        if let Some(unit) = unit.filter(|unit| !reference.units.contains_key(*unit)) {
            said.add("error", at, "unknown_unit", ("unit", unit));
        }
        for name in facts.assignee.iter().chain(&facts.candidate_users) {
            let known = people
                .get(name)
                .is_some_and(|person| person.actor.may(Permission::ApprovalAct));
            if plain(name) && !known {
                said.add("warning", at, "unknown_person", ("name", name));
            }
        }
        if let Service::Named(name) = &facts.service
            && services.machinery().service(name).is_none()
        {
            said.add("warning", at, "unknown_service", ("service", name));
        }
        if let Service::Decision(table, _) = &facts.service
            && plain(table)
            && store::decisions::newest(&reader, table).await?.is_none()
        {
            said.add("warning", at, "unknown_decision", ("decision", table));
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
            said.add("warning", at, "unknown_process", ("process", &call.process));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(process: &str, task: &str) -> Vec<(String, String)> {
        let xml = format!(
            r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" xmlns:ms="https://minsheng.example/bpmn"><process id="p" isExecutable="true" {process}><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><userTask id="t" {task}/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"#
        );
        let (_, findings) = judged(&xml, Locale::En).expect("read");
        findings
            .into_iter()
            .map(|finding| (finding.severity, finding.words))
            .collect()
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "one story, told in order")]
    fn words_that_mean_nothing_here_are_told() {
        let cases = [
            ("", r#"ms:role="chief""#, "error", "no such role"),
            (
                "",
                r#"flowable:candidateGroups="manager,dept_a""#,
                "warning",
                "none of the candidate groups",
            ),
            (
                "",
                r#"flowable:assignee="li.si" ms:unit="320100-ZJJ""#,
                "warning",
                "without a role",
            ),
            (
                "",
                r#"ms:role="handler" ms:papers="all""#,
                "warning",
                "not known",
            ),
            (
                "",
                r#"ms:role="handler" ms:limit="soon""#,
                "error",
                "no such name",
            ),
            (
                "",
                r#"ms:role="handler" ms:limit="limit:soon""#,
                "error",
                "no such name",
            ),
            (
                "",
                r#"ms:role="handler" ms:self="yes""#,
                "warning",
                "not known",
            ),
            (
                r#"ms:self="no""#,
                r#"ms:role="handler""#,
                "warning",
                "not known",
            ),
            (
                "",
                r#"ms:role="handler" ms:self="allowed""#,
                "warning",
                "of his own case",
            ),
            (
                "",
                r#"flowable:assignee="${initiator}""#,
                "warning",
                "does this step himself",
            ),
            (
                "",
                r##"flowable:assignee="#{ initiator }""##,
                "warning",
                "does this step himself",
            ),
            (
                "",
                r#"flowable:assignee="=initiator""#,
                "warning",
                "does this step himself",
            ),
            (
                "",
                r#"ms:role="handler" ms:clear="phone""#,
                "warning",
                "no form has",
            ),
        ];
        for (process, task, severity, part) in cases {
            let found = words(process, task);
            assert!(
                found
                    .iter()
                    .any(|(s, words)| s == severity && words.contains(part)),
                "{process} {task}: {found:?}"
            );
        }
        for good in [
            r#"ms:role="handler" ms:unit="initiator" ms:limit="3 wd" ms:papers="complete""#,
            r#"flowable:candidateGroups="manager,handler""#,
            r#"flowable:candidateGroups="${initiator_unit}""#,
            r#"ms:role="handler" ms:limit="handle""#,
        ] {
            assert_eq!(words("", good), [], "{good}");
        }
    }

    #[test]
    fn what_only_the_tickets_may_be_called_is_refused_at_the_check() {
        let xml = crate::process::SHIPPED;
        let (_, findings) = judged(xml, Locale::Zh).expect("read");
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == "error");
        let errors: Vec<&str> = errors.map(|finding| finding.words.as_str()).collect();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("工单主流程"));
    }
}
