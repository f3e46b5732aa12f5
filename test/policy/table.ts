import { readFileSync } from 'node:fs'
import { ROLES, type Role } from '../../src/core/staff.ts'

/** One row of the table: what a command is about, and by role what becomes of it. */
export interface TableRow {
  readonly command: string
  /** A noun of the bank; empty: nothing of anybody's. */
  readonly about: string
  /** Empty: may not say it; `yes`; or a sign for each place. */
  readonly cells: Readonly<Record<Role, string>>
}

/** The table as it stands in the repository. */
export function readTable(): TableRow[] {
  const lines = readFileSync(new URL('who-may.md', import.meta.url), 'utf8').split('\n')
  const rows = lines.filter((line) => line.startsWith('|')).slice(2)
  return rows.map((row) => {
    const [command = '', about = '', ...cells] = row
      .split('|')
      .slice(1)
      .map((each) => each.trim())
    const byRole = Object.fromEntries(ROLES.map((role, index) => [role, cells[index] ?? '']))
    return { command, about, cells: byRole as Record<Role, string> }
  })
}
