//! Pipeline files: the built-in one, and everything a wrong one is told.

use smartexus_domain::{MediaType, RetentionClass, StageKind};
use smartexus_extract::OcrLanguages;
use smartexus_manifest::Span;
use smartexus_worker::pipeline::{
    Pipeline, PipelineSet, PipelineSetError, ReportFormat, StageChoices, validate_all,
};

const GOOD: &str = include_str!("../../../pipelines/bank-statement.yaml");

/// Changes one thing about the built-in file and says which faults follow: their codes, and the text they point at.
#[expect(clippy::expect_used, reason = "a helper of tests")]
fn faults(from: &str, to: &str) -> Vec<(&'static str, String)> {
    assert!(GOOD.contains(from), "{from} is not in the file");
    let text = GOOD.replace(from, to);
    let classes = [RetentionClass::try_from("financial-document".to_owned()).expect("a class")];
    let Err(errors) = Pipeline::from_yaml_knowing("p.yaml", &text, &classes) else { return Vec::new() };
    let pointed_at = |span: Span| {
        let line = text.lines().nth(span.line as usize - 1).unwrap_or_default();
        line.chars().skip(span.column as usize - 1).take(span.width as usize).collect()
    };
    errors.faults().iter().map(|fault| (fault.code, pointed_at(fault.span))).collect()
}

#[test]
fn the_built_in_pipeline_is_valid() {
    let pipeline = Pipeline::default_bank_statement().unwrap_or_else(|errors| panic!("\n{errors}\n"));
    assert_eq!(
        (pipeline.reference().name.as_str(), pipeline.reference().version.as_str()),
        ("bank-statement", "2")
    );
    use MediaType::{Bai2, Camt, Csv, Jpeg, Json, Mt940, Ods, Ofx, Pdf, Png, Qif, Tiff, Webp, Xls, Xlsx};
    let files = [Mt940, Camt, Ofx, Qif, Bai2, Json, Xls, Xlsx, Ods];
    assert_eq!(pipeline.accepts.media, [&[Pdf, Csv, Png, Jpeg, Tiff, Webp][..], &files].concat());
    let StageChoices::Extract(extract) = &pipeline.stages[0].choices else { panic!("extract is first") };
    assert_eq!(extract.ocr, Some(OcrLanguages::default()));
    assert_eq!(pipeline.stages.iter().map(|s| s.kind()).collect::<Vec<_>>(), StageKind::OF_DOCUMENTS);
    assert_eq!(pipeline.after(StageKind::Parse).map(|s| s.kind()), Some(StageKind::Categorize));
    assert_eq!(pipeline.after(StageKind::Report), None);
    assert_eq!(pipeline.review.len(), 3);
    let StageChoices::Report(report) = &pipeline.stages[4].choices else { panic!("report is last") };
    assert_eq!(report.formats, [ReportFormat::Csv, ReportFormat::Xlsx]);
    assert_eq!(faults("version: 2 ", "version: 2 "), []);
}

