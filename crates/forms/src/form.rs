//! A blank, opened: its fields, and what it says about itself.

use crate::pdf::{PageView, PdfFile};
use crate::read::{Field, find_labels, pages_of, walk};
use crate::{FormError, FormLimits, fingerprint};
use smartexus_domain::{Finding, FormField, Pages};

/// A PDF form as read from its bytes. Reading changes nothing and runs nothing.
#[derive(Debug, Clone)]
pub struct Form {
    pub(crate) file: PdfFile,
    pub(crate) pages: Vec<PageView>,
    pub(crate) fields: Vec<Field>,
    findings: Vec<Finding>,
    sha256: String,
    fingerprint: String,
}

impl Form {
    /// Opens untrusted bytes. `pages` are the words of the same file, where the caller has them: they give each
    /// field the label that a person reads.
    ///
    /// # Errors
    /// [`FormError`]: what is no form, or more than the limits.
    pub fn open(bytes: &[u8], pages: Option<&Pages>, limits: &FormLimits) -> Result<Self, FormError> {
        let file = PdfFile::open(bytes, limits)?;
        let views = pages_of(&file, limits)?;
        let mut walked = walk(&file, &views)?;
        let is_xfa = file.acro_form().is_some_and(|form| form.has(b"XFA"));
        if walked.fields.is_empty() {
            return Err(if is_xfa { FormError::XfaOnly } else { FormError::NoFields });
        }
        find_labels(&mut walked.fields, pages);
        let mut form = Self {
            sha256: fingerprint::sha256(bytes),
            fingerprint: fingerprint::of_fields(&walked.fields, views.len()),
            pages: views,
            fields: walked.fields,
            findings: walked.findings,
            file,
        };
        form.look_around(is_xfa);
        Ok(form)
    }

    /// What a person should know before trusting the blank.
    fn look_around(&mut self, is_xfa: bool) {
        let lost = self.file.objects_lost();
        let lost_text = format!("{lost} objects of the file could not be read.");
        let notes = [
            (
                is_xfa,
                "xfa_dropped",
                "The form has an XFA twin. Filling uses the ordinary fields and removes it.",
            ),
            (lost > 0, "objects_missing", lost_text.as_str()),
            (
                self.file.document.xref_recovery.is_some(),
                "file_repaired",
                "The file's table of objects was damaged; it is written anew when filled.",
            ),
            (
                self.file.document.was_encrypted(),
                "encrypted",
                "The file is encrypted with an empty password.",
            ),
            (
                self.is_signed(),
                "signed",
                "The form is signed. Filling would break the signature, so it is refused.",
            ),
        ];
        let told = notes.into_iter().filter(|(holds, _, _)| *holds);
        self.findings.extend(told.map(|(_, code, message)| Finding::new(code, message)));
    }

    /// One thing more that a person should know.
    pub(crate) fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The fields as `forms inspect` prints them, in the form's order.
    #[must_use]
    pub fn describe(&self) -> Vec<FormField> {
        self.fields.iter().map(Field::described).collect()
    }

    /// SHA-256 of the bytes, hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Of the fields' names, types and options and the count of pages: equal for two prints of one edition.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Pages of the file.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// What was noticed.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A signature field that is signed.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.fields.iter().any(|field| field.signed)
    }

    /// The field of a full name; of several kinds under one name, the one that is seen.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        let mut named = self.fields.iter().filter(|field| field.name == name);
        named.clone().find(|field| field.is_visible()).or_else(|| named.next())
    }
}
