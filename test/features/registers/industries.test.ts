import { expect, test } from 'vitest'
import { nameKey } from '../../../src/core/identity/name-key.ts'
import { divisionsOf, INDUSTRIES, industryOf } from '../../../src/features/registers/industries.ts'

const codes = INDUSTRIES.map(({ code }) => code)

test('the classification has the 97 divisions of GB/T 4754-2017 in its 20 sections', () => {
  const divisions = codes.filter((code) => code.length === 3)
  expect(divisions.map((code) => Number(code.slice(1)))).toEqual(
    Array.from({ length: 97 }, (_, at) => at + 1),
  )
  expect([...new Set(codes.map((code) => code[0]))].join('')).toBe('ABCDEFGHIJKLMNOPQRST')
})

test.each([
  ['A', '01', '05'],
  ['B', '06', '12'],
  ['C', '13', '43'],
  ['D', '44', '46'],
  ['E', '47', '50'],
  ['F', '51', '52'],
  ['G', '53', '60'],
  ['H', '61', '62'],
  ['I', '63', '65'],
  ['J', '66', '69'],
  ['K', '70', '70'],
  ['L', '71', '72'],
  ['M', '73', '75'],
  ['N', '76', '79'],
  ['O', '80', '82'],
  ['P', '83', '83'],
  ['Q', '84', '85'],
  ['R', '86', '90'],
  ['S', '91', '96'],
  ['T', '97', '97'],
])('section %s has the divisions %s to %s', (section, first, last) => {
  const divisions = divisionsOf(section)
  expect([divisions.at(0)?.code, divisions.at(-1)?.code]).toEqual([
    `${section}${first}`,
    `${section}${last}`,
  ])
})

test('no word means two industries', () => {
  const words = INDUSTRIES.flatMap(({ name, words }) => [name, ...words]).map(nameKey)
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})

test.each([
  ['H62', 'H62'],
  ['h62', 'H62'],
  ['62', 'H62'],
  ['Ｈ', 'H'],
  ['98', undefined],
  ['6', undefined],
  ['餐饮', undefined],
])('the code %s means %s', (said, code) => {
  expect(industryOf(said)?.code).toBe(code)
})

// Each with the class (小类) of the standard that has it; the last two are of two divisions, and so of none.
test.each([
  ['投资公司', 'J67', '6760 资本投资服务'],
  ['信托', 'J69', '6911 信托公司'],
  ['典当', 'J66', '6633 典当'],
  ['汽车修理', 'O81', '8111 汽车修理与维护'],
  ['手机维修', 'O81', '8122 通讯设备修理'],
  ['家电维修', 'O81', '8132 日用电器修理'],
  ['设备维修', 'C43', '4330 专用设备修理'],
  ['宠物店', 'O82', '822 宠物服务'],
  ['电影院', 'R87', '8760 电影放映'],
  ['驾校', 'P83', '8391 职业技能培训'],
  ['园林绿化', undefined, '4891 园林绿化工程施工, 7840 绿化管理'],
  ['建材', undefined, '30 非金属矿物制品, 5165 建材批发'],
] as const)('%s is in %s', (word, code: string | undefined, _class) => {
  expect(INDUSTRIES.find(({ words }) => words.includes(word))?.code).toBe(code)
})
