import { describe, expect, test } from 'vitest'
import { faultsIn, knownFaults } from './known-faults.ts'
import { FOLDERS, judged, tablesIn } from './tables.ts'

describe.each(FOLDERS)('%s', (folder) => {
  test.each(tablesIn(folder))('$name: all but the known faults are taken right', (table) => {
    expect(faultsIn(judged(table))).toEqual(knownFaults(table.name))
  })

  test.each(tablesIn(folder))('$name says of no line two things', ({ rows }) => {
    const said = rows.map(({ typed, at }) => `${at.now.toISOString()} ${typed}`)
    expect(said.filter((line, place) => said.indexOf(line) < place)).toEqual([])
  })
})
