import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { linesCard } from './cards.ts'
import { codeOf, lineNamed } from './names.ts'
import { LINE_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { productCalled } from './rules.ts'
import { type BusinessLine, businessLines, departmentNamed, saveLine } from './store.ts'

interface LineInput {
  readonly named: string
  readonly department: string
}
type Department = Awaited<ReturnType<typeof departmentNamed>>

/** `条线 支付结算 归 支付结算部`: who serves a line of business; a new name makes a new line. */
export const assignLine = command<
  LineInput,
  { lines: readonly BusinessLine[]; department: Department },
  BusinessLine
>({
  name: 'assign-line',
  may: policy.keepCatalogue,
  help: {
    usage: { zh: '条线 支付结算 归 支付结算部', en: 'line payments to Payments Dept' },
    purpose: { zh: '指定业务条线由哪个部门办理', en: 'which department serves a line of business' },
  },
  phrases: LINE_PHRASES,
  input: z.object({
    named: z.string().trim().min(2).max(30),
    department: z.string().trim().max(60),
  }),
  load: async (tx, { department }) => ({
    lines: await businessLines(tx),
    department: await departmentNamed(tx, department),
  }),
  decide({ lines, department }, { named, department: asked }, { at }) {
    if (!department) {
      return refuse(`没有部门"${asked}"。`, `There is no department "${asked}".`)
    }
    const known = lineNamed(lines, named)
    const product = known ? null : productCalled(at.catalogue, named)
    if (product) {
      // A new line of that name would have no product, and the department would hear of nothing.
      const its = lines.find(({ code }) => code === product.line)
      return refuse(
        `"${named}"是产品，属于条线"${its?.labelZh ?? product.line}"，没有改动。整条线归一个部门："条线 ${its?.labelZh ?? product.line} 归 ${asked}"。`,
        `"${named}" is a product of the line "${its?.labelEn ?? product.line}", so nothing was changed. A department serves the whole line: "line ${its?.labelEn ?? product.line} to ${asked}".`,
      )
    }
    const fresh = { code: codeOf(named), labelZh: named, labelEn: named }
    return { ...(known ?? fresh), unit: department }
  },
  save: saveLine,
  reply: ({ labelZh, labelEn, unit }, _facts, { say }) =>
    textCard(
      say(
        `"${labelZh}"的需求以后移交给${unit?.name}。`,
        `Needs of "${labelEn}" now go to ${unit?.name}.`,
      ),
    ),
})

/** `条线`: the lines of business and who serves them. */
export const showLines = query<unknown, readonly BusinessLine[]>({
  name: 'lines',
  may: policy.showLines,
  help: {
    usage: { zh: '条线', en: 'lines' },
    purpose: { zh: '业务条线和办理部门', en: 'lines of business and their departments' },
  },
  phrases: {
    words: ['业务条线', '条线', 'lines'],
    read: (rest) => (rest ? { kind: 'no' } : { kind: 'understood', input: {} }),
  },
  input: z.unknown(),
  load: businessLines,
  reply: (lines, _input, { who }) => linesCard(lines, who.language),
})
