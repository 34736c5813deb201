//! SeaORM's entities, a table each, and running what they build on our own connections.
//! Not here: what the tables mean (beside their use), statements whose plan matters (`sql`).
//! A row is read by the names of its columns; integers are 64 bits on both databases. Entities never leave this crate (I10).

pub(crate) mod feed;
pub(crate) mod feed_consumer;
pub(crate) mod feed_head;
pub(crate) mod job;

use sea_orm::{EntityTrait, FromQueryResult as _, QueryTrait, Select};

use crate::StoreError;
use crate::database::Handle;
use crate::sql::Sql;

impl Handle<'_> {
    /// All rows of a selection.
    pub(crate) async fn find<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> Result<Vec<E::Model>, StoreError> {
        let rows = self.all(Sql::built(select.build(self.backend()))).await?;
        rows.iter()
            .map(|row| E::Model::from_query_result(row, "").map_err(StoreError::from))
            .collect()
    }

    /// The first row of a selection.
    pub(crate) async fn find_one<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> Result<Option<E::Model>, StoreError> {
        let row = self.one(Sql::built(select.build(self.backend()))).await?;
        row.map(|row| E::Model::from_query_result(&row, "").map_err(StoreError::from))
            .transpose()
    }

    /// Runs an insert, update or delete and says how many rows it changed.
    pub(crate) async fn change(&self, query: &impl QueryTrait) -> Result<u64, StoreError> {
        self.run(Sql::built(query.build(self.backend()))).await
    }
}
