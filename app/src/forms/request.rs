//! What the citizen's form and the agent's desk have in common: what, where, who, and who may see it.
//! An anonymous request keeps nothing that was typed about the person.
//! Not here: the place's lists (`place`), the rules (`shared::ticket::rules`).

use shared::fault::{Check, Code};
use shared::ticket::RequestKind;
use shared::ticket::command::Citizen;

use super::{Fields, place};

/// The common part, as it was typed.
pub struct Request {
    /// What is wanted; missing when the check has noted it.
    pub kind: Option<RequestKind>,
    /// Division code.
    pub region: String,
    /// What happened.
    pub content: String,
    /// No identity at all.
    pub anonymous: bool,
    /// Identity hidden from every unit.
    pub confidential: bool,
    /// Whether an answer is wanted.
    pub reply_required: bool,
    /// Name and phone.
    pub citizen: Citizen,
}

/// Reads it and notes what is missing or unreadable at its field.
pub fn read(fields: &Fields, check: &mut Check) -> Request {
    let kind = fields.required::<RequestKind>("kind", check);
    let region = place::region(fields, check);
    let content = fields.text("content");
    if content.is_empty() {
        check.add("content", Code::InputRequired);
    }
    let identity = fields.get("identity").unwrap_or("open");
    if !matches!(identity, "open" | "confidential" | "anonymous") {
        check.add("identity", Code::InputCode);
    }
    let anonymous = identity == "anonymous";
    let phone = fields.optional("citizen.phone");
    if phone.is_none() && !anonymous {
        check.add("citizen.phone", Code::InputRequired);
    }
    let citizen = if anonymous {
        Citizen::default()
    } else {
        Citizen {
            name: fields.optional("citizen.name"),
            phone,
            ..Citizen::default()
        }
    };
    Request {
        kind,
        region,
        content,
        anonymous,
        confidential: identity == "confidential",
        reply_required: !fields.ticked("no_reply"),
        citizen,
    }
}
