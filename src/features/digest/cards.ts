import type { Button, Card } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { ChartOption } from '../../infra/pictures/chart.ts'
import type { Span } from './day/rules.ts'
import { type Figure, type Line, total } from './rules.ts'

const figureLabel = (figure: Figure, say: Say): string =>
  ({
    done: say('办结', 'done'),
    open: say('未办', 'open'),
    overdue: say('逾期', 'overdue'),
    interested: say('有意向', 'interested'),
    applied: say('申请', 'applied'),
    granted: say('放款', 'granted'),
    visits: say('走访', 'visits'),
  })[figure]

const DRAWN: readonly Figure[] = ['done', 'open', 'interested']

const nameOf = ({ name, leaver }: Line, say: Say): string =>
  leaver ? say(`${name}（已离职）`, `${name} (left)`) : name

/** Bars of what was done, is open and came to interest, a row for each line, the first on top; none for nothing. */
export function digestChart(lines: readonly Line[], language: Language): ChartOption {
  const say = speaker(language)
  const shown = [...lines].reverse()
  return {
    legend: {},
    // Room for the longest bar's number.
    grid: { left: 20, right: 64, top: 20, bottom: 60 },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', data: shown.map((line) => nameOf(line, say)) },
    series: DRAWN.map((figure) => ({
      type: 'bar',
      name: figureLabel(figure, say),
      data: shown.map((line) => line[figure] || null),
      label: { show: true, position: 'right' },
    })),
  }
}

/** What the picture shows of a line. */
function drawnLine(line: Line, say: Say): string {
  const shown = DRAWN.filter((figure) => line[figure] > 0)
  const figures = shown.map((figure) => `${figureLabel(figure, say)} ${line[figure]}`)
  return `${nameOf(line, say)} ${figures.join(' ') || say('无', 'none')}`
}

/** Of one screen: the sums, the picture, the quota, and a row for each line. */
export function digestCard(
  title: string,
  lines: readonly Line[],
  quota: readonly string[],
  png: string,
  span: Span,
  language: Language,
): Card {
  const say = speaker(language)
  const figures: readonly Figure[] = [
    'done',
    'open',
    'overdue',
    'interested',
    'applied',
    'granted',
    'visits',
  ]
  const sums = figures
    .filter((figure) => total(lines, figure) > 0)
    .map((figure) => `${figureLabel(figure, say)} **${total(lines, figure)}**`)
    .join(' · ')
  const alt = lines.map((line) => drawnLine(line, say)).join(say('；', '; '))
  const late = lines.filter(({ overdue, leaver }) => overdue > 0 && !leaver)
  const live: Button = {
    label: say('看每个人', 'Everybody'),
    intent: { command: 'summary', input: { span } },
  }
  const overdue: Button = {
    label: say('看逾期', 'Overdue'),
    intent: { command: 'ask', input: { of: 'tasks', as: 'list', when: 'gone-by', whose: 'team' } },
  }
  const leavers = lines.filter(({ leaver }) => leaver)
  return {
    title,
    blocks: [
      { kind: 'text', text: sums },
      { kind: 'picture', png, alt },
      ...quota.map((text) => ({ kind: 'text', text }) as const),
      ...(late.length > 0
        ? [
            {
              kind: 'text',
              text: say(
                `逾期的可以帮一把：${late.map(({ name, overdue }) => `${name} ${overdue} 件`).join('、')}。`,
                `Overdue, where you may help: ${late.map(({ name, overdue }) => `${name} ${overdue}`).join(', ')}.`,
              ),
            } as const,
          ]
        : []),
      ...leavers.map(({ name, leaver, open }) => {
        const zh = `${name} 已离职，还有 ${open} 件没人办：发"交接 ${leaver} 平均"或"交接 ${leaver} 给 姓名"。`
        const en = `${name} has left and ${open} tasks wait: say "hand over ${leaver} evenly" or "hand over ${leaver} to" somebody.`
        return { kind: 'text', text: say(zh, en) } as const
      }),
      { kind: 'buttons', buttons: late.length > 0 ? [live, overdue] : [live] },
    ],
  }
}
