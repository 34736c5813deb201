//! For each of an administrator's powers somebody is left: of two who give theirs up, the second hears so.
//! Not here: giving and ending posts (`posts`), who holds which power (`shared::access`).

use shared::access::{Grants, PostState, Power};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::posts::HeldPost;
use store::users::User;

use crate::fault::Failure;

/// Refuses doing without a post that somebody holds, when nobody would be left for an administrator's power. One that sleeps is missed by nobody.
pub(super) async fn spared(
    tx: &store::Tx,
    (person, post): (&User, &HeldPost),
    now: Instant,
) -> Result<(), Failure> {
    let no = post.row.no;
    let states = person.states(now).into_iter();
    let mut held = person.posts.iter().zip(states);
    let holds = held.any(|(it, state)| it.row.no == no && state == PostState::Holds);
    if !holds || !person.active {
        return Ok(());
    }
    let rest: Vec<&HeldPost> = person.posts.iter().filter(|it| it.row.no != no).collect();
    let grants = post.grants();
    let keeps = |power| rest.iter().any(|it| has_power(&it.grants(), power));
    let given_up = Power::ADMINISTRATORS
        .into_iter()
        .filter(|power| has_power(&grants, *power) && !keeps(*power));
    for power in given_up {
        not_last(tx, power, Some(person.id), now).await?;
    }
    Ok(())
}

fn has_power(grants: &Grants, power: Power) -> bool {
    grants.iter().any(|(it, _)| it.power() == power)
}

/// Refuses what would leave nobody for an administrator's power.
pub(crate) async fn not_last(
    tx: &store::Tx,
    power: Power,
    besides: Option<UserId>,
    now: Instant,
) -> Result<(), Failure> {
    if store::users::others_with(tx, power, besides, now).await? {
        Ok(())
    } else {
        Err(Fault::new(Code::RoleLast)
            .fact("power", power.as_str())
            .into())
    }
}

/// Refuses closing the account of the last administrator of a kind.
pub(crate) async fn not_last_of(tx: &store::Tx, user: UserId, now: Instant) -> Result<(), Failure> {
    store::roles::hold_administrators(tx).await?;
    let Some(person) = store::users::find(tx, user).await? else {
        return Ok(());
    };
    let held: Vec<Grants> = person.in_force(now).map(HeldPost::grants).collect();
    for power in Power::ADMINISTRATORS {
        if held.iter().any(|grants| has_power(grants, power)) {
            not_last(tx, power, Some(user), now).await?;
        }
    }
    Ok(())
}
