//! The keys that seal: the file, whose algorithms, who unwraps it, and how far sealing anew is.
//! Deliberately absent: whether they are the keys of this database (`deep`), renewing them (`cli::keys`).

use services::Services;
use services::keys::Keys;
use store::installation::reseal;

use super::{Finding, bad, good};
use crate::{boot, config::Settings};

/// The key file.
pub(super) fn keys(settings: &Settings) -> Finding {
    let file = boot::keys_file(settings);
    let crypto = &settings.crypto;
    let ring = match crypto.ring(&file) {
        Ok(ring) => ring,
        Err(error) => return bad("keys", error.to_string()),
    };
    // What is in it must be keys as well.
    if let Err(error) = ring.seal().map_err(anyhow::Error::new).and_then(Keys::of) {
        return bad("keys", format!("{error:#}"));
    }
    let kept = ring.provider();
    if let Some(wanted) = crypto.provider.filter(|wanted| *wanted != kept) {
        let (kept, wanted) = (kept.code(), wanted.code());
        return bad(
            "keys",
            format!(
                "crypto.provider says {wanted}, and {} has keys of the provider {kept}; stop the server and run: minsheng keys change {wanted}",
                file.display()
            ),
        );
    }
    let unwraps = crypto.service().is_some();
    if unwraps && !ring.is_wrapped() {
        return bad(
            "keys",
            format!(
                "{} lies in the clear, and a service is configured that unwraps it; run: minsheng keys wrap",
                file.display()
            ),
        );
    }
    let state = if ring.is_wrapped() {
        "wrapped and private"
    } else {
        "there and private"
    };
    good(
        "keys",
        format!(
            "{} is {state}; {} ({}); keep a copy in a safe place",
            file.display(),
            kept.code(),
            kept.algorithms()
        ),
    )
}

/// What waits to be sealed with the newest keys.
pub(super) async fn anew(services: &Services) -> Finding {
    let db = services.store().reader();
    match services::files::content_waits(&db).await {
        Ok(None) => {}
        Ok(Some(key)) => {
            return good(
                "sealing",
                format!(
                    "the content of files waits to be sealed anew by a server with the data key {key}; where none has it, ask again: minsheng keys content"
                ),
            );
        }
        Err(error) => return bad("sealing", error.to_string()),
    }
    match reseal::progress(&db).await {
        Ok(None) => good(
            "sealing",
            format!(
                "everything is sealed with the newest keys ({})",
                services.store().seal().key_id()
            ),
        ),
        Ok(Some(progress)) => good(
            "sealing",
            format!(
                "{} of {} rows are sealed anew with {}, {} of them do not open; the running server goes on",
                progress.done,
                progress.total,
                services.store().seal().key_id(),
                progress.unopened
            ),
        ),
        Err(error) => bad("sealing", error.to_string()),
    }
}
