import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { play } from '../support/play.ts'

let bank: Bank
beforeAll(async () => {
  bank = await openBank('postgres')
  await bank.rows(`
    insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, entered_at)
    select gen_random_uuid(), 'prospect', '沉睡' || n, 'chenshui', 'cs', '+86139' || lpad(n::text, 8, '0'), 'list',
      (select id from staff where code = 'M1'), '2026-06-01' from generate_series(1, 60) as n returning id`)
})
afterAll(() => bank.close())

const heldOut = () =>
  bank.rows<{ id: string }>('select client_id as id from campaign_trial where held_out')

test('a campaign is chosen by a segment and refuses what makes no sense', async () => {
  await play(
    bank,
    `
    L1> 活动 新建 春茶 11/23-12/20 给 一队 客群 沉睡户 话术 上门问候
    没有叫"沉睡户"的客群。
    L1> 保存客群 沉睡户 潜在 120天未联系
    已存客群
    L1> 活动 新建 春茶 11/23-12/20 给 一队 客群 沉睡户 对照 100% 话术 上门问候
    对照 100% 太多
    L1> 活动 新建 春茶 11/23-12/20 给 一队 客群 沉睡户 对照 一些 话术 上门问候
    对照"一些"不能确定，是什么？比如 10%。其他内容已记下
    L1> 算了
    L2> 保存客群 沉睡户 潜在 120天未联系
    已存客群
    L2> 活动 新建 空活动 11/23-12/20 给 二队 客群 沉睡户 话术 上门问候
    客群"沉睡户"在 二队 里现在一位客户也没有
    L1> 活动 新建 春茶 11/23-12/20 给 一队 客群 沉睡户 对照 20% 话术 上门问候
    春茶 · 草稿
    客户: 沉睡户（潜在 · 120 天未联系）
    对照: 留出 20% 不推荐，用来对比
    名下合适的客户 60 位
    L1> 保存客群 沉睡户 A类
    已存客群
    L1> 活动 发布 春茶
    春茶 · 进行中
    `,
  )
})

test('who is held out is never put forward, stays so, and tells what the campaign brought', async () => {
  const held = await heldOut()
  const approached = 60 - held.length
  expect(held.length).toBeGreaterThan(0)
  expect(held.length).toBeLessThan(40)
  await play(bank, `M1> 活动 客户 春茶\n还有 ${approached} 位没有联系`)
  await play(bank, 'L1> 活动 暂停 春茶\n春茶 · 已暂停\nL1> 活动 继续 春茶\n春茶 · 进行中')
  expect(await heldOut()).toEqual(held)
  await play(
    bank,
    `L1> 活动 数据 春茶
     对照：随机留出 ${held.length} 位没有推荐，其余 ${approached} 位。
     已申请：营销 0.0% (0/${approached})
     还不能说是活动带来的`,
  )
  await bank.rows(`
    insert into outcome (id, act_id, client_id, staff_id, kind, stage, logged_on, logged_at)
    select gen_random_uuid(), gen_random_uuid(), client_id, owner_id, 'applied', 'applied', '2026-11-23', now()
    from campaign_trial join client on client.id = client_id where not held_out returning id`)
  await play(
    bank,
    `L1> 活动 数据 春茶
     已申请：营销 100.0% (${approached}/${approached})，对照 0.0% (0/${held.length})；活动带来 +${approached} 位`,
  )
  const [sheet] = await bank.say('L1', '活动 表格 春茶')
  expect(sheet?.blocks.map(({ kind }) => kind)).toContain('file')
  expect(JSON.stringify(await bank.say('M1', '活动 数据 春茶'))).not.toContain('对照')
})

test('a campaign whose segment has emptied meanwhile can still be changed', async () => {
  await bank.rows(
    "update client set last_contact_on = '2026-11-23' where name like '沉睡%' returning 1",
  )
  const [row] = await bank.rows<{ id: string }>("select id from campaign where name = '春茶'")
  const plan = { campaignId: row?.id, name: '春茶', startsOn: '2026-11-23', endsOn: '2026-12-18' }
  const kept = {
    audience: '一队',
    segment: '沉睡户',
    controlShare: '20%',
    talkingPoints: '上门问候',
  }
  const answer = await bank.send('L1', { command: 'save-campaign', input: { ...plan, ...kept } })
  expect(JSON.stringify(answer)).toContain('12月18日')
})
