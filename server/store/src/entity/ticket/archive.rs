//! Seals of archived tickets (归档封存), written once; where the place of one is erased, what stands for it.
//! Not here: what is digested, and how it is written down (`services::tickets::archive`).

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// The seal of an archived ticket.
    #[sea_orm(table_name = "archives")]
    #[derive(Eq)]
    pub struct Archive {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        pub sealed_at: Instant,
        /// Lines of the history that are sealed.
        pub events: i32,
        /// Files that are sealed.
        pub files: i32,
        /// SHA-256 in hexadecimal digits, as the others.
        pub history_digest: String,
        pub files_digest: String,
    }
    moves {
        /// How the parts were written down to be digested.
        pub form: i32,
        pub head_digest: String,
        /// Over form and the three digests.
        pub seal: String,
        /// Over salt and place, from form 2 on.
        pub place_digest: Option<String>,
        /// Destroyed with the place.
        pub salt: Option<Vec<u8>>,
        /// When the place was erased.
        pub erased_at: Option<Instant>,
        /// The key of the audit that signed it.
        pub erased_key: Option<String>,
        pub erased_signature: Option<Vec<u8>>,
    }
}
