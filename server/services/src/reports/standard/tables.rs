//! A section's numbers as parts of a report: a heading, bars where it has some, and the table behind them.
//! Not here: single cells (`change`), the order of ranks (`ranks`), counting (`count`).

use shared::measure::{CubeRow, CubeView, Figure, Key, Measure, MeasureUnit, Side};
use shared::quality::ScoresView;
use shared::report::{Align, Bar, Bars, Cell, Part, Section, Show, Table, What};
use shared::text::{Locale, standard as words};

use super::change::{DASH, change, count, decimal, value, weight};
use super::count::{Counted, Cubes};
use super::ranks;
use crate::reference::Reference;

/// Most bars of a chart; the table has every row.
const MOST_BARS: usize = 40;
/// Categories of each city.
const MOST_TOPICS: usize = 3;

/// A row with its numbers in the time before and the year before.
pub(super) struct Line<'c> {
    pub row: &'c CubeRow,
    pub others: [Option<&'c CubeRow>; 2],
}

/// Puts a section behind the parts that are there.
pub(super) fn section(
    parts: &mut Vec<Part>,
    (section, counted): (&Section, &Counted),
    (reference, locale): (&Reference, Locale),
) {
    let caption = section.heading.get(locale);
    parts.push(Part::Heading(caption.to_owned()));
    match (counted, section.what) {
        (Counted::Cube(cubes), What::Cube { by: None, .. }) => {
            parts.push(Part::Table(figures(cubes, caption, locale)));
        }
        (Counted::Cube(cubes), What::Cube { show, .. }) => {
            rows(parts, (cubes, show), caption, (reference, locale));
        }
        (Counted::Cube(cubes), What::PerPeople { .. }) => {
            per_people(parts, cubes, caption, (reference, locale));
        }
        (Counted::Cube(cubes), What::Topics { .. }) => topics(parts, cubes, caption, locale),
        (Counted::Quality(scores), _) => scored(parts, scores, caption, locale),
        (Counted::Approvals(times), _) => times.put(parts, caption, locale),
        // A cube is counted for nothing else.
        (Counted::Cube(_), _) => {}
    }
}

/// Words that stand for a table without rows.
pub(super) fn nothing(parts: &mut Vec<Part>, locale: Locale) {
    parts.push(Part::Words(words::NOTHING.get(locale).to_owned()));
}

pub(super) fn head(text: impl Into<String>, align: Align) -> (String, Align) {
    (text.into(), align)
}

/// The address of the list behind a number.
fn list(cubes: &Cubes, measure: Measure, side: Side, at: &[Key]) -> String {
    let filter = cubes.query.behind(measure, side, at);
    format!("/tickets?{}", filter.to_query())
}

/// The list of a value: of a mean there is none for its numerator.
fn link(cubes: &Cubes, figure: Figure, at: &[Key]) -> Option<String> {
    let side = match figure.measure.definition().unit() {
        MeasureUnit::Hours => Side::Denominator,
        MeasureUnit::Tickets | MeasureUnit::Percent => Side::Numerator,
    };
    Some(list(cubes, figure.measure, side, at))
}

