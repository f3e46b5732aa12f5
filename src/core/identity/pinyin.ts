import { pinyin } from 'pinyin-pro'

/**
 * A name as it is searched for in Latin letters: 张三丰 is `zhangsanfeng` and `zsf`. The first
 * character is read as a family name (单 is shan), ü is u, as `foldPinyin` has it; what is not Chinese
 * stays, lowercased, letters and digits only.
 */
export function pinyinOf(name: string): { pinyin: string; initials: string } {
  const spelt = (pattern: 'pinyin' | 'first') =>
    pinyin(name, { pattern, toneType: 'none', type: 'array', surname: 'head', v: true })
      .join('')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
  return { pinyin: foldPinyin(spelt('pinyin')), initials: spelt('first') }
}

/** 吕 is typed lv, lu and, as in passports, lyu; kept and looked for, ü behind l and n is u. */
export const foldPinyin = (spelt: string): string => spelt.replace(/([ln])v/g, '$1u')

/**
 * What typed letters may be the beginning of: themselves, and with yu read as ü, which a syllable's own
 * n before yu (文玉) is not.
 */
export const pinyinBeginnings = (typed: string): readonly [string, string] => {
  const folded = foldPinyin(typed)
  return [folded, folded.replace(/([ln])yu/g, '$1u')]
}
