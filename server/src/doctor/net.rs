//! Judging the second net: whether reads on behalf of people run under the database's own policies, and as whom the server signs in.
//! Deliberately absent: making the roles (`minsheng database roles`).
//! Read next: `store::net`.

use services::Services;
use store::net::Standing;

use super::{Finding, bad, good};

const SUBJECT: &str = "database roles";

/// How far the net reaches.
pub(super) async fn reach(services: &Services) -> Finding {
    match services.store().standing().await {
        Ok(None) => good(
            SUBJECT,
            "SQLite has none; the scope stands in the statements alone",
        ),
        Ok(Some(standing)) => told(&standing),
        Err(error) => bad(SUBJECT, error.to_string()),
    }
}

fn told(standing: &Standing) -> Finding {
    let login = &standing.login;
    if !standing.is_under {
        return bad(
            SUBJECT,
            format!(
                "{login} cannot read as minsheng_person, so that the scope stands in the statements alone; run: minsheng migrate, or see \"Roles of PostgreSQL\" in docs/running.md"
            ),
        );
    }
    let rest = if standing.is_superuser {
        ", but is a superuser, whom nothing else binds: sign in as another one (docs/running.md, \"Roles of PostgreSQL\")"
    } else if standing.owns {
        ", but owns the tables: it may change the schema and the audit; sign in as one that only serves (docs/running.md, \"Roles of PostgreSQL\")"
    } else {
        " and only serves"
    };
    good(
        SUBJECT,
        format!("{login} reads for people as minsheng_person{rest}"),
    )
}
