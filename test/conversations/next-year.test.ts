import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('days set in a year whose schedule is not published, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('move past its public holidays, and are said as provisional', async () => {
    await play(
      bank,
      `
      @ 2026-11-30T09:00:00+08:00
      M1> 今日
      M1> 1 没接 1/1再打
      张三 没接，2027年1月4日（放假安排未公布，暂定） 再联系（01/01 休息，顺延）
      M1> 改期 2 2/7
      → 2027年2月11日（放假安排未公布，暂定）（02/07 休息，顺延）
      M1> 改期 2 2/11
      → 2027年2月11日（放假安排未公布，暂定）。
      M1> 改期 2 12/31
      → 12月31日。
      M1> 请假 2/5-2/8 代班 谢英
      2027年2月5日 到 2027年2月8日（放假安排未公布，暂定）（0 个工作日）
      M1> 撤销
      M1> 请假 2/10-2/12 代班 谢英
      （2 个工作日）
      M1> 新任务 赵强 2027年6月9日 送合同
      （放假安排未公布，暂定）
      M2> today
      M2> 1 thinking 2027-05-01
      5 May 2027
      @ 2026-12-30T09:00:00+08:00
      M1> 今日
      M1> 1 没接 3个工作日后再打
      下周二(1/5)（放假安排未公布，暂定）
      `,
    )
  })
})
