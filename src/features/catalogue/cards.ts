import type { Card } from '../../core/card.ts'
import type { Product } from '../../core/catalogue.ts'
import { inLanguage, type Language, speaker, type Text } from '../../core/text.ts'
import { OWN_LINE } from './rules.ts'
import type { BusinessLine } from './store.ts'

/** Products by line of business, with the words that mean each. */
export function catalogueCard(
  products: readonly Product[],
  lines: readonly BusinessLine[],
  language: Language,
): Card {
  const say = speaker(language)
  const byLine = Map.groupBy(products, ({ line }) => line)
  return {
    title: say('产品目录', 'Products'),
    blocks: [...byLine].map(([code, offered]) => {
      const line = lines.find((each) => each.code === code)
      const label = line ? say(line.labelZh, line.labelEn) : code
      return {
        kind: 'list',
        heading: code === OWN_LINE ? say(`${label}（我们自己办）`, `${label} (ours)`) : label,
        items: offered.map(({ label: name, words, active }) => ({
          text: [
            `**${inLanguage(name, language)}**`,
            !active && say('已停用', 'stopped'),
            keyWords(name, words).join(say('、', ', ')),
          ]
            .filter(Boolean)
            .join(' · '),
        })),
      }
    }),
  }
}

/** What means a product besides its names. */
const keyWords = (name: Text, words: readonly string[]) =>
  words.filter((word) => word !== name.zh.toLowerCase() && word !== name.en.toLowerCase())

export function linesCard(lines: readonly BusinessLine[], language: Language): Card {
  const say = speaker(language)
  return {
    title: say('业务条线', 'Lines of business'),
    blocks: [
      {
        kind: 'list',
        items: lines.map(({ code, labelZh, labelEn, unit }) => {
          const served =
            unit?.name ??
            (code === OWN_LINE
              ? say('客户经理自己办', 'served by client managers')
              : say('还没有指定部门', 'no department yet'))
          return { text: `**${say(labelZh, labelEn)}** · ${served}` }
        }),
      },
    ],
  }
}
