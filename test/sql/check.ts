/**
 * How SQL is held to the schema and to the types. A statement is a text that the compiler does not
 * read, and the row that it declares is a promise of whoever wrote it. So:
 *
 * 1. `noting.ts`: each database that a test opens notes every statement that src sends it, once for
 *    each text, with the place of the call.
 * 2. `sites.ts`: TypeScript's own checker finds all such places in src and says which columns each
 *    declares; a statement that stands there whole is read from there, whether a test sends it or not.
 * 3. `describe.ts`: PostgreSQL says of each text, without running it, which columns it gives by the
 *    migrated schema; a column that is not there is an error.
 * 4. `row-faults.ts` compares the two, names, types and nulls; a fault fails the run at its end.
 * 5. The embedded database describes each text too, and gives the same columns: what words or rules a suite
 *    tests is played on one database, and holds on the other.
 *
 * A run of some tests holds what they sent and the files they sent it from; a run of all of them holds
 * every place. `npm run db:renames` shows for each column that nothing uses it unseen.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type Description, describer, embeddedReader } from './describe.ts'
import type { Noted } from './noting.ts'
import { rowFaults } from './row-faults.ts'
import { type Site, sitesIn } from './sites.ts'

/** The statements of the last whole run, for `npm run db:renames`. */
const KEPT = 'node_modules/.cache/chenhui/statements.json'

/** The statements of the last whole run; none where there was none. */
export const keptStatements = (): Noted[] =>
  existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : []

/**
 * Holds every statement to the migrated schema of both databases and to the row that its place in src
 * declares: those that a run noted in a file, and those that stand whole in the files that sent them.
 * `whole`: every test ran, so that all files are looked at, and each place whose statement is put
 * together must have sent it. Throws with all that is wrong.
 */
export async function holdStatements(
  file: string,
  { url, snapshot }: { readonly url: string; readonly snapshot: string },
  whole: boolean,
): Promise<void> {
  const noted = notedIn(file)
  if (noted.length === 0) return
  const sites = sitesIn(process.cwd(), whole ? undefined : new Set(noted.map(({ file }) => file)))
  const written = sites.flatMap(({ file, line, text }) => (text ? [{ file, line, text }] : []))
  const statements = distinct([...noted, ...written])
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const describe = await describer(client)
  const embedded = await embeddedReader(snapshot)
  const sent = new Set<Site>()
  const faults = new Set<string>()
  for (const { file, line, text } of statements) {
    const site = siteAt(sites, file, line)
    if (!site) {
      faults.add(`${file}:${line} sends SQL from nowhere in its source`)
      continue
    }
    sent.add(site)
    const columns = await describe(text)
    const refused = columns instanceof Error ? null : await embedded.faultOf(text, columns)
    for (const fault of [...faultsOf(site, columns, text), ...(refused ? [refused] : [])]) {
      faults.add(`${file}:${site.line} ${fault}`)
    }
  }
  await client.end()
  await embedded.close()
  for (const site of whole ? sites : []) {
    if (!sent.has(site)) faults.add(`${site.file}:${site.line} is sent by no test`)
  }
  if (faults.size > 0) throw new Error(`SQL that does not hold:\n${[...faults].sort().join('\n')}`)
  if (whole) {
    mkdirSync(path.dirname(KEPT), { recursive: true })
    writeFileSync(KEPT, JSON.stringify(statements))
  }
}

function notedIn(file: string): Noted[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return lines.filter(Boolean).map((line) => JSON.parse(line))
}

/** Of the statements of one place that differ only in literals, one. */
function distinct(statements: readonly Noted[]): Noted[] {
  const shapes = new Map(
    statements.map((each) => {
      const shape = each.text.replaceAll(/'[^']*'|(?<![$\w])\d+/g, '?')
      return [`${each.file} ${each.line} ${shape}`, each]
    }),
  )
  return [...shapes.values()]
}

const ID = /[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[\da-f]{4}-[\da-f]{12}/i

function faultsOf({ declares }: Site, columns: Description, text: string): string[] {
  if (columns instanceof Error) return [columns.message]
  const spliced = ID.test(text) ? ['has an id in its text: ids are parameters'] : []
  return [...spliced, ...(declares ? rowFaults(declares, columns, text) : [])]
}

/** The place of a call: its line is that of the method's name, or one of the call's. */
const siteAt = (sites: readonly Site[], file: string, line: number): Site | undefined => {
  const near = sites.filter((site) => site.file === file && site.line <= line && line <= site.last)
  return near.find((site) => site.line === line) ?? near.at(-1)
}
