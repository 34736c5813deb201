//! Uploaded files: either of a form or of a ticket.
//! Not here: the files themselves (services).

use shared::calendar::Instant;
use shared::ids::{AttachmentId, DraftId, TicketId, UserId};

use crate::entity::prelude::*;

entity! {
    /// An uploaded file.
    #[sea_orm(table_name = "attachments")]
    #[derive(Eq)]
    pub struct Attachment {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttachmentId,
        /// The form it hangs on.
        #[sea_orm(column_name = "draft_id")]
        pub draft: Option<DraftId>,
        /// The ticket it belongs to.
        #[sea_orm(column_name = "ticket_id")]
        pub ticket: Option<TicketId>,
        /// Name for people.
        pub name: String,
        /// Media type after re-encoding.
        pub media_type: String,
        /// Bytes.
        pub size: i64,
        /// Pixels.
        pub width: i32,
        /// Pixels.
        pub height: i32,
        /// Digest of the stored bytes.
        pub sha256: Vec<u8>,
        /// Key of the file below the data folder.
        pub path: String,
        /// When.
        pub uploaded_at: Instant,
        /// By whom.
        pub uploaded_by: Option<UserId>,
    }
}
