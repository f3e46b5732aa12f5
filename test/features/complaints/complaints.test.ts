import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { escalateComplaints } from '../../../src/features/complaints/watch-complaints.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('complaints on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const escalate = () => escalateComplaints(bank.app.house, bank.app.house.moment())
  const rows = () =>
    bank.rows(
      `select complaint.status, answer, task.status as task from complaint
       join task on task.id = task_id order by complaint.id`,
    )

  test('has a day, comes first, and is settled by what the client says of it', async () => {
    await play(
      bank,
      `
      M1> 投诉
      没有未结的投诉
      M1> 投诉 赵强 扣费没有说明，很生气
      已记投诉：赵强 "扣费没有说明，很生气"，下周一(11/30) 前答复，已排进今天的清单。
      M1> 今日
      今天 4 件
      今天
      赵强 · 恒通货运部
      投诉"扣费没有说明，很生气"，下周一(11/30)前答复
      M1> 投诉
      未结投诉 1 件
      赵强 "扣费没有说明，很生气"
      M1> 投诉 结 赵强
      怎么处理的，赵强 怎么说？
      M1> 客户还不满意
      客户还不认可，投诉先不结
      M1> 投诉 结 赵强 已退费，客户满意
      投诉已结：赵强 "已退费，客户满意"，下周一(11/30) 回访。
      M1> 撤销
      已撤销：赵强 的投诉办结。
      M1> 投诉 结 赵强 已退费，客户满意
      M1> 投诉 结 赵强 已退费
      赵强 没有未结的投诉。
      `,
    )
    expect(await rows()).toEqual([{ status: 'closed', answer: '已退费，客户满意', task: 'done' }])
  })

  test('its task is not closed by an outcome and not put off past its day', () =>
    play(
      bank,
      `
      M1> 投诉 赵强 额度算错
      M1> 今日
      M1> 2 没接
      赵强 这件是投诉，处理好后发"投诉 结 赵强 客户的答复"
      M1> 改期 2 周五
      已改期：赵强 → 周五(11/27)。
      M1> 改期 2 12/3
      赵强 的投诉要在 下周一(11/30) 前答复，不能改到那天以后。
      `,
    ))

  test('those who may not be marketed to complain too; the manager hears from whoever took it', () =>
    play(
      bank,
      `
      K1> 投诉 孙丽 还款后未解押
      已记投诉：孙丽 "还款后未解押"，下周一(11/30) 前答复，已交 周敏 处理。
      M1<
      您的客户 孙丽 有投诉（方刚登记）："还款后未解押"，请在 下周一(11/30) 前答复。
      L1> 投诉 孙丽 又打电话来催
      已有一件未结，一并处理
      M1> 投诉 结 孙丽 已解押，满意
      投诉已结：孙丽 "已解押，满意"，不做营销，不排回访。
      `,
    ))

  test('past its day the lead hears of it once, and may close it', async () => {
    await play(bank, 'M1> 投诉 赵强 额度算错')
    for (const day of ['24', '30']) {
      bank.setClock(`2026-11-${day}T08:41:00+08:00`)
      expect(await escalate()).toBe(0)
    }
    bank.setClock('2026-12-01T08:41:00+08:00')
    expect([await escalate(), await escalate()]).toEqual([1, 0])
    bank.setClock('2026-12-02T08:41:00+08:00')
    expect(await escalate()).toBe(0)
    await play(
      bank,
      `
      L1<
      这件投诉过了答复期限
      赵强 "额度算错"
      昨天已到期 · 周敏
      L1> 投诉 结 赵强 客户不接受，已书面答复
      投诉已结：赵强
      `,
    )
  })

  test('on a day off nobody is told', async () => {
    await play(bank, 'M1> 投诉 赵强 额度算错')
    bank.setClock('2026-12-05T08:41:00+08:00')
    expect(await escalate()).toBe(0)
  })

  test('taking one back takes its task along, unless another was added', async () => {
    await play(
      bank,
      `
      M1> 投诉 赵强 额度算错
      M1> 撤销
      已撤销：赵强 的投诉。
      M1> 投诉 赵强 额度算错
      L1> 投诉 赵强 又来电话
      M1> 撤销
      已有新的进展，不能撤销
      `,
    )
    expect(await rows()).toEqual([
      { status: 'withdrawn', answer: null, task: 'cancelled' },
      { status: 'open', answer: null, task: 'open' },
      { status: 'open', answer: null, task: 'open' },
    ])
  })
})