#[test]
fn what_a_wrong_file_is_told() {
    for (from, to, expected) in [
        // Tier 1: fields and types.
        ("words_per_page", "words_a_page", vec![("unknown_field", "words_a_page")]),
        ("attempts: 3", "attempts: three", vec![("wrong_type", "three")]),
        ("use: parse", "use: prase", vec![("unknown_value", "prase")]),
        ("retention: financial-document", "retention: FOREVER", vec![("invalid_value", "FOREVER")]),
        ("use: categorize", "use: categorize, with: { taxonomy: x }", vec![("unknown_field", "taxonomy")]),
        (", with: { formats: [csv, xlsx] }", "", vec![("missing_field", "{")]),
        ("application/pdf", "application/word", vec![("unknown_value", "application/word")]),
        // Tier 2: meaning.
        ("smartexus.pipeline/1", "smartexus.pipeline/2", vec![("schema", "smartexus.pipeline/2")]),
        ("name: bank-statement", "name: Bank Statement", vec![("invalid_value", "Bank Statement")]),
        (
            "use: extract\n    with: { words_per_page: 50000, glyphs_per_page: 200000, pixels_per_page: 40000000, page_timeout_ms: 60000, ocr: eng,\n            objects: 1000000, content_bytes_per_page: 100663296, forms_nested: 50 }",
            "use: parse",
            vec![("stage_order", "parse")],
        ),
        ("ocr: eng", "ocr: none", vec![]),
        ("ocr: eng", "ocr: deu+eng", vec![]),
        ("ocr: eng", "ocr: ../eng", vec![("invalid_value", "../eng")]),
        ("id: statement", "id: pages", vec![("duplicate", "pages")]),
        ("text/csv", "application/octet-stream", vec![("unsupported_media", "application/octet-stream")]),
        ("text/csv", "application/pdf", vec![("duplicate", "application/pdf")]),
        ("[csv, xlsx]", "[]", vec![("empty", "[")]),
        ("financial-document", "financial-documents", vec![("unknown_retention", "financial-documents")]),
        ("row.confidence", "row.confidnce", vec![("unknown_fact", "row.confidnce")]),
        (
            "use: categorize",
            "use: categorize, when: row.category_confidence < 1",
            vec![("fact_too_early", "row.category_confidence < 1")],
        ),
        ("use: categorize", "use: categorize, when: document.kind == bank_statement", vec![]),
        // Figures may be left out; nothing else in between may.
        ("  - { id: figures, use: analyze, with: { rows_max: 500 } }\n", "", vec![]),
        ("  - { id: enriched, use: categorize }\n", "", vec![("stage_order", "analyze")]),
        ("id: figures, use: analyze, with: { rows_max: 500 }", "id: figures, use: analyze", vec![]),
        (
            "use: extract\n",
            "use: extract\n    when: document.pages > 1\n",
            vec![("fact_too_early", "document.pages > 1")],
        ),
    ] {
        let found = faults(from, to);
        let found: Vec<_> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
        assert_eq!(found, expected, "{from} -> {to}");
    }
}

#[test]
fn every_limit_has_a_value_that_just_fits_and_one_that_just_does_not() {
    for (from, fits, breaks) in [
        ("version: 2 ", "version: 1000000 ", "version: 1000001 "),
        ("rows_max: 500 }", "rows_max: 1000000 }", "rows_max: 1000001 }"),
        ("rows_max: 500 }", "documents_max: 1000 }", "documents_max: 1001 }"),
        ("size_bytes: 33554432", "size_bytes: 1073741824", "size_bytes: 1073741825"),
        ("size_bytes: 33554432", "size_bytes: 1", "size_bytes: 0"),
        ("pages: 600", "pages: 10000", "pages: 10001"),
        ("document_timeout_ms: 120000", "document_timeout_ms: 100", "document_timeout_ms: 99"),
        ("document_timeout_ms: 120000", "document_timeout_ms: 3600000", "document_timeout_ms: 3600001"),
        ("memory_bytes: 536870912", "memory_bytes: 67108864", "memory_bytes: 67108863"),
        ("reply_bytes: 134217728", "reply_bytes: 1073741824", "reply_bytes: 1073741825"),
        ("attempts: 3", "attempts: 10", "attempts: 11"),
        ("attempts: 3", "attempts: 1", "attempts: 0"),
        ("pages_per_job: 50", "pages_per_job: 1", "pages_per_job: 0"),
        ("pages_per_job: 50", "pages_per_job: 10000", "pages_per_job: 10001"),
        ("words_per_page: 50000", "words_per_page: 1000000", "words_per_page: 1000001"),
        ("glyphs_per_page: 200000", "glyphs_per_page: 1", "glyphs_per_page: 0"),
        ("pixels_per_page: 40000000", "pixels_per_page: 10000", "pixels_per_page: 9999"),
        ("pixels_per_page: 40000000", "pixels_per_page: 400000000", "pixels_per_page: 400000001"),
        ("objects: 1000000", "objects: 10", "objects: 9"),
        ("objects: 1000000", "objects: 5000000", "objects: 5000001"),
        ("forms_nested: 50", "forms_nested: 1", "forms_nested: 0"),
        ("forms_nested: 50", "forms_nested: 50", "forms_nested: 51"),
        ("content_bytes_per_page: 100663296", "content_bytes_per_page: 1024", "content_bytes_per_page: 1023"),
        (
            "content_bytes_per_page: 100663296",
            "content_bytes_per_page: 1073741824",
            "content_bytes_per_page: 1073741825",
        ),
        ("page_timeout_ms: 60000", "page_timeout_ms: 100", "page_timeout_ms: 99"),
        ("page_timeout_ms: 60000", "page_timeout_ms: 3600000", "page_timeout_ms: 3600001"),
        ("readings_max: 64", "readings_max: 10000", "readings_max: 10001"),
        ("rows_max: 100000", "rows_max: 1000000", "rows_max: 1000001"),
        ("cells_max: 2000000", "cells_max: 100000000", "cells_max: 100000001"),
        ("entries_max: 2000", "entries_max: 10000", "entries_max: 10001"),
        ("entries_max: 2000", "entries_max: 1", "entries_max: 0"),
        ("unpacked_bytes_max: 268435456", "unpacked_bytes_max: 1073741824", "unpacked_bytes_max: 1073741825"),
        ("ratio_max: 100", "ratio_max: 200", "ratio_max: 201"),
        ("ratio_max: 100", "ratio_max: 1", "ratio_max: 0"),
        ("depth_max: 64", "depth_max: 128", "depth_max: 129"),
        ("depth_max: 64", "depth_max: 8", "depth_max: 7"),
        ("attributes_max: 256", "attributes_max: 1024", "attributes_max: 1025"),
        ("attributes_max: 256", "attributes_max: 1", "attributes_max: 0"),
    ] {
        assert_eq!(faults(from, fits), [], "{fits}");
        let found = faults(from, breaks);
        assert!(matches!(found.as_slice(), [("out_of_range", _)]), "{breaks}: {found:?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let broken = GOOD
        .replace("attempts: 3", "attempts: 0")
        .replace("pages: 600", "pages: 0")
        .replace("verified", "green");
    let errors = Pipeline::from_yaml("p.yaml", &broken).expect_err("three faults");
    let codes: Vec<_> = errors.faults().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["out_of_range", "out_of_range", "unknown_value"], "{errors}");
    assert!(errors.to_string().contains("--> p.yaml:12:"), "{errors}");
}

#[test]
fn a_directory_is_read_as_a_whole() {
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join("a.yaml"), GOOD).expect("written");
    std::fs::write(dir.path().join("b.yaml"), GOOD.replace("version: 2 ", "version: 7 ")).expect("written");
    std::fs::write(dir.path().join("notes.txt"), "not yaml").expect("written");
    let set = PipelineSet::from_dir(dir.path()).expect("two versions");
    assert_eq!(set.iter().count(), 4);
    assert_eq!(set.newest("bank-statement").map(|p| p.version), Some(7));

    std::fs::write(dir.path().join("c.yaml"), GOOD).expect("written");
    std::fs::write(dir.path().join("d.yaml"), "schema: [").expect("written");
    let errors = validate_all(dir.path(), None).expect_err("a twin and a broken file");
    assert!(
        matches!(errors.as_slice(), [PipelineSetError::Duplicate { .. }, PipelineSetError::Manifest(_)]),
        "{errors:?}"
    );
}

