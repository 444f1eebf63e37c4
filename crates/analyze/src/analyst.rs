//! The data that figures rest on.

use crate::choices::Choices;
use crate::error::AnalyzeError;
use crate::lenders::Lenders;
use crate::taxonomy::Taxonomy;

/// The taxonomy's flags, the lenders, and what holds where a workspace says nothing.
#[derive(Debug, Clone)]
pub struct Analyst {
    pub(crate) taxonomy: Taxonomy,
    pub(crate) lenders: Lenders,
    pub(crate) defaults: Choices,
}

impl Analyst {
    /// The data that ships with the program.
    ///
    /// # Errors
    /// A fault in it; a test keeps that from happening.
    pub fn embedded() -> Result<Self, AnalyzeError> {
        Ok(Self {
            taxonomy: Taxonomy::parse(include_str!("../../../pipelines/categories/taxonomy.csv"))?,
            lenders: Lenders::embedded()?,
            defaults: Choices::embedded()?,
        })
    }

    /// Other lenders, as text of the shape of `pipelines/analytics/lenders.yaml`.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its place.
    pub fn with_lenders(mut self, file_name: &str, text: &str) -> Result<Self, AnalyzeError> {
        self.lenders = Lenders::read(file_name, text)?;
        Ok(self)
    }

    /// What holds where a workspace says nothing.
    #[must_use]
    pub const fn defaults(&self) -> &Choices {
        &self.defaults
    }
}
