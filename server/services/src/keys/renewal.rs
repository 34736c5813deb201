//! Keys of the ring made new by the owner of the machine, while no server runs: a fresh data key, all keys of another provider, the file wrapped.
//! With it, or by itself, the content of stored files is asked to be sealed anew (`files::anew`).
//! Not here: sealing anew what is there, which the next start begins (`store::installation::reseal`), keys of access tokens (`sessions::rotate`).

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::crypto::Provider;

use crate::context::Ctx;
use crate::fault::Failure;

/// What becomes of the ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// A fresh data key seals from now on.
    Data,
    /// Fresh keys of a provider seal, find and sign from now on.
    Change(Provider),
    /// The file is sealed with the key that the service unwraps from this text (base64), or with a fresh one of the configured file.
    Wrap(Option<String>),
    /// The file lies in the clear again.
    LayOpen,
}

impl Renewal {
    fn code(&self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Change(Provider::International) => "international",
            Self::Change(Provider::Sm) => "sm",
            Self::Wrap(_) => "wrap",
            Self::LayOpen => "unwrap",
        }
    }
}

/// How the ring stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingView {
    /// Whose keys seal.
    pub provider: Provider,
    /// The key that seals.
    pub data: String,
    /// The key that finds.
    pub lookup: String,
    /// Whether the file is wrapped.
    pub is_wrapped: bool,
}

/// Renews the ring of an installation. The old keys stay in it: they open, find and prove what is there.
///
/// # Errors
/// With words for the administrator: of the key file, of the service that unwraps it, of the store.
pub async fn renew(ctx: &Ctx, what: Renewal) -> anyhow::Result<RingView> {
    renew_with(ctx, what, false).await
}

/// The same; with `content`, servers that have the new data key seal the content of stored files anew as well.
///
/// # Errors
/// As `renew`.
pub async fn renew_with(ctx: &Ctx, what: Renewal, content: bool) -> anyhow::Result<RingView> {
    let config = ctx.services.config();
    let mut ring = config.crypto.ring(&config.keys_file)?;
    let known = ctx.services.store().seal().marks();
    anyhow::ensure!(
        ring.seal()?.marks() == known,
        "the key file was changed meanwhile; try again"
    );
    match &what {
        Renewal::Data => ring.renew_data()?,
        Renewal::Change(provider) => ring.renew_all(*provider)?,
        Renewal::Wrap(own) => {
            let own = own.as_deref().map(|text| STANDARD.decode(text.trim()));
            let own = own.transpose().context("the wrapped key is not base64")?;
            config.crypto.wrap(&mut ring, own)?;
        }
        Renewal::LayOpen => ring.lay_open(),
    }
    let seal = ring.seal()?;
    told(ctx, what.code(), (seal.key_id(), content)).await?;
    ring.replace(&config.keys_file)?;
    Ok(RingView {
        provider: seal.provider(),
        data: seal.key_id().to_owned(),
        lookup: seal.lookup_id().to_owned(),
        is_wrapped: ring.is_wrapped(),
    })
}

/// Asks for the content of stored files to be sealed anew, without new keys: the files of before a renewal that did not ask for it, or what one left
/// that was broken off.
///
/// # Errors
/// Of the store.
pub async fn content(ctx: &Ctx) -> anyhow::Result<()> {
    let key = ctx.services.store().seal().key_id().to_owned();
    told(ctx, "content", (&key, true)).await
}

/// Writes it into the audit, and asks for the content in the same transaction.
async fn told(ctx: &Ctx, what: &str, (key, content): (&str, bool)) -> anyhow::Result<()> {
    let mut entry = ctx.audit("sealing_key.renew", format!("sealing_key:{key}"), "ok");
    entry.facts.insert("what".to_owned(), what.to_owned());
    entry
        .facts
        .insert("content".to_owned(), content.to_string());
    let key = key.to_owned();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (entry, key) = (entry.clone(), key.clone());
            Box::pin(async move {
                if content {
                    crate::files::anew::ask_in(tx, &key).await?;
                }
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .map_err(|failure| match failure {
            Failure::Fault(fault) => anyhow::anyhow!(fault.code.as_str()),
            Failure::Store(error) => error.into(),
            Failure::Broken(error) => error,
        })
        .context("the audit cannot be written")
}
