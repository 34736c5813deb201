//! The schema and its basic data. Migrations go forward only (I15); each is one SQL source for both databases.
//! Not here: the meaning of the tables (beside their queries).
//! A new migration: add `sql/NNNN_name.sql` and its line in `STEPS`; never change an old one.

mod basics;
#[cfg(test)]
mod carried;
mod months;
#[cfg(test)]
mod photos;
mod template;

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

use crate::net::Guarded;
use crate::people::roles;
use crate::sql::only;
use crate::{Store, StoreError};

pub use basics::{Basics, DefinitionSeed};
pub(crate) use months::floor;

/// Name and SQL of every migration, oldest first.
const STEPS: &[(&str, &str)] = &[
    ("0001_house", include_str!("sql/0001_house.sql")),
    (
        "0002_search_by_day",
        include_str!("sql/0002_search_by_day.sql"),
    ),
    (
        "0003_list_indexes",
        include_str!("sql/0003_list_indexes.sql"),
    ),
    ("0004_approvals", include_str!("sql/0004_approvals.sql")),
    (
        "0005_months_side_by_side",
        include_str!("sql/0005_months_side_by_side.sql"),
    ),
    (
        "0006_events_between_cases",
        include_str!("sql/0006_events_between_cases.sql"),
    ),
    (
        "0007_writer_probe",
        include_str!("sql/0007_writer_probe.sql"),
    ),
    (
        "0008_installation",
        include_str!("sql/0008_installation.sql"),
    ),
    ("0009_rights", include_str!("sql/0009_rights.sql")),
    (
        "0010_duties_apart",
        include_str!("sql/0010_duties_apart.sql"),
    ),
    (
        "0011_search_rebuild",
        include_str!("sql/0011_search_rebuild.sql"),
    ),
    (
        "0012_plans_for_everybody",
        include_str!("sql/0012_plans_for_everybody.sql"),
    ),
    ("0013_one_house", include_str!("sql/0013_one_house.sql")),
    ("0014_change_feed", include_str!("sql/0014_change_feed.sql")),
    ("0015_jobs", include_str!("sql/0015_jobs.sql")),
    (
        "0016_deadlines_that_ring",
        include_str!("sql/0016_deadlines_that_ring.sql"),
    ),
    (
        "0017_messages_that_wait",
        include_str!("sql/0017_messages_that_wait.sql"),
    ),
    (
        "0018_applications",
        include_str!("sql/0018_applications.sql"),
    ),
    ("0019_files", include_str!("sql/0019_files.sql")),
    ("0020_activations", include_str!("sql/0020_activations.sql")),
    ("0021_obstacles", include_str!("sql/0021_obstacles.sql")),
    (
        "0022_names_of_definitions",
        include_str!("sql/0022_names_of_definitions.sql"),
    ),
    ("0023_actors", include_str!("sql/0023_actors.sql")),
    (
        "0025_photos_are_files",
        include_str!("sql/0025_photos_are_files.sql"),
    ),
    ("0026_signing_in", include_str!("sql/0026_signing_in.sql")),
    (
        "0027_second_factor",
        include_str!("sql/0027_second_factor.sql"),
    ),
    ("0028_register", include_str!("sql/0028_register.sql")),
    (
        "0029_units_that_end",
        include_str!("sql/0029_units_that_end.sql"),
    ),
    (
        "0030_notifications",
        include_str!("sql/0030_notifications.sql"),
    ),
    ("0031_roles", include_str!("sql/0031_roles.sql")),
    ("0032_passkeys", include_str!("sql/0032_passkeys.sql")),
    (
        "0033_account_life",
        include_str!("sql/0033_account_life.sql"),
    ),
    (
        "0034_stand_ins_and_reviews",
        include_str!("sql/0034_stand_ins_and_reviews.sql"),
    ),
    (
        "0035_set_up_marks",
        include_str!("sql/0035_set_up_marks.sql"),
    ),
    (
        "0037_office_lists",
        include_str!("sql/0037_office_lists.sql"),
    ),
    ("0038_notices", include_str!("sql/0038_notices.sql")),
    ("0039_tags", include_str!("sql/0039_tags.sql")),
    (
        "0040_field_rights",
        include_str!("sql/0040_field_rights.sql"),
    ),
    ("0041_teams", include_str!("sql/0041_teams.sql")),
    ("0042_citizens", include_str!("sql/0042_citizens.sql")),
    ("0043_mandates", include_str!("sql/0043_mandates.sql")),
    (
        "0044_working_hours",
        include_str!("sql/0044_working_hours.sql"),
    ),
    ("0045_ladder", include_str!("sql/0045_ladder.sql")),
    ("0046_own_answers", include_str!("sql/0046_own_answers.sql")),
    (
        "0047_notices_and_divisions",
        include_str!("sql/0047_notices_and_divisions.sql"),
    ),
    ("0048_life", include_str!("sql/0048_life.sql")),
    ("0049_returns", include_str!("sql/0049_returns.sql")),
    ("0050_directives", include_str!("sql/0050_directives.sql")),
    ("0051_quality", include_str!("sql/0051_quality.sql")),
    ("0052_together", include_str!("sql/0052_together.sql")),
    ("0053_rulings", include_str!("sql/0053_rulings.sql")),
    ("0054_todo_centre", include_str!("sql/0054_todo_centre.sql")),
    (
        "0055_follow_up_pool",
        include_str!("sql/0055_follow_up_pool.sql"),
    ),
    ("0056_tree", include_str!("sql/0056_tree.sql")),
    ("0057_paper_forms", include_str!("sql/0057_paper_forms.sql")),
    ("0059_exports", include_str!("sql/0059_exports.sql")),
    ("0060_incoming", include_str!("sql/0060_incoming.sql")),
    ("0061_dispatch", include_str!("sql/0061_dispatch.sql")),
    (
        "0062_export_templates",
        include_str!("sql/0062_export_templates.sql"),
    ),
    ("0063_saved_views", include_str!("sql/0063_saved_views.sql")),
    (
        "0064_frozen_figures",
        include_str!("sql/0064_frozen_figures.sql"),
    ),
    (
        "0065_posts_and_rules",
        include_str!("sql/0065_posts_and_rules.sql"),
    ),
    ("0066_read_by", include_str!("sql/0066_read_by.sql")),
    ("0067_told_once", include_str!("sql/0067_told_once.sql")),
    (
        "0068_followed_and_slow",
        include_str!("sql/0068_followed_and_slow.sql"),
    ),
    ("0069_reports", include_str!("sql/0069_reports.sql")),
    (
        "0070_sound_reports",
        include_str!("sql/0070_sound_reports.sql"),
    ),
    (
        "0071_audit_search",
        include_str!("sql/0071_audit_search.sql"),
    ),
    (
        "0073_persons_found",
        include_str!("sql/0073_persons_found.sql"),
    ),
    ("0074_pivots", include_str!("sql/0074_pivots.sql")),
    (
        "0075_audit_origins",
        include_str!("sql/0075_audit_origins.sql"),
    ),
    (
        "0076_sign_in_by_provider",
        include_str!("sql/0076_sign_in_by_provider.sql"),
    ),
    (
        "0077_unit_changes",
        include_str!("sql/0077_unit_changes.sql"),
    ),
    (
        "0078_outside_looks",
        include_str!("sql/0078_outside_looks.sql"),
    ),
    ("0079_resealing", include_str!("sql/0079_resealing.sql")),
    ("0081_wishes", include_str!("sql/0081_wishes.sql")),
    ("0082_scim", include_str!("sql/0082_scim.sql")),
    (
        "0084_archived_places",
        include_str!("sql/0084_archived_places.sql"),
    ),
    (
        "0085_search_as_seen",
        include_str!("sql/0085_search_as_seen.sql"),
    ),
    (
        "0086_approval_lists",
        include_str!("sql/0086_approval_lists.sql"),
    ),
    (
        "0087_lists_and_exports",
        include_str!("sql/0087_lists_and_exports.sql"),
    ),
    ("0089_accused", include_str!("sql/0089_accused.sql")),
    ("0090_people", include_str!("sql/0090_people.sql")),
    (
        "0091_ratings_and_calls",
        include_str!("sql/0091_ratings_and_calls.sql"),
    ),
    ("0092_evidence", include_str!("sql/0092_evidence.sql")),
    (
        "0093_reasons_and_phrases",
        include_str!("sql/0093_reasons_and_phrases.sql"),
    ),
];

