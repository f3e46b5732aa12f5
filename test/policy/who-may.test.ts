/** @module-tag long */

import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/app-features.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { readTable } from './table.ts'
import { openTries } from './try-cells.ts'

const TABLE = readTable()

describe('who may what', () => {
  test('is decided for every command, once', () => {
    const rows = TABLE.map(({ command, about }) => `${command} ${about}`)
    expect(rows).toEqual([...new Set(rows)])
    const decided = new Set(TABLE.map(({ command }) => command))
    expect(COMMANDS.map(({ name }) => name).filter((name) => !decided.has(name))).toEqual([])
  })

  describe.each(DATABASES)('as the table says, on %s', (kind) => {
    let tries: Awaited<ReturnType<typeof openTries>>
    beforeAll(async () => {
      tries = await openTries(await openTestDatabase(kind))
    })

    test.each(TABLE.map((row) => [row.command, row.about, row] as const))(
      '%s %s',
      async (_command, _about, row) => {
        expect(await tries.try(row)).toEqual(row.cells)
      },
    )

    test('and of every condition there is a cell that it refuses', () => {
      expect(tries.neverRefused()).toEqual([])
    })
  })
})
