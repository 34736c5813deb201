//! Keys of other systems: which of them are taken already, and by which text.
//! Not here: writing them (`prepared`).
//! The text is kept as a hash only, so that a changed text under the same key is noticed.

use std::collections::HashMap;

use crate::sql::{Bind as _, Reader, Sql, vals};
use crate::{Conn, StoreError};

/// Text hashes of those of the numbers that are known for the source.
pub async fn known(conn: &dyn Conn, source: &str, numbers: &[String]) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    let mut out = HashMap::new();
    for part in numbers.chunks(500) {
        let mut sql = Sql::new("select external_no, text_hash from external_keys where source_system = ? and external_no in ", vals![source]);
        sql.list(part.iter().map(|number| number.bind()).collect());
        for row in conn.handle().all(sql).await? {
            let mut r = Reader::new(&row);
            out.insert(r.get()?, r.get()?);
        }
    }
    Ok(out)
}
