//! Hand over (转接移交): a matter that is not the hotline's own goes to an emergency number or another hotline at once (`domain.md` 3.2, row 3), by the desk
//! or the dispatcher, with what was said and the receipt, which may come later. The ticket ends with it, or goes on beside it.
//! Not here: the bodies that there are (`register::NamedRow`), programs that hand over by themselves.

use crate::access::needs;
use crate::command;
use crate::command::{Line, RowCode, Ticked, Together, Version, Within, Words};
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Hand over to another body
    ///
    /// To an emergency number or another hotline; the ticket ends with it unless it goes on here as well.
    Transfer {
        /// The version that the sender saw.
        version: Version,
        /// Code of one of the office's bodies (`bodies` of the ticket).
        body: RowCode,
        /// What was handed over and to whom, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// What the citizen reads, 10 to 500 characters.
        public_words: Words<{ length::EXPLANATION_MIN }, { length::REASON }>,
        /// Number under which the body took it, at most 40 characters; it may be entered later.
        receipt: Option<Line<1, 40>>,
        /// Whether the hotline goes on with it as well.
        goes_on: Ticked,
    }
}

impl CaseVerb for Transfer {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "body": "110", "explanation": "来电反映楼下有人持械斗殴，已三方通话转接110指挥中心。", "public_words": "您反映的警情已转接110，请保持电话畅通。", "receipt": "J2026030112345"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Transfer,
        need: needs::DESK,
        on: On::Ticket,
        states: &[T::ToDispatch, T::IntakeFix, T::Dispatched, T::Handling],
        statuses: &[],
        rank: 6,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Transfer {}

command! {
    /// Enter a receipt
    ///
    /// The number under which the body took what was handed over to it.
    EnterReceipt {
        /// The version that the sender saw.
        version: Version,
        /// Which transfer of the ticket, from 1.
        transfer: Within<1, { length::TRANSFERS }>,
        /// The number, at most 40 characters.
        receipt: Line<1, 40>,
        /// At most 500 characters.
        note: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for EnterReceipt {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "transfer": 1, "receipt": "J2026030112345"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::EnterReceipt,
        need: needs::DESK,
        on: On::Ticket,
        states: &[
            T::ToDispatch,
            T::IntakeFix,
            T::Dispatched,
            T::Handling,
            T::ToReview,
            T::ToVisit,
            T::Closed,
            T::Suspended,
            T::Tracking,
            T::Terminated,
            T::External,
        ],
        statuses: &[],
        rank: 6,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for EnterReceipt {}
