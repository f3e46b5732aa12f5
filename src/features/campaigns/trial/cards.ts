import type { Block } from '../../../core/card.ts'
import type { Say } from '../../../core/text.ts'
import { stepLabel } from '../figures/labels.ts'
import { type Arm, broughtBy, MEASURES, type Measure, type Trial } from './rules.ts'

/** Both sides beside each other, and what the campaign itself brought with its bounds. */
export function trialBlock(trial: Trial, say: Say): Block {
  const { approached, heldOut } = trial
  if (approached.clients === 0 || heldOut.clients === 0) {
    return {
      kind: 'text',
      text: say(
        `对照：留出 ${heldOut.clients} 位，其余 ${approached.clients} 位，人数太少，没法对比。`,
        `Control: ${heldOut.clients} held out of ${approached.clients + heldOut.clients}, too few to compare.`,
      ),
    }
  }
  const lines = MEASURES.map((measure) => lineOf(trial, measure, say))
  return {
    kind: 'text',
    text: [
      say(
        `对照：随机留出 **${heldOut.clients}** 位没有推荐，其余 **${approached.clients}** 位。`,
        `Control: **${heldOut.clients}** were held out at random, **${approached.clients}** were not.`,
      ),
      ...lines,
    ].join('\n'),
  }
}

function lineOf(trial: Trial, measure: Measure, say: Say): string {
  const { approached, heldOut } = trial
  const brought = broughtBy(trial, measure)
  if (!brought) return ''
  const [value, from, to] = [brought.value, brought.from, brought.to].map(signed)
  const told =
    brought.from > 0 || brought.to < 0 ? '' : say('，还不能说是活动带来的', ', which may be chance')
  return say(
    `${stepLabel(measure, say)}：营销 ${shareOf(approached, measure)}，对照 ${shareOf(heldOut, measure)}；活动带来 **${value}** 位（95% 在 ${from} 到 ${to} 之间${told}）。`,
    `${stepLabel(measure, say)}: ${shareOf(approached, measure)} with, ${shareOf(heldOut, measure)} without; it brought **${value}** (95 %: ${from} to ${to}${told}).`,
  )
}

/** `12.5%（5/40）`. */
export const shareOf = ({ clients, reached }: Arm, measure: Measure): string =>
  `${((reached[measure] / clients) * 100).toFixed(1)}% (${reached[measure]}/${clients})`

const signed = (value: number): string => {
  const whole = Math.round(value)
  return whole > 0 ? `+${whole}` : String(whole || 0)
}
