//! The head of a page, as the Registry reads it.

/// The front matter of a page. Of the description the first paragraph is enough.
pub(super) fn front_matter(title: &str, description: &str) -> String {
    let paragraph = description.split("\n\n").next().unwrap_or_default();
    let lines: Vec<String> = plain(paragraph)
        .lines()
        .map(|line| format!("  {}\n", line.trim()))
        .collect();
    format!(
        "---\npage_title: \"{title}\"\nsubcategory: \"\"\ndescription: |-\n{}---\n\n",
        lines.concat()
    )
}

/// The front matter of a page that stands under a heading of its own in the list of pages.
pub(super) fn in_category(title: &str, category: &str, description: &str) -> String {
    front_matter(title, description).replace(
        "subcategory: \"\"\n",
        &format!("subcategory: \"{category}\"\n"),
    )
}

/// The front matter of the index, which belongs to no category.
pub(super) fn of_the_index(title: &str, description: &str) -> String {
    front_matter(title, description).replace("subcategory: \"\"\n", "")
}

/// Without Markdown's marks for emphasis and code, which the Registry shows as they are here. What stands in code
/// keeps its asterisks.
fn plain(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => part.replace('*', ""),
            _ => part.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_describes_the_page() {
        assert_eq!(
            front_matter("imp_x Resource - imp", "A *thing* of `imp.*`.\n\nMore."),
            "---\npage_title: \"imp_x Resource - imp\"\nsubcategory: \"\"\ndescription: |-\n  A thing of imp.*.\n---\n\n"
        );
    }
}
