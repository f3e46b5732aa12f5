import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { itemsOf } from '../../../../src/core/card.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'

describe.each(DATABASES)('what comes next, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('two tasks of one client are one line, and the heading counts lines', async () => {
    const id = await bank.clientId('张三')
    await bank.rows(`insert into task (id, manager_id, client_id, kind, due_on, status, priority, reason, created_at)
      select gen_random_uuid(), manager_id, client_id, 'visit', '2026-11-23', 'open', 30, 'care', created_at
      from task where client_id = '${id}' returning 1`)
    await play(
      bank,
      `
      M1> 今日
      1 张三 · 顺发五金店
      134 9001 0001；走访：
      2 王芳
      3 王芳
      5 赵强
      `,
    )
  })

  test('the answer shows the next task whole, which is worked with a tap', async () => {
    const [card] = await bank.say('M1', '1 有意向 50万 周五下午3点')
    const [next] = (card?.blocks ?? []).flatMap((block) => (block.kind === 'list' ? [block] : []))
    const [item] = next ? itemsOf(next) : []
    expect(item?.text).toContain('134 9001 0002')
    expect(item?.buttons?.map(({ label }) => label)).toEqual(['登记', '没接', '晚点'])
    expect(item?.menu?.map(({ label }) => label)).toEqual(['有意向', '拒绝', '准备', '客户'])
    await play(bank, 'M1> [没接]\n已记：王芳 没接')
  })

  test('what is agreed at the hour of something else is said', () =>
    play(
      bank,
      `
      M1> 3 约见 周五下午3点15分
      已记：王芳 约见
      那个时间前后还有：下午3点 张三。
      `,
    ))

  test('a day that was not said is another one with a tap', async () => {
    await play(
      bank,
      `
      M1> 5 有意向 20万 好说话
      已记：赵强 有意向 20万 "好说话"，周四(11/26) 再联系。
      [改到明天] [改到周三(11/25)] [改到下周一(11/30)]
      M1> [改到周三(11/25)]
      已改：赵强 有意向 20万 "好说话"，周三(11/25) 再联系。
      `,
    )
    expect(
      await bank.rows(`select due_on::text as due, amount::int as amount from task
        join client on client.id = client_id where client.name = '赵强' and task.status = 'open'`),
    ).toEqual([{ due: '2026-11-25', amount: 200_000 }])
  })

  test.each([
    ['赵强 有意向 今天去店里看了，货挺多', true],
    ['赵强 再考虑 上门看过', true],
    ['赵强 有意向 went to his shop', true],
    ['赵强 再考虑 没去店里', false],
    ['赵强 有意向 说要去店里看看', false],
    ['赵强 有意向 到货了', false],
    ['赵强 拒绝 刚在别家贷了', false],
  ])('%s: a visit that was told of is logged with a tap: %s', async (line, offered) => {
    const [card] = await bank.say('M1', line)
    const labels = (card?.blocks ?? []).flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    )
    expect(labels.includes('记一次走访')).toBe(offered)
    if (!offered) return
    await play(bank, 'M1> [记一次走访]\n已记走访：赵强')
    const [visits] = await bank.rows<{ count: number }>('select count(*)::int from visit')
    expect(visits?.count).toBeGreaterThan(0)
    await bank.rows('delete from visit returning 1')
  })

  test('what was logged stands on the card with its amount', () =>
    play(bank, 'M1> 查 张三\n11-23 有意向 · 50万'))
})
