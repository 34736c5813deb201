//! Bytes of files, kept once.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of the clear bytes.
    pub sha256: Option<Vec<u8>>,
    pub size: i64,
    pub kind: String,
    pub state: String,
    /// Key of the object.
    pub path: String,
    pub sealed_size: i64,
    pub sealed_sha256: Vec<u8>,
    pub key_id: Option<String>,
    /// Wrapped.
    pub sealed_key: Option<Vec<u8>>,
    pub created_at: i64,
    pub scanned_at: Option<i64>,
    pub finding: Option<String>,
    pub scan_at: Option<i64>,
    pub tries: i64,
    /// The picture of which this is the small one.
    pub picture_of: Option<Uuid>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    /// Where it lies in the clear, of an earlier release.
    pub open_path: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
