//! Portuguese.

use super::{CardWords, Tale, Tongue};
use crate::book::Section;

const fn tale(code: &'static str, text: &'static str, low: i64, high: i64, section: Section) -> Tale {
    Tale { code, text, low, high, section }
}

const TALES: &[Tale] = &[
    tale("COM", "Compra * % ####", -9_800, -240, Section::Card),
    tale("COM", "*|Cartão ####, %", -12_000, -310, Section::Card),
    tale("LEV", "Levantamento caixa automático %", -30_000, -2_000, Section::Card),
    tale("DD", "Débito direto *|Autorização ###########", -18_400, -1_900, Section::Electronic),
    tale("TRF", "Transferência para &|Renda da casa", -92_000, -38_000, Section::Electronic),
    tale(
        "TRF",
        "Transferência para &|Fatura ##### de %|Valor original $",
        -74_000,
        -2_000,
        Section::Electronic,
    ),
    tale(
        "DD",
        "Débito *|Contrato ########|Período até %|Credor @@##ZZZ######",
        -21_000,
        -4_000,
        Section::Electronic,
    ),
    tale("CMS", "Comissão de manutenção", -1_290, -190, Section::Fee),
    tale("VENC", "Ordenado *", 110_000, 290_000, Section::Deposit),
    tale("TRF", "Transferência de &|Obrigado pelo jantar", 1_200, 26_000, Section::Deposit),
    tale("DEP", "Depósito em numerário balcão ####", 8_000, 90_000, Section::Deposit),
    tale("DEV", "Devolução * encomenda ######", 900, 14_000, Section::Deposit),
    tale("JUR", "Juros credores", 4, 2_100, Section::Interest),
];

const CARD: &[Tale] = &[
    tale("", "* ########", -19_000, -220, Section::Card),
    tale("", "*|encomenda @@######", -34_000, -600, Section::Card),
    tale("", "* viagens|Valor em moeda $ USD", -82_000, -4_000, Section::Card),
    tale("", "Juros", -3_900, -110, Section::Interest),
    tale("", "Pagamento recebido, obrigado", 8_000, 160_000, Section::Deposit),
    tale("", "Estorno *", 900, 12_000, Section::Deposit),
];

const LOAN: &[Tale] = &[
    tale("JUR", "Juros", -64_000, -9_000, Section::Interest),
    tale("PREST", "Prestação recebida|Ref. ########", 70_000, 190_000, Section::Deposit),
    tale("ANT", "Amortização antecipada &", 5_000, 90_000, Section::Deposit),
];

pub(crate) const PORTUGUESE: Tongue = Tongue {
    code: "pt",
    date: &["Data", "Data mov.", "Data operação", "Data movimento"],
    value: &["Data valor", "Valor"],
    text: &["Descrição", "Descritivo", "Movimento", "Descrição do movimento", "Detalhe"],
    columns: &[("Débito", "Crédito"), ("Débitos", "Créditos"), ("Saídas", "Entradas")],
    amount: &["Montante", "Importância", "Montante {c}", "Valor {c}"],
    balance: &["Saldo", "Saldo contabilístico", "Saldo após movimento"],
    kind: &["Tipo", "Cód."],
    reference: &["Referência", "Doc."],
    sign: &["D/C", "+/-"],
    ends: &[
        ("Saldo inicial em {}", "Saldo final em {}"),
        ("Saldo em {}", "Saldo em {}"),
        ("Saldo a {}", "Saldo a {}"),
    ],
    plain_ends: &[
        ("Saldo inicial", "Saldo final"),
        ("Saldo anterior", "Saldo atual"),
        ("Saldo de abertura", "Saldo de fecho"),
    ],
    carried: &[("Transporte", "A transportar"), ("Saldo anterior", "Saldo a transportar")],
    totals: &[("Total débitos", "Total créditos"), ("Total de saídas", "Total de entradas")],
    total: &["Total", "Totais"],
    sections: &[("Débitos", "Créditos"), ("Saídas", "Entradas")],
    title: &["Extrato de conta", "Extrato combinado", "Consulta de movimentos"],
    savings: "Conta poupança",
    business: "Conta empresa",
    loan: "Conta de empréstimo",
    current: "Conta à ordem",
    period: &["Período: {} a {}", "De {} a {}", "Movimentos entre {} e {}"],
    number: &["Número de conta", "Conta n.º", "Conta"],
    summary: &["Resumo", "Resumo da conta"],
    currency: "Moeda",
    overview: "As suas contas",
    page: &["Página {n} de {t}", "Pág. {n}", "{n}/{t}"],
    made_on: "Emitido em {}",
    empty: "Sem movimentos no período.",
    more: "Continua na página seguinte",
    items: "movimentos",
    notices: &[
        &["Os depósitos estão garantidos até 100.000,00 por cliente.", "Informe-se ao balcão."],
        &["A partir de 1 de julho, a segunda via do cartão custa 9,00."],
        &["Traga um amigo: 30,00 de prémio", "por cada nova conta com 400,00 depositados."],
    ],
    legal: &[
        "Salvo erro ou omissão.",
        "Capital social 15.000.000,00",
        "Confira os movimentos e comunique qualquer erro.",
    ],
    fees: ("Comissões", ["Total do período", "Total do ano", "Das quais descoberto"]),
    rates: ("Taxas de juro", ["Credora", "Descoberto autorizado", "Ultrapassagem"]),
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    short_months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    weekdays: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ],
    tales: TALES,
    card_tales: CARD,
    loan_tales: LOAN,
    card: CardWords {
        previous: &["Saldo anterior", "Dívida anterior"],
        payments: &["Pagamentos e créditos", "Pagamentos efetuados"],
        purchases: &["Compras e encargos", "Novos débitos"],
        new: &["Saldo atual", "Valor em dívida"],
        minimum: "Pagamento mínimo",
        limit: "Limite de crédito",
        columns: &[("Compras", "Pagamentos"), ("Débito", "Crédito")],
        sections: &[("Compras e encargos", "Pagamentos e créditos")],
        title: &["Extrato de cartão de crédito", "Extrato do cartão"],
    },
};
