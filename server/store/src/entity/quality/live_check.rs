//! The live checks of reports as they came out last.
//! Not here: making them (services).

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::measure::{LiveCheck, LiveState};

use crate::entity::prelude::*;

entity! {
    /// A check.
    #[sea_orm(table_name = "live_checks")]
    #[derive(Eq)]
    pub struct LiveRun {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: LiveCheck,
        pub state: LiveState,
        /// Codes and numbers.
        pub facts: BTreeMap<String, String>,
        pub run_at: Instant,
        /// Since when it comes out so.
        pub since: Instant,
    }
}
