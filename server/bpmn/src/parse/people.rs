//! Who does a user task, and by when: in this product's words, else in those of the Java engines, of Zeebe, and of the standard.
//! Expressions are read here already, so that the check names those that cannot be; they are computed when the task opens.
//! Not here: roles and units (`ms:role`, `ms:unit`), which only the surrounding program knows.

use super::process::Notes;
use crate::check::{Code, Fact};
use crate::condition::Phrase;
use crate::model::{BPMN, ElementView};
use crate::time::is_deadline;

/// People and time of a task, as written.
#[derive(Default)]
pub(super) struct People {
    pub assignee: Option<String>,
    pub users: Vec<String>,
    pub groups: Vec<String>,
    pub due: Option<String>,
}

pub(super) fn read(element: ElementView<'_>, notes: &mut Notes) -> People {
    let assigned = element.zeebe("assignmentDefinition");
    let either =
        |name: &str| super::activity::either(element, name).or_else(|| said(assigned?.plain(name)));
    let mut people = People {
        assignee: either("assignee").map(str::to_owned),
        users: list(either("candidateUsers")),
        groups: list(either("candidateGroups")),
        due: super::activity::either(element, "dueDate")
            .or_else(|| said(element.zeebe("taskSchedule")?.plain("dueDate")))
            .map(str::to_owned),
    };
    resources(element, &mut people);
    let texts = people.assignee.iter().chain(&people.users);
    for text in texts.chain(&people.groups) {
        if let Err(error) = Phrase::read(text) {
            notes.unreadable(element, text, &error);
        }
    }
    for text in [people.due.as_deref(), element.attr("limit")]
        .into_iter()
        .flatten()
    {
        deadline(element, text, notes);
    }
    people
}

/// People in the standard's words: one who does it, or some of whom one may.
fn resources(element: ElementView<'_>, people: &mut People) {
    let roles = element
        .children()
        .filter(|child| child.namespace() == BPMN)
        .filter_map(|child| Some((child.kind(), expression(child)?)));
    for (kind, text) in roles {
        match kind {
            "humanPerformer" | "performer" if people.assignee.is_none() => {
                people.assignee = Some(text);
            }
            "potentialOwner" => {
                for one in list(Some(&text)) {
                    let inner = |name: &str| {
                        let rest = one.strip_prefix(name)?.trim_start().strip_prefix('(')?;
                        Some(rest.strip_suffix(')')?.trim().to_owned())
                    };
                    match (inner("user"), inner("group")) {
                        (Some(user), _) => people.users.push(user),
                        (None, group) => people.groups.push(group.unwrap_or(one)),
                    }
                }
            }
            _ => {}
        }
    }
}

/// The expression of a resource.
fn expression(role: ElementView<'_>) -> Option<String> {
    let assignment = role.child("resourceAssignmentExpression")?;
    let text = assignment
        .child("formalExpression")
        .or_else(|| assignment.child("expression"))?
        .text();
    (!text.is_empty()).then_some(text)
}

/// A deadline that nobody can read would be none.
fn deadline(element: ElementView<'_>, text: &str, notes: &mut Notes) {
    match Phrase::read(text) {
        Err(error) => notes.unreadable(element, text, &error),
        Ok(phrase) if phrase.is_plain() && !is_deadline(text) => {
            notes.error(element, Code::BadDeadline, &[(Fact::Text, text.to_owned())]);
        }
        Ok(_) => {}
    }
}

fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A list divided by commas; those inside of `${…}`, and of FEEL, do not divide.
pub(super) fn list(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default().trim();
    if text.starts_with('=') {
        return vec![text.to_owned()];
    }
    let mut items = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
    }
    items
        .into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}
