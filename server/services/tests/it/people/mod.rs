//! Accounts of a whole office: staff from tables, and the life of accounts.
//! Not here: signing in (`sessions`), what a role may (`shared::access`).
//! The three administrators are three people here as well.

mod hand_over;
mod life;
mod reviews;
mod scim;
mod staff;
mod stand_ins;
mod still;
mod workbook;

use services::Ctx;
use services::users::life::{Answer, AskAccount, Decided};
use services::users::{self, life as lives};
use shared::access::Role;
use shared::account::life::{AccountAct, AccountRequestView};
use shared::account::posts::GivePost;
use shared::fault::Fault;

use crate::approvals::story::hire;
use crate::support::{CENTRE, World, ZJJ};

/// Those who have to do with accounts.
struct Admins {
    /// Makes accounts.
    system: Ctx,
    /// Grants.
    security: Ctx,
    auditor: Ctx,
    /// Leads the housing department.
    leader: Ctx,
    /// Asks for its people.
    liaison: Ctx,
}

impl Admins {
    async fn hired(world: &World) -> Self {
        Self {
            system: hire(world, Role::SystemAdmin, CENTRE).await,
            security: hire(world, Role::SecurityAdmin, CENTRE).await,
            auditor: hire(world, Role::Auditor, CENTRE).await,
            leader: hire(world, Role::UnitReviewer, ZJJ).await,
            liaison: hire(world, Role::UnitLiaison, ZJJ).await,
        }
    }
}

fn asked(kind: AccountAct, username: &str, roles: &[Role]) -> AskAccount {
    AskAccount {
        kind,
        username: username.to_owned(),
        name: (kind == AccountAct::Open).then(|| "赵新".to_owned()),
        unit: (kind == AccountAct::Open).then(|| ZJJ.to_owned()),
        posts: roles.iter().copied().map(GivePost::plain).collect(),
        reason: "新到岗".to_owned(),
        heir: None,
    }
}

async fn agree(ctx: &Ctx, request: &AccountRequestView) -> Result<Decided, Fault> {
    let answer = Answer {
        version: request.version,
        agrees: true,
        answer: None,
    };
    lives::decide(ctx, request.id, answer).await
}

async fn roles_of(world: &World, username: &str) -> Vec<Role> {
    let db = world.services.store().reader();
    let user = store::users::find_by_name(&db, username)
        .await
        .expect("read");
    let user = user.expect("an account");
    let held = user.in_force(world.services.now());
    let mut roles: Vec<Role> = held.filter_map(|post| post.row.role.shipped()).collect();
    roles.sort_unstable();
    roles
}

/// The sheet of an account, as the machine's owner sees it.
async fn sheet(world: &World, username: &str) -> shared::account::AccountSheet {
    let system = Ctx::system(&world.services);
    users::sheet(&system, username).await.expect("an account")
}
