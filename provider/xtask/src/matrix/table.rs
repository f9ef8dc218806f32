//! The table of cores and suites.

use super::suite::{Outcome, Suite};

/// Cores from top to bottom, suites from left to right.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(suites: &[Suite]) -> Self {
        let names = suites.iter().map(|suite| suite.name().to_owned());
        Self {
            rows: vec![std::iter::once(String::new()).chain(names).collect()],
        }
    }

    pub(super) fn add(&mut self, core: String, outcomes: &[Outcome]) {
        let cells = outcomes.iter().map(|outcome| {
            let [passed, skipped, failed] = outcome.counts();
            format!("{passed} / {skipped} / {failed}")
        });
        self.rows.push(std::iter::once(core).chain(cells).collect());
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(String::len).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths);
            let cells: Vec<String> = cells
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            cells.join("  ")
        };
        self.rows.iter().map(line).collect()
    }
}
