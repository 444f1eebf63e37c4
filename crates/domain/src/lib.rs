#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod amount;
mod case;
mod category;
mod currency;
mod date;
mod document;
mod failure;
mod fault;
mod figures;
mod file_facts;
mod finding;
mod form;
mod gather;
mod id;
mod money;
mod mrz;
mod page;
mod page_facts;
mod page_range;
mod paper;
mod paper_proof;
mod printed_digits;
mod proof;
mod reading;
mod repair;
mod result;
mod retention;
mod row_details;
mod signal;
mod statement;

pub use amount::{AmountToken, CurrencyMark, Ink, NumberStyle, SignMark};
pub use case::{
    Case, CaseAccount, CaseDocumentFacts, CaseSignal, CaseStatement, Difference, Disagreement, Duplicate,
    DuplicateKind, Gap, JoinedBy, LedgerProof, LedgerRow, MissingPages, Overlap, ProvedPart, Removal,
    RemovedRow, RowRef, Seam, Span, StatementRef, Transfer,
};
pub use category::{Categorization, CategoryId};
pub use currency::Currency;

pub use date::{DateOrder, DateToken, PartialDate, PrintedYear, month_names, month_of, weekday_names};
pub use document::{DocumentKind, DocumentSource, DocumentState, MediaType, StageKind};
pub use failure::{Failure, FailureCode};
pub use fault::FaultVerdict;
pub use figures::{
    Affordability, Basis, Benchmark, Cadence, Choice, CounterpartyShare, CoveredAccount, Declared, Figure,
    FigureUnit, Figures, FinancialStatement, FinancialStatementKind, FlowKind, FlowPeriod, IncomeKind,
    IncomeStream, MissingAccount, NotComputable, NotedRow, Position, PositionEvent, PositionEventKind,
    ReturnedItems, RuleOutcome, RuleResult, Series, StatementLine, StreamStatus, TaggedRows,
};
pub use file_facts::{
    FileFacts, FileId, PICTURE_TEXT_CHARS, PictureFacts, SAVES_MAX, Save, SignedRange, XmpFacts,
};
pub use finding::Finding;
pub use form::{
    FactOrigin, FieldKind, FieldOption, FieldState, FilledField, FormField, FormGap, FormResult, LabelSource,
    LabelText, WidgetPlace,
};
pub use gather::{GatherError, PAGE_FAILED, PAGES_UNREAD, PartPages, gather};
pub use id::{DocumentId, JobId, WorkspaceId};
pub use money::{Money, MoneyError};
pub use mrz::{Mrz, mrz_check_digit};
pub use page::{GlyphAlternatives, GlyphChoice, Page, PageMethod, PageRoute, Pages, Rect, RouteReason, Word};
pub use page_facts::{
    Annotation, Cover, CoverKind, DrawnOtherwise, EDIT_WORDS_MAX, Edit, EditMark, EditedWord, FontUse,
    Overlay, PAGE_FACTS_MAX, PageFacts, Picture, ResavedRegion,
};
pub use page_range::{PageRange, PageRangeError};
pub use paper::{ChildDocument, KindMethod, PageKind};
pub use paper_proof::{Decimal, Equation, PaperEquations, PaperProof, facts_of, is_proved, prove_paper};

pub use proof::prove;
pub use reading::{CategoryInputs, Reading};
pub use result::{
    DocumentFacts, PagesOutput, PagesOutputPage, PagesOutputWord, ResultStatus, StatementResult,
};
pub use retention::RetentionClass;
pub use row_details::{BankCode, CodeList, RowDetails, RowStatus};
pub use signal::{Severity, Signal, SignalName, SignalSummary};
pub use statement::{
    Account, Check, CheckName, Counts, Fact, Method, Outcome, Period, Proof, Repair, Source, Statement,
    Totals, Transaction, Verdict,
};
