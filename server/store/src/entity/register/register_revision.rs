//! Revisions of the lists of an office.

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::register::{ListCode, RevisionState};

use crate::entity::prelude::*;

entity! {
    /// A revision of one list for one owner area.
    #[sea_orm(table_name = "register_revisions")]
    #[derive(Eq)]
    pub struct Revision {
        #[sea_orm(primary_key, auto_increment = false)]
        pub list: ListCode,
        /// Division code of the area that owns this part; empty for the base.
        #[sea_orm(primary_key, auto_increment = false)]
        pub area: String,
        /// From 1; 1 is what was found when the register took the list over.
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        /// Number of the revision that it changes; 0 where there was none.
        pub base: i32,
        /// Number of the revision whose state it brings back.
        pub restored: Option<i32>,
        pub made_at: Instant,
        pub made_by: Option<UserId>,
        pub made_by_name: Option<String>,
    }
    moves {
        pub state: RevisionState,
        /// Counts its changes; from 1.
        pub version: i32,
        /// Who changed it: account and name.
        pub editors: BTreeMap<String, String>,
        /// Why, for people.
        pub note: Option<String>,
        /// From when it holds.
        pub valid_from: Option<Instant>,
        /// Open tickets follow it as well.
        pub open_too: bool,
        pub submitted_by: Option<UserId>,
        pub submitted_by_name: Option<String>,
        pub published_at: Option<Instant>,
        pub published_by: Option<UserId>,
        pub published_by_name: Option<String>,
        /// When the live tables were made of it.
        pub applied_at: Option<Instant>,
        /// When open tickets had followed it, or had nothing to follow.
        pub followed_at: Option<Instant>,
    }
}
