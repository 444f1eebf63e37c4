//! Words that exports put into a column of their own to say whether a row has moved money.

use super::{ByPhrase, by_phrase, lookup};
use std::sync::LazyLock;

/// Whether a row has moved money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Booked,
    /// Announced or authorized: it may still change or go away.
    Pending,
    /// Refused or taken back before it moved anything.
    Void,
}

const STATES: &[(State, &str)] = &[
    (
        State::Booked,
        "booked|book|posted|completed|complete|cleared|settled|processed|executed|confirmed|success|successful|gebucht|\
         umsatz gebucht|ausgefuhrt|abgeschlossen|comptabilise|comptabilisee|execute|executee|effectue|termine|\
         contabilizado|realizado|ejecutado|completado|contabilizzato|eseguito|completato|geboekt|verwerkt|uitgevoerd|\
         voltooid|lancado|efetuado|concluido",
    ),
    (
        State::Pending,
        "pending|pdng|pend|p pending|authorised|authorized|authorisation|authorization|auth|hold|on hold|held|uncleared|unposted|\
         not posted|not yet posted|in progress|processing|in process|awaiting|scheduled|future|reserved|outstanding|\
         vorgemerkt|umsatz vorgemerkt|vorgemerkte buchung|vorgemerkter umsatz|ausstehend|offen|in bearbeitung|reserviert|en attente|en cours|\
         a venir|en cours de traitement|non comptabilise|pendiente|pendientes|en curso|en proceso|retenido|in sospeso|in attesa|\
         in corso|non contabilizzato|non contabilizzata|prenotato|in behandeling|gereserveerd|nog te verwerken|nog niet geboekt|\
         pendente|em processamento|por lancar|cativo",
    ),
    (
        State::Void,
        "void|voided|declined|rejected|refused|failed|failure|error|reverted|cancelled|canceled|expired|denied|\
         abgelehnt|fehlgeschlagen|abgebrochen|refuse|refusee|rejete|rejetee|annule|annulee|echoue|echouee|\
         rechazado|rechazada|anulado|anulada|cancelado|cancelada|fallido|fallida|rifiutato|rifiutata|\
         annullato|annullata|fallito|geweigerd|geannuleerd|mislukt|recusado|recusada|falhado|falhada",
    ),
];

static STATE_OF: ByPhrase<State> = LazyLock::new(|| by_phrase(STATES));

/// Headings of the column.
const HEADINGS: &str = "status|state|transaction status|transaction state|booking status|posting status|payment status|posted status|\
                        buchungsstatus|status der buchung|umsatzstatus|zustand|statut|etat|statut de l operation|estado|\
                        estado del movimiento|stato|stato operazione|stato movimento|estado do movimento|situacao|pending";

/// What a folded cell says; `None` where it says something else.
pub(crate) fn state(folded: &str) -> Option<State> {
    lookup(&STATE_OF, folded)
}

/// Whether a column of this folded heading says it.
pub(crate) fn names_state(folded: &str) -> bool {
    HEADINGS.split('|').any(|heading| heading == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_column() {
        for (text, expected) in [
            ("Pending", Some(State::Pending)),
            ("Umsatz vorgemerkt", Some(State::Pending)),
            ("Umsatz gebucht", Some(State::Booked)),
            ("COMPLETED", Some(State::Booked)),
            ("REVERTED", Some(State::Void)),
            ("Annulée", Some(State::Void)),
            ("R", None),
            ("", None),
        ] {
            assert_eq!(state(&crate::lexicon::fold(text)), expected, "{text}");
        }
        assert!(names_state("buchungsstatus") && !names_state("station"));
    }

    #[test]
    fn no_word_says_two_things() {
        let mut words: Vec<&str> = STATES.iter().flat_map(|(_, words)| words.split('|')).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