/// How the database's schema stands to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// No table of ours.
    Empty,
    /// Waits for `migrate`.
    Older,
    /// Fits.
    Current,
    /// Made by a newer program; refused.
    Newer,
}

/// What `migrate` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The state before.
    pub from: SchemaState,
    /// Names of the migrations that ran.
    pub steps: Vec<&'static str>,
}

/// Names of the migrations that this program knows, oldest first.
pub fn migration_names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|(name, _)| *name)
}

struct Step {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        // The text is compiled in; nothing typed by people is in it.
        conn.execute_unprepared(&template::render(self.sql, conn.get_database_backend()))
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS
            .iter()
            .map(|(name, sql)| Box::new(Step { name, sql }) as Box<dyn MigrationTrait>)
            .collect()
    }
}

impl Store {
    /// How the schema stands to this program.
    pub async fn schema(&self) -> Result<SchemaState, StoreError> {
        let applied = self.applied().await?;
        if applied.is_empty() {
            return Ok(SchemaState::Empty);
        }
        let known = |name: &String| STEPS.iter().any(|(step, _)| step == name);
        Ok(if !applied.iter().all(known) {
            SchemaState::Newer
        } else if applied.len() < STEPS.len() {
            SchemaState::Older
        } else {
            SchemaState::Current
        })
    }

