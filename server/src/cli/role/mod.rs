//! `minsheng role`: roles of the installation and the posts of people, by the owner of the machine.
//! Deliberately absent: the rules about them (`services::users`).
//! What a role gives is written `permission:scope`, with blanks between, as everywhere.

mod team;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use services::Ctx;
use services::users::readers::{self, LookAt};
use services::users::{self, rights, roles};
use shared::access::{Condition, Grants, Role as Shipped, RoleCode, ScopeKind, Sight};
use shared::account::posts::{ComposeRole, GivePost, PostView, RoleRow};
use shared::calendar::{self, Instant};
use shared::fault::Fault;

use super::{looker, owner, said};
use crate::config::Settings;
pub use team::Team;

/// Look at roles and compose them, give posts and take them back
#[derive(Debug, Args)]
pub struct Role {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every role: code, name, where it comes from, how many posts it has
    List,
    /// Show what a role gives
    Show {
        /// The role's code
        #[arg(value_parser = code)]
        code: RoleCode,
    },
    /// Copy a role; the copy can be changed
    Copy {
        /// The role's code
        #[arg(value_parser = code)]
        from: RoleCode,
        /// The code of the copy
        #[arg(value_parser = code)]
        to: RoleCode,
        /// What the copy is called
        #[arg(long)]
        name: String,
    },
    /// Compose a role
    Make(Composed),
    /// Change a role of the office
    Change(Composed),
    /// Stop a role of the office: its posts sleep
    Stop {
        /// The role's code
        #[arg(value_parser = code)]
        code: RoleCode,
    },
    /// Let a stopped role go on
    Resume {
        /// The role's code
        #[arg(value_parser = code)]
        code: RoleCode,
    },
    /// Show the posts of an account, with the state of each
    Posts {
        /// Sign-in name
        username: String,
    },
    /// Give a post
    Give(Give),
    /// Take a post back
    End {
        /// Sign-in name
        username: String,
        /// The post's number
        no: i32,
        /// Why
        #[arg(long)]
        why: Option<String>,
    },
    /// Show what an account can really see and do: permission, whether it may, and through which posts; then how personal fields are shown
    Rights {
        /// Sign-in name
        username: String,
    },
    /// Show who can see a ticket: sign-in name, name, unit, whether now, through which posts, and what keeps out
    Readers {
        /// The ticket's number
        ticket_no: String,
    },
}

#[derive(Debug, Args)]
struct Composed {
    /// The role's code: 2 to 40 of a-z 0-9 _
    #[arg(value_parser = code)]
    code: RoleCode,
    /// What it is called in Chinese
    #[arg(long)]
    name: String,
    /// What it is called in English
    #[arg(long, default_value = "")]
    name_en: String,
    /// A shipped role whose tasks its holders do; may be repeated
    #[arg(long = "tasks-of", value_name = "ROLE", value_parser = shipped)]
    tasks: Vec<Shipped>,
    /// A permission with its scope, such as `ticket.view:city`; may be repeated
    #[arg(long = "may", value_name = "PERMISSION:SCOPE", value_parser = grant, required = true)]
    grants: Vec<String>,
    /// How a class of personal field is shown, such as `phone:closed:hidden`; may be repeated, without it as it is
    #[arg(long = "shows", value_name = "FIELD:PHASE:SHOWN", value_parser = shown)]
    shows: Vec<String>,
}

