//! Forms of the process owner on one case: deadline, jump, variables, messages, incidents.
//! Not here: definitions and migrations (`forms::staff::process`).
//! An incident's form also stands on the process's page, and goes back there.

use std::collections::BTreeMap;

use services::approvals;
use shared::approval::ApprovalVerb as V;
use shared::approval::command::{ChangeDue, Jump, Message, SetVariables, Settle};
use shared::fault::{Code, Fault};

use super::{done, id, part, task};
use crate::forms::{Call, Redirect, Refusal};

/// Change a deadline (改期限).
pub async fn change_due(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = ChangeDue {
        version: call.fields.version(),
        task: task(&call.fields)?,
        part: part(&call.fields),
        due_on: call.fields.text("due_on"),
        reason: call.fields.text("reason"),
    };
    approvals::change_due(&call.ctx, id, command).await?;
    done(&call, id, V::ChangeDue)
}

/// Jump (跳转).
pub async fn jump(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = Jump {
        version: call.fields.version(),
        leave: Vec::new(),
        go: call.fields.all("go"),
        despite: call.fields.ticked("despite"),
        reason: call.fields.text("reason"),
    };
    let gone = approvals::jump(&call.ctx, id, command).await;
    gone.map_err(|fault| at_field(fault, Code::ApprovalTarget, "go"))?;
    done(&call, id, V::Jump)
}

/// Set variables (改变量).
pub async fn set_variables(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = SetVariables {
        version: call.fields.version(),
        variables: variables(&call.fields.text("variables")),
        reason: call.fields.text("reason"),
    };
    approvals::set_variables(&call.ctx, id, command).await?;
    done(&call, id, V::SetVariables)
}

/// Deliver a message (消息).
pub async fn message(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = Message {
        version: call.fields.version(),
        name: call.fields.text("name"),
        variables: variables(&call.fields.text("variables")),
    };
    approvals::message(&call.ctx, id, command).await?;
    done(&call, id, V::Message)
}

/// A JSON object; nothing when nothing was typed. Anything else becomes a name that no variable has: the service refuses it at the
/// field, together with what else is wrong.
fn variables(text: &str) -> BTreeMap<String, serde_json::Value> {
    if text.is_empty() {
        return BTreeMap::new();
    }
    serde_json::from_str(text)
        .unwrap_or_else(|_| BTreeMap::from([(String::new(), serde_json::Value::Null)]))
}

fn settling(call: &Call) -> Result<Settle, Refusal> {
    let incident = call.fields.get("incident");
    let incident = incident.and_then(|text| text.parse().ok());
    Ok(Settle {
        version: call.fields.version(),
        incident: incident.ok_or_else(Fault::missing)?,
        reason: call.fields.text("reason"),
    })
}

/// Try again what an incident stopped (重试).
pub async fn retry(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::retry(&call.ctx, id, settling(&call)?).await?;
    done(&call, id, V::Retry)
}

/// Go on without it (跳过).
pub async fn skip(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::skip(&call.ctx, id, settling(&call)?).await?;
    done(&call, id, V::Skip)
}

/// A fault of the whole that belongs to a field.
fn at_field(fault: Fault, code: Code, field: &str) -> Fault {
    if fault.code != code || !fault.fields.is_empty() {
        return fault;
    }
    Fault::fields(vec![shared::fault::FieldFault {
        field: field.to_owned(),
        code,
        facts: fault.facts,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_object_is_kept_for_the_service_to_refuse() {
        assert_eq!(variables("{\"days\": 3}")["days"], 3);
        assert!(variables("").is_empty());
        for text in ["days = 3", "[1]"] {
            assert!(variables(text).contains_key(""), "{text:?}");
        }
    }
}
