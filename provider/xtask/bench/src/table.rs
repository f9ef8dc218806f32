//! The table that compares the two: figures, ratio, what is demanded of it, and whether it is reached.

use std::fmt;

/// What is demanded of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Demand {
    /// Nothing: it is there to be read.
    Nothing,
    /// Ours divided by theirs.
    Ratio {
        /// The greatest ratio that will do.
        at_most: f64,
        /// The one to want.
        stretch: f64,
    },
    /// Ours divided by theirs, where more is better.
    RatioAtLeast(f64),
    /// Ours, whatever theirs is.
    AtMost(f64),
    /// Ours, where more is better.
    AtLeast(f64),
}

/// One line.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) what: &'static str,
    pub(crate) ours: f64,
    /// Of the rival, where it has been measured.
    pub(crate) theirs: Option<f64>,
    pub(crate) demand: Demand,
}

impl Line {
    /// A figure that is compared with nothing.
    pub(crate) fn ours(what: &'static str, ours: f64, demand: Demand) -> Self {
        Self {
            what,
            ours,
            theirs: None,
            demand,
        }
    }

    /// Without a rival no demand for a ratio is met.
    fn ratio(&self) -> f64 {
        self.theirs.map_or(f64::NAN, |theirs| self.ours / theirs)
    }

    fn verdict(&self) -> Verdict {
        let met = match self.demand {
            Demand::Nothing => return Verdict::NotAsked,
            Demand::Ratio { stretch, .. } if self.ratio() <= stretch => return Verdict::Stretch,
            Demand::Ratio { at_most, .. } => self.ratio() <= at_most,
            Demand::RatioAtLeast(least) => self.ratio() >= least,
            Demand::AtMost(limit) => self.ours <= limit,
            Demand::AtLeast(least) => self.ours >= least,
        };
        if met { Verdict::Yes } else { Verdict::No }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    NotAsked,
    No,
    Yes,
    Stretch,
}

/// The whole comparison.
#[derive(Debug)]
pub(crate) struct Table {
    /// How it was measured.
    pub(crate) caption: String,
    /// The heading of the figures that ours are compared with.
    pub(crate) rival: &'static str,
    pub(crate) lines: Vec<Line>,
}

impl Table {
    /// Whether every demand is met.
    pub(crate) fn is_reached(&self) -> bool {
        self.lines.iter().all(|line| line.verdict() != Verdict::No)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}\n", self.caption)?;
        let first = self.lines.iter().map(|line| line.what.len());
        let first = first.max().unwrap_or(0);
        writeln!(
            formatter,
            "{:first$} {:>9} {:>9} {:>7} {:>9} {:>8}  reached",
            "", "ours", self.rival, "ratio", "at most", "stretch"
        )?;
        for line in &self.lines {
            let start = format!(
                "{:first$} {:>9} {:>9} {:>7}",
                line.what,
                figure(line.ours),
                line.theirs.map(figure).unwrap_or_default(),
                line.theirs
                    .map(|_| format!("{:.3}", line.ratio()))
                    .unwrap_or_default()
            );
            let (limit, stretch) = match line.demand {
                Demand::Nothing => (String::new(), String::new()),
                Demand::Ratio { at_most, stretch } => {
                    (format!("{at_most:.2}"), format!("{stretch:.2}"))
                }
                Demand::RatioAtLeast(least) => (format!(">= {least:.0}"), String::new()),
                Demand::AtMost(limit) => (format!("{limit} ours"), String::new()),
                Demand::AtLeast(least) => (format!(">= {least} ours"), String::new()),
            };
            let verdict = match line.verdict() {
                Verdict::NotAsked => {
                    writeln!(formatter, "{}", start.trim_end())?;
                    continue;
                }
                Verdict::No => "NO",
                Verdict::Yes => "yes",
                Verdict::Stretch => "yes, stretch too",
            };
            writeln!(formatter, "{start} {limit:>9} {stretch:>8}  {verdict}")?;
        }
        Ok(())
    }
}

/// Two digits after the point, where the number is small enough for them to say something.
fn figure(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATIO: Demand = Demand::Ratio {
        at_most: 0.2,
        stretch: 0.1,
    };

    fn line(ours: f64, theirs: f64, demand: Demand) -> Line {
        Line {
            what: "a figure",
            ours,
            theirs: Some(theirs),
            demand,
        }
    }

    #[test]
    fn a_demand_is_met_at_its_limit_and_missed_above_it() {
        let verdict = |ours, demand| line(ours, 10.0, demand).verdict();
        assert_eq!(verdict(1.0, RATIO), Verdict::Stretch);
        assert_eq!(verdict(1.1, RATIO), Verdict::Yes);
        assert_eq!(verdict(2.0, RATIO), Verdict::Yes);
        assert_eq!(verdict(2.1, RATIO), Verdict::No);
        assert_eq!(verdict(40.0, Demand::RatioAtLeast(4.0)), Verdict::Yes);
        assert_eq!(verdict(39.0, Demand::RatioAtLeast(4.0)), Verdict::No);
        assert_eq!(verdict(3.0, Demand::AtMost(3.0)), Verdict::Yes);
        assert_eq!(verdict(3.1, Demand::AtMost(3.0)), Verdict::No);
        assert_eq!(verdict(80.0, Demand::AtLeast(80.0)), Verdict::Yes);
        assert_eq!(verdict(79.0, Demand::AtLeast(80.0)), Verdict::No);
        assert_eq!(verdict(99.0, Demand::Nothing), Verdict::NotAsked);
    }

    #[test]
    fn one_missed_line_fails_the_table() {
        let mut table = Table {
            caption: String::new(),
            rival: "Go peer",
            lines: vec![line(1.0, 10.0, RATIO), line(9.0, 1.0, Demand::Nothing)],
        };
        assert!(table.is_reached());
        table.lines.push(line(9.0, 10.0, RATIO));
        assert!(!table.is_reached());
    }

    #[test]
    fn a_line_shows_figures_ratio_demand_and_verdict() {
        let table = Table {
            caption: "Medians".to_owned(),
            rival: "Go peer",
            lines: vec![
                line(1.25, 500.0, RATIO),
                line(7.0, 2.0, Demand::Nothing),
                Line::ours("alone", 7.0, Demand::AtMost(8.0)),
            ],
        };
        assert_eq!(
            table.to_string().lines().collect::<Vec<_>>(),
            [
                "Medians",
                "",
                "              ours   Go peer   ratio   at most  stretch  reached",
                "a figure      1.25       500   0.003      0.20     0.10  yes, stretch too",
                "a figure      7.00      2.00   3.500",
                "alone         7.00                      8 ours           yes",
            ]
        );
    }
}
