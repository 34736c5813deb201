//! Reviews of posts: made once for each unit and quarter, answered, closed.
//! Not here: when (services).

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::ReviewId;

use super::{Review, ReviewPost};
use crate::entity::life::account_review::{Beside, Column, Entity};
use crate::entity::life::account_review_post as post;
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Adds a review with its posts; false when the unit has one of this quarter already.
pub async fn add_review(
    tx: &Tx,
    review: &Review,
    posts: &[ReviewPost],
) -> Result<bool, StoreError> {
    if of_term(tx, &review.term)
        .await?
        .iter()
        .any(|it| it.unit == review.unit)
    {
        return Ok(false);
    }
    let one = std::iter::once(review.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), one).await?;
    let rows = posts.iter().map(|it| it.values(post::Beside {}));
    table::put(tx, table::insert::<post::Entity>(), rows).await?;
    Ok(true)
}

/// The reviews of a quarter.
pub async fn of_term(conn: &dyn Conn, term: &str) -> Result<Vec<Review>, StoreError> {
    let all = Entity::find()
        .filter(Column::Term.eq(Col(term.to_owned())))
        .order_by_asc(Column::Unit);
    conn.handle().records(all).await
}

/// The newest reviews of some units, of all where absent.
pub async fn newest(
    conn: &dyn Conn,
    units: Option<Vec<String>>,
    limit: u64,
) -> Result<Vec<Review>, StoreError> {
    let mut some = Entity::find();
    if let Some(units) = units {
        some = some.filter(Column::Unit.is_in(units));
    }
    let some = some
        .order_by_desc(Column::MadeAt)
        .order_by_asc(Column::Unit)
        .limit(limit);
    conn.handle().records(some).await
}

/// A review.
pub async fn get_review(conn: &dyn Conn, id: ReviewId) -> Result<Option<Review>, StoreError> {
    let one = Entity::find_by_id(Col(id));
    Ok(conn.handle().records(one).await?.pop())
}

/// The posts of a review, by sign-in name and number.
pub async fn posts_of(conn: &dyn Conn, id: ReviewId) -> Result<Vec<ReviewPost>, StoreError> {
    let all = post::Entity::find()
        .filter(post::Column::ReviewId.eq(Col(id)))
        .order_by_asc(post::Column::Username)
        .order_by_asc(post::Column::No);
    conn.handle().records(all).await
}

/// Answers about a post; false when somebody else has.
pub async fn answer_post(tx: &Tx, answered: &ReviewPost) -> Result<bool, StoreError> {
    let update = post::Entity::update_many()
        .set(answered.moved())
        .filter(post::Column::ReviewId.eq(Col(answered.review_id)))
        .filter(post::Column::UserId.eq(Col(answered.user_id)))
        .filter(post::Column::No.eq(Col(answered.no)))
        .filter(post::Column::Answer.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Open reviews whose term is over.
pub async fn overdue(conn: &dyn Conn, now: Instant, limit: u64) -> Result<Vec<Review>, StoreError> {
    let some = Entity::find()
        .filter(Column::ClosedAt.is_null())
        .filter(Column::DueAt.lte(Col(now)))
        .order_by_asc(Column::DueAt)
        .limit(limit);
    conn.handle().records(some).await
}

/// Closes a review.
pub async fn close(tx: &Tx, id: ReviewId, now: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .col_expr(Column::ClosedAt, sea_orm::sea_query::Expr::value(now.0))
        .filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}
