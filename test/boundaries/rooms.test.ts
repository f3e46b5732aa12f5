import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/app-features.ts'
import { ONE_DATABASE, openTestDatabase } from '../support/open.ts'
import { openPhones, type Phones } from '../support/phones.ts'

const ROOM = 'a-room'
const ALONE = '已私下答复。 Answered privately.'

test('in a room nothing is public but what the bot is and what can be said', () => {
  expect(COMMANDS.filter(({ aloud }) => aloud).map(({ name }) => name)).toEqual(['help', 'welcome'])
})

describe.each(ONE_DATABASE)('in a room that others read, on %s', (kind) => {
  let phones: Phones
  beforeAll(async () => {
    phones = await openPhones(await openTestDatabase(kind))
  })
  afterAll(() => phones.close())

  test.each([
    ['m1', '今日'],
    ['m1', '查 张三'],
    ['m1', '查 王'],
    ['m1', '档案 张三'],
    ['m1', '我的码'],
    ['l1', '开通 M1'],
    ['l1', '逾期'],
    ['l1', '看板'],
    ['l1', '导出 客户'],
    ['l1', '审核转介'],
    ['h1', '待确认'],
    ['k1', '待批'],
    ['k1', '标准 导出'],
    ['r1', '负面 查 13490010001'],
    ['r1', '负面 13490010001 冒用资料'],
    ['m1', '勿扰 张三 本人要求'],
    ['m1', '1'],
  ])(
    '%s says "%s": the room hears that it was answered, and the asker the answer',
    async (who, line) => {
      const before = (await phones.heard(who)).length
      expect(await phones.say(who, line, { room: ROOM })).toBe(ALONE)
      const alone = (await phones.heard(who)).slice(before)
      expect(alone.length).toBeGreaterThan(0)
      expect(alone.join('\n')).not.toContain(ALONE)
    },
  )

  test('nothing of all that stands in the room, nor what a stranger asks there', async () => {
    await phones.say('guest', '查 张三', { room: ROOM })
    await phones.say('guest', '1', { room: ROOM })
    const heard = (await phones.heard(ROOM)).join('\n')
    expect(heard).not.toMatch(/张三|王芳|五金|冒用|1349|晨会 · 11月|[A-Z0-9]{8}|desk\/in/)
    expect(heard).toContain('这个账号还没有登记')
  })
})
