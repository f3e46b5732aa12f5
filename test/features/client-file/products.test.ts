import { expect, test } from 'vitest'
import { SHIPPED_PRODUCTS } from '../../../src/features/catalogue/rules.ts'
import { readHeld } from '../../../src/features/client-file/products/rules.ts'

test.each<[string, string, string]>([
  ['+收单 -保险', '+pos -insurance', ''],
  ['收单、代发工资', '+pos +payroll', ''],
  ['+收单 代发 -保险 理财', '+pos +payroll -insurance -wealth', ''],
  ['加收单 去掉保险', '+pos -insurance', ''],
  ['+ pos - insurance', '+pos -insurance', ''],
  ['没有保险', '-insurance', ''],
  ['+收单 +收单', '+pos', ''],
  ['+收单 -收单', '-pos', ''],
  ['+飞机 -保险', '-insurance', '飞机'],
  ['', '', ''],
])('the products held "%s" are read as %s', (said, expected, unknown) => {
  const held = readHeld(SHIPPED_PRODUCTS, said)
  expect(
    held.products.map(({ product, holds }) => `${holds ? '+' : '-'}${product}`).join(' '),
  ).toBe(expected)
  expect(held.unknown).toBe(unknown)
})
