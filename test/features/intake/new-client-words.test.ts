import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NEW_CLIENT_PHRASES } from '../../../src/features/intake/phrases.ts'
import { momentOf } from '../../support/moment.ts'
import { readerOf } from '../../support/said.ts'

const read = readerOf(NEW_CLIENT_PHRASES, momentOf('2026-11-26T09:00:00+08:00'))

test.each([
  ['13490010001 李四 五金店', '李四', '五金店'],
  ['李四13490010001五金店', '李四', '五金店'],
  ['李四，13490010001，五金店', '李四', '五金店'],
  ['李四　１３４９００１０００１　五金店', '李四', '五金店'],
  ['李四\n13490010001\n五金店', '李四', '五金店'],
  ['李四 +86 134-9001-0001', '李四', null],
  ['李四 8613490010001', '李四', null],
  ['李四 13490010001 3号店', '李四', '3号店'],
  ['欧阳娜娜 13490010001 明月楼（朝阳店）', '欧阳娜娜', '明月楼(朝阳店)'],
  ['Tom 13490010001 hardware shop', 'Tom', 'hardware shop'],
])('"%s" is %s with the shop %s', (typed, name, businessName) => {
  expect(read(typed)).toEqual({
    kind: 'understood',
    input: { name, phone: '+8613490010001', businessName },
  })
})

test.each([
  ['李四 五金店', '五金店'],
  ['李四 1349001000', null],
  ['李四 134900100011 五金店', '五金店'],
  ['李四 23490010001', null],
  ['李四 110', null],
])('"%s" asks for the phone number and keeps the shop %s', (typed, businessName) => {
  expect(read(typed)).toMatchObject({
    kind: 'asks',
    input: { name: '李四', phone: null, businessName },
    doubts: [{ slots: ['phone'], expects: 'phone' }],
  })
})

test('a phone number alone asks for the name and is kept', () => {
  expect(read('134 9001 0001')).toMatchObject({
    kind: 'asks',
    input: { name: null, phone: '+8613490010001' },
    doubts: [{ slots: ['name'], expects: 'text' }],
  })
})

test('nothing after the word is not a client but the form', () => {
  expect(read('')).toEqual({ kind: 'no' })
  expect(read('　')).toEqual({ kind: 'no' })
})

test('name, number and shop are the same in every order that begins with the name', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.constantFrom(' ', '，', '；', '　', '\n'),
      (tail, gap) => {
        const number = `134${String(tail).padStart(8, '0')}`
        const input = { name: '李四', phone: `+86${number}`, businessName: '五金店' }
        const parts = ['李四', number, '五金店']
        for (const order of [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
        ]) {
          const typed = order.map((place) => parts[place]).join(gap)
          expect(read(typed), typed).toEqual({ kind: 'understood', input })
        }
      },
    ),
  )
})

/** What may be said of a new client, each with where it goes; `asks`: it is asked about. */
const SAID: readonly (readonly [string, Readonly<Record<string, unknown>> | 'asks' | 'kept'])[] = [
  ...([
    ['想贷30万', { amount: 300_000 }],
    ['下周三联系', { nextDate: '2026-12-02' }],
    ['五金店', { businessName: '五金店' }],
  ] as const),
  ...(['想贷几十万', '下周联系'] as const).map((said) => [said, 'asks'] as const),
  ...['注册资本500万', '老乡介绍', '人民路12号', '有3个员工', '急'].map(
    (said) => [said, 'kept'] as const,
  ),
]

test('of what is said nothing is lost: it is a value, asked about or kept', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...SAID], { minLength: 1 }), (parts) => {
      const wishes = parts.filter(([said]) => /贷/.test(said)).length
      const days = parts.filter(([said]) => /联系/.test(said)).length
      fc.pre(wishes < 2 && days < 2)
      const typed = `李四 13490010001 ${parts.map(([said]) => said).join(' ')}`
      const reading = read(typed)
      if (reading.kind === 'no') throw new Error(typed)
      const { input } = reading
      const asked = reading.kind === 'asks' ? reading.doubts.map(({ question }) => question.zh) : []
      expect(input, typed).toMatchObject({ name: '李四', phone: '+8613490010001' })
      for (const [said, goes] of parts) {
        const kept = `${input['businessName']} ${input['note']}`
        if (goes === 'kept') expect(kept, typed).toContain(said)
        else if (goes !== 'asks') expect(input, typed).toMatchObject(goes)
        else
          expect(
            asked.some((one) => one.includes(said.replace(/想贷|联系/, ''))),
            typed,
          ).toBe(true)
      }
    }),
  )
})
