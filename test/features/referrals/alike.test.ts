import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/core/card.ts'
import { type Bank, buttonsOf, MONDAY, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { visitorsOf } from '../../support/visitor.ts'

describe.each(DATABASES)('visitors who may be clients already, on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
    bank.setClock(MONDAY)
  })
  afterAll(() => bank.close())

  /** Presses a button of what M1 was told last. */
  async function press(label: string) {
    const [row] = await bank.rows<{ card: Card }>(`
      select card from message where conversation = 'console:M1' order by id desc limit 1`)
    const button = row && buttonsOf(row.card).find((each) => each.label === label)
    if (!button) throw new Error(`no button ${label}`)
    return bank.send('M1', button.intent, label)
  }

  test('another name under a number on file: the manager says who it is', async () => {
    const path = await visitors.linkOf('S1', '我的码')
    const form = { consent: 'yes', business: '', need: '', name: '小张', phone: '13490010001' }
    await visitors.from('203.0.113.1').leave(path, form)
    await play(
      bank,
      `
      M1<
      档案里已有这位客户（张三），算回访，不算新客户。
      留的名字是 小张，和档案不同
      [客户] [另建] [今日]
      `,
    )
    await press('另建')
    expect(
      await bank.rows(`
        select client.phone, person from client join client_phone on client_id = client.id
        where client.name = '小张'`),
    ).toEqual([{ phone: null, person: '张三' }])
  })

  test('a name and business on file under another number: the manager merges, or does not', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const form = { consent: 'yes', need: '', phone: '13812340009' }
    await visitors
      .from('203.0.113.2')
      .leave(path, { ...form, name: '王 芳', business: '福源 饭店' })
    await play(
      bank,
      `
      M1<
      可能就是您已有的客户 王芳 · 福源饭店
      [客户] [是同一个] [今日]
      `,
    )
    await press('是同一个')
    await press('合并')
    expect(
      await bank.rows(`
        select number, preferred from client_phone join client on client.id = client_id
        where business_name = '福源饭店' order by preferred desc`),
    ).toEqual([
      { number: '+8613490010002', preferred: true },
      { number: '+8613812340009', preferred: false },
    ])
  })
})
