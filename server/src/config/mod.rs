//! The configuration: `Leptos.toml`, over it the environment. Each key is one row of `keys`.
//! Deliberately absent: defaults hidden elsewhere, and keys that are silently ignored.
//! Read next: `keys` for what there is, `source` for where values come from.

mod keys;
mod partners;
mod platforms;
mod source;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use leptos::config::{Env, LeptosOptions};

pub use keys::{KEYS, Key};
pub use partners::Partner;
pub use platforms::LinkedPlatform;
pub use source::{ConfigError, Source, load};

/// Everything that can be set, after defaults, file and environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Keys that Leptos itself knows.
    pub site: Site,
    /// `sqlite:///absolute/path` or `postgres://…`; empty until `load` fills it in.
    pub database_url: String,
    /// As whom commands sign in that need the owner of the tables, on PostgreSQL; empty where `database_url` says it.
    pub owner_url: String,
    /// Folder of keys, uploads and the default SQLite file.
    pub data_dir: PathBuf,
    /// Days that delivered messages stay in the data folder; 0 keeps them.
    pub message_days: u32,
    /// Who looks at files for viruses.
    pub scanner: Option<services::files::Scanner>,
    /// The bucket that keeps files instead of the data folder.
    pub bucket: Option<String>,
    /// The bucket that keeps the analytic copy instead of the data folder.
    pub copy_bucket: Option<String>,
    /// Folders in which the print looks for fonts, before `fonts` in the data folder and the system's.
    pub print_fonts: Vec<PathBuf>,
    /// The ways out for notifications.
    pub notifications: Notifications,
    /// Where signed positions of the audit go as well.
    pub audit: SecondPlace,
    /// Who vouches for people beside their passwords.
    pub provider: IdentityProvider,
    /// Whose algorithms seal, and who unwraps the key file.
    pub crypto: services::CryptoConfig,
    /// How requests are taken.
    pub web: Web,
    /// How often somebody may try.
    pub limits: services::tries::Limits,
    /// How the log looks.
    pub log: Log,
    /// The file of the partners.
    pub partners_file: Option<PathBuf>,
    /// Partners whose programs may call, as that file has them.
    pub partners: Vec<Partner>,
    /// The file of the linked platforms.
    pub platforms_file: Option<PathBuf>,
    /// Platforms that hear of our accounts, as that file has them.
    pub platforms: Vec<LinkedPlatform>,
    /// Said on the command line, never configured: a new database may be begun beside keys and files of another one.
    pub new_database: bool,
}

/// Gateways for notifications; without them they are files in the data folder.
#[derive(Clone, Default)]
pub struct Notifications {
    /// Address of the text message service.
    pub sms_url: String,
    /// The name of the key that it gave out.
    pub sms_key: String,
    /// The key.
    pub sms_secret: Option<String>,
    /// Address of the service that connects calls.
    pub call_url: String,
    /// The name of the key that it gave out.
    pub call_key: String,
    /// The key.
    pub call_secret: Option<String>,
    /// The mail server.
    pub mail_url: String,
    /// Who mails come from.
    pub mail_from: String,
    /// Where mails that come in lie.
    pub mails_in: Option<PathBuf>,
    /// When nothing goes out but what is urgent.
    pub quiet: Option<services::gateway::Quiet>,
    /// Notifications of a day beside urgent ones; 0 for any number.
    pub per_day: u32,
}

/// Where signed positions of the audit go beside the data folder.
#[derive(Clone, Default)]
pub struct SecondPlace {
    /// A folder on another disk.
    pub folder: Option<PathBuf>,
    /// Address of another host that keeps them.
    pub url: String,
    /// The name of the key that it gave out.
    pub key: String,
    /// The key.
    pub secret: Option<String>,
}

impl std::fmt::Debug for SecondPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondPlace")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Notifications {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notifications")
            .field("quiet", &self.quiet)
            .field("per_day", &self.per_day)
            .finish_non_exhaustive()
    }
}

/// The identity provider by which people may sign in; nobody where the issuer is empty.
#[derive(Debug, Clone, Default)]
pub struct IdentityProvider {
    /// Its name, an address.
    pub issuer: String,
    /// What it calls this installation.
    pub client_id: String,
    /// The file that holds what it gave out for that.
    pub secret_file: Option<PathBuf>,
    /// Words of `amr` and `acr` that stand for a second factor.
    pub factors: Vec<String>,
}

/// The keys of the first section, `[[workspace.metadata.leptos]]`.
#[derive(Debug, Clone)]
pub struct Site {
    /// Base name of the browser files.
    pub output_name: String,
    /// Folder of the static files.
    pub root: String,
    /// Folder of the browser files inside it.
    pub pkg_dir: String,
    /// Whether the browser files carry a hash in their names.
    pub hash_files: bool,
    /// Whether Leptos adds its development helpers.
    pub env: Env,
    /// Address and port to listen on.
    pub addr: SocketAddr,
}

