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

macro_rules! part {
    ($table:literal ($id:literal, $key:literal, $sealed:literal), $place:expr, $found:ident) => {
        Part {
            name: $table,
            place: $place,
            number: concat!("select count(*) from ", $table),
            first: concat!(
                "select ",
                $id,
                " as id, ",
                $key,
                " as key_id, ",
                $sealed,
                " as sealed from ",
                $table,
                " order by ",
                $id,
                " limit ?"
            ),
            next: concat!(
                "select ",
                $id,
                " as id, ",
                $key,
                " as key_id, ",
                $sealed,
                " as sealed from ",
                $table,
                " where ",
                $id,
                " > ? order by ",
                $id,
                " limit ?"
            ),
            save: concat!(
                "update ",
                $table,
                " set ",
                $key,
                " = ?, ",
                $sealed,
                " = ? where ",
                $id,
                " = ? and ",
                $sealed,
                " = ?"
            ),
            found: Found::$found,
        }
    };
}

/// Those that find others first: mandates of one organisation know each other by their digest.
pub(super) const PARTS: &[Part] = &[
    part!(
        "mandates"("id", "key_id", "sealed"),
        citizens::mandates::PLACE,
        Mandate
    ),
    part!(
        "wishes"("id", "key_id", "sealed"),
        citizens::wishes::PLACE,
        Nothing
    ),
    part!(
        "citizens"("id", "key_id", "sealed"),
        citizens::accounts::PLACE,
        Account
    ),
    part!(
        "session_keys"("id", "key_id", "sealed"),
        crate::session_keys::PLACE,
        Nothing
    ),
    part!(
        "factors"("user_id", "key_id", "sealed"),
        crate::factors::PLACE,
        Nothing
    ),
    part!(
        "notice_contacts"("person", "key_id", "sealed"),
        crate::notices::PLACE,
        Nothing
    ),
    part!(
        "tickets"("id", "citizen_key", "citizen"),
        crate::tickets::row::PLACE,
        Ticket
    ),
    part!(
        "approvals"("id", "key_id", "sealed"),
        approvals::SEALED,
        Nothing
    ),
    part!(
        "deliveries"("id", "key_id", "sealed"),
        crate::host::deliveries::PLACE,
        Nothing
    ),
    part!(
        "blobs"("id", "key_id", "sealed_key"),
        files::blobs::PLACE,
        Nothing
    ),
    part!(
        "file_references"("id", "key_id", "name"),
        files::references::PLACE,
        Nothing
    ),
    part!(
        "uploads"("id", "key_id", "inside"),
        files::uploads::PLACE,
        Nothing
    ),
    part!("jobs"("id", "key_id", "inside"), jobs::PLACE, Nothing),
    part!(
        "outbox"("id", "key_id", "sealed"),
        crate::outbox::PLACE,
        Nothing
    ),
    part!(
        "incoming_messages"("id", "key_id", "sealed"),
        crate::incoming::PLACE,
        Nothing
    ),
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
