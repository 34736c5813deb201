//! Questions to the audit that auditors keep.
//! Not here: what can be asked (services).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// A question under a name.
    #[sea_orm(table_name = "audit_questions")]
    #[derive(Eq)]
    pub struct KeptQuestion {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: UserId,
        pub owner_name: String,
        pub name: String,
        /// What stands behind the question mark of the page's address.
        pub query: String,
        /// For all auditors.
        pub shared: bool,
        pub made_at: Instant,
    }
}
