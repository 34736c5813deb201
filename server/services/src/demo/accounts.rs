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
    let made = accounts(ctx, seed).await?;
    let kept = services.config().data_dir.join("accounts.json");
    if made.is_empty() {
        if !file.exists() && kept.exists() {
            let text = std::fs::read(&kept).context("the accounts file")?;
            private(file, &text)?;
        }
        return Ok(0);
    }
    let text = serde_json::to_vec_pretty(&made).context("accounts")?;
    private(file, &text)?;
    if kept != file {
        private(&kept, &text)?;
    }
    Ok(made.len())
}

async fn accounts(ctx: &Ctx, seed: u64) -> Result<Vec<Account>, Failure> {
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
    let entry = ctx.audit("demo.accounts", "users", "ok");
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                for user in &users {
                    store::users::insert(tx, user).await?;
                }
                Ok(store::audit::append(tx, std::slice::from_ref(&entry)).await?)
            })
        })
        .await?;
    Ok(made)
}

fn user(ctx: &Ctx, post: &Post, name: String, password_hash: String) -> User {
    let now = ctx.now();
    User {
        id: UserId(ctx.services.ids().new_id(now)),
        username: post.username.clone(),
        name,
        password_hash,
        unit: post.unit.clone(),
        active: true,
        version: 1,
        roles: post.roles.clone(),
        created_at: now,
        updated_at: now,
    }
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

fn private(path: &Path, text: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(|| format!("folder of {}", path.display()))?;
    }
    // A file that is there may be readable by others; a new one is not.
    let fresh = path.with_extension("new");
    let _ = std::fs::remove_file(&fresh);
    let mut file = std::fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&fresh)
        .with_context(|| fresh.display().to_string())?;
    file.write_all(text)
        .with_context(|| fresh.display().to_string())?;
    file.sync_all()
        .with_context(|| fresh.display().to_string())?;
    std::fs::rename(&fresh, path).with_context(|| path.display().to_string())?;
    Ok(())
}
