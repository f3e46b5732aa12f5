import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asker } from '../../../src/bot/policy.ts'
import { NAME_DOTS, nameKey } from '../../../src/core/identity/name-key.ts'
import { foldPinyin, pinyinBeginnings, pinyinOf } from '../../../src/core/identity/pinyin.ts'
import type { Actor } from '../../../src/core/staff.ts'
import { findNamed } from '../../../src/features/clients/store.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

const CLIENTS = [
  { name: '吕布', business: '方天五金', phone: '+8613490010001', owner: 'M1' },
  { name: '卢俊义', phone: '+8613490010002', owner: 'M1' },
  { name: '文玉', phone: '+8613490010003', owner: 'M1' },
  { name: '单雄信', phone: '+8613490010004', owner: 'M1' },
  { name: '阿卜杜·热合曼', business: '天山 干果', phone: '+8613490010005', owner: 'M1' },
  { name: 'Calvin O’Neil', phone: '+8613490010006', owner: 'M1' },
  { name: '热合曼', phone: '+8613490010007', owner: 'M3' },
] as const

describe.each(DATABASES)('a client is found, on %s', (kind) => {
  let bank: Bank
  let own: Asker
  let all: Asker
  beforeAll(async () => {
    bank = await openBank(kind, CLIENTS)
    const [row] = await bank.rows<{ id: string; unit: string }>(
      `select id, unit_id as unit from staff where code = 'M1'`,
    )
    const who: Actor = {
      ...{ id: row?.id ?? '', code: 'M1', name: '周敏', role: 'manager', language: 'zh' },
      ...{ unitId: row?.unit ?? '', unitPath: '/HQ/B1/T1/', standsInFor: [] },
    }
    own = { who, reach: 'serves' }
    all = { who, reach: 'bank' }
    const id = await bank.clientId('卢俊义')
    await bank.rows(`insert into client_phone (id, client_id, number, person, recorded_at) values
      (gen_random_uuid(), '${id}', '+8657188880000', null, now()),
      (gen_random_uuid(), '${id}', '+8613800139999', '财务', now())`)
    await bank.rows(`update client set credit_code = '91350100M000100Y43' where name = '吕布'`)
  })
  afterAll(() => bank.close())

  test.each<[string, string[]]>([
    ['吕布', ['吕布']],
    ['lvbu', ['吕布']],
    ['lubu', ['吕布']],
    ['lyubu', ['吕布']],
    ['LYU', ['卢俊义', '吕布']],
    ["lv'bu", ['吕布']],
    ['lb', ['吕布']],
    ['wenyu', ['文玉']],
    ['weny', ['文玉']],
    ['shan', ['单雄信']],
    ['雄信', ['单雄信']],
    ['五', ['吕布']],
    ['吕布 方天', ['吕布']],
    ['天山干果', ['阿卜杜·热合曼']],
    ['阿卜杜热合曼', ['阿卜杜·热合曼']],
    ['阿卜杜•热合曼', ['阿卜杜·热合曼']],
    ['阿卜杜 热合曼', ['阿卜杜·热合曼']],
    ['阿卜杜．热合曼', ['阿卜杜·热合曼']],
    ['calvin o', ['Calvin O’Neil']],
    ['calv', ['Calvin O’Neil']],
    ['0002', ['卢俊义']],
    ['0000', ['卢俊义']],
    ['9999', []],
    ['9001 0002', ['卢俊义']],
    ['90010002', ['卢俊义']],
    ['8888 0000', ['卢俊义']],
    ['10002', ['卢俊义']],
    ['9002 0002', []],
    ['1391 0002', []],
    ['0013 9999', []],
    ['0571-88880000', ['卢俊义']],
    ['138 0013 9999', []],
    ['+86 134 9001 0002', ['卢俊义']],
    ['91350100m000100y43', ['吕布']],
    ['··', []],
    ['%', []],
  ])('by "%s"', async (said, names) => {
    const tx = bank.database.prisma
    const found = (asker: Asker) =>
      findNamed(tx, asker, said).then((clients) => clients.map(({ name }) => name).sort())
    expect(await found(own)).toEqual(names)
    const others = said.includes('热合曼') ? [] : names
    expect(await found(all)).toEqual(expect.arrayContaining(others))
  })

  test('one whose whole name is meant stands first', async () => {
    const [first] = await findNamed(bank.database.prisma, all, '热合曼')
    expect(first?.name).toBe('热合曼')
  })

  test('names are compared here and in the database alike', async () => {
    const name = fc.string({
      unit: fc.constantFrom(
        '张',
        'A',
        'ａ',
        'Ｚ',
        'é',
        '𠮷',
        '〇',
        '１',
        '-',
        ...NAME_DOTS,
        '　',
        '．',
      ),
      maxLength: 12,
    })
    const names = fc.sample(name, 200)
    const rows = await bank.database.prisma.$queryRaw<{ key: string }[]>`
      select name_key(name) as key from unnest(${names}::text[]) with ordinality as t (name, place)
      order by place`
    expect(names.map(nameKey)).toEqual(rows.map(({ key }) => key))
  })
})

test.each([
  ['吕布', 'lubu', 'lb'],
  ['女', 'nu', 'n'],
  ['略', 'lue', 'l'],
  ['文玉', 'wenyu', 'wy'],
])('%s is kept as %s and %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials })
  expect(pinyinBeginnings(pinyin)).toContain(foldPinyin(pinyin))
})
