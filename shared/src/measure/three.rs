//! The three rates together (三率综合): response, solved and satisfied, each with its weight, as one value (`domain.md` 4.2).
//! Not here: the weights that hold (settings), counting (`services::reports::three`).
//! A value is the weighted mean of the three rates; where one has nothing to divide by there is none.

use serde::{Deserialize, Serialize};

use super::{Axis, CubeKey, Figure, Measure};
use crate::calendar::Instant;
use crate::fault::Fault;
use crate::query::wrong;

/// The three rates, in the order of their weights: contacted in time, solved, satisfied.
pub const THREE: [Measure; 3] = [
    Measure::ContactedOnTime,
    Measure::Solved,
    Measure::Satisfied,
];

/// Names and values of an address.
type Pairs = Vec<(String, String)>;

/// Greatest weight.
const MOST: i64 = 100;

/// How much each rate weighs, in parts of their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Weights {
    /// Contacted in time.
    pub response: i64,
    /// Solved.
    pub solved: i64,
    /// Satisfied.
    pub satisfied: i64,
}

impl Weights {
    /// Reads `10,45,45`.
    ///
    /// # Errors
    /// `input.query` for anything that is not three numbers from 0 to 100 of which one is more than 0.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let numbers: Vec<i64> = text
            .split(',')
            .filter_map(|word| word.trim().parse().ok())
            .filter(|number| (0..=MOST).contains(number))
            .collect();
        let [response, solved, satisfied] = numbers[..] else {
            return Err(wrong("weights", text));
        };
        let weights = Self {
            response,
            solved,
            satisfied,
        };
        if text.split(',').count() != 3 || weights.sum() == 0 {
            return Err(wrong("weights", text));
        }
        Ok(weights)
    }

    /// The weights that pairs of an address name, and the other pairs.
    ///
    /// # Errors
    /// As `read`.
    pub fn among(pairs: &[(String, String)]) -> Result<(Option<Self>, Pairs), Fault> {
        let (named, rest): (Pairs, Pairs) = pairs
            .iter()
            .cloned()
            .partition(|(name, _)| name == "weights");
        let named = named.first().filter(|(_, text)| !text.trim().is_empty());
        let weights = named.map(|(_, text)| Self::read(text)).transpose()?;
        Ok((weights, rest))
    }

    /// Writes them as they are read.
    pub fn to_text(self) -> String {
        format!("{},{},{}", self.response, self.solved, self.satisfied)
    }

    const fn sum(self) -> i64 {
        self.response + self.solved + self.satisfied
    }

    /// Hundredths of a percent, half-up; none without weights, or where a rate that weighs has no denominator.
    pub fn value(self, figures: &[Figure]) -> Option<i64> {
        let [response, solved, satisfied] = figures else {
            return None;
        };
        let sum = self.sum();
        if sum <= 0 {
            return None;
        }
        let mut total = 0;
        for (weight, figure) in [
            (self.response, response),
            (self.solved, solved),
            (self.satisfied, satisfied),
        ] {
            if weight > 0 {
                total += weight * figure.rate().basis_points()?;
            }
        }
        Some((total * 2 + sum) / (sum * 2))
    }
}

/// `85.20 %`, or a dash.
pub fn percent_of(value: Option<i64>) -> String {
    value.map_or_else(
        || "—".to_owned(),
        |bp| format!("{}.{:02} %", bp / 100, bp % 100),
    )
}

/// A place of a cube with its three rates and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreeRow {
    /// A value of each dimension; none for the total.
    pub keys: Vec<CubeKey>,
    /// The three rates.
    pub figures: Vec<Figure>,
    /// Hundredths of a percent; absent where a rate has no denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
}

/// The three rates together, by the dimensions of a cube.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreeView {
    /// When it was counted.
    pub as_of: Instant,
    /// The question as it stands in an address, without the weights.
    pub query: String,
    /// The weights that it was reckoned with.
    pub weights: Weights,
    /// The weights that hold now.
    pub holding: Weights,
    /// Dimensions in their order.
    pub axes: Vec<Axis>,
    /// The best first.
    pub rows: Vec<ThreeRow>,
    /// All rows together.
    pub total: ThreeRow,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(measure: Measure, numerator: i64, denominator: i64) -> Figure {
        Figure {
            measure,
            numerator,
            denominator,
        }
    }

    #[test]
    fn three_rates_are_one_value_by_their_weights() {
        let usual = Weights::read("10,45,45").expect("weights");
        let figures = [
            rate(THREE[0], 9, 10),
            rate(THREE[1], 8, 10),
            rate(THREE[2], 7, 10),
        ];
        // 0.10 × 90 + 0.45 × 80 + 0.45 × 70.
        assert_eq!(percent_of(usual.value(&figures)), "76.50 %");
        let other = Weights::read("0,1,1").expect("weights");
        assert_eq!(percent_of(other.value(&figures)), "75.00 %");
        assert_eq!(Weights::read(&usual.to_text()), Ok(usual));
    }

    #[test]
    fn nothing_to_divide_by_gives_a_dash_where_it_weighs() {
        let figures = [
            rate(THREE[0], 0, 0),
            rate(THREE[1], 8, 10),
            rate(THREE[2], 7, 10),
        ];
        let value = |text| Weights::read(text).expect("weights").value(&figures);
        assert_eq!(percent_of(value("10,45,45")), "—");
        assert_eq!(percent_of(value("0,50,50")), "75.00 %");
        for text in ["", "1,2", "1,2,3,4", "0,0,0", "-1,2,3", "101,1,1", "a,1,1"] {
            assert!(Weights::read(text).is_err(), "{text}");
        }
    }
}
