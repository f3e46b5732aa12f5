import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a segment, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await bank.rows(`
      with entry as (
        insert into register_entry (id, register, name, recorded_at)
        values (gen_random_uuid(), 'region', '城东', now()) returning id, name
      )
      insert into register_name (register, key, name, entry_id)
      select 'region', name_key(name), name, id from entry`)
    await bank.rows(`
      update client set region_id = (select id from register_entry where name = '城东'),
        last_contact_on = '2026-09-01' where owner_id in (select id from staff where code = 'M1')`)
  })
  afterAll(() => bank.close())

  test('is told in one line, counted within reach, kept, explained and deleted', async () => {
    await play(
      bank,
      `
      L1> 客群
      还没有存客群。
      L1> 客群 城东 B类 用信低于30% 60天未联系
      B类 · 用信低于 30% · 60 天未联系 · 区域 城东
      现在 1 户（您能看到的）
      L1> [看名单]
      张三 · 顺发五金店
      L1> 保存客群 沉睡户 城东 B类 用信低于30% 60天未联系
      已存客群"沉睡户"。
      L1> 客群
      沉睡户 · B类 · 用信低于 30% · 60 天未联系 · 区域 城东 · 1 户
      M1> 客群 沉睡户 看 张三
      张三 在这个客群里。
      ✓ B类：B 潜力
      ✓ 用信低于 30%：用信 20%
      M1> 客群 沉睡户 看 赵强
      赵强 不在这个客群里。
      ✗ B类
      ✓ 区域 城东
      L2> 客群 沉睡户
      没有叫"沉睡户"的客群。
      M1> 删除客群 沉睡户
      客群"沉睡户"是 谢英 存的，只有本人能删除。
      L1> 客群 城东 B类 周敏
      B类 · 区域 城东 · 周敏的
      L1> 客群 B类 · 用信低于 30% · 60 天未联系 · 区域 城东
      B类 · 用信低于 30% · 60 天未联系 · 区域 城东
      L1> 客群 区域城东 B类
      B类 · 区域 城东
      L1> 客群 行业 城东
      没听懂"行业 城东"
      L1> 客群 行业 餐饮
      行业 餐饮业
      L1> 客群 城南 B类
      没听懂"城南"
      L1> 客群 B类 心情好
      没听懂"心情好"
      L1> 保存客群 沉睡户 E类
      现在没有客户符合。
      L1> 删除客群 沉睡户
      已删除客群"沉睡户"
      L1> 客群
      还没有存客群。`,
    )
  })

  test('that a manager keeps is their own; what marketing keeps is for all', async () => {
    await play(
      bank,
      `
      M1> 保存客群 我的重点 B类
      L1> 客群 我的重点
      没有叫"我的重点"的客群。
      K1> 保存客群 全行潜力 B类
      M3> 客群 全行潜力
      B类
      M1> 客群
      我的重点 · B类
      全行潜力 · B类`,
    )
  })
})
