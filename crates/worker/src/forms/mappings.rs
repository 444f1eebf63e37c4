//! The mappings inside the program.

use smartexus_forms::MappingText;

const BUILT_IN: [(&str, &str); 6] = [
    (
        "pipelines/forms/borrower-information.yaml",
        include_str!("../../../../pipelines/forms/borrower-information.yaml"),
    ),
    (
        "pipelines/forms/loan-application.yaml",
        include_str!("../../../../pipelines/forms/loan-application.yaml"),
    ),
    (
        "pipelines/forms/personal-statement.yaml",
        include_str!("../../../../pipelines/forms/personal-statement.yaml"),
    ),
    (
        "pipelines/forms/residential-application.yaml",
        include_str!("../../../../pipelines/forms/residential-application.yaml"),
    ),
    (
        "pipelines/forms/taxpayer-request.yaml",
        include_str!("../../../../pipelines/forms/taxpayer-request.yaml"),
    ),
    (
        "pipelines/forms/transcript-request.yaml",
        include_str!("../../../../pipelines/forms/transcript-request.yaml"),
    ),
];

/// Every one of them.
#[must_use]
pub fn built_in() -> Vec<MappingText> {
    let text = |(file_name, text): (&str, &str)| MappingText {
        file_name: file_name.to_owned(),
        text: text.to_owned(),
    };
    BUILT_IN.into_iter().map(text).collect()
}
