/** Of the first release; what comes behind it is held to expand and contract. Set with each tag. */
export const LAST_RELEASED = '20261129999999'

/** What the build before cannot serve behind, as it reads or writes otherwise; by a word of what is wrong. */
const CONTRACTS: readonly (readonly [RegExp, string])[] = [
  [/\bdrop\s+(?:table|column|type|view|schema)\b/i, 'drops what is used'],
  [/\brename\b/i, 'renames what is used'],
  [/\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b/i, 'changes a type'],
  [/\balter\s+column\s+\S+\s+set\s+not\s+null\b/i, 'demands a value'],
  [/\balter\s+column\s+\S+\s+drop\s+default\b/i, 'demands a value'],
  [/\badd\s+constraint\b(?![^;]*\bnot\s+valid\b)/i, 'demands what was not demanded'],
  [/\bcreate\s+unique\s+index\b/i, 'demands what was not demanded'],
]

/** A new column that must have a value, and has none by itself. */
const DEMANDED = /\badd\s+column\s+(?:if\s+not\s+exists\s+)?[^,;]*?\bnot\s+null\b[^,;]*/gi

/** An index that is made anew under its name, of which the migration says that it demands less than it did. */
const LOOSER =
  /--\s*looser:[^;]*\bdrop\s+index\s+("?[\w.]+"?);\s*create\s+unique\s+index\s+\1(?=\s)/gi

/** Made here, so that no build before knows it. */
const NEW_TABLE = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?("?[\w.]+"?)/gi

/**
 * What of a migration the build before it could not serve beside, a word each; empty: it only adds. What it does to
 * tables that it makes itself is nobody's loss.
 */
export function contractSteps(sql: string): string[] {
  const words = sql
    .replace(LOOSER, 'create index $1')
    .replace(/--[^\n]*/g, '')
    .replace(/'(?:[^']|'')*'/g, "''")
  // A comma within brackets parts no columns.
  const bare = words.replace(/\([^()]*\)/g, '()').replace(/\([^()]*\)/g, '()')
  const own = new Set([...bare.matchAll(NEW_TABLE)].map(([, table = '']) => unquoted(table)))
  const statements = bare.split(';').filter((statement) => !isAbout(statement, own))
  return statements.flatMap((statement) => {
    const found = CONTRACTS.filter(([sign]) => sign.test(statement)).map(([, word]) => word)
    const columns = statement.match(DEMANDED) ?? []
    const demands = columns.some((column) => !/\bdefault\b|\bgenerated\b/i.test(column))
    return demands ? [...found, 'demands a value'] : found
  })
}

function isAbout(statement: string, tables: ReadonlySet<string>): boolean {
  const [, table = ''] =
    statement.match(/\b(?:alter\s+table|index\s+(?:\S+\s+)?on)\s+(?:only\s+)?("?[\w.]+"?)/i) ?? []
  return tables.has(unquoted(table))
}

const unquoted = (name: string): string => name.replaceAll('"', '')
