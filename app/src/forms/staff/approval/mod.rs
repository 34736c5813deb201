//! Forms of approvals: filing, the verbs on a task (`task`), on the whole case (`case`), and those of the process owner (`operate`).
//! Each reads its command, calls its service and goes back to the approval; lengths and people are for the services.
//! The hidden fields `version`, `task` and `part` say what the person saw.

mod case;
mod file;
mod operate;
mod task;

use std::collections::BTreeMap;

use shared::access::needs;
use shared::approval::ApprovalVerb as V;
use shared::fault::{Check, Code, Fault};
use shared::ids::ApprovalId;

use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal, local_path};

forms! {
    "/approvals/new/{key}", V::Start.need(), file::start;
    "/approvals/{id}/decide", V::Approve.need(), task::decide;
    "/approvals/{id}/reject", V::Reject.need(), task::reject;
    "/approvals/{id}/add-signer", V::AddSigner.need(), task::add_signer;
    "/approvals/{id}/remove-signer", V::RemoveSigner.need(), task::remove_signer;
    "/approvals/{id}/transfer", V::Transfer.need(), task::transfer;
    "/approvals/{id}/delegate", V::Delegate.need(), task::delegate;
    "/approvals/{id}/claim", V::Claim.need(), task::claim;
    "/approvals/{id}/release", V::Release.need(), task::release;
    "/approvals/{id}/ask-correction", V::AskCorrection.need(), task::ask_correction;
    "/approvals/{id}/accept-lacking", V::AcceptLacking.need(), task::accept_lacking;
    "/approvals/{id}/correct", V::Correct.need(), case::correct;
    "/approvals/{id}/take-back", V::TakeBack.need(), case::take_back;
    "/approvals/{id}/supply", V::Supply.need(), case::supply;
    "/approvals/{id}/copy", V::Copy.need(), case::copy;
    "/approvals/{id}/suspend", V::Suspend.need(), case::suspend;
    "/approvals/{id}/resume", V::Resume.need(), case::resume;
    "/approvals/{id}/cancel", V::Cancel.need(), case::cancel;
    "/approvals/{id}/reveal", needs::REVEAL, case::reveal;
    "/approvals/{id}/change-due", V::ChangeDue.need(), operate::change_due;
    "/approvals/{id}/jump", V::Jump.need(), operate::jump;
    "/approvals/{id}/set-variables", V::SetVariables.need(), operate::set_variables;
    "/approvals/{id}/message", V::Message.need(), operate::message;
    "/approvals/{id}/retry", V::Retry.need(), operate::retry;
    "/approvals/{id}/skip", V::Skip.need(), operate::skip;
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

/// The value, once the check has found nothing; a value that is missing was noted there.
fn settled<T>(value: Option<T>, check: Check) -> Result<T, Fault> {
    check.finish()?;
    value.ok_or_else(|| Fault::new(Code::InputInvalid))
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
fn done(call: &Call, id: ApprovalId, verb: V) -> Result<Redirect, Refusal> {
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
