import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/core/card.ts'
import { day } from '../../../src/core/time.ts'
import { chineseWorkdays } from '../../../src/core/workdays.ts'
import { isLastOfWeek } from '../../../src/features/digest/rules.ts'
import { evening, weekly } from '../../../src/features/digest/send-digests.ts'
import { remindOpen } from '../../../src/features/tasks/remind-afternoon.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
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

describe.each(DATABASES)('the end of a day on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    bank.setClock('2026-11-23T08:07:00+08:00')
  })
  afterEach(() => bank.close())

  const at = () => bank.app.house.moment()
  const remind = () => remindOpen(bank.app.house, at())

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
      L1> 指标 一队 联系 50
      M1> 今日
      M1> 1 有意向 50万 周五
      M1> 2 没接
      @ 2026-11-23T17:43:00+08:00
      `,
    )
    await bank.told()
    expect([await evening(bank.app.house, at()), await evening(bank.app.house, at())]).toEqual([
      1, 0,
    ])
    await play(
      bank,
      `
      L1<
      一队 · 11月23日 周一 小结
      办结 2 · 未办 2 · 有意向 1
      [周敏 办结 2 未办 1 有意向 1；Lee 办结 0 未办 1 有意向 0]
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
    expect(await weekly(bank.app.house, at())).toBe(0)
    bank.setClock('2026-11-27T17:13:00+08:00')
    await bank.told()
    expect([await weekly(bank.app.house, at()), await weekly(bank.app.house, at())]).toEqual([1, 0])
    await play(
      bank,
      `
      H1<
      城东支行 · 本周（11-23 起）
      办结 1
      申请 1
      走访 1
      [一队 办结 1
      二队 办结 0
      逾期的可以帮一把：一队
      `,
    )
  })
})
