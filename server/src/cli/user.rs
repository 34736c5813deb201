//! `minsheng user`: accounts, by the owner of the machine.
//! Deliberately absent: the rules about names, passwords and roles (`services::users`).
//! A password is read from standard input, never from the command line, where others could see it.

use std::{
    io::{BufRead, IsTerminal},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use services::Ctx;
use services::sessions::provider;
use services::users::{self, Create, SetPassword};
use shared::access::{Role, RoleCode};
use shared::fault::Fault;

use super::{life, looker, owner, said};
use crate::config::Settings;

/// Make accounts, set passwords, give shipped roles
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make an account; the password is read from standard input
    Create {
        /// Sign-in name: 3 to 40 of a-z 0-9 . _ -
        username: String,
        /// Display name
        #[arg(long)]
        name: String,
        /// Code of the unit the person works in
        #[arg(long)]
        unit: String,
        /// Role to grant; may be repeated
        #[arg(long = "role", value_name = "ROLE", value_parser = role)]
        roles: Vec<Role>,
        /// The password is the person's own already: it need not be changed at the first sign-in
        #[arg(long)]
        own_password: bool,
    },
    /// Make a link by which somebody sets a new password, once within a day
    Reset {
        /// Sign-in name
        username: String,
    },
    /// Remove the second factor of an account; all its sessions end
    Factor {
        /// Sign-in name
        username: String,
    },
    /// Show the identities of a provider that sign in to an account
    Identities {
        /// Sign-in name
        username: String,
    },
    /// Link an identity of the configured provider to an account
    Link {
        /// Sign-in name
        username: String,
        /// What the provider calls the person (`sub`)
        subject: String,
    },
    /// Take the identities of an account away; the sessions that they opened end
    Unlink {
        /// Sign-in name
        username: String,
    },
    /// Show the sessions of an account that have not ended
    Sessions {
        /// Sign-in name
        username: String,
    },
    /// End all sessions of an account
    End {
        /// Sign-in name
        username: String,
    },
    /// Set the password of an account, to be changed at the next sign-in; it is read from standard input, and all its sessions end
    Password {
        /// Sign-in name
        username: String,
    },
    /// Make the accounts of a table of people (CSV or XLSX), with their roles; prints a link for each
    Import {
        /// The file, with heads: user name, name, unit, roles, until
        file: std::path::PathBuf,
        /// Only say what would come of it
        #[arg(long)]
        check: bool,
    },
    /// Show what is asked for about accounts
    Requests {
        /// Those that have ended
        #[arg(long)]
        ended: bool,
    },
    /// Take the next step of a request, or refuse it
    Decide {
        /// Its id
        id: shared::ids::AccountRequestId,
        /// Refuse, for this reason
        #[arg(long, value_name = "WORDS")]
        refuse: Option<String>,
    },
    /// Freeze an account at once
    Freeze {
        /// Sign-in name
        username: String,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Show all accounts: name, unit, roles, whether active
    List,
    /// Give a shipped role at the own unit, without end (`role give` says more)
    Grant {
        /// Sign-in name
        username: String,
        /// Role, such as agent or dispatcher
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Take back every post of a shipped role
    Revoke {
        /// Sign-in name
        username: String,
        /// Role, such as agent or dispatcher
        #[arg(value_parser = role)]
        role: Role,
    },
}

impl User {
    /// Runs the subcommand.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        // Asked before the database is opened, so that nothing is held while somebody types.
        let password = match self.act {
            Act::Create { .. } | Act::Password { .. } => read_password()?,
            _ => String::new(),
        };
        let ctx = match self.act {
            Act::List | Act::Identities { .. } | Act::Sessions { .. } | Act::Requests { .. } => {
                looker(&settings).await?
            }
            _ => owner(&settings).await?,
        };
        let done = match self.act {
            Act::Create {
                username,
                name,
                unit,
                roles,
                own_password,
            } => users::create(
                &ctx,
                Create {
                    username,
                    name,
                    unit,
                    password,
                    given: !own_password,
                    roles,
                },
            )
            .await
            .map(drop),
            Act::Password { username } => {
                let command = SetPassword {
                    username: Some(username),
                    current: None,
                    password,
                };
                users::set_password(&ctx, command).await
            }
            Act::Reset { username } => reset(&ctx, &username).await,
            Act::Factor { username } => services::sessions::factor::reset_of(&ctx, &username).await,
            Act::Identities { username } => identities(&ctx, &username).await,
            Act::Link { username, subject } => provider::link_of(&ctx, &username, &subject).await,
            Act::Unlink { username } => provider::unlink_of(&ctx, &username).await,
            Act::Sessions { username } => sessions(&ctx, &username).await,
            Act::End { username } => services::sessions::end_all_of(&ctx, &username)
                .await
                .map(|ended| println!("ended {ended}")),
            Act::Grant { username, role } => users::grant_role(&ctx, &username, role).await,
            Act::Revoke { username, role } => users::revoke_role(&ctx, &username, role).await,
            Act::Import { file, check } => return life::import(&ctx, &file, check).await,
            Act::Requests { ended } => life::requests(&ctx, ended).await,
            Act::Decide { id, refuse } => life::decide(&ctx, id, refuse).await,
            Act::Freeze { username, reason } => life::freeze(&ctx, &username, reason).await,
            Act::List => list(&ctx).await,
        };
        done.map_err(|fault| said(&fault))?;
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The link goes to standard output alone, so that it can be handed on.
async fn reset(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    let made = users::make_reset(ctx, username).await?;
    println!("{}", made.link);
    eprintln!("good until {}, for one use", made.expires_at.rfc3339());
    Ok(())
}

async fn list(ctx: &Ctx) -> Result<(), Fault> {
    for user in users::list(ctx).await? {
        let roles: Vec<_> = user.roles.iter().map(RoleCode::as_str).collect();
        let state = user.state;
        let (roles, unit) = (roles.join(","), user.unit);
        println!("{}\t{}\t{unit}\t{roles}\t{state}", user.username, user.name);
    }
    Ok(())
}

async fn identities(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    for identity in provider::of(ctx, username).await? {
        let linked = identity.linked_at.rfc3339();
        let used = identity.used_at;
        let used = used.map_or_else(String::new, shared::calendar::Instant::rfc3339);
        let (issuer, subject) = (identity.issuer, identity.subject);
        println!("{issuer}\t{subject}\t{linked}\t{used}");
    }
    Ok(())
}

async fn sessions(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    for session in users::sheet(ctx, username).await?.sessions {
        let (began, used) = (session.signed_in_at, session.used_at);
        let (began, used) = (began.rfc3339(), used.rfc3339());
        let (device, address) = (session.device, session.address);
        println!("{}\t{device}\t{address}\t{began}\t{used}", session.id);
    }
    Ok(())
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| {
        let all: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("roles are {}", all.join(", "))
    })
}

/// A terminal that does not show what is typed, until this is dropped.
struct Silence(rustix::termios::Termios);

impl Silence {
    /// Nothing when standard input is no terminal, or one that cannot be silenced.
    fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let usual = tcgetattr(std::io::stdin()).ok()?;
        let mut silent = usual.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(std::io::stdin(), OptionalActions::Flush, &silent).ok()?;
        Some(Self(usual))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        // A terminal that cannot be set back has gone, and its user with it.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &self.0);
        eprintln!();
    }
}

fn read_password() -> anyhow::Result<String> {
    let input = std::io::stdin();
    let silence = input.is_terminal().then(Silence::begin).flatten();
    if input.is_terminal() {
        let shown = if silence.is_some() {
            "it is not shown"
        } else {
            "it will be shown; pipe it in to avoid that"
        };
        eprintln!("password ({shown}):");
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    drop(silence);
    read.context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("no password on standard input");
    }
    Ok(password)
}
