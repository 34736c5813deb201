//! The fields of a request that is registered through the normaliser: which kind a text is, its name says.
//! Called once by the services before any rule looks at it, so that forms, REST and imports keep the same.
//! Not here: commands whose fields clean themselves (`command::parts`), the rules (`ticket::rules`, `approval::rules`).

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
const BODIES: [&str; 2] = ["content", "reason"];
/// Codes, numbers and addresses of one word.
const CODES: [&str; 7] = [
    "region",
    "category",
    "repeat_of",
    "code",
    "email",
    "id_number",
    "credit_code",
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

macro_rules! nothing_to_clean {
    ($($type:ty),+ $(,)?) => {$(
        impl Field for $type {
            fn tidy(&mut self, _name: &str) {}
        }
    )+};
}

nothing_to_clean!(
    bool,
    f64,
    crate::ids::DraftId,
    crate::ticket::Channel,
    crate::ticket::RequestKind,
    crate::ticket::SubjectType,
    crate::ticket::Urgency,
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
