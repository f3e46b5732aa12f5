import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pinyinOf } from '../../src/core/identity/pinyin.ts'

test.each([
  ['区小明', 'ouxiaoming', 'oxm'],
  ['仇九', 'qiujiu', 'qj'],
  ['曾国藩', 'zengguofan', 'zgf'],
  ['查良镛', 'zhaliangyong', 'zly'],
  ['解放', 'xiefang', 'xf'],
  ['盖叫天', 'gejiaotian', 'gjt'],
  ['朴树', 'piaoshu', 'ps'],
  ['任我行', 'renwoxing', 'rwx'],
])('%s is searched by the sounds of a family name: %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials })
})

test.each([
  ['长孙无忌', 'zhangsunwuji', 'zswj'],
  ['尉迟恭', 'yuchigong', 'ycg'],
  ['万俟卨', 'moqixie', 'mqx'],
])('%s has a family name of two characters: %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials })
})

test.each([
  ['绿源', 'luyuan', 'ly'],
  ['吕女士', 'lunushi', 'lns'],
])('in %s ü is u: %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials })
})

test.each([
  ['张 三', 'zhangsan', 'zs'],
  ['李四3', 'lisi3', 'ls3'],
  ['张三（老板）', 'zhangsanlaoban', 'zslb'],
  ['', '', ''],
  ['——', '', ''],
])('of %j only letters and digits stay: %j', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials })
})

test('whatever is typed, only small letters and digits are searched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const { pinyin, initials } = pinyinOf(name)
      expect(`${pinyin}${initials}`).toMatch(/^[a-z0-9]*$/)
    }),
  )
})
