//! Opening an installation: database, keys and data folder belong together, or nothing is opened and nothing is made.
//! Keys are made only for an empty database, and only by commands that may begin an installation; a command that looks makes nothing.
//! Not here: the key file's form (`store::Seal`), what a database knows of its keys (`store::installation`).
//!
//! A first start writes the keys as `keys.json.new`, lays out the schema, records the keys in the database and then gives the file its name:
//! a start that ended in between is taken up where it was.

use std::fmt;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use store::crypto::Provider;
use store::installation::{self, lacking};
use store::ring::KeyRing;
use store::{OpenOptions, SchemaState, Seal, Store, Warrant};

use crate::context::{Clock, Ids, ServicesConfig};
use crate::keys::{self, Keys};
use crate::sessions::ring;

/// What a caller may do to an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Looks; makes nothing, records nothing.
    Look,
    /// Works on what is there; makes nothing.
    Use,
    /// May begin an installation on an empty database.
    Make {
        /// Also beside keys and files of another database: those files are put aside, the keys are used on.
        new_database: bool,
    },
}

/// Why database, keys and data folder are not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// There is no database, or nothing in it.
    NoDatabase(String),
    /// There is a database, and no key file.
    NoKeys(PathBuf),
    /// The key file is another database's; says what is lacking.
    ForeignKeys(PathBuf, String),
    /// The database is new, and the data folder is not.
    OldFolder(PathBuf, String),
    /// The data folder is another database's.
    ForeignFolder(PathBuf),
    /// A restore ended before its end.
    HalfRestored(PathBuf),
    /// Another provider is configured than the one whose keys are kept.
    OtherProvider {
        /// Whose keys seal here.
        kept: Provider,
        /// Whose are configured.
        wanted: Provider,
    },
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDatabase(database) => write!(
                f,
                "there is no installation in {database} yet; `minsheng serve` or `minsheng migrate` begins one"
            ),
            Self::NoKeys(file) => write!(
                f,
                "the key file {} of this database is missing; nothing that is sealed can be read without it: put your copy back (mode 600). No new keys were made",
                file.display()
            ),
            Self::ForeignKeys(file, words) => write!(
                f,
                "the key file {} is not the one of this database: {words}; put the right one back (mode 600). Nothing was changed",
                file.display()
            ),
            Self::OldFolder(folder, there) => write!(
                f,
                "the database is missing or empty, but {} has {there} of one that was there before; if the database was lost, restore it from a backup; \
                 to begin a new one with these keys, say --new-database; for a second installation, name another folder in MINSHENG_DATA_DIR",
                folder.display()
            ),
            Self::ForeignFolder(folder) => write!(
                f,
                "the data folder {} belongs to another database (the file `installation` in it says which); every database has a data folder of its own: \
                 name another one in MINSHENG_DATA_DIR, or the right database in MINSHENG_DATABASE_URL",
                folder.display()
            ),
            Self::HalfRestored(folder) => write!(
                f,
                "a restore into {} did not reach its end (the file `{RESTORING}` says so); run it again",
                folder.display()
            ),
            Self::OtherProvider { kept, wanted } => write!(
                f,
                "crypto.provider says {wanted}, and this installation seals with the provider {kept} ({algorithms}); to change it, stop the server, \
                 take a backup with its keys, run `minsheng keys change {wanted}` and start again: what is there is sealed anew beside the day's work. \
                 To stay, set crypto.provider to {kept} (MINSHENG_CRYPTO_PROVIDER). Nothing was changed",
                wanted = wanted.code(),
                kept = kept.code(),
                algorithms = kept.algorithms(),
            ),
        }
    }
}

impl std::error::Error for Misfit {}

/// The file in the data folder with the installation's id.
pub(crate) const MARK: &str = "installation";
/// There while a restore is under way.
pub(crate) const RESTORING: &str = "restoring";
/// What a database leaves in its data folder, besides keys and mark.
pub(crate) const LEAVINGS: &[&str] = &[
    "photos",
    "files",
    "uploads",
    "messages",
    "results",
    "audit",
    "accounts.json",
];

/// An installation that fits together, open.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) warrant: Warrant,
    pub(crate) keys: Keys,
}

/// Opens or begins an installation.
///
/// # Errors
/// `Misfit`, or words about the database or the key file.
pub(crate) async fn open(
    config: &ServicesConfig,
    opening: Opening,
    (clock, ids): (&dyn Clock, &dyn Ids),
) -> anyhow::Result<Opened> {
    let house = House::look(config, opening)?;
    let (seal, pending) = house.keys()?;
    if matches!(opening, Opening::Make { .. }) {
        // An SQLite file may lie in it.
        private_folder(&config.data_dir)?;
    }
    let options = OpenOptions {
        serving: config.serving,
        ..OpenOptions::default()
    };
    let (store, warrant) =
        Store::open_with_warrant(&config.database_url, seal.clone(), options).await?;
    let outcome = house.settle(&store, pending.as_deref(), (clock, ids)).await;
    if let Err(error) = outcome {
        store.close().await.ok();
        return Err(error);
    }
    Ok(Opened {
        keys: Keys::of(seal)?,
        store,
        warrant,
    })
}

