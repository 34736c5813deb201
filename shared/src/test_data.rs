//! Files of the shared test data, for the tests beside the code.
//! Not here: anything the product ships.
//! Found by `MINSHENG_SHARED_DATA`, else beside the checkout; absent, the test says that it was skipped (and fails in CI).

/// The bytes of one file, or `None` when the data is not on this machine.
///
/// # Panics
/// With `CI=true`, so that nothing is skipped unseen there.
pub(crate) fn shared_data(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var("MINSHENG_SHARED_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").to_owned());
    match std::fs::read(format!("{root}/{path}")) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "{path} is needed in CI: {error}"
            );
            println!("skipped: {path} is not here ({error})");
            None
        }
    }
}
