//! The ring of keys that sign access tokens. One signs; those before it check until they end, and have no private key any more.
//! Not here: tokens, and when a ring is read again (services).
//! A private key is sealed under its row's id, and leaves the store only opened.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};
use shared::calendar::Instant;
use uuid::Uuid;

use crate::entity::Col;
use crate::entity::installation::session_key::{ActiveModel, Column, Entity, Model};
use crate::seal::Seal;
use crate::{Conn, StoreError, Tx};

/// Where private keys are sealed.
pub(crate) const PLACE: &str = "session_keys";

/// A key of the ring.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey {
    /// Its row.
    pub id: Uuid,
    /// As it stands in the head of tokens.
    pub kid: String,
    /// The raw public key.
    pub public: Vec<u8>,
    /// The private key in PKCS #8; absent of keys that only check.
    pub private: Option<Vec<u8>>,
    /// When it was made.
    pub made_at: Instant,
    /// When it ends; no end is set of the one that signs.
    pub ends_at: Option<Instant>,
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// Every key, the newest first.
pub async fn all(conn: &dyn Conn) -> Result<Vec<SessionKey>, StoreError> {
    let h = conn.handle();
    let select = Entity::find()
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id);
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| opened(h.seal(), row)).collect()
}

fn opened(seal: &Seal, row: Model) -> Result<SessionKey, StoreError> {
    let private = match (&row.key_id, &row.sealed) {
        (Some(key_id), Some(sealed)) => {
            Some(seal.open(key_id, PLACE, row.id.0.as_bytes(), sealed)?)
        }
        _ => None,
    };
    Ok(SessionKey {
        id: row.id.0,
        kid: row.kid,
        public: row.public,
        private,
        made_at: row.made_at.0,
        ends_at: row.ends_at.0,
    })
}

fn sealed(seal: &Seal, key: &SessionKey) -> Result<Model, StoreError> {
    let private = key.private.as_deref();
    let sealed = private
        .map(|private| seal.seal(PLACE, key.id.as_bytes(), private))
        .transpose()?;
    Ok(Model {
        id: key.id.into(),
        kid: key.kid.clone(),
        public: key.public.clone(),
        key_id: sealed.as_ref().map(|_| seal.key_id().to_owned()),
        sealed,
        made_at: key.made_at.into(),
        ends_at: key.ends_at.into(),
    })
}

/// Adds the first key of a ring; nothing when there is one already.
pub async fn begin(tx: &Tx, key: &SessionKey) -> Result<(), StoreError> {
    let h = tx.handle();
    if h.count(Entity::find()).await? > 0 {
        return Ok(());
    }
    let row = sealed(h.seal(), key)?;
    // Another process that begins at the same moment puts the same key.
    let known = OnConflict::column(Column::Kid).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(known);
    h.change(&insert).await.map(drop)
}

/// Adds the key that signs from now on. Those before it check until `ends_at`, or until their own end where that is earlier; their private keys
/// are destroyed.
pub async fn rotate(tx: &Tx, key: &SessionKey, ends_at: Instant) -> Result<(), StoreError> {
    let h = tx.handle();
    let later = sea_orm::Condition::any()
        .add(Column::EndsAt.is_null())
        .add(Column::EndsAt.gt(Col(ends_at)));
    let end = Entity::update_many()
        .set(ActiveModel {
            ends_at: Set(Some(ends_at).into()),
            ..Default::default()
        })
        .filter(later);
    h.change(&end).await?;
    let destroy = Entity::update_many().set(ActiveModel {
        key_id: Set(None),
        sealed: Set(None),
        ..Default::default()
    });
    h.change(&destroy).await?;
    h.add_row(sealed(h.seal(), key)?, "session key")
        .await
        .map(drop)
}
