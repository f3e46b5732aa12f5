import { describe, expect, test } from 'vitest'
import { readAskedAfter } from '../../../src/features/client-card/asked-after.ts'
import { tierAskedOf } from '../../../src/features/tiers/answer/asks-tier.ts'

describe('a line asks after a client', () => {
  test.each([
    ['张三的电话', '张三'],
    ['张三的电话多少？', '张三'],
    ['余永电话', '余永'],
    ['张三 手机号', '张三'],
    ['张三 这个客户上次聊了什么', '张三'],
    ['张三上次说了什么', '张三'],
    ["Tom's phone", 'Tom'],
    ["what is Zhou Long's number", 'Zhou Long'],
    ['phone of Zhou Long?', 'Zhou Long'],
    ['what did Zhou Long say last time', 'Zhou Long'],
  ])('%s', (line, named) => {
    expect(readAskedAfter(line)).toEqual({ kind: 'understood', input: { named } })
  })

  test.each(['上次聊了什么', 'what was said last time'])(
    'or of one whom it does not name: %s',
    (line) => {
      expect(readAskedAfter(line)).toMatchObject({ kind: 'asks', doubts: [{ slots: ['named'] }] })
    },
  )

  test.each([
    '打电话',
    '帮我查一下张三的电话',
    '改电话',
    '没有电话',
    '联系电话',
    '客户电话',
    '客户的电话',
    '谁没打电话',
    '给我打电话',
    '他的电话',
    '新客户 张三 13900000000',
    '张三',
    '电话',
    '张三电话打不通',
    'no phone',
    "he doesn't pick up the phone",
  ])('and not: %s', (line) => {
    expect(readAskedAfter(line)).toEqual({ kind: 'no' })
  })
})

describe('a line asks for a tier', () => {
  test.each([
    ['张三为什么是B类', '张三'],
    ['为什么张三是B类', '张三'],
    ['张三 为什么是这个分层', '张三'],
    ['张三怎么是这一层', '张三'],
    ['张三为什么没有分层', '张三'],
    ['为什么张三还没分层', '张三'],
    ['张三的分层依据', '张三'],
    ['张三 分层原因', '张三'],
    ['张三 怎么是C', '张三'],
    ['王大力是什么等级', '王大力'],
    ['王大力 属于哪层', '王大力'],
    ['why is Tom tier B?', 'Tom'],
    ['why is Zhou Long a B', 'Zhou Long'],
    ['which tier is Tom in', 'Tom'],
  ])('%s', (line, named) => {
    expect(tierAskedOf(line)).toBe(named)
  })

  test.each([
    '为什么是B类',
    '为什么张三没接',
    '张三没有分层',
    '张三是这个客户',
    '张三是B类',
    'A类有哪些',
    '张三为什么不接',
    'why is he late',
    '张三',
  ])('and not: %s', (line) => {
    expect(tierAskedOf(line)).toBe(null)
  })
})
