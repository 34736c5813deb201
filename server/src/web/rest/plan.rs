//! The plan of a unit and the overtime alarm of a centre for programs. Planning is a verb of the assignment (`verb`).
//! Deliberately absent: who sees which (`services::planning`, `services::tickets`).
//! Read next: `verb`.

use services::planning::{self, PlanQuery};
use services::tickets::{self, AlarmQuery};
use shared::{
    fault::{Code, Fault},
    ladder::{Alarm, AlarmPage},
    ticket::view::PlanPage,
};

use super::{Answer, caller::Caller, read::Pairs};

/// The plan of a unit
///
/// Load of each person, and the open assignments: unplanned ones first, then by day. Who does not plan sees what is his own.
#[utoipa::path(
    get, path = "/plan", tag = "assignments", params(
        ("unit" = Option<String>, Query, description = "Code of the unit; the own one when absent"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of the plan", body = PlanPage))
)]
pub async fn read(caller: Caller, pairs: Pairs) -> Answer<PlanPage> {
    let page = async { planning::page(&caller.0, query(&pairs)?).await };
    caller.answer(page.await)
}

fn query(pairs: &Pairs) -> Result<PlanQuery, Fault> {
    let [unit, limit, cursor] = pairs.single(["unit", "limit", "cursor"])?;
    let limit = match limit {
        Some(text) => text
            .parse()
            .map_err(|_| Fault::field("limit", Code::InputNumber))?,
        None => planning::PAGE,
    };
    Ok(PlanQuery {
        unit,
        cursor,
        limit,
    })
}

/// The overtime alarm
///
/// What waits longer than allowed for its dispatch or the review of it, and emergencies that no unit has signed for in time, and parts that
/// the ladder wants urged by telephone or supervised.
#[utoipa::path(
    get, path = "/alarms", tag = "tickets", params(
        ("alarm" = Option<String>, Query, description = "`queue` when absent, `review`, `sign`, `phone` or `order`"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of alarms", body = AlarmPage))
)]
pub async fn alarms(caller: Caller, pairs: Pairs) -> Answer<AlarmPage> {
    let page = async { tickets::alarms(&caller.0, asked(&pairs)?).await };
    caller.answer(page.await)
}

fn asked(pairs: &Pairs) -> Result<AlarmQuery, Fault> {
    let [alarm, limit, cursor] = pairs.single(["alarm", "limit", "cursor"])?;
    let alarm = match alarm {
        Some(word) => {
            let alarm = Alarm::parse(&word);
            alarm.ok_or_else(|| Fault::field("alarm", Code::InputCode))?
        }
        None => Alarm::Queue,
    };
    let limit = match limit {
        Some(text) => text
            .parse()
            .map_err(|_| Fault::field("limit", Code::InputNumber))?,
        None => tickets::ALARM_PAGE,
    };
    Ok(AlarmQuery {
        alarm,
        cursor,
        limit,
    })
}
