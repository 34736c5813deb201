//! SeaORM's entities, a table each, and running what they build on our own connections.
//! Not here: what the tables mean (beside their use), statements whose plan matters (`sql`).
//! A row is read by the names of its columns; integers are 64 bits on both databases. Entities never leave this crate (I10); the plain
//! records do that `entity!` makes beside them.
#![allow(
    dead_code,
    reason = "not every table needs everything that is made of an entity"
)]

/// A table whose rows are a plain record for everybody else: each column stands here once, and record, entity, both ways between them, the
/// values of an insert and what an update sets follow from it.
///
/// The struct has what never changes, `moves` what verbs change, `row` the columns beside the record (computed or sealed), `record` what the
/// record has and the row does not (left at its default by `split`), `serial` the number that the database gives.
macro_rules! entity {
    (
        $(#[doc = $doc:literal])*
        #[sea_orm($($table:tt)*)]
        $(#[derive($($derive:ident),*)])?
        pub struct $record:ident {
            $( $(#[doc = $fdoc:literal])* $(#[sea_orm($($fattr:tt)*)])* pub $f:ident : $ft:ty, )*
        }
        $(moves {
            $( $(#[doc = $mdoc:literal])* $(#[sea_orm($($mattr:tt)*)])* pub $m:ident : $mt:ty, )*
        })?
        $(row {
            $( $(#[doc = $rdoc:literal])* $(#[sea_orm($($rattr:tt)*)])* pub $r:ident : $rt:ty, )*
        })?
        $(record {
            $( $(#[doc = $odoc:literal])* pub $o:ident : $ot:ty, )*
        })?
        $(serial $n:ident)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq $(, $($derive),*)?)]
        pub struct $record {
            $( $(#[doc = $fdoc])* pub $f: $ft, )*
            $($( $(#[doc = $mdoc])* pub $m: $mt, )*)?
            $($( $(#[doc = $odoc])* pub $o: $ot, )*)?
        }

        #[sea_orm::model]
        #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
        #[sea_orm($($table)*)]
        pub struct Model {
            $( #[sea_orm(primary_key)] pub $n: i64, )?
            $( $(#[sea_orm($($fattr)*)])* pub $f: Col<$ft>, )*
            $($( $(#[sea_orm($($mattr)*)])* pub $m: Col<$mt>, )*)?
            $($( $(#[sea_orm($($rattr)*)])* pub $r: Col<$rt>, )*)?
        }

        impl ActiveModelBehavior for ActiveModel {}

        /// What stands in the row beside the record.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Beside {
            $($( $(#[doc = $rdoc])* pub $r: $rt, )*)?
        }

        #[allow(unused_variables, reason = "not every table has something beside")]
        impl $record {
            /// The values of a row in the order of the columns, but for a number that the database gives.
            pub(crate) fn values(&self, beside: Beside) -> Vec<sea_orm::Value> {
                vec![
                    $( crate::sql::Bind::bind(self.$f.clone()), )*
                    $($( crate::sql::Bind::bind(self.$m.clone()), )*)?
                    $($( crate::sql::Bind::bind(beside.$r), )*)?
                ]
            }

            /// An update of what verbs change; what stands beside the record stays as it is.
            pub(crate) fn moved(&self) -> ActiveModel {
                ActiveModel {
                    $($( $m: sea_orm::ActiveValue::Set(Col(self.$m.clone())), )*)?
                    ..Default::default()
                }
            }
        }

        impl Model {
            /// The record, and what stands beside it.
            pub(crate) fn split(self) -> ($record, Beside) {
                let record = $record {
                    $( $f: self.$f.0, )*
                    $($( $m: self.$m.0, )*)?
                    $($( $o: Default::default(), )*)?
                };
                (record, Beside { $($( $r: self.$r.0, )*)? })
            }
        }

        impl From<Model> for $record {
            fn from(row: Model) -> Self {
                row.split().0
            }
        }

        /// The columns that verbs change.
        pub(crate) fn moves() -> Vec<Column> {
            [ $($( stringify!($m), )*)? ]
                .iter()
                .filter_map(|name: &&str| name.parse().ok())
                .collect()
        }
    };
}

pub(crate) mod approval;
pub(crate) mod basics;
pub(crate) mod case;
pub(crate) mod change;
pub(crate) mod citizen;
mod col;
pub(crate) mod file;
mod fit;
pub(crate) mod identities;
pub(crate) mod installation;
pub(crate) mod life;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod quality;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod scim;
pub(crate) mod table;
pub(crate) mod ticket;
pub(crate) mod todo;
pub(crate) mod trail;

use futures::future::BoxFuture;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait,
    QuerySelect as _, QueryTrait, Select,
};

pub(crate) use self::col::{Col, Keep};
pub(crate) use self::fit::misfits;
use crate::StoreError;
use crate::database::Handle;
use crate::sql::Sql;

/// What every entity is written with.
pub(crate) mod prelude {
    pub(crate) use sea_orm::entity::prelude::*;

    pub(crate) use super::Col;
}

/// Each builds its statement at once, and what waits for the database is behind a pointer: a selection is large, and callers are many and deep.
impl Handle<'_> {
    /// All rows of a selection.
    pub(crate) fn find<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> BoxFuture<'_, Result<Vec<E::Model>, StoreError>> {
        self.rows(Sql::built(select.build(self.backend())))
    }

    /// All rows of a selection as the plain records of the entity.
    pub(crate) fn records<E: EntityTrait, R: From<E::Model> + 'static>(
        &self,
        select: Select<E>,
    ) -> BoxFuture<'_, Result<Vec<R>, StoreError>> {
        let sql = Sql::built(select.build(self.backend()));
        Box::pin(async move {
            let rows = self.rows::<E::Model>(sql).await?;
            Ok(rows.into_iter().map(R::from).collect())
        })
    }

    /// The first row of a selection.
    pub(crate) fn find_one<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> BoxFuture<'_, Result<Option<E::Model>, StoreError>> {
        self.row(Sql::built(select.build(self.backend())))
    }

    /// The selection of one row; inside a write it locks the row, so that other writers wait.
    pub(crate) fn locked<E: EntityTrait>(&self, one: Select<E>) -> Select<E> {
        if self.locks_rows() {
            one.lock_exclusive()
        } else {
            one
        }
    }

    /// The rows of a text, by the names of its columns.
    pub(crate) fn rows<M: FromQueryResult + 'static>(
        &self,
        sql: Sql,
    ) -> BoxFuture<'_, Result<Vec<M>, StoreError>> {
        Box::pin(async move {
            let rows = self.all(sql).await?;
            rows.iter()
                .map(|row| M::from_query_result(row, "").map_err(StoreError::from))
                .collect()
        })
    }

    /// The first row of a text, by the names of its columns.
    pub(crate) fn row<M: FromQueryResult + 'static>(
        &self,
        sql: Sql,
    ) -> BoxFuture<'_, Result<Option<M>, StoreError>> {
        Box::pin(async move {
            let row = self.one(sql).await?;
            row.map(|row| M::from_query_result(&row, "").map_err(StoreError::from))
                .transpose()
        })
    }

    /// How many rows a selection has.
    pub(crate) fn count<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> BoxFuture<'_, Result<i64, StoreError>> {
        let counted = select.select_only().expr(Expr::cust("count(*)"));
        let sql = Sql::built(counted.build(self.backend()));
        Box::pin(self.number(sql))
    }

    /// Inserts a row; a violated unique index becomes `Exists(what)`.
    pub(crate) fn add_row<M>(
        &self,
        row: M,
        what: &'static str,
    ) -> BoxFuture<'_, Result<u64, StoreError>>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let insert = M::Entity::insert(row.into_active_model().reset_all());
        self.add(&insert, what)
    }

    /// Runs an insert, update or delete and says how many rows it changed.
    pub(crate) fn change(&self, query: &impl QueryTrait) -> BoxFuture<'_, Result<u64, StoreError>> {
        Box::pin(self.run(Sql::built(query.build(self.backend()))))
    }

    /// Inserts; a violated unique index becomes `Exists(what)`.
    pub(crate) fn add(
        &self,
        query: &impl QueryTrait,
        what: &'static str,
    ) -> BoxFuture<'_, Result<u64, StoreError>> {
        Box::pin(self.insert(Sql::built(query.build(self.backend())), what))
    }
}
