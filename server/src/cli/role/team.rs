//! `minsheng team`: teams of units and who belongs to them, by the owner of the machine.
//! Deliberately absent: the rules about them (`services::users::teams`), giving posts that reach as far as a team (`role give --scope team`).
//! A team is named by its id, which `team list` and `team make` print.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use services::Ctx;
use services::users::teams;
use shared::account::teams::{JoinTeam, MakeTeam};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TeamId;

use super::{day, last_day};
use crate::cli::{looker, owner, said};
use crate::config::Settings;

/// Make teams of a unit, take people in and let them go
#[derive(Debug, Args)]
pub struct Team {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every team: id, unit, name, how many people, who leads it
    List,
    /// Show who belongs or belonged to a team: number, sign-in name, name, whether now, whether as its leader, from and until
    Show {
        /// The team's id
        #[arg(value_parser = id)]
        team: TeamId,
    },
    /// Make a team; prints its id
    Make {
        /// Code of the unit
        unit: String,
        /// What it is called
        #[arg(long)]
        name: String,
    },
    /// Rename a team
    Rename {
        /// The team's id
        #[arg(value_parser = id)]
        team: TeamId,
        /// What it is called from now on
        #[arg(long)]
        name: String,
    },
    /// End a team: nobody belongs to it any more
    End {
        /// The team's id
        #[arg(value_parser = id)]
        team: TeamId,
    },
    /// Take somebody in; prints the number among the team's people
    Join(Join),
    /// Let somebody go
    Leave {
        /// The team's id
        #[arg(value_parser = id)]
        team: TeamId,
        /// The number among its people
        no: i32,
    },
}

#[derive(Debug, Args)]
struct Join {
    /// The team's id
    #[arg(value_parser = id)]
    team: TeamId,
    /// Sign-in name
    username: String,
    /// Leads the team
    #[arg(long)]
    leads: bool,
    /// The first day, such as 2026-03-02
    #[arg(long, value_parser = day)]
    from: Option<Instant>,
    /// The last day
    #[arg(long, value_parser = last_day)]
    until: Option<Instant>,
}

impl Team {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = match self.act {
            Act::List | Act::Show { .. } => looker(&settings).await?,
            _ => owner(&settings).await?,
        };
        let done = match self.act {
            Act::List => list(&ctx).await,
            Act::Show { team } => show(&ctx, team).await,
            Act::Make { unit, name } => teams::make(&ctx, MakeTeam { unit, name })
                .await
                .map(|id| println!("{id}")),
            Act::Rename { team, name } => rename(&ctx, team, &name).await,
            Act::End { team } => end(&ctx, team).await,
            Act::Join(join) => {
                let team = join.team;
                let joined = teams::join(&ctx, team, join.into()).await;
                joined.map(|no| println!("{no}"))
            }
            Act::Leave { team, no } => teams::leave(&ctx, team, no).await,
        };
        done.map_err(|fault| said(&fault))?;
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(ctx: &Ctx) -> Result<(), Fault> {
    let mut cursor = None;
    loop {
        let page = teams::page(ctx, cursor.as_deref()).await?;
        for row in page.items {
            let (id, unit, name, members) = (row.id, row.unit, row.name, row.members);
            println!("{id}\t{unit}\t{name}\t{members}\t{}", row.leads.join(" "));
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

async fn show(ctx: &Ctx, team: TeamId) -> Result<(), Fault> {
    let yes = |is: bool| if is { "yes" } else { "no" };
    for member in teams::one(ctx, team).await?.members {
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            member.no,
            member.username,
            member.name,
            yes(member.now),
            yes(member.leads),
            member.from.rfc3339(),
            member.until.map(Instant::rfc3339).unwrap_or_default()
        );
    }
    Ok(())
}

async fn rename(ctx: &Ctx, team: TeamId, name: &str) -> Result<(), Fault> {
    let version = teams::one(ctx, team).await?.row.version;
    teams::rename(ctx, team, name, version).await
}

async fn end(ctx: &Ctx, team: TeamId) -> Result<(), Fault> {
    let version = teams::one(ctx, team).await?.row.version;
    teams::end(ctx, team, version).await
}

impl From<Join> for JoinTeam {
    fn from(it: Join) -> Self {
        Self {
            username: it.username,
            leads: it.leads,
            from: it.from,
            until: it.until,
        }
    }
}

fn id(word: &str) -> Result<TeamId, String> {
    word.parse()
        .map_err(|_| "the id of a team, as `team list` prints it".to_owned())
}
