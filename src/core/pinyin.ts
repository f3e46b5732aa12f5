import { pinyin } from 'pinyin-pro'

/**
 * A name as it is searched for in Latin letters: 张三丰 is `zhangsanfeng` and `zsf`. The first
 * character is read as a family name (单 is shan), ü is v; what is not Chinese stays, lowercased,
 * letters and digits only.
 */
export function pinyinOf(name: string): { pinyin: string; initials: string } {
  const spelt = (pattern: 'pinyin' | 'first') =>
    pinyin(name, { pattern, toneType: 'none', type: 'array', surname: 'head', v: true })
      .join('')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
  return { pinyin: spelt('pinyin'), initials: spelt('first') }
}
