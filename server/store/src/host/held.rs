//! Tasks that hang on one person: theirs by name, and those that nobody else may take.
//! Not here: tasks of a role (`to_do`), which anybody with the role does.

use shared::ids::UserId;

use super::tasks;
use crate::record::Task;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// The tasks that hang on somebody, the oldest case first.
pub async fn by(conn: &dyn Conn, user: UserId, limit: u32) -> Result<Vec<Task>, StoreError> {
    // Text: two short walks, each along its own index.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*tasks::NAMED).push(
        " from tasks k where k.assignee = ? union all select ",
        vals![user],
    );
    sql.text(*tasks::NAMED).push(
        " from task_candidates c join tasks k on k.case_id = c.case_id and k.task_no = c.task_no
          where c.user_id = ? and k.assignee is null and k.part = 0
          and not exists (select 1 from task_candidates o where o.case_id = c.case_id and o.task_no = c.task_no and o.user_id <> c.user_id)
          order by 1, 2, 3 limit ?",
        vals![user, limit],
    );
    let rows = conn.handle().all(sql).await?;
    rows.iter().map(tasks::read).collect()
}
