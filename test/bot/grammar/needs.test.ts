import { expect, test } from 'vitest'
import { DAY_SHAPES } from '../../../src/bot/grammar/scan/kinds/day-shapes.ts'
import { hasAll, viewOf } from '../../../src/bot/grammar/scan/piece.ts'
import { RECOGNISERS } from '../../../src/bot/grammar/scan/scan.ts'
import { readTyped } from '../../../src/bot/grammar/scan/typed-line.ts'
import { FOLDERS, tablesIn } from '../words/tables.ts'

const VIEWS = FOLDERS.flatMap(tablesIn)
  .flatMap(({ rows }) => rows)
  .map(({ text, at }) => viewOf(readTyped(text).text, { at, names: [] }))

test('what is passed over in a line for want of a character would find nothing there', () => {
  const missed = VIEWS.flatMap((view) => [
    ...RECOGNISERS.filter(({ needs }) => !hasAll(view, needs)).flatMap((each) =>
      [...each.find(view)].map(({ kind, said }) => `${kind} ${said}`),
    ),
    ...DAY_SHAPES.filter(([needs]) => !hasAll(view, needs)).flatMap(([, source]) =>
      [...view.text.matchAll(source)].map(([said]) => `day ${said}`),
    ),
  ])
  expect(missed).toEqual([])
})