/// Each measure as a row, with what it was counted from.
fn figures(cubes: &Cubes, caption: &str, locale: Locale) -> Table {
    let columns = [
        (words::MEASURE, Align::Start),
        (words::VALUE, Align::End),
        (words::NUMERATOR, Align::End),
        (words::DENOMINATOR, Align::End),
        (words::BEFORE, Align::End),
        (words::CHAIN, Align::End),
        (words::YEAR_BEFORE, Align::End),
        (words::YEARLY, Align::End),
    ];
    let total = |view: &CubeView, place: usize| view.total.get(place).copied();
    let row = |(place, figure): (usize, &Figure)| {
        let figure = *figure;
        let others = cubes.others.as_ref();
        let before = others.and_then(|[before, _]| total(before, place));
        let year = others.and_then(|[_, year]| total(year, place));
        let plain = |other: Option<Figure>| {
            other.map_or_else(|| Cell::words(DASH), |it| value(it, None, locale))
        };
        let unit = figure.measure.definition().unit();
        let side = |side: Side, number: i64| match (unit, side) {
            (MeasureUnit::Tickets, _) | (MeasureUnit::Hours, Side::Numerator) => Cell::words(""),
            _ => count(number, Some(list(cubes, figure.measure, side, &[]))),
        };
        vec![
            Cell::words(words::column(figure.measure, locale)),
            value(figure, link(cubes, figure, &[]), locale),
            side(Side::Numerator, figure.numerator),
            side(Side::Denominator, figure.denominator),
            plain(before),
            change(figure, before, locale),
            plain(year),
            change(figure, year, locale),
        ]
    };
    Table {
        caption: caption.to_owned(),
        columns: columns
            .into_iter()
            .map(|(word, align)| head(word.get(locale), align))
            .collect(),
        rows: cubes.now.total.iter().enumerate().map(row).collect(),
        total: None,
    }
}

/// Measures by a dimension: bars, table, and what was left out.
fn rows(
    parts: &mut Vec<Part>,
    (cubes, show): (&Cubes, Show),
    caption: &str,
    (reference, locale): (&Reference, Locale),
) {
    let mut lines: Vec<Line<'_>> = cubes.now.rows.iter().map(|row| line(cubes, row)).collect();
    if lines.is_empty() {
        nothing(parts, locale);
        return;
    }
    let all = lines.len();
    if let Show::First(most) = show {
        lines.sort_by_key(|line| {
            std::cmp::Reverse(line.row.figures.first().copied().and_then(weight))
        });
        lines.truncate(most);
    }
    if show != Show::Table && show != Show::Ranked {
        parts.extend(bars(&lines, locale));
    }
    let table = if show == Show::Ranked {
        let ranked = ranks::of(lines, |line| ranks::class(line, reference, locale));
        let mut columns = vec![
            head(words::CLASS.get(locale), Align::Start),
            head(words::PLACE.get(locale), Align::End),
        ];
        columns.extend(heads(cubes, locale));
        let row = |ranked: ranks::Ranked<'_>| {
            let mut cells = vec![Cell::words(ranked.class), place(ranked.place)];
            cells.extend(cells_of(cubes, &ranked.line, locale));
            cells
        };
        Table {
            caption: caption.to_owned(),
            columns,
            rows: ranked.into_iter().map(row).collect(),
            total: None,
        }
    } else {
        Table {
            caption: caption.to_owned(),
            columns: heads(cubes, locale),
            rows: lines.iter().map(|it| cells_of(cubes, it, locale)).collect(),
            total: Some(total(cubes, locale)),
        }
    };
    let shown = table.rows.len();
    parts.push(Part::Table(table));
    if shown < all || cubes.now.more {
        parts.push(Part::Words(words::first_of(shown, all, locale)));
    }
}

/// A place among others, or a dash.
fn place(place: Option<usize>) -> Cell {
    match place {
        Some(place) => Cell {
            text: place.to_string(),
            number: Some(place.to_string()),
            href: None,
        },
        None => Cell::words(DASH),
    }
}

/// A row beside the same one of the other times.
fn line<'c>(cubes: &'c Cubes, row: &'c CubeRow) -> Line<'c> {
    let same = |view: &'c CubeView| view.rows.iter().find(|other| other.keys == row.keys);
    let others = match &cubes.others {
        Some([before, year]) => [same(before), same(year)],
        None => [None, None],
    };
    Line { row, others }
}