#[test]
fn issuers_beside_the_pipelines_are_known_to_all_and_their_faults_have_a_place() {
    let issuer = include_str!("../../../pipelines/issuers/wopel-tarn.yaml");
    let dir = tempfile::tempdir().expect("a directory");
    let issuers = dir.path().join("issuers");
    std::fs::create_dir(&issuers).expect("made");
    std::fs::write(issuers.join("wopel-tarn.yaml"), issuer).expect("written");
    std::fs::write(dir.path().join("b.yaml"), GOOD.replace("version: 2 ", "version: 7 ")).expect("written");
    let set = PipelineSet::from_dir(dir.path()).expect("its own and the built-in one");
    let known = |pipeline: &Pipeline| {
        let stages = pipeline.stages.iter().filter_map(|stage| match &stage.choices {
            StageChoices::Parse(options) => Some(options.hints.iter().map(|hint| hint.name().to_owned())),
            StageChoices::Extract(_)
            | StageChoices::Categorize(_)
            | StageChoices::Analyze(_)
            | StageChoices::Report(_)
            | StageChoices::Fill(_) => None,
        });
        stages.flatten().collect::<Vec<_>>()
    };
    assert!(set.iter().count() > 1);
    let reads = |pipeline: &&Pipeline| pipeline.stage(StageKind::Parse).is_some();
    assert!(set.iter().filter(reads).all(|pipeline| known(pipeline) == ["Wopel Tarn Ildestro"]));
    assert!(set.iter().filter(|pipeline| !reads(pipeline)).all(|pipeline| known(pipeline).is_empty()));
    // What may change how a document is read is a part of the version that it was read with.
    let version = |set: &PipelineSet| set.newest("bank-statement").expect("built in").reference().version;
    assert_eq!(version(&PipelineSet::built_in().expect("built in")), "2", "without issuers");
    let (name, digest) =
        version(&set).split_once('+').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two parts");
    assert_eq!((name.as_str(), digest.len()), ("7", 8));
    assert!(set.iter().all(|pipeline| set.get(&pipeline.reference()) == Some(pipeline)));
    let other = issuer.replace("date_order: day_month", "date_order: month_day");
    std::fs::write(issuers.join("wopel-tarn.yaml"), other).expect("written");
    assert_ne!(version(&PipelineSet::from_dir(dir.path()).expect("read")), version(&set));
    std::fs::write(issuers.join("wopel-tarn.yaml"), format!("# A remark.\n{issuer}")).expect("written");
    assert_eq!(version(&PipelineSet::from_dir(dir.path()).expect("read")), version(&set));

    for (from, to, fault) in [
        ("role: balance, left: 310", "role: balanse, left: 310", "wopel-tarn.yaml:19"),
        ("schema: smartexus.issuer/1", "schema: smartexus.issuer/2", "wopel-tarn.yaml:3"),
        ("left: 310, right: 390", "left: 310, right: 300", "left to right within the page"),
    ] {
        std::fs::write(issuers.join("wopel-tarn.yaml"), issuer.replace(from, to)).expect("written");
        let errors = validate_all(dir.path(), None).expect_err("a broken issuer");
        let words = errors.iter().map(ToString::to_string).collect::<String>();
        assert!(words.contains(fault), "{words}");
    }
}

