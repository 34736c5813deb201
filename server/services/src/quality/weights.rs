//! What findings weigh in a score: settings of the dated register, so that a change has a day from which it holds and a version that stays.
//! Not here: the formula (`shared::quality::score`), the list of settings (`register`).

use shared::quality::ScoreWeights;
use shared::register::{Keep, setting_of};
use store::Conn;

use crate::fault::Failure;

/// The weights that hold now.
pub(super) async fn holding(db: &dyn Conn) -> Result<ScoreWeights, Failure> {
    Ok(ScoreWeights {
        block: weight(db, &Keep::SCORE_BLOCK).await?,
        warn: weight(db, &Keep::SCORE_WARN).await?,
        note: weight(db, &Keep::SCORE_NOTE).await?,
    })
}

async fn weight(db: &dyn Conn, keep: &Keep) -> Result<i64, Failure> {
    let said = store::settings::get(db, &setting_of(keep.key)).await?;
    Ok(i64::from(keep.of(said.as_deref())))
}
