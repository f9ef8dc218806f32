//! Medians, minima and percentiles.

/// The value in the middle, the higher of two; 0 where there is none.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let values = sorted(values);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The least value; 0 where there is none.
pub(crate) fn minimum(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().min_by(f64::total_cmp).unwrap_or(0.0)
}

/// The least value that so many in a hundred are not above (nearest rank); 0 where there is none.
pub(crate) fn percentile(percent: usize, values: impl IntoIterator<Item = f64>) -> f64 {
    let values = sorted(values);
    let rank = (values.len() * percent).div_ceil(100);
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: f64, right: f64) {
        assert!((left - right).abs() < f64::EPSILON, "{left} {right}");
    }

    #[test]
    fn order_does_not_matter() {
        same(median([3.0, 1.0, 2.0]), 2.0);
        same(median([4.0, 1.0]), 4.0);
        same(minimum([3.0, 1.0, 2.0]), 1.0);
        same(percentile(50, [3.0, 1.0, 2.0]), 2.0);
    }

    #[test]
    fn nothing_makes_nothing() {
        same(median([]), 0.0);
        same(minimum([]), 0.0);
        same(percentile(99, []), 0.0);
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let hundred = || (1..=100).map(f64::from);
        same(percentile(99, hundred()), 99.0);
        same(percentile(100, hundred()), 100.0);
        same(percentile(1, hundred()), 1.0);
        same(percentile(99, (1..=200).map(f64::from)), 198.0);
        // Of a few values the worst.
        same(percentile(99, [1.0, 5.0]), 5.0);
        same(percentile(0, [1.0, 5.0]), 1.0);
    }
}
