//! `minsheng database`: the roles of the database, made here or printed for an administrator.
//! Deliberately absent: what the roles may (`store::net`), how far they reach now (`crate::doctor`).
//! Where this program may make no roles, the printed text is run once in the cluster, then `minsheng migrate`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use store::net::{Guarded, Login, grants, script};

use super::looker;
use crate::config::Settings;

/// The roles of a PostgreSQL, apart for migrating, serving and reporting
#[derive(Debug, Args)]
pub struct Database {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make the roles and give them their rights, as far as the configured login may; or print what an administrator runs
    Roles(Roles),
}

#[derive(Debug, Args)]
struct Roles {
    /// Print the SQL and change nothing
    #[arg(long)]
    print: bool,
    /// The login that owns the tables (`database.owner-url`), with --print
    #[arg(long, value_name = "LOGIN", requires = "print")]
    owner: Option<String>,
    /// The login that serves (`database.url`), with --print
    #[arg(long, value_name = "LOGIN", requires = "print")]
    serve: Option<String>,
    /// A login that reads what reports are made of, with --print
    #[arg(long, value_name = "LOGIN", requires = "print")]
    report: Option<String>,
}

impl Database {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Roles(roles) = self.act;
        if roles.print {
            print(&roles);
            return Ok(ExitCode::SUCCESS);
        }
        let ctx = looker(&settings).await?;
        let store = ctx.services.store();
        let guarded = store.guard().await?;
        println!("{}", words(guarded));
        store.close().await?;
        Ok(match guarded {
            Guarded::NoRoles | Guarded::Ready => ExitCode::SUCCESS,
            Guarded::RolesMissing | Guarded::NotOwner => ExitCode::FAILURE,
        })
    }
}

fn print(roles: &Roles) {
    print!("{}", script());
    let logins = [
        (Login::Owner, &roles.owner),
        (Login::Serve, &roles.serve),
        (Login::Report, &roles.report),
    ];
    for (login, name) in logins {
        if let Some(name) = name {
            println!("{}", grants(login, name));
        }
    }
}

/// What became of the roles, and what to do.
pub(super) fn words(guarded: Guarded) -> &'static str {
    match guarded {
        Guarded::NoRoles => "SQLite has no roles",
        Guarded::Ready => "roles, rights and policies of the database are there",
        Guarded::RolesMissing => {
            "the roles of the database are not there and may not be made by this login; have an administrator run what `minsheng database roles --print` prints, then run: minsheng migrate"
        }
        Guarded::NotOwner => {
            "this login does not own the tables; name the owner in database.owner-url and run: minsheng migrate"
        }
    }
}
