//! Every field of every command through the normaliser: which kind a text is, its name says.
//! Called once by the services before any rule looks at a command, so that forms, REST and commands keep the same.
//! Not here: the rules (`ticket::rules`, `approval::rules`).

use super::{body, code, line};

/// A command whose texts can be cleaned.
pub trait Tidy {
    /// Cleans every text.
    fn tidy(&mut self);
}

/// One field of a command.
pub trait Field {
    /// Cleans it by its name; numbers and codes of closed lists stay.
    fn tidy(&mut self, name: &str);
}

/// Texts of several lines.
const BODIES: [&str; 14] = [
    "content",
    "answer",
    "explanation",
    "opinion",
    "advice",
    "reason",
    "handling",
    "public_reply",
    "unsolved_reason",
    "basis",
    "words",
    "message",
    "note",
    "missing",
];
/// Codes, numbers and addresses of one word.
const CODES: [&str; 12] = [
    "region",
    "category",
    "lead",
    "to",
    "suggested_unit",
    "repeat_of",
    "assisting",
    "code",
    "email",
    "id_number",
    "credit_code",
    "username",
];

impl Field for String {
    fn tidy(&mut self, name: &str) {
        *self = if BODIES.contains(&name) {
            body(self)
        } else if CODES.contains(&name) {
            code(self)
        } else {
            line(self)
        };
    }
}

impl<T: Field> Field for Option<T> {
    fn tidy(&mut self, name: &str) {
        if let Some(inner) = self {
            inner.tidy(name);
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn tidy(&mut self, name: &str) {
        for inner in self {
            inner.tidy(name);
        }
    }
}

macro_rules! nothing_to_clean {
    ($($type:ty),+ $(,)?) => {$(
        impl Field for $type {
            fn tidy(&mut self, _name: &str) {}
        }
    )+};
}

nothing_to_clean!(
    i32,
    u8,
    bool,
    f64,
    crate::ids::DraftId,
    crate::ids::AssignmentId,
    crate::ticket::Channel,
    crate::ticket::DeclineReason,
    crate::ticket::ExemptReason,
    crate::ticket::HandleResult,
    crate::ticket::RequestKind,
    crate::ticket::ReturnReason,
    crate::ticket::Satisfaction,
    crate::ticket::Solved,
    crate::ticket::SubjectType,
    crate::ticket::Urgency,
    crate::ticket::VisitChannel,
);

impl Field for crate::ticket::command::Citizen {
    fn tidy(&mut self, _name: &str) {
        self.name.tidy("name");
        self.phone.tidy("phone");
        self.backup_contact.tidy("backup_contact");
        self.email.tidy("email");
        self.id_number.tidy("id_number");
        self.organisation.tidy("organisation");
        self.credit_code.tidy("credit_code");
    }
}