/// How requests are taken.
#[derive(Debug, Clone)]
pub struct Web {
    /// Connections at the same time; further ones wait.
    pub max_connections: usize,
    /// Time for the head of a request.
    pub header_timeout: Duration,
    /// How long a connection may be quiet between two requests.
    pub idle_timeout: Duration,
    /// Time for a page or a REST answer.
    pub request_timeout: Duration,
    /// Time for an upload, a form with photos or an export to begin.
    pub long_timeout: Duration,
    /// Time that running requests get after SIGTERM.
    pub drain: Duration,
    /// Largest body of a form without files and of a REST call, in bytes.
    pub body_limit: usize,
    /// Largest body of a form with photos, in bytes.
    pub upload_limit: usize,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections, or requests behind a proxy, that one address may have open.
    pub connections_per_address: usize,
    /// Networks of offices, where many people share an address.
    pub office_networks: Vec<ipnet::IpNet>,
    /// The same for each address of an office.
    pub office_connections: usize,
    /// The least bytes a second that a body brings or an answer is taken with.
    pub bytes_per_second: u32,
    /// After so much waiting the pace is judged.
    pub pace_time: Duration,
    /// Memory for the bodies of all requests together, in bytes.
    pub bodies: usize,
    /// Networks that may read `/metrics` and what readiness consists of, besides this machine.
    pub metrics_networks: Vec<ipnet::IpNet>,
    /// Whoever shows this token may as well.
    pub metrics_token: Option<String>,
    /// How people reach the product, for links in messages; empty: the address listened on.
    pub public_url: String,
}

impl Web {
    /// The least pace of either direction.
    pub fn least(&self) -> crate::web::Least {
        crate::web::Least {
            stretch: self.pace_time,
            bytes: u64::from(self.bytes_per_second).saturating_mul(self.pace_time.as_secs()),
        }
    }
}

/// How the log looks.
#[derive(Debug, Clone)]
pub struct Log {
    /// One JSON object a line, else text for people.
    pub json: bool,
    /// `info`, or directives such as `info,sqlx=warn`.
    pub level: String,
    /// From how many milliseconds on a call is told as slow; 0 tells none.
    pub slow_ms: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site: Site {
                output_name: "minsheng".into(),
                root: "target/site".into(),
                pkg_dir: "pkg".into(),
                hash_files: true,
                env: Env::PROD,
                addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            },
            database_url: String::new(),
            owner_url: String::new(),
            data_dir: PathBuf::new(),
            message_days: services::context::MESSAGE_DAYS,
            scanner: None,
            bucket: None,
            copy_bucket: None,
            print_fonts: Vec::new(),
            notifications: Notifications::default(),
            audit: SecondPlace::default(),
            provider: IdentityProvider::default(),
            crypto: services::CryptoConfig::default(),
            web: Web {
                max_connections: 2048,
                header_timeout: Duration::from_secs(10),
                idle_timeout: Duration::from_secs(75),
                request_timeout: Duration::from_secs(30),
                long_timeout: Duration::from_mins(5),
                drain: Duration::from_secs(10),
                body_limit: 256 << 10,
                upload_limit: 100 << 20,
                trusted_proxies: vec![
                    IpAddr::from([127, 0, 0, 1]),
                    IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
                ],
                connections_per_address: 100,
                office_networks: Vec::new(),
                office_connections: 1000,
                bytes_per_second: 500,
                pace_time: Duration::from_secs(15),
                bodies: 64 << 20,
                metrics_networks: Vec::new(),
                metrics_token: None,
                public_url: String::new(),
            },
            limits: services::tries::Limits::default(),
            log: Log {
                json: false,
                level: "info".into(),
                slow_ms: services::spans::SLOW_MS,
            },
            partners_file: None,
            partners: Vec::new(),
            platforms_file: None,
            platforms: Vec::new(),
            new_database: false,
        }
    }
}

impl Settings {
    /// What Leptos gets. Hashed names are used only where the build left `hash.txt` beside the
    /// binary: Leptos would panic on the first page without it.
    pub fn leptos(&self) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name(self.site.output_name.clone())
            .site_root(self.site.root.clone())
            .site_pkg_dir(self.site.pkg_dir.clone())
            .site_addr(self.site.addr)
            .env(self.site.env.clone())
            .hash_files(self.site.hash_files && hash_file().is_some_and(|file| file.is_file()))
            .build()
    }

    /// How people reach the product: the configured address, else the one listened on.
    pub fn public_url(&self) -> String {
        if self.web.public_url.is_empty() {
            format!("http://{}", self.site.addr)
        } else {
            self.web.public_url.clone()
        }
    }

    /// The same for what changes, copies or fills the schema, as the owner of the tables.
    #[must_use]
    pub fn as_owner(mut self) -> Self {
        if !self.owner_url.is_empty() {
            self.database_url.clone_from(&self.owner_url);
        }
        self
    }

    /// The database address without user name and password, for logs and messages.
    pub fn database_shown(&self) -> String {
        source::without_secret(&self.database_url)
    }
}

/// `hash.txt`, where cargo-leptos writes the names of the hashed browser files: beside the binary.
pub fn hash_file() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join("hash.txt"))
}
