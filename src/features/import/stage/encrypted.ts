import { secret, secretDocument, secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Identity } from '../../clients/identity/rules.ts'

const KINDS: readonly string[] = ['phone', 'id', 'credit-code'] satisfies Identity['kind'][]
const isKind = (kind: unknown): kind is Identity['kind'] => KINDS.includes(String(kind))

interface ReadRow {
  readonly says: object
  readonly cells: readonly unknown[]
  readonly keys: readonly string[]
}

/** What somebody wrote of a person, by the names of `Says`, `SaidEvent` and the rows of lists. */
const NOTES: readonly string[] = ['note', 'reason', 'evidence']

/** A row as it is staged: numbers that find its client are encrypted wherever they stand, notes, its cells as a whole. */
export function encryptedStaged<Row extends ReadRow>({ says, cells, keys, ...rest }: Row) {
  const named = keys.map((key) => {
    const [, kind, value = ''] = key.match(/^([a-z-]+):(.*)$/) ?? []
    return { key, identity: isKind(kind) ? { kind, value } : null }
  })
  const numbers = new Map(
    named.flatMap(({ identity }) => (identity ? [[identity.value, identity.kind]] : [])),
  )
  return {
    ...rest,
    says: encryptedIn(says, numbers),
    cells: secretDocument(cells),
    // The key of a list is compared alone.
    keys: named.map(({ key, identity }) =>
      identity ? `${identity.kind}:${secret(identity.kind, identity.value)}` : secretKey('id', key),
    ),
  }
}

/** The same, with every text that is one of these numbers encrypted, and every identity. */
function encryptedIn(said: unknown, numbers: ReadonlyMap<string, Identity['kind']>): unknown {
  if (typeof said === 'string') {
    const kind = numbers.get(said)
    return kind ? secret(kind, said) : said
  }
  if (Array.isArray(said)) return said.map((each) => encryptedIn(each, numbers))
  if (said === null || typeof said !== 'object') return said
  if ('kind' in said && 'value' in said && isKind(said.kind)) {
    return { ...said, value: secret(said.kind, String(said.value)) }
  }
  return Object.fromEntries(
    Object.entries(said).map(([name, each]) => [
      name,
      NOTES.includes(name) && typeof each === 'string'
        ? secret('note', each)
        : encryptedIn(each, numbers),
    ]),
  )
}
