//! What somebody has on the own page of figures.
//! Not here: what it shows (services).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::report::TileKind;

use crate::entity::prelude::*;

entity! {
    /// A tile.
    #[sea_orm(table_name = "board_tiles")]
    #[derive(Eq)]
    pub struct BoardTile {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: UserId,
        pub kind: TileKind,
        /// Of the pivot or the view.
        pub subject: Uuid,
        pub made_at: Instant,
    }
    moves {
        /// The smaller, the further in front.
        pub place: i32,
    }
}
