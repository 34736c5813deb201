//! What the citizen's look-up must say.
//! Not here: states (`flow`), what the other verbs take (`ticket::verbs`).
//! Read next: `register`.

use crate::fault::{Check, Code, Fault};
use crate::ticket::TicketNo;
use crate::ticket::command::Lookup;
use crate::ticket::query_code;

/// A ticket number of 22 digits and a code of 8 characters, or of 6 digits as they were.
pub fn lookup(command: &Lookup) -> Result<(), Fault> {
    let mut check = Check::default();
    if command.ticket_no.trim().is_empty() {
        check.add("ticket_no", Code::InputRequired);
    } else if TicketNo::parse(&command.ticket_no).is_none() {
        let length = command.ticket_no.chars().filter(|c| c.is_numeric()).count();
        check.add_with(
            "ticket_no",
            Code::InputCode,
            &[("length", &length), ("typed", &"ticket_no")],
        );
    }
    let code = query_code::normalise(&command.code);
    if code.is_empty() {
        check.add("code", Code::InputRequired);
    } else if !query_code::is_possible(&code) {
        let length = code.chars().count();
        check.add_with(
            "code",
            Code::InputCode,
            &[("length", &length), ("typed", &"query_code")],
        );
    }
    check.finish()
}
