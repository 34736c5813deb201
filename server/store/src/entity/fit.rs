//! Whether the entities are the tables: each table of the database has one, with the same columns.
//! Not here: the types, which reading and writing prove.
//! SQLite's row numbers and the full-text tables are no entities' business.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{EntityName as _, FromQueryResult, IdenStatic as _, Iterable as _};

use super::{
    approval, basics, case, change, citizen, file, identities, installation, life, passkeys,
    people, quality, register, report, scim, ticket, todo, trail,
};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

type Tables = BTreeMap<String, BTreeSet<String>>;

macro_rules! tables {
    ($($group:ident $(:: $table:ident)+),+ $(,)?) => {{
        let mut all = Tables::new();
        $(
            let columns = $group$(::$table)+::Column::iter().map(|column| column.as_str().to_owned());
            all.insert($group$(::$table)+::Entity.table_name().to_owned(), columns.collect());
        )+
        all
    }};
}

#[expect(clippy::too_many_lines, reason = "a list, one line an entity")]
fn entities() -> Tables {
    tables!(
        approval::approval,
        approval::approval_counter,
        approval::approval_paper,
        approval::approval_term,
        approval::migrated_case,
        approval::migration,
        approval::process_timer,
        basics::activation,
        basics::calendar_day,
        basics::calendar_year,
        basics::category,
        basics::decision,
        basics::definition,
        basics::division,
        basics::duty,
        basics::lease,
        basics::limit_rule,
        basics::set_up_mark,
        basics::setting,
        basics::unit,
        basics::work_hour,
        basics::work_period,
        case::call,
        case::case_person,
        case::clock_entry,
        case::delivery,
        case::event,
        case::incident,
        case::listener,
        case::place,
        case::task,
        case::task_candidate,
        case::timer,
        change::feed,
        change::feed_consumer,
        change::feed_head,
        citizen::citizen,
        citizen::citizen_code,
        citizen::citizen_session,
        citizen::mandate,
        citizen::wish,
        file::blob,
        file::file_reference,
        file::upload,
        identities::flow,
        identities::identity,
        identities::log_out,
        identities::opened,
        installation::resealing,
        installation::restore,
        installation::sealing_key,
        installation::session_key,
        installation::writer_probe,
        life::account_event,
        life::account_request,
        life::account_review,
        life::account_review_post,
        life::account_review_row,
        passkeys::challenge,
        passkeys::passkey,
        people::factor,
        people::known_device,
        people::post,
        people::recovery_code,
        people::notice,
        people::notice_choice,
        people::notice_contact,
        people::reset_link,
        people::role,
        people::role_permission,
        people::session,
        people::stand_in,
        people::tally,
        people::team,
        people::team_member,
        people::user,
        people::user_role,
        people::unreachable,
        people::wrong_try,
        quality::live_check,
        quality::quality_count,
        quality::quality_finding,
        quality::quality_month,
        register::register_change,
        register::register_revision,
        register::register_row,
        register::rule_notice,
        register::rule_read,
        report::kept,
        report::part,
        report::pivot,
        report::remark,
        report::schedule,
        report::tile,
        report::warning,
        scim::drift,
        scim::look,
        scim::mark,
        scim::provisioned,
        scim::push,
        ticket::application,
        ticket::archive,
        ticket::assignment,
        ticket::contact,
        ticket::directive_ticket,
        ticket::external_key,
        ticket::follow_up,
        ticket::instance,
        ticket::ladder_call,
        ticket::ladder_clock,
        ticket::pooled,
        ticket::questionnaire,
        ticket::merged_ticket,
        ticket::paper_counter,
        ticket::paper_form,
        ticket::person_rebuild,
        ticket::rating,
        ticket::search_rebuild,
        ticket::site_record,
        ticket::ticket,
        ticket::ticket_counter,
        ticket::ticket_key,
        ticket::ticket_own,
        ticket::ticket_tag,
        ticket::ticket_unit,
        ticket::ticket_link,
        ticket::transfer,
        todo::bulk_act,
        todo::bulk_item,
        todo::case_mark,
        todo::ladder_duty,
        todo::list_column,
        todo::phrase,
        todo::saved_view,
        todo::typed_form,
        trail::alarm_told,
        todo::view_subscription,
        trail::audit,
        trail::audit::alarm,
        trail::audit::chain,
        trail::audit::checkpoint,
        trail::audit::outside,
        trail::audit::pending,
        trail::audit::question,
        trail::audit::read,
        trail::audit::report,
        trail::batch,
        trail::data_request,
        trail::draft,
        trail::export_grant,
        trail::export_template,
        trail::figure,
        trail::frozen_figure,
        trail::idempotency_key,
        trail::incoming_message,
        trail::incoming_receipt,
        trail::job,
        trail::outbox,
        trail::red_list,
        trail::slow_statement,
    )
}

/// A column of a table.
#[derive(FromQueryResult)]
struct Named {
    tbl: String,
    col: String,
}

/// The tables of the database with their columns, without what has no entity.
async fn tables(conn: &dyn Conn) -> Result<Tables, StoreError> {
    let h = conn.handle();
    // Texts: the catalogue is no entity.
    let sql = if h.is_sqlite() {
        "select t.name as tbl, c.name as col from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'"
    } else {
        "select cast(t.relname as text) as tbl, cast(c.attname as text) as col from pg_class t join pg_attribute c on c.attrelid = t.oid
         where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p') and not t.relispartition and c.attnum > 0 and not c.attisdropped"
    };
    let mut all = Tables::new();
    for row in h.rows::<Named>(Sql::new(sql, vals![])).await? {
        let apart = row.tbl == "seaql_migrations" || row.tbl.starts_with("ticket_search");
        if !apart && row.col != "rid" {
            all.entry(row.tbl).or_default().insert(row.col);
        }
    }
    Ok(all)
}

/// What of the database and of the entities does not fit the other, in words for whoever changes the schema.
pub async fn misfits(conn: &dyn Conn) -> Result<Vec<String>, StoreError> {
    let (there, named) = (tables(conn).await?, entities());
    let none = BTreeSet::new();
    let mut misfits = Vec::new();
    let both: BTreeSet<&String> = there.keys().chain(named.keys()).collect();
    for table in both {
        let kept = there.get(table).unwrap_or(&none);
        let known = named.get(table).unwrap_or(&none);
        for column in kept.difference(known) {
            misfits.push(format!("{table}.{column} has no entity"));
        }
        for column in known.difference(kept) {
            misfits.push(format!("{table}.{column} is no column of the database"));
        }
    }
    Ok(misfits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::entities;

    #[test]
    fn every_column_stands_in_the_register_of_personal_fields_or_holds_nothing_of_a_person() {
        let of_table = |(table, columns): (String, BTreeSet<String>)| {
            let column = move |column: String| format!("{table}.{column}");
            columns.into_iter().map(column)
        };
        let there: BTreeSet<String> = entities().into_iter().flat_map(of_table).collect();
        let known: BTreeSet<String> = shared::personal::known().into_iter().collect();
        let missing: Vec<&String> = there.difference(&known).collect();
        let gone: Vec<&String> = known.difference(&there).collect();
        let table = "shared/src/personal/columns.txt";
        assert!(missing.is_empty(), "not in {table}: {missing:?}");
        assert!(gone.is_empty(), "in {table} and no column: {gone:?}");
    }
}
