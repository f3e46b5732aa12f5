import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import type { Card } from '../../../src/core/card.ts'
import { digestChart } from '../../../src/features/digest/cards.ts'
import { isLastOfWeek } from '../../../src/features/digest/rules.ts'
import { evening, weekly } from '../../../src/features/digest/send-digests.ts'
import { remindOpen } from '../../../src/features/tasks/list/remind-afternoon.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

const workdays = chineseWorkdays()

test.each([
  ['2026-11-27', true, 'a Friday'],
  ['2026-11-26', false, 'a Thursday'],
  ['2026-11-28', false, 'a Saturday'],
  ['2026-09-30', true, 'the Wednesday before National Day'],
  ['2026-10-09', false, 'a Friday before a make-up Saturday'],
  ['2026-10-10', true, 'a make-up Saturday'],
])('%s ends a week of work: %s (%s)', (date, last) => {
  expect(isLastOfWeek(day(date), workdays)).toBe(last)
})

describe.each(ONE_DATABASE)('the end of a day on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    bank.setClock('2026-11-23T08:07:00+08:00')
  })
  afterEach(() => bank.close())

  const at = () => bank.app.services.moment()
  const remind = () => remindOpen(bank.app.services, at())

  test('only those with lines to log are reminded, once, and not on a day off', async () => {
    await play(bank, 'push\nM2> 1 declined')
    await bank.told()
    bank.setClock('2026-11-23T16:18:00+08:00')
    expect([await remind(), await remind()]).toEqual([1, 0])
    await play(
      bank,
      `
      M1<
      今天还有 3 件没登记。办过的回一句就行，如"1 没接"；今天来不及的发"改期 1"。
      1 张三 · 顺发五金店
      3 王芳
      M1> 改期 1
      已改期：张三
      `,
    )
    bank.setClock('2026-11-28T16:18:00+08:00')
    expect(await remind()).toBe(0)
  })

  test('who is muted or has no list of the day is not reminded', async () => {
    await play(bank, 'M1> 今日\nM1> 静音')
    expect(await remind()).toBe(0)
  })

  test('the lead gets the team of the day with a picture, once, and none when there was nothing', async () => {
    await play(
      bank,
      `
      H1> 指标 一队 联系 50
      M1> 今日
      M1> 1 有意向 50万 周五
      M1> 2 没接
      @ 2026-11-23T17:43:00+08:00
      `,
    )
    await bank.told()
    expect([
      await evening(bank.app.services, at()),
      await evening(bank.app.services, at()),
    ]).toEqual([1, 0])
    await play(
      bank,
      `
      L1<
      一队 · 11月23日 周一 小结
      办结 2 · 未办 2 · 有意向 1
      [周敏 办结 2 未办 1 有意向 1；Lee 未办 1]
      本月指标：联系 1/50
      `,
    )
    const [row] = await bank.rows<{ card: Card }>(
      `select card from message where once_key like 'evening:%'`,
    )
    const picture = row?.card.blocks.find((block) => block.kind === 'picture')
    const { format, width } = await sharp(Buffer.from(picture?.png ?? '', 'base64')).metadata()
    expect({ format, width }).toEqual({ format: 'png', width: 720 })
  })

  test('tasks that somebody who left leaves waiting stand in it, with how to hand them over', async () => {
    await play(
      bank,
      `
      L1> 离职 M2
      L1> [1 确认离职]
      Lee（M2）的账号已停用。
      @ 2026-11-23T17:43:00+08:00
      `,
    )
    await bank.told()
    await evening(bank.app.services, at())
    await play(
      bank,
      `
      L1<
      未办 4
      [周敏 未办 3；Lee（已离职） 未办 1]
      逾期的可以帮一把：周敏 1 件。
      Lee 已离职，还有 1 件没人办：发"交接 M2 平均"或"交接 M2 给 姓名"。
      L1> 交接 M2 平均
      L1> 1
      已交接
      `,
    )
    await bank.rows(
      `update message set once_key = null where once_key like 'evening:%' returning 1`,
    )
    await bank.told()
    await evening(bank.app.services, at())
    await play(bank, 'L1<\n未办 4\n[周敏 未办 4]')
  })

  test('two of one name have a row each', async () => {
    await bank.rows(`update staff set name = '周敏' where code = 'M2' returning 1`)
    await evening(bank.app.services, at())
    await play(bank, 'L1<\n[周敏 未办 3；周敏 未办 1]')
  })

  test('a row has no number for nothing', () => {
    const line = { leaver: null, overdue: 0, applied: 0, granted: 0, visits: 0 }
    const { series } = digestChart(
      [{ ...line, name: '周敏', done: 2, open: 0, interested: 0 }],
      'zh',
    )
    expect(series).toMatchObject([{ data: [2] }, { data: [null] }, { data: [null] }])
  })

  test('the head gets the week by team on its last workday', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 已申请
      M3> 走访 钱进 店里忙
      @ 2026-11-26T17:13:00+08:00
      `,
    )
    expect(await weekly(bank.app.services, at())).toBe(0)
    bank.setClock('2026-11-27T17:13:00+08:00')
    await bank.told()
    expect([await weekly(bank.app.services, at()), await weekly(bank.app.services, at())]).toEqual([
      1, 0,
    ])
    await play(
      bank,
      `
      H1<
      城东支行 · 本周（11-23 起）
      办结 1
      申请 1
      走访 1
      [一队 办结 1 未办 5；二队 无]
      逾期的可以帮一把：一队
      `,
    )
  })
})
