//! Which columns a list of tickets shows beside the time left, the number and the title, in which order.
//! Not here: the office's own fields (`TicketQuery::columns` names them by their codes), what stands in a row (`ticket::view`).
//! They stand in the address among the columns, so that a saved view keeps them.

codes! {
    /// A column that can be chosen. Without any of them a list shows the usual ones.
    ListColumn {
        Place = "row.place", "row.place", "区划", "Place";
        Unit = "row.unit", "row.unit", "主办单位", "Lead unit";
        State = "row.state", "row.state", "状态", "State";
        Kind = "row.kind", "row.kind", "诉求类型", "Type";
        Channel = "row.channel", "row.channel", "渠道", "Channel";
        Category = "row.category", "row.category", "类别", "Category";
        Accepted = "row.accepted", "row.accepted", "受理时间", "Accepted";
        Updated = "row.updated", "row.updated", "最近更新", "Last changed";
        Closed = "row.closed", "row.closed", "办结时间", "Closed";
        Urges = "row.urges", "row.urges", "催办次数", "Times urged";
        Cycles = "row.cycles", "row.cycles", "重办次数", "Times done again";
        Satisfaction = "row.satisfaction", "row.satisfaction", "最近满意度", "Latest satisfaction";
    }
}

impl ListColumn {
    /// Whether any of these columns is chosen, so that the usual ones step back.
    pub fn any_of(columns: &[String]) -> bool {
        columns.iter().any(|code| Self::parse(code).is_some())
    }
}

/// The columns with one of them moved before the one that stands before it; as they are where it is the first or none of them.
#[must_use]
pub fn moved_up(columns: &[String], code: &str) -> Vec<String> {
    let mut columns = columns.to_vec();
    if let Some(place) = columns.iter().position(|known| known == code)
        && place > 0
    {
        columns.swap(place - 1, place);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::TicketQuery;

    #[test]
    fn columns_stand_in_the_address_in_their_order() {
        let query = TicketQuery::from_query("columns=row.unit,floor,row.closed").expect("reads");
        assert_eq!(query.columns, ["row.unit", "floor", "row.closed"]);
        assert_eq!(query.to_query(), "columns=row.unit%2Cfloor%2Crow.closed");
        assert!(ListColumn::any_of(&query.columns));
        assert!(!ListColumn::any_of(&["floor".to_owned()]));
        let moved = moved_up(&query.columns, "row.closed");
        assert_eq!(moved, ["row.unit", "row.closed", "floor"]);
        assert_eq!(moved_up(&moved, "row.unit"), moved);
        assert_eq!(moved_up(&moved, "nothing"), moved);
    }
}
