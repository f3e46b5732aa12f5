import { expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { momentOf } from '../../support/moment.ts'

const at = momentOf('2026-11-23T01:00:00Z')
const read = (typed: string) => parse(typed, COMMANDS, at)

test.each([
  '新客户 李四 13800138001 五金店\n新客户 王五 13800138002 餐馆\n新客户 赵六 13800138003 药店',
  'new Li 13800138001 hardware\nnew Wang 13800138002 restaurant',
  '新客户 李四 13800138001\r\n新客户 王五',
  '入职 M002 王五 一队\n入职 M003 赵六 一队\n入职 M004 钱七 二支行',
  '走访 李四 生意不错\n走访 王五 关门了',
  '走访 李四 生意不错\n想要贷款\n走访 王五 关门了',
  '需求 张三 结算卡\n需求 李四 保险',
  '投诉 张三 利息扣多了\n投诉 李四 没人接电话',
  '打标 周末行动 沈华 有意向\n打标 周末行动 张三 没接',
  '负面 13490000078 假资料\n负面 13490000079 冒用资料',
  '改期 1 明天\n改期 2 后天',
  '新客户 李四 13800138001 五金店\n1 没接',
  '1 没接\n新客户 李四 13800138001 五金店',
  '1 没接\n3 改期 明天',
  '查 张三\n今日',
  '我是谁\n今日',
  '店里人不少\n走访 李四\n今日',
  '走访 李四 生意不错\n\n\n查 张三',
])('%j is taken for no single record', (typed) => {
  const parsed = read(typed)
  expect(parsed.kind).toBe('lines')
})

test('says the lines one by one, each with what goes on in it', () => {
  expect(read('走访 李四 生意不错\n想要贷款\n走访 王五 关门了')).toEqual({
    kind: 'lines',
    lines: ['走访 李四 生意不错\n想要贷款', '走访 王五 关门了'],
  })
})

test.each([
  ['走访 李四 生意不错\n想要设备', 'visit'],
  ['走访 李四\n店里人不少\n下次带资料去', 'visit'],
  ['走访 李四 生意不错\nnew shop is bigger than before', 'visit'],
  ['投诉 张三 利息扣多了\n客户很生气', 'complaint'],
  ['新客户 李四\n13800138001\n五金店', 'new-client'],
  ['1 没接\n2 拒绝\n3 有意向 50万', 'log-outcome'],
  ['1 有意向\n周五再联系', 'log-outcome'],
  ['1、2 没接\n3 说了半天', 'log-outcome'],
])('%j is one record', (typed, command) => {
  const parsed = read(typed)
  const intent =
    parsed.kind === 'intent' ? parsed.intent : parsed.kind === 'asks' ? parsed.ask.intent : null
  expect(intent?.command).toContain(command)
})

test.each(['入职 L01 李队长 老大 一队', '入职 M09 张伟 王芳'])('%s names nobody so', (typed) => {
  expect(read(typed)).toMatchObject({ kind: 'asks', ask: { doubts: [{ slots: ['name'] }] } })
})

test.each([
  ['入职 M099 张伟 一队', '张伟'],
  ['入职 M099 张伟', '张伟'],
  ['入职 L01 李队长 主管 一队', '李队长'],
  ['join M099 Zhang Wei', 'Zhang Wei'],
])('%s names %s', (typed, name) => {
  expect(read(typed)).toMatchObject({ kind: 'intent', intent: { input: { name } } })
})

test.each<[string, object]>([
  ['入职 L01 李英 主管 一队', { role: 'lead', unit: '一队' }],
  ['入职 R09 白露 风险管理 HQ', { role: 'risk', unit: 'HQ' }],
  ['join L01 Ann Lee lead T1', { name: 'Ann Lee', role: 'lead', unit: 'T1' }],
  ['入职 M01 张伟 T1', { name: '张伟', unit: 'T1' }],
  ['调岗 M003 二队 主管', { person: 'M003', unit: '二队', role: 'lead' }],
  ['调岗 M003 到 二队 任 客户经理', { unit: '二队', role: 'manager' }],
  ['transfer M003 to T2 as lead', { unit: 'T2', role: 'lead' }],
])('%s says the role and where', (typed, input) => {
  const parsed = read(typed)
  expect(parsed.kind === 'intent' && parsed.intent.input).toMatchObject(input)
})
