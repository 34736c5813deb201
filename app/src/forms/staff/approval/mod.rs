//! Forms of approvals: filing, the verbs on a task (`task`), on the whole case (`case`), and those of the process owner (`operate`).
//! Each reads its command, calls its service and goes back to the approval; lengths and people are for the services.
//! The hidden fields `version`, `task` and `part` say what the person saw.

mod case;
mod file;
mod operate;
mod task;

use std::collections::BTreeMap;

use shared::access::Permission as P;
use shared::approval::ApprovalVerb;
use shared::fault::{Check, Code, Fault};
use shared::ids::ApprovalId;

use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal, local_path};

forms! {
    "/approvals/new/{key}", ApprovalStart, file::start;
    "/approvals/{id}/decide", ApprovalView, task::decide;
    "/approvals/{id}/reject", ApprovalView, task::reject;
    "/approvals/{id}/add-signer", ApprovalView, task::add_signer;
    "/approvals/{id}/remove-signer", ApprovalView, task::remove_signer;
    "/approvals/{id}/transfer", ApprovalView, task::transfer;
    "/approvals/{id}/delegate", ApprovalView, task::delegate;
    "/approvals/{id}/claim", ApprovalView, task::claim;
    "/approvals/{id}/release", ApprovalView, task::release;
    "/approvals/{id}/ask-correction", ApprovalView, task::ask_correction;
    "/approvals/{id}/accept-lacking", ApprovalView, task::accept_lacking;
    "/approvals/{id}/correct", ApprovalView, case::correct;
    "/approvals/{id}/take-back", ApprovalView, case::take_back;
    "/approvals/{id}/supply", ApprovalView, case::supply;
    "/approvals/{id}/copy", ApprovalView, case::copy;
    "/approvals/{id}/suspend", ApprovalView, case::suspend;
    "/approvals/{id}/resume", ApprovalView, case::resume;
    "/approvals/{id}/cancel", ApprovalView, case::cancel;
    "/approvals/{id}/reveal", CitizenReveal, case::reveal;
    "/approvals/{id}/change-due", ProcessOperate, operate::change_due;
    "/approvals/{id}/jump", ProcessOperate, operate::jump;
    "/approvals/{id}/set-variables", ProcessOperate, operate::set_variables;
    "/approvals/{id}/message", ProcessOperate, operate::message;
    "/approvals/{id}/retry", ProcessOperate, operate::retry;
    "/approvals/{id}/skip", ProcessOperate, operate::skip;
}

/// The approval of the path.
fn id(call: &Call) -> Result<ApprovalId, Fault> {
    call.param(0)
}

/// Number of the task that a form is about; one without it is no form of ours.
fn task(fields: &Fields) -> Result<i64, Fault> {
    fields
        .get("task")
        .and_then(|text| text.trim().parse().ok())
        .ok_or_else(Fault::missing)
}

/// Its part; the task itself when it is not said.
fn part(fields: &Fields) -> i32 {
    fields
        .get("part")
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or_default()
}

/// What was typed into the fields of a process's form, by their ids.
fn asked(fields: &Fields) -> BTreeMap<String, String> {
    let own = fields
        .pairs()
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("fields."));
    own.map(|id| {
        let name = format!("fields.{id}");
        // People are boxes of one name.
        let ticked = fields.all(&name);
        let value = if ticked.len() > 1 {
            ticked.join(",")
        } else {
            fields.text(&name)
        };
        (id.to_owned(), value)
    })
    .collect()
}

/// Several names or lines.
fn several(text: &str, divides: impl Fn(char) -> bool) -> Vec<String> {
    text.split(divides)
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A whole number that must be there. What is none is recorded and read as 0, which the rules refuse together with the rest of the form.
fn number(fields: &Fields, name: &str, check: &mut Check) -> i32 {
    let Some(text) = fields.optional(name) else {
        check.add(name, Code::InputRequired);
        return 0;
    };
    text.parse().unwrap_or_else(|_| {
        check.add(name, Code::InputNumber);
        0
    })
}

/// Back to the approval, which says what was done; or to the process owner's page that the form stood on.
fn done(call: &Call, id: ApprovalId, verb: ApprovalVerb) -> Result<Redirect, Refusal> {
    let to = match call.fields.get("back").map(local_path) {
        Some(back) if back.starts_with("/processes/") && !back.contains('?') => {
            format!("{back}?done={verb}")
        }
        _ => format!("/approvals/{id}?done={verb}"),
    };
    Ok(Redirect::to(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided_by_commas_of_both_scripts() {
        let names = several("wang.wu， li.si,zhao ", |c| matches!(c, ',' | '，'));
        assert_eq!(names, ["wang.wu", "li.si", "zhao"]);
    }

    #[test]
    fn a_forms_fields_are_told_by_their_ids() {
        let fields = Fields::of(&[("fields.days", " 3 "), ("opinion", "同意")]);
        let people = Fields::of(&[("fields.people", "wang.wu"), ("fields.people", "li.si")]);
        assert_eq!(asked(&people)["people"], "wang.wu,li.si");
        assert_eq!(
            asked(&fields).into_iter().collect::<Vec<_>>(),
            [("days".to_owned(), "3".to_owned())]
        );
    }

    #[test]
    fn a_number_that_is_none_is_told_at_its_field() {
        for (typed, code) in [("", Code::InputRequired), ("many", Code::InputNumber)] {
            let mut check = Check::default();
            let fields = Fields::of(&[("working_days", typed)]);
            assert_eq!(number(&fields, "working_days", &mut check), 0);
            let fault = check.finish().expect_err("no number");
            assert_eq!(fault.fields[0].code, code, "{typed:?}");
        }
    }
}
