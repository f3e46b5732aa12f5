import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { templateCard } from '../../../bot/template.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import * as policy from '../policy.ts'
import { template } from '../workbooks.ts'
import { isMonthDay, yearOf } from './rules.ts'
import { exitDay, noteAnswered, requestOf, setExitDay } from './store.ts'

/** The empty workbook, the answer that there is nobody, or the day of the yearly request. */
export const exitSettings = command<
  { what: 'template' | 'none' | 'day'; day?: string | undefined },
  { before: string; named: number },
  { what: 'template' | 'none' | 'day'; day: string }
>({
  name: 'exit-settings',
  may: policy.keepExitList,
  help: {
    usage: { zh: '退出名单 模板', en: 'exit list template' },
    purpose: {
      zh: '空表格；"退出名单 无"今年没有；"退出名单 日期 11-01"每年哪天征集',
      en: 'an empty workbook; "exit list none" for nobody this year; "exit list day 11-01" when to ask',
    },
  },
  phrases: {
    words: ['退出名单', 'exit list'],
    read: (rest) => {
      if (/^(?:模板|template)$/.test(rest))
        return { kind: 'understood', input: { what: 'template' } }
      if (/^(?:无|没有|none)$/.test(rest)) return { kind: 'understood', input: { what: 'none' } }
      const [of, day] = rest.match(/^(?:日期|day)\s*(\S*)$/) ?? []
      return of ? { kind: 'understood', input: { what: 'day', day } } : { kind: 'no' }
    },
  },
  input: z.object({
    what: z.enum(['template', 'none', 'day']),
    day: z.string().max(20).optional(),
  }),
  load: async (tx, _input, { at }) => ({
    before: await exitDay(tx),
    named: (await requestOf(tx, yearOf(at.today)))?.named ?? 0,
  }),
  decide({ before, named }, { what, day }) {
    if (what === 'none' && named > 0) {
      return refuse(
        `今年已经指定了 ${named} 位客户退出，没有改动。不退出的客户用"解除指定 姓名"。`,
        `This year ${named} were named for exit already; nothing changed. For one who stays say "release NAME".`,
      )
    }
    if (what !== 'day' || !day) return { what, day: before }
    const [, month = '', date = ''] = day.match(/^(\d{1,2})[-/月](\d{1,2})日?$/) ?? []
    const written = `${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    // In a year that is no leap year, so that it comes every year.
    if (isMonthDay(written)) return { what, day: written }
    return refuse(
      `"${day}"不是每年都有的日期，请写成 11-01。`,
      `"${day}" is no day that every year has; write 11-01.`,
    )
  },
  async save(tx, { what, day }, { at }) {
    if (what === 'none') await noteAnswered(tx, yearOf(at.today), 0, at.today, at.now)
    if (what === 'day') await setExitDay(tx, day)
  },
  async reply({ what, day }, _facts, { who, say }) {
    if (what === 'day') {
      return textCard(say(`每年 ${day} 征集退出名单。`, `The exit list is asked for every ${day}.`))
    }
    if (what === 'none') {
      return textCard(say('已记：今年没有要退出的客户。', 'Noted: nobody is to exit this year.'))
    }
    return templateCard(await template('exit', who.language), say)
  },
})
