/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/app-features.ts'
import type { Card, FormField } from '../../src/core/card.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

/** Fields that name something that the bank knows: a client, people and units, products, registers, segments. */
const NAMES_SOMETHING =
  /^(?:named|clientId|to|audience|standIn|owner|products?|needs|regions?|industr(?:y|ies)|clusters?|segment|said|campaignId|taskId|unit|earners)$/

/** Each form, and who opens it with what is said. */
const OPENED: Readonly<Record<string, readonly [string, string]>> = {
  'new-task-form': ['M1', '新任务'],
  'assign-form': ['L1', '派'],
  'change-form': ['M1', '改 张三'],
  'new-client-form': ['M1', '新客户'],
  'fact-form': ['M1', '补 张三'],
  'need-form': ['M1', '需求 张三'],
  'tag-form': ['M1', '打标'],
  'new-campaign-form': ['L1', '活动 新建'],
  'change-campaign-form': ['L1', '活动 修改 五金周'],
  'activity-form': ['M1', '客户活动 新建'],
  'new-list-form': ['L1', '名单 新建'],
  'points-rule-form': ['K1', '谢礼 规则'],
}

/** They ask for what nobody knows beforehand alone: an outcome, a question, an answer, a reason. */
const OF_WORDS = [
  ...['outcome-form', 'enquiry-form', 'request-enquiry-form', 'answer-enquiry-form'],
  ...['reject-form', 'return-form', 'answer-form', 'negative-remove-form'],
]

const formIn = (cards: readonly Card[]) =>
  cards.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'form')?.form

const isFree = ({ type, known = [], options = [], seeks }: FormField): boolean =>
  type === 'text' && known.length === 0 && options.length === 0 && !seeks

test('every form is opened below, or asks for words alone', () => {
  const forms = COMMANDS.map(({ name }) => name).filter((name) => name.endsWith('-form'))
  expect([...Object.keys(OPENED), ...OF_WORDS].toSorted()).toEqual(forms.toSorted())
})

describe.each(ONE_DATABASE)('a form, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await play(
      bank,
      `L1> 区域 登记 城东
       L1> 集群 登记 五金市场 类型 市场
       L1> 保存客群 老客户 B类
       L1> 活动 新建 五金周 11/23-11/30 给 一队 产品 结算卡 话术 上门问候
       L1> 活动 发布 五金周`,
    )
  })
  afterAll(() => bank.close())

  test.each(Object.entries(OPENED))(
    '%s has what the bank knows to pick from',
    async (_name, [code, line]) => {
      const form = formIn(await bank.say(code, line))
      expect(form?.fields.length).toBeGreaterThan(0)
      const typed = form?.fields.filter((each) => NAMES_SOMETHING.test(each.name) && isFree(each))
      expect(typed?.map(({ name }) => name)).toEqual([])
      await bank.say(code, '算了')
    },
  )

  test('for a task offers the people of the unit, and asks who of several does it', async () => {
    const form = formIn(await bank.say('L1', '派'))
    expect(form?.fields.find(({ name }) => name === 'to')?.known).toEqual(['周敏(M1)', 'Lee(M2)'])
    await bank.say('L1', '算了')
    const clientId = await bank.clientId('张三')
    const sent = { named: clientId, kind: 'visit', dueOn: '2026-11-25', dueTime: '', note: '' }
    const send = async (input: object) =>
      JSON.stringify(await bank.send('L1', { command: 'assign', input: { ...sent, ...input } }))
    expect(await send({ to: '周敏(M1)', note: '问续贷' })).toContain('问续贷')
    expect(await send({ to: '周敏(M1)、Lee(M2)' })).toContain('派给谁')
    expect(await send({ to: '李四(M1)' })).toContain('没有找到同事')
    expect(await send({ to: '' })).toContain('请说 1 到 20 位同事')
  })

  test('takes people for whom it is as it offered them', async () => {
    await play(
      bank,
      `L1> 活动 新建 茶会 11/23-11/30 给 周敏(M1)、Lee(M2) 产品 结算卡 话术 上门问候
       周敏、Lee`,
    )
  })
})
