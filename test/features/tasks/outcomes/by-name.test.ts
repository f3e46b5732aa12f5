import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, type NewTestClient, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'

const due = { due_on: '2026-11-23', reason: 'no-answer', priority: 40 }
const CLIENTS: readonly NewTestClient[] = [
  { name: '苏德', owner: 'M1', tasks: [due] },
  { name: '段国斌', owner: 'M1', tasks: [due] },
  { name: '韩艳', owner: 'M1' },
  { name: '王明', business: '粮油店', owner: 'M1' },
  { name: '王明', business: '茶庄', owner: 'M1' },
  { name: '阿卜杜·热合曼', owner: 'M1' },
  { name: '周五', owner: 'M1' },
  { name: '丁一', owner: 'M2', tasks: [due] },
]

describe.each(DATABASES)('an outcome by the name of a client, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind, CLIENTS)
  })
  afterEach(() => bank.close())

  const outcomes = () =>
    bank.rows<{ name: string; kind: string; tasked: boolean }>(
      `select client.name, outcome.kind, task_id is not null as tasked from outcome
       join client on client.id = client_id where undone_at is null order by client.name`,
    )

  test('is logged on the task of today, and without one all the same', async () => {
    await play(
      bank,
      `M1> 苏德，段国斌都没接，韩艳嫌利率高，算了
       已记：苏德 没接
       已记：段国斌 没接
       已记：韩艳 拒绝 "嫌利率高"`,
    )
    expect(await outcomes()).toEqual([
      { name: '段国斌', kind: 'no-answer', tasked: true },
      { name: '苏德', kind: 'no-answer', tasked: true },
      { name: '韩艳', kind: 'declined', tasked: false },
    ])
    const open = await bank.rows<{ name: string; reason: string }>(
      `select client.name, reason from task join client on client.id = client_id
       where task.status = 'open' and client.name = '韩艳'`,
    )
    expect(open).toEqual([{ name: '韩艳', reason: 'declined' }])
  })

  test('said of a day gone by keeps the day in words, of every client that it names', async () => {
    await play(
      bank,
      `M1> 昨天下午苏德没接，韩艳有意向20万
       已记：苏德 没接 "昨天下午"
       已记：韩艳 有意向 20万 "昨天下午"
       M1> 补登 上周五 段国斌 拒绝 嫌利率高
       已记：段国斌 拒绝 "补登 上周五 嫌利率高"
       M1> 昨天1没接`,
    )
    expect(await outcomes()).toHaveLength(3)
  })

  test('corrects what was said of the client today', async () => {
    await play(
      bank,
      `M1> 苏德 没接
       已记：苏德 没接
       M1> 苏德 有意向 30万
       已改：苏德 没接 → 有意向 30万`,
    )
  })

  test('is asked about where several have the name, and where number and name do not agree', async () => {
    await play(
      bank,
      `M1> 王明没接
       有 2 位客户符合"王明"
       M1> 今日
       M1> 1、韩艳 没接
       第 1 件是
       不是韩艳，没有登记`,
    )
    expect(await outcomes()).toEqual([])
  })

  test('is found in any spelling, though it is a word of ours, and only among those whom one serves', async () => {
    await play(
      bank,
      `M1> 阿卜杜热合曼 沒接
       已记：阿卜杜·热合曼 没接
       M1> 周五 没接
       已记：周五 没接
       M1> 丁一 没接
       没听懂`,
    )
  })
})
