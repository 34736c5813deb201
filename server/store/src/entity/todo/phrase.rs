//! Phrases (常用语): words that somebody keeps to be put into forms.
//! Not here: who sees them (`people::sharing`), where they are offered (the pages).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::query::phrase::PhraseUse;
use shared::query::view::ViewShare;

use crate::entity::prelude::*;

entity! {
    /// A phrase.
    #[sea_orm(table_name = "phrases")]
    #[derive(Eq)]
    pub struct Phrase {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: UserId,
        pub owner_name: String,
        /// Code of the owner's unit when it was made.
        pub unit: Option<String>,
        /// Division code of that unit.
        pub region: Option<String>,
        pub made_at: Instant,
    }
    moves {
        pub name: String,
        /// What is put in.
        pub words: String,
        /// Into which forms.
        pub purpose: PhraseUse,
        pub shared: ViewShare,
        /// Counts its changes; from 1.
        pub version: i32,
        pub changed_at: Instant,
    }
}
