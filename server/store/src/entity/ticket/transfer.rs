//! What was handed over to bodies beside the office (移交): once each, with a receipt that may come later.
//! Not here: the bodies that there are (the register), what the history says of it.

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A transfer to another body.
    #[sea_orm(table_name = "transfers")]
    #[derive(Eq)]
    pub struct Transfer {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// From 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        /// Code of the body, and its names of then.
        pub body: String,
        pub body_zh: String,
        pub body_en: String,
        pub explanation: String,
        /// What the citizen reads.
        pub public_words: String,
        /// When it was entered.
        pub at: Instant,
        /// When it was done, where it was entered later than that.
        pub done_at: Option<Instant>,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
        /// The hotline went on with it as well.
        pub goes_on: bool,
    }
    moves {
        /// Number under which the body took it.
        pub receipt: Option<String>,
        pub receipt_at: Option<Instant>,
        pub receipt_by: Option<UserId>,
        pub receipt_by_name: Option<String>,
    }
}
