import { glob } from 'node:fs/promises'
import { COMMANDS } from '../../src/app-features.ts'
import { everyone, may, type Policy } from '../../src/bot/policy.ts'
import { ROLES } from '../../src/core/staff.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { KEYED } from '../support/keyed.ts'
import { readTable, type TableRow } from './table.ts'
import { type Open, openTries } from './try-cells.ts'

/**
 * Puts "always" in the place of each policy in turn, then of its conditions alone, and looks for a cell
 * of the table that turns red. Exits with 1 where there is none: then nobody would notice.
 */
const ALWAYS = { reach: everyone('bank'), judge: () => null }
const { judge: UNCONDITIONALLY } = may({})
const WITHOUT_CONDITIONS = { judge: UNCONDITIONALLY }

/** Of a policy that judges several things by another one, that other one is tried. */
const isPolicy = (value: unknown): value is Policy<never> =>
  typeof value === 'object' &&
  value !== null &&
  'judge' in value &&
  Object.getOwnPropertyDescriptor(value, 'reach')?.get === undefined

/** Every policy there is, by its name. */
async function policies(): Promise<Map<Policy<never>, string>> {
  const found = new Map<Policy<never>, string>()
  for await (const file of glob('src/**/policy.ts')) {
    if (file === 'src/bot/policy.ts') continue
    const exported: Record<string, unknown> = await import(`../../${file}`)
    for (const [name, value] of Object.entries(exported)) {
      const of = file.replace(/^src\/(?:features\/)?(.*)\/policy\.ts$/, '$1')
      if (!isPolicy(value)) continue
      const others = found.get(value)
      found.set(value, `${others ? `${others} = ` : ''}${of}: ${name}`)
    }
  }
  return found
}

const database = await openPglite(undefined, KEYED)
const tries = await openTries(database)
const table = readTable()

/** The first cell that is not as the table says; null: all are. */
async function firstRed(rows: readonly TableRow[]): Promise<string | null> {
  for (const row of rows) {
    for (const role of ROLES) {
      const cell = await tries.cellOf(row, role).catch((error: Error) => error.message)
      if (cell !== row.cells[role]) return `${row.command} ${row.about} (${role})`
    }
  }
  return null
}

/** What is red while this is in its place; commands of the policy are tried first, then all. */
async function redWith(policy: Policy<never>, other: Partial<Policy<never>>) {
  const before = { reach: policy.reach, judge: policy.judge }
  const own = new Set(COMMANDS.filter(({ may }) => may === policy).map(({ name }) => name))
  const first = table.filter(({ command }) => own.has(command))
  const rest = table.filter(({ command }) => !own.has(command))
  Object.assign(policy as Open, other)
  try {
    return await firstRed([...first, ...rest])
  } finally {
    Object.assign(policy as Open, before)
  }
}

const baseline = await firstRed(table)
if (baseline) throw new Error(`the table is red as it is: ${baseline}`)
let survived = 0
for (const [policy, name] of await policies()) {
  const everybodys = ROLES.every((role) => policy.reach[role])
  // What is everybody's, of their own, is "always" itself.
  const changes = [
    ...(everybodys ? [] : [['always', ALWAYS] as const]),
    ...(policy.judge !== UNCONDITIONALLY
      ? [['without its conditions', WITHOUT_CONDITIONS] as const]
      : []),
  ]
  if (changes.length === 0) console.log(`${name}: everybody may, of what is their own`)
  for (const [change, other] of changes) {
    const red = await redWith(policy, other)
    if (!red) survived++
    console.log(`${name} ${change}: ${red ? `red at ${red}` : 'SURVIVED'}`)
  }
}
await database.close()
console.log(survived > 0 ? `${survived} would not be noticed` : 'none would go unnoticed')
process.exit(survived > 0 ? 1 : 0)
