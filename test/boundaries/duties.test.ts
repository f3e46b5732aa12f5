import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import type { Bank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'
import { openBranches } from './branches.ts'

describe.each(DATABASES)('whoever asks does not confirm, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBranches(kind)
  })
  afterEach(() => bank.close())

  const onlyRequest = async () => (await bank.rows<{ id: string }>(`select id from request`))[0]?.id
  const confirm = async (code: string, requestId: string | undefined) => {
    const [card] = await bank.send(code, { command: 'confirm-request', input: { requestId } })
    return card ? render(card) : ''
  }
  const NOT_THEIRS = /不归您确认|不在您的岗位功能里/

  test('a name comes off the negative list by two of risk', async () => {
    const barred = () => bank.rows(`select 1 from client where negative_list and name = '张三'`)
    await play(
      bank,
      `
      R1> 负面 13490010001 冒用资料
      R1> 负面 移除 13490010001 已核实是重名 证据：身份证复印件
      已请 风险员 确认
      `,
    )
    const asked = await onlyRequest()
    for (const code of ['R1', 'K1', 'H0', 'L1', 'M1']) {
      expect(await confirm(code, asked), code).toMatch(NOT_THEIRS)
    }
    expect(await barred()).toHaveLength(1)
    expect(JSON.stringify(await bank.rows(`select payload from request`))).not.toContain('349001')
    await play(
      bank,
      `
      R2> 待确认
      移出负面清单：…0001（原因曾为：冒用资料）
      理由：已核实是重名
      证据：身份证复印件
      R2> [确认]
      已确认
      R1<
      风险员 已确认，已生效：移出负面清单：…0001
      `,
    )
    expect(await barred()).toEqual([])
    expect(await confirm('R2', asked)).toMatch(NOT_THEIRS)
  })

  test('what was entered anew meanwhile does not come off with it', async () => {
    await play(
      bank,
      `
      R1> 负面 13490010001 冒用资料
      R1> 负面 移除 13490010001 误登
      R1> 负面 13490010001 涉诉
      R2> 待确认
      R2> [确认]
      已确认
      M1> 可联系 张三 客户来电
      `,
    )
    expect(await bank.rows(`select 1 from client where negative_list`)).toHaveLength(1)
  })

  describe('a plan that marketing approved', () => {
    const plan = {
      ...{ name: '年末活动', startsOn: '2026-11-23', endsOn: '2026-12-20' },
      ...{ audience: '一队', talkingPoints: '问候', products: '' },
    }
    const save = async (code: string, more: object) => {
      const [card] = await bank.send(code, {
        command: 'save-campaign',
        input: { ...plan, ...more },
      })
      return card ? render(card) : ''
    }
    const words = async () =>
      (
        await bank.rows<{ words: string; until: string }>(
          `select talking_points as words, ends_on::text as until from campaign`,
        )
      )[0]

    beforeEach(async () => {
      await bank.rows(`insert into setting (key, value) values ('campaigns.approval-above', '0')
        returning 1`)
      await save('L1', {})
      await play(
        bank,
        `
        L1> 活动 发布 年末活动
        K1> 活动 批准 年末活动
        `,
      )
      expect(await bank.rows(`select 1 from campaign where status = 'running'`)).toHaveLength(1)
    })

    test('says what it said until marketing confirms the change', async () => {
      const [{ id: campaignId } = { id: '' }] = await bank.rows<{ id: string }>(
        `select id from campaign`,
      )
      const changed = { campaignId, talkingPoints: '保本保息，年化8%', endsOn: '2027-11-20' }
      expect(await save('L1', changed)).toContain('已请 方刚、叶青 确认')
      expect(await words()).toEqual({ words: '问候', until: '2026-12-20' })
      const asked = await onlyRequest()
      for (const code of ['L1', 'H1', 'R1', 'M1']) {
        expect(await confirm(code, asked), code).toMatch(NOT_THEIRS)
      }
      await play(
        bank,
        `
        K2> 待确认
        修改进行中的活动"年末活动"：话术改为"保本保息，年化8%"；延长到 2027-11-20
        K2> [不同意]
        L1<
        叶青 不同意
        `,
      )
      expect(await words()).toEqual({ words: '问候', until: '2026-12-20' })
      await save('L1', { ...changed, talkingPoints: '问候全家', endsOn: plan.endsOn })
      await play(bank, 'K2> 待确认\nK2> [确认]\n已确认')
      expect(await words()).toEqual({ words: '问候全家', until: '2026-12-20' })
    })

    test('ends earlier, and has other targets, by the publisher alone', async () => {
      const [{ id: campaignId } = { id: '' }] = await bank.rows<{ id: string }>(
        `select id from campaign`,
      )
      expect(await save('L1', { campaignId, endsOn: '2026-12-10', targetReached: 5 })).toContain(
        '年末活动',
      )
      expect(await words()).toEqual({ words: '问候', until: '2026-12-10' })
      expect(await bank.rows(`select 1 from request`)).toEqual([])
    })
  })
})
