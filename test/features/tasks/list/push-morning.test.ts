import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { push } from '../../../../src/features/tasks/list/push-morning.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'

describe.each(DATABASES)('the morning push on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    bank.setClock('2026-11-23T08:07:00+08:00')
  })
  afterEach(() => bank.close())

  const run = (dryRun = false) => push(bank.app.services, bank.app.services.moment(), { dryRun })

  test('reaches whoever has something due, once, however often it runs', async () => {
    const first = await run()
    expect(first).toEqual({ workday: true, queued: 2, already: 0, empty: 3, unreachable: 0 })
    const [again, third] = [await run(), await run()]
    expect(again).toEqual({ workday: true, queued: 0, already: 2, empty: 3, unreachable: 0 })
    expect(third.queued).toBe(0)
    expect((await bank.told()).map(({ code }) => code).sort()).toEqual(['M1', 'M2'])
  })

  test('two runs at once send one list to each', async () => {
    await Promise.all([run(), run()])
    expect((await bank.told()).map(({ code }) => code).sort()).toEqual(['M1', 'M2'])
  })

  test('a dry run counts and sends nothing', async () => {
    expect((await run(true)).queued).toBe(2)
    expect(await bank.told()).toEqual([])
    expect((await run()).queued).toBe(2)
  })

  test.each([
    ['2026-11-28', false, 'a Saturday'],
    ['2026-10-01', false, 'a holiday on a weekday'],
    ['2026-10-10', true, 'a Saturday that is worked to make up'],
  ])('%s is a workday: %s (%s)', async (day, workday) => {
    bank.setClock(`${day}T08:07:00+08:00`)
    expect((await run(true)).workday).toBe(workday)
  })

  test('the numbers of the pushed list stay the same all day', async () => {
    await run()
    await bank.say('M1', '1 没接')
    const today = JSON.stringify(await bank.say('M1', '今日'))
    expect(today).toContain('"mark":"2"')
    expect(today).not.toContain('"mark":"1"')
  })

  test('an outcome before the list is due does not overtake it', async () => {
    const services = { ...bank.app.services, morning: { at: '08:07', spreadSeconds: 600 } }
    await push(services, services.moment(), { dryRun: false })
    await bank.say('M1', '1 没接')
    expect(await bank.rows(`select 1 from message where replaces is not null`)).toEqual([])
  })

  test('who has no account is counted as unreachable', async () => {
    await bank.database.prisma.account.deleteMany()
    expect(await run()).toMatchObject({ queued: 0, unreachable: 2 })
  })

  test('a list is spread over the seconds that are set, the same each day for one person', async () => {
    const services = { ...bank.app.services, morning: { at: '08:07', spreadSeconds: 600 } }
    await push(services, services.moment(), { dryRun: false })
    const rows = await bank.rows<{ after: number }>(
      `select extract(epoch from not_before - created_at)::float8 as after from message`,
    )
    expect(rows).toHaveLength(2)
    for (const { after } of rows) expect(after).toBeLessThanOrEqual(600)
  })
})
