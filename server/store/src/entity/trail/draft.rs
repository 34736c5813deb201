//! Forms that are being filled in; files hang on them until the form is sent.

use shared::calendar::Instant;
use shared::ids::{DraftId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A form that is being filled in.
    #[sea_orm(table_name = "drafts")]
    #[derive(Eq)]
    pub struct Draft {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DraftId,
        /// Whose; `None` for a visitor.
        pub owner: Option<UserId>,
        /// HMAC of the device on which a visitor began it.
        pub device: Option<Vec<u8>>,
        /// When it was begun.
        pub created_at: Instant,
        /// When it is thrown away.
        pub expires_at: Instant,
    }
}