    /// Brings the schema to this program's version and fills what basic data is missing; never changes rows that are there.
    ///
    /// # Errors
    /// `Unfit` when the schema is newer than this program.
    pub async fn migrate(&self, basics: Basics) -> Result<Migrated, StoreError> {
        let from = self.schema().await?;
        if from == SchemaState::Newer {
            return Err(StoreError::Unfit(
                "the database was made by a newer version of this program".to_owned(),
            ));
        }
        let before = self.applied().await?;
        Migrator::up(self.main(), None).await?;
        if matches!(
            self.guard().await?,
            Guarded::RolesMissing | Guarded::NotOwner
        ) {
            tracing::warn!(
                "the database's roles are not there: nothing but the statements holds back what a person may not read; see `minsheng database roles --print`"
            );
        }
        let steps = STEPS
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !before.iter().any(|b| b == name))
            .collect();
        self.prepare_months(basics.at, basics.at).await?;
        self.write(move |tx| Box::pin(async move { basics::fill(tx, &basics).await }))
            .await?;
        Ok(Migrated { from, steps })
    }

    /// Installs shipped process definitions that are not here yet, told by their digest, and makes shipped roles what the policy says. A release
    /// brings new versions with it.
    pub async fn install(&self, basics: Basics) -> Result<(), StoreError> {
        if basics::missing(&self.reader(), &basics).await?.is_empty()
            && roles::are_shipped(&self.reader()).await?
        {
            return Ok(());
        }
        let installed = self.write::<_, StoreError, _>(move |tx| {
            let basics = basics.clone();
            Box::pin(async move { basics::install(tx, &basics).await })
        });
        match installed.await {
            // Another server, started at the same moment, was faster.
            Err(StoreError::Exists("definition" | "role")) => Ok(()),
            other => other,
        }
    }

    /// Names of the applied migrations, oldest first; empty without our table.
    async fn applied(&self) -> Result<Vec<String>, StoreError> {
        let backend = self.main().get_database_backend();
        let there = match backend {
            DbBackend::Sqlite => {
                "select count(*) from sqlite_schema where type = 'table' and name = 'seaql_migrations'"
            }
            _ => {
                "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = 'seaql_migrations'"
            }
        };
        let row = self
            .main()
            .query_one_raw(Statement::from_string(backend, there))
            .await?;
        let count: i64 = row.as_ref().map_or(Ok(0), only)?;
        if count == 0 {
            return Ok(Vec::new());
        }
        let rows = self
            .main()
            .query_all_raw(Statement::from_string(
                backend,
                "select version from seaql_migrations order by version",
            ))
            .await?;
        rows.iter()
            .map(|r| only(r).map_err(StoreError::from))
            .collect()
    }
}
