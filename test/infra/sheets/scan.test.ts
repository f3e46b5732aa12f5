import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanSheet } from '../../../src/infra/sheets/reading/scan.ts'

const SHEET = Buffer.from(
  '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><f>1+1</f><v></v></c></row>' +
    '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="C2" t="e"><f>A9</f><v>#N/A</v></c></row></sheetData>' +
    '<mergeCells><mergeCell ref="A1:A3"/></mergeCells></worksheet>',
)

async function* inPieces(cuts: readonly number[]) {
  const places = [0, ...cuts.toSorted((one, other) => one - other), SHEET.length]
  for (const [at, from] of places.entries()) yield SHEET.subarray(from, places[at + 1] ?? from)
}
const scan = (cuts: readonly number[]) => scanSheet(inPieces(cuts), { listed: 0, cells: 0 })

test('a sheet is the same wherever it is cut into pieces', async () => {
  const whole = await scan([])
  expect(whole).toEqual({
    ...{ hidden: new Set([1]), merges: [[0, 2, 0]], listed: 4, cells: 5 },
    faults: new Map([
      [0, new Map([[1, 'formula']])],
      [1, new Map([[2, 'error']])],
    ]),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(SHEET.length), { maxLength: 40 }), async (cuts) => {
      expect(await scan(cuts)).toEqual(whole)
    }),
  )
})