#[derive(Debug, Args)]
struct Give {
    /// Sign-in name
    username: String,
    /// The role's code
    #[arg(value_parser = code)]
    role: RoleCode,
    /// Code of the unit; without it that of the account
    #[arg(long)]
    unit: Option<String>,
    /// No permission of the role reaches farther: own, unit, `unit_tree`, city or province
    #[arg(long, value_parser = scope)]
    scope: Option<ScopeKind>,
    /// The day on which it begins, such as 2026-03-02
    #[arg(long, value_parser = day)]
    from: Option<Instant>,
    /// The last day on which it holds
    #[arg(long, value_parser = last_day)]
    until: Option<Instant>,
    /// It sleeps while the account has no second factor
    #[arg(long, conflicts_with = "certificate")]
    factor: bool,
    /// It sleeps when this certificate has run out
    #[arg(long, requires = "certificate_until")]
    certificate: Option<String>,
    /// The last day of the certificate
    #[arg(long, value_parser = last_day)]
    certificate_until: Option<Instant>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

impl Role {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = match self.act {
            Act::List
            | Act::Show { .. }
            | Act::Posts { .. }
            | Act::Rights { .. }
            | Act::Readers { .. } => looker(&settings).await?,
            _ => owner(&settings).await?,
        };
        let done = match self.act {
            Act::List => list(&ctx).await,
            Act::Show { code } => roles::one(&ctx, &code).await.map(|row| show(&row)),
            Act::Copy { from, to, name } => roles::copy(&ctx, &from, to, &name).await,
            Act::Make(role) => roles::compose(&ctx, role.into()).await,
            Act::Change(role) => change(&ctx, role.into()).await,
            Act::Stop { code } => stop(&ctx, code, true).await,
            Act::Resume { code } => stop(&ctx, code, false).await,
            Act::Posts { username } => rights::posts(&ctx, &username)
                .await
                .map(|person| person.posts.iter().for_each(print)),
            Act::Give(give) => {
                let (username, post) = give.split();
                let given = users::give_post(&ctx, &username, post).await;
                given.map(|given| match given {
                    users::Given::Now(no) => println!("{no}"),
                    users::Given::Asked(id) => println!("{id}"),
                })
            }
            Act::End { username, no, why } => {
                users::end_post(&ctx, &username, no, why.as_deref()).await
            }
            Act::Rights { username } => may(&ctx, &username).await,
            Act::Readers { ticket_no } => see(&ctx, ticket_no).await,
        };
        done.map_err(|fault| said(&fault))?;
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(ctx: &Ctx) -> Result<(), Fault> {
    for row in roles::list(ctx).await? {
        let (spec, posts) = (row.spec, row.posts);
        let stopped = if spec.stopped { "stopped" } else { "" };
        let (code, name, origin) = (spec.code, spec.name, spec.origin);
        println!("{code}\t{name}\t{origin}\t{posts}\t{stopped}");
    }
    Ok(())
}

fn show(row: &RoleRow) {
    let spec = &row.spec;
    let tasks: Vec<&str> = spec.tasks.iter().map(|role| role.as_str()).collect();
    println!("{}\t{}\t{}", spec.code, spec.name, spec.name_en);
    println!("tasks of\t{}", tasks.join(" "));
    for (permission, scope) in spec.grants.iter() {
        println!("{permission}\t{scope}");
    }
    if !spec.sight.is_usual() {
        println!("shows\t{}", spec.sight.text());
    }
}

async fn change(ctx: &Ctx, role: ComposeRole) -> Result<(), Fault> {
    let version = roles::one(ctx, &role.code).await?.spec.version;
    roles::change(ctx, role, version).await
}

async fn stop(ctx: &Ctx, code: RoleCode, stopped: bool) -> Result<(), Fault> {
    let version = roles::one(ctx, &code).await?.spec.version;
    roles::stop(ctx, code, version, stopped).await
}

fn print(post: &PostView) {
    let at = |at: Option<Instant>| at.map_or_else(String::new, Instant::rfc3339);
    let scope = post.scope.map_or("", ScopeKind::as_str);
    println!(
        "{}\t{}\t{}\t{scope}\t{}\t{}\t{}",
        post.no,
        post.role,
        post.unit,
        post.state,
        post.from.rfc3339(),
        at(post.until)
    );
}

async fn may(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    let rights = rights::of(ctx, username).await?;
    if let Some(barred) = rights.barred {
        println!("barred\t{barred}");
    }
    for right in rights.rights {
        let ways: Vec<String> = right
            .ways
            .iter()
            .map(|way| format!("{}:{}:{}", way.no, way.scope, way.state))
            .collect();
        let may = if right.may { "yes" } else { "no" };
        println!("{}\t{may}\t{}", right.permission, ways.join(" "));
    }
    for field in rights.fields {
        let ways: Vec<String> = field
            .ways
            .iter()
            .map(|way| format!("{}:{}:{}:{}", way.no, way.open, way.closed, way.state))
            .collect();
        println!("{}\t{}", field.field, ways.join(" "));
    }
    Ok(())
}

async fn see(ctx: &Ctx, ticket_no: String) -> Result<(), Fault> {
    let mut look = LookAt {
        limit: readers::MOST,
        ..LookAt::first(ticket_no)
    };
    loop {
        let page = readers::page(ctx, look.clone()).await?;
        for reader in page.items {
            let ways: Vec<String> = reader
                .ways
                .iter()
                .map(|way| format!("{}:{}:{}", way.no, way.scope, way.state))
                .collect();
            let rules: Vec<&str> = reader.kept_out.iter().map(|rule| rule.as_str()).collect();
            let sees = if reader.sees { "yes" } else { "no" };
            let (username, name, unit) = (reader.username, reader.name, reader.unit_name);
            println!(
                "{username}\t{name}\t{unit}\t{sees}\t{}\t{}",
                ways.join(" "),
                rules.join(" ")
            );
        }
        if page.next_cursor.is_none() {
            return Ok(());
        }
        look.cursor = page.next_cursor;
    }
}

impl From<Composed> for ComposeRole {
    fn from(it: Composed) -> Self {
        Self {
            code: it.code,
            name: it.name,
            name_en: it.name_en,
            tasks: it.tasks,
            grants: Grants::read(&it.grants.join(" ")),
            sight: (!it.shows.is_empty()).then(|| Sight::read(&it.shows.join(" "))),
        }
    }
}

impl Give {
    fn split(self) -> (String, GivePost) {
        let condition = match (self.factor, &self.certificate) {
            (true, _) => Condition::Factor,
            (false, Some(_)) => Condition::Certificate,
            (false, None) => Condition::None,
        };
        let post = GivePost {
            role: self.role,
            unit: self.unit,
            scope: self.scope,
            from: self.from,
            until: self.until,
            condition: Some(condition),
            certificate: self.certificate,
            certificate_until: self.certificate_until,
            reason: self.reason,
        };
        (self.username, post)
    }
}

fn grant(word: &str) -> Result<String, String> {
    if Grants::read(word).is_empty() {
        Err("a permission and a scope, such as ticket.view:city".to_owned())
    } else {
        Ok(word.to_owned())
    }
}

fn shown(word: &str) -> Result<String, String> {
    match Sight::parse(word) {
        Ok(_) => Ok(word.to_owned()),
        Err(_) => Err("a field, open or closed, and hidden, masked or clear, such as phone:closed:hidden; words are never hidden".to_owned()),
    }
}

fn code(word: &str) -> Result<RoleCode, String> {
    RoleCode::parse(word).ok_or_else(|| "2 to 40 of a-z 0-9 _, beginning with a letter".to_owned())
}

fn shipped(word: &str) -> Result<Shipped, String> {
    Shipped::parse(word).ok_or_else(|| {
        let all: Vec<_> = Shipped::ALL.iter().map(|role| role.as_str()).collect();
        format!("shipped roles are {}", all.join(", "))
    })
}

fn scope(word: &str) -> Result<ScopeKind, String> {
    ScopeKind::parse(word).ok_or_else(|| {
        let all: Vec<_> = ScopeKind::ALL.iter().map(|scope| scope.as_str()).collect();
        format!("scopes are {}", all.join(", "))
    })
}

fn day(text: &str) -> Result<Instant, String> {
    calendar::day(text)
        .map(calendar::day_start)
        .ok_or_else(|| "a day, such as 2026-03-02".to_owned())
}

/// The end of a day, which is the beginning of the next.
fn last_day(text: &str) -> Result<Instant, String> {
    let day = calendar::day(text).and_then(|day| day.succ_opt());
    day.map(calendar::day_start)
        .ok_or_else(|| "a day, such as 2026-03-02".to_owned())
}