/// The heads of a table by a dimension.
fn heads(cubes: &Cubes, locale: Locale) -> Vec<(String, Align)> {
    let axes = cubes.now.axes.iter();
    let mut heads: Vec<(String, Align)> = axes
        .map(|axis| head(axis.label(locale), Align::Start))
        .collect();
    for measure in cubes.now.measures.iter().copied() {
        heads.push(head(words::column(measure, locale), Align::End));
        let mut beside = Vec::new();
        if measure.definition().unit() != MeasureUnit::Tickets {
            beside.push(words::SAMPLE);
        }
        if cubes.others.is_some() {
            beside.extend([words::CHAIN, words::YEARLY]);
        }
        for word in beside {
            heads.push(head(words::beside(measure, word, locale), Align::End));
        }
    }
    heads
}

/// A row of it.
fn cells_of(cubes: &Cubes, line: &Line<'_>, locale: Locale) -> Vec<Cell> {
    let keys = line.row.keys.iter();
    let mut cells: Vec<Cell> = keys.map(|key| Cell::words(key.name.get(locale))).collect();
    let at = line.row.at();
    for (index, figure) in line.row.figures.iter().enumerate() {
        let of = |row: Option<&CubeRow>| row.and_then(|row| row.figures.get(index).copied());
        let others = line.others.map(of);
        numbers(&mut cells, cubes, (*figure, others, &at), locale);
    }
    cells
}

/// The last row: everything, those rows too that are not shown.
fn total(cubes: &Cubes, locale: Locale) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for index in 0..cubes.now.axes.len() {
        let word = if index == 0 {
            words::ALL.get(locale)
        } else {
            ""
        };
        cells.push(Cell::words(word));
    }
    for (index, figure) in cubes.now.total.iter().enumerate() {
        let of = |view: &CubeView| view.total.get(index).copied();
        let others = match &cubes.others {
            Some([before, year]) => [of(before), of(year)],
            None => [None, None],
        };
        numbers(&mut cells, cubes, (*figure, others, &[]), locale);
    }
    cells
}

/// The cells of one measure.
fn numbers(
    cells: &mut Vec<Cell>,
    cubes: &Cubes,
    (figure, others, at): (Figure, [Option<Figure>; 2], &[Key]),
    locale: Locale,
) {
    cells.push(value(figure, link(cubes, figure, at), locale));
    if figure.measure.definition().unit() != MeasureUnit::Tickets {
        let href = list(cubes, figure.measure, Side::Denominator, at);
        cells.push(count(figure.denominator, Some(href)));
    }
    if cubes.others.is_some() {
        for other in others {
            cells.push(change(figure, other, locale));
        }
    }
}