/// Records which keys seal a database and which folder is its own, once its schema can keep that. Nothing when it is recorded.
///
/// # Errors
/// Of the store, or of the data folder.
pub(crate) async fn record(
    config: &ServicesConfig,
    store: &Store,
    (clock, ids): (&dyn Clock, &dyn Ids),
) -> anyhow::Result<()> {
    if store.schema().await? != SchemaState::Current {
        return Ok(());
    }
    let db = store.reader();
    let known = installation::known_keys(&db).await?;
    let all_known = store.seal().marks().iter().all(|mark| known.contains(mark));
    let id = match installation::id(&db).await? {
        Some(id) if all_known => id,
        _ => {
            let at = clock.now();
            let fresh = ids.new_id(at).to_string();
            store
                .write::<_, store::StoreError, _>(move |tx| {
                    Box::pin(async move {
                        installation::record_keys(tx, at).await?;
                        installation::name(tx, &fresh).await
                    })
                })
                .await?
        }
    };
    if store::session_keys::all(&db).await?.is_empty() {
        let at = clock.now();
        let key = ring::of_file(store.seal(), ids.new_id(at), at)?;
        store
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::session_keys::begin(tx, &key).await })
            })
            .await?;
    }
    let mark = config.data_dir.join(MARK);
    if !mark.exists() {
        private_folder(&config.data_dir)?;
        keys::write_new(&mark, &format!("{id}\n"))
            .with_context(|| format!("{} cannot be written", mark.display()))?;
    }
    Ok(())
}

/// What lies in the folder, and what may be done.
struct House<'a> {
    config: &'a ServicesConfig,
    opening: Opening,
}

impl<'a> House<'a> {
    /// Refuses what can be refused without touching the database.
    fn look(config: &'a ServicesConfig, opening: Opening) -> anyhow::Result<Self> {
        let house = Self { config, opening };
        if config.data_dir.join(RESTORING).exists() {
            return Err(Misfit::HalfRestored(config.data_dir.clone()).into());
        }
        if installation::is_missing(&config.database_url)? {
            house.admits_empty()?;
        }
        Ok(house)
    }

    /// The keys at hand; with fresh ones, the text of the file that will keep them. Nothing is written but the file that unwraps them, where one is named.
    fn keys(&self) -> anyhow::Result<(Seal, Option<String>)> {
        let file = &self.config.keys_file;
        let crypto = &self.config.crypto;
        if file.exists() {
            let seal = crypto.ring(file)?.seal()?;
            self.admits_provider(&seal)?;
            return Ok((seal, None));
        }
        let pending = pending(file);
        if pending.exists() {
            let text = std::fs::read_to_string(&pending)
                .with_context(|| format!("{} cannot be read", pending.display()))?;
            let seal = crypto.ring(&pending)?.seal()?;
            self.admits_provider(&seal)?;
            return Ok((seal, Some(text)));
        }
        // Who only looks makes nothing, not even the file that unwraps.
        let ring = match self.opening {
            Opening::Make { .. } => crypto.fresh()?,
            Opening::Look | Opening::Use => KeyRing::fresh(Provider::default())?,
        };
        Ok((ring.seal()?, Some(ring.text()?)))
    }

    /// The provider of the newest keys is the one that the installation has; who only looks is told by the doctor.
    fn admits_provider(&self, seal: &Seal) -> Result<(), Misfit> {
        let kept = seal.provider();
        match self.config.crypto.provider {
            Some(wanted) if wanted != kept && self.opening != Opening::Look => {
                Err(Misfit::OtherProvider { kept, wanted })
            }
            _ => Ok(()),
        }
    }

    /// Makes an empty database ready, or makes sure that a filled one belongs to keys and folder.
    async fn settle(
        &self,
        store: &Store,
        pending_text: Option<&str>,
        with: (&dyn Clock, &dyn Ids),
    ) -> anyhow::Result<()> {
        let config = self.config;
        let file = &config.keys_file;
        if store.schema().await? == SchemaState::Empty {
            self.admits_empty()?;
            self.put_aside()?;
            private_folder(&config.data_dir)?;
            if let Some(text) = pending_text {
                begin_keys(file, text)?;
            }
            store.migrate(crate::context::basics(with.0.now())).await?;
            record(config, store, with).await?;
        } else {
            if pending_text.is_some() && !pending(file).exists() {
                return Err(Misfit::NoKeys(file.clone()).into());
            }
            self.fits(store).await?;
            if self.opening != Opening::Look {
                record(config, store, with).await?;
                if store.schema().await? == SchemaState::Current {
                    let basics = crate::context::basics(with.0.now());
                    store.install(basics).await?;
                }
            }
        }
        if pending_text.is_some() && self.opening != Opening::Look {
            finish_keys(file)?;
        }
        Ok(())
    }

