//! A request that a gateway has signed, read: its head and its bytes, over which the signature goes.
//! Not here: whether the signature holds (`services::gateway::signed`).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::request::Parts;
use services::gateway::signed::{Head, KEY, SIGNATURE, TIME};
use shared::fault::Fault;

use crate::web::bounds::{self, budget::Held};

/// Head and bytes.
pub(super) struct Signed {
    parts: Parts,
    /// The body as it came.
    pub(super) bytes: Bytes,
}

impl Signed {
    /// Reads all of it.
    pub(super) async fn read(request: Request) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let held = parts.extensions.get::<Arc<Held>>().cloned();
        let bytes = axum::body::to_bytes(body, usize::MAX).await;
        let bytes = bytes.map_err(|_| bounds::unreadable(held.as_ref()))?;
        Ok(Self { parts, bytes })
    }

    /// What it says of its signature.
    pub(super) fn head(&self) -> Head<'_> {
        let said = |name: &str| {
            let value = self.parts.headers.get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        Head {
            key: said(KEY),
            time: said(TIME),
            signature: said(SIGNATURE),
        }
    }
}