/// The first measure as bars.
fn bars(lines: &[Line<'_>], locale: Locale) -> Option<Part> {
    let shown: Vec<(&CubeRow, Figure)> = lines
        .iter()
        .filter_map(|line| Some((line.row, *line.row.figures.first()?)))
        .take(MOST_BARS)
        .collect();
    let measure = shown.first().map(|(_, figure)| figure.measure)?;
    let most = shown.iter().filter_map(|(_, figure)| weight(*figure)).max();
    let most = most.filter(|most| *most > 0)?;
    let bar = |(row, figure): (&CubeRow, Figure)| {
        let share = weight(figure).map(|amount| amount * 1_000 / most);
        let names = row.keys.iter().map(|key| key.name.get(locale));
        Bar {
            name: names.collect::<Vec<_>>().join(" · "),
            share: share.and_then(|share| u32::try_from(share).ok()),
            value: value(figure, None, locale).text,
        }
    };
    Some(Part::Bars(Bars {
        caption: measure.label(locale).to_owned(),
        unit: words::unit_word(measure.definition().unit(), locale).to_owned(),
        bars: shown.into_iter().map(bar).collect(),
    }))
}

/// How many there are for ten thousand people of each city.
fn per_people(
    parts: &mut Vec<Part>,
    cubes: &Cubes,
    caption: &str,
    (reference, locale): (&Reference, Locale),
) {
    if cubes.now.rows.is_empty() {
        nothing(parts, locale);
        return;
    }
    let mut is_missing = false;
    let mut rows = Vec::new();
    for row in &cubes.now.rows {
        let line = line(cubes, row);
        let mut cells = cells_of(cubes, &line, locale);
        let code = row.keys.first().map(|key| format!("{}00", key.code));
        let people = code.and_then(|code| reference.lists.people(&code));
        let tickets = row.figures.first().map_or(0, |figure| figure.numerator);
        is_missing |= people.is_none();
        cells.extend([
            people.map_or_else(|| Cell::words(DASH), |people| count(people, None)),
            people.map_or_else(
                || Cell::words(DASH),
                |people| per_ten_thousand(tickets, people),
            ),
        ]);
        rows.push(cells);
    }
    let mut columns = heads(cubes, locale);
    columns.push(head(words::PEOPLE.get(locale), Align::End));
    columns.push(head(words::RATE.get(locale), Align::End));
    parts.push(Part::Table(Table {
        caption: caption.to_owned(),
        columns,
        rows,
        total: None,
    }));
    if is_missing {
        parts.push(Part::Words(words::NO_PEOPLE.get(locale).to_owned()));
    }
}

/// Half up to two decimals.
fn per_ten_thousand(tickets: i64, people: i64) -> Cell {
    let number = decimal((tickets * 2_000_000 + people) / (people * 2));
    Cell {
        text: number.clone(),
        number: Some(number),
        href: None,
    }
}

/// The most frequent categories of each city.
fn topics(parts: &mut Vec<Part>, cubes: &Cubes, caption: &str, locale: Locale) {
    let mut lines: Vec<Line<'_>> = cubes.now.rows.iter().map(|row| line(cubes, row)).collect();
    if lines.is_empty() {
        nothing(parts, locale);
        return;
    }
    let city = |line: &Line<'_>| line.row.keys.first().map(|key| key.code.clone());
    let amount = |line: &Line<'_>| line.row.figures.first().copied().and_then(weight);
    lines.sort_by_key(|line| (city(line), std::cmp::Reverse(amount(line))));
    let (mut last, mut before) = (None, 0);
    lines.retain(|line| {
        let city = city(line);
        before = if last == city { before + 1 } else { 0 };
        last = city;
        before < MOST_TOPICS
    });
    parts.push(Part::Table(Table {
        caption: caption.to_owned(),
        columns: heads(cubes, locale),
        rows: lines.iter().map(|it| cells_of(cubes, it, locale)).collect(),
        total: Some(total(cubes, locale)),
    }));
}

/// Scores of the data by area and unit, the best first; what has no tickets has no place.
fn scored(parts: &mut Vec<Part>, scores: &ScoresView, caption: &str, locale: Locale) {
    if scores.items.is_empty() {
        nothing(parts, locale);
        return;
    }
    let mut items: Vec<_> = scores.items.iter().collect();
    items.sort_by_key(|it| std::cmp::Reverse(it.score));
    let row = |(index, it): (usize, &shared::quality::ScoreView)| {
        let named = it.region.as_ref().or(it.unit.as_ref());
        let name = named.map_or_else(String::new, |named| named.name.clone());
        // Thousandths are tenths of a percent.
        let score = it.score.map(|score| decimal(score * 10));
        vec![
            place(it.score.map(|_| index + 1)),
            Cell::words(name),
            count(it.tickets, None),
            count(it.open.total(), None),
            Cell {
                text: score.clone().unwrap_or_else(|| DASH.to_owned()),
                number: score,
                href: None,
            },
        ]
    };
    parts.push(Part::Table(Table {
        caption: caption.to_owned(),
        columns: vec![
            head(words::PLACE.get(locale), Align::End),
            head(words::AREA.get(locale), Align::Start),
            head(words::TICKETS.get(locale), Align::End),
            head(words::FINDINGS.get(locale), Align::End),
            head(format!("{} (%)", words::SCORE.get(locale)), Align::End),
        ],
        rows: items.into_iter().enumerate().map(row).collect(),
        total: None,
    }));
}