    /// An empty database: who may begin one here?
    fn admits_empty(&self) -> Result<(), Misfit> {
        let config = self.config;
        let Opening::Make { new_database } = self.opening else {
            return Err(Misfit::NoDatabase(shown(&config.database_url)));
        };
        let mut there: Vec<String> = [MARK]
            .iter()
            .chain(LEAVINGS)
            .filter(|name| is_filled(&config.data_dir.join(name)))
            .map(|name| (*name).to_owned())
            .collect();
        if config.keys_file.exists() {
            let name = config.keys_file.file_name().unwrap_or_default();
            there.insert(0, name.to_string_lossy().into_owned());
        }
        if there.is_empty() || new_database {
            Ok(())
        } else {
            Err(Misfit::OldFolder(config.data_dir.clone(), there.join(", ")))
        }
    }

    /// A filled database: are these its keys, and is this its folder?
    async fn fits(&self, store: &Store) -> anyhow::Result<()> {
        let config = self.config;
        let db = store.report_reader();
        let known = installation::known_keys(&db).await?;
        let lacks = lacking(&known, store.seal());
        if let Some(mark) = lacks.first() {
            let words = format!("it lacks the {} key {}", mark.kind, mark.id);
            return Err(Misfit::ForeignKeys(config.keys_file.clone(), words).into());
        }
        if known.is_empty() {
            let proofs = installation::prove(&db).await?;
            if let Some(trouble) = proofs.into_iter().find_map(|proof| proof.trouble) {
                return Err(Misfit::ForeignKeys(config.keys_file.clone(), trouble).into());
            }
        }
        let theirs = std::fs::read_to_string(config.data_dir.join(MARK)).ok();
        let ours = installation::id(&db).await?;
        match theirs {
            Some(theirs) if ours.as_deref() != Some(theirs.trim()) => {
                Err(Misfit::ForeignFolder(config.data_dir.clone()).into())
            }
            _ => Ok(()),
        }
    }

    /// Files of a database that was here before give way; nothing is deleted.
    fn put_aside(&self) -> anyhow::Result<()> {
        let folder = &self.config.data_dir;
        let there: Vec<&str> = [MARK]
            .into_iter()
            .chain(LEAVINGS.iter().copied())
            .filter(|name| folder.join(name).exists())
            .collect();
        if there.is_empty() {
            return Ok(());
        }
        let aside = (1..10_000)
            .map(|number| folder.join(format!("earlier-{number}")))
            .find(|aside| !aside.exists())
            .unwrap_or_else(|| folder.join("earlier"));
        private_folder(&aside)?;
        for name in there {
            std::fs::rename(folder.join(name), aside.join(name))
                .with_context(|| format!("{name} cannot be put aside"))?;
        }
        tracing::warn!(folder = %aside.display(), "files of the database before were put aside");
        Ok(())
    }
}

fn pending(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

/// Of two that begin at once one writes the keys; the other must take those, so it is told to try again.
fn begin_keys(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
        private_folder(folder)?;
    }
    let pending = pending(file);
    match keys::write_new(&pending, text) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let theirs = std::fs::read_to_string(&pending).unwrap_or_default();
            anyhow::ensure!(
                theirs == text,
                "another process begins this installation just now; try again"
            );
            Ok(())
        }
        other => other.with_context(|| format!("{} cannot be written", pending.display())),
    }
}

fn finish_keys(file: &Path) -> anyhow::Result<()> {
    let pending = pending(file);
    match std::fs::hard_link(&pending, file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        // Another process has finished it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.exists() => {}
        other => other.with_context(|| format!("{} cannot be made", file.display()))?,
    }
    std::fs::remove_file(&pending).ok();
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

/// A folder for its owner alone, when it has to be made.
pub(crate) fn private_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// A file, or a folder with something in it.
pub(crate) fn is_filled(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some())
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

/// The address without user name and password.
fn shown(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            format!("{}://…{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}

/// Takes the rights of group and others from a file or folder of ours; whether it had any.
///
/// # Errors
/// When it is there and cannot be changed.
pub fn tighten(path: &Path) -> std::io::Result<bool> {
    let meta = match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_symlink() => return Ok(false),
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // Six zeros at the end: nothing for group and others.
    let mode = meta.permissions().mode() & 0o7777;
    if mode.trailing_zeros() >= 6 {
        return Ok(false);
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))?;
    Ok(true)
}
