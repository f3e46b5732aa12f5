import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { judged, tablesIn } from './tables.ts'

/** Those that are read as nothing; the others are known faults. */
const waiting = tablesIn('tables')
  .flatMap(judged)
  .filter(
    ([{ right }, verdict]) => right.some(({ kind }) => kind === 'waits') && verdict === 'right',
  )
  .map(([row]) => row)

describe.each(ONE_DATABASE)('what waits for a command that is yet to come, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test.each(waiting)(
    '$text: says that it is not understood, and does nothing',
    async ({ text }) => {
      for (const who of ['M1', 'L1']) {
        const said = (await bank.say(who, text)).map(render).join('\n')
        expect(said).toContain(`没听懂"${text}"`)
      }
      expect(await bank.rows("select command from act where result = 'done'")).toEqual([])
    },
  )
})
