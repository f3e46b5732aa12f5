import { expect, test } from 'vitest'
import { NEW_CLIENT_PHRASES } from '../../../src/features/intake/phrases.ts'
import { momentOf } from '../../support/moment.ts'
import { readerOf } from '../../support/said.ts'

const read = readerOf(NEW_CLIENT_PHRASES, momentOf('2026-11-26T09:00:00+08:00'))

test.each([
  '李四 五金店 2019-03-15开业',
  '李四 五金店 20190315开业',
  '李四 五金店 2019.03.15开业',
  '李四 五金店 注册资本5000000',
  '李四 五金店 注册资本50000000',
  '李四 88881234 五金店',
  '李四 8888123 五金店',
  '李四 8888-1234 五金店',
  '李四 13812345678/13987654321 五金店',
  '李四 13812345678 13987654321 五金店',
])('%s: the phone is asked for', (typed) => {
  expect(read(typed)).toMatchObject({
    kind: 'asks',
    input: { name: '李四', phone: null },
    doubts: [{ slots: ['phone'], expects: 'phone' }],
  })
})

test.each([
  ['李四 0571-88881234转801 五金店', '+8657188881234'],
  ['李四 (0571)88881234 五金店', '+8657188881234'],
  ['李四 057188881234 五金店', '+8657188881234'],
  ['李四 010-88881234 五金店', '+861088881234'],
  ['李四 (+86)138-1234-5678 五金店', '+8613812345678'],
  ['李四 电话13812345678 五金店', '+8613812345678'],
  ['李四 手机号：13812345678 五金店', '+8613812345678'],
  ['李四 \u202d138 1234 5678\u202c 五金店', '+8613812345678'],
  ['\u2066李四\u2069 13812345678 \u061c五金店', '+8613812345678'],
  ['李四 +852 2345 6789 五金店', '+85223456789'],
])('%s', (typed, phone) => {
  expect(read(typed)).toEqual({
    kind: 'understood',
    input: { name: '李四', phone, businessName: '五金店' },
  })
})
