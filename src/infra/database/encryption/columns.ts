import { type SecretKind, secret } from './secret.ts'

/** The columns whose values are encrypted, by table. */
export const ENCRYPTED: Readonly<Record<string, Readonly<Record<string, SecretKind>>>> = {
  client: { phone: 'phone', id_number: 'id', credit_code: 'credit-code', do_not_contact: 'note' },
  client_phone: { number: 'phone' },
  relative: { phone: 'phone' },
  referral_entry: { phone: 'phone', need: 'note' },
  register_entry: { contact_phone: 'phone' },
  staff: { phone: 'phone' },
  second_factor: { secret: 'totp' },
  client_note: { text: 'note' },
  task: { note: 'note' },
  task_move: { from_note: 'note', skip_reason: 'note' },
  outcome: { note: 'note' },
  visit: { note: 'note' },
  need: { note: 'note' },
  hand_over_row: { note: 'note' },
  reminder: { note: 'note' },
  complaint: { about: 'note', answer: 'note' },
  enquiry: { question: 'note', answer: 'note' },
  share: { reason: 'note' },
  department_share: { reason: 'note' },
  erasure: { ground: 'note' },
  tier_nomination: { reason: 'note', evidence: 'note' },
  tier_change: { reason: 'note' },
  negative_entry: { reason: 'note', end_reason: 'note' },
  request: { reason: 'note', evidence: 'note' },
}

/** A value for a column of a table, to be encrypted where it is to be; what is no text is left as it is. */
export function encryptedValue(table: string, column: string, value: unknown): unknown {
  const kind = ENCRYPTED[table]?.[column]
  return kind && typeof value === 'string' ? secret(kind, value) : value
}

/** A row, by the names of its columns, as a statement is given it; what is no row is left as it is. */
export const encryptedRow = <Row>(table: string, row: Row): Row =>
  typeof row === 'object' && row !== null
    ? (Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          encryptedValue(table, column, value),
        ]),
      ) as Row)
    : row
