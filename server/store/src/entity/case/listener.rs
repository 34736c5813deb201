//! What running cases listen to: messages and signals by name.
//! Not here: events under way (`delivery`).

use shared::approval::EventKind;
use shared::ids::CaseId;

use crate::entity::prelude::*;
use crate::record::CaseKind;

entity! {
    /// A case that listens.
    #[sea_orm(table_name = "listeners")]
    pub struct Listener {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: EventKind,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub case_kind: CaseKind,
    }
}
