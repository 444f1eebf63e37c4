//! Every limit, just below and just above.

use crate::draft::{case, draft};
use smartexus_analyze::{Analyst, AnalyzeError, CaseRows, Limits, analyze};
use smartexus_domain::{FaultVerdict, Figures};

fn with(limits: Limits) -> Result<Figures, AnalyzeError> {
    let lines = "2026-03-02 | 10.00 | rev.gig | G\n2026-03-03 | 20.00 | rev.gig | G\n2026-03-04 | 30.00 | rev.gig | G";
    let (case, papers) = case(&[draft("a", ("2026-03-01", "2026-03-10"), "0.00", true, lines)], &[]);
    let analyst = Analyst::embedded().unwrap();
    let mut rows = CaseRows::new(&analyst);
    papers.iter().for_each(|(file, statements)| rows.add_statements(file, "", "", statements));
    analyze(&case, &rows, analyst.defaults(), &limits)
}

#[test]
fn rows() {
    assert!(with(Limits { rows_max: 3, ..Limits::default() }).is_ok());
    let refused = with(Limits { rows_max: 2, ..Limits::default() }).unwrap_err();
    assert!(matches!(refused, AnalyzeError::TooManyRows(2)) && refused.verdict() == FaultVerdict::Reject);
}

#[test]
fn days() {
    assert!(with(Limits { days_max: 10, ..Limits::default() }).is_ok());
    let refused = with(Limits { days_max: 9, ..Limits::default() }).unwrap_err();
    assert!(matches!(refused, AnalyzeError::TooManyDays(9)) && refused.verdict() == FaultVerdict::Reject);
}

#[test]
fn ids_of_one_figure() {
    for (listed, expected, left_out) in [(3, 3, 0), (2, 2, 1)] {
        let figures = with(Limits { rows_listed_max: listed, ..Limits::default() }).unwrap();
        let gross = figures.whole("gross_deposits", Figures::ALL, "USD").unwrap();
        assert_eq!(
            (gross.rows.len(), gross.rows_left_out, gross.value.as_deref()),
            (expected, left_out, Some("60.00"))
        );
    }
}
