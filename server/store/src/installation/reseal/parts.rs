//! Every kind of rows with a sealed column and an id, and how one of them is sealed anew; digests that find go with it.
//! Not here: where it stands (`mod`), rows with two keys (`pairs`).
//! Texts: a sealed column alone along the primary key, and an update that holds only while the row is as it was read.

use crate::record::MandateWords;
use sea_orm::FromQueryResult;
use shared::ticket::command::Citizen;
use uuid::Uuid;

use crate::database::Handle;
use crate::sql::{Sql, vals};
use crate::tickets::person::{self, Digests};
use crate::{Seal, StoreError, approvals, citizens, files, jobs};

/// A kind of rows.
pub(super) struct Part {
    /// Its table.
    pub(super) name: &'static str,
    place: &'static str,
    number: &'static str,
    first: &'static str,
    next: &'static str,
    save: &'static str,
    found: Found,
}

/// What finds a row beside its sealed column.
#[derive(Clone, Copy)]
enum Found {
    Nothing,
    Account,
    Mandate,
    Ticket,
}

/// The text that reads rows in the order of their ids.
macro_rules! reads {
    ($table:literal ($id:literal, $key:literal, $sealed:literal) $($condition:literal)*) => {
        concat!(
            "select ", $id, " as id, ", $key, " as key_id, ", $sealed, " as sealed from ", $table,
            $($condition,)*
            " order by ", $id, " limit ?"
        )
    };
}

/// A kind of rows: its table, the place of its seal, and what finds it. Columns are named where they are called otherwise.
macro_rules! part {
    ($table:literal, $place:expr $(, $found:ident)?) => {
        part!($table ("id", "key_id", "sealed"), $place $(, $found)?)
    };
    ($table:literal $columns:tt, $place:expr) => {
        part!($table $columns, $place, Nothing)
    };
    ($table:literal ($id:literal, $key:literal, $sealed:literal), $place:expr, $found:ident) => {
        Part {
            name: $table,
            place: $place,
            number: concat!("select count(*) from ", $table),
            first: reads!($table ($id, $key, $sealed)),
            next: reads!($table ($id, $key, $sealed) " where " $id " > ?"),
            save: concat!(
                "update ", $table, " set ", $key, " = ?, ", $sealed, " = ? where ", $id, " = ? and ", $sealed, " = ?"
            ),
            found: Found::$found,
        }
    };
}

/// Those that find others first: mandates of one organisation know each other by their digest.
pub(super) const PARTS: &[Part] = &[
    part!("mandates", citizens::mandates::PLACE, Mandate),
    part!("wishes", citizens::wishes::PLACE),
    part!("citizens", citizens::accounts::PLACE, Account),
    part!("session_keys", crate::session_keys::PLACE),
    part!(
        "factors"("user_id", "key_id", "sealed"),
        crate::factors::PLACE
    ),
    part!(
        "notice_contacts"("person", "key_id", "sealed"),
        crate::notices::PLACE
    ),
    part!(
        "tickets"("id", "citizen_key", "citizen"),
        crate::tickets::row::PLACE,
        Ticket
    ),
    part!("approvals", approvals::SEALED),
    part!("deliveries", crate::host::deliveries::PLACE),
    part!("blobs"("id", "key_id", "sealed_key"), files::blobs::PLACE),
    part!(
        "file_references"("id", "key_id", "name"),
        files::references::PLACE
    ),
    part!("uploads"("id", "key_id", "inside"), files::uploads::PLACE),
    part!("jobs"("id", "key_id", "inside"), jobs::PLACE),
    part!("outbox", crate::outbox::PLACE),
    part!("incoming_messages", crate::incoming::PLACE),
];

/// A row as it stands.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: Uuid,
    key_id: Option<String>,
    sealed: Option<Vec<u8>>,
}

impl Part {
    pub(super) async fn count(&self, h: Handle<'_>) -> Result<i64, StoreError> {
        h.number(Sql::new(self.number, vals![])).await
    }

    /// The rows behind one.
    pub(super) async fn rows(
        &self,
        h: Handle<'_>,
        upto: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let sql = match upto {
            Some(upto) => Sql::new(self.next, vals![upto, limit]),
            None => Sql::new(self.first, vals![limit]),
        };
        h.rows::<Row>(sql).await
    }

    /// Seals a row with the newest key, unless it is; false when it does not open.
    pub(super) async fn renew(&self, h: Handle<'_>, row: &Row) -> Result<bool, StoreError> {
        let seal = h.seal();
        let (Some(key), Some(sealed)) = (&row.key_id, &row.sealed) else {
            return Ok(true);
        };
        // One that was emptied has nothing in it, and a name without a key waits to be sealed with its file.
        if key == seal.key_id() || sealed.is_empty() || key.is_empty() {
            return Ok(true);
        }
        let Ok(plain) = seal.open(key, self.place, row.id.as_bytes(), sealed) else {
            return Ok(false);
        };
        let anew = seal.seal(self.place, row.id.as_bytes(), &plain)?;
        let saved = h
            .run(Sql::new(
                self.save,
                vals![seal.key_id(), anew, row.id, sealed],
            ))
            .await?;
        if saved == 1
            && let Some(found) = self.found.anew(seal, row.id, &plain)
        {
            h.run(found).await?;
        }
        Ok(true)
    }
}

impl Found {
    /// The digests of a row, made anew.
    fn anew(self, seal: &Seal, id: Uuid, plain: &[u8]) -> Option<Sql> {
        match self {
            Self::Nothing => None,
            Self::Account => {
                let phone = citizens::accounts::phone_in(plain)?;
                Some(Sql::new(
                    "update citizens set phone_hmac = ? where id = ?",
                    vals![person::phone_hash(seal, &phone), id],
                ))
            }
            Self::Mandate => {
                let words: MandateWords = serde_json::from_slice(plain).ok()?;
                let credit = citizens::mandates::credit_hash(seal, &words);
                Some(Sql::new(
                    "update mandates set credit_hmac = ? where id = ?",
                    vals![credit, id],
                ))
            }
            Self::Ticket => {
                let citizen: Citizen = serde_json::from_slice(plain).ok()?;
                let found = Digests::of(seal, Some(&citizen));
                Some(Sql::new(
                    "update tickets set phone_hmac = ?, contact_hmac = ?, name_hmac = ?, id_number_hmac = ? where id = ?",
                    vals![found.phone, found.contact, found.name, found.id_number, id],
                ))
            }
        }
    }
}
