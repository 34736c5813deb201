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
        variables: variables(&call.fields.text("variables"))?,
        reason: call.fields.text("reason"),
    };
    approvals::set_variables(&call.ctx, id, command).await?;
    done(&call, id, V::SetVariables)
}

/// Deliver a message (消息).
pub async fn message(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let typed = call.fields.text("variables");
    let command = Message {
        version: call.fields.version(),
        name: call.fields.text("name"),
        variables: if typed.is_empty() {
            BTreeMap::new()
        } else {
            variables(&typed)?
        },
    };
    approvals::message(&call.ctx, id, command).await?;
    done(&call, id, V::Message)
}

/// A JSON object; anything else is told at the field.
fn variables(text: &str) -> Result<BTreeMap<String, serde_json::Value>, Fault> {
    if text.is_empty() {
        return Err(Fault::field("variables", Code::InputRequired));
    }
    serde_json::from_str(text).map_err(|_| Fault::field("variables", Code::InputBody))
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
    fn variables_are_an_object_or_a_fault_at_the_field() {
        let read = variables("{\"days\": 3}").expect("an object");
        assert_eq!(read["days"], 3);
        for (text, code) in [
            ("", Code::InputRequired),
            ("days = 3", Code::InputBody),
            ("[1]", Code::InputBody),
        ] {
            let fault = variables(text).expect_err(text);
            assert_eq!(fault.fields[0].field, "variables");
            assert_eq!(fault.fields[0].code, code, "{text:?}");
        }
    }
}
