//! What somebody can really see and do, and why: the posts with their states, and each permission with the posts that give it or would.
//! Not here: deciding it (`shared::access`, by which this is put together), giving posts (`posts`).
//! Rules that no post lifts (confidential tickets, what one filed oneself, returned parts) hold beside it, and the page says so.

use shared::access::{Grants, Permission, PersonalField, Phase, PostState, needs};
use shared::account::posts::{
    Barred, FieldView, FieldWay, PersonPosts, PostView, RightView, RightWay, Rights,
};
use shared::fault::Fault;
use shared::ticket::view::Named;
use store::posts::HeldPost;
use store::users::User;

use super::look::{LookFor, page_for};
use super::reached;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;

/// Units to choose from at most.
const UNITS: usize = 300;

/// The accounts in reach of who gives posts, by sign-in name.
///
/// # Errors
/// `access.denied`.
pub async fn people(ctx: &Ctx, look: LookFor) -> Result<shared::account::AccountPage, Fault> {
    page_for(ctx, needs::ROLE_LIST, look).await
}

/// Somebody's posts, with what can be given.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn posts(ctx: &Ctx, username: &str) -> Result<PersonPosts, Fault> {
    let user = reached(ctx, needs::ROLE_LIST, username).await?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let all = store::posts::of_user(&db, user.id)
        .await
        .settle(&ctx.services)?;
    let roles = store::roles::all(&db).await.settle(&ctx.services)?;
    let given = roles.iter().filter(|role| !role.spec.stopped);
    let mut roles: Vec<Named> = given
        .map(|role| Named {
            code: role.spec.code.to_string(),
            name: role.spec.label(ctx.locale).to_owned(),
        })
        .collect();
    roles.sort_by_key(|role| {
        shared::access::Role::parse(&role.code).map_or(usize::MAX, |it| it as usize)
    });
    Ok(PersonPosts {
        posts: views(ctx, &reference, (&user, &all)),
        roles,
        units: units(&reference, &user.unit),
        unit_name: reference.unit(&user.unit).name,
        is_oneself: ctx.actor.user() == Some(user.id),
        active: user.active,
        has_factor: user.has_factor,
        username: user.username,
        name: user.name,
        unit: user.unit,
    })
}

fn views(ctx: &Ctx, reference: &Reference, (user, all): (&User, &[HeldPost])) -> Vec<PostView> {
    let states = user.states(ctx.now());
    let state_of = |no: i32| {
        let mut held = user.posts.iter().zip(&states);
        let found = held.find(|(post, _)| post.row.no == no);
        found.map_or(PostState::Ended, |(_, state)| *state)
    };
    let view = |post: &HeldPost| {
        let row = &post.row;
        PostView {
            no: row.no,
            role: row.role.clone(),
            role_name: name_of(ctx, post),
            unit_name: reference.unit(&row.unit).name,
            unit: row.unit.clone(),
            scope: row.scope,
            state: state_of(row.no),
            from: row.valid_from,
            until: row.valid_until,
            condition: row.condition,
            certificate: row.certificate.clone(),
            certificate_until: row.certificate_until,
            reason: row.reason.clone(),
            given_at: row.given_at,
            given_by: row.given_by_name.clone(),
            ended_at: row.ended_at,
            ended_by: row.ended_by_name.clone(),
            ended_why: row.ended_why.clone(),
        }
    };
    all.iter().map(view).collect()
}

pub(super) fn name_of(ctx: &Ctx, post: &HeldPost) -> String {
    let code = || post.row.role.to_string();
    let spec = post.spec.as_ref();
    spec.map_or_else(code, |spec| spec.label(ctx.locale).to_owned())
}

/// The units above the person's own one, those of its city, and itself first.
fn units(reference: &Reference, own: &str) -> Vec<Named> {
    let Some(home) = reference.units.get(own) else {
        return Vec::new();
    };
    // The first two codes of a path are the province's centre and the city's.
    let city: String = home.path.split_inclusive('/').take(2).collect();
    let near = reference.units.values().filter(|unit| {
        unit.active && (unit.path.starts_with(&city) || home.path.starts_with(&unit.path))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_by(|one, other| (one.code != own, &one.path).cmp(&(other.code != own, &other.path)));
    near.truncate(UNITS);
    let named = near.into_iter().map(|unit| Named {
        code: unit.code.clone(),
        name: unit.name.clone(),
    });
    named.collect()
}

/// Each permission that somebody has or would have, with the posts behind it.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn of(ctx: &Ctx, username: &str) -> Result<Rights, Fault> {
    let user = reached(ctx, needs::ROLE_LIST, username).await?;
    let reference = ctx.services.reference().await?;
    let now = ctx.now();
    let rules = ctx.services.sign_in_rules().await?;
    let barred = if user.active {
        rules.bars(&user, now)
    } else {
        Some(Barred::Closed)
    };
    let states = user.states(now);
    let held: Vec<(&HeldPost, Grants, PostState)> = user
        .posts
        .iter()
        .zip(states)
        .map(|(post, state)| (post, post.grants(), state))
        .collect();
    let right = |permission: Permission| {
        let ways: Vec<RightWay> = held
            .iter()
            .filter_map(|(post, grants, state)| {
                Some(RightWay {
                    no: post.row.no,
                    role_name: name_of(ctx, post),
                    unit_name: reference.unit(&post.row.unit).name,
                    scope: grants.of(permission)?,
                    state: *state,
                })
            })
            .collect();
        let holds = ways.iter().any(|way| way.state == PostState::Holds);
        (!ways.is_empty()).then_some(RightView {
            permission,
            may: holds && barred.is_none(),
            ways,
        })
    };
    let rights = Permission::ALL.iter().copied().filter_map(right);
    let fields = PersonalField::ALL.iter().copied();
    Ok(Rights {
        rights: rights.collect(),
        fields: fields
            .filter_map(|field| field_right(ctx, &reference, &held, field))
            .collect(),
        barred,
    })
}

/// How the posts show a class of personal field; absent where none of them shows anything of tickets.
fn field_right(
    ctx: &Ctx,
    reference: &Reference,
    held: &[(&HeldPost, Grants, PostState)],
    field: PersonalField,
) -> Option<FieldView> {
    let needed = if field.is_of_citizen() {
        Permission::CitizenView
    } else {
        Permission::TicketView
    };
    let showing = held
        .iter()
        .filter(|(_, grants, _)| grants.of(needed).is_some());
    let ways: Vec<FieldWay> = showing
        .filter_map(|(post, _, state)| {
            let sight = &post.spec.as_ref()?.sight;
            Some(FieldWay {
                no: post.row.no,
                role_name: name_of(ctx, post),
                unit_name: reference.unit(&post.row.unit).name,
                open: sight.of(field, Phase::Open),
                closed: sight.of(field, Phase::Closed),
                state: *state,
            })
        })
        .collect();
    (!ways.is_empty()).then_some(FieldView { field, ways })
}
