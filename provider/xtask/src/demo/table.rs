//! Columns for people.

/// The lines of a table with a line under its heading. Columns are as wide as their widest cell.
pub(crate) fn table(heading: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines: Vec<Vec<String>> = vec![heading.iter().map(ToString::to_string).collect()];
    lines.extend(rows);
    let widths: Vec<usize> = (0..heading.len())
        .map(|column| {
            let cells = lines.iter().filter_map(|line| line.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    lines.insert(1, rule);
    lines
        .iter()
        .map(|line| {
            let cells: Vec<String> = line
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_lines_have_no_tail() {
        let rows = [
            vec!["a".to_owned(), String::new()],
            vec!["long cell".to_owned(), "é".to_owned()],
        ];
        assert_eq!(
            table(&["x", "yy"], rows),
            ["x          yy", "---------  --", "a", "long cell  é"]
        );
    }
}