#[test]
fn a_pipeline_of_cases_begins_with_figures() {
    let pipeline = Pipeline::default_case().unwrap_or_else(|errors| panic!("\n{errors}\n"));
    assert!(pipeline.is_of_cases() && pipeline.name == Pipeline::CASE);
    assert!(!Pipeline::default_bank_statement().unwrap().is_of_cases());
    assert_eq!(
        pipeline.stages.iter().map(|s| s.kind()).collect::<Vec<_>>(),
        [StageKind::Analyze, StageKind::Report]
    );
    assert_eq!(pipeline.case_limits().documents_max, 200);
    let StageChoices::Report(report) = &pipeline.stages[1].choices else { panic!("report is last") };
    assert_eq!(report.formats, ReportFormat::ALL);
    let good = include_str!("../../../pipelines/case.yaml");
    for (from, to, code) in [
        ("application/json", "application/pdf", "unsupported_media"),
        ("any: []", "any: [statement.verdict != verified]", "fact_too_early"),
        ("use: report", "use: report, when: document.pages > 1", "fact_too_early"),
        (
            "use: report, with: { formats: [json, csv, xlsx, pdf, parquet, ofx, qbo, qif, camt] }",
            "use: parse",
            "stage_order",
        ),
        ("[json, csv,", "[json, csv, csv,", "duplicate"),
    ] {
        assert!(good.contains(from), "{from}");
        let errors = Pipeline::from_yaml("p.yaml", &good.replace(from, to)).unwrap_err();
        assert_eq!(errors.faults().iter().map(|fault| fault.code).collect::<Vec<_>>(), [code], "{from}");
    }
}

#[test]
fn a_pipeline_of_forms_has_one_stage() {
    let pipeline = Pipeline::default_form().unwrap_or_else(|errors| panic!("\n{errors}\n"));
    assert!(pipeline.is_of_forms() && !pipeline.is_of_cases());
    assert_eq!(pipeline.form_documents_max(), 200);
    let good = include_str!("../../../pipelines/form.yaml");
    for (from, to, code) in [
        ("application/pdf", "image/png", "unsupported_media"),
        ("any: []", "any: [document.pages > 1]", "fact_too_early"),
        ("documents_max: 200", "documents_max: 0", "out_of_range"),
        (
            "documents_max: 200 } }\n",
            "documents_max: 200 } }\n  - { id: more, use: categorize }\n",
            "stage_order",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        let errors = Pipeline::from_yaml("p.yaml", &good.replace(from, to)).unwrap_err();
        assert_eq!(errors.faults().iter().map(|fault| fault.code).collect::<Vec<_>>(), [code], "{from}");
    }
    assert_eq!(faults("use: categorize }", "use: forms.fill }"), [("stage_order", "forms.fill".to_owned())]);
}
