//! How a list divides: by state, light, kind, channel, category, area and lead unit, each share with the condition that leads to it.
//! Not here: counting (store), names (services).

use serde::{Deserialize, Serialize};

use super::language::{Expr, quoted};

codes! {
    /// By what a list is divided.
    Facet {
        State = "state", "state", "状态", "State";
        Light = "light", "light", "红绿灯", "Light";
        Kind = "kind", "kind", "诉求类型", "Type";
        Channel = "channel", "channel", "渠道", "Channel";
        Category = "category", "category", "一级类别", "First-level category";
        Area = "area", "area", "区划", "Area";
        Unit = "unit", "unit", "主办单位", "Lead unit";
    }
}

impl Facet {
    /// The condition for one share.
    pub fn condition(self, code: &str) -> Option<Expr> {
        let code = quoted(code);
        let text = match self {
            Self::State => format!("state = {code}"),
            Self::Light => format!("light = {code}"),
            Self::Kind => format!("kind = {code}"),
            Self::Channel => format!("channel = {code}"),
            Self::Category => format!("category under {code}"),
            Self::Area => format!("area = {code}"),
            Self::Unit => format!("lead = {code}"),
        };
        Expr::parse(&text).ok()
    }
}

/// A share of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// The code that is counted.
    pub code: String,
    /// What people read.
    pub name: String,
    /// Tickets, among those that were looked at.
    pub n: i64,
}

/// How a list divides by one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shares {
    /// By what.
    pub facet: Facet,
    /// The largest first.
    pub shares: Vec<Share>,
    /// Not all tickets of the list were looked at.
    pub capped: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_has_its_condition() {
        let text = |facet: Facet, code| facet.condition(code).map(|expr| expr.to_string());
        assert_eq!(
            text(Facet::State, "HA").as_deref(),
            Some("state = HANDLING")
        );
        assert_eq!(text(Facet::Light, "R").as_deref(), Some("light = red"));
        assert_eq!(
            text(Facet::Category, "01").as_deref(),
            Some("category under 01")
        );
        assert_eq!(
            text(Facet::Unit, "320100-ZJJ").as_deref(),
            Some("lead = 320100-ZJJ")
        );
        assert_eq!(
            text(Facet::Area, "320106").as_deref(),
            Some("area = 320106")
        );
        assert!(text(Facet::Kind, "no code").is_none() && text(Facet::Channel, "x").is_none());
        assert_eq!(text(Facet::State, "no code"), None);
    }
}
