//! Makes the demo's units and accounts once, and writes the accounts with their passwords to a file of mode 0600.
//! Not here: which units and posts there are (`organisation`, `people`).
//! A second run leaves accounts alone and only says where the file is; passwords are never drawn from the seed.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use shared::ids::UserId;
use store::users::User;

use super::organisation;
use super::people::{self, Post};
use crate::context::{Ctx, Ids};
use crate::fault::Failure;

/// A line of the accounts file.
#[derive(Serialize)]
struct Account {
    username: String,
    password: String,
    role: &'static str,
    unit: String,
}

/// Writes units that are missing and makes the accounts of those who have none; how many accounts were made.
pub(super) async fn prepare(ctx: &Ctx, seed: u64, file: &Path) -> Result<usize, Failure> {
    let services = &ctx.services;
    let divisions = services
        .reference()
        .await?
        .divisions
        .iter()
        .map(|(code, division)| (code.clone(), division.clone()))
        .collect();
    let units = organisation::units(&divisions);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                for unit in &units {
                    store::units::put(tx, unit).await?;
                }
                Ok(())
            })
        })
        .await?;
    services.bust_reference().await;
    let (users, made) = accounts(ctx, seed).await?;
    let kept = services.config().data_dir.join("accounts.json");
    if made.is_empty() {
        if !file.exists() && kept.exists() {
            let text = std::fs::read(&kept).context("the accounts file")?;
            place(file, &text, || std::future::ready(Ok(()))).await?;
        }
        return Ok(0);
    }
    let text = serde_json::to_vec_pretty(&made).context("accounts")?;
    if let Some(taken) = [file, &kept].into_iter().find(|place| place.exists()) {
        // It holds the passwords of another database's people, or of people who were removed: nobody can make it again.
        return Err(Failure::Broken(anyhow::anyhow!(
            "{} is there already and is not replaced",
            taken.display()
        )));
    }
    // Passwords are on the disk before the accounts exist, and get their name when they do.
    place(file, &text, || insert(ctx, users)).await?;
    if kept != file {
        place(&kept, &text, || std::future::ready(Ok(()))).await?;
    }
    Ok(made.len())
}

/// Who is not there yet, as records and as lines of the file.
async fn accounts(ctx: &Ctx, seed: u64) -> Result<(Vec<User>, Vec<Account>), Failure> {
    let services = &ctx.services;
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x5eed_0000);
    let mut made = Vec::new();
    let mut users = Vec::new();
    for post in people::posts() {
        let name = people::name(&mut rng);
        if store::users::find_by_name(&services.store().reader(), &post.username)
            .await?
            .is_some()
        {
            continue;
        }
        let password = password(services.ids());
        let mut salt = [0_u8; 16];
        services.ids().fill(&mut salt);
        let hash = services.gates().hasher.hash(&password, salt).await?;
        users.push(user(ctx, &post, name, hash));
        made.push(Account {
            username: post.username,
            password,
            role: post.roles.first().map_or("", |role| role.as_str()),
            unit: post.unit,
        });
    }
    Ok((users, made))
}

/// Whether a run would make accounts, and would then write their passwords.
pub(super) async fn are_lacking(ctx: &Ctx) -> Result<bool, Failure> {
    let db = ctx.services.store().reader();
    for post in people::posts() {
        if store::users::find_by_name(&db, &post.username)
            .await?
            .is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn insert(ctx: &Ctx, users: Vec<User>) -> Result<(), Failure> {
    let entry = ctx.audit("demo.accounts", "users", "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                for user in &users {
                    store::users::insert(tx, user).await?;
                }
                // Its passwords lie in a file beside it, and stay as they are.
                store::settings::set(tx, crate::sessions::rules::PASSWORD_DAYS, "0").await?;
                store::settings::set(tx, crate::sessions::rules::SECOND_FACTOR, "none").await?;
                // Its lists are long, and few people stand beside whoever tries an export.
                store::settings::set(tx, crate::exports::APPROVAL, "0").await?;
                // Nobody signs in to most of them.
                store::settings::set(tx, crate::users::life::IDLE_DAYS, "0").await?;
                Ok(store::audit::append(tx, std::slice::from_ref(&entry)).await?)
            })
        })
        .await
}

fn user(ctx: &Ctx, post: &Post, name: String, password_hash: String) -> User {
    let now = ctx.now();
    let id = UserId(ctx.services.ids().new_id(now));
    let names = (post.username.clone(), name);
    let mut user = User {
        password_given: false,
        ..User::begun((id, now), names, post.unit.clone(), password_hash)
    };
    let given = store::roles::Mark {
        by: None,
        name: None,
        at: now,
    };
    user.begin_with(&post.roles, &given);
    user
}

/// Four groups of one capital, two small letters and a digit: easy to type, about 75 bits.
fn password(ids: &dyn Ids) -> String {
    const CAPITALS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    const SMALL: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
    const DIGITS: &[u8] = b"23456789";
    let mut random = [0_u8; 16];
    ids.fill(&mut random);
    let mut groups = Vec::new();
    for part in random.chunks(4) {
        let kinds = [CAPITALS, SMALL, SMALL, DIGITS];
        groups.push(
            part.iter()
                .zip(kinds)
                .map(|(byte, list)| char::from(list[usize::from(*byte) % list.len()]))
                .collect::<String>(),
        );
    }
    groups.join("-")
}

/// Writes a file beside its place, does what makes it true, and gives it its name; one that is there is never replaced.
async fn place<F: Future<Output = Result<(), Failure>>>(
    path: &Path,
    text: &[u8],
    then: impl FnOnce() -> F,
) -> Result<(), Failure> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(|| format!("folder of {}", path.display()))?;
    }
    // A file that is there may be readable by others; a new one is not.
    let fresh = path.with_extension("new");
    let words = || fresh.display().to_string();
    let _ = std::fs::remove_file(&fresh);
    let mut file = std::fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&fresh)
        .with_context(words)?;
    file.write_all(text).with_context(words)?;
    file.sync_all().with_context(words)?;
    then().await?;
    std::fs::hard_link(&fresh, path).with_context(|| path.display().to_string())?;
    std::fs::remove_file(&fresh).with_context(words)?;
    Ok(())
}
